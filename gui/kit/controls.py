"""表单的控件：常用的几种怎样做；里面的值怎样读、怎样填，改了、填好了由哪个信号说。"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date, time
from typing import Any, NamedTuple

from PySide6.QtCore import QDate, QTime, SignalInstance
from PySide6.QtWidgets import (
    QAbstractButton,
    QComboBox,
    QDateEdit,
    QLineEdit,
    QPlainTextEdit,
    QSpinBox,
    QTimeEdit,
    QWidget,
)

from gui.kit.boxes import in_row

TEXT_MARGIN = 5
"""Pixels between the frame and the words of the fields that Qt sets tighter than a line of text."""


def line_edit(hint: str = "", longest: int = 32767) -> QLineEdit:
    """A line of text."""
    made = QLineEdit(maxLength=longest)
    made.setPlaceholderText(hint)
    return made


def note_edit(height: int, hint: str = "") -> QPlainTextEdit:
    """Some lines of text; Tab goes to the next field."""
    made = QPlainTextEdit()
    made.setTabChangesFocus(True)
    made.setFixedHeight(height)
    made.setPlaceholderText(hint)
    return made


def number_edit(least: int, most: int, unset: str = "", suffix: str = "", step: int = 1) -> QSpinBox:
    """A number; ``unset`` stands there instead of the least."""
    made = QSpinBox(minimum=least, maximum=most, suffix=suffix, singleStep=step, specialValueText=unset)
    made.lineEdit().setTextMargins(TEXT_MARGIN, 0, 0, 0)
    return made


def clock_edit(name: str = "") -> QTimeEdit:
    """A time of day, to the minute."""
    made = QTimeEdit(displayFormat="HH:mm")
    made.lineEdit().setTextMargins(TEXT_MARGIN, 0, 0, 0)
    made.setAccessibleName(name)
    return made


def combo_edit(entries: Iterable[str], hint: str = "") -> QComboBox:
    """A field with proposals in which anything can be written."""
    made = QComboBox()
    made.setEditable(True)
    made.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
    made.addItems(list(entries))
    made.setCurrentText("")
    made.lineEdit().setPlaceholderText(hint)
    made.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
    made.setMinimumContentsLength(6)
    return made


def at_left(*controls: QWidget, stretched: bool = False) -> QWidget:
    """``controls`` as wide as they are, at the left of their row; the first takes what room is left when ``stretched``."""
    bar = QWidget()
    first, *others = controls
    parts = ((first, 1), *others) if stretched else (*controls, None)
    in_row(*parts, inside=bar, margins=0, spacing=8)
    bar.setFocusProxy(controls[0])
    return bar


class _Access(NamedTuple):
    """How a kind of control is read and filled, and which of its signals tell of a change and of its end."""

    read: Callable[[Any], Any]
    show: Callable[[Any, Any], object]
    changed: Callable[[Any], SignalInstance]
    finished: Callable[[Any], SignalInstance]


def _text(edit: Any) -> str:
    return str(edit.text()).strip()


def _show_day(edit: Any, day: date) -> None:
    edit.setDate(QDate(day.year, day.month, day.day))


def _show_clock(edit: Any, clock: time) -> None:
    edit.setTime(QTime(clock.hour, clock.minute))


def _clock(edit: Any) -> time:
    return time(edit.time().hour(), edit.time().minute())


# fmt: off
_QT: tuple[tuple[type[QWidget], _Access], ...] = (
    (QLineEdit, _Access(_text, QLineEdit.setText, lambda c: c.textChanged, lambda c: c.editingFinished)),
    (QPlainTextEdit, _Access(
        lambda c: c.toPlainText().strip(), QPlainTextEdit.setPlainText, lambda c: c.textChanged, lambda c: c.textChanged
    )),
    (QComboBox, _Access(
        lambda c: c.currentText().strip(), QComboBox.setCurrentText, lambda c: c.currentTextChanged, lambda c: c.activated
    )),
    (QSpinBox, _Access(QSpinBox.value, QSpinBox.setValue, lambda c: c.valueChanged, lambda c: c.editingFinished)),
    (QAbstractButton, _Access(
        QAbstractButton.isChecked, QAbstractButton.setChecked, lambda c: c.toggled, lambda c: c.clicked
    )),
    (QDateEdit, _Access(
        lambda c: c.date().toPython(), _show_day, lambda c: c.dateChanged, lambda c: c.editingFinished
    )),
    (QTimeEdit, _Access(_clock, _show_clock, lambda c: c.timeChanged, lambda c: c.editingFinished)),
)
# fmt: on
"""The controls of Qt. Those of our own have ``value``, ``set_value``, and where they are no kind of these, ``changed``."""


def _access(control: QWidget) -> _Access | None:
    return next((access for kind, access in _QT if isinstance(control, kind)), None)


def value_of(control: QWidget) -> Any:
    """What stands in ``control``: text without blanks around it, a number, bool, ``date``, ``time``, or its own kind."""
    access = _access(control)
    if access is None or hasattr(control, "set_value"):
        return control.value()  # type: ignore[attr-defined]
    return access.read(control)


def show_value(control: QWidget, value: str | int | date | time | object) -> None:
    """Afterwards ``value`` stands in ``control``."""
    access = _access(control)
    if access is None or hasattr(control, "set_value"):
        control.set_value(value)  # type: ignore[attr-defined]
    else:
        access.show(control, value)


def changed_signal(control: QWidget) -> SignalInstance:
    """The signal that every change of ``control`` emits."""
    access = _access(control)
    return control.changed if access is None else access.changed(control)  # type: ignore[attr-defined]


def finished_signal(control: QWidget) -> SignalInstance:
    """The signal that ``control`` emits once the user is through with a change."""
    access = _access(control)
    if access is not None:
        return access.finished(control)
    return getattr(control, "finished", control.changed)  # type: ignore[attr-defined]
