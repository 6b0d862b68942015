"""导入决策事项目录的预览：每个事项新增、修改、相同还是不收；勾选后一步采纳。"""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from exports.xlsx.reading.values import FileReading, FileRow
from gui.intake.preview import PreviewDialog
from gui.session.year_session import YearSession

_HEADS = ("事项名称", "层级", "承办单位", "列入日期", "改动与问题")
_WIDTHS = (380, 70, 190, 110, 360)


class CatalogueDialog(PreviewDialog):
    """Previews ``reading``; taking it is one step that can be undone."""

    NEW_WORDS, SAME_WORDS = "将新增这个事项。", "与现有事项相同，没有改动。"

    def __init__(self, session: YearSession, reading: FileReading, parent: QWidget | None = None) -> None:
        title = f"导入决策事项目录　{reading.file}"
        super().__init__(session, session.snapshot, reading, title, _HEADS, _WIDTHS, parent)
        self.say_passed_over()
        self.say_remarks(reading.remarks)
        self.begin()

    def columns(self, row: FileRow) -> tuple[str, ...]:
        decision = row.after
        if decision is None:
            return row.title, "", "", ""
        unit = self._snapshot.unit_name(decision.unit) if decision.unit else ""
        day = f"{decision.listed_on:%Y-%m-%d}" if decision.listed_on else ""
        return decision.title, decision.body.label, unit, day

    def fate(self, row: FileRow, also: str = "") -> str:
        submitted = f"拟提交 {row.submitted}" if row.submitted else ""
        return "；".join(filter(None, (super().fate(row, also), submitted)))

    def lines(self, row: FileRow) -> list[str]:
        lines = super().lines(row)
        if row.submitted:
            words = f"表里写的拟提交时间：{row.submitted}（会议排定后再登记到会议）"
            lines.insert(len(row.problems), words)
        return lines
