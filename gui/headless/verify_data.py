"""verify：检查数据文件是否完好。"""

from __future__ import annotations

from gui.headless.arguments import Request
from gui.headless.opening import data_file, require_data
from gui.headless.terminal import print_result
from models.backups import verify
from models.evidence_backup import evidence_problems


def run(request: Request) -> int:
    """0 where the data file and its evidence files are sound; 1 with one line for each damage."""
    require_data(request)
    where = data_file(request)
    problems = verify(where)
    problems = problems or evidence_problems(where)
    for line in problems or (f"数据文件完好：{where}",):
        print_result(line)
    return 1 if problems else 0
