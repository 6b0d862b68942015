"""栏与值：一栏的名称、控件和它所管的字段，怎样互换，填得不对怎样说；各处的表单都用它。"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import date
from typing import Any, NamedTuple, NoReturn

from PySide6.QtCore import QObject, QSignalBlocker, Qt, Signal
from PySide6.QtWidgets import QGridLayout, QWidget

from gui.kit.choices import CheckGroup, Choice, UnitEdit
from gui.kit.controls import changed_signal, finished_signal, show_value, value_of
from gui.kit.plain import label, restyle
from gui.kit.theme import theme
from gui.session.redaction import redacted
from models.domain.errors import CommandError

NAME_WIDTH = 80


class Field(QWidget):
    """A row of a form: the name, the control, and below it room for a remark in words."""

    def __init__(self, name: str, control: QWidget, name_width: int = NAME_WIDTH) -> None:
        super().__init__()
        self.control = control
        caption = self.name_label = label(name, "secondary")
        caption.setBuddy(control)
        caption.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignTop)
        caption.setFixedWidth(round(name_width * theme().scale))
        caption.setContentsMargins(0, round(8 * theme().scale), 0, 0)
        if name and not control.accessibleName():
            control.setAccessibleName(name)
        self.remark = label(role="caption", wrap=True)
        self.remark.hide()
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(3)
        grid.addWidget(caption, 0, 0, Qt.AlignmentFlag.AlignTop)
        grid.addWidget(control, 0, 1)
        grid.addWidget(self.remark, 1, 1)
        grid.setColumnStretch(1, 1)

    def say(self, words: str, state: str = "error") -> None:
        """Show ``words`` under the control in the look of ``state`` (error, warning, good, caption); "" none."""
        restyle(self.remark, "role", state)
        self.remark.setText(words)
        self.remark.setVisible(bool(words))
        restyle(self.control, "state", state if words and state in ("error", "warning") else "")
        self.control.setAccessibleDescription(redacted(words))


class Refusal(NamedTuple):
    """Why a field cannot be taken: the words below it, and those of the form (``CommandError``)."""

    below: str
    what: str
    effect: str = "没有保存。"
    remedy: str = ""

    @property
    def error(self) -> CommandError:
        """The error that a form is refused with."""
        return CommandError(self.what, self.effect, self.remedy)


Check = Callable[[Any, Any], "Refusal | None"]
"""From what stands in a field, and what is stored, to why it cannot be taken."""


def needed(below: str, what: str, effect: str = "没有保存。", remedy: str = "") -> Check:
    """Refused while the field is empty."""
    refusal = Refusal(below, what, effect, remedy)
    return lambda value, _: None if value else refusal


def not_to_come(today: date, words: str) -> Check:
    """Refused for a day after ``today``, unless it is stored already: what has not happened is not recorded."""
    what = f"{words}还没有到，不能先登记"
    refusal = Refusal(what, f"{what}。", remedy="请改日期，或先不勾选。")
    return lambda day, before: refusal if day is not None and day > today and day != before else None


class Binding(QObject):
    """A control for ``fields`` of a frozen value. ``entered``: it says something else; ``committed``: it is to be stored.

    ``into`` makes of the field's value what the control shows, ``out_of`` the reverse; ``offers`` tells what there
    is to choose for a value, ``belongs`` whether the value has the field at all.
    """

    entered = Signal()
    committed = Signal()

    def __init__(
        self,
        name: str,
        control: QWidget,
        *fields: str,
        into: Callable[[Any], Any] | None = None,
        out_of: Callable[[Any], Any] | None = None,
        offers: Callable[[Any], Sequence[tuple[str, Any]]] | None = None,
        belongs: Callable[[Any], bool] = lambda _: True,
        checks: Sequence[Check] = (),
    ) -> None:
        super().__init__(control)
        self.name, self.control, self.fields = name, control, fields
        self.belongs, self.offers, self._checks = belongs, offers, checks
        self._into, self._out_of = into, out_of
        self._offered: object = None
        self._shown: Any = None
        self._is_wrong = False
        self.row: Field | None = None
        """The row of a form in which the control stands."""
        changed_signal(control).connect(self.entered)
        finished_signal(control).connect(self.committed)

    # what is seen

    def offer(self, item: Any) -> None:
        """Offer what there is to choose for ``item``; what is chosen stays."""
        offered = list(self.offers(item)) if self.offers else None
        if offered is None or offered == self._offered:
            return
        self._offered = offered
        if isinstance(self.control, CheckGroup):
            self.control.offer({value: words for words, value in offered})
        elif isinstance(self.control, Choice):
            chosen = self.control.value() if self.control.count() else None
            self.control.set_entries(offered)
            if chosen:
                self.control.choose(chosen)

    def show(self, item: Any) -> None:
        """Afterwards the control holds what ``item`` has."""
        if isinstance(self.control, CheckGroup):
            self.control.set_values(())
        self.offer(item)
        value = getattr(item, self.fields[0])
        show_value(self.control, self._into(value) if self._into else value)

    def show_stored(self, item: Any) -> None:
        """Show what is stored now; what is being typed stays where the stored value is still the same."""
        old, dirty = self._shown, self.is_dirty
        self._shown = item
        same = old is not None and old.key == item.key and self._stored(old) == self._stored(item)
        if not (dirty and same):
            with QSignalBlocker(self.control):
                self.show(item)

    def reset(self) -> None:
        """Throw away what was typed since it was shown."""
        if self._shown is not None:
            with QSignalBlocker(self.control):
                self.show(self._shown)

    def say(self, words: str, state: str = "error") -> None:
        """Show ``words`` below the control, where it stands in a row."""
        if self.row is not None:
            self.row.say(words, state)

    # what is entered

    def value(self) -> Any:
        """What the control says, as the field has it."""
        value = value_of(self.control)
        return self._out_of(value) if self._out_of else value

    def applied_to(self, item: Any) -> Any:
        """``item`` with what the control says; ticks of the same set keep their old order."""
        value, before = self.value(), getattr(item, self.fields[0])
        if isinstance(self.control, CheckGroup) and set(value) == set(before):
            value = before
        return item._replace(**{self.fields[0]: value})

    def refusal(self, item: Any) -> Refusal | None:
        """Why what the control says cannot be taken for ``item``; None where it can."""
        unknown = getattr(self.control, "unknown", tuple)()
        if unknown:
            words = f"没有名为“{unknown[0]}”的{getattr(self.control, 'noun', '单位')}"
            effect = "没有保存。" if getattr(self.control, "single", None) is not None else ""
            return Refusal(f"{words}，请从提示中选择", f"{words}。", effect, "请从提示中选择。")
        if isinstance(self.control, UnitEdit) and self.control.has_too_many:
            words = f"{self.name}只填一个"
            return Refusal(words, f"{words}。", remedy=self.control.single or "")
        value, before = self.value(), getattr(item, self.fields[0])
        return next((refusal for check in self._checks if (refusal := check(value, before))), None)

    def say_wrong(self, item: Any) -> bool:
        """Whether what the control says cannot be taken for ``item``; why is said below it, or taken away again."""
        refusal = self.refusal(item)
        if refusal is not None or self._is_wrong:
            self.say(refusal.below if refusal else "")
        self._is_wrong = refusal is not None
        return self._is_wrong

    def require(self, item: Any) -> None:
        """``CommandError``, said below the control, where what it says cannot be taken for ``item``."""
        if refusal := self.refusal(item):
            self.point_out(refusal.below)
            raise refusal.error
        self.say_wrong(item)

    def point_out(self, below: str) -> None:
        """Say ``below`` the control what is wrong; the keyboard goes there."""
        self._is_wrong = True
        self.say(below)
        self.control.setFocus()

    def refuse(self, below: str, what: str, effect: str = "没有保存。", remedy: str = "") -> NoReturn:
        """``CommandError`` for what the fields together do not allow, said below the control."""
        self.point_out(below)
        raise CommandError(what, effect, remedy)

    def _stored(self, item: Any) -> tuple[object, ...]:
        return tuple(getattr(item, field) for field in self.fields)

    @property
    def is_dirty(self) -> bool:
        """Whether the control says something that is not stored."""
        shown = self._shown
        return shown is not None and (self.applied_to(shown) != shown or self.refusal(shown) is not None)


class Bindings(QObject):
    """The fields of one or several values in their order; a value has those that it has an attribute of.

    ``changed`` is emitted with every change of any of them.
    """

    changed = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._bound: list[Binding] = []

    def __iter__(self) -> Iterator[Binding]:
        return iter(self._bound)

    def add(self, binding: Binding) -> Binding:
        """``binding``, at the end of the others."""
        self._bound.append(binding)
        binding.entered.connect(self.changed)
        return binding

    def of(self, control: QWidget) -> Binding:
        """The binding of ``control``."""
        return next(binding for binding in self if binding.control is control)

    def show(self, item: Any) -> None:
        """Afterwards the controls hold what ``item`` has."""
        for binding in self:
            if hasattr(item, binding.fields[0]):
                binding.show(item)

    def applied_to(self, item: Any) -> Any:
        """``item`` with everything as entered, as far as it has the fields."""
        for binding in self:
            if hasattr(item, binding.fields[0]) and binding.belongs(item):
                item = binding.applied_to(item)
        return item

    def require(self, item: Any) -> None:
        """``CommandError`` for the first field that cannot be taken for ``item``; each says below it what is wrong."""
        own = [one for one in self if hasattr(item, one.fields[0]) and one.belongs(item)]
        wrong = [binding for binding in own if binding.say_wrong(item)]
        if wrong:
            wrong[0].require(item)
