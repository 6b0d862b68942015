"""放回草案：先看会改什么，再作为一步放回。"""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from gui.dialogs.form import FormDialog
from gui.dialogs.releases.change_rows import EVENT_HEADS, EVENT_WIDTHS, event_rows
from gui.dialogs.releases.tables import RowsTable
from gui.operations.session import YearSession
from gui.theme import theme
from models.commands import differences
from models.domain.changes import ChangeSet
from models.domain.snapshot import ItemKind, YearSnapshot
from models.releases import Release, lay_back
from planners.change_words import counts_words
from planners.release_changes import PlanChanges


class LayBackDialog(FormDialog):
    """Shows what an older release changes in the draft; accepting it is one step. ``done`` is that step."""

    def __init__(
        self,
        session: YearSession,
        release: Release,
        contents: YearSnapshot,
        changes: PlanChanges,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__("放回草案", f"放回第{release.number}稿", parent, width=900)
        self._session = session
        self._release = release
        self.done_step: ChangeSet | None = None
        self.add_heading(f"把第{release.number}稿“{release.name}”放回草案")
        rows = differences(session.snapshot, contents)
        others = _others_words(rows)
        self.summary = self.add_words(f"草案将改动：{counts_words(changes)}{others}")
        table = RowsTable("放回后草案里的改动", EVENT_HEADS, EVENT_WIDTHS, 3)
        table.show_rows(event_rows(changes, contents))
        table.setFixedHeight(round((min(max(len(changes.events), 2), 8) * 34 + 42) * theme().scale))
        table.setVisible(bool(changes.events))
        self.table = table
        self.add_widget(table)
        self.add_words(
            f"这是一步，可以撤销（Ctrl+Z）。第{release.number}稿之后的改动会被替换；各份印发稿都不变，"
            "代表的姓名、电话保持现在的样子。",
            "secondary",
        )
        self.accept_button.setEnabled(not session.read_only)
        if session.read_only:
            self.refuse(session.read_only_reason)
        self.back_button.setFocus()

    def accept_form(self) -> None:
        """The draft is the release afterwards."""
        session = self._session
        with session.guard.without_asking():
            self.done_step = session.attempt(lay_back, session.year, self._release.number)


def _others_words(rows: tuple[object, ...]) -> str:
    """；另有 3 项其他内容（单位、场地、列席等）."""
    count = sum(getattr(row, "kind", None) is not ItemKind.EVENT for row in rows)
    return f"；另有 {count} 项其他内容（单位、场地、列席、设置等）" if count else ""
