"""现在要办：右侧面板（宽窗口）或抽屉（窄窗口）。"""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QModelIndex, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QListView, QVBoxLayout, QWidget

from gui.kit.empty_state import EmptyState
from gui.kit.plain import label
from gui.kit.theme import theme
from gui.overview.todo_delegate import TodoDelegate
from gui.overview.todo_model import TodoModel, TodoRow


class TodoList(QListView):
    """The list; Enter does what the button of the selected entry does."""

    entered = Signal(QModelIndex)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter acts, everything else walks."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.entered.emit(self.currentIndex())
        else:
            super().keyPressEvent(event)


class TodoPanel(QFrame):
    """The agenda. ``action_requested`` carries the ``AgendaEntry`` whose button was used,
    ``entry_selected`` the one that was chosen (to show it on the board)."""

    action_requested = Signal(object)
    entry_selected = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("TodoPanel")
        self.setAccessibleName("现在要办")
        self._model = TodoModel()
        self._list = TodoList()
        self._list.setModel(self._model)
        self._delegate = TodoDelegate(self._list)
        self._list.setItemDelegate(self._delegate)
        self._note = label("", "caption", wrap=True)
        self._empty = EmptyState()
        self._set_up_list()
        self._lay_out()
        # Acting fills the list anew: only once the click is over, else it selects what then lies there.
        self._delegate.button_clicked.connect(self._on_button, Qt.ConnectionType.QueuedConnection)
        self._list.entered.connect(self._on_button)
        self._list.clicked.connect(self._on_clicked)
        theme().changed.connect(self._on_theme_changed)

    def _set_up_list(self) -> None:
        self._list.setFrameShape(QFrame.Shape.NoFrame)
        self._list.setObjectName("TodoList")
        self._list.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self._list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._list.setAccessibleName("现在要办清单")

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 10, 0, 8)
        column.setSpacing(2)
        head = QHBoxLayout()
        head.setContentsMargins(16, 0, 16, 0)
        head.addWidget(label("现在要办", "panel"))
        head.addStretch(1)
        head.addWidget(label("按紧急程度", "caption"))
        column.addLayout(head)
        column.addWidget(self._list, 1)
        column.addWidget(self._empty, 1)
        self._note.setContentsMargins(16, 4, 16, 4)
        column.addWidget(self._note)

    def show_rows(self, rows: Sequence[TodoRow], note: str, done: Sequence[str] = ()) -> None:
        """Show ``rows``; where there are none, ``done`` says so (title, then what comes next)."""
        self._model.set_rows(rows)
        self._list.setVisible(bool(rows))
        self._empty.setVisible(not rows)
        if not rows and done:
            self._empty.show_words("check", done[0], done[1:])
        self._note.setText(note)
        self._note.setVisible(bool(note))

    @property
    def view(self) -> QListView:
        """The list itself, for the focus ring of the page."""
        return self._list

    def _on_button(self, index: QModelIndex) -> None:
        if index.isValid() and (entry := self._model.row(index).entry) is not None:
            self.action_requested.emit(entry)

    def _on_clicked(self, index: QModelIndex) -> None:
        if (entry := self._model.row(index).entry) is not None:
            self.entry_selected.emit(entry)

    def _on_theme_changed(self) -> None:
        self._list.doItemsLayout()
