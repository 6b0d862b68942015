"""后台：取值去做，交值回来；等得久了让人看见，并且能停。"""

from __future__ import annotations

import logging
from collections.abc import Callable
from contextlib import suppress
from threading import Event, Thread
from typing import Any

from PySide6.QtCore import QObject, Qt, QTimer, Signal, SignalInstance

from gui.services.logs import trace_words
from gui.session.messages import Action, Messages
from models.domain.errors import UserError

SKELETON_AFTER = 300
BAR_AFTER = 1000
LONGEST_WAIT = 5.0
"""Seconds that the end of the program waits for work to stop."""


class CancelledError(UserError):
    """The user stopped the work; nothing was changed."""


class RunProgress(QObject):
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
        """Report ``done`` of ``total``; raises ``CancelledError`` when the work is to stop."""
        if self._stop.is_set():
            raise CancelledError("已停止。", "没有改动。")
        self.reported.emit(done, total)


Work = Callable[[RunProgress], Any]


class Job(QObject):
    """One piece of work under way; whatever it calls is called on the thread that made it.

    ``slow`` is emitted after 0.3 s (show a skeleton), ``ended`` when it is over, however it went.
    """

    slow = Signal()
    ended = Signal()
    _returned = Signal(object)
    _raised = Signal(object)

    def __init__(
        self,
        title: str,
        done: Callable[[Any], object],
        failed: Callable[[UserError], object],
        messages: Messages,
        parent: QObject,
        *,
        quiet: bool = False,
    ) -> None:
        super().__init__(parent)
        self.title = title
        self.quiet = quiet
        self.progress = RunProgress()
        self.running = True
        self._takes_long, self._unit = False, ""
        self._done = done
        self._failed = failed
        self._messages = messages
        self._returned.connect(self._on_returned, Qt.ConnectionType.QueuedConnection)
        self._raised.connect(self._on_raised, Qt.ConnectionType.QueuedConnection)
        for delay, slot in ((SKELETON_AFTER, self._on_slow), (BAR_AFTER, self._on_very_slow)):
            QTimer.singleShot(delay, self, slot)

    def carry_out(self, work: Work) -> None:
        """Do the work, on whatever thread this is called."""
        try:
            result = work(self.progress)
        except BaseException as error:  # noqa: BLE001  raised again where it can be shown
            self._tell(self._raised, error)
        else:
            self._tell(self._returned, result)

    def _tell(self, told: SignalInstance, value: object) -> None:
        with suppress(RuntimeError):  # whoever wanted to know is gone
            told.emit(value)

    @property
    def topic(self) -> str:
        """The topic of the job's bar."""
        return f"job-{id(self)}"

    def _on_slow(self) -> None:
        if self.running:
            self.slow.emit()

    def _on_very_slow(self) -> None:
        self._takes_long = True
        if self.running and not self.quiet:
            self._show_bar("")

    def _show_bar(self, how_far: str) -> None:
        stop = Action("停止", self.progress.cancel)
        self._messages.bar("info", f"正在{self.title}……{how_far}", [stop], topic=self.topic, closable=False)

    def tell_steps(self, unit: str = "") -> None:
        """From now on the bar says how far the work is (3/12 页), once it takes long."""
        self._unit = unit
        self.progress.reported.connect(self._on_step, Qt.ConnectionType.QueuedConnection)

    def _on_step(self, done: int, total: int) -> None:
        if self.running and self._takes_long:
            self._show_bar(f"{done}/{total}{self._unit}")

    def _on_returned(self, result: object) -> None:
        self._end()
        if not self.progress.cancelled:
            self._done(result)
        elif not self.quiet:
            self._messages.toast(f"已停止{self.title}，没有改动")

    def _on_raised(self, error: BaseException) -> None:
        self._end()
        if self.quiet:
            logging.getLogger(__name__).error("%s", trace_words(type(error), error.__traceback__))
        elif isinstance(error, CancelledError):
            self._messages.toast(f"已停止{self.title}，没有改动")
        elif isinstance(error, UserError):
            self._failed(error)
        else:
            raise error

    def _end(self) -> None:
        self.running = False
        self._messages.withdraw(self.topic)
        self.ended.emit()


class Runner(QObject):
    """Runs work in the background: values in, values out, no database, no widget.

    After one second a bar with 停止 is shown. A ``UserError`` becomes a message; anything else is raised on
    the main thread. Nobody waits for ``quiet`` work: it shows nothing, and what goes wrong is only logged.
    """

    def __init__(self, messages: Messages, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._messages = messages
        self._jobs: list[tuple[Job, Thread]] = []

    @property
    def busy(self) -> bool:
        """Whether any work is under way."""
        return any(job.running for job, _ in self._jobs)

    def run(
        self,
        title: str,
        work: Work,
        done: Callable[[Any], object],
        *,
        failed: Callable[[UserError], object] | None = None,
        quiet: bool = False,
    ) -> Job:
        """Start ``work``; ``done(result)`` is called on this thread, ``failed(error)`` for a UserError."""
        job = Job(title, done, failed or self._messages.error, self._messages, self, quiet=quiet)
        thread = Thread(target=job.carry_out, args=(work,), name=title, daemon=True)
        self._jobs = [*(known for known in self._jobs if known[0].running), (job, thread)]
        thread.start()
        return job

    def wait(self) -> None:
        """Stop what is under way and wait for it: at the end of the program."""
        for job, thread in self._jobs:
            if job.running:
                job.progress.cancel()
                thread.join(LONGEST_WAIT)
