"""横排与竖排：一处写明排什么、谁占余地、边距与间隔；各窗口的版面都这样排。"""

from __future__ import annotations

from typing import TypeVar

from PySide6.QtWidgets import QBoxLayout, QFrame, QHBoxLayout, QLayout, QVBoxLayout, QWidget

Box = TypeVar("Box", bound=QBoxLayout)
Part = QWidget | QLayout | int | tuple[object, ...] | None
"""A widget or layout, alone or with its stretch and alignment; a number: so much room; None: all room left."""


def in_row(
    *parts: Part,
    inside: QWidget | None = None,
    margins: int | tuple[int, int, int, int] | None = None,
    spacing: int | None = None,
) -> QHBoxLayout:
    """``parts`` side by side, as the layout of ``inside`` where that is given.

    ``margins``: one for all sides, or left, top, right, bottom. What is not given is as the style has it.
    """
    return _filled(QHBoxLayout() if inside is None else QHBoxLayout(inside), parts, margins, spacing)


def in_column(
    *parts: Part,
    inside: QWidget | None = None,
    margins: int | tuple[int, int, int, int] | None = None,
    spacing: int | None = None,
) -> QVBoxLayout:
    """``parts`` one below the other; the rest as ``in_row``."""
    return _filled(QVBoxLayout() if inside is None else QVBoxLayout(inside), parts, margins, spacing)


def line_across() -> QFrame:
    """A thin line between what stands above and below it."""
    line = QFrame(objectName="Line")
    line.setFixedHeight(1)
    return line


def take_out(box: QLayout, widget: QWidget) -> None:
    """``widget`` is seen no more at once; it goes when the loop is back, which in a dialog's first show is its end."""
    box.removeWidget(widget)
    widget.hide()
    widget.deleteLater()


def _filled(
    box: Box, parts: tuple[Part, ...], margins: int | tuple[int, int, int, int] | None, spacing: int | None
) -> Box:
    if margins is not None:
        box.setContentsMargins(*((margins,) * 4 if isinstance(margins, int) else margins))
    if spacing is not None:
        box.setSpacing(spacing)
    for part in parts:
        if part is None:
            box.addStretch(1)
        elif isinstance(part, int):
            box.addSpacing(part)
        else:
            alone, *how = part if isinstance(part, tuple) else (part,)
            (box.addLayout if isinstance(alone, QLayout) else box.addWidget)(alone, *how)
    return box
