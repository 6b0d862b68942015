"""排期运行：在另一个进程里算，窗口只收消息；随时能停、能取消，进程坏了也不伤原来的安排。"""

from __future__ import annotations

from threading import Event, Thread
from time import monotonic
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, Signal

from gui.planning.worker import STOP, PlanningRefusal, PlanningRequest, serve
from models.domain.errors import UserError
from planners.proposals import Progress, Proposal

if TYPE_CHECKING:
    from multiprocessing.connection import Connection
    from multiprocessing.context import SpawnProcess

LONGEST = 20.0
"""Seconds after which a run is ended, whatever it does."""
LAST_CALL = 17.0
"""Seconds after which a run is asked for the best plan it has."""
LISTEN_FOR = 0.05
KEPT = "没有改动，原来的安排还在。"


class PlanningError(UserError):
    """A run that ended without a proposal; ``trace`` names places in the program, "" where it is no fault."""

    def __init__(self, what: str, effect: str = "", remedy: str = "", trace: str = "") -> None:
        super().__init__(what, effect or KEPT, remedy)
        self.trace = trace


class PlanningRun(QObject):
    """One run in a process of its own; nothing heavy happens on the thread that made it.

    ``progressed`` carries a ``Progress``, ``finished`` the ``Proposal``, ``failed`` a ``PlanningError``.
    Exactly one of ``finished``, ``failed`` and ``cancelled`` is emitted, last.
    """

    progressed = Signal(object)
    finished = Signal(object)
    failed = Signal(object)
    cancelled = Signal()
    _told = Signal(object)

    def __init__(self, request: PlanningRequest, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.running = True
        self.process_id: int | None = None
        self._request = request
        self._stopping, self._leaving = Event(), Event()
        self._told.connect(self._on_told, Qt.ConnectionType.QueuedConnection)
        self._thread = Thread(target=self._attend, name="排期", daemon=True)

    def start(self) -> None:
        """Begin; what happens is told by the signals."""
        self._thread.start()

    def stop(self) -> None:
        """Ask for the best plan so far; it comes as ``finished``."""
        self._stopping.set()

    def cancel(self) -> None:
        """End the run; nothing it says any more is heard."""
        self._leaving.set()
        if self.running:
            self.running = False
            self.cancelled.emit()

    def wait(self) -> None:
        """After ``cancel``: until the process is gone."""
        if self._thread.is_alive():
            self._thread.join(LONGEST)

    def _on_told(self, message: object) -> None:
        if not self.running:
            return
        if isinstance(message, Progress):
            self.progressed.emit(message)
            return
        self.running = False
        self._thread.join()  # telling this was the last thing it did
        if isinstance(message, Proposal):
            self.finished.emit(message)
        else:
            self.failed.emit(message)

    # on the thread of the run

    def _attend(self) -> None:
        """Start the process, pass its messages on, and see it out."""
        try:
            process, line = _started()
        except OSError:
            self._told.emit(PlanningError("自动排期的计算进程没能启动。", "", "请关闭一些程序后再试。"))
            return
        self.process_id = process.pid
        try:
            outcome = self._listen(line)
        except (EOFError, OSError):
            process.join(5.0)  # its end of the line is closed: it is as good as gone
            outcome = _broken(process.exitcode)
        process.kill()
        process.join()
        process.close()
        line.close()
        if not self._leaving.is_set():
            self._told.emit(outcome)

    def _listen(self, line: Connection) -> Proposal | PlanningError | None:
        """What the process answers in the end; None when nobody wants to know any more."""
        began = monotonic()
        line.send(self._request)
        asked = False
        while not self._leaving.is_set():
            spent = monotonic() - began
            if not asked and (self._stopping.is_set() or spent > LAST_CALL):
                line.send(STOP)
                asked = True
            if spent > LONGEST:
                return PlanningError(
                    f"{LONGEST:.0f} 秒内没有算出方案。", "", "请在条件里缩小范围后再试，或导出诊断。"
                )
            if line.poll(LISTEN_FOR):
                message = line.recv()
                if not isinstance(message, Progress):
                    return _outcome(message)
                self._told.emit(message)
        return None


def _started() -> tuple[SpawnProcess, Connection]:
    """A fresh interpreter that waits for a request, and the line to it."""
    from multiprocessing import get_context  # only needed from here on

    context = get_context("spawn")
    ours, theirs = context.Pipe()
    process = context.Process(target=serve, args=(theirs,), name="排期", daemon=True)
    process.start()
    theirs.close()
    return process, ours


def _outcome(message: Proposal | PlanningRefusal) -> Proposal | PlanningError:
    if isinstance(message, PlanningRefusal):
        remedy = message.remedy or ("请导出诊断，交给开发者。" if message.trace else "")
        return PlanningError(message.what, message.effect, remedy, message.trace)
    return message


def _broken(code: int | None) -> PlanningError:
    return PlanningError(
        "自动排期的计算进程意外结束了。", "", "可以再试一次；仍不行时请导出诊断。", f"exit code {code}"
    )
