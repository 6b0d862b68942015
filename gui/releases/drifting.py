"""核对同事的日历或印件的校验码：在后台与每一份印发稿和草案比。"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from gui.session.plan_versions import MakePlan, plan_maker
from gui.session.runner import Progress, Runner
from gui.session.year_session import YearSession
from models.apart import read_apart, whole_file
from models.domain.errors import UserError
from models.releases import Release, releases

if TYPE_CHECKING:
    from exports.drift import Candidate, DriftReport

DRAFT_LABEL = "草案"
Source = tuple[str, Release | None, MakePlan]


class Drifting(QObject):
    """Shows which release a calendar or a code is, and what it lacks; nothing is changed."""

    def __init__(self, session: YearSession, runner: Runner, window: QWidget) -> None:
        super().__init__(window)
        self._session = session
        self._runner = runner
        self._window = window

    def check_file(self, path: Path) -> None:
        """Check the file that was dropped or chosen."""
        self._start(path.name, partial(_checked, path))

    def check_text(self, text: str) -> None:
        """Check a code or a whole line from the foot of a print."""
        self._start("", partial(_told, text))

    def _start(self, name: str, check: Callable[[tuple[Source, ...], Progress], DriftReport]) -> None:
        session = self._session
        try:
            sources = candidates_of(session)
        except UserError as error:
            session.messages.error(error)
            return
        self._runner.run("核对", partial(check, sources), partial(self._show, name))

    def _show(self, name: str, report: DriftReport) -> None:
        from gui.releases.drift_dialog import DriftDialog

        self._session.messages.withdraw("error")
        DriftDialog(name, report, self._window).open()


def candidates_of(session: YearSession) -> tuple[Source, ...]:
    """The releases, oldest first, then the draft. A damaged release is left out and told."""
    found: list[Source] = []
    for release in releases(session.store, session.year):
        try:
            found.append((release.label, release, plan_maker(session, release.number)))
        except UserError as error:
            session.messages.bar("warning", str(error), topic="drift")
    return (*found, (DRAFT_LABEL, None, plan_maker(session, None)))


def _checked(path: Path, sources: tuple[Source, ...], progress: Progress) -> DriftReport:
    """The file beside every state, read in a process of its own."""
    from exports.drift import MOST_BYTES, NOTHING, against

    asked = whole_file(path, MOST_BYTES, NOTHING), _candidates(sources), path.name
    return read_apart(against, asked, path.name, NOTHING, partial(progress.step, 0, 0))


def _told(text: str, sources: tuple[Source, ...], _: Progress) -> DriftReport:
    from exports.drift import against

    return against(text.encode(errors="replace"), _candidates(sources))


def _candidates(sources: tuple[Source, ...]) -> list[Candidate]:
    from exports.drift import Candidate

    found = []
    for label, release, make in sources:
        plan = make()
        digest, number = (release.digest, release.number) if release else ("", None)
        found.append(Candidate(label, plan.snapshot, digest, number, plan.check))
    return found
