"""日历上方的提示：放假安排为推算、没有活动、没有符合条件的；以及空的日程。"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from PySide6.QtCore import QObject, Signal

from gui.calendar.bars import CalendarFilterBar
from gui.calendar.days import CalendarDays
from gui.calendar.page_words import why_empty
from gui.kit.empty_state import EmptyAction, EmptyState
from gui.kit.message_bar import BarArea
from gui.session.messages import Action, Bar
from gui.session.year_session import YearSession


class CalendarNotices(QObject):
    """Says in bars what has to be known of the days shown."""

    new_wanted = Signal()
    plan_wanted = Signal()
    month_wanted = Signal()

    def __init__(
        self, session: YearSession, bars: BarArea, filters: CalendarFilterBar, parent: QObject
    ) -> None:
        super().__init__(parent)
        self._session = session
        self._bars = bars
        self._filters = filters
        self._estimate_seen = 0

    def show(self, days: CalendarDays, day: date, shown: Sequence[date], *, weekly: bool) -> None:
        """Say what has to be known of the days ``shown`` (none: the list), of which ``day`` is selected."""
        self._show_estimate(days, shown)
        self._show_nothing_found(days, day, shown, "这一周" if weekly else "这个月")

    def fill_empty(self, empty: EmptyState) -> None:
        """Say in the place of an empty list why it is empty."""
        words = self._filters.words()
        lines = ("条件：" + " · ".join(words),) if words else ("双击月历上的一天新建活动。",)
        action = (
            EmptyAction("清除全部条件", self._filters.clear)
            if words
            else EmptyAction("看月历", self.month_wanted.emit)
        )
        title = "没有符合全部条件的活动" if words else f"{self._session.year} 年度还没有活动"
        empty.show_words("search", title, lines, (action,))

    def _show_estimate(self, days: CalendarDays, shown: Sequence[date]) -> None:
        year = self._session.year
        marked = any(days.day(day).mark and days.day(day).estimated for day in shown if day.year == year)
        if not marked or self._estimate_seen == year:
            self._bars.withdraw("estimate")
            return
        notice = self._session.snapshot.holidays.notice
        text = f"{year} 年放假安排未公布，休、班为推算，用点线框标出{f'（{notice}）' if notice else ''}。"
        self._say("info", text, (Action("知道了", self._on_estimate_seen),), "estimate")

    def _say(self, kind: str, text: str, actions: tuple[Action, ...], topic: str) -> None:
        if text not in self._bars.texts:
            self._bars.show_bar(Bar(kind, text, actions, topic, closable=False))

    def _on_estimate_seen(self) -> None:
        self._estimate_seen = self._session.year
        self._bars.withdraw("estimate")

    def _show_nothing_found(self, days: CalendarDays, day: date, shown: Sequence[date], span: str) -> None:
        """Say why the calendar is empty: no event in the year, or none that the filter lets through."""
        if not self._session.snapshot.events:
            offered = (Action("新建活动", self.new_wanted.emit), Action("自动排期", self.plan_wanted.emit))
            text = f"{self._session.year} 年度还没有活动。双击一天新建，或让自动排期先排一版。"
            self._say("info", text, () if self._session.read_only else offered, "nothing")
            return
        if days.chosen.is_open or not shown or days.count(shown[0], shown[-1] + timedelta(days=1)):
            self._bars.withdraw("nothing")
            return
        clear = Action("清除条件", self._filters.clear)
        if days.chosen.conflicts_only and days.chosen._replace(conflicts_only=False).is_open:
            text = f"{span}没有冲突。"
        else:
            text = f"{span}没有符合条件的活动：{' · '.join(self._filters.words())}。{why_empty(days, day)}"
        self._say("info", text, (clear,), "nothing")
