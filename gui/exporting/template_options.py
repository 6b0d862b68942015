"""空白报送表：发给委办局、街镇填报；指定单位的，先列出它已有的活动。"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from gui.exporting.data_options import DataOptions, Summary
from gui.exporting.form_parts import OptionSection
from gui.kit.choices import UnitEdit
from gui.kit.exporter import EXCEL, Made, Outgoing
from gui.kit.plain import label
from models.domain.snapshot import YearSnapshot

ROWS_SHOWN = 40


class TemplateOptions(DataOptions):
    """For which unit the sheet is; blank for none."""

    def build(self) -> None:
        """The unit."""
        section = OptionSection("范围", first=True)
        self.unit = UnitEdit(self._session.snapshot.units, hint="不填：空白表，谁都能用")
        self.unit.setAccessibleName("填报单位")
        section.add(self.unit)
        self._remark = label("", "warning", wrap=True)
        section.add(self._remark)
        section.add(
            label(
                "写明单位的，表里先列出它牵头、参与的活动；交回后更新原有活动，不会重复。",
                "caption",
                wrap=True,
            )
        )
        self._column.addWidget(section)
        section = OptionSection("内容")
        section.add(
            label("下拉选择工作线、单位、街镇、学段；隐藏的工作表记着版本和每行的编号，请勿删除。", wrap=True)
        )
        self._column.addWidget(section)
        self.unit.textChanged.connect(self.changed)
        self.keep(unit=self.unit)

    def _key(self) -> str | None:
        keys = self.unit.known_keys()
        return keys[0] if len(keys) == 1 else None

    def _problem(self) -> str:
        if unknown := self.unit.unknown():
            return f"没有名为“{unknown[0]}”的单位。"
        return "一次只做一个单位的表。" if len(self.unit.known_keys()) > 1 else ""

    def summary(self) -> Summary:
        """The events that are listed already."""
        from exports.xlsx.columns import COLUMNS
        from exports.xlsx.template import prefilled

        problem, snapshot, key = self._problem(), self._session.snapshot, self._key()
        self._remark.setText(problem)
        self._remark.setVisible(bool(problem))
        rows = tuple(filled.texts for filled in prefilled(snapshot, key)) if not problem else ()
        name = snapshot.unit_name(key) if key else "空白"
        lines = (f"已列出 {len(rows)} 场活动，其余行空着待填。",) if key else ("空白表，不预填活动。",)
        heads = tuple(field.label for field in COLUMNS)
        shown = rows[:ROWS_SHOWN]
        title = f"{snapshot.year} 年度报送表（{name}）"
        return Summary(title, lines, heads, shown, len(rows) - len(shown), ready=not problem)

    def outgoing(self) -> Outgoing:
        """Called after the unit."""
        key = self._key()
        name = self._session.snapshot.unit_name(key) if key else "空白"
        return Outgoing("template", "报送表", f"{self._session.year}年报送表（{name}）", EXCEL)

    def maker(self) -> Callable[[], Made]:
        """The bytes of the sheet."""
        return partial(_made, self._session.snapshot, self._key())


def _made(snapshot: YearSnapshot, unit: str | None) -> Made:
    from exports.xlsx.template import template_bytes

    return Made(template_bytes(snapshot, unit))
