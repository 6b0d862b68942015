"""计入规则：改之前就说清计入哪里、哪些周期变差、和谁冲突。"""

from __future__ import annotations

from datetime import date, datetime

from pytestqt.qtbot import QtBot

from gui.event.day_words import day_words, likely_day
from gui.event.dialog import EventDialog
from gui.event.reason_dialogs import StatusReasonDialog
from gui.session.rule_effect import effect_words, rule_effect
from gui.session.year_session import YearSession
from models.domain.events import Campaign, EventStatus


def test_a_new_lecture_counts_in_its_month(qtbot: QtBot, session: YearSession) -> None:
    dialog = EventDialog(session, campaign=Campaign.LECTURE, day=date(2027, 6, 23))
    qtbot.addWidget(dialog)
    assert dialog.rules.texts == ("公开讲堂 · 6月　1/1 未确认（有风险）",)


def test_a_draft_counts_nowhere_and_the_form_says_so(qtbot: QtBot, session: YearSession) -> None:
    dialog = EventDialog(session, campaign=Campaign.LECTURE, day=date(2027, 6, 23))
    qtbot.addWidget(dialog)
    dialog.fields.status.control.choose(EventStatus.DRAFT)
    qtbot.waitUntil(lambda: dialog.rules.texts == ("这样填写不计入刚性规则",))


def test_moving_the_only_event_out_of_its_month_is_told_beforehand(session: YearSession) -> None:
    event = session.snapshot.event_by_key["A027"]
    later = event._replace(starts_at=datetime(2027, 8, 18, 9), ends_at=datetime(2027, 8, 18, 11))
    assert effect_words(session, later) == "走进社区 · 6月 将变为 0/1（有风险），剩余 12 个工作日"


def test_an_event_that_nothing_depends_on_worsens_nothing(session: YearSession) -> None:
    event = session.snapshot.event_by_key["A027"]
    assert rule_effect(session, event._replace(title="民法典进社区")).worsened == ()


def test_the_same_unit_at_the_same_time_is_a_conflict_of_the_form(session: YearSession) -> None:
    event = session.snapshot.event_by_key["A027"]
    twin = event._replace(key="E9999", title="另一场", short="另一场")
    assert len(rule_effect(session, event).conflicts) == 0
    assert any("区司法局" in words for words in rule_effect(session, twin).conflicts)


def test_what_postponing_does_is_shown_before_it_is_confirmed(qtbot: QtBot, session: YearSession) -> None:
    event = session.snapshot.event_by_key["A027"]
    dialog = StatusReasonDialog(session, event, EventStatus.POSTPONED)
    qtbot.addWidget(dialog)
    waiting = dialog.effect.texts
    dialog.when.choose(True)
    assert waiting == ("延期后 走进社区 · 6月 将变为 0/1（有风险），剩余 12 个工作日。",)
    assert dialog.effect.texts == ("延期不影响刚性规则。",)


def test_postponing_to_another_day_moves_the_event_with_its_reason(
    qtbot: QtBot, session: YearSession
) -> None:
    event = session.snapshot.event_by_key["A027"]
    dialog = StatusReasonDialog(session, event, EventStatus.POSTPONED)
    qtbot.addWidget(dialog)
    dialog.when.choose(True)
    dialog.day.setDate(date(2027, 6, 24))
    dialog.reason.setCurrentText("场地另有安排")
    dialog.accept_button.click()
    moved = session.snapshot.event_by_key["A027"]
    assert (moved.starts_at, moved.status, moved.status_reason) == (
        datetime(2027, 6, 24, 9), EventStatus.CONFIRMED, "场地另有安排",
    )  # fmt: skip
    assert session.undo_title == "移动“民法典”到6月24日"


def test_the_day_is_named_for_what_it_is(session: YearSession) -> None:
    event = session.snapshot.event_by_key["A027"]
    sunday = event._replace(starts_at=datetime(2027, 6, 20, 9))
    holiday = event._replace(starts_at=datetime(2027, 10, 1, 9))
    assert day_words(session, sunday)[0].startswith("周末，休息日")
    assert day_words(session, holiday)[0].startswith("国庆，休息日")
    assert {day_words(session, e)[1] for e in (sunday, holiday)} == {"warning"}


def test_a_new_event_starts_on_a_day_that_suits(session: YearSession) -> None:
    day = likely_day(session, Campaign.LECTURE, None)
    assert day is not None
    assert date(2027, 6, 15) < day <= date(2027, 7, 16)
    assert day.weekday() < 5


def test_a_school_break_is_said_where_it_matters(session: YearSession) -> None:
    event = next(e for e in session.snapshot.events if e.campaign is Campaign.CAMPUS and e.day)
    july = event._replace(starts_at=datetime(2027, 7, 1, 9), ends_at=datetime(2027, 7, 1, 10))
    lecture = july._replace(campaign=Campaign.LECTURE)
    assert "学校放假" in day_words(session, july)[0] or "停排" in day_words(session, july)[0]
    assert day_words(session, july)[1] == "warning"
    assert "学校放假" not in day_words(session, lecture)[0]


def test_a_day_that_is_proposed_is_shown_and_taken(session: YearSession, qtbot: QtBot) -> None:
    event = session.snapshot.event_by_key["A008"]
    dialog = StatusReasonDialog(session, event, EventStatus.POSTPONED, day=date(2027, 9, 8))
    qtbot.addWidget(dialog)
    assert dialog.when.value() is True
    assert dialog.day.date().toPython() == date(2027, 9, 8)
    assert dialog.effect.texts[0].startswith("延期后 公开讲堂 · 7月 将变为 0/1")
    dialog.reason.setCurrentText("场地另有安排")
    dialog.accept_button.click()
    moved = session.snapshot.event_by_key["A008"]
    assert (moved.day, moved.status_reason) == (date(2027, 9, 8), "场地另有安排")
