"""公众列席的动作：办结环节、结案、各张表单、函件、删除个人信息；表单用到时才载入。"""

from __future__ import annotations

from datetime import date
from functools import partial

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from gui.session.messages import Action
from gui.session.year_session import YearSession
from models import commands
from models.domain.attendance import Decision, Invitation, Opinion
from models.domain.errors import UserError
from models.domain.snapshot import Item, ItemKind
from models.settled_meetings import settled_meetings
from planners.attendance.completing import Completion, close_case, complete
from planners.attendance.stages import DecisionLine, Stage, decision_line


class AttendanceDesk(QObject):
    """What the page can do with decisions; each change is one step."""

    def __init__(self, session: YearSession, page: QWidget) -> None:
        super().__init__(page)
        self._session = session
        self._page = page

    def line(self, key: str) -> DecisionLine:
        """The decision as it stands now."""
        session = self._session
        return decision_line(session.snapshot, session.ruleset, session.today, key, self.settled())

    def settled(self) -> dict[str, date]:
        """When the meetings of the year were settled, by key, as far as a step says so."""
        session = self._session
        return settled_meetings(session.store, session.year, session.snapshot.meetings)

    # stages

    def complete(self, key: str, stage: Stage) -> None:
        """Do ``stage`` with today's date; where a form is needed say so and offer it."""
        line = self.line(key)
        try:
            done = complete(line, stage, self._session.today)
        except UserError as error:
            opens = Action(f"打开{line.label(stage)}", partial(self.open_stage, key, stage))
            self._session.messages.error(error, [] if self._session.read_only else [opens])
            return
        self._carry_out(done)

    def toggle_closed(self, key: str) -> None:
        """Close the case, or open it again."""
        line = self.line(key)
        if line.decision.closed_on is not None:
            after = line.decision._replace(closed_on=None)
            self._put(ItemKind.DECISION, after, f"撤回“{_name(line.decision)}”结案")
            return
        try:
            done = close_case(line, self._session.today)
        except UserError as error:
            self._session.messages.error(error)
            return
        self._carry_out(done)

    def _carry_out(self, done: Completion) -> None:
        session = self._session
        stored = session.perform(
            commands.apply_changes, session.year, done.title, done.changes, toast=not done.warning
        )
        if stored is not None and done.warning:
            session.messages.toast(f"已{done.title}。{done.warning}", Action("撤销", session.undo, "Ctrl+Z"))

    def _put(self, kind: ItemKind, item: Item, title: str) -> None:
        self._session.perform(commands.put_item, self._session.year, kind, item, title, toast=True)

    # forms

    def open_decision(self, key: str = "") -> str:
        """Open the form of a decision, a new one for ""; the key of the one that was stored."""
        from gui.attendance.decision_dialog import DecisionDialog

        found = self._session.snapshot.item(ItemKind.DECISION, key) if key else None
        dialog = DecisionDialog(self._session, found if isinstance(found, Decision) else None, self._window())
        stored = dialog.key if dialog.exec() else ""
        dialog.deleteLater()
        return stored

    def open_stage(self, key: str, stage: Stage) -> None:
        """Open the small form of a stage."""
        from gui.attendance.stage_dialogs import stage_dialog

        dialog = stage_dialog(self._session, self.line(key), stage, self._window())
        dialog.exec()
        dialog.deleteLater()

    def open_person(self, key: str, invitation: str) -> None:
        """Open the form of a delegate of the decision ``key``; a new one for ""."""
        from gui.attendance.person_dialog import PersonDialog

        found = self._session.snapshot.item(ItemKind.INVITATION, invitation) if invitation else None
        known = found if isinstance(found, Invitation) else None
        dialog = PersonDialog(self._session, self.line(key), known, self._window())
        dialog.exec()
        dialog.deleteLater()

    def open_opinion(self, key: str, opinion: str) -> None:
        """Open the form of an opinion on the decision ``key``; a new one for ""."""
        from gui.attendance.opinion_dialog import OpinionDialog

        found = self._session.snapshot.item(ItemKind.OPINION, opinion) if opinion else None
        known = found if isinstance(found, Opinion) else None
        dialog = OpinionDialog(self._session, self.line(key), known, self._window())
        dialog.exec()
        dialog.deleteLater()

    def remove(self, kind: ItemKind, key: str) -> None:
        """Take a delegate off the list, or an opinion, in one step that can be undone."""
        session = self._session
        item = session.snapshot.item(kind, key)
        if session.read_only or item is None:
            return
        words = "移去代表" if kind is ItemKind.INVITATION else "删除意见"
        session.perform(commands.remove_item, session.year, kind, key, words, toast=True)

    def erase(self, key: str) -> None:
        """Ask, then erase name and phone of the delegates of the decision ``key`` for good, and from the backups."""
        from gui.attendance.erase_dialog import EraseDialog
        from gui.attendance.erasing import erase_from_backups

        dialog = EraseDialog(self._session, self.line(key), self._window())
        if dialog.exec() and dialog.with_backups:
            erase_from_backups(self._session, self._window())
        dialog.deleteLater()

    def _window(self) -> QWidget:
        return self._page.window()


def _name(decision: Decision) -> str:
    return decision.short or decision.title
