"""backup、restore、verify：备份数据文件，从备份恢复，检查是否完好。"""

from __future__ import annotations

from pathlib import Path

from gui.headless.arguments import Request
from gui.headless.opening import data_file, open_for_reading, require_data
from gui.headless.terminal import print_result, tell
from models.backups import backup, verify
from models.domain.errors import InputError
from models.evidence_backup import evidence_problems


def run_backup(request: Request) -> int:
    """A checked copy of the data stands in the file asked for; its path is the result."""
    with open_for_reading(request) as store:
        path = backup(store, Path(request.output).expanduser() if request.output else None)
    print_result(str(path))
    tell("已备份，并核对无误。")
    for line in evidence_problems(path, thoroughly=False):
        tell(line)
    return 0


def run_restore(request: Request) -> int:
    """The data are those of the backup; the old file lies aside, its path is the result."""
    from models.restoring import names_coming_back, restore

    assert request.file is not None
    where, source = data_file(request), Path(request.file).expanduser()
    if problems := verify(source):
        raise InputError("这份备份不能用，什么都没改。", "".join(problems[:3]), "请另选一份备份。")
    coming_back = names_coming_back(where, source)
    aside = restore(where, source, erase=request.erase)
    if aside is not None:
        print_result(str(aside))
        tell(f"已恢复到 {where}；原来的文件挪到了上面这个位置。")
    else:
        tell(f"已恢复到 {where}。")
    if coming_back and request.erase:
        tell(f"备份里有此后删去过姓名、电话的代表（{coming_back}），已再次删去。")
    elif coming_back:
        tell(f"注意：以前删去过的代表姓名、电话又回来了（{coming_back}）。")
        tell("要删去，请再恢复一次同一份备份并加上 --erase。")
    for line in evidence_problems(where):
        tell(line)
    return 0


def run_verify(request: Request) -> int:
    """0 where the data file and its evidence files are sound; 1 with one line for each damage."""
    require_data(request)
    where = data_file(request)
    problems = verify(where)
    problems = problems or evidence_problems(where)
    for line in problems or (f"数据文件完好：{where}",):
        print_result(line)
    return 1 if problems else 0
