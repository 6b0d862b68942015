"""P7：135 种损坏。认得出、不改它、不拿它盖掉好的备份，指出最近的备份，恢复以后样样都在。"""

from __future__ import annotations

import os
import random
import shutil
import sqlite3
from collections.abc import Callable, Mapping
from contextlib import closing
from multiprocessing import get_context
from multiprocessing.connection import Connection
from pathlib import Path

from models import backups
from models.backups import list_backups, verify
from models.domain.errors import UserError
from models.restoring import restore
from models.store import open_store
from tests.stores import filled_store
from tests.torture.deeds import NOW, contents, contents_of
from tests.torture.promise import Failures, Row, Trial, said_in_words

PAGE = 4096
ANSWER = 20
"""Seconds within which a damaged file is answered, on a busy machine."""
Damage = Callable[[Path, random.Random], object]


def _bytes(change: Callable[[bytearray, random.Random], object]) -> Damage:
    def damage(path: Path, rng: random.Random) -> None:
        data = bytearray(path.read_bytes())
        changed = change(data, rng)
        path.write_bytes(changed if isinstance(changed, (bytes, bytearray)) else data)

    return damage


def _page(rng: random.Random, data: bytearray, first: int = 0) -> slice:
    number = rng.randrange(first, len(data) // PAGE)
    return slice(number * PAGE, (number + 1) * PAGE)


def _fill(value: int | None, first: int = 0) -> Damage:
    def change(data: bytearray, rng: random.Random) -> None:
        data[_page(rng, data, first)] = rng.randbytes(PAGE) if value is None else bytes([value]) * PAGE

    return _bytes(change)


def _swap(data: bytearray, rng: random.Random) -> None:
    one, other = _page(rng, data, 1), _page(rng, data, 1)
    data[one], data[other] = data[other], data[one]


def _header(first: int, size: int) -> Damage:
    def change(data: bytearray, rng: random.Random) -> None:
        data[first : first + size] = bytes(
            byte ^ rng.randrange(1, 256) for byte in data[first : first + size]
        )

    return _bytes(change)


def _sql(*statements: str) -> Damage:
    def damage(path: Path, rng: random.Random) -> None:
        with closing(sqlite3.connect(path, isolation_level=None)) as connection:
            connection.execute("PRAGMA foreign_keys = 0")
            connection.execute("PRAGMA writable_schema = 1")
            for statement in statements:
                connection.execute(statement)

    return damage


def _beside(ending: str) -> Damage:
    def damage(path: Path, rng: random.Random) -> None:
        path.with_name(path.name + ending).write_bytes(rng.randbytes(PAGE * 3))
        _fill(None, 1)(path, rng)

    return damage


def _instead(make: Callable[[Path], object]) -> Damage:
    def damage(path: Path, rng: random.Random) -> None:
        path.unlink()
        make(path)

    return damage


DAMAGES: Mapping[str, Damage] = {
    "截断在页边": _bytes(lambda data, rng: data[: rng.randrange(1, len(data) // PAGE) * PAGE]),
    "截断在页中": _bytes(lambda data, rng: data[: rng.randrange(100, len(data))]),
    "只剩文件头": _bytes(lambda data, rng: data[: rng.randrange(1, 100)]),
    "第一页清零": _bytes(lambda data, rng: bytes(PAGE) + data[PAGE:]),
    "一页清零": _fill(0, 1),
    "一页全一": _fill(255, 1),
    "一页乱码": _fill(None, 1),
    "整个清零": _bytes(lambda data, rng: bytes(len(data))),
    "全是乱码": _bytes(lambda data, rng: rng.randbytes(len(data))),
    "后一半清零": _bytes(lambda data, rng: data[: len(data) // 2] + bytes(len(data) - len(data) // 2)),
    "两页互换": _bytes(_swap),
    "前面多了字节": _bytes(lambda data, rng: rng.randbytes(rng.randrange(1, 64)) + data),
    "少了一段": _bytes(lambda data, rng: data[:PAGE] + data[PAGE + rng.randrange(1, PAGE) :]),
    "换行被改": _bytes(lambda data, rng: data.replace(b"\n", b"\r\n")),
    "当成文字转过码": _bytes(lambda data, rng: data.decode("latin-1").encode("utf-8")),
    "文件标记": _header(0, 16),
    "页大小": _header(16, 2),
    "格式版本": _header(18, 2),
    "程序标记": _header(68, 4),
    "空文件": _bytes(lambda data, rng: b""),
    "别的文件": _bytes(lambda data, rng: b"PK\x03\x04" + rng.randbytes(500)),
    "文件夹": _instead(Path.mkdir),
    "管道": _instead(lambda path: os.mkfifo(path) if hasattr(os, "mkfifo") else path.mkdir()),
    "断开的链接": _instead(lambda path: path.symlink_to(path.with_name("没有"))),
    "旁边有别人的日志": _beside("-journal"),
    "旁边有别人的 WAL": _beside("-wal"),
    "少一张表": _sql("DROP TABLE delegate"),
    "视图代替表": _sql("ALTER TABLE unit RENAME TO one", "CREATE VIEW unit AS SELECT * FROM one"),
    "少一列": _sql("CREATE TABLE one AS SELECT year, key, position FROM school", "DROP TABLE school", "ALTER TABLE one RENAME TO school"),
    "别人的触发器": _sql("CREATE TRIGGER t AFTER UPDATE ON event BEGIN DELETE FROM event; END"),
    "表结构是乱码": _sql("UPDATE sqlite_master SET sql = 'CREATE TABLE event (x' WHERE name = 'event'"),
    "更新的版本": _sql("PRAGMA user_version = 99"),
}  # fmt: skip


def damaged_files(trial: Trial) -> list[Row]:
    """P7 with figures: the damages in turn, each at another place every time."""
    original = trial.fresh("好") / "数据.db"
    with filled_store(original) as store:
        backups.backup(store)
    good = contents(original)
    names, rng = list(DAMAGES), trial.rng()
    failures: Failures = []
    refused = 0
    for number in range(trial.rounds):
        name = names[number % len(names)]
        folder = trial.folder / f"坏{number}"
        shutil.copytree(original.parent, folder)
        DAMAGES[name](folder / "数据.db", rng)
        problem, was_refused = _apart(folder / "数据.db", good)
        refused += was_refused
        failures += [f"{name}（第 {number} 份）：{problem}"] if problem else []
        shutil.rmtree(folder)
    figure = f"拒绝 {refused} 份，其余打开后内容无缺；{len(names)} 种"
    return [Row("损坏的数据文件：打开，恢复", trial.rounds, failures, figure)]


def _apart(path: Path, good: str) -> tuple[str, bool]:
    """As ``_opened``, in a process of its own: one that never answers is told as well."""
    context = get_context("forkserver")
    ours, theirs = context.Pipe(duplex=False)
    process = context.Process(target=_answer, args=(path, good, theirs), daemon=True)
    process.start()
    theirs.close()
    try:
        found: tuple[str, bool] = ours.recv() if ours.poll(ANSWER) else (f"{ANSWER} 秒没有答复", True)
    except EOFError:
        found = "进程意外结束", True
    process.kill()
    process.join()
    return found


def _answer(path: Path, good: str, line: Connection) -> None:
    line.send(_opened(path, good))


def _opened(path: Path, good: str) -> tuple[str, bool]:
    """What the program did wrong with a damaged file (empty: nothing), and whether it refused it."""
    before, sound = _state(path), [info.path.read_bytes() for info in list_backups(path)]
    try:
        with open_store(path, clock=lambda: NOW) as store:
            same = contents_of(store.connection) == good
            return ("" if same else "打开了，内容却不是原来的"), False
    except UserError as error:
        problem = _refused(path, error, before, good)
    except Exception as error:  # noqa: BLE001  a failure of the promise
        return f"{type(error).__name__}：{error}", True
    kept = [info.path.read_bytes() for info in list_backups(path)]
    return problem or ("" if all(data in kept for data in sound) else "好的备份不见了"), True


def _refused(path: Path, error: UserError, before: object, good: str) -> str:
    if not said_in_words(error):
        return f"不是人话：{error}"
    if _state(path) != before:
        return "拒绝了，文件却变了"
    newest = backups.newest_backup(path)
    if newest is None:
        return "没有找到备份"
    if path.is_dir() or "更新的版本" in str(error):
        return ""
    if newest.name not in str(error):
        return f"没有指出最近的备份：{error}"
    try:
        restore(path, newest)
    except UserError as refusal:
        return f"不能恢复：{refusal}"
    if verify(path) or contents(path) != good:
        return "恢复以后内容不对"
    return ""


def _state(path: Path) -> object:
    """What lies at ``path`` and its journals, without opening what cannot be read."""
    found = [path, *(path.with_name(path.name + ending) for ending in ("-journal", "-wal", "-shm"))]
    return [
        (one.name, one.is_symlink(), one.read_bytes() if one.is_file() else one.exists()) for one in found
    ]
