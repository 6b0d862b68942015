"""取舍：按期限排，勾选即时见效，年度变了过时的退下，采纳是一步。"""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest
from pytestqt.qtbot import QtBot

from gui.planning.proposal.choices import Choices
from gui.session.year_session import YearSession
from models import commands
from models.domain.events import Campaign, EventStatus
from models.domain.snapshot import ItemKind
from models.domain.year import BlockedPeriod
from planners.proposals_stale import Staleness
from tests.gui.planning.proposal import factories

LABELS = [
    "公开讲堂 · 6月", "校区 · 初中 · 三季度", "走进社区 · 11月", "公开讲堂 · 11月", "校区 · 高中 · 四季度",
    "园区 · 四季度", "开放月 · 8月11日",
]  # fmt: skip
JUNE, JUNIOR, COMMUNITY, LECTURE, SENIOR, PARK, OPEN_MONTH = range(7)


@pytest.fixture
def choices(session: YearSession) -> Choices:
    return Choices(session, factories.proposal(session.snapshot))


def test_rows_stand_by_deadline_and_what_fills_no_period_last(choices: Choices) -> None:
    assert [row.entry.label for row in choices.rows] == LABELS


def test_what_needs_a_person_comes_unticked(choices: Choices) -> None:
    assert [row.entry.label for row in choices.rows if not row.ticked] == ["园区 · 四季度"]


def test_the_year_after_follows_every_tick(choices: Choices, qtbot: QtBot) -> None:
    assert (choices.after()[1].summary.planned, choices.after()[1].summary.gap) == (20, 1)
    with qtbot.waitSignal(choices.changed):
        choices.tick(COMMUNITY, on=False)
    assert (choices.after()[1].summary.planned, choices.after()[1].summary.gap) == (19, 2)


def test_drafts_do_not_count_and_a_moved_event_stays_planned(choices: Choices) -> None:
    choices.set_as_planned(on=False)
    assert choices.after()[1].summary.planned == 16
    after = {change.key: change.after for change in choices.changes(choices.ticked)}
    assert after["A007"].status is EventStatus.DRAFT
    assert after["A079"].status is EventStatus.PLANNED


def test_all_are_ticked_and_then_none(choices: Choices) -> None:
    choices.tick_all()
    assert len(choices.ticked) == 7
    choices.tick_all()
    assert choices.ticked == ()


def test_a_rejected_entry_cannot_be_ticked_until_it_is_restored(choices: Choices) -> None:
    choices.reject(COMMUNITY, on=True)
    choices.tick(COMMUNITY, on=True)
    choices.tick_all()
    assert (choices.row(COMMUNITY).ticked, len(choices.acceptable)) == (False, 6)
    choices.reject(COMMUNITY, on=False)
    assert choices.row(COMMUNITY).ticked


def test_another_day_gives_reasons_for_it_and_unlocks(choices: Choices) -> None:
    choices.lock(COMMUNITY, on=True)
    choices.move_to(COMMUNITY, date(2027, 11, 25))
    row = choices.row(COMMUNITY)
    assert row.entry.event is not None
    assert (row.entry.event.starts_at, row.locked) == (datetime(2027, 11, 25, 9), False)
    assert "距上一场 41 天、下一场 8 天" in row.entry.reasons[1].text


def test_an_event_changed_meanwhile_takes_its_row_out(choices: Choices, session: YearSession) -> None:
    event = session.snapshot.event_by_key["A079"]
    session.attempt(commands.change_event, 2027, event._replace(title="另一个名字"))
    row = choices.row(OPEN_MONTH)
    assert (row.ticked, row.can_be_ticked, row.objections[0].kind) == (False, False, Staleness.CHANGED)
    choices.tick(OPEN_MONTH, on=True)
    assert not choices.row(OPEN_MONTH).ticked
    assert choices.row(JUNE).ticked


def test_a_gap_filled_meanwhile_unticks_its_row_but_a_person_may_tick_it(
    choices: Choices, session: YearSession
) -> None:
    lecture = session.snapshot.event_by_key["A012"]
    starts = datetime(2027, 11, 3, 14)
    added = lecture._replace(key="X1", starts_at=starts, ends_at=starts + timedelta(hours=2))
    session.attempt(commands.add_event, 2027, added)
    row = choices.row(LECTURE)
    assert (row.ticked, [o.text for o in row.objections]) == (False, ["“公开讲堂 · 11月”已不缺。"])
    choices.tick(LECTURE, on=True)
    assert choices.row(LECTURE).ticked


def test_a_day_blocked_meanwhile_unticks_its_row_until_another_day_is_chosen(
    choices: Choices, session: YearSession
) -> None:
    day = date(2027, 11, 18)
    blocked = BlockedPeriod("b9", day, day, "区里大会", campaigns=(Campaign.COMMUNITY,))
    session.attempt(commands.put_item, 2027, ItemKind.BLOCKED, blocked)
    assert choices.row(COMMUNITY).objections[0].text == "11月18日停排（区里大会）。"
    choices.move_to(COMMUNITY, date(2027, 11, 25))
    assert choices.row(COMMUNITY).objections == ()


def test_a_change_that_concerns_no_entry_marks_nothing(choices: Choices, session: YearSession) -> None:
    event = session.snapshot.event_by_key["A012"]
    session.attempt(commands.change_event, 2027, event._replace(note="主讲人已定"))
    assert not any(row.is_stale for row in choices.rows)
    assert len(choices.ticked) == 6


def test_a_proposal_of_an_older_revision_is_judged_when_it_is_shown(session: YearSession) -> None:
    proposal = factories.proposal(session.snapshot)
    event = session.snapshot.event_by_key["A007"]
    session.attempt(commands.change_event, 2027, event._replace(note="改过"))
    late = Choices(session, proposal)
    assert [row.entry.label for row in late.rows if row.is_stale] == ["公开讲堂 · 6月"]


def test_locked_days_are_stored_as_locked(choices: Choices) -> None:
    choices.lock(COMMUNITY, on=True)
    pinned = {change.key for change in choices.changes(choices.ticked) if change.after.pinned}
    assert pinned == {"E9004"}
