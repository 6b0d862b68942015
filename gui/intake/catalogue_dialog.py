"""导入决策事项目录的预览：每个事项新增、修改、相同还是不收；勾选后一步采纳。"""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from exports.xlsx.reading.catalogue import CatalogueReading, CatalogueRow, catalogue_changes
from exports.xlsx.reading.values import SheetRowState
from gui.intake.preview import PreviewDialog
from gui.intake.rows import PreviewRow
from gui.intake.words import value_words
from gui.session.messages import error_words
from gui.session.year_session import YearSession
from models import commands
from models.domain.errors import UserError
from models.domain.field_labels import FIELD_LABELS

_HEADS = ("事项名称", "层级", "承办单位", "列入日期", "改动与问题")
_WIDTHS = (380, 70, 190, 110, 360)


class CatalogueDialog(PreviewDialog):
    """Previews ``reading``; taking it is one step that can be undone."""

    def __init__(
        self, session: YearSession, reading: CatalogueReading, parent: QWidget | None = None
    ) -> None:
        super().__init__(f"导入决策事项目录　{reading.file}", _HEADS, _WIDTHS, 7, parent)
        self._session = session
        self.reading = reading
        self._rows = {row.place: row for row in reading.rows}
        self.row_changed.connect(self._show_details)
        counts = {state: sum(row.state is state for row in reading.rows) for state in SheetRowState}
        words = " · ".join(f"{state.label} {count}" for state, count in counts.items() if count) or "没有事项"
        over = f" · 略过合计、注等 {len(reading.passed_over)} 行" if reading.passed_over else ""
        self.summary.setText(f"{words}{over}")
        self.say_remarks(reading.remarks)
        self.show_counts(counts)
        self.model.show_ticked(
            (self._preview(row) for row in reading.rows), (row.place for row in reading.rows if row.usable)
        )
        self.select_first()

    def _preview(self, row: CatalogueRow) -> PreviewRow:
        decision = row.decision or row.before
        day = decision.listed_on if decision else None
        texts = (
            decision.title if decision else row.title,
            decision.body.label if decision else "",
            self._session.snapshot.unit_name(decision.unit) if decision and decision.unit else "",
            f"{day:%Y-%m-%d}" if day else "",
            self._fate(row),
        )
        return PreviewRow(row.place, row.state, texts, row.usable, bool(row.problems))

    def _fate(self, row: CatalogueRow) -> str:
        changed = f"改{'、'.join(FIELD_LABELS[name] for name in row.fields)}" if row.fields else ""
        submitted = f"拟提交 {row.submitted}" if row.submitted else ""
        return "；".join(filter(None, (*(problem.reason for problem in row.problems), changed, submitted)))

    def _show_details(self, shown: PreviewRow | None) -> None:
        row = self._rows.get(shown.place) if shown is not None else None
        if row is None:
            self.details.setText("")
            return
        lines = [f"{'不收' if problem.refused else '注意'}　{problem}" for problem in row.problems]
        if row.submitted:
            lines.append(f"表里写的拟提交时间：{row.submitted}（会议排定后再登记到会议）")
        if row.before is not None and row.decision is not None:
            for name in row.fields:
                old, new = (
                    value_words(name, getattr(decision, name), self._session.snapshot)
                    for decision in (row.before, row.decision)
                )
                lines.append(f"{FIELD_LABELS[name]}：{old or '（空）'} → {new or '（空）'}")
        if not lines:
            lines = ["与现有事项相同，没有改动。" if row.state is SheetRowState.SAME else "将新增这个事项。"]
        self.details.setText("\n".join(lines))

    def on_accept(self) -> None:
        """The decisions that are ticked are in the year afterwards, one step."""
        session = self._session
        changes = catalogue_changes(self.reading, frozenset(self.model.ticked))
        try:
            done = session.attempt(
                commands.apply_changes, session.year, f"导入决策目录（{len(changes)} 项）", changes
            )
        except UserError as error:
            self.refuse(error_words(error))
            return
        if done is not None:
            session.tell_done(done)
        self.accept()
