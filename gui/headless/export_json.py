"""export json：年度数据包；姓名、电话默认遮住，--unmask 才写全，记入导出记录。"""

from __future__ import annotations

from pathlib import Path

from exports.package import write_package
from gui.headless.arguments import Request
from gui.headless.opening import open_for_reading, open_for_writing
from gui.headless.output import put_out
from models.export_log import log_export
from models.queries import year_snapshot


def run(request: Request) -> int:
    """The whole year stands in the package asked for; that it was not masked is logged before."""
    assert request.year is not None
    with open_for_reading(request) as store:
        snapshot = year_snapshot(store, request.year)
    data = write_package(snapshot, masked=not request.unmask)
    if request.unmask:
        name = "标准输出" if request.output == "-" else Path(str(request.output)).name
        with open_for_writing(request) as store:
            log_export(store, request.year, "package", name, unmasked=True)
    put_out(request, data, f"{request.year} 年度数据包，{len(snapshot.events)} 项活动")
    return 0
