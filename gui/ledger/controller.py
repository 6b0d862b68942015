"""台账上改动数据的几件事：状态、日期、成批改；菜单与视图。"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from functools import partial

from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QDialog, QMenu

from gui.kit.event_menu import EventAction, EventMenus
from gui.kit.page import CALENDAR, RULES, Page
from gui.kit.plain import escaped
from gui.ledger.bulk_changes import on_day, with_status
from gui.session.rule_effect import several_effect
from gui.session.year_session import YearSession
from models import commands
from models.domain.events import Campaign, Event, EventStatus, Labelled
from models.domain.text import quoted
from planners.wording import short_day
from planners.zones import zone_of

_WITH_REASON = (EventStatus.POSTPONED, EventStatus.CANCELLED)


class ElsewhereAction(Labelled):
    """Where else an event can be looked at."""

    CALENDAR = "calendar", "在日历中看"
    RULES = "rules", "看对应条文"
    FORM = "form", "打开完整表单…"
    ZONE = "zone", "专区内容…"
    SET_UP = "set_up", "设置专区…"


class LedgerActions(EventMenus):
    """Carries out what is asked of the events of the ledger; dialogs of the window are asked for by the page."""

    def __init__(self, session: YearSession, page: Page) -> None:
        super().__init__(session, page)
        self.dialog: QDialog | None = None
        self._keys: tuple[str, ...] = ()
        self.edit_day: Callable[[str], object] | None = None
        """Opens the date field of an event in its cell."""
        self.open_event: Callable[[str], object] | None = None
        """Opens the inspector on an event."""

    def _events(self, keys: Sequence[str]) -> list[Event]:
        known = self._session.snapshot.event_by_key
        return [known[key] for key in keys if key in known]

    # one event

    def ask_status(self, key: str, at: QPoint) -> None:
        """The list of states that may follow, at a global point."""
        events = self._events([key])
        if not events or self._session.read_only:
            return
        self._keys = (key,)
        self.pop_up(self._status_menu(events), at)

    def _status_menu(self, events: Sequence[Event]) -> QMenu:
        """The states that at least one of ``events`` may take; those that none can for now are greyed."""
        menu = QMenu(self._page)
        single = events[0] if len(events) == 1 else None
        for status in EventStatus:
            may = [e for e in events if status in commands.ALLOWED_NEXT[e.status]]
            current = single is not None and single.status is status
            if not may and not current:
                continue
            words = status.label
            if status in _WITH_REASON or (status is EventStatus.HELD and single is not None):
                words = {EventStatus.HELD: "已举办（登记结果）…"}.get(status, f"{status.label}…")
            entry = menu.addAction(escaped(words))
            entry.setCheckable(current)
            entry.setChecked(current)
            entry.setEnabled(not current and self._is_possible(may, status))
            entry.triggered.connect(partial(self._on_status, status))
            if current:
                menu.setActiveAction(entry)
        return menu

    def _is_possible(self, events: Sequence[Event], status: EventStatus) -> bool:
        return bool(with_status(events, status, self._session.today).events)

    def _on_status(self, status: EventStatus, _: bool = False) -> None:  # noqa: FBT001, FBT002
        self.choose_status(status)

    def choose_status(self, status: EventStatus) -> None:
        """Give the events asked about ``status``."""
        if len(self._keys) == 1:
            self.set_status(self._keys[0], status)
        else:
            self.set_statuses(self._keys, status)

    def set_status(self, key: str, status: EventStatus) -> None:
        """Give one event ``status``; reason and result are asked for."""
        if status is EventStatus.POSTPONED:
            self._page.postpone_requested.emit(key)
        elif status is EventStatus.CANCELLED:
            self._page.cancel_requested.emit(key)
        elif status is EventStatus.HELD:
            self._page.result_requested.emit(key)
        else:
            session = self._session
            session.perform(commands.set_event_status, session.year, key, status, toast=True)

    def set_day(self, key: str, day: date) -> None:
        """Put one event on ``day``, at its time."""
        events = self._events([key])
        if not events:
            return
        event, session = events[0], self._session
        name = event.short or event.title
        if event.status is EventStatus.HELD:
            session.messages.toast(f"{quoted(name)}已举办，日期不能再改；若登记有误，请先退回“已确认”。")
            return
        if event.status is EventStatus.CANCELLED:
            session.messages.toast(f"{quoted(name)}已取消，请先恢复为“已排”。")
            return
        title = f"移动{quoted(name)}到{short_day(day)}"
        session.perform(commands.change_event, session.year, on_day(event, day), title, toast=True)

    # several events

    def ask_statuses(self, keys: Sequence[str], at: QPoint) -> None:
        """The states that the selected events can take, at a global point."""
        self._keys = tuple(keys)
        self.pop_up(self._status_menu(self._events(keys)), at)

    def set_statuses(self, keys: Sequence[str], status: EventStatus) -> None:
        """Give all of them ``status``, at once where nothing speaks against it; else ask first."""
        from gui.ledger.bulk_dialogs import BulkStatusDialog

        events, session = self._events(keys), self._session
        change = with_status(events, status, session.today)
        effect = several_effect(session, change.events)
        if status in _WITH_REASON or change.skipped or effect.worsened or effect.conflicts:
            self._run(BulkStatusDialog(session, events, status, self._page))
            return
        title = f"{len(change.events)} 场改为{status.label}"
        session.perform(commands.change_events, session.year, change.events, title, toast=True)

    def ask_days(self, keys: Sequence[str]) -> None:
        """Ask where the selected events are to be moved."""
        from gui.ledger.bulk_dialogs import BulkDayDialog

        if events := self._events(keys):
            self._run(BulkDayDialog(self._session, events, self._page))

    def ask_units(self, keys: Sequence[str]) -> None:
        """Ask for the units of the selected events."""
        from gui.ledger.bulk_dialogs import BulkUnitDialog

        if events := self._events(keys):
            self._run(BulkUnitDialog(self._session, events, self._page))

    def cancel(self, keys: Sequence[str]) -> None:
        """取消活动…: asks for the reason, never silent."""
        if self._session.read_only or not keys:
            return
        if len(keys) == 1:
            self._page.cancel_requested.emit(keys[0])
        else:
            self.set_statuses(keys, EventStatus.CANCELLED)

    def _run(self, dialog: QDialog) -> None:
        self.dialog = dialog
        dialog.exec()
        self.dialog = None
        dialog.deleteLater()

    # the context menu

    def show_menu(self, key: str, at: QPoint, *, in_inspector: bool = False) -> None:
        """The menu of an event at a global point."""
        event = self._session.snapshot.event_by_key.get(key)
        if event is None:
            return
        changing, other = self.offered(event)
        if in_inspector:
            changing = [one for one in changing if one[1] not in (EventAction.OPEN, EventAction.MOVE)]
        self.pop_up_for(event, [changing, other, self._elsewhere(event)], at)

    def _elsewhere(self, event: Event) -> list[tuple[str, object]]:
        places = [ElsewhereAction.FORM] if not self._session.read_only else []
        places += self._zone_places(event)
        if event.day is not None:
            places.append(ElsewhereAction.CALENDAR)
        if self.rule_of(event.key):
            places.append(ElsewhereAction.RULES)
        return [(place.label, place) for place in places]

    def _zone_places(self, event: Event) -> list[ElsewhereAction]:
        """专区内容 of a zone or of the meeting that has one; 设置专区 at a meeting without."""
        if event.campaign not in (Campaign.TECH_FORUM, Campaign.HOST_MEETING):
            return []
        if zone_of(self._session.snapshot, event.key) is not None:
            return [ElsewhereAction.ZONE]
        may = not self._session.read_only and event.status is not EventStatus.CANCELLED
        return [ElsewhereAction.SET_UP] if may else []

    def rule_of(self, key: str) -> str:
        """The rule for which an event counts; "" for none."""
        return next((cell.rule for cell in self._session.check.cells if key in cell.events), "")

    def open(self, event: Event) -> None:
        """In the inspector."""
        if self.open_event:
            self.open_event(event.key)

    def move(self, event: Event) -> None:
        """In the date cell."""
        if self.edit_day:
            self.edit_day(event.key)

    def look_elsewhere(self, event: Event, action: object) -> None:
        """The form, the zone, another page."""
        if action is ElsewhereAction.FORM:
            self._page.event_requested.emit(event.key)
        elif action in (ElsewhereAction.ZONE, ElsewhereAction.SET_UP):
            self._page.zone_requested.emit(event.key)
        elif action is ElsewhereAction.CALENDAR:
            self._page.page_requested.emit(CALENDAR, event.day)
        elif action is ElsewhereAction.RULES:
            self._page.page_requested.emit(RULES, self.rule_of(event.key))
