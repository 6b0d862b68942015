"""九个环节各自的小表单；选哪一张在这里定。"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from PySide6.QtWidgets import QDialog, QWidget

from gui.attendance.candidates_form import CandidatesForm
from gui.attendance.decision_dialog import DecisionDialog
from gui.attendance.opinions_forms import OpinionsForm, StudyForm
from gui.attendance.people_forms import InvitedForm, PresentForm, ToldForm
from gui.attendance.published_form import PublishedForm
from gui.attendance.schedule_form import ScheduleForm
from gui.session.year_session import YearSession
from models.domain.attendance import DecisionBody
from planners.attendance.stages import DecisionLine, Stage

Made = Callable[[YearSession, DecisionLine, QWidget | None], QDialog]


def stage_dialog(
    session: YearSession, line: DecisionLine, stage: Stage, parent: QWidget | None = None
) -> QDialog:
    """The form of ``stage`` of the decision; what it stores is one step."""
    if line.decision.body is not DecisionBody.DISTRICT and stage in _IN_DECISION:
        return _hearing_form(session, line, stage, parent)
    return _FORMS[stage](session, line, parent)


_IN_DECISION = (Stage.OPINIONS, Stage.STUDIED)
"""What of a hearing stands in the form of its decision (§21)."""


def _hearing_form(session: YearSession, line: DecisionLine, stage: Stage, parent: QWidget | None) -> QDialog:
    """How those concerned were heard, and what became of it; opinions recorded singly are studied singly."""
    if stage is Stage.STUDIED and line.opinions:
        return StudyForm(session, line, parent)
    made = DecisionDialog(session, line.decision, parent)
    (made.forms if stage is Stage.OPINIONS else made.hearing_note).setFocus()
    return made


def _decision_form(session: YearSession, line: DecisionLine, parent: QWidget | None) -> QDialog:
    return DecisionDialog(session, line.decision, parent)


STAGES: Mapping[str, Stage] = {
    form.__name__: form.STAGE
    for form in (
        ScheduleForm, CandidatesForm, InvitedForm, PresentForm, OpinionsForm, StudyForm, ToldForm, PublishedForm,
    )
}  # fmt: skip
"""The stage of a form, by the name of its class."""

_FORMS: Mapping[Stage, Made] = {
    Stage.LISTED: _decision_form,
    Stage.SCHEDULED: ScheduleForm,
    Stage.SELECTED: CandidatesForm,
    Stage.INVITED: InvitedForm,
    Stage.PRESENT: PresentForm,
    Stage.OPINIONS: OpinionsForm,
    Stage.STUDIED: StudyForm,
    Stage.TOLD: ToldForm,
    Stage.PUBLISHED: PublishedForm,
}
