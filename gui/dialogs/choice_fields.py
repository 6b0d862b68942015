"""多选一栏与单位补全：逗号或顿号分隔的名称，认得别名，认不得的当场说。"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Generic, TypeVar

from PySide6.QtCore import QStringListModel, Qt, Signal
from PySide6.QtWidgets import QCheckBox, QComboBox, QCompleter, QGridLayout, QLineEdit, QWidget

from models.domain.errors import CommandError
from models.domain.units import Unit, UnitKind

Value = TypeVar("Value")
_SEPARATORS = re.compile(r"[、，,;；\s]+")


class UnitEdit(QLineEdit):
    """Names of units, several separated by 、; completes names and aliases of the year's units."""

    def __init__(self, units: Iterable[Unit], kinds: tuple[UnitKind, ...] = (), hint: str = "") -> None:
        super().__init__()
        chosen = [unit for unit in units if not kinds or unit.kind in kinds]
        self._keys = {name: unit.key for unit in chosen for name in (unit.name, unit.key, *unit.aliases)}
        self._names = {unit.key: unit.name for unit in chosen}
        self.setPlaceholderText(hint or "可填几个，用顿号分开")
        self._completer = QCompleter(QStringListModel(sorted(self._keys), self), self)
        self._completer.setFilterMode(Qt.MatchFlag.MatchContains)
        self._completer.setWidget(self)
        self._completer.activated.connect(self._on_chosen)
        self.textEdited.connect(self._on_edited)

    def _on_edited(self, text: str) -> None:
        last = _SEPARATORS.split(text)[-1]
        self._completer.setCompletionPrefix(last)
        if last and self._completer.completionCount() and self._completer.currentCompletion() != last:
            self._completer.complete()
        else:
            self._completer.popup().hide()

    def _on_chosen(self, name: str) -> None:
        before = _SEPARATORS.split(self.text())[:-1]
        self.setText("、".join([*filter(None, before), self._names[self._keys[name]]]))

    def keys(self) -> tuple[str, ...]:
        """The keys of the units named; ``CommandError`` names the one that is not known."""
        names = [name for name in _SEPARATORS.split(self.text()) if name]
        for name in names:
            if name not in self._keys:
                raise CommandError(f"没有名为“{name}”的单位。", "", "请从提示中选择，或先在年度单位里添加。")
        return tuple(dict.fromkeys(self._keys[name] for name in names))

    def set_keys(self, keys: Iterable[str]) -> None:
        """Show the units called ``keys``."""
        self.setText("、".join(self._names.get(key, key) for key in keys))


class Choice(QComboBox, Generic[Value]):
    """One of several values, shown by their words.

    The values are kept here: Qt turns an enum that is also text into bare text.
    """

    def __init__(self, entries: Iterable[tuple[str, Value]]) -> None:
        super().__init__()
        self._values: list[Value] = []
        for words, value in entries:
            self.addItem(words)
            self._values.append(value)
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.setMinimumContentsLength(8)

    def value(self) -> Value:
        """The value chosen."""
        return self._values[self.currentIndex()]

    def choose(self, value: Value) -> None:
        """Select ``value``; one that is not offered is added, so that nothing is lost."""
        if value not in self._values:
            self._values.append(value)
            self.addItem(str(value))
        self.setCurrentIndex(self._values.index(value))


class CheckGroup(QWidget):
    """Check boxes for a small closed choice, value → label."""

    changed = Signal()

    def __init__(self, choices: Mapping[str, str], columns: int = 3) -> None:
        super().__init__()
        self._boxes = {value: QCheckBox(words.replace("&", "&&")) for value, words in choices.items()}
        layout = QGridLayout(self)
        layout.setContentsMargins(0, 4, 0, 4)
        for number, box in enumerate(self._boxes.values()):
            layout.addWidget(box, number // columns, number % columns)
            box.toggled.connect(self.changed)

    def values(self) -> tuple[str, ...]:
        """The values ticked, in their order."""
        return tuple(value for value, box in self._boxes.items() if box.isChecked())

    def set_values(self, values: Iterable[str]) -> None:
        """Tick exactly ``values``; one that is not among the choices gets a box of its own."""
        wanted = tuple(values)
        for value in (value for value in wanted if value not in self._boxes):
            box = self._boxes[value] = QCheckBox(value.replace("&", "&&"))
            self.layout().addWidget(box)
            box.toggled.connect(self.changed)
        for value, box in self._boxes.items():
            box.setChecked(value in wanted)
