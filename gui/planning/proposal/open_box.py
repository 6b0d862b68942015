"""没有补上的：仍无法满足的逐项说原因与办法，留给人的并成一行；地方小时先收成一行。"""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QSizePolicy, QVBoxLayout, QWidget

from gui.kit.boxes import in_column, in_row
from gui.kit.elided import ElidedLabel
from gui.kit.icons import IconSign
from gui.kit.plain import button, label
from gui.session.redaction import redacted
from planners.proposals import Open

MOST_HEIGHT, MOST_ALONE = 170, 340


class OpenBox(QFrame):
    """仍无法满足 n 项 and 暂不处理 n 项. ``diagnosis_requested``: 导出诊断 was clicked."""

    diagnosis_requested = Signal()

    def __init__(self, found: Sequence[Open], *, alone: bool = False) -> None:
        super().__init__(objectName="OpenBox")
        self._unmet = tuple(one for one in found if not one.for_person)
        self._left = tuple(one for one in found if one.for_person)
        self._most = MOST_ALONE if alone else MOST_HEIGHT
        self._compact = self._expanded = False
        self.texts = tuple(_lines(self._unmet, self._left))
        """What the box says, line by line."""
        self.diagnosis_button = button("导出诊断…", self.diagnosis_requested.emit, small=True)
        self.more_button = button("详情", self._on_more, kind="flat", small=True)
        self._build()
        self.setAccessibleName("没有补上的")
        self.setAccessibleDescription(redacted("\n".join(self.texts)))
        self.setVisible(bool(found))

    def _build(self) -> None:
        self._line = QWidget()
        in_row(
            IconSign("square-x", "danger") if self._unmet else IconSign("info", "info"),
            (ElidedLabel(self._short_words(), "secondary"), 1),
            self.more_button,
            inside=self._line,
            margins=0,
            spacing=8,
        )
        self._body = QWidget()
        column = in_column(inside=self._body, margins=(0, 0, 8, 0), spacing=6)
        self._add_part(column, "square-x", "danger", f"仍无法满足 {len(self._unmet)} 项", self._unmet)
        if self._left:
            column.addLayout(_heading("info", "info", f"暂不处理 {len(self._left)} 项"))
            column.addWidget(_indented("；".join(_said(one) for one in self._left) + "。"))
        column.addStretch(1)
        self._area = QScrollArea()
        self._area.setWidget(self._body)
        self._area.setWidgetResizable(True)
        self._area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._body.setAutoFillBackground(False)
        self._area.viewport().setAutoFillBackground(False)
        in_column(self._line, (self._area, 1), inside=self, margins=(16, 10, 10, 10), spacing=6)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Maximum)
        self._show_parts()

    def _add_part(
        self, column: QVBoxLayout, icon: str, color: str, words: str, found: Sequence[Open]
    ) -> None:
        if not found:
            return
        head = _heading(icon, color, words)
        head.addWidget(self.diagnosis_button)
        column.addLayout(head)
        for one in found:
            column.addWidget(_indented(f"{_said(one)}。"))
            for repair in one.repairs:
                column.addWidget(_indented(f"可试：{repair.text}", 42, "caption"))

    def _short_words(self) -> str:
        parts = []
        if self._unmet:
            parts.append(f"仍无法满足 {len(self._unmet)} 项：{_said(self._unmet[0])}")
        if self._left:
            parts.append(f"暂不处理 {len(self._left)} 项")
        return "；".join(parts)

    # sizes

    def set_compact(self, *, compact: bool) -> None:
        """One line with 详情, for small windows; else everything."""
        self._compact, self._expanded = compact, False
        self._show_parts()

    def _on_more(self) -> None:
        self._expanded = not self._expanded
        self._show_parts()

    def _show_parts(self) -> None:
        self._line.setVisible(self._compact)
        self._area.setVisible(not self._compact or self._expanded)
        self.more_button.setText("收起" if self._expanded else "详情")
        self.updateGeometry()

    def sizeHint(self) -> QSize:
        """As high as its words, up to a limit; beyond it scrolls."""
        width = max(300, self.width() - 34)
        height = 22
        if self._line.isVisibleTo(self):
            height += self._line.sizeHint().height() + 6
        if self._area.isVisibleTo(self):
            wanted = self._body.heightForWidth(width) if self._body.hasHeightForWidth() else -1
            if wanted < 0:
                wanted = self._body.layout().heightForWidth(width)
            height += min(max(wanted, self._body.minimumSizeHint().height()), self._most)
        return QSize(400, height)

    def minimumSizeHint(self) -> QSize:
        """Two lines at least."""
        return QSize(200, min(self.sizeHint().height(), 74))

    def resizeEvent(self, event: object) -> None:
        """The height follows the width."""
        super().resizeEvent(event)  # type: ignore[arg-type]
        self.updateGeometry()


def _lines(unmet: Sequence[Open], left: Sequence[Open]) -> list[str]:
    lines = []
    if unmet:
        lines.append(f"仍无法满足 {len(unmet)} 项")
        for one in unmet:
            lines.append(f"{_said(one)}。")
            lines += [f"可试：{repair.text}" for repair in one.repairs]
    if left:
        lines.append(f"暂不处理 {len(left)} 项")
        lines.append("；".join(_said(one) for one in left) + "。")
    return lines


def _said(one: Open) -> str:
    """An open demand in words, without the stop at its end."""
    return f"{one.label}：{(one.text or one.cause.label).rstrip('。')}"


def _heading(icon: str, color: str, words: str) -> QHBoxLayout:
    row = in_row(IconSign(icon, color), (label(words, "strong"), 1), spacing=8)
    return row


def _indented(words: str, left: int = 0, role: str = "secondary") -> QWidget:
    made = label(words, role, wrap=True)
    made.setContentsMargins(left, 0, 0, 0)
    made.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    return made
