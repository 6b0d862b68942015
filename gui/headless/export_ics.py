"""export ics：日历发布文件。"""

from __future__ import annotations

from exports.ical import calendar_bytes, entries_of, exported_keys
from gui.headless.arguments import Request
from gui.headless.opening import data_file, require_data
from gui.headless.output import put_out
from gui.headless.terminal import tell
from models.commands import mark_exported
from models.domain.errors import CommandError
from models.domain.snapshot import YearSnapshot
from models.queries import year_snapshot
from models.store import Store, open_store


def run(request: Request) -> int:
    """The calendar stands in the file asked for, and its events are known to be published."""
    assert request.year is not None
    require_data(request)
    with open_store(data_file(request)) as store:
        snapshot = year_snapshot(store, request.year)
        unit = _unit(snapshot, request.unit)
        data = calendar_bytes(snapshot, campaign=request.campaign, unit=unit, drafts=request.drafts)
        # Marked before it is written: a mark too many only counts a SEQUENCE on, a mark missing loses one.
        _remember(store, snapshot, exported_keys(snapshot, campaign=request.campaign, unit=unit))
    entries = entries_of(snapshot, campaign=request.campaign, unit=unit, drafts=request.drafts)
    put_out(request, data, f"日历，{len(entries)} 项活动")
    return 0


def _unit(snapshot: YearSnapshot, word: str | None) -> str | None:
    """The key of the unit with this key, name or alias."""
    if word is None:
        return None
    for unit in snapshot.units:
        if word in (unit.key, unit.name, *unit.aliases):
            return unit.key
    raise CommandError(
        f"{snapshot.year}年没有单位“{word}”。", "没有写出文件。", "请写单位的编号、名称或别名。"
    )


def _remember(store: Store, snapshot: YearSnapshot, keys: tuple[str, ...]) -> None:
    """What was not published before is marked so, or it is said why that cannot be."""
    fresh = [key for key in keys if not snapshot.stamps[key].exported]
    if not fresh:
        return
    if not store.read_only:
        mark_exported(store, snapshot.year, fresh)
        return
    tell(f"注意：{store.read_only_reason}其中 {len(fresh)} 项没有登记为“已发布”，请之后再导出一次。")
