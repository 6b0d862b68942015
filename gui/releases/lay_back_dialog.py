"""放回草案：先看会改什么，再作为一步放回。"""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtWidgets import QWidget

from gui.kit.form import FormDialog
from gui.kit.theme import theme
from gui.releases.tables import HEADS, WIDTHS, RowsTable, change_rows
from gui.session.year_session import YearSession
from models.commands import differences
from models.domain.changes import ChangeSet, RowChange
from models.domain.snapshot import YearSnapshot
from models.domain.year import Year
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
        others = _others_words(rows, changes)
        self.summary = self.add_words(f"草案将改动：{counts_words(changes)}{others}")
        table = RowsTable("放回后草案里的改动", HEADS, WIDTHS, 3)
        table.show_rows(change_rows(changes, contents))
        table.setFixedHeight(round((min(max(len(changes.all), 2), 8) * 34 + 42) * theme().scale))
        table.setVisible(bool(changes.all))
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


def _others_words(rows: Iterable[RowChange], changes: PlanChanges) -> str:
    """；另有 3 项其他内容（单位、场地、代表、设置等）: what no line of the table is about."""
    told = {(change.item, change.key) for change in changes.all}
    count = sum((row.kind, row.key) not in told and not _is_theme_alone(row) for row in rows)
    return f"；另有 {count} 项其他内容（单位、场地、代表、设置等）" if count else ""


def _is_theme_alone(row: RowChange) -> bool:
    before, after = row.before, row.after
    if not isinstance(before, Year) or not isinstance(after, Year):
        return False
    return before._replace(quarter_themes=after.quarter_themes) == after
