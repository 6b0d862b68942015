"""表单里填了什么：逐个控件读成普通的值，也能照着填回去。"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import Any

from PySide6.QtCore import QDateTime, Qt
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractSpinBox,
    QComboBox,
    QDateTimeEdit,
    QLineEdit,
    QPlainTextEdit,
    QSpinBox,
    QTableWidget,
    QTableWidgetItem,
    QWidget,
)

Entry = tuple[str, Any]
"""The name of a control and what stands in it, a value of JSON."""


def entered(root: QWidget) -> tuple[Entry, ...]:
    """What stands in the controls below ``root``, in their order. Words that are masked are read in full.

    A control of several parts may answer for all of them with ``draft_value`` and ``take_draft``.
    """
    return tuple((_name(control), _value(control)) for control in _controls(root))


def enter(root: QWidget, entries: Iterable[tuple[str, Any]]) -> None:
    """Afterwards the controls below ``root`` hold ``entries``, as far as they are there and take them.

    What one control sets in another is set right by going twice over all of them.
    """
    entries = list(entries)
    for _ in range(2):
        kept: dict[str, list[Any]] = defaultdict(list)
        for name, value in reversed(entries):
            kept[name].append(value)
        for control in _controls(root):
            if kept[_name(control)]:
                _enter(control, kept[_name(control)].pop())


_KNOWN = (QComboBox, QAbstractSpinBox, QPlainTextEdit, QTableWidget)


def _controls(root: QWidget) -> Iterator[QWidget]:
    """The controls below ``root`` that hold something; what is in a window of its own (a calendar) does not count."""
    for child in root.children():
        if not isinstance(child, QWidget) or child.isWindow():
            continue
        if hasattr(child, "draft_value") or isinstance(child, _KNOWN):
            yield child
        elif isinstance(child, QLineEdit):
            if not child.isReadOnly():
                yield child
        elif isinstance(child, QAbstractButton):
            if child.isCheckable():
                yield child
        else:
            yield from _controls(child)


def _name(control: QWidget) -> str:
    return control.accessibleName() or (control.text() if isinstance(control, QAbstractButton) else "")


def _cells(table: QTableWidget) -> list[QTableWidgetItem]:
    """The cells that can be written."""
    places = ((row, column) for row in range(table.rowCount()) for column in range(table.columnCount()))
    items = (table.item(*place) for place in places)
    return [item for item in items if item is not None and item.flags() & Qt.ItemFlag.ItemIsEditable]


def _value(control: QWidget) -> Any:
    if hasattr(control, "draft_value"):
        return control.draft_value()
    if isinstance(control, QComboBox):
        return control.currentText()
    if isinstance(control, QDateTimeEdit):
        return control.dateTime().toString(Qt.DateFormat.ISODate) if control.isEnabled() else ""
    if isinstance(control, QSpinBox):
        return control.value()
    if isinstance(control, QPlainTextEdit):
        return control.toPlainText()
    if isinstance(control, QTableWidget):
        return [item.text() for item in _cells(control)]
    return control.isChecked() if isinstance(control, QAbstractButton) else control.property("text")


def _enter(control: QWidget, value: Any) -> None:
    """Put ``value`` there; one of another kind, from a file that somebody changed, is let be."""
    if hasattr(control, "take_draft"):
        control.take_draft(value)
    elif isinstance(control, QAbstractButton):
        control.setChecked(value is True)
    elif isinstance(control, QTableWidget):
        for item, text in zip(_cells(control), value, strict=False):
            if item.text() != text:
                item.setText(str(text))
    elif isinstance(control, QSpinBox):
        if isinstance(value, int):
            control.setValue(value)
    elif isinstance(value, str):
        _enter_text(control, value)


def _enter_text(control: QWidget, text: str) -> None:
    if isinstance(control, QComboBox):
        control.setCurrentText(text)
    elif isinstance(control, QDateTimeEdit):
        if text:
            control.setDateTime(QDateTime.fromString(text, Qt.DateFormat.ISODate))
    elif isinstance(control, QPlainTextEdit):
        if control.toPlainText() != text:
            control.setPlainText(text)
    elif isinstance(control, QLineEdit):
        control.setText(text)
