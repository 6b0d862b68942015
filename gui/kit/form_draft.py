"""填了一半的表单：每秒记下一次，意外结束之后再打开这张表单可以接着填。"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import ClassVar

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QFrame

from gui.kit.boxes import in_row
from gui.kit.plain import button, label
from gui.services.drafts import FormDraft, FormDrafts

EVERY = 1000
"""Milliseconds between two looks at what is entered."""


class DraftKeeper(QFrame):
    """Keeps what is entered in a form until the form is left, and offers what was kept before: then it is seen.

    ``drafted`` gives what is entered, ``take`` fills the form with it. ``continuing`` is the key of the draft that
    is to be taken up without a question by the form that opens next.
    """

    continuing: ClassVar[str] = ""

    def __init__(
        self,
        file: FormDrafts,
        blank: FormDraft,
        drafted: Callable[[], object],
        take: Callable[[object], None],
    ) -> None:
        super().__init__(objectName="Bar")
        self._file, self._blank = file, blank
        self._drafted, self._take = drafted, take
        self._shown = self._kept = drafted()
        self.found = file.find(blank.key)
        self._timer = QTimer(self, interval=EVERY)
        self._timer.timeout.connect(self.look)
        self._timer.start()
        self._lay_out()

    def _lay_out(self) -> None:
        words = f"上次填到一半（{self.found.at:%m月%d日 %H:%M}），没有保存。" if self.found else ""
        self.go_on_button = button("接着填", self.go_on, small=True)
        self.drop_button = button("丢弃", self.drop, small=True)
        in_row(
            (label(words, "secondary", wrap=True), 1),
            self.go_on_button,
            self.drop_button,
            inside=self,
            margins=(24, 6, 24, 6),
            spacing=8,
        )
        self.setVisible(self.found is not None)

    def look(self) -> None:
        """Afterwards what is entered is kept; nothing is where it is what the form was opened with."""
        values = self._drafted()
        if values == self._kept:
            return
        if values == self._shown:
            self._file.discard(self._blank.key)
        elif not self._file.keep(self._blank._replace(at=datetime.now(), values=values)):
            return
        self._kept = values

    @property
    def is_changed(self) -> bool:
        """Whether something is entered that the form was not opened with."""
        return bool(self._drafted() != self._shown)

    def end(self) -> None:
        """The form is left: what was entered is stored or given up. A draft that nobody answered for stays."""
        self._timer.stop()
        if self.found is None or self.is_changed:
            self._file.discard(self._blank.key)

    def go_on(self) -> None:
        """Fill the form as it was left."""
        found, self.found = self.found, None
        self.hide()
        if found is not None:
            self._take(found.values)

    def drop(self) -> None:
        """Forget what was kept."""
        self.found = None
        self.hide()
        self._file.discard(self._blank.key)
        self._take(None)
