"""导出日历之前：全部活动，或某条工作线、某个单位的。"""

from __future__ import annotations

from typing import NamedTuple

from PySide6.QtWidgets import QWidget

from gui.dialogs.choices import Choice, UnitEdit
from gui.dialogs.form import FormDialog
from gui.operations.session import YearSession
from models.domain.errors import CommandError
from models.domain.events import Campaign


class CalendarScope(NamedTuple):
    """Which events a calendar file holds; None: all of them."""

    campaign: Campaign | None = None
    unit: str | None = None


class CalendarDialog(FormDialog):
    """Asks which events the calendar is to hold and says how many there are; ``scope`` is the answer."""

    def __init__(self, session: YearSession, parent: QWidget | None = None) -> None:
        super().__init__("导出日历文件", "选择文件…", parent, width=540)
        self._session = session
        self.scope = CalendarScope()
        self.add_heading("导出日历文件（iCal）")
        self.add_words("同事把文件导入或订阅后，活动改期、取消会带着更新序号改过去。", "secondary")
        everything: list[tuple[str, Campaign | None]] = [("全部工作线", None)]
        self.campaign = Choice([*everything, *((campaign.label, campaign) for campaign in Campaign)])
        self.add_row("工作线", self.campaign)
        self.unit = UnitEdit(session.snapshot.units, hint="不填为全部单位")
        self._unit_row = self.add_row("单位", self.unit)
        self._count = self.add_words("", "caption")
        self.campaign.currentIndexChanged.connect(self._describe)
        self.unit.textChanged.connect(self._describe)
        self._describe()

    def _entered(self) -> CalendarScope:
        keys = self.unit.known_keys()
        return CalendarScope(self.campaign.value(), keys[0] if keys else None)

    def _describe(self) -> None:
        from exports.ical import exported_keys

        snapshot, scope = self._session.snapshot, self._entered()
        keys = exported_keys(snapshot, campaign=scope.campaign, unit=scope.unit)
        new = sum(not snapshot.stamps[key].exported for key in keys)
        self._count.setText(f"共 {len(keys)} 场，其中 {new} 场首次发布。草拟的不写入。")
        self.accept_button.setEnabled(bool(keys))

    def accept_form(self) -> None:
        """``scope`` is what was chosen; ``CommandError`` where the unit is not known, or there is more than one."""
        if len(self.unit.keys()) > 1:
            self._unit_row.say("一次只导出一个单位")
            raise CommandError("请只填一个单位。")
        self.scope = self._entered()
