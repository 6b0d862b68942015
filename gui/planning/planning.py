"""自动排期的流程：条件 → 运行 → 建议；运行时年度只读，取消和出错都不改动。"""

from __future__ import annotations

from datetime import date
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from exports.files import write_atomically
from gui.kit.asking import ask_where_to_save
from gui.kit.exporter import open_folder
from gui.planning.memory import PlanningMemory
from gui.planning.process import PlanningError, PlanningRun
from gui.planning.worker import PLANNER, PlanningRequest
from gui.services.program_settings import SettingsFile
from gui.session.messages import Action
from gui.session.runner import Runner
from gui.session.runner import RunProgress as Work
from gui.session.year_session import YearSession
from models import queries
from models.domain.errors import UserError
from models.domain.events import Event
from planners.history import YEARS_BACK, History, history_of
from planners.proposals import Conditions, Entry, Proposal
from planners.results import Finding

if TYPE_CHECKING:
    from gui.planning.planning_dialog import PlanningDialog
    from gui.planning.proposal.proposal_dialog import ProposalDialog

_OF_THE_OFFICE = ("units", "blocked", "weighing", "locked", "rejected")
"""Conditions that hold for every run, whatever it is to fill."""
HELD = "正在自动排期，暂时只能看"


class Planning(QObject):
    """The auto-planner of the window: at most one run at a time, on the open year.

    While it runs the year is held: everything can be looked at, nothing changed.
    """

    def __init__(
        self,
        session: YearSession,
        settings: SettingsFile,
        runner: Runner,
        window: QWidget,
        planner: str = PLANNER,
    ) -> None:
        super().__init__(window)
        self.memory = PlanningMemory(settings, session)
        self.run: PlanningRun | None = None
        self.pane: PlanningDialog | None = None
        self.proposal: ProposalDialog | None = None
        self._session = session
        self._settings = settings
        self._runner = runner
        self._window = window
        self._planner = planner
        self.request: PlanningRequest | None = None
        self._error: PlanningError | None = None
        self._labels: dict[str, str] = {}
        self._history: History | None = None
        session.year_changed.connect(self.abandon)

    # conditions

    def start(self) -> None:
        """Plan at once, with the conditions asked for last."""
        if self._may_start():
            self._begin(self.memory.read().conditions)

    def fill_gaps(self) -> None:
        """一键补缺: plan what the rules ask at least, in the whole year, and move nothing."""
        if self._may_start():
            asked = self.memory.read().conditions
            kept = {name: getattr(asked, name) for name in _OF_THE_OFFICE}
            self._begin(Conditions(targets=False, **kept))

    def ask_conditions(self) -> None:
        """Ask for the conditions, remember them, then plan."""
        if not self._may_start():
            return
        from gui.planning.conditions_dialog import ConditionsDialog

        dialog = ConditionsDialog(self._session, self.memory.read(), self.proposal or self._window)
        if dialog.exec():
            self.memory.keep(dialog.conditions)
            self._close_proposal()
            self._begin(dialog.conditions)
        dialog.deleteLater()

    def _may_start(self) -> bool:
        session = self._session
        if not session.has_year:
            return False
        if self.run is not None and self.pane is not None:
            self.pane.raise_()
            self.pane.activateWindow()
            return False
        if session.read_only:
            session.messages.toast(session.read_only_reason)
            return False
        return True

    def conditions_for_one(self) -> Conditions:
        """What of the remembered conditions holds for a single event too (排入)."""
        asked = self.memory.read().conditions
        return Conditions(
            units=asked.units, blocked=asked.blocked, weighing=asked.weighing, history=self._past()
        )

    def _past(self) -> History:
        """What the years before held; read once for the open year."""
        session = self._session
        if self._history is None:
            before = queries.years_before(session.store, session.year, YEARS_BACK)
            self._history = history_of(before)
        return self._history

    # running

    def _begin(self, conditions: Conditions) -> None:
        from gui.planning.planning_dialog import PlanningDialog

        session = self._session
        self._close_pane()
        asked = conditions._replace(history=self._past())
        self.request = PlanningRequest(session.snapshot, session.today, session.ruleset, asked, self._planner)
        self.run = run = PlanningRun(self.request, self)
        self.pane = pane = PlanningDialog(self._window)
        run.progressed.connect(pane.show_progress)
        run.finished.connect(self._on_finished)
        run.failed.connect(self._on_failed)
        run.cancelled.connect(self._on_cancelled)
        pane.stop_requested.connect(run.stop)
        pane.cancel_requested.connect(run.cancel)
        pane.retry_requested.connect(partial(self._begin, conditions))
        pane.conditions_requested.connect(self.ask_conditions)
        pane.diagnosis_requested.connect(self.export_diagnosis)
        session.hold(HELD)
        run.start()
        pane.show()

    def _end_run(self) -> None:
        if self.run is not None:
            self.run.deleteLater()
        self.run = None
        self._session.hold("")

    def _on_finished(self, proposal: Proposal) -> None:
        seconds = self.pane.pane.seconds if self.pane else None
        self._end_run()
        self._close_pane()
        self.show_proposal(proposal, seconds)

    def _on_failed(self, error: PlanningError) -> None:
        self._error = error
        self._end_run()
        if self.pane is not None:
            self.pane.show_failure(error)

    def _on_cancelled(self) -> None:
        self._end_run()
        self._close_pane()
        self._session.messages.toast("已取消自动排期，没有改动")

    def _close_pane(self) -> None:
        if self.pane is not None:
            self.pane.finish()
        self.pane = None

    def abandon(self) -> None:
        """Afterwards no run is under way and nothing of one is shown; without a word."""
        self._history = None
        run, self.run = self.run, None
        if run is not None:
            run.blockSignals(True)
            run.cancel()
            run.wait()
            run.deleteLater()
        self._session.hold("")
        self._close_pane()
        self._close_proposal()

    # the proposal

    def show_proposal(
        self, proposal: Proposal, seconds: float | None = None, *, has_conditions: bool = True
    ) -> None:
        """Show ``proposal`` above the window; what is rejected or locked there is remembered.

        ``has_conditions``: whether it comes from a run of the planner, whose conditions can be changed.
        """
        from gui.planning.proposal.proposal_dialog import ProposalDialog

        self._close_proposal()
        self._labels = {entry.key: entry.label for entry in proposal.entries}
        self.proposal = shown = ProposalDialog(
            self._session,
            proposal,
            self._window,
            seconds=seconds,
            has_conditions=has_conditions,
        )
        shown.conditions_requested.connect(self.ask_conditions)
        shown.rejected_entry.connect(self._on_rejected)
        shown.restored_entry.connect(self.memory.restore)
        shown.locked.connect(self._on_locked)
        shown.unlocked.connect(self.memory.unlock)
        shown.finished.connect(self._on_proposal_closed)
        shown.open()

    def show(self, asked: Entry | Proposal) -> None:
        """Show a proposal, or one entry as a proposal of its own."""
        if isinstance(asked, Proposal):
            self.show_proposal(asked)
        else:
            self.show_entry(asked)

    def show_entry(self, entry: Entry) -> None:
        """Show what is proposed for one cell or decision, for a person to look at and accept."""
        session, year = self._session, self._session.year
        first = min((target.first for target in entry.targets), default=date(year, 1, 1))
        last = max((target.last for target in entry.targets), default=date(year, 12, 31))
        revision = session.snapshot.revision
        self.show_proposal(Proposal("排入建议", year, revision, session.today, first, last, (entry,)))

    def show_for_finding(self, finding: Finding) -> None:
        """Show what the planner proposes for a decision without delegates, or say why nothing."""
        from planners.autoplan.planning import propose_one

        session = self._session
        answer = propose_one(
            session.snapshot, session.today, session.ruleset, finding, self.conditions_for_one()
        )
        if isinstance(answer, Entry):
            self.show_entry(answer)
        else:
            session.messages.toast(f"{answer.label}：{answer.text}")

    def _on_rejected(self, key: str) -> None:
        self.memory.reject(key, self._labels.get(key, key))

    def _on_locked(self, key: str, event: Event) -> None:
        self.memory.lock(key, event, self._labels.get(key, key))

    def _on_proposal_closed(self) -> None:
        shown, self.proposal = self.proposal, None
        if shown is not None:
            shown.deleteLater()

    def _close_proposal(self) -> None:
        if self.proposal is not None:
            self.proposal.reject()

    # when it did not work

    def export_diagnosis(self) -> None:
        """Write the facts of the last run, without names, to a file the user chooses."""
        request, error = self.request, self._error
        if request is None or error is None:
            return
        stopped_at = self.pane.pane.stopped_at if self.pane else ""
        name = f"{request.snapshot.year}年自动排期诊断.json"
        folder = self._settings.values.last_folder
        target = ask_where_to_save(self.pane or self._window, "导出诊断", folder, name, "诊断文件 (*.json)")
        if target is not None:
            work = partial(_diagnosis, request, error, stopped_at)
            self._runner.run("导出诊断", work, partial(self._write, target))

    def _write(self, target: Path, data: bytes) -> None:
        try:
            write_atomically(target, data)
        except UserError as error:
            self._session.messages.error(error)
            return
        self._session.messages.toast(
            f"已导出 {target.name}，其中没有人名和活动名称",
            Action("打开所在文件夹", partial(open_folder, target.parent)),
        )


def _diagnosis(request: PlanningRequest, error: PlanningError, stopped_at: str, _: Work) -> bytes:
    from gui.planning.diagnosis_package import diagnosis_bytes

    return diagnosis_bytes(request, error, stopped_at)
