"""export json：年度数据包。"""

from __future__ import annotations

from exports.package import write_package
from gui.headless.arguments import Request
from gui.headless.opening import open_for_reading
from gui.headless.output import put_out
from models.queries import year_snapshot


def run(request: Request) -> int:
    """The whole year stands in the package asked for."""
    assert request.year is not None
    with open_for_reading(request) as store:
        snapshot = year_snapshot(store, request.year)
    put_out(request, write_package(snapshot), f"{request.year} 年度数据包，{len(snapshot.events)} 项活动")
    return 0
