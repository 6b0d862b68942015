"""单处建议：同一个核心，问过就记住，年度一变就忘；急的在后台问好。"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from gui.session import suggestions as suggestions_module
from gui.session.event_actions import accept_entry, is_plain
from gui.session.suggestions import Question, Suggestions
from gui.session.year_session import YearSession
from models import commands
from models.domain.events import Campaign, EventStatus, SchoolStage
from models.domain.snapshot import ItemKind
from models.domain.year import BlockedPeriod
from planners.proposals import Conditions, Open, Way
from planners.results import Cell, Verdict
from tests.factories import cell
from tests.gui.overview.board_samples import sample_session
from tests.stores import filled_store

NEVER = 600_000
"""Milliseconds that outlast a test."""


@pytest.fixture
def session(qtbot: QtBot, tmp_path: Path) -> Iterator[YearSession]:
    del qtbot
    store = filled_store(tmp_path / "样例.db")
    yield sample_session(store)
    store.close()


def at(session: YearSession, rule: str, first: str, group: str | None = None) -> Cell:
    return cell(session.check, rule, first, group)


def test_the_missing_lecture_of_june_is_the_postponed_one_on_wednesday_the_23rd(session: YearSession) -> None:
    entry = Suggestions(session).at(at(session, "lecture.monthly", "2027-06-01"))
    assert (entry.way, entry.event.key, entry.event.day) == (Way.REVIVE, "A007", date(2027, 6, 23))
    assert not is_plain(entry)
    accept_entry(session, entry)
    event = session.snapshot.event_by_key["A007"]
    assert (event.day, event.status, event.status_reason) == (date(2027, 6, 23), EventStatus.PLANNED, "")


@pytest.mark.parametrize(
    ("rule", "first", "group"),
    [
        ("lecture.monthly", "2027-03-01", None),
        ("campus.stages", "2027-01-01", "高中"),
        ("campus.stages", "2027-04-01", "初中"),
    ],
)
def test_what_is_met_over_or_only_unconfirmed_gets_none(
    session: YearSession, rule: str, first: str, group: str | None
) -> None:
    assert Suggestions(session).at(at(session, rule, first, group)) is None


def test_every_single_suggestion_mends_its_cell(session: YearSession) -> None:
    suggestions = Suggestions(session)
    plain = [
        entry
        for one in session.check.cells
        if one.shortfall == 1 and (entry := suggestions.at(one)) is not None and is_plain(entry)
    ]
    assert len(plain) >= 4
    for entry in plain:
        target = entry.targets[0]
        accept_entry(session, entry)
        mended = at(session, target.rule, target.first.isoformat(), target.group)
        assert mended.shortfall == 0
        session.undo()


def test_a_new_school_visit_carries_its_stage(session: YearSession) -> None:
    entry = Suggestions(session).at(at(session, "campus.stages", "2027-07-01", "初中"))
    assert (entry.event.campaign, entry.event.stages) == (Campaign.CAMPUS, (SchoolStage.JUNIOR,))


def test_a_period_wholly_blocked_says_why(session: YearSession) -> None:
    blocked = BlockedPeriod(
        "b9", date(2027, 11, 1), date(2027, 11, 30), "装修", campaigns=(Campaign.LECTURE,)
    )
    session.perform(commands.put_item, 2027, ItemKind.BLOCKED, blocked)
    suggestions, november = Suggestions(session), at(session, "lecture.monthly", "2027-11-01")
    assert suggestions.at(november) is None
    answer = suggestions.answer(november)
    assert isinstance(answer, Open)
    assert answer.text


def test_days_that_the_conditions_leave_out_are_left_out(session: YearSession) -> None:
    november = at(session, "community.monthly", "2027-11-01")
    asked = Conditions()
    suggestions = Suggestions(session, lambda: asked)
    first = suggestions.at(november).event.day
    asked = Conditions(blocked=(first,))
    assert suggestions.at(november).event.day != first


def test_the_planner_is_asked_once_until_the_year_changes(
    session: YearSession, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[Cell] = []
    real = Question.answer

    def counted(question: Question, one: Cell) -> object:
        asked.append(one)
        return real(question, one)

    monkeypatch.setattr(suggestions_module.Question, "answer", counted)
    suggestions = Suggestions(session)
    november = at(session, "community.monthly", "2027-11-01")
    assert suggestions.at(november) is suggestions.at(november)
    assert len(asked) == 1
    session.perform(commands.set_quarter_theme, 2027, 4, "年终盘点")
    assert suggestions.known(november) is not None
    suggestions.at(at(session, "community.monthly", "2027-11-01"))
    assert len(asked) == 2


def test_what_is_prepared_is_known_without_waiting(qtbot: QtBot, session: YearSession) -> None:
    suggestions, june = Suggestions(session), at(session, "lecture.monthly", "2027-06-01")
    assert suggestions.known(june) is None
    with qtbot.waitSignal(suggestions.found):
        suggestions.prepare([june])
    assert suggestions.known(june).event.key == "A007"


def test_answers_about_a_year_that_has_changed_are_not_taken(
    qtbot: QtBot, session: YearSession, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(suggestions_module, "PAUSE", NEVER)
    suggestions, june = Suggestions(session), at(session, "lecture.monthly", "2027-06-01")
    suggestions.prepare([june])
    suggestions._begin()
    session.perform(commands.set_quarter_theme, 2027, 4, "年终盘点")
    qtbot.waitUntil(lambda: not suggestions._runner.busy)
    assert suggestions.known(june) is None


def short_cells(session: YearSession) -> list[Cell]:
    return [one for one in session.check.cells if suggestions_module.can_be_filled(one)]


def test_the_first_that_is_wanted_is_answered_before_the_others(qtbot: QtBot, session: YearSession) -> None:
    suggestions, cells = Suggestions(session), short_cells(session)
    assert len(cells) > 2
    known: list[list[bool]] = []
    suggestions.found.connect(lambda: known.append([suggestions.reply(one) is not None for one in cells]))
    suggestions.prepare(cells)
    qtbot.waitUntil(lambda: len(known) == len(cells))
    assert known == [[n <= turn for n in range(len(cells))] for turn in range(len(cells))]


def test_what_somebody_waits_for_comes_next_and_the_others_after_it(
    qtbot: QtBot, session: YearSession
) -> None:
    suggestions, cells = Suggestions(session), short_cells(session)
    order: list[Cell] = []

    def note() -> None:
        order.extend(one for one in cells if one not in order and suggestions.reply(one) is not None)

    suggestions.found.connect(note)
    suggestions.prepare(cells)
    suggestions._begin()
    suggestions.hurry([cells[-1]])
    qtbot.waitUntil(lambda: len(order) == len(cells))
    assert order == [cells[0], cells[-1], *cells[1:-1]]


def test_the_first_look_is_a_day_of_the_period_without_any_planning(
    session: YearSession, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(suggestions_module.Question, "answer", None)
    november = at(session, "lecture.monthly", "2027-11-01")
    looked = Suggestions(session).first_look(november)
    assert looked is not None
    assert november.first <= looked.day <= november.last
    assert looked.verdict in (Verdict.GOOD, Verdict.FAIR)


def test_a_period_wholly_blocked_has_no_first_look(session: YearSession) -> None:
    blocked = BlockedPeriod(
        "b9", date(2027, 11, 1), date(2027, 11, 30), "装修", campaigns=(Campaign.LECTURE,)
    )
    session.perform(commands.put_item, 2027, ItemKind.BLOCKED, blocked)
    assert Suggestions(session).first_look(at(session, "lecture.monthly", "2027-11-01")) is None
