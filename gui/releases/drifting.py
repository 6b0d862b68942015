"""核对同事的日历或印件的校验码：在后台与每一份印发稿和草案比。"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from gui.exporting.calendars import MakePlan, plan_maker
from gui.session.runner import Progress, Runner
from gui.session.year_session import YearSession
from models.domain.errors import InputError, UserError
from models.releases import Release, releases

if TYPE_CHECKING:
    from exports.drift import DriftReport

MOST_BYTES = 20_000_000
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
        self._start(path.name, partial(_read, path))

    def check_text(self, text: str) -> None:
        """Check a code or a whole line from the foot of a print."""
        self._start("", partial(str.encode, text, errors="replace"))

    def _start(self, name: str, read: Callable[[], bytes]) -> None:
        session = self._session
        try:
            sources = candidates_of(session)
        except UserError as error:
            session.messages.error(error)
            return
        self._runner.run("核对", partial(_checked, read, sources, name), partial(self._show, name))

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


def _read(path: Path) -> bytes:
    try:
        if path.stat().st_size > MOST_BYTES:
            raise InputError(
                f"“{path.name}”超过 20 MB。", "没有核对。", "请选一个日历文件（.ics）或印件（.pdf、.docx）。"
            )
        return path.read_bytes()
    except OSError as error:
        raise InputError(f"读不了“{path.name}”：{error.strerror or error}。", "没有核对。") from error


def _checked(read: Callable[[], bytes], sources: tuple[Source, ...], name: str, _: Progress) -> DriftReport:
    from exports.drift import Candidate, against

    data = read()
    candidates = []
    for label, release, make in sources:
        plan = make()
        digest, number = (release.digest, release.number) if release else ("", None)
        candidates.append(Candidate(label, plan.snapshot, digest, number, plan.check))
    return against(data, candidates, name)
