"""专区内容的表单、会议上设专区、挪动专区时先问。"""

from __future__ import annotations

from datetime import date, datetime

import pytest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from gui.event.inspector.inspector import Inspector
from gui.event.zone_dialog import ZoneDialog
from gui.kit.page import Page
from gui.ledger.controller import ElsewhereAction, LedgerActions
from gui.session.landing import Landing, LandingJudge, land
from gui.session.messages import Bar
from gui.session.year_session import YearSession
from gui.shell.desk import FormDesk
from models import commands
from models.domain.events import EventStatus
from planners.results import Verdict
from planners.zones import ZonePoint, contents_of, zone_of

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support", extend=True)  # offscreen says so


@pytest.fixture
def desk(qtbot: QtBot, session: YearSession) -> FormDesk:
    window = QWidget()
    qtbot.addWidget(window)
    desk = FormDesk(session, window)
    session.remedies = desk.zones.remedies
    session.done.connect(desk.zones.look_at)
    return desk


def bars(session: YearSession) -> list[Bar]:
    found: list[Bar] = []
    session.messages.bar_requested.connect(found.append)
    return found


def test_the_four_points_are_stored_in_one_step_and_undone(qtbot: QtBot, session: YearSession) -> None:
    event = session.snapshot.event_by_key["A043"]
    form = ZoneDialog(session, event)
    qtbot.addWidget(form)
    assert "四点中还有 4 点没写" in form._note.text()
    form.points[ZonePoint.BACKGROUND].text.setPlainText("产业升级")
    form.points[ZonePoint.BACKGROUND].by.setText("区经委 王科长")
    form.leaflets.setPlainText("一图读懂\n\n一图读懂\n问答手册")
    form._on_accept()
    zone = contents_of(session.snapshot, "A043")
    assert zone is not None
    assert (zone.background, zone.background_by, zone.leaflets) == (
        "产业升级", "区经委 王科长", ("一图读懂", "问答手册"),
    )  # fmt: skip
    again = ZoneDialog(session, event)
    qtbot.addWidget(again)
    assert again.entered() == zone
    for edit in again.points.values():
        edit.text.clear()
        edit.by.clear()
    again.leaflets.clear()
    again._on_accept()
    assert session.snapshot.zones == ()
    session.undo()
    session.undo()
    assert session.snapshot.zones == ()


def test_leaving_with_words_asks_once(qtbot: QtBot, session: YearSession) -> None:
    form = ZoneDialog(session, session.snapshot.event_by_key["A043"])
    qtbot.addWidget(form)
    form.show()
    form.points[ZonePoint.BASIS].text.setPlainText("依据")
    form.reject()
    assert form.isVisible()
    assert form.refusal_text() == "填写的内容还没有保存。"
    form.reject()
    assert not form.isVisible()
    assert session.snapshot.zones == ()


def test_too_long_a_point_is_refused(qtbot: QtBot, session: YearSession) -> None:
    form = ZoneDialog(session, session.snapshot.event_by_key["A043"])
    qtbot.addWidget(form)
    form.points[ZonePoint.BASIS].text.setPlainText("长" * 2001)
    form._on_accept()
    assert "“决策依据”太长" in form.refusal_text()


def test_a_zone_is_set_up_at_a_meeting_like_it(session: YearSession, desk: FormDesk) -> None:
    session.attempt(commands.delete_event, 2027, "A044")
    key = desk.zones.set_up("H044")
    assert key is not None
    zone, host = session.snapshot.event_by_key[key], session.snapshot.event_by_key["H044"]
    assert (zone.starts_at, zone.place, zone.host_event) == (host.starts_at, host.place, "H044")
    assert desk.zones.set_up("H044") == key
    assert not [
        f for f in session.check.findings if f.situation == "host_without_zone" and "H044" in f.events
    ]
    session.undo()
    assert zone_of(session.snapshot, "H044") is None


def test_moving_a_zone_away_is_refused_and_the_meeting_offered(session: YearSession, desk: FormDesk) -> None:
    assert desk is not None
    shown = bars(session)
    session.perform(commands.move_event, 2027, "A043", datetime(2027, 6, 28, 10))
    assert shown[-1].kind == "danger"
    assert [action.label for action in shown[-1].actions] == ["连同会议移到6月28日"]
    assert session.snapshot.event_by_key["A043"].day == session.snapshot.event_by_key["H043"].day
    shown[-1].actions[0].run()
    moved = {key: session.snapshot.event_by_key[key].starts_at for key in ("A043", "H043")}
    assert set(moved.values()) == {datetime(2027, 6, 28, 10)}
    session.undo()
    assert session.snapshot.event_by_key["H043"].starts_at == datetime(2027, 6, 25, 10)


def test_a_zone_with_its_own_time_is_asked_about(session: YearSession, desk: FormDesk) -> None:
    zone = session.snapshot.event_by_key["A043"]
    session.attempt(commands.change_event, 2027, zone._replace(starts_at=datetime(2027, 6, 25, 11)))
    shown = bars(session)
    session.perform(commands.move_event, 2027, "H043", datetime(2027, 6, 29, 14))
    assert session.snapshot.event_by_key["A043"].starts_at == datetime(2027, 6, 29, 15)
    assert "原来有自己的时间" in shown[-1].text
    wanted: list[str] = []
    desk.zones.event_requested.disconnect()
    desk.zones.event_requested.connect(wanted.append)
    shown[-1].actions[2].run()
    shown[-1].actions[1].run()
    assert wanted == ["A043"]
    after = session.snapshot.event_by_key
    assert (after["A043"].starts_at, after["A043"].ends_at) == (
        after["H043"].starts_at,
        after["H043"].ends_at,
    )


def test_a_zone_at_the_meetings_time_goes_along_without_a_question(
    session: YearSession, desk: FormDesk
) -> None:
    assert desk is not None
    shown = bars(session)
    session.perform(commands.move_event, 2027, "H043", datetime(2027, 6, 29, 14))
    assert shown == []
    session.perform(commands.set_event_status, 2027, "H043", EventStatus.POSTPONED, "天气")
    assert session.snapshot.event_by_key["A043"].status is EventStatus.POSTPONED


def test_the_inspector_tells_of_the_zone_and_asks_for_its_contents(
    qtbot: QtBot, session: YearSession
) -> None:
    inspector = Inspector(session)
    qtbot.addWidget(inspector)
    asked: list[str] = []
    inspector.zone_requested.connect(asked.append)
    inspector.show_event("A043")
    assert inspector.zone.isVisibleTo(inspector)
    assert any("还没写：政策背景" in text for text in inspector.zone.texts())
    inspector.zone.open_button.click()
    inspector.show_event("H044")
    assert inspector.zone.texts()[0].startswith("专区“科创金融”")
    session.attempt(commands.delete_event, 2027, "A044")
    inspector.show_event("H044")
    assert inspector.zone.texts() == ("会议上还没有“科创问政”专区",)
    assert inspector.zone.open_button.text() == "设置专区…"
    inspector.show_event("A001")
    assert not inspector.zone.isVisibleTo(inspector)
    assert asked == ["A043"]


def test_the_ledger_menu_offers_contents_or_setting_up(qtbot: QtBot, session: YearSession) -> None:
    page = Page()
    qtbot.addWidget(page)
    acts = LedgerActions(session, page)
    by_key = session.snapshot.event_by_key
    assert acts._zone_places(by_key["A043"]) == [ElsewhereAction.ZONE]
    assert acts._zone_places(by_key["H043"]) == [ElsewhereAction.ZONE]
    assert acts._zone_places(by_key["A001"]) == []
    session.attempt(commands.delete_event, 2027, "A044")
    assert acts._zone_places(by_key["H044"]) == [ElsewhereAction.SET_UP]


def test_on_the_calendar_a_zone_asks_and_takes_its_meeting_along(session: YearSession) -> None:
    zone = session.snapshot.event_by_key["A044"]
    judge = LandingJudge(session, zone)
    day = date(2027, 9, 29)
    assert judge.verdict(day).verdict is Verdict.AVOID
    assert "会议“政策宣讲”一并移到这天" in judge.verdict(day).reasons
    land(session, zone, judge.after(Landing(day)))
    moved = session.snapshot.event_by_key
    assert (moved["A044"].day, moved["H044"].day) == (day, day)
    session.undo()
    assert session.snapshot.event_by_key["A044"] == zone
    host = LandingJudge(session, session.snapshot.event_by_key["H044"])
    assert any("专区 1 个随同" in line.words for line in host.lines(Landing(day)))
