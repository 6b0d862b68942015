"""导出的字节放到要求的地方：文件（整个替换）或标准输出；出去以前登记：没有遮住的，从此算已发布的。"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from exports.files import explained, remove_leftovers, write_atomically
from gui.headless.arguments import Request
from gui.headless.opening import open_for_writing
from gui.headless.terminal import print_bytes, tell
from models.commands import mark_exported
from models.domain.snapshot import YearSnapshot
from models.export_log import log_export
from models.store import Store


def put_out(request: Request, data: bytes, what: str) -> None:
    """``data`` stand in the file asked for, or on standard output for ``-``; ``what`` is said."""
    assert request.output is not None
    if request.output == "-":
        print_bytes(data)
        return
    path = Path(request.output).expanduser()
    remove_leftovers(path.parent)
    write_atomically(path, data)
    tell(f"已导出{what}：{path}")


def folder_of(request: Request) -> Path:
    """The folder asked for; it is there afterwards, in a folder that was there. ``StoreError`` where it cannot be."""
    assert request.output is not None
    folder = Path(request.output).expanduser()
    try:
        folder.mkdir(exist_ok=True)
    except OSError as error:
        raise explained(folder, error) from error
    return folder


def mark_published(store: Store, request: Request, snapshot: YearSnapshot, keys: Sequence[str]) -> None:
    """What was not published before is marked so, or it is said why that cannot be; a release marked its own."""
    fresh = [key for key in keys if not snapshot.stamps[key].exported]
    if not fresh or request.release is not None or request.to_release is not None:
        return
    if not store.read_only:
        mark_exported(store, snapshot.year, fresh)
        return
    tell(f"注意：{store.read_only_reason}其中 {len(fresh)} 项没有登记为“已发布”，请之后再导出一次。")


def log_unmasked(request: Request, kind: str, note: str = "") -> None:
    """That names and phones leave the office is written down before they do; ``note``: the file, if not said."""
    assert request.year is not None
    name = "标准输出" if request.output == "-" else Path(str(request.output)).name
    with open_for_writing(request) as store:
        log_export(store, request.year, kind, note or name, unmasked=True)
