"""单处建议：一格缺的一场怎么补，问排期的同一个核心；答案记到年度再变为止，急的在后台一处一处先问好。"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date, timedelta
from functools import partial
from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import QObject, QTimer, Signal

from gui.session.runner import Runner, RunProgress
from gui.session.year_session import YearSession
from models.domain.rules import RuleSet
from models.domain.snapshot import YearSnapshot
from planners.results import Cell, DayVerdict, Verdict, YearCheck

if TYPE_CHECKING:
    from planners.proposals import Conditions, Entry, Open

PAUSE = 400
"""Milliseconds without a change before the background begins to think; the start of the window is over then."""

Place = tuple[str, date, str | None]
"""What names a cell whatever its numbers are: rule, first day, group."""


class Question(NamedTuple):
    """What an answer depends on, beside the cell."""

    snapshot: YearSnapshot
    today: date
    ruleset: RuleSet
    conditions: Conditions

    def is_about(self, other: Question) -> bool:
        """Whether the same is asked of the same year."""
        same_year = self.snapshot is other.snapshot and self.today == other.today
        return same_year and self.conditions == other.conditions

    def answer(self, cell: Cell) -> Entry | Open:
        """What the planner proposes for ``cell``."""
        from planners.autoplan.planning import propose_one  # the window need not wait for it

        return propose_one(self.snapshot, self.today, self.ruleset, cell, self.conditions)


class Suggestions(QObject):
    """What the planner proposes for single cells of the open year. ``found``: ``prepare`` has new answers.

    ``conditions`` gives what the user asks of every plan of the year.
    """

    found = Signal()

    def __init__(
        self,
        session: YearSession,
        conditions: Callable[[], Conditions] | None = None,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._session = session
        self._conditions = conditions or _nothing_asked
        self._runner = Runner(session.messages, self)
        self._question: Question | None = None
        self._answers: dict[Place, Entry | Open] = {}
        self._former: dict[Place, Entry | Open] = {}
        self._looks: dict[Place, DayVerdict | None] = {}
        self._wanted: tuple[Cell, ...] = ()
        self._is_due = False
        """Whether more was asked for while an answer was being found."""
        self._pause = QTimer(self, singleShot=True, interval=PAUSE)
        self._pause.timeout.connect(self._begin)

    def at(self, cell: Cell | None) -> Entry | None:
        """What to do about ``cell``; None where it lacks nothing, or nothing can be done."""
        if cell is None or not can_be_filled(cell):
            return None
        return _entry(self.answer(cell))

    def answer(self, cell: Cell) -> Entry | Open:
        """What to do about ``cell``, or why nothing can be done."""
        question, place = self._look_again(), place_of(cell)
        if place not in self._answers:
            self._answers[place] = question.answer(cell)
        return self._answers[place]

    def known(self, cell: Cell) -> Entry | None:
        """Like ``at`` without any thinking: the answer that is there, else that of a moment ago, else None."""
        if self._question is None:
            return None
        self._look_again()
        place = place_of(cell)
        return _entry(self._answers.get(place) or self._former.get(place))

    def reply(self, cell: Cell) -> Entry | Open | None:
        """What is known about ``cell`` without any thinking; None while it is not."""
        self._look_again()
        return self._answers.get(place_of(cell))

    def first_look(self, cell: Cell) -> DayVerdict | None:
        """The day that looks best at once, judged by itself: what to say until the planner has answered.

        None where no day of the period looks good or fair.
        """
        question, place = self._look_again(), place_of(cell)
        if place not in self._looks:
            self._looks[place] = _best_day(question, self._session.check, cell)
        return self._looks[place]

    def hurry(self, cells: Iterable[Cell]) -> None:
        """Find the answers for ``cells`` before all others that are wanted, at once: somebody waits for them."""
        first = tuple(cells)
        places = {place_of(cell) for cell in first}
        self._wanted = (*first, *(cell for cell in self._wanted if place_of(cell) not in places))
        self._pause.start(0)

    def prepare(self, cells: Iterable[Cell]) -> None:
        """Find the answers for ``cells`` in the background, one after another, as soon as the user lets go."""
        self._wanted = tuple(cells)
        self._pause.start(PAUSE)

    def _begin(self) -> None:
        """Look for the first answer that is wanted; one at a time, so that the first is there soonest."""
        self._is_due = self._runner.busy
        if self._is_due or not self._session.has_year:
            return
        question = self._look_again()
        wanted = (c for c in self._wanted if can_be_filled(c) and place_of(c) not in self._answers)
        if (cell := next(wanted, None)) is not None:
            work, done = partial(_answer, question, cell), partial(self._take, question)
            self._runner.run("找建议", work, done, quiet=True)

    def wait(self) -> None:
        """Afterwards nothing is looked for in the background."""
        self._pause.stop()
        self._runner.wait()

    def _take(self, question: Question, found: tuple[Place, Entry | Open]) -> None:
        current = self._session.has_year and self._look_again() is question
        if current:
            place, answer = found
            self._answers[place] = answer
            self._former.pop(place, None)
            self.found.emit()
        if current or self._is_due:
            self._begin()

    def _look_again(self) -> Question:
        """What is asked now; the answers of another question are forgotten."""
        session = self._session
        now = Question(session.snapshot, session.today, session.ruleset, self._conditions())
        if self._question is None or not self._question.is_about(now):
            self._question, self._former, self._answers = now, self._former | self._answers, {}
            self._looks = {}
        return self._question


def _nothing_asked() -> Conditions:
    from planners.proposals import Conditions  # the window need not wait for it

    return Conditions()


def _entry(answer: Entry | Open | None) -> Entry | None:
    from planners.proposals import Entry

    return answer if isinstance(answer, Entry) else None


def can_be_filled(cell: Cell) -> bool:
    """Whether ``cell`` lacks an event that can still be planned."""
    return cell.state.is_mendable and bool(cell.shortfall)


def place_of(cell: Cell) -> Place:
    """What names ``cell``."""
    return cell.rule, cell.first, cell.group


def _answer(question: Question, cell: Cell, _: RunProgress) -> tuple[Place, Entry | Open]:
    return place_of(cell), question.answer(cell)


def _best_day(question: Question, check: YearCheck, cell: Cell) -> DayVerdict | None:
    from planners.suggest import Demand, Judge  # the window need not wait for it

    rule = question.ruleset.rule(cell.rule)
    if not rule.campaigns:
        return None
    first = max(cell.first, question.today + timedelta(days=1))
    judge = Judge(question.snapshot, check, Demand(rule.campaigns[0], None, cell.group))
    best = judge.best(first, cell.last + timedelta(days=1)) if first <= cell.last else None
    return best if best is not None and best.verdict in (Verdict.GOOD, Verdict.FAIR) else None
