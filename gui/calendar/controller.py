"""日历上的问与答：右键菜单、当天浮层、改到哪天、停排日，以及它们引出的命令。"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import NamedTuple

from PySide6.QtCore import QPoint, QRect, Qt, Signal
from PySide6.QtWidgets import QWidget

from gui.calendar.day_popover import DayPopover
from gui.calendar.day_rows import day_rows
from gui.calendar.days import CalendarDays
from gui.calendar.deadlines import MARK
from gui.calendar.waiting import wanted_days
from gui.kit.event_menu import EventMenus, build_menu
from gui.kit.mini_calendar import MiniCalendar
from gui.kit.page import LEDGER, RULES, Page
from gui.session.landing import Landing, LandingJudge, land, stands_on_a_day
from gui.session.year_session import YearSession
from models import commands
from models.domain.changes import RowChange
from models.domain.events import Event, Labelled
from models.domain.snapshot import ItemKind
from models.domain.year import BlockedPeriod
from planners.results import Verdict
from planners.wording import short_day


class Elsewhere(Labelled):
    """Where else an event can be looked at."""

    LEDGER = "ledger", "在台账中看"
    RULE = "rule", "看对应条文"


class DayAction(Labelled):
    """What the menu of a day offers beside its 停排."""

    NEW = "new", "新建活动…"
    BLOCK = "block", "设为停排日…"


class PauseAction(NamedTuple):
    """What is done to a 停排: ``change``, ``remove``, or take ``day`` alone out of it."""

    period: BlockedPeriod
    verb: str
    day: date | None = None


class CalendarController(EventMenus):
    """Answers what the user asks of a day or an event. Dialogs and pages are asked for by signals."""

    deadline_requested = Signal(str)
    new_on_day = Signal(object)
    landed = Signal(str, object)

    def __init__(
        self,
        session: YearSession,
        days: Callable[[], CalendarDays],
        home: Callable[[], QWidget],
        host: Page,
    ) -> None:
        super().__init__(session, host)
        self._days = days
        self._home = home
        self.popover = DayPopover(host)
        self.calendar = MiniCalendar(host)
        self._menu_at = QPoint()
        self._day = date(2000, 1, 1)
        self._judge: LandingJudge | None = None
        self._month = date(2000, 1, 1)
        self.popover.opened.connect(self.open_row)
        self.popover.menu_requested.connect(self.show_row_menu)
        self.popover.closed.connect(self._back)
        self.calendar.day_chosen.connect(self._on_day_chosen)
        self.calendar.month_wanted.connect(self._on_month_wanted)
        self.calendar.closed.connect(self._back)

    def _back(self) -> None:
        self._home().setFocus(Qt.FocusReason.PopupFocusReason)

    # rows and days

    def list_day(self, day: date, place: QRect) -> None:
        """List all of a day beside ``place`` (coordinates of the page)."""
        days = self._days()
        details = days.details(day)
        self.popover.show_day(details.day, day_rows(days, details), place)

    def open_row(self, row: object) -> None:
        """Open what a row stands for."""
        self.open_key(getattr(row, "key", ""))

    def open_key(self, key: str) -> None:
        """Open an event, a decision or a deadline."""
        if key.startswith(MARK):
            self.deadline_requested.emit(key.removeprefix(MARK))
        elif key in self._session.snapshot.event_by_key:
            self._page.event_requested.emit(key)
        elif self._session.snapshot.item(ItemKind.DECISION, key) is not None:
            self._page.decision_requested.emit(key)

    def show_row_menu(self, row: object, at: QPoint) -> None:
        """Show the menu of a row's event at a global point."""
        self.show_event_menu(getattr(row, "key", ""), at)

    # menus

    def show_event_menu(self, key: str, at: QPoint) -> None:
        """Show what can be done with an event (or opened of a decision)."""
        event, self._menu_at = self._session.snapshot.event_by_key.get(key), at
        if event is None:
            if self._session.snapshot.item(ItemKind.DECISION, key) is not None:
                self.pop_up(build_menu(self._page, [[("打开", key)]], self._page.decision_requested.emit), at)
            return
        elsewhere: list[tuple[str, object]] = [(Elsewhere.LEDGER.label, Elsewhere.LEDGER)]
        if self._rule_of(key):
            elsewhere.append((Elsewhere.RULE.label, Elsewhere.RULE))
        self.pop_up_for(event, [*self.offered(event), elsewhere], at)

    def _rule_of(self, key: str) -> str:
        """The code of the first rule that an event counts for; else of one of its campaign."""
        check = self._session.check
        found = next((cell.rule for cell in check.cells if key in cell.events), "")
        if found:
            return found
        event = self._session.snapshot.event_by_key[key]
        return next((rule.code for rule in check.ruleset.rules if event.campaign in rule.campaigns), "")

    def move(self, event: Event) -> None:
        """Ask for the day where the menu was."""
        self.ask_move(event.key, self._page.mapFromGlobal(self._menu_at))

    def look_elsewhere(self, event: Event, action: object) -> None:
        """In the ledger, or at the rule."""
        if action is Elsewhere.LEDGER:
            self._page.page_requested.emit(LEDGER, event.key)
        else:
            self._page.page_requested.emit(RULES, self._rule_of(event.key))

    def show_day_menu(self, day: date, at: QPoint) -> None:
        """Show what can be done on a day."""
        self._day = day
        if self._session.read_only:
            return
        first = [
            (f"在{short_day(day)}{DayAction.NEW.label}", DayAction.NEW),
            (DayAction.BLOCK.label, DayAction.BLOCK),
        ]
        pauses: list[tuple[str, object]] = []
        for period in self._days().day(day).blocked:
            name = period.reason or "未写原因"
            pauses.append((f"修改停排：{name}…", PauseAction(period, "change")))
            if period.first != period.last:
                pauses.append((f"只在{short_day(day)}取消停排：{name}", PauseAction(period, "take out", day)))
            pauses.append((f"取消停排：{name}", PauseAction(period, "remove")))
        self.pop_up(build_menu(self._page, [first, pauses], self._on_day_action), at)

    def _on_day_action(self, action: object) -> None:
        if action is DayAction.NEW:
            self.new_on_day.emit(self._day)
        elif action is DayAction.BLOCK:
            self.block(self._day)
        elif isinstance(action, PauseAction):
            period = self._session.snapshot.item(ItemKind.BLOCKED, action.period.key)
            if not isinstance(period, BlockedPeriod):
                return
            if action.verb == "change":
                self.block(self._day, period)
            else:
                self.unblock(period, action.day)

    # 停排

    def block(self, day: date, period: BlockedPeriod | None = None) -> None:
        """Ask for the form of a 停排."""
        if not self._session.read_only:
            self._page.pause_requested.emit(day, period)

    def unblock(self, period: BlockedPeriod, day: date | None = None) -> None:
        """取消停排: the whole period, or ``day`` alone (what is left of it stays)."""
        year = self._session.year
        if day is None or period.first == period.last:
            title = f"取消停排日{short_day(period.first)}"
            self._session.perform(commands.remove_item, year, ItemKind.BLOCKED, period.key, title, toast=True)
            return
        changes = without_day(period, day, commands.new_key(self._session.snapshot, ItemKind.BLOCKED))
        title = f"取消停排日{short_day(day)}"
        self._session.perform(commands.apply_changes, year, title, changes, toast=True)

    # 改到…

    def ask_move(self, key: str, at: QPoint) -> None:
        """Ask for the day to which an event moves; ``at`` is a point of the page."""
        event = self._session.snapshot.event_by_key.get(key)
        if event is None or self._session.read_only:
            return
        self._judge = LandingJudge(self._session, event)
        wanted = wanted_days(event)
        start = event.day if stands_on_a_day(event) else wanted[0] if wanted else None
        first = max(start or self._session.today, date(self._session.year, 1, 1))
        self._show_month(first)
        self.calendar.open_for(at)

    def _show_month(self, day: date) -> None:
        assert self._judge is not None
        event, judge = self._judge.event, self._judge
        self._month = day.replace(day=1)
        end = (self._month + timedelta(days=31)).replace(day=1)
        days = [self._month + timedelta(days=n) for n in range((end - self._month).days)]
        judged = tuple(judge.verdict(one) for one in days)
        self.calendar.show_month(
            judged,
            self._best(event, judged),
            self._session.today,
            subject=_subject(event),
            verb="移到" if stands_on_a_day(event) else "排入",
        )

    def _best(self, event: Event, judged: tuple) -> date | None:  # type: ignore[type-arg]
        if stands_on_a_day(event) and event.day in {one.day for one in judged}:
            return event.day
        for verdict in (Verdict.GOOD, Verdict.FAIR, Verdict.AVOID):
            if found := next((one.day for one in judged if one.verdict is verdict), None):
                return found
        return None

    def _on_month_wanted(self, step: int) -> None:
        index = self._month.month - 1 + step
        if 0 <= index < 12:
            self._show_month(self._month.replace(month=index + 1))

    def _on_day_chosen(self, day: date) -> None:
        self._back()
        if self._judge is None:
            return
        after = self._judge.after(Landing(day))
        if land(self._session, self._judge.event, after) is not None:
            self.landed.emit(after.key, day)


def _subject(event: Event) -> str:
    if stands_on_a_day(event) and event.day is not None:
        return f"{event.title}（原 {short_day(event.day)}）"
    return f"{event.title}（待定）"


def without_day(period: BlockedPeriod, day: date, key: str) -> tuple[RowChange, ...]:
    """The changes that take ``day`` out of a 停排; ``key`` for the part after it where it is split."""
    before, after = day - timedelta(days=1), day + timedelta(days=1)
    if day == period.first:
        return (RowChange.of(period, period._replace(first=after)),)
    shortened = RowChange.of(period, period._replace(last=before))
    if day == period.last:
        return (shortened,)
    return shortened, RowChange.of(None, period._replace(key=key, first=after))
