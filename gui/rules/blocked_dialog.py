"""停排日：哪几天、为什么、哪些单位、场地或工作线不排活动。"""

from __future__ import annotations

from datetime import date

from PySide6.QtWidgets import QWidget

from gui.kit.bindings import Binding, needed
from gui.kit.choices import CheckGroup, UnitEdit
from gui.kit.controls import at_left, combo_edit, value_of
from gui.kit.day_edit import day_edit
from gui.kit.form import FormDialog
from gui.kit.plain import label
from gui.session.year_session import YearSession
from models import commands
from models.domain.errors import CommandError
from models.domain.events import Campaign
from models.domain.snapshot import ItemKind
from models.domain.year import BlockedPeriod
from planners.wording import short_day

BLOCKED_REASONS = ("全区重要会议", "场地检修", "汛期值守", "单位年中盘点", "学校放假")


class BlockedDialog(FormDialog):
    """Adds a 停排 from ``first`` on, or changes ``period``; one without a key is proposed and added."""

    def __init__(
        self,
        session: YearSession,
        first: date,
        period: BlockedPeriod | None = None,
        parent: QWidget | None = None,
    ) -> None:
        known = period is not None and bool(period.key)
        super().__init__("停排日", "保存停排" if known else "设为停排", parent, width=560)
        self._session = session
        self._period = period or BlockedPeriod("", first, first)
        self.add_heading("修改停排日" if known else "设为停排日")
        self.add_words("停排的日子不再排入新活动，自动排期也会避开；已排的活动不受影响。", "secondary")
        self._add_days()
        reason = combo_edit(BLOCKED_REASONS, "请选择或填写（必填）")
        lacking = needed("请填写原因", "还没有填写原因。", "")
        self.reason = self.bind("原因", reason, "reason", checks=(lacking,))
        self.add_section("只对其中一部分停排（都不选就是全部活动）")
        campaigns = CheckGroup({campaign: campaign.label for campaign in Campaign}, columns=3)
        self.campaigns = self.bind("工作线", campaigns, "campaigns")
        self.units = self.bind("单位", UnitEdit(session.snapshot.units), "units")
        venues = {venue.key: venue.name for venue in session.snapshot.venues}
        self.venues = self.bind("场地", CheckGroup(venues, columns=2), "venues")
        self.row_of(self.venues).setVisible(bool(venues))
        self.fields.show(self._period)
        self._on_days()
        self.keep_drafts(session, self._period.key)
        self.reason.setFocus()

    def _add_days(self) -> None:
        self.first, self.last = day_edit(), day_edit()
        self.first.setAccessibleName("从哪天")
        self.last.setAccessibleName("到哪天")
        for edit, field in ((self.first, "first"), (self.last, "last")):
            self.fields.add(Binding(edit.accessibleName(), edit, field))
        holder = at_left(self.first, label("至"), self.last)
        self._days_row = self.add_row("日期", holder)
        self.first.dateChanged.connect(self._on_first)
        self.last.dateChanged.connect(self._on_days)

    def _on_first(self) -> None:
        if self.last.date() < self.first.date():
            self.last.setDate(self.first.date())
        self._on_days()

    def _on_days(self) -> None:
        first, last = self._days()
        if last < first:
            self._days_row.say("最后一天不能早于第一天")
            return
        planned = [
            event
            for event in self._session.snapshot.events
            if event.day is not None and first <= event.day <= last and event.counts_in_forecast
        ]
        days = f"共 {(last - first).days + 1} 天"
        self._days_row.say(f"{days}，其中已有 {len(planned)} 场活动" if planned else days, "caption")

    def _days(self) -> tuple[date, date]:
        return value_of(self.first), value_of(self.last)

    def accept_form(self) -> None:
        """The 停排 is stored; one step."""
        session, (first, last) = self._session, self._days()
        if last < first:
            raise CommandError("最后一天早于第一天。", "没有保存。", "请改日期。")
        self.fields.require(self._period)
        key = self._period.key or commands.new_key(session.snapshot, ItemKind.BLOCKED)
        period = self.fields.applied_to(self._period)._replace(key=key)
        session.attempt_and_tell(
            commands.put_item, ItemKind.BLOCKED, period, blocked_title(period, self._period.key)
        )


def blocked_title(period: BlockedPeriod, known: str = "") -> str:
    """The name of the step: 设8月18日为停排日, 修改停排日8月18日."""
    days = short_day(period.first)
    if period.last != period.first:
        days += f"至{short_day(period.last)}"
    return f"修改停排日{days}" if known else f"新增停排日{days}"


BLOCKED_REASONS = ("全区重要会议", "场地检修", "汛期值守", "单位年中盘点", "学校放假")
