"""活动对话框：原样打开不改内容，缺什么当场说，保存是一步撤销。"""

from __future__ import annotations

from datetime import date, datetime, time

from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from exports.package import write_package
from gui.event.dialog import EventDialog, suggested_short
from gui.event.reason_dialogs import ExplainDialog, StatusReasonDialog
from gui.event.result_dialog import ResultDialog
from gui.session.year_session import YearSession
from models import commands
from models.domain.events import Campaign, Event, EventStatus, SchoolStage
from planners.results import CellState


def _kind(event: Event) -> tuple[object, ...]:
    """Of two events with the same campaign and state and the same fields filled, one is enough."""
    return (event.campaign, event.status, event.precision, *(bool(field) for field in event))


def test_opening_an_event_changes_nothing_of_it(qtbot: QtBot, session: YearSession) -> None:
    changed = []
    kinds = {_kind(event): event for event in session.snapshot.events}
    assert len(kinds) > 20
    for event in kinds.values():
        dialog = EventDialog(session, event)
        qtbot.addWidget(dialog)
        if dialog.entered() != event:
            changed.append(event.key)
    assert changed == []


def test_a_new_event_needs_a_title(qtbot: QtBot, session: YearSession) -> None:
    dialog = EventDialog(session, campaign=Campaign.LECTURE, day=date(2027, 6, 23))
    qtbot.addWidget(dialog)
    before = session.snapshot
    dialog.accept_button.click()
    assert (dialog.result(), session.snapshot.events) == (0, before.events)


def test_saving_adds_the_event_and_mends_the_cell_undo_takes_both_back(
    qtbot: QtBot, session: YearSession
) -> None:
    before = write_package(session.snapshot)
    dialog = EventDialog(session, campaign=Campaign.LECTURE, day=date(2027, 6, 23))
    qtbot.addWidget(dialog)
    dialog.fields.title.control.setText("消费维权公开课")
    dialog.fields.lead.control.setText("区市场监管局")
    dialog.accept_button.click()
    (june,) = [c for c in session.check.cells if c.rule == "lecture.monthly" and c.first.month == 6]
    (added,) = [e for e in session.snapshot.events if e.title == "消费维权公开课"]
    assert (june.forecast, june.state) == (1, CellState.AT_RISK)
    assert (added.short, added.starts_at, added.lead_units) == (
        "消费维权", datetime(2027, 6, 23, 14), ("区市场监管局",),
    )  # fmt: skip
    session.undo()
    assert write_package(session.snapshot) == before


def test_an_unknown_unit_is_named_and_nothing_is_saved(qtbot: QtBot, session: YearSession) -> None:
    dialog = EventDialog(session, campaign=Campaign.PARK, day=date(2027, 10, 14))
    qtbot.addWidget(dialog)
    dialog.fields.title.control.setText("惠企政策")
    dialog.fields.lead.control.setText("区没有局")
    before = session.snapshot.events
    dialog.accept_button.click()
    assert session.snapshot.events == before
    assert "区没有局" in dialog.refusal_text()


def test_an_alias_names_the_unit(qtbot: QtBot, session: YearSession) -> None:
    dialog = EventDialog(session, campaign=Campaign.LECTURE)
    qtbot.addWidget(dialog)
    dialog.fields.lead.control.setText("区人社局、区税务局")
    assert dialog.fields.lead.control.keys() == ("区人力资源社会保障局", "区税务局")


def test_a_school_event_starts_with_the_stage_of_its_row(qtbot: QtBot, session: YearSession) -> None:
    dialog = EventDialog(session, campaign=Campaign.CAMPUS, day=date(2027, 9, 8), group="初中")
    qtbot.addWidget(dialog)
    assert dialog.entered().stages == (SchoolStage.JUNIOR,)


def test_ctrl_enter_saves_from_any_field(qtbot: QtBot, session: YearSession) -> None:
    event = session.snapshot.event_by_key["A027"]
    dialog = EventDialog(session, event)
    qtbot.addWidget(dialog)
    dialog.fields.place.control.setText("高境镇社区学校")
    qtbot.keyClick(dialog.fields.place.control, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert session.snapshot.event_by_key["A027"].place == "高境镇社区学校"


def test_postponing_needs_a_reason_and_keeps_the_old_day_in_words(qtbot: QtBot, session: YearSession) -> None:
    dialog = StatusReasonDialog(session, session.snapshot.event_by_key["A027"], EventStatus.POSTPONED)
    qtbot.addWidget(dialog)
    dialog.accept_button.click()
    assert session.snapshot.event_by_key["A027"].status is EventStatus.CONFIRMED
    dialog.reason.setCurrentText("天气原因")
    dialog.accept_button.click()
    event = session.snapshot.event_by_key["A027"]
    assert (event.status, event.starts_at, event.status_reason) == (EventStatus.POSTPONED, None, "天气原因")
    assert "6月18日" in event.raw_time


def test_a_result_is_refused_before_the_day_and_recorded_after(qtbot: QtBot, session: YearSession) -> None:
    early = ResultDialog(session, session.snapshot.event_by_key["A017"])
    qtbot.addWidget(early)
    early.accept_button.click()
    assert session.snapshot.event_by_key["A017"].status is EventStatus.CONFIRMED
    session.attempt(commands.move_event, 2027, "A017", datetime(2027, 6, 10, 9))
    late = ResultDialog(session, session.snapshot.event_by_key["A017"])
    qtbot.addWidget(late)
    late.attended.setValue(42)
    late.accept_button.click()
    event = session.snapshot.event_by_key["A017"]
    assert (event.status, event.attended) == (EventStatus.HELD, 42)


def test_an_explanation_is_kept_and_the_cell_stays_overdue(qtbot: QtBot, session: YearSession) -> None:
    (missed,) = [c for c in session.check.cells if c.state is CellState.OVERDUE and c.rule == "campus.stages"]
    dialog = ExplainDialog(session, missed)
    qtbot.addWidget(dialog)
    dialog.reason.setPlainText("学校施工")
    dialog.accept_button.click()
    (after,) = [c for c in session.check.cells if c.state is CellState.OVERDUE and c.rule == "campus.stages"]
    assert after.reason == "学校施工"


def test_the_short_name_is_taken_from_the_first_words() -> None:
    assert [suggested_short(t) for t in ("“科创问政”专区", "开展普法宣传进社区", "")] == [
        "科创问政",
        "普法宣传",
        "",
    ]


def test_a_new_event_begins_at_the_hour_that_was_pointed_to(qtbot: QtBot, session: YearSession) -> None:
    ends = []
    for at in (time(10, 30), time(23)):
        dialog = EventDialog(session, campaign=Campaign.LECTURE, day=date(2027, 9, 8), at=at)
        qtbot.addWidget(dialog)
        entered = dialog.entered()
        assert entered.starts_at == datetime.combine(date(2027, 9, 8), at)
        ends.append(entered.ends_at)
    assert ends == [datetime(2027, 9, 8, 12, 30), datetime(2027, 9, 8, 23, 59)]
