"""要写原因的几件事：延期、取消、登记说明、豁免；确认之前先看对规则的影响。"""

from __future__ import annotations

from datetime import date, datetime, time

from PySide6.QtWidgets import QWidget

from gui.kit.bindings import needed
from gui.kit.choices import Choice
from gui.kit.controls import combo_edit, note_edit, show_value, value_of
from gui.kit.day_edit import day_edit
from gui.kit.form import FormDialog
from gui.kit.message_bar import BarArea
from gui.session.event_actions import STATUS_REASONS
from gui.session.messages import Bar
from gui.session.rule_effect import effect_words
from gui.session.year_session import YearSession
from models import commands
from models.domain.events import Event, EventStatus
from models.domain.text import quoted
from models.domain.year import Exemption
from planners import wording
from planners.results import Cell
from planners.zones import zones_at

_FOLLOWING = (EventStatus.DRAFT, EventStatus.PLANNED, EventStatus.CONFIRMED, EventStatus.POSTPONED)


class StatusReasonDialog(FormDialog):
    """延期 or 取消 of an event: a reason, and what it does to the rules, before it is confirmed.

    ``day``: the day to which it is proposed to be moved.
    """

    def __init__(
        self,
        session: YearSession,
        event: Event,
        status: EventStatus,
        parent: QWidget | None = None,
        *,
        day: date | None = None,
    ) -> None:
        self._postpones = status is EventStatus.POSTPONED
        verb = "延期" if self._postpones else "取消"
        super().__init__(f"{verb}活动", f"确认{verb}", parent, width=540)
        self._session, self._event, self._status = session, event, status
        self.add_heading(f"{verb}：{event.short or event.title}", event.campaign)
        self.add_words(f"{event.title}\n{wording.time_label(event)}", "secondary")
        if self._postpones:
            self._add_new_day(day)
        reason = combo_edit(STATUS_REASONS[status], "请选择或填写（必填）")
        self.reason = self.bind(
            "原因", reason, "status_reason", checks=(needed("请填写原因", "还没有填写原因。", ""),)
        )
        self.effect = BarArea(margins=(0, 0, 0, 0))
        self.add_widget(self.effect)
        if zones := [zone for zone in zones_at(session.snapshot, event.key) if zone.status in _FOLLOWING]:
            names = "、".join(quoted(zone.short or zone.title) for zone in zones)
            self.add_words(f"现场的“科创问政”专区{names}随会议一同{verb}（同一步，可一起撤销）。", "warning")
        if self._postpones:
            self.add_words("也可在年度总览、日历上按住 Shift 直接拖到新日期。", "caption")
        self.add_words("将记入变更记录；已发出的日历会带着更新序号改过来。", "caption")
        self._show_effect()
        self.keep_drafts(session, event.key, status.value)
        self.reason.setFocus()

    def _add_new_day(self, proposed: date | None) -> None:
        self.when = Choice([("暂不定，放入待定区", False), ("改到另一天", True)])
        self.add_row("新日期", self.when)
        self.day = day_edit()
        show_value(self.day, proposed or max(self._session.today, self._event.day or self._session.today))
        self._day_row = self.add_row("", self.day)
        self.day.setAccessibleName("改到哪一天")
        self.when.choose(proposed is not None)
        self._day_row.setVisible(proposed is not None)
        self.when.currentIndexChanged.connect(self._on_when)
        self.day.dateChanged.connect(self._show_effect)

    def _on_when(self) -> None:
        self._day_row.setVisible(self.when.value())
        self._show_effect()
        self.fit()

    def _new_day(self) -> date | None:
        if not self._postpones or not self.when.value():
            return None
        return self.day.date().toPython()

    def _after(self) -> Event:
        """The event as it would be."""
        day = self._new_day()
        if day is None:
            after = self._event._replace(status=self._status)
            return after._replace(starts_at=None, ends_at=None) if self._postpones else after
        clock = self._event.starts_at.time() if self._event.starts_at else time(9)
        return commands.moved(self._event, datetime.combine(day, clock))

    def _show_effect(self) -> None:
        words = effect_words(self._session, self._after())
        verb = "延期" if self._postpones else "取消"
        bar = Bar("warning", f"{verb}后 {words}。", (), "effect", closable=False)
        calm = Bar("info", f"{verb}不影响刚性规则。", (), "effect", closable=False)
        self.effect.show_bar(bar if words else calm)

    def accept_form(self) -> None:
        """The event has its new status or day, with the reason; one step."""
        self.fields.require(self._event)
        reason = value_of(self.reason)
        session, day = self._session, self._new_day()
        if day is None:
            session.attempt_and_tell(commands.set_event_status, self._event.key, self._status, reason)
        else:
            name = self._event.short or self._event.title
            words = f"移动{quoted(name)}到{wording.short_day(day)}"
            session.attempt_and_tell(
                commands.change_event, self._after()._replace(status_reason=reason), words
            )


class CellReasonDialog(FormDialog):
    """Words on a period cell: what the check says, the clause word for word, and a field for the reason."""

    def __init__(
        self, session: YearSession, cell: Cell, title: str, field: str, note: str, parent: QWidget | None
    ) -> None:
        super().__init__(title, title, parent, width=560)
        self._session, self._cell = session, cell
        rule = session.ruleset.rule(cell.rule)
        self.add_heading(
            f"{title}：{wording.cell_title(cell, session.ruleset)}",
            rule.campaigns[0] if rule.campaigns else None,
        )
        self.add_words(wording.cell_sentence(cell, session.check, session.snapshot))
        self.add_quote(rule.quote, rule.clause)
        lacking = needed("请填写", "还没有填写。", "")
        self.reason = self.bind(field, note_edit(96), "reason", checks=(lacking,))
        self.add_words(note, "caption")
        self.reason.setFocus()

    def words(self) -> str:
        """The reason given; ``CommandError`` where there is none."""
        self.fields.require(self._cell)
        return str(value_of(self.reason))


class ExplainDialog(CellReasonDialog):
    """登记说明 of a missed period: kept beside the fact, which stays."""

    def __init__(self, session: YearSession, cell: Cell, parent: QWidget | None = None) -> None:
        note = "过去的周期不能补办；说明会随检查结果一起印出，未达成的事实保留。"
        super().__init__(session, cell, "登记说明", "说明", note, parent)
        self.reason.setPlainText(_registered_words(session, cell))
        self.keep_drafts(session, cell.rule, cell.first.isoformat(), cell.group or "")

    def accept_form(self) -> None:
        """The words are kept with the cell."""
        cell = self._cell
        self._session.attempt_and_tell(
            commands.explain, cell.rule, cell.first, cell.last, cell.group, self.words()
        )


def _registered_words(session: YearSession, cell: Cell) -> str:
    """What is registered for the cell, word for word: on the page it may be masked."""
    place = (cell.rule, cell.first, cell.group)
    return next((one.reason for one in session.check.cells if (one.rule, one.first, one.group) == place), "")


class ExemptDialog(CellReasonDialog):
    """豁免 of a current or coming period, with its reason."""

    def __init__(self, session: YearSession, cell: Cell, parent: QWidget | None = None) -> None:
        note = "豁免后本周期不再计入检查点，理由会印出；可随时撤销。"
        super().__init__(session, cell, "登记豁免", "理由", note, parent)
        self.keep_drafts(session, cell.rule, cell.first.isoformat(), cell.group or "")

    def accept_form(self) -> None:
        """The exemption is registered."""
        cell = self._cell
        exemption = Exemption(cell.rule, cell.first, cell.last, cell.group, self.words())
        self._session.attempt_and_tell(commands.exempt, exemption, self._session.today)
