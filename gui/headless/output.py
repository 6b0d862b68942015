"""把导出的字节放到要求的地方：文件（整个替换）或标准输出。"""

from __future__ import annotations

from pathlib import Path

from exports.files import explained, remove_leftovers, write_atomically
from gui.headless.arguments import Request
from gui.headless.terminal import print_bytes, tell


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
