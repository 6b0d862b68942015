"""打开数据文件时要说的：只读、备份没有做成、查看时改过的材料、上次没有保存的表单。"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from gui.services.drafts import Draft, DraftFile, FormDraft, FormDrafts
from gui.session.messages import Action
from models.domain.text import quoted
from models.evidence_files import VIEWING
from models.store import open_store

if TYPE_CHECKING:
    from gui.session.year_session import YearSession
    from gui.shell.data_files import DataFiles
    from gui.shell.frame import WindowFrame
    from gui.shell.tools import Tools
    from gui.shell.window_commands import WindowCommands

DRAFT, FORMS = "draft", "form-drafts"
"""Topics of the bars about an event and other forms that were left half-filled."""
MOST_NAMED = 3
"""So many files are named in a bar."""


class FoundAtOpening:
    """Says in bars what was found when the data file of ``window`` was opened."""

    def __init__(
        self, window: WindowFrame, tools: Tools, commands: WindowCommands, files: Callable[[], DataFiles]
    ) -> None:
        self._window = window
        self._tools = tools
        self._commands = commands
        self._files = files

    def tell(self, session: YearSession) -> None:
        """Say what there is to say about ``session``."""
        store, messages = session.store, self._window.messages
        if session.read_only:
            again = Action("重新打开", partial(self._window.open_with, partial(open_store, store.path)))
            copy = Action("另存副本并打开…", lambda: self._files().open_a_copy())
            messages.bar("warning", store.read_only_reason, [again, copy], topic="read-only", closable=False)
        if store.backup_problem:
            messages.bar("warning", store.backup_problem, topic="backup")
        if store.left_in_viewing:
            self._tell_left(store.left_in_viewing)
        draft = DraftFile(store.path).read()
        if draft is not None and not session.read_only and draft.year in session.years():
            self._offer(draft)
        if not session.read_only:
            self._offer_forms([one for one in FormDrafts(store.path).read() if one.year in session.years()])

    def _offer_forms(self, drafts: Sequence[FormDraft]) -> None:
        """Name the forms that were left half-filled; the newest can be gone on with at once, all when they are opened."""
        if not drafts:
            return
        named = "、".join(f"{quoted(one.title)}（{one.at:%m月%d日 %H:%M}）" for one in drafts[:3])
        count = f" {len(drafts)} 张" if len(drafts) > 1 else "一张"
        words = f"上次有{count}没有保存的表单：{named}。再打开时可以接着填。"
        offered = [Action("接着填", partial(self._continue_form, drafts[0]))]
        offered.append(Action("丢弃", self.drop_forms))
        self._window.messages.bar("info", words, offered, topic=FORMS, closable=True)

    def _continue_form(self, draft: FormDraft) -> None:
        window = self._window
        window.messages.withdraw(FORMS)
        if window.session is None:
            return
        if window.session.year != draft.year:
            window.session.open_year(draft.year)
        from gui.shell.unfinished_forms import go_on_with

        if not go_on_with(draft, window, self._tools.desk, self._commands, self._files()):
            window.messages.toast(f"请从原来的地方再打开{quoted(draft.title)}，在表单上面按“接着填”。")

    def drop_forms(self) -> None:
        """Afterwards no form is kept that was left half-filled."""
        self._window.messages.withdraw(FORMS)
        FormDrafts(self._window.data_file).discard()

    def _tell_left(self, paths: tuple[Path, ...]) -> None:
        from gui.kit.exporter import open_folder

        names = "、".join(path.name for path in paths[:MOST_NAMED])
        more = f"等 {len(paths)} 个文件" if len(paths) > MOST_NAMED else ""
        words = (
            f"“{VIEWING}”文件夹里改过、新放进的文件没有动：{names}{more}（在 {paths[0].parent}）。"
            "要留下请另存，要作佐证请重新加入。"
        )
        show = Action("打开文件夹", partial(open_folder, paths[0].parent))
        self._window.messages.bar("info", words, [show], topic="viewing")

    def _offer(self, draft: Draft) -> None:
        name = draft.event.short or draft.event.title or draft.event.campaign.label
        words = f"上次有一张没有保存的活动表单：{quoted(name)}（{draft.at:%m月%d日 %H:%M}）。"
        offered = [Action("接着填", partial(self._continue, draft)), Action("丢弃", self.drop_draft)]
        self._window.messages.bar("info", words, offered, topic=DRAFT, closable=False)

    def _continue(self, draft: Draft) -> None:
        window = self._window
        window.messages.withdraw(DRAFT)
        if window.session is not None:
            if window.session.year != draft.year:
                window.session.open_year(draft.year)
            self._tools.desk.continue_draft(draft)

    def drop_draft(self) -> None:
        """Afterwards the form that was left half-filled is gone."""
        self._window.messages.withdraw(DRAFT)
        DraftFile(self._window.data_file).discard()
