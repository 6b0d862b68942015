"""核对的结果：是哪一份印发稿，与所选的那一份相比缺什么；也在这里输入页脚的校验码。"""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QLineEdit,
    QTableWidget,
    QTableWidgetItem,
    QWidget,
)

from exports.drift import DriftReport
from gui.kit.choices import Choice
from gui.kit.form import FormDialog
from gui.kit.plain import plain_tip
from gui.kit.theme import theme
from models.domain.errors import CommandError

ROWS_SEEN = 10
HEADS = ("差别", "活动", "日期", "对方 → 应为")


class DriftDialog(FormDialog):
    """Shows a ``DriftReport``; the state to compare with can be chosen, the latest at first."""

    def __init__(self, name: str, report: DriftReport, parent: QWidget | None = None) -> None:
        super().__init__("核对日历与印件", "知道了", parent, width=940)
        self._report = report
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.back_button.hide()
        self.add_heading(f"“{name}”" if name else report.what)
        self.answer = self.add_words(report.words, "strong")
        if report.scope:
            self.add_words(f"范围：{report.scope}", "secondary")
        if report.problems:
            self.add_words("；".join(report.problems[:5]), "warning")
        if report.comparisons:
            self._build_comparison()

    def _build_comparison(self) -> None:
        comparisons = self._report.comparisons
        self.choice = Choice([(one.label, one) for one in comparisons])
        self.choice.setCurrentIndex(len(comparisons) - 1)
        self.add_row("相比", self.choice)
        self.table = QTableWidget(0, len(HEADS))
        self.table.setObjectName("SummaryTable")
        self.table.setAccessibleName("与所选的一份不同的活动")
        self.table.setHorizontalHeaderLabels(list(HEADS))
        self.table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.table.setTabKeyNavigation(False)
        self.table.verticalHeader().hide()
        self.table.setWordWrap(False)
        self.add_widget(self.table)
        self.nothing = self.add_words("与所选的这一份一致。", "good")
        self.choice.currentIndexChanged.connect(self._show)
        self._show()

    def _show(self) -> None:
        drifts = self.choice.value().drifts
        self.nothing.setVisible(not drifts)
        self.table.setVisible(bool(drifts))
        self.table.setRowCount(len(drifts))
        for row, drift in enumerate(drifts):
            for column, text in enumerate((drift.kind.label, drift.title, drift.day, drift.words)):
                item = QTableWidgetItem(" ".join(text.split()))
                item.setToolTip(plain_tip(text))
                self.table.setItem(row, column, item)
        header = self.table.horizontalHeader()
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        header.setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        header.setSectionResizeMode(1, QHeaderView.ResizeMode.Interactive)
        header.resizeSection(1, round(230 * theme().scale))
        header.setStretchLastSection(True)
        height = round(32 * theme().scale)
        self.table.verticalHeader().setDefaultSectionSize(height)
        self.table.setFixedHeight((min(len(drifts), ROWS_SEEN) + 1) * height + 22)
        if self.isVisible():
            self.fit()

    def accept_form(self) -> None:
        """Nothing to check."""


class CodeDialog(FormDialog):
    """Asks for the code at the foot of a print; ``text`` is the answer."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("核对印件", "核对", parent, width=520)
        self.text = ""
        self.add_heading("这份印件是哪一稿？")
        self.add_words(
            "把页脚的一行抄在这里，或只抄其中的校验码（6 位以上）。日历文件、印件（.pdf、.docx）可以直接拖进主窗口。",
            "secondary",
        )
        self.entry = QLineEdit()
        self.entry.setMaxLength(500)
        self.entry.setPlaceholderText("如：印发稿3（2027年6月1日） 3FA9C2D1")
        self.add_row("页脚", self.entry)
        self.entry.setFocus()

    def accept_form(self) -> None:
        """``text`` is what was entered; ``CommandError`` where nothing was."""
        self.text = self.entry.text().strip()
        if not self.text:
            raise CommandError("还没有填写校验码。")
