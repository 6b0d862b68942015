"""backup：备份数据文件。"""

from __future__ import annotations

from pathlib import Path

from gui.headless.arguments import Request
from gui.headless.opening import open_for_reading
from gui.headless.terminal import print_result, tell
from models.backups import backup
from models.evidence_backup import evidence_problems


def run(request: Request) -> int:
    """A checked copy of the data stands in the file asked for; its path is the result."""
    with open_for_reading(request) as store:
        path = backup(store, Path(request.output).expanduser() if request.output else None)
    print_result(str(path))
    tell("已备份，并核对无误。")
    for line in evidence_problems(path, thoroughly=False):
        tell(line)
    return 0
