"""理由：一个图标、一句标题、一句话，逐条排开。"""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from gui.kit.boxes import in_column, take_out
from gui.kit.icons import IconSign
from gui.kit.plain import label
from gui.session.redaction import redacted
from planners.proposals import Reason, ReasonKind

ICONS = {
    ReasonKind.RULE: ("shield", "primary"),
    ReasonKind.SPACING: ("calendar", "primary"),
    ReasonKind.LOAD: ("building", "primary"),
    ReasonKind.CONFLICT: ("check", "success"),
    ReasonKind.PLACE: ("pin", "primary"),
    ReasonKind.REST_DAY: ("triangle-warn", "warning"),
    ReasonKind.ESTIMATE: ("info", "warning"),
    ReasonKind.BALANCE: ("users", "primary"),
    ReasonKind.COST: ("info", "ink2"),
    ReasonKind.HABIT: ("copy", "primary"),
}

MOST_ROOMY = 4
"""More reasons than these stand closer together."""


class ReasonList(QWidget):
    """The reasons of one entry, one below the other."""

    def __init__(self) -> None:
        super().__init__()
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._shown: QWidget | None = None
        self._compact = False
        self._reasons: tuple[Reason, ...] = ()

    @property
    def texts(self) -> tuple[str, ...]:
        """The reasons, title and sentence."""
        return tuple(f"{reason.title}：{reason.text}" for reason in self._reasons)

    def set_compact(self, *, compact: bool) -> None:
        """Less room between the reasons, for small windows."""
        if self._compact != compact:
            self._compact = compact
            reasons, self._reasons = self._reasons, ()
            self.show_reasons(reasons)

    def show_reasons(self, reasons: Sequence[Reason]) -> None:
        """Show ``reasons`` in the place of the former ones."""
        if self._shown is not None and self._reasons == tuple(reasons):
            return
        self._reasons = tuple(reasons)
        if self._shown is not None:
            take_out(self._column, self._shown)
        self._shown = body = QWidget()
        grid = QGridLayout(body)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(8)
        crowded = self._compact or len(self._reasons) > MOST_ROOMY
        grid.setVerticalSpacing(3 if crowded else 10)
        grid.setColumnStretch(1, 1)
        for number, reason in enumerate(self._reasons):
            icon, color = sign_of(reason)
            grid.addWidget(IconSign(icon, color, 18, (20, 20)), number, 0, Qt.AlignmentFlag.AlignVCenter)
            grid.addLayout(_words(reason), number, 1)
        self._column.addWidget(body)
        self.setAccessibleName("为什么是这天")
        self.setAccessibleDescription(redacted("；".join(self.texts)))


def _words(reason: Reason) -> QVBoxLayout:
    column = in_column(label(reason.title, "strong", wrap=True), spacing=1)
    if reason.text:
        column.addWidget(label(reason.text, "secondary", wrap=True))
    return column


def sign_of(reason: Reason) -> tuple[str, str]:
    """Icon and colour of a reason; a conflict that is there warns."""
    if reason.kind is ReasonKind.CONFLICT and not reason.title.startswith("无"):
        return "triangle-warn", "warning"
    return ICONS[reason.kind]
