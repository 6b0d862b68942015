"""export ics、ics-folder：日历发布文件，或供订阅的日历文件夹；草案或某一份印发稿。"""

from __future__ import annotations

from datetime import date
from pathlib import Path

from exports.calendar_folder import FolderOptions, write_folder
from exports.ical import Left, calendar_bytes, entries_of, exported_keys
from exports.ical_deadlines import deadlines_of
from exports.ical_left import left_deadlines, left_entries
from gui.headless.arguments import Request
from gui.headless.checking import check_of, side_asked, unit_of
from gui.headless.opening import data_file, hiding_people, require_data
from gui.headless.output import mark_published, put_out
from gui.headless.terminal import tell
from gui.services.open_years import open_years
from models.domain.errors import StoreError
from models.domain.snapshot import YearSnapshot
from models.releases import released_snapshot, releases
from models.store import Store, open_store
from planners.deadline_items import deadline_items
from planners.open_years import deadlines_beside
from planners.results import DeadlineItem, YearCheck


def run(request: Request) -> int:
    """The calendars stand where they were asked for, and their events are known to be published."""
    assert request.year is not None
    require_data(request)
    with hiding_people(open_store(data_file(request))) as store:
        _, snapshot, check = side_asked(store, request)
        beside = _beside(store, request, snapshot)
        unit = unit_of(snapshot, request.unit)
        if request.kind == "ics-folder":
            mark_published(store, request, snapshot, exported_keys(snapshot))
        else:
            data, things = _file(request, snapshot, check, unit, _earlier(store, request), beside)
            # Marked before it is written: a mark too many only counts a SEQUENCE on, a mark missing loses one.
            keys = exported_keys(snapshot, campaign=request.campaign, unit=unit)
            mark_published(store, request, snapshot, keys)
    if request.kind == "ics-folder":
        _write_folder(request, snapshot, check, beside)
    else:
        put_out(request, data, f"日历，{things}")
    return 0


def _earlier(store: Store, request: Request) -> tuple[tuple[YearSnapshot, YearCheck], ...]:
    """The releases before what is exported, oldest first; a damaged one is told and left out."""
    assert request.year is not None
    found = []
    for release in releases(store, request.year):
        if request.release is not None and release.number >= request.release:
            break
        try:
            snapshot = released_snapshot(store, request.year, release.number)
        except StoreError as error:
            tell(f"注意：{error}")
            continue
        found.append((snapshot, check_of(snapshot, release.released_on)))
    return tuple(found)


def _beside(store: Store, request: Request, snapshot: YearSnapshot) -> tuple[DeadlineItem, ...]:
    """The deadlines of other years that belong into the draft's calendar; a release says nothing of them."""
    if request.release is not None or not (request.deadlines or request.todos):
        return ()
    others = open_years(store, request.today or date.today(), but=snapshot.year)
    for problem in filter(None, (one.problem for one in others)):
        tell(f"注意：{problem}")
    return deadlines_beside(snapshot, others)


def _file(
    request: Request,
    snapshot: YearSnapshot,
    check: YearCheck,
    unit: str | None,
    earlier: tuple[tuple[YearSnapshot, YearCheck], ...],
    beside: tuple[DeadlineItem, ...],
) -> tuple[bytes, str]:
    """The bytes of the publish file, and how many things are in it in words."""
    campaign = request.campaign
    items, *before = (
        deadlines_of((*_deadlines(request, *state), *more), state[1], campaign=campaign, unit=unit)
        for state, more in (((snapshot, check), beside), *((state, ()) for state in earlier))
    )
    gone = left_deadlines(items, before)
    states = [state[0] for state in earlier]
    entries = left_entries(snapshot, states, campaign=campaign, unit=unit, drafts=request.drafts)
    left = Left(entries, gone if request.deadlines else (), gone if request.todos else ())
    data = calendar_bytes(
        snapshot, campaign=campaign, unit=unit, drafts=request.drafts,
        deadlines=items if request.deadlines else (), todos=items if request.todos else (), left=left,
    )  # fmt: skip
    entries = entries_of(snapshot, campaign=campaign, unit=unit, drafts=request.drafts)
    more = f"，{len(items)} 项时限" if request.deadlines or request.todos else ""
    off = len(left.entries) + len(left.deadlines) + len(left.todos)
    return data, f"{len(entries)} 项活动{more}{f'，{off} 项不再属于这份日历，标为取消' if off else ''}"


def _deadlines(request: Request, snapshot: YearSnapshot, check: YearCheck) -> tuple[DeadlineItem, ...]:
    return deadline_items(snapshot, check) if request.deadlines or request.todos else ()


def _write_folder(
    request: Request, snapshot: YearSnapshot, check: YearCheck, beside: tuple[DeadlineItem, ...]
) -> None:
    """The folder is brought up to date; ``StoreError`` where a file could not be written, the others are."""
    assert request.output is not None
    items = (*_deadlines(request, snapshot, check), *beside)
    deadlines, todos = items if request.deadlines else (), items if request.todos else ()
    options = FolderOptions(request.drafts, None, deadlines, todos, check)
    folder = Path(request.output).expanduser()
    report = write_folder(folder, snapshot, options)
    if not report.failed:
        tell(f"日历文件夹 {folder}：{report.words}")
        return
    raise StoreError(
        f"日历文件夹 {folder} 没有写全：{report.words}。",
        "其余文件都已写好。",
        "请照所说的原因处理后再导出一次，写好的不会重写。",
    )
