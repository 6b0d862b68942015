"""撤销与重做：两个动作，名字跟着数据文件里的变更记录走。"""

from __future__ import annotations

from PySide6.QtCore import QObject
from PySide6.QtGui import QAction, QKeySequence

from gui.kit.icons import icon
from gui.kit.plain import escaped, plain_tip
from gui.session.year_session import YearSession

LONGEST_TITLE = 24


class UndoActions(QObject):
    """The actions 撤销 and 重做, named after the step they touch (撤销 移动“民法典”到6月17日)."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._session: YearSession | None = None
        self.undo = QAction(icon("undo", "ink2"), "撤销", self)
        self.undo.setShortcut(QKeySequence("Ctrl+Z"))
        self.redo = QAction(icon("redo", "ink2"), "重做", self)
        self.redo.setShortcuts([QKeySequence("Ctrl+Y"), QKeySequence("Ctrl+Shift+Z")])
        self.undo.triggered.connect(self._on_undo)
        self.redo.triggered.connect(self._on_redo)
        self._name()

    def follow(self, session: YearSession | None) -> None:
        """Afterwards the actions belong to ``session``; None: to nothing."""
        self._session = session
        if session is not None:
            session.changed.connect(self._name)
            session.held.connect(self._name)
        self._name()

    def _name(self) -> None:
        undo = self._session.undo_title if self._session else None
        redo = self._session.redo_title if self._session else None
        for action, verb, title in ((self.undo, "撤销", undo), (self.redo, "重做", redo)):
            action.setText(escaped(f"{verb} {_short(title)}") if title else verb)
            action.setToolTip(plain_tip(f"{verb}：{title}") if title else f"没有可以{verb}的操作")
            action.setEnabled(title is not None)

    def _on_undo(self) -> None:
        if self._session is not None:
            self._session.undo()

    def _on_redo(self) -> None:
        if self._session is not None:
            self._session.redo()


def _short(title: str) -> str:
    return title if len(title) <= LONGEST_TITLE else title[: LONGEST_TITLE - 1] + "…"
