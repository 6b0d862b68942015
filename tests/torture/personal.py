"""P19：姓名与电话留在该在的地方：不进日志、错误报告、临时文件、设置、印件属性；删净以后也不在数据文件里。"""

from __future__ import annotations

import os
import re
import subprocess
import sys
import zlib
from pathlib import Path

from models import commands
from models.backup_scrubbing import erased_in, scrub_backups
from models.backups import backup
from models.delegates import erase_delegates
from models.domain.snapshot import ItemKind
from models.store import open_store
from tests.models.test_privacy import CASE, PERSON, TOLD
from tests.models.years import small_year
from tests.torture.interposed import ROOT
from tests.torture.promise import Failures, Row, Trial

CODINGS = ("utf-8", "utf-16-le", "utf-16-be", "gb18030")
MARKS = (PERSON.name, PERSON.phone)
WORDS = (("check", "2027"), ("export", "ics", "2027", "-o", "a.ics"), ("export", "pdf", "2027", "-o", "a.pdf"),
         ("verify",), ("plan", "2027"), ("export", "没有", "2027"), ("check", "9999"))  # fmt: skip


def personal_data(trial: Trial) -> list[Row]:
    """P19 with figures."""
    folder = trial.fresh("姓名")
    path = folder / "数据" / "数据.db"
    path.parent.mkdir()
    _filled(path)
    found, looked = _around(folder, path)
    return [Row("姓名、电话在日志、临时文件、设置、错误报告、印件属性里", looked, found), *_erased(trial)]


def _filled(path: Path) -> None:
    with open_store(path) as store:
        commands.create_year(store, small_year())
        for kind, item in (
            (ItemKind.DECISION, CASE),
            (ItemKind.DELEGATE, PERSON),
            (ItemKind.INVITATION, TOLD),
        ):
            commands.put_item(store, 2027, kind, item)
        commands.put_item(store, 2027, ItemKind.DELEGATE, PERSON._replace(selected_by="改过一次"))


def _around(folder: Path, path: Path) -> tuple[Failures, int]:
    """Where the marks are outside the data file after the program was used, broken and closed; how many files there are."""
    home, temporary, out = (folder / name for name in ("家", "临时", "写出"))
    for one in (home, temporary, out):
        one.mkdir()
    environment = os.environ | {"HOME": str(home), "TMPDIR": str(temporary), "QT_QPA_PLATFORM": "offscreen"}
    environment |= {f"XDG_{name}_HOME": str(home / name) for name in ("CONFIG", "DATA", "STATE", "CACHE")}
    for words in WORDS:
        command = [sys.executable, str(ROOT / "main.py"), "--data", str(path), *words]
        subprocess.run(command, cwd=out, env=environment, capture_output=True, check=False)
    code = "import sys; from tests.torture.personal import break_down; break_down(sys.argv[1])"
    crash = subprocess.run(
        [sys.executable, "-c", code, str(path)], cwd=ROOT, env=environment, capture_output=True, check=False
    )
    found = [f"错误报告：{mark}" for mark in MARKS if mark.encode() in crash.stdout]
    looked = [one for place in (home, temporary, out) for one in place.rglob("*") if one.is_file()]
    found += [f"{one.name}：{mark}" for one in looked for mark in marks_in(one.read_bytes())]
    if not any(one.name == "program.log" for one in looked):
        found.append("没有日志可看")
    return found, len(looked) + 1


def break_down(path: str) -> None:
    """A bug with a person in hand: what is logged and shown is printed."""
    from gui.services.logs import log_folder, start_log, trace_words

    start_log(log_folder())
    with open_store(path) as store:
        try:
            commands.put_item(store, 2027, ItemKind.DELEGATE, PERSON._replace(phone=object()))  # type: ignore[arg-type]
        except Exception as error:  # noqa: BLE001  it is the bug
            import logging

            words = trace_words(type(error), error.__traceback__)
            logging.getLogger("gui").error("%s", words)  # noqa: TRY400  as the program does: no values
            print(words)


def marks_in(data: bytes) -> list[str]:
    """The marks in a file, in any usual coding, also inside packed streams."""
    unpacked = [data]
    for part in re.findall(rb"stream\r?\n(.*?)endstream", data, re.DOTALL):
        try:
            unpacked.append(zlib.decompress(part))
        except zlib.error:  # noqa: PERF203
            continue
    return [
        mark for mark in MARKS if any(mark.encode(coding) in one for coding in CODINGS for one in unpacked)
    ]


def _erased(trial: Trial) -> list[Row]:
    """After the person is erased nothing of them is in the file, its journal, or a backup that was scrubbed."""
    failures: Failures = []
    for number in range(trial.rounds):
        path = trial.fresh(f"删{number}") / "数据.db"
        _filled(path)
        with open_store(path) as store:
            backup(store)
            before = marks_in(path.read_bytes())
            erase_delegates(store, 2027, [PERSON.key])
            scrub_backups(erased_in(store))
        if before != list(MARKS):
            failures.append("试验本身：删之前就不在")
        failures += [
            f"删净之后 {one.name} 里还有 {mark}"
            for one in path.parent.rglob("*")
            if one.is_file()
            for mark in marks_in(one.read_bytes())
        ]
    return [Row("删净之后在数据文件与备份里", trial.rounds, failures)]
