"""排期子进程里的一半：收下一份请求，算，边算边报；不引入 Qt，不碰数据文件。"""

from __future__ import annotations

import os
import signal
from collections.abc import Callable
from contextlib import suppress
from datetime import date
from importlib import import_module
from time import monotonic
from typing import TYPE_CHECKING, Any, NamedTuple

from models.domain.errors import UserError
from models.domain.rules import RuleSet
from models.domain.snapshot import YearSnapshot
from planners.proposals import Conditions, Progress, Proposal

if TYPE_CHECKING:
    from multiprocessing.connection import Connection

PLANNER = "planners.autoplan.planning:plan_year"
STOP = "stop"
LOOK_EVERY = 0.02
"""Seconds between two looks for the word to stop."""
TELL_EVERY = 0.1
"""Seconds between two reports of the same step that bring no better plan."""
POLITENESS = 5
"""The window goes first where the processor is short."""


class PlanningRequest(NamedTuple):
    """Everything a run needs; ``planner`` is the function as ``module:name``."""

    snapshot: YearSnapshot
    today: date
    ruleset: RuleSet
    conditions: Conditions
    planner: str = PLANNER


class PlanningRefusal(NamedTuple):
    """Why there is no proposal; ``trace``: places in the program where it is a fault of the program."""

    what: str
    effect: str = ""
    remedy: str = ""
    trace: str = ""


def serve(connection: Connection) -> None:
    """Answer the one request that comes through ``connection`` with a proposal or a refusal.

    Ends without a word when the other side is gone.
    """
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl+C is for the window, which ends this process
    if hasattr(os, "nice"):
        os.nice(POLITENESS)
    with suppress(EOFError, OSError):
        connection.send(_answer(connection.recv(), _Line(connection)))


def _answer(request: PlanningRequest, line: _Line) -> Proposal | PlanningRefusal:
    try:
        plan = function_called(request.planner)
        made: Proposal = plan(
            request.snapshot,
            request.today,
            request.ruleset,
            request.conditions,
            report=line.report,
            stop=line.stop,
        )
    except UserError as error:
        return PlanningRefusal(error.what, error.effect, error.remedy)
    except OSError:
        raise
    except Exception as error:  # noqa: BLE001  told on the other side
        from gui.services.logs import trace_words

        return PlanningRefusal(
            "自动排期算到一半出错了。", trace=trace_words(type(error), error.__traceback__)
        )
    return made


def function_called(name: str) -> Callable[..., Any]:
    """The function called ``module:name``."""
    module, _, function = name.partition(":")
    found: Callable[..., Any] = getattr(import_module(module), function)
    return found


class _Line:
    """The way back to the window: what is reported, and whether to stop. Both cost next to nothing."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._stopping = False
        self._look_at = 0.0
        self._tell_at = 0.0
        self._told: Progress | None = None

    def report(self, progress: Progress) -> None:
        """Tell ``progress`` where it is a new step or a better plan, else ten times a second."""
        now, told = monotonic(), self._told
        same = told is not None and (told.step, told.open_demands) == (progress.step, progress.open_demands)
        if same and now < self._tell_at:
            return
        self._told, self._tell_at = progress, now + TELL_EVERY
        self._connection.send(progress)

    def stop(self) -> bool:
        """Whether the best plan so far is wanted now; also when nobody is there any more."""
        now = monotonic()
        if not self._stopping and now >= self._look_at:
            self._look_at = now + LOOK_EVERY
            try:
                self._stopping = self._connection.poll() and self._connection.recv() == STOP
            except (EOFError, OSError):
                self._stopping = True
        return self._stopping
