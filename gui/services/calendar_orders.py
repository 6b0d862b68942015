"""要怎样的日历：产品、范围、内容；这里只有值和纯函数，窗口和命令行都用。"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from exports.ical_event import Alarms
from models.domain.events import Campaign, Labelled
from models.domain.snapshot import YearSnapshot
from planners.results import YearCheck

if TYPE_CHECKING:
    from planners.open_years import OpenYear


class Product(Labelled):
    """What calendars are made into."""

    FILE = "file", "发布文件（一个文件）"
    FOLDER = "folder", "日历文件夹（供订阅）"
    INVITATIONS = "invitations", "邀请文件（一项一个）"
    CHANGES = "changes", "变更文件（一个单位一个）"
    SERVER = "server", "上传到日历服务器"


class CalendarPlan(NamedTuple):
    """A state of the year with what the rules say of it; ``release``: its number, None for the draft.

    ``earlier``: the states before it, oldest first, whose files people may hold. ``others``: what is open in the
    other years of the data file; a release says nothing of them.
    """

    snapshot: YearSnapshot
    check: YearCheck
    release: int | None = None
    earlier: tuple[CalendarPlan, ...] = ()
    others: tuple[OpenYear, ...] = ()


class CalendarOrder(NamedTuple):
    """What is wanted. ``deadlines`` as all-day events, ``todos`` as VTODO; ``alarms`` None: the year's."""

    campaign: Campaign | None = None
    unit: str | None = None
    deadlines: bool = False
    todos: bool = False
    drafts: bool = False
    alarms: Alarms | None = None


def order_bytes(order: CalendarOrder, plan: CalendarPlan) -> bytes:
    """The publish file. ``UserError`` where there is nothing to write."""
    from exports.ical import calendar_bytes

    deadlines, todos = _deadlines(order, plan)
    return calendar_bytes(
        plan.snapshot,
        campaign=order.campaign,
        unit=order.unit,
        drafts=order.drafts,
        alarms=order.alarms,
        deadlines=deadlines,
        todos=todos,
        left=_left(order, plan),
    )


def _left(order: CalendarOrder, plan: CalendarPlan):
    """What the file held in the earlier states and holds no more."""
    from exports.ical import Left
    from exports.ical_left import left_deadlines, left_entries

    now, *before = (_deadlines(order, one) for one in (plan, *plan.earlier))
    entries = left_entries(
        plan.snapshot,
        [one.snapshot for one in plan.earlier],
        campaign=order.campaign,
        unit=order.unit,
        drafts=order.drafts,
    )
    deadlines, todos = (left_deadlines(now[at], [one[at] for one in before]) for at in (0, 1))
    return Left(entries, deadlines, todos)


def order_folder(order: CalendarOrder, plan: CalendarPlan):
    """The options of a calendar folder; it always holds the whole year."""
    from exports.calendar_folder import FolderOptions

    deadlines, todos = _deadlines(order._replace(campaign=None, unit=None), plan)
    return FolderOptions(order.drafts, order.alarms, deadlines, todos, plan.check)


def order_items(order: CalendarOrder, plan: CalendarPlan):
    """What is to stand on a server."""
    from exports.server.items import server_items

    deadlines, todos = _deadlines(order, plan)
    return server_items(
        plan.snapshot,
        campaign=order.campaign,
        unit=order.unit,
        drafts=order.drafts,
        alarms=order.alarms,
        deadlines=deadlines,
        todos=todos,
    )


def fresh_keys(order: CalendarOrder, plan: CalendarPlan) -> tuple[str, ...]:
    """The events that are published by it for the first time; a release has published its own already."""
    from exports.ical import exported_keys

    if plan.release is not None:
        return ()
    stamps = plan.snapshot.stamps
    keys = exported_keys(plan.snapshot, campaign=order.campaign, unit=order.unit)
    return tuple(key for key in keys if not stamps[key].exported)


def _deadlines(order: CalendarOrder, plan: CalendarPlan):
    """The deadlines of the scope: as events, as todos."""
    if not order.deadlines and not order.todos:
        return (), ()
    from exports.ical_deadlines import deadlines_of
    from planners.deadline_items import deadline_items
    from planners.open_years import deadlines_beside

    found = (
        *deadline_items(plan.snapshot, plan.check),
        *deadlines_beside(plan.snapshot, plan.others),
    )
    items = deadlines_of(found, plan.check, campaign=order.campaign, unit=order.unit)
    return (items if order.deadlines else ()), (items if order.todos else ())
