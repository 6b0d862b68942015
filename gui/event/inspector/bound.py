"""一栏与活动的一两个字段绑在一起：显示、填写中、填好了（一步改动）。"""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QLineEdit, QWidget

from gui.kit.choices import Choice, UnitEdit
from models.domain.errors import CommandError
from models.domain.events import Campaign, Event
from models.domain.snapshot import YearSnapshot

EVERY = frozenset(Campaign)


class Bound(QObject):
    """A control for a part of an event. ``entered``: it says something else now; ``committed``: it is to be stored.

    Subclasses override ``show`` and ``applied_to``, which raises ``CommandError`` for what cannot be taken.
    """

    entered = Signal()
    committed = Signal()

    def __init__(
        self, name: str, control: QWidget, fields: tuple[str, ...], campaigns: frozenset[Campaign] = EVERY
    ) -> None:
        super().__init__(control)
        self.name = name
        self.control = control
        self.fields = fields
        self.campaigns = campaigns
        self._shown: Event | None = None

    def show_event(self, event: Event, snapshot: YearSnapshot) -> None:
        """Show what ``event`` has; what is being typed stays where nothing else is stored meanwhile."""
        old, dirty = self._shown, self.is_dirty
        self._shown = event
        if old is not None and old.key == event.key and dirty and self._stored(old) == self._stored(event):
            return
        self.control.blockSignals(True)
        self.show(event, snapshot)
        self.control.blockSignals(False)

    def _stored(self, event: Event) -> tuple[object, ...]:
        return tuple(getattr(event, field) for field in self.fields)

    @property
    def is_dirty(self) -> bool:
        """Whether the control says something that is not stored."""
        if self._shown is None:
            return False
        try:
            return self.applied_to(self._shown) != self._shown
        except CommandError:
            return True

    def reset(self, snapshot: YearSnapshot) -> None:
        """Throw away what was typed."""
        if self._shown is not None:
            event, self._shown = self._shown, None
            self.show_event(event, snapshot)

    def show(self, event: Event, snapshot: YearSnapshot) -> None:
        """Put what ``event`` has into the control."""
        raise NotImplementedError

    def applied_to(self, event: Event) -> Event:
        """``event`` with what the control says."""
        raise NotImplementedError


class LineField(Bound):
    """A text of the event."""

    def __init__(
        self,
        name: str,
        field: str,
        hint: str = "",
        *,
        required: bool = False,
        campaigns: frozenset[Campaign] = EVERY,
    ) -> None:
        self.edit = QLineEdit()
        self.edit.setPlaceholderText(hint)
        super().__init__(name, self.edit, (field,), campaigns)
        self._field, self._required = field, required
        self.edit.textEdited.connect(self.entered)
        self.edit.editingFinished.connect(self.committed)

    def show(self, event: Event, snapshot: YearSnapshot) -> None:
        """The text, from its beginning."""
        self.edit.setText(getattr(event, self._field))
        self.edit.setCursorPosition(0)

    def applied_to(self, event: Event) -> Event:
        """The text as typed; refused where it is needed and missing."""
        text = self.edit.text().strip()
        if self._required and not text:
            raise CommandError(f"请填写{self.name}")
        return event._replace(**{self._field: text})


class ChoiceField(Bound):
    """One of several values of the event."""

    def __init__(self, name: str, field: str, empty: str, campaigns: frozenset[Campaign] = EVERY) -> None:
        self.choice: Choice[str | None] = Choice([(empty, None)])
        super().__init__(name, self.choice, (field,), campaigns)
        self._field, self._empty = field, empty
        self._none = "" if field == "theme_class" else None
        self.choice.activated.connect(self.entered)
        self.choice.activated.connect(self.committed)

    def entries(self, event: Event, snapshot: YearSnapshot) -> list[tuple[str, str]]:
        """What is offered for ``event``: words and value."""
        raise NotImplementedError

    def show(self, event: Event, snapshot: YearSnapshot) -> None:
        """What is offered, and what is chosen."""
        self.choice.set_entries([(self._empty, None), *self.entries(event, snapshot)])
        self.choice.choose(getattr(event, self._field) or None)

    def applied_to(self, event: Event) -> Event:
        """The value chosen."""
        return event._replace(**{self._field: self.choice.value() or self._none})


class UnitsField(Bound):
    """The lead units, or the 街镇, by their names."""

    def __init__(self, name: str, field: str, edit: UnitEdit, campaigns: frozenset[Campaign] = EVERY) -> None:
        super().__init__(name, edit, (field,), campaigns)
        self.edit, self._field = edit, field
        edit.textChanged.connect(self.entered)
        edit.editingFinished.connect(self.committed)

    def show(self, event: Event, snapshot: YearSnapshot) -> None:
        """Their names."""
        self.edit.set_keys(getattr(event, self._field))
        self.edit.setCursorPosition(0)

    def applied_to(self, event: Event) -> Event:
        """Their keys; refused where a name is not known."""
        if unknown := self.edit.unknown():
            raise CommandError(f"没有名为“{unknown[0]}”的单位，请从提示中选择")
        keys = self.edit.known_keys()
        if self._field == "lead_units":
            others = tuple(key for key in event.responsible_units if key not in keys)
            return event._replace(lead_units=keys, responsible_units=others)
        return event._replace(**{self._field: keys})
