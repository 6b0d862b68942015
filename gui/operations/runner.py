"""后台：取值去做，交值回来；等得久了让人看见，并且能停。"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from threading import Event
from typing import Any

from PySide6.QtCore import QObject, QRunnable, QThreadPool, QTimer, Signal

from gui.messages import Action, Messages
from models.domain.errors import UserError

SKELETON_AFTER = 300
BAR_AFTER = 1000


class Cancelled(UserError):
    """The user stopped the work; nothing was changed."""


class Progress(QObject):
    """Given to the work: it reports how far it is and stops where the user wants it to."""

    reported = Signal(int, int)

    def __init__(self) -> None:
        super().__init__()
        self._stop = Event()

    @property
    def cancelled(self) -> bool:
        """Whether the user wants the work to stop."""
        return self._stop.is_set()

    def cancel(self) -> None:
        """Ask the work to stop at its next ``step``."""
        self._stop.set()

    def step(self, done: int, total: int) -> None:
        """Report ``done`` of ``total``; raises ``Cancelled`` when the work is to stop."""
        if self._stop.is_set():
            raise Cancelled("已停止。", "没有改动。")
        self.reported.emit(done, total)


Work = Callable[[Progress], Any]


class Job(QObject):
    """One piece of work under way. Signals arrive on the thread that started it."""

    finished = Signal(object)
    failed = Signal(object)
    slow = Signal()
    """Emitted after 0.3 s: show a skeleton."""

    def __init__(self, title: str, parent: QObject) -> None:
        super().__init__(parent)
        self.title = title
        self.progress = Progress()
        self.running = True


class _Runnable(QRunnable):
    def __init__(self, work: Work, job: Job) -> None:
        super().__init__()
        self._work = work
        self._job = job

    def run(self) -> None:
        try:
            result = self._work(self._job.progress)
        except BaseException as error:  # noqa: BLE001  raised again on the main thread, where it is shown
            self._job.failed.emit(error)
        else:
            self._job.finished.emit(result)


class Runner(QObject):
    """Runs work in the background, one main-thread call at the end.

    Work takes values and returns values: no database, no widget. After one second a bar with
    停止 is shown. A ``UserError`` becomes a message; anything else is raised on the main thread.
    """

    def __init__(self, messages: Messages, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._messages = messages
        self._pool = QThreadPool(self)
        self._pool.setMaxThreadCount(2)
        self._jobs: list[Job] = []

    @property
    def busy(self) -> bool:
        """Whether any work is under way."""
        return bool(self._jobs)

    def run(
        self,
        title: str,
        work: Work,
        done: Callable[[Any], object],
        *,
        failed: Callable[[UserError], object] | None = None,
    ) -> Job:
        """Start ``work``; ``done(result)`` is called on this thread, ``failed(error)`` for a UserError."""
        job = Job(title, self)
        self._jobs.append(job)
        job.finished.connect(partial(self._on_finished, job, done))
        job.failed.connect(partial(self._on_failed, job, failed or self._messages.error))
        QTimer.singleShot(SKELETON_AFTER, job, partial(self._on_slow, job))
        QTimer.singleShot(BAR_AFTER, job, partial(self._on_very_slow, job))
        self._pool.start(_Runnable(work, job))
        return job

    def wait(self) -> None:
        """Stop what is under way and wait for it: at the end of the program."""
        for job in self._jobs:
            job.progress.cancel()
        self._pool.waitForDone(5000)

    def _on_slow(self, job: Job) -> None:
        if job.running:
            job.slow.emit()

    def _on_very_slow(self, job: Job) -> None:
        if job.running:
            stop = Action("停止", job.progress.cancel)
            self._messages.bar("info", f"正在{job.title}……", [stop], topic=self._topic(job), closable=False)

    def _on_finished(self, job: Job, done: Callable[[Any], object], result: object) -> None:
        self._end(job)
        if not job.progress.cancelled:
            done(result)

    def _on_failed(self, job: Job, failed: Callable[[UserError], object], error: BaseException) -> None:
        self._end(job)
        if isinstance(error, Cancelled):
            self._messages.toast(f"已停止{job.title}，没有改动")
        elif isinstance(error, UserError):
            failed(error)
        else:
            raise error

    def _end(self, job: Job) -> None:
        job.running = False
        self._messages.withdraw(self._topic(job))
        self._jobs.remove(job)
        job.deleteLater()

    @staticmethod
    def _topic(job: Job) -> str:
        return f"job-{id(job)}"
