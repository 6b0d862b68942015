"""Forms of 公众列席 as a user has them: opened, filled and accepted by keyboard; items of the session by key."""

from __future__ import annotations

from typing import TypeVar, cast

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from gui.attendance.stage_dialogs import stage_dialog
from gui.kit.form import FormDialog
from gui.session.year_session import YearSession
from models.domain.attendance import Decision, Delegate, Invitation, Opinion
from models.domain.snapshot import ItemKind
from planners.attendance.stages import DecisionLine, Stage, decision_line

Form = TypeVar("Form", bound=FormDialog)


def line(session: YearSession, key: str) -> DecisionLine:
    return decision_line(session.snapshot, session.ruleset, session.today, key)


def shown(qtbot: QtBot, dialog: Form) -> Form:
    qtbot.addWidget(dialog)
    dialog.show()
    return dialog


def stage(qtbot: QtBot, session: YearSession, key: str, which: Stage) -> FormDialog:
    return shown(qtbot, cast("FormDialog", stage_dialog(session, line(session, key), which)))


def accept(dialog: FormDialog) -> str:
    """Press Ctrl+Enter; what the form refused with."""
    dialog.refuse("")
    QTest.keyClick(dialog, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    return dialog.refusal_text()


def decision(session: YearSession, key: str) -> Decision:
    return cast("Decision", session.snapshot.item(ItemKind.DECISION, key))


def delegate(session: YearSession, key: str) -> Delegate:
    return cast("Delegate", session.snapshot.item(ItemKind.DELEGATE, key))


def invitation(session: YearSession, key: str) -> Invitation:
    return cast("Invitation", session.snapshot.item(ItemKind.INVITATION, key))


def opinion(session: YearSession, key: str) -> Opinion:
    return cast("Opinion", session.snapshot.item(ItemKind.OPINION, key))
