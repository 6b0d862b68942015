"""上次没有保存的各种表单：从草稿认出是哪一张，打开它接着填。"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from gui.kit.form_draft import DraftKeeper
from gui.services.drafts import FormDraft
from models.domain.events import EventStatus
from models.domain.snapshot import ItemKind

if TYPE_CHECKING:
    from gui.session.year_session import YearSession
    from gui.shell.data_files import DataFiles
    from gui.shell.desk import FormDesk
    from gui.shell.frame import WindowFrame
    from gui.shell.window_commands import WindowCommands

Open = Callable[[], object]


def go_on_with(
    draft: FormDraft, window: WindowFrame, desk: FormDesk, commands: WindowCommands, files: DataFiles
) -> bool:
    """Open the form of ``draft``, filled as it was; False where it is opened from its own place only."""
    assert window.session is not None
    place = (*draft.place, "", "", "")[:3]
    known = (
        _of_events(desk, place),
        _of_the_year(desk, commands, files),
        _of_cells(desk, window.session, place),
    )
    forms = {kind: open_form for group in known for kind, open_form in group.items()}
    open_form = forms.get(draft.kind) or _of_attendance(draft.kind, place, window.session, window)
    if open_form is None:
        return False
    DraftKeeper.continuing = draft.key
    try:
        open_form()
    finally:
        DraftKeeper.continuing = ""
    return True


def _of_events(desk: FormDesk, place: tuple[str, ...]) -> Mapping[str, Open]:
    key, status = place[:2]
    give_up = desk.cancel_event if status == EventStatus.CANCELLED.value else desk.postpone_event
    return {
        "ResultDialog": partial(desk.record_result, key),
        "ZoneDialog": partial(desk.edit_zone, key),
        "StatusReasonDialog": partial(give_up, key),
    }


def _of_the_year(desk: FormDesk, commands: WindowCommands, files: DataFiles) -> Mapping[str, Open]:
    return {
        "UnitsDialog": desk.show_units,
        "SchoolTermsDialog": desk.set_school_terms,
        "NeededKindsForm": commands.show_needed_evidence,
        "DocumentDialog": commands.import_document,
        "ReleaseDialog": commands.release,
        "HolidaysDialog": files.making.holidays.open,
    }


def _of_cells(desk: FormDesk, session: YearSession, place: tuple[str, ...]) -> Mapping[str, Open]:
    """The forms of a period, of a quarter or a document; those of a period only while it is there."""
    rule, first, group = place
    cells = [
        cell
        for cell in session.check.cells
        if (cell.rule, cell.first.isoformat(), cell.group or "") == (rule, first, group)
    ]
    of_cell: dict[str, Open] = {}
    if cells:
        of_cell["ExplainDialog"] = partial(desk.explain_cell, cells[0])
        of_cell["ExemptDialog"] = partial(desk.exempt_cell, cells[0])
    if rule in ("1", "2", "3", "4"):
        of_cell["QuarterThemeDialog"] = partial(desk.set_theme, int(rule))
    return {
        **of_cell,
        "PolicyForm": partial(desk.edit_policy, rule),
        "OwnRuleForm": partial(desk.edit_rule, rule),
    }


def _of_attendance(kind: str, place: tuple[str, ...], session: YearSession, window: QWidget) -> Open | None:
    """The forms of a decision, as long as it is there."""
    key, second = place[:2]
    if key and session.snapshot.item(ItemKind.DECISION, key) is None:
        return None
    from gui.attendance.controller import AttendanceDesk
    from gui.attendance.stage_dialogs import STAGES

    desk = AttendanceDesk(session, window)
    found: dict[str, Open] = {"DecisionDialog": partial(desk.open_decision, key)}
    if key:
        found["PersonDialog"] = partial(desk.open_person, key, second)
        found["OpinionDialog"] = partial(desk.open_opinion, key, second)
        found |= {name: partial(desk.open_stage, key, stage) for name, stage in STAGES.items()}
    return found.get(kind)
