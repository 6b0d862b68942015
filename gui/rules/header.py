"""规则检查的页头：标题、对照了哪些条、三枚胶囊、参数与口径、一键补缺。"""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Signal

from gui.kit.head_bars import SummaryPill
from gui.kit.page_head import PageHead
from gui.kit.plain import button, label
from planners.results import CellState
from planners.rule_rows import RowState
from planners.year_count import YearCount, beside_words

PILLS = {
    CellState.OVERDUE: RowState.OVERDUE,
    CellState.AT_RISK: RowState.AT_RISK,
    CellState.GAP: RowState.GAP,
}


class RulesHeader(PageHead):
    """``pill_toggled`` carries the state to filter by, None to show everything again."""

    pill_toggled = Signal(object)
    plan_clicked = Signal()
    panel_clicked = Signal()
    print_clicked = Signal()

    def __init__(self) -> None:
        super().__init__("规则检查")
        self._subtitle = label("", "secondary")
        self._pills = {state: SummaryPill(state) for state in PILLS}
        self.panel_button = button("参数与口径", self.panel_clicked.emit, icon_name="gear")
        self.plan_button = button("一键补缺", self.plan_clicked.emit, kind="primary", icon_name="wand")
        self.plan_button.setToolTip("F9：自动排期提出方案，采纳前不改动")
        self.print_button = button("导出检查单", self.print_clicked.emit, icon_name="printer")
        self._gaps = 0
        for pill in self._pills.values():
            pill.toggled.connect(partial(self._on_pill, pill))
        self.add(
            8,
            self._subtitle,
            None,
            *self._pills.values(),
            8,
            self.panel_button,
            self.print_button,
            self.plan_button,
        )

    def show_words(self, subtitle: str) -> None:
        """Show what was checked."""
        self._subtitle.setText(subtitle)

    @property
    def subtitle(self) -> str:
        """What was checked."""
        return self._subtitle.text()

    def show_counts(self, count: YearCount) -> None:
        """Show the numbers; 待补 is what 一键补缺 can plan for."""
        for state, pill in self._pills.items():
            beside = beside_words(count) if state is CellState.GAP else ""
            pill.show_count(count.of(state), beside=beside, rows="条文与发现")
        self._gaps = count.gap
        self.plan_button.setText(f"一键补缺 {count.gap} 项" if count.gap else "一键补缺")

    def show_width(self, *, wide: bool, roomy: bool) -> None:
        """Leave out what does not fit a smaller window."""
        self._subtitle.setVisible(roomy)
        self.print_button.setVisible(wide)
        self.panel_button.setVisible(not wide)

    def allow_changes(self, *, allowed: bool) -> None:
        """Whether planning can be asked for."""
        self.plan_button.setEnabled(allowed and self._gaps > 0)

    def pill(self, state: CellState) -> SummaryPill:
        """The pill of ``state``."""
        return self._pills[state]

    def clear_pills(self) -> None:
        """Let all pills up without filtering again."""
        for pill in self._pills.values():
            pill.blockSignals(True)
            pill.setChecked(False)
            pill.blockSignals(False)

    def _on_pill(self, pressed: SummaryPill, checked: bool) -> None:  # noqa: FBT001
        self.clear_pills()
        pressed.blockSignals(True)
        pressed.setChecked(checked)
        pressed.blockSignals(False)
        self.pill_toggled.emit(PILLS[pressed.state] if checked else None)
