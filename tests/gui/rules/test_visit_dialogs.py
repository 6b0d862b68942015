"""走进三区的表单：季度主题与定稿日、学校假期、街镇几年未去、一次走进几所学校。"""

from __future__ import annotations

from datetime import date, datetime

import pytest
from PySide6.QtGui import QGuiApplication
from pytestqt.qtbot import QtBot

from gui.event.day_words import day_words
from gui.event.dialog import EventDialog
from gui.event.inspector.inspector import Inspector
from gui.event.reason_dialogs import StatusReasonDialog
from gui.overview.theme_dialog import QuarterThemeDialog
from gui.rules.page import RulesPage
from gui.rules.terms_dialog import SchoolTermsDialog
from gui.rules.towns_dialog import TownsDialog
from gui.session.town_years import towns_of
from gui.session.year_session import YearSession
from models import commands
from models.domain.events import Campaign, EventStatus, SchoolStage
from models.domain.school_stages import BASIC_STAGES
from models.domain.snapshot import ItemKind
from planners.deadline_items import deadline_items
from planners.school_terms import SUMMER, WINTER
from planners.visits import left_out_towns
from tests.factories import event, year

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support", extend=True)  # offscreen says so


def campus(session: YearSession):  # type: ignore[no-untyped-def]
    """A school visit ahead, and two schools of different stages."""
    visit = next(
        e
        for e in session.snapshot.events
        if e.campaign is Campaign.CAMPUS and e.status is EventStatus.PLANNED
    )
    schools = {
        stage: next(s for s in session.snapshot.schools if stage in s.stages) for stage in BASIC_STAGES
    }
    return visit, schools[SchoolStage.PRIMARY], schools[SchoolStage.SENIOR]


def test_theme_and_day_of_the_plan_are_one_step_and_a_deadline(qtbot: QtBot, session: YearSession) -> None:
    before = session.snapshot.year_row
    form = QuarterThemeDialog(session, 4)
    qtbot.addWidget(form)
    form.plan.tick.setChecked(True)
    assert form.plan.value() == date(2027, 9, 17)
    form._on_accept()
    items = [i for i in deadline_items(session.snapshot, session.check) if i.key == "park.plan|4"]
    assert [(i.day, i.done, i.note) for i in items] == [(date(2027, 9, 17), False, "自定期限；主题未定")]
    again = QuarterThemeDialog(session, 4)
    qtbot.addWidget(again)
    again.theme.setText("税费优惠")
    again.plan.set_value(date(2027, 10, 8))
    assert "季度10月1日开始" in again._plan_row.remark.text()
    again._on_accept()
    assert session.snapshot.year_row.quarter_themes[3] == "税费优惠"
    session.undo()
    session.undo()
    assert session.snapshot.year_row == before


def test_neither_theme_nor_day_is_refused(qtbot: QtBot, session: YearSession) -> None:
    form = QuarterThemeDialog(session, 4)
    qtbot.addWidget(form)
    form._on_accept()
    assert "还没有填写主题" in form.refusal_text()


def test_entered_breaks_decide_by_day_and_say_which_visits_they_concern(
    qtbot: QtBot, session: YearSession
) -> None:
    visit, *_ = campus(session)
    day = date(2027, 7, 8)
    session.attempt(commands.remove_item, 2027, ItemKind.BLOCKED, "b1")
    session.attempt(commands.move_event, 2027, visit.key, datetime(2027, 7, 8, 15, 30))
    form = SchoolTermsDialog(session)
    qtbot.addWidget(form)
    assert f"7月8日“{visit.short or visit.title}”" in form._concerned.text()
    form.edits[SUMMER].known.setChecked(True)
    form.edits[SUMMER].first.setDate(date(2027, 7, 10))
    assert form._concerned.text() == "没有走进校区落在假期里。"
    form._on_accept()
    row = session.snapshot.year_row
    assert (row.setting(SUMMER), row.setting(WINTER)) == ("2027-07-10/2027-08-31", None)
    moved = session.snapshot.event_by_key[visit.key]
    assert "学校放假" not in day_words(session, moved)[0]
    session.undo()
    assert "学校放假：暑假（7月1日–8月31日，按月份估计）" in day_words(session, moved)[0]
    assert moved.day == day


def test_a_break_that_ends_before_it_begins_is_refused(qtbot: QtBot, session: YearSession) -> None:
    form = SchoolTermsDialog(session)
    qtbot.addWidget(form)
    form.edits[WINTER].known.setChecked(True)
    form.edits[WINTER].last.setDate(date(2027, 1, 2))
    form._on_accept()
    assert "寒假的结束日早于开始日" in form.refusal_text()


def test_towns_left_out_for_two_years_are_named_once_the_last_year_is_there(
    qtbot: QtBot, session: YearSession
) -> None:
    alone = TownsDialog(session)
    qtbot.addWidget(alone)
    assert alone.table.columnCount() == 3
    towns = [unit for unit in session.snapshot.units if unit.kind.value == "town"]
    visited = {t for e in session.snapshot.events if e.campaign is Campaign.COMMUNITY for t in e.towns}
    unvisited = [town for town in towns if town.key not in visited]
    held = event("community", "2026-04-01", towns=(unvisited[0].key,), status="held")
    last = year(held, number=2026, units=session.snapshot.units, venues=())
    session.attempt(commands.create_year, last)
    missing = [town.name for town in left_out_towns(towns_of(session))]
    assert missing == [town.name for town in unvisited[1:]]
    form = TownsDialog(session)
    qtbot.addWidget(form)
    assert form.table.columnCount() == 4
    form.copy.click()
    text = QGuiApplication.clipboard().text()
    assert "街镇\t2026年\t2027年" in text
    assert f"{unvisited[0].name}\t1\t0" in text
    form._on_accept()
    assert form.chosen == (missing[0] if missing else form.table.item(0, 0).text())


def test_one_visit_serves_several_schools_and_stages(qtbot: QtBot, session: YearSession) -> None:
    visit, primary, senior = campus(session)
    form = EventDialog(session, visit)
    qtbot.addWidget(form)
    form.fields.stages.control.set_values(())
    form.fields.schools.control.setText(f"{primary.name}、{senior.name}")
    form.fields.schools.control.editingFinished.emit()
    entered = form.entered()
    assert entered.schools == (primary.key, senior.key)
    assert set(entered.stages) >= {SchoolStage.PRIMARY, SchoolStage.SENIOR}
    form._on_accept()
    assert session.snapshot.event_by_key[visit.key].schools == (primary.key, senior.key)
    again = EventDialog(session, session.snapshot.event_by_key[visit.key])
    qtbot.addWidget(again)
    assert again.entered() == session.snapshot.event_by_key[visit.key]
    again.fields.schools.control.setText("没有的学校")
    again._on_accept()
    assert again.refusal_text() == "没有名为“没有的学校”的学校。请从提示中选择。"


def test_the_inspector_shows_and_takes_several_schools(qtbot: QtBot, session: YearSession) -> None:
    visit, primary, senior = campus(session)
    session.attempt(commands.change_event, 2027, visit._replace(schools=(primary.key, senior.key), place=""))
    inspector = Inspector(session)
    qtbot.addWidget(inspector)
    inspector.show_event(visit.key)
    assert inspector.fields is not None
    place = inspector.fields.place
    assert place.box.currentText() == f"{primary.name}、{senior.name}"
    assert not place.is_dirty
    place.box.setEditText(senior.name)
    inspector.commit_all()
    assert session.snapshot.event_by_key[visit.key].schools == (senior.key,)
    place.box.setEditText("校外的礼堂")
    inspector.commit_all()
    stored = session.snapshot.event_by_key[visit.key]
    assert (stored.schools, stored.place) == ((), "校外的礼堂")


def test_sign_up_of_an_open_day_is_kept(qtbot: QtBot, session: YearSession) -> None:
    day = next(e for e in session.snapshot.events if e.campaign is Campaign.OPEN_MONTH)
    form = EventDialog(session, day)
    qtbot.addWidget(form)
    assert form.entered().signed_up is None
    form.fields.signup.control.setText("电话报名")
    form.fields.signed_up.control.setValue(0)
    form._on_accept()
    stored = session.snapshot.event_by_key[day.key]
    assert (stored.signup, stored.signed_up) == ("电话报名", 0)


def test_a_zone_takes_the_day_of_the_meeting_that_is_chosen(qtbot: QtBot, session: YearSession) -> None:
    zone, host = session.snapshot.event_by_key["A045"], session.snapshot.event_by_key["H044"]
    form = EventDialog(session, zone)
    qtbot.addWidget(form)
    form.fields.host.control.choose("H044")
    form._on_host()
    assert form.entered().starts_at == host.starts_at
    form._on_accept()
    assert form.refusal_text() == ""
    assert session.snapshot.event_by_key["A045"].day == host.day
    inspector = Inspector(session)
    qtbot.addWidget(inspector)
    inspector.show_event("A045")
    assert inspector.fields is not None
    inspector.fields.host_meeting.control.choose("H043")
    inspector.commit_all()
    stored = session.snapshot.event_by_key["A045"]
    assert (stored.host_event, stored.starts_at) == ("H043", session.snapshot.event_by_key["H043"].starts_at)


def test_postponing_a_meeting_says_that_its_zone_goes_along(qtbot: QtBot, session: YearSession) -> None:
    form = StatusReasonDialog(session, session.snapshot.event_by_key["H043"], EventStatus.POSTPONED)
    qtbot.addWidget(form)
    words = [child.text() for child in form.findChildren(type(form.add_words("")))]
    assert any("随会议一同延期" in text for text in words)


def test_the_rules_page_names_the_towns_left_out(qtbot: QtBot, session: YearSession) -> None:
    page = RulesPage(session)
    qtbot.addWidget(page)
    page.go_to("community.coverage")
    alone = page.side.notes
    assert "两年未去过" not in alone
    session.attempt(commands.create_year, year(number=2026, units=session.snapshot.units, venues=()))
    page.refresh()
    page.go_to("community.coverage")
    assert page.side.notes.startswith("两年未去过的街镇")
    page.go_to("campus.terms")
    assert page.side.notes.startswith(
        "现按寒假（2月1日–2月28日，按月份估计）、暑假（7月1日–8月31日，按月份估计）；"
    )
