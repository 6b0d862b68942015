"""选择：一项、几项、并排的状态按钮，以及认得别名的单位栏。"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Generic, TypeVar

from PySide6.QtCore import QStringListModel, Qt, Signal
from PySide6.QtWidgets import (
    QButtonGroup,
    QCheckBox,
    QComboBox,
    QCompleter,
    QGridLayout,
    QHBoxLayout,
    QLineEdit,
    QPushButton,
    QWidget,
)

from gui.kit.plain import escaped
from gui.session.redaction import redacted_record
from models.domain.errors import CommandError
from models.domain.units import Unit, UnitKind

Value = TypeVar("Value")
_SEPARATORS = re.compile(r"[、，,;；\s]+")


class UnitEdit(QLineEdit):
    """Names of units, several separated by 、; completes names and aliases of the year's units."""

    def __init__(
        self,
        units: Iterable[Unit],
        kinds: tuple[UnitKind, ...] = (),
        hint: str = "",
        noun: str = "单位",
        single: str | None = None,
    ) -> None:
        """``noun``: what those who are named are called; ``single``: only one, and what to do with others ("")."""
        super().__init__()
        self.noun, self.single = noun, single
        chosen = [unit for unit in units if not kinds or unit.kind in kinds]
        self._keys = {name: unit.key for unit in chosen for name in (*unit.aliases, unit.key, unit.name)}
        self._names = {unit.key: unit.name for unit in chosen}
        self.setPlaceholderText(hint or "可填几个，用顿号分开")
        self._completer = QCompleter(QStringListModel(list(self._keys), self), self)
        self._completer.setFilterMode(Qt.MatchFlag.MatchContains)
        self._completer.setWidget(self)
        self._completer.activated.connect(self._on_chosen)
        self.textEdited.connect(self._on_edited)

    def _on_edited(self, text: str) -> None:
        last = _SEPARATORS.split(text)[-1]
        self._completer.setCompletionPrefix(last)
        if last and self._completer.completionCount() and last not in self._names.values():
            self._completer.complete()
        else:
            self._completer.popup().hide()

    def _on_chosen(self, name: str) -> None:
        before = _SEPARATORS.split(self.text())[:-1]
        self.setText("、".join([*filter(None, before), self._names[self._keys[name]]]))

    def unknown(self) -> tuple[str, ...]:
        """The names that no unit has."""
        return tuple(name for name in self._written() if name not in self._keys)

    def known_keys(self) -> tuple[str, ...]:
        """The keys of the units that are known, whatever else is written."""
        return tuple(dict.fromkeys(self._keys[name] for name in self._written() if name in self._keys))

    def keys(self) -> tuple[str, ...]:
        """The keys of the units named; ``CommandError`` names the one that is not known."""
        if unknown := self.unknown():
            raise CommandError(f"没有名为“{unknown[0]}”的{self.noun}。", "", "请从提示中选择。")
        return self.known_keys()

    def set_keys(self, keys: Iterable[str]) -> None:
        """Show the units called ``keys``."""
        self.setText("、".join(self._names.get(key, key) for key in keys))

    @property
    def has_too_many(self) -> bool:
        """Whether several are named where only one may be."""
        return self.single is not None and len(self.known_keys()) > 1

    def value(self) -> tuple[str, ...] | str | None:
        """The keys of the units; the one key, None for none, where there is only one."""
        keys = self.known_keys()
        return keys if self.single is None else keys[0] if keys else None

    def set_value(self, value: Iterable[str] | str | None) -> None:
        """Show the units that ``value`` gave."""
        self.set_keys([value] if isinstance(value, str) else value or ())

    def _written(self) -> list[str]:
        return [name for name in _SEPARATORS.split(self.text()) if name]


class Choice(QComboBox, Generic[Value]):
    """One of several values, shown by their words.

    The values are kept here: Qt turns an enum that is also text into bare text.
    """

    def __init__(self, entries: Iterable[tuple[str, Value]]) -> None:
        super().__init__()
        self._values: list[Value] = []
        self.set_entries(entries)
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.setMinimumContentsLength(4)

    def set_entries(self, entries: Iterable[tuple[str, Value]]) -> None:
        """Offer these values instead; the first one is chosen."""
        self.clear()
        self._values.clear()
        for words, value in entries:
            self._values.append(value)
            self.addItem(redacted_record(words))

    def value(self) -> Value:
        """The value chosen."""
        return self._values[self.currentIndex()]

    def values(self) -> tuple[Value, ...]:
        """All that is offered."""
        return tuple(self._values)

    def draft_value(self) -> str:
        """What is chosen, for a draft: by its key where it has one, never by its words."""
        return _key_of(self.value()) if self.count() else ""

    def take_draft(self, kept: object) -> None:
        """Select what ``draft_value`` gave, where it is still offered."""
        for place, value in enumerate(self._values):
            if _key_of(value) == kept:
                self.setCurrentIndex(place)
                return

    def choose(self, value: Value) -> None:
        """Select ``value``; one that is not offered is added, so that nothing is lost."""
        if value not in self._values:
            self._values.append(value)
            self.addItem(redacted_record(str(value)))
        self.setCurrentIndex(self._values.index(value))

    set_value = choose


def _key_of(value: object) -> str:
    return str(getattr(value, "key", value))


class Segments(QWidget, Generic[Value]):
    """One of a few values, side by side; all are seen at once."""

    changed = Signal()

    def __init__(self, entries: Iterable[tuple[str, Value]]) -> None:
        super().__init__()
        self._buttons: list[tuple[QPushButton, Value]] = []
        self._group = QButtonGroup(self)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 3, 0, 3)
        row.setSpacing(6)
        for words, value in entries:
            made = QPushButton(escaped(words))
            made.setCheckable(True)
            made.setAutoDefault(False)
            made.setProperty("kind", "segment")
            made.setProperty("small", "true")
            made.toggled.connect(self._on_toggled)
            self._group.addButton(made)
            self._buttons.append((made, value))
            row.addWidget(made)
        row.addStretch(1)
        self._buttons[0][0].setChecked(True)
        self.setFocusProxy(self._buttons[0][0])

    def value(self) -> Value:
        """The value chosen."""
        return next(value for made, value in self._buttons if made.isChecked())

    def choose(self, value: Value) -> None:
        """Select ``value``; ``StopIteration`` for one that is not offered."""
        next(made for made, known in self._buttons if known == value).setChecked(True)

    set_value = choose

    def _on_toggled(self, on: bool) -> None:  # noqa: FBT001
        if on:
            self.changed.emit()


class CheckGroup(QWidget):
    """Check boxes for a small choice, value → words."""

    changed = Signal()

    def __init__(self, choices: Mapping[str, str], columns: int = 4) -> None:
        super().__init__()
        self._columns = columns
        self._boxes: dict[str, QCheckBox] = {}
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 7, 0, 4)
        self._grid.setHorizontalSpacing(18)
        self._grid.setVerticalSpacing(8)
        self._grid.setColumnStretch(columns, 1)
        self.offer(choices)

    def offer(self, choices: Mapping[str, str]) -> None:
        """Offer exactly ``choices`` and whatever is ticked; ticks stay."""
        ticked = self.values()
        for box in self._boxes.values():
            self._grid.removeWidget(box)
            box.hide()
            box.deleteLater()
        self._boxes = {}
        for value, words in choices.items():
            self._add(value, words)
        self.set_values(ticked)

    def _add(self, value: str, words: str) -> None:
        box = QCheckBox(escaped(redacted_record(words)))
        number = len(self._boxes)
        self._boxes[value] = box
        if not number:
            self.setFocusProxy(box)
        self._grid.addWidget(box, number // self._columns, number % self._columns)
        box.toggled.connect(self.changed)

    def values(self) -> tuple[str, ...]:
        """The values ticked, in their order."""
        return tuple(value for value, box in self._boxes.items() if box.isChecked())

    def set_values(self, values: Iterable[str]) -> None:
        """Tick exactly ``values``; one that is not offered gets a box of its own."""
        wanted = tuple(values)
        for value in wanted:
            if value not in self._boxes:
                self._add(value, value)
        for value, box in self._boxes.items():
            box.setChecked(value in wanted)

    value, set_value = values, set_values
