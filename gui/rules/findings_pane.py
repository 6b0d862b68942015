"""中栏：一条的原文、发现卡片、提示，与收起的已满足项。"""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import NamedTuple

from PySide6.QtCore import QModelIndex, QPoint, QRect, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from gui.kit.announce import announce
from gui.kit.cell_card import CardTile
from gui.kit.empty_state import EmptyAction, EmptyState
from gui.kit.plain import label
from gui.kit.scrolling import ScrolledColumn
from gui.kit.theme import theme
from gui.kit.tiles import TileKind
from gui.rules.cards import Act, RowCard
from gui.rules.finding_card import FindingCard
from gui.rules.finding_list import FindingList
from gui.rules.folded_box import FoldedBox, FoldedRow
from gui.rules.quote_block import QuoteBlock
from planners.clauses import Passage

MOST_CARDS = 60
"""Findings that are widgets; more are painted in a list."""


class LineHead(NamedTuple):
    """What stands above the findings: tile, title, clause, who leads, and the clause word for word."""

    tile: TileKind | None
    title: str
    clause: str
    duties: str
    document: str
    passage: Passage | None
    own_words: str
    note: str


class Calm(NamedTuple):
    """What stands in the place of findings where there are none."""

    sign: str
    title: str
    lines: tuple[str, ...]
    actions: tuple[EmptyAction, ...] = ()


class FindingsPane(ScrolledColumn):
    """The findings of one line.

    ``acted`` carries the key of a finding and what is to be done (an ``Act``); ``hint_chosen`` and
    ``met_chosen`` the number of a line in its box; ``reached`` the key of the finding the keyboard is on.
    """

    acted = Signal(str, object)
    hint_chosen = Signal(int)
    met_chosen = Signal(int)
    reached = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent, body_name="FindingsContent")
        self.setObjectName("FindingsPane")
        self.quote = QuoteBlock()
        self.long_list = FindingList(self.body)
        self.hints = FoldedBox("info", "info", "提示", self.body)
        self.met = FoldedBox("check", "success", "已满足或已排", self.body)
        self.calm = EmptyState(self.body)
        self._tile_box = QHBoxLayout()
        self._tile: CardTile | None = None
        self._title, self._clause = label("", "panel"), label("", "secondary")
        self._duties = label("", "secondary", wrap=True)
        self._note = label("", "caption", wrap=True)
        self._cards: list[FindingCard] = []
        self._shown: tuple[RowCard, ...] = ()
        self._lay_out()
        self._connect()

    def _lay_out(self) -> None:
        self._column = QVBoxLayout(self.body)
        self._column.setContentsMargins(24, 14, 24, 20)
        self._column.setSpacing(10)
        head = QHBoxLayout()
        head.setSpacing(10)
        head.addLayout(self._tile_box)
        head.addWidget(self._title)
        head.addWidget(self._clause)
        head.addSpacing(16)
        self._duties.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        head.addWidget(self._duties, 1)
        self._column.addLayout(head)
        self._column.addWidget(self.quote)
        self._column.addWidget(self._note)
        self._cards_at = self._column.count()
        for widget in (self.long_list, self.calm, self.hints, self.met):
            self._column.addWidget(widget)
            widget.hide()
        self._column.addStretch(1)
        self.calm.setMinimumHeight(round(230 * theme().scale))

    def _connect(self) -> None:
        self.long_list.pressed_button.connect(self._on_list_button)
        self.long_list.space_pressed.connect(self.toggle_met)
        self.long_list.current_moved.connect(self._on_list_moved)
        self.long_list.walked_out.connect(self._on_walked_out)
        self.hints.row_chosen.connect(self.hint_chosen)
        self.met.row_chosen.connect(self.met_chosen)
        for box in (self.hints, self.met):
            box.row_reached.connect(partial(self._on_row_reached, box))
            box.unfolded.connect(partial(self._on_unfolded, box))

    # what is shown

    def show_head(self, head: LineHead) -> None:
        """Show title and clause."""
        if self._tile is not None:
            self._tile_box.removeWidget(self._tile)
            self._tile.hide()
            self._tile.deleteLater()
            self._tile = None
        if head.tile is not None:
            self._tile = CardTile(head.tile, 26)
            self._tile_box.addWidget(self._tile)
        self._title.setText(head.title)
        self._clause.setText(head.clause)
        self._duties.setText(head.duties)
        self._note.setText(head.note)
        self._note.setVisible(bool(head.note))
        if head.passage is not None:
            self.quote.show_passage(head.passage, head.document)
        else:
            self.quote.show_own(head.own_words)

    def show_cards(self, cards: Sequence[RowCard], calm: Calm | None) -> None:
        """Show the findings, or ``calm`` where there are none."""
        self._shown = tuple(cards)
        few = len(cards) <= MOST_CARDS
        shown = cards if few else ()
        while len(self._cards) < len(shown):
            self._add_card()
        for number, widget in enumerate(self._cards):
            if number < len(shown):
                widget.show_card(shown[number])
            widget.setVisible(number < len(shown))
        self.long_list.cards.show_values(() if few else cards)
        self.long_list.setVisible(not few)
        if not few:
            self.long_list.fit()
        self.calm.setVisible(calm is not None and not cards)
        if calm is not None and not cards:
            self.calm.show_words(calm.sign, calm.title, calm.lines, calm.actions)

    def _add_card(self) -> None:
        made = FindingCard()
        number = len(self._cards)
        made.chosen.connect(partial(self._on_card_chosen, made))
        made.left.connect(partial(self._on_card_left, made))
        made.space_pressed.connect(self.toggle_met)
        made.reached.connect(partial(self._on_card_reached, made))
        self._cards.append(made)
        self._column.insertWidget(self._cards_at + number, made)

    def show_hints(self, title: str, rows: Sequence[FoldedRow], *, unfolded: bool) -> None:
        """Show the 提示, apart from what decides."""
        self.hints.show_rows(title, "不影响达标", rows)
        if rows and unfolded != self.hints.is_open:
            self.hints.unfold(unfolded=unfolded)

    def show_met(self, title: str, second: str, rows: Sequence[FoldedRow]) -> None:
        """Show what is met, folded away."""
        words = "空格键收起" if self.met.is_open else "空格键展开"
        self.met.show_rows(title, second, rows, words)

    def fold_met(self) -> None:
        """Afterwards what is met is folded away."""
        self.met.unfold(unfolded=False)

    def toggle_met(self) -> None:
        """Unfold what is met, or fold it away."""
        if self.met.isVisibleTo(self):
            self.met.toggle()

    def refit(self) -> None:
        """Arrange everything anew: the theme or the text size is another one."""
        for widget in self._cards:
            widget.refit()
        if self.long_list.isVisibleTo(self):
            self.long_list.doItemsLayout()
            self.long_list.fit()
        self.hints.refit()
        self.met.refit()
        self.quote.words.updateGeometry()

    @property
    def cards(self) -> tuple[RowCard, ...]:
        """The findings shown."""
        return self._shown

    @property
    def card_widgets(self) -> tuple[FindingCard, ...]:
        """The cards that are widgets."""
        return tuple(widget for widget in self._cards if widget.isVisibleTo(self))

    @property
    def is_long(self) -> bool:
        """Whether the findings are painted in a list."""
        return len(self._shown) > MOST_CARDS

    # where the keyboard is

    def current_key(self) -> str | None:
        """The key of the finding that the keyboard is on."""
        if self.is_long:
            row = self.long_list.currentIndex().row()
            return self._shown[row].key if self.long_list.hasFocus() and row >= 0 else None
        for widget in self._cards:
            if widget.card is not None and (widget.hasFocus() or widget.isAncestorOf(_focused(self))):
                return widget.card.key if widget.isVisibleTo(self) else None
        return None

    def current_number(self) -> int | None:
        """Which of the findings the keyboard is on."""
        key = self.current_key()
        return next((n for n, card in enumerate(self._shown) if card.key == key), None)

    def focus_near(self, number: int, key: str | None) -> None:
        """Take the keyboard to the finding ``key``; where it is gone to the one that follows it now."""
        if key is not None and self.focus_card(key):
            return
        if self._shown:
            self._focus_number(min(number, len(self._shown) - 1))
        else:
            self.focus_first()

    def focus_card(self, key: str) -> bool:
        """Take the keyboard to the finding ``key``; whether it is there."""
        number = next((n for n, card in enumerate(self._shown) if card.key == key), None)
        if number is None:
            return False
        self._focus_number(number)
        return True

    def focus_first(self) -> None:
        """Take the keyboard to the first finding, else to what is folded away."""
        if self._shown:
            self._focus_number(0)
        elif self.met.isVisibleTo(self):
            self.met.head.setFocus(Qt.FocusReason.OtherFocusReason)

    def _focus_number(self, number: int) -> None:
        if self.is_long:
            self.long_list.setFocus(Qt.FocusReason.OtherFocusReason)
            self.long_list.setCurrentIndex(self.long_list.cards.index(number))
            self._on_list_moved(self.long_list.currentIndex())
        else:
            widget = self._cards[number]
            widget.setFocus(Qt.FocusReason.OtherFocusReason)
            self.show_part(widget, widget.rect())

    def show_part(self, widget: QWidget, part: QRect) -> None:
        """Scroll so that ``part`` of ``widget`` is seen."""
        content = self.widget()
        content.layout().activate()
        height = max(self.viewport().height(), content.heightForWidth(content.width()))
        if height != content.height():
            content.resize(content.width(), height)
        corner = widget.mapTo(content, part.topLeft())
        self.ensureVisible(corner.x(), corner.y() + part.height() // 2, 0, part.height() // 2 + 14)

    def place_of(self, key: str) -> QRect:
        """Where the finding ``key`` is, in global coordinates."""
        number = next((n for n, card in enumerate(self._shown) if card.key == key), 0)
        if self.is_long:
            part = self.long_list.visualRect(self.long_list.cards.index(number))
            return QRect(self.long_list.viewport().mapToGlobal(part.topLeft()), part.size())
        if number < len(self._cards) and self._cards[number].isVisibleTo(self):
            widget = self._cards[number]
            return QRect(widget.mapToGlobal(QPoint(0, 0)), widget.size())
        return QRect(self.mapToGlobal(QPoint(40, 120)), self.size() / 3)

    # what the user does

    def _act(self, card: RowCard, number: int) -> None:
        if number < len(card.buttons):
            self.acted.emit(card.key, card.buttons[number].act)

    def _on_card_chosen(self, widget: FindingCard, act: Act) -> None:
        if widget.card is not None:
            self.acted.emit(widget.card.key, act)

    def _on_list_button(self, row: int, number: int) -> None:
        if 0 <= row < len(self._shown):
            self._act(self._shown[row], number)

    def _on_card_left(self, widget: FindingCard, step: int) -> None:
        number = self._cards.index(widget) + step
        if 0 <= number < len(self._shown):
            self._focus_number(number)
        else:
            self._on_walked_out(step)

    def _on_walked_out(self, step: int) -> None:
        if step < 0:
            return
        for box in (self.hints, self.met):
            if box.isVisibleTo(self):
                box.head.setFocus(Qt.FocusReason.OtherFocusReason)
                self.show_part(box.head, box.head.rect())
                return

    def _on_card_reached(self, widget: FindingCard) -> None:
        if widget.card is not None:
            self.reached.emit(widget.card.key)
            announce(widget, widget.card.words)

    def _on_list_moved(self, index: QModelIndex) -> None:
        if index.isValid() and index.row() < len(self._shown):
            self.show_part(self.long_list, self.long_list.visualRect(index))
            card = self._shown[index.row()]
            self.reached.emit(card.key)
            announce(self.long_list, card.words)

    def _on_row_reached(self, box: FoldedBox, index: QModelIndex) -> None:
        self.show_part(box.view, box.view.visualRect(index))

    def _on_unfolded(self, box: FoldedBox, unfolded: bool) -> None:  # noqa: FBT001
        if box is self.met:
            head = self.met.head
            head.show_words(head.title, head.second, "空格键收起" if unfolded else "空格键展开")
        if unfolded and box.head.hasFocus():
            self.show_part(box, box.rect())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Space unfolds what is met; a head of a box gives its own."""
        if event.key() == Qt.Key.Key_Space:
            self.toggle_met()
        else:
            super().keyPressEvent(event)


def _focused(widget: QWidget) -> QWidget:
    return widget.window().focusWidget() or widget
