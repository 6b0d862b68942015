"""verify：检查数据文件是否完好。"""

from __future__ import annotations

from gui.headless.arguments import Request
from gui.headless.opening import data_file, require_data
from gui.headless.terminal import print_result
from models.backups import verify


def run(request: Request) -> int:
    """0 where the data file is sound; 1 with one line for each damage."""
    require_data(request)
    where = data_file(request)
    problems = verify(where)
    for line in problems or (f"数据文件完好：{where}",):
        print_result(line)
    return 1 if problems else 0
