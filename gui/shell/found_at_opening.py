"""打开数据文件时要说的：只读、备份没有做成、上次没有保存的表单。"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from gui.services.drafts import Draft, DraftFile
from gui.session.messages import Action
from gui.shell.later import later
from models.store import open_store

if TYPE_CHECKING:
    from gui.session.year_session import YearSession
    from gui.shell.main_window import MainWindow

DRAFT = "draft"
"""Topic of the bar about a form that was left half-filled."""


class FoundAtOpening:
    """Says in bars what was found when the data file of ``window`` was opened."""

    def __init__(self, window: MainWindow) -> None:
        self._window = window

    def tell(self, session: YearSession) -> None:
        """Say what there is to say about ``session``."""
        store, messages = session.store, self._window.messages
        if session.read_only:
            again = Action("重新打开", partial(self._window.open_with, partial(open_store, store.path)))
            copy = Action("另存副本并打开…", later(self._window, "files.open_a_copy"))
            messages.bar("warning", store.read_only_reason, [again, copy], topic="read-only", closable=False)
        if store.backup_problem:
            messages.bar("warning", store.backup_problem, topic="backup")
        draft = DraftFile(store.path).read()
        if draft is not None and not session.read_only and draft.year in session.years():
            self._offer(draft)

    def _offer(self, draft: Draft) -> None:
        name = draft.event.short or draft.event.title or draft.event.campaign.label
        words = f"上次有一张没有保存的活动表单：“{name}”（{draft.at:%m月%d日 %H:%M}）。"
        offered = [Action("接着填", partial(self._continue, draft)), Action("丢弃", self.drop_draft)]
        self._window.messages.bar("info", words, offered, topic=DRAFT, closable=False)

    def _continue(self, draft: Draft) -> None:
        window = self._window
        window.messages.withdraw(DRAFT)
        if window.session is not None and window.tools is not None:
            if window.session.year != draft.year:
                window.session.open_year(draft.year)
            window.tools.desk.continue_draft(draft)

    def drop_draft(self) -> None:
        """Afterwards the form that was left half-filled is gone."""
        self._window.messages.withdraw(DRAFT)
        DraftFile(self._window.data_file).discard()
