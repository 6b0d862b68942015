"""选项栏的零件：一段段选项，段间一条线；勾选的几项。"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QCheckBox,
    QHBoxLayout,
    QLabel,
    QLayout,
    QSizePolicy,
    QWidget,
)

from gui.kit.boxes import in_column, line_across
from gui.kit.flow_layout import FlowLayout
from gui.kit.plain import escaped, label


class OptionSection(QWidget):
    """A heading and what belongs to it, with a line above."""

    def __init__(self, title: str, *, first: bool = False) -> None:
        super().__init__()
        self.title = title
        self._column = in_column(inside=self, margins=0, spacing=8)
        if not first:
            self._column.addSpacing(6)
            self._column.addWidget(line_across())
            self._column.addSpacing(4)
        self._column.addWidget(label(title, "strong"))

    def add(self, *parts: QWidget | QLayout) -> None:
        """One line: a widget alone over the whole width, several side by side."""
        if len(parts) == 1 and isinstance(parts[0], QWidget):
            self._column.addWidget(parts[0])
            return
        row = QHBoxLayout()
        row.setSpacing(8)
        for part in parts:
            if isinstance(part, QLabel):
                row.addWidget(part)
            elif isinstance(part, QWidget):
                row.addWidget(part, 1)
            else:
                row.addLayout(part)
        self._column.addLayout(row)


class TickRow(QWidget):
    """Boxes one after the other, as many lines as they need; all ticked means everything: ``values`` is then ().

    The last tick cannot be taken away: nothing at all is never printed.
    """

    changed = Signal()

    def __init__(self, entries: Sequence[tuple[str, object]], name: str) -> None:
        super().__init__()
        self.setAccessibleName(name)
        self.boxes: list[tuple[QCheckBox, object]] = []
        self._flow = flow = FlowLayout(self, 14)
        flow.setContentsMargins(2, 3, 2, 3)
        for words, value in entries:
            box = QCheckBox(escaped(words))
            box.setChecked(True)
            box.toggled.connect(self._on_toggled)
            self.boxes.append((box, value))
            flow.addWidget(box)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def add_box(self, words: str) -> QCheckBox:
        """A box at the end that stands for itself: it is not among the values."""
        box = QCheckBox(escaped(words))
        box.toggled.connect(self.changed)
        self._flow.addWidget(box)
        return box

    def values(self) -> tuple[object, ...]:
        """What is ticked; () where everything is."""
        ticked = tuple(value for box, value in self.boxes if box.isChecked())
        return () if len(ticked) == len(self.boxes) else ticked

    def set_values(self, values: Iterable[object]) -> None:
        """Tick exactly ``values``; () ticks everything."""
        wanted = tuple(values)
        for box, value in self.boxes:
            box.blockSignals(True)
            box.setChecked(not wanted or value in wanted)
            box.blockSignals(False)

    def _on_toggled(self, on: bool) -> None:  # noqa: FBT001
        if not on and not any(box.isChecked() for box, _ in self.boxes):
            box = self.sender()
            if isinstance(box, QCheckBox):
                box.setChecked(True)
            return
        self.changed.emit()


def caption_before(words: str, control: QWidget) -> QLabel:
    """The name that stands before ``control``."""
    made = label(words, "secondary")
    made.setBuddy(control)
    made.setAlignment(Qt.AlignmentFlag.AlignVCenter)
    if not control.accessibleName():
        control.setAccessibleName(words)
    return made
