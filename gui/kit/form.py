"""表单对话框：标题、可滚动的内容、固定的页脚；错误写在页脚里，不超过窗口的 92 %。"""

from __future__ import annotations

import json
from contextlib import suppress
from datetime import datetime
from typing import Any, ClassVar, TypeVar

from PySide6.QtCore import QRectF, QSize, Qt, QTimer
from PySide6.QtGui import QGuiApplication, QKeyEvent, QPainter, QPaintEvent, QShowEvent
from PySide6.QtWidgets import (
    QDialog,
    QFrame,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from gui.kit.bindings import Binding, Bindings, Field
from gui.kit.entered import enter, entered
from gui.kit.form_draft import DraftKeeper
from gui.kit.plain import button, label
from gui.kit.scrolling import ScrolledColumn, WheelGuard
from gui.kit.theme import theme
from gui.kit.tiles import paint_tile
from gui.services.drafts import FormDraft, FormDrafts
from gui.session.redaction import redacted_record
from gui.session.year_session import YearSession
from models.domain.errors import UserError
from models.domain.events import Campaign
from models.domain.rules import clause_words

LARGEST_SHARE = 0.92
Control = TypeVar("Control", bound=QWidget)


class Tile(QWidget):
    """The tile of a campaign beside words."""

    def __init__(self, campaign: Campaign, side: int = 24) -> None:
        super().__init__()
        self._campaign = campaign
        self.setFixedSize(QSize(side, side))

    def show_campaign(self, campaign: Campaign) -> None:
        """Afterwards the tile is that of ``campaign``."""
        self._campaign = campaign
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint shape and character."""
        del event
        painter = QPainter(self)
        paint_tile(painter, self._campaign, QRectF(self.rect()))
        painter.end()


class FormDialog(QDialog):
    """A form. Subclasses add rows and override ``accept_form``, which raises ``UserError`` to refuse.

    Esc goes back, Ctrl+Enter accepts from every field.
    """

    ASKS_TWICE: ClassVar[bool] = False
    """Whether leaving with something entered is asked about; for forms that keep drafts."""

    def __init__(self, title: str, accept_text: str, parent: QWidget | None = None, width: int = 560) -> None:
        super().__init__(parent)
        self.setWindowTitle(title)
        self._width = width
        self._wheel = WheelGuard(self)
        self.heading = QHBoxLayout()
        self.heading.setContentsMargins(24, 16, 24, 8)
        self.heading.setSpacing(10)
        self.back_button = button("返回", self.reject)
        self.accept_button = button(accept_text, self._on_accept, kind="primary")
        self.accept_button.setToolTip("Ctrl+Enter")
        self.draft: DraftKeeper | None = None
        self.fields = Bindings(self)
        self._called = title
        self._leaving = False
        self.above, self.below = QVBoxLayout(), QVBoxLayout()
        for around in (self.above, self.below):
            around.setContentsMargins(0, 0, 0, 0)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addLayout(self.heading)
        layout.addLayout(self.above)
        layout.addWidget(self._build_body(), 1)
        layout.addLayout(self.below)
        layout.addWidget(self._build_footer())

    def _build_body(self) -> ScrolledColumn:
        self.area = ScrolledColumn(self)
        self._content = self.area.body
        self._column = QVBoxLayout(self._content)
        self._column.setContentsMargins(24, 4, 24, 16)
        self._column.setSpacing(10)
        self._column.addStretch(1)
        return self.area

    def _build_footer(self) -> QFrame:
        footer = QFrame(objectName="Footer")
        column = QVBoxLayout(footer)
        column.setContentsMargins(24, 10, 24, 10)
        column.setSpacing(6)
        self._refusal = label(role="error", wrap=True)
        self._refusal.hide()
        column.addWidget(self._refusal)
        row = QHBoxLayout()
        row.setSpacing(8)
        self.left_buttons = QHBoxLayout()
        self.left_buttons.setSpacing(8)
        row.addLayout(self.left_buttons)
        row.addStretch(1)
        row.addWidget(self.back_button)
        row.addWidget(self.accept_button)
        column.addLayout(row)
        self._footer = footer
        return footer

    def add_heading(self, words: str, campaign: Campaign | None = None) -> QLabel:
        """The heading of the form, with the campaign's tile."""
        if campaign is not None:
            self.heading.addWidget(Tile(campaign))
        self._called = words
        made = label(words, "heading", wrap=True)
        made.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self.heading.addWidget(made, 1)
        return made

    def add_row(self, name: str, control: QWidget) -> Field:
        """A named control at the end of the form."""
        field = Field(name, control)
        self.add_widget(field)
        return field

    def add_field(self, binding: Binding) -> Field:
        """The row of ``binding`` at the end of the form."""
        binding.row = self.add_row(binding.name, binding.control)
        return binding.row

    def bind(self, name: str, control: Control, *names: str, **how: Any) -> Control:
        """``control`` in a row called ``name`` at the end of the form, bound to the fields ``names`` (see ``Binding``)."""
        self.add_field(self.fields.add(Binding(name, control, *names, **how)))
        return control

    @staticmethod
    def remove_row(binding: Binding) -> None:
        """The row of ``binding`` goes, and the binding with it."""
        if binding.row is not None:
            binding.row.hide()
            binding.row.setParent(None)
            binding.row.deleteLater()

    def row_of(self, control: QWidget) -> Field:
        """The row of a control that was bound."""
        row = self.fields.of(control).row
        assert row is not None
        return row

    def add_words(self, words: str, role: str = "") -> QLabel:
        """A paragraph at the end of the form."""
        made = label(words, role, wrap=True)
        self.add_widget(made)
        return made

    def add_quote(self, words: str, clause: str) -> None:
        """Words of the document as they stand there, with the number of their clause."""
        theme().font(16, serif=True)  # loads the face that the style sheet names
        self.add_words(f"“{words}”　{clause_words(clause)}", "clause")

    def add_section(self, words: str) -> QLabel:
        """A line and a small heading."""
        line = QFrame(objectName="Line")
        line.setFixedHeight(1)
        self.add_widget(line)
        made = label(words)
        made.setFont(theme().font(14, bold=True))
        self.add_widget(made)
        return made

    def add_widget(self, widget: QWidget) -> None:
        """Any widget over the whole width, at the end of the form."""
        self._column.insertWidget(self._column.count() - 1, widget)

    def showEvent(self, event: QShowEvent) -> None:
        """Fit the content once it is laid out, at most 92 % of the window above or the screen."""
        self.fit()
        self._wheel.guard(self)
        super().showEvent(event)
        QTimer.singleShot(0, self, self.fit)

    def fit(self) -> None:
        """Afterwards the dialog is as large as its content asks for and its window allows."""
        parent = self.parentWidget()
        room = parent.window().size() if parent else QGuiApplication.primaryScreen().availableSize()
        width = min(round(self._width * theme().scale), int(room.width() * LARGEST_SHARE))
        content = self._content.layout().heightForWidth(width - 12)
        inside = content if content > 0 else self._content.sizeHint().height()
        frame = (
            self.heading.sizeHint().height()
            + (self.draft.sizeHint().height() if self.draft and self.draft.isVisibleTo(self) else 0)
            + self.below.sizeHint().height()
            + self._footer.sizeHint().height()
        )
        self.resize(width, min(inside + frame + 4, int(room.height() * LARGEST_SHARE)))

    def fit_again(self) -> None:
        """Like ``fit``, for a form that is seen."""
        if self.isVisible():
            self.fit()

    # the draft

    def keep_drafts(self, session: YearSession, *place: str) -> None:
        """From here on what is entered survives the end of the program, however it comes, until the form is left.

        ``place``: the keys of the items it is about, "" for a new one. What was kept of the same form is offered.
        """
        if session.read_only:
            return
        key = "|".join((type(self).__name__, str(session.year), *place))
        blank = FormDraft(key, session.year, self._called, datetime.now(), None)
        self.draft = DraftKeeper(FormDrafts(session.store.path), blank, self.drafted, self.take_draft)
        self.above.addWidget(self.draft)
        if DraftKeeper.continuing == key:
            self.draft.go_on()

    def draft_shape(self) -> object:
        """What must be known beside the values of the controls: which rows there are."""

    def take_shape(self, shape: object) -> None:
        """Afterwards there are the rows that ``shape`` tells of."""

    def drafted(self) -> object:
        """All that is entered, as plain values."""
        return json.loads(json.dumps([self.draft_shape(), entered(self._content)]))

    def take_draft(self, values: object) -> None:
        """Fill the form with what ``drafted`` gave; what cannot be made out of it, or nothing, is left out."""
        with suppress(ValueError, TypeError, KeyError, IndexError, AttributeError):
            shape, entries = values  # type: ignore[misc]
            self.take_shape(shape)
            enter(self._content, entries)
        self.fit_again()

    @property
    def is_changed(self) -> bool:
        """Whether something is entered that the form was not opened with; known to forms that keep drafts."""
        return self.draft is not None and self.draft.is_changed

    def reject(self) -> None:
        """Leave; where the form ``ASKS_TWICE``, what was entered is thrown away only when asked a second time."""
        if self.ASKS_TWICE and self.is_changed and not self._leaving:
            self._leaving = True
            self.back_button.setText("不保存，离开")
            self.refuse("填写的内容还没有保存。")
            return
        super().reject()

    def done(self, result: int) -> None:
        """The form is left, and its draft with it."""
        if self.draft is not None:
            self.draft.end()
        super().done(result)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Ctrl+Enter accepts; Enter alone only moves no further than its field."""
        enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if enter and event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self._on_accept()
            return
        super().keyPressEvent(event)

    def accept_form(self) -> None:
        """Carry out what the form says; ``UserError`` keeps the dialog open with its words.

        Nothing where the answer is the button alone.
        """

    def refuse(self, words: str) -> None:
        """Show why the form cannot be accepted; "" takes the words away."""
        self._refusal.setText(redacted_record(words))
        self._refusal.setVisible(bool(words))
        if self.isVisible():
            self.fit()

    def refusal_text(self) -> str:
        """Why the form was refused last; "" where it was not."""
        return self._refusal.text()

    def add_left_button(self, made: QPushButton) -> None:
        """A button at the left of the footer."""
        self.left_buttons.addWidget(made)

    def _on_accept(self) -> None:
        if not self.accept_button.isEnabled():
            return
        try:
            self.accept_form()
        except UserError as error:
            self.refuse(str(error))
            return
        self.accept()
