"""不是打印的种类：各自的选项，右边一张将要写出什么的摘要。"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, NamedTuple

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QAbstractButton, QLineEdit, QSpinBox, QTimeEdit, QWidget

from gui.exporting.form_parts import OptionSection, caption_before
from gui.kit.boxes import in_column
from gui.kit.choices import Choice, Segments
from gui.kit.exporter import Exporter, Made, Outgoing
from gui.kit.plain import label
from gui.services.program_settings import SettingsFile
from gui.session.year_session import YearSession


class ExportSummary(NamedTuple):
    """What will be written: a heading, lines, a table of which ``more`` rows are not shown; ``ready``: it can be."""

    title: str
    lines: tuple[str, ...] = ()
    heads: tuple[str, ...] = ()
    rows: tuple[tuple[str, ...], ...] = ()
    more: int = 0
    ready: bool = True


class DataOptions(QWidget):
    """The options of a kind of data. ``changed``: the summary is another one.

    Subclasses say what they will write (``summary``, quickly) and how (``outgoing``, ``maker``);
    ``concerns`` are seen before saving; ``save_words`` stand on the button. The controls given to ``keep`` or
    ``offer`` are what ``chosen`` tells and ``take`` puts back.
    """

    changed = Signal()
    save_words = "保存…"
    offers_facts = True
    """Whether releases and units are offered, so that it is made anew when they are others."""

    def __init__(self, session: YearSession, settings: SettingsFile | None = None) -> None:
        super().__init__()
        self._session = session
        self._settings = settings
        self._controls: dict[str, QWidget] = {}
        self._column = in_column(inside=self, margins=0, spacing=6)
        self.build()
        self._column.addStretch(1)

    def build(self) -> None:
        """Make the controls."""

    def keep(self, **controls: QWidget) -> None:
        """Afterwards what these controls hold is among what is chosen, under these names."""
        self._controls.update(controls)

    def offer(self, **controls: QWidget) -> None:
        """``keep`` these controls; afterwards a change of one is told."""
        self.keep(**controls)
        for control in controls.values():
            _told_by(control).connect(self._tell)

    def _tell(self) -> None:
        self.changed.emit()

    def section(self, title: str, *parts: QWidget | str | tuple[str, QWidget]) -> OptionSection:
        """A section at the end: controls, alone or after their name; words alone are a remark."""
        made = OptionSection(title, first=self._column.count() == 0)
        for part in parts:
            if isinstance(part, tuple):
                made.add(caption_before(*part), part[1])
            else:
                made.add(label(part, "caption", wrap=True) if isinstance(part, str) else part)
        self._column.addWidget(made)
        return made

    def chosen(self) -> dict[str, Any]:
        """What is chosen, for ``take`` of the same options made anew."""
        return {name: _held_by(control) for name, control in self._controls.items()}

    def take(self, options: Mapping[str, Any]) -> None:
        """Choose what is already known (see ``ExportTarget``); what is not offered any more is left out."""
        for name, value in options.items():
            if name in self._controls:
                _hold(self._controls[name], value)

    def refresh(self) -> None:
        """The year is another one now: offer what it has, keep what was chosen."""

    def summary(self) -> ExportSummary:
        """What will be written now."""
        raise NotImplementedError

    def concerns(self) -> tuple[str, ...]:
        """What is to be seen first."""
        return ()

    def outgoing(self) -> Outgoing:
        """As what it leaves."""
        raise NotImplementedError

    def maker(self) -> Callable[[], Made]:
        """Makes the bytes, in the background: it holds values only."""
        raise NotImplementedError

    def save(self, exporter: Exporter) -> None:
        """Ask where to and write."""
        exporter.make_and_save(self.outgoing(), self.maker())


def _told_by(control: QWidget) -> Any:
    """The signal that says that what ``control`` holds is something else."""
    if isinstance(control, QAbstractButton):
        return control.toggled
    if isinstance(control, QLineEdit):
        return control.textChanged
    if isinstance(control, QTimeEdit):
        return control.timeChanged
    if isinstance(control, QSpinBox):
        return control.valueChanged
    return control.changed if isinstance(control, Segments) else control.currentIndexChanged


def _held_by(control: QWidget) -> Any:
    if isinstance(control, QAbstractButton):
        return control.isChecked()
    if isinstance(control, QLineEdit):
        return control.text()
    if isinstance(control, QTimeEdit):
        return control.time()
    assert isinstance(control, Choice | Segments | QSpinBox), control
    return control.value()


def _hold(control: QWidget, value: Any) -> None:
    if isinstance(control, QAbstractButton):
        control.setChecked(value)
    elif isinstance(control, QLineEdit):
        control.setText(value)
    elif isinstance(control, QTimeEdit):
        control.setTime(value)
    elif isinstance(control, QSpinBox):
        control.setValue(value)
    elif (isinstance(control, Choice) and value in control.values()) or isinstance(control, Segments):
        control.choose(value)
