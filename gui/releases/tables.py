"""这些窗口里的表：一行一选，Enter 或双击去看。"""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QModelIndex, Qt, Signal
from PySide6.QtGui import QKeyEvent

from gui.kit.marks import STATE_LOOKS
from gui.kit.row_table import RowTable
from gui.kit.text_rows import TextRow, TextRows
from models.domain.rules import RuleSet
from models.domain.snapshot import ItemKind, YearSnapshot
from planners import wording
from planners.change_kinds import ChangeKind
from planners.change_words import changed_day, changed_title, changed_words, rule_change_title
from planners.release_changes import Change, PlanChanges, RuleChange

HEADS = ("改动", "日期", "活动或事项", "改了什么", "要办的单位")
WIDTHS = (84, 84, 190, 260, 170)
RULE_HEADS = ("规则", "从", "到")
RULE_WIDTHS = (300, 160, 160)
SIGNS = {
    ChangeKind.NEW: ("plus", "success"),
    ChangeKind.MOVED: ("arrow-right", "info"),
    ChangeKind.CHANGED: ("edit", "ink2"),
    ChangeKind.POSTPONED: ("redo", "warning"),
    ChangeKind.CANCELLED: ("close", "danger"),
    ChangeKind.RESTORED: ("undo", "success"),
}
_NO_CELL = "—"


class RowsTable(RowTable):
    """A table of ``TextRow``. ``chosen`` carries the target of a row that was double-clicked or entered."""

    chosen = Signal(object)

    def __init__(self, name: str, heads: Sequence[str], widths: Sequence[int], stretched: int) -> None:
        self.rows = TextRows(heads)
        super().__init__(name, self.rows)
        self.lay_columns(widths, stretched)
        self.doubleClicked.connect(self._choose)

    def show_rows(self, rows: Sequence[TextRow], target: object = None) -> None:
        """Show ``rows``; the one about ``target`` is selected, else the first."""
        self.rows.show_rows(rows)
        if rows:
            number = next((n for n, row in enumerate(rows) if row.target == target), 0)
            self.selectRow(number)
            self.scrollTo(self.rows.index(number, 0))

    @property
    def current(self) -> object:
        """What the selected row is about; None where there is none."""
        return self.rows.target(self.currentIndex())

    def _choose(self, index: QModelIndex) -> None:
        self.chosen.emit(self.rows.target(index))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter chooses the selected row."""
        plain = not event.modifiers() & Qt.KeyboardModifier.ControlModifier
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and plain and self.currentIndex().isValid():
            self._choose(self.currentIndex())
            return
        super().keyPressEvent(event)


def change_rows(
    changes: PlanChanges, snapshot: YearSnapshot, kind: ChangeKind | None = None, unit: str | None = None
) -> list[TextRow]:
    """What has changed, as far as it passes the filter."""
    return [
        _change_row(change, snapshot)
        for change in changes.all
        if (kind is None or change.kind is kind) and (unit is None or unit in change.units)
    ]


def _change_row(change: Change, snapshot: YearSnapshot) -> TextRow:
    sign, color = SIGNS[change.kind]
    deleted = "（已删除）" if change.after is None else ""
    texts = (
        change.kind.label,
        changed_day(change),
        f"{'列席：' if change.item is ItemKind.DECISION else ''}{changed_title(change)}{deleted}",
        changed_words(change, snapshot),
        "、".join(snapshot.unit_name(key) for key in change.units) or "（无）",
    )
    return TextRow(texts, change, sign, color)


def rule_rows(changes: PlanChanges, before: RuleSet, after: RuleSet) -> list[TextRow]:
    """The rules whose state is another."""
    return [_rule_row(change, before, after) for change in changes.rules]


def _rule_row(change: RuleChange, before: RuleSet, after: RuleSet) -> TextRow:
    cell = change.after or change.before
    assert cell is not None
    look = STATE_LOOKS[cell.state]
    sides = (
        f"{side.state.label} {wording.count_of(side)}" if side is not None else _NO_CELL
        for side in (change.before, change.after)
    )
    return TextRow(
        (rule_change_title(change, before, after), *sides), change, look.icon or "info", look.color
    )
