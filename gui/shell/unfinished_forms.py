"""上次没有保存的各种表单：从草稿认出是哪一张，打开它接着填。"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from gui.kit.form_draft import DraftKeeper
from gui.services.drafts import FormDraft
from models.domain.snapshot import ItemKind

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from gui.session.year_session import YearSession
    from gui.shell.desk import Desk


def opener_of(
    draft: FormDraft, session: YearSession, desk: Desk, window: QWidget
) -> Callable[[], object] | None:
    """What opens the form of ``draft`` filled as it was; None where it is opened from its own place only."""
    key, second = (*draft.place, "", "")[:2]
    open_form = _of_the_year(draft.kind, key, desk) or _of_attendance(
        draft.kind, key, second, session, window
    )
    if open_form is None:
        return None

    def go_on() -> None:
        DraftKeeper.continuing = draft.key
        try:
            open_form()
        finally:
            DraftKeeper.continuing = ""

    return go_on


def _of_the_year(kind: str, key: str, desk: Desk) -> Callable[[], object] | None:
    found: dict[str, Callable[[], object]] = {
        "UnitsDialog": desk.show_units,
        "SchoolTermsDialog": desk.set_school_terms,
        "ResultDialog": lambda: desk.record_result(key),
        "ZoneDialog": lambda: desk.edit_zone(key),
        "QuarterThemeDialog": lambda: desk.set_theme(int(key)),
        "PolicyForm": lambda: desk.edit_policy(key),
    }
    return found.get(kind)


def _of_attendance(
    kind: str, key: str, second: str, session: YearSession, window: QWidget
) -> Callable[[], object] | None:
    """The forms of a decision, as long as it is there."""
    if key and session.snapshot.item(ItemKind.DECISION, key) is None:
        return None
    from gui.attendance.controller import AttendanceDesk
    from gui.attendance.stage_dialogs import STAGES

    desk = AttendanceDesk(session, window)
    if kind in STAGES:
        return lambda: desk.open_stage(key, STAGES[kind])
    found: dict[str, Callable[[], object]] = {
        "DecisionDialog": lambda: desk.open_decision(key),
        "PersonDialog": lambda: desk.open_person(key, second),
        "OpinionDialog": lambda: desk.open_opinion(key, second),
    }
    return found.get(kind)
