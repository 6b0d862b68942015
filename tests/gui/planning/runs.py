"""跑一次假的排期，记下听到的一切。"""

from __future__ import annotations

from PySide6.QtCore import QObject

from gui.planning.process import PlanningError, PlanningRun
from gui.planning.worker import PlanningRequest
from gui.session.year_session import YearSession
from planners.proposals import Conditions, Progress, Proposal


class Heard(QObject):
    """What a run said."""

    def __init__(self, run: PlanningRun) -> None:
        super().__init__()
        self.run = run
        self.progress: list[Progress] = []
        self.proposals: list[Proposal] = []
        self.errors: list[PlanningError] = []
        self.cancelled = 0
        run.progressed.connect(self.progress.append)
        run.finished.connect(self.proposals.append)
        run.failed.connect(self.errors.append)
        run.cancelled.connect(self._on_cancelled)

    def _on_cancelled(self) -> None:
        self.cancelled += 1

    @property
    def over(self) -> bool:
        return not self.run.running


def start(session: YearSession, planner: str, **conditions: object) -> Heard:
    """A run of ``planner`` on the open year, under way."""
    asked = Conditions(**conditions)  # type: ignore[arg-type]
    run = PlanningRun(PlanningRequest(session.snapshot, session.today, session.ruleset, asked, planner))
    heard = Heard(run)
    run.start()
    return heard
