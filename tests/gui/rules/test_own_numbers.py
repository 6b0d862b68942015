"""自定的口径：宜办数、下限、豁免月与停排期，改了处处照着算、照着说。"""

from __future__ import annotations

from datetime import date

import pytest
from PySide6.QtCore import QDate
from PySide6.QtWidgets import QCheckBox
from pytestqt.qtbot import QtBot

from gui.event.dialog import EventDialog
from gui.rules.blocked_dialog import BlockedDialog
from gui.rules.parameter_dialog import ParameterDialog
from gui.services.board_lines import line_specs, rule_words
from gui.services.rule_parameters import parameter_lines
from gui.session.year_session import YearSession
from gui.years.units.units_dialog import UnitsDialog
from models import commands
from models.domain.events import Campaign, SchoolStage
from planners.results import CellState
from planners.rule_rows import line_of, rule_lines
from tests.gui.rules.test_parameter_dialog import dialog, setting

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints", extend=True)


def texts(session: YearSession, rule: str) -> dict[str, tuple[str, str]]:
    line = line_of(rule_lines(session.check, session.snapshot), rule)
    assert line is not None
    entries = parameter_lines(line, session.ruleset, session.snapshot.year_row, session.snapshot.blocked)
    return {entry.name: (entry.value, entry.origin.label) for entry in entries if not entry.rule}


def words(session: YearSession, key: str) -> tuple[str, str]:
    spec = next(spec for spec in line_specs(session.check) if spec.key == key)
    return rule_words(spec, spec.cells_of(session.check.cells))


def test_the_exempt_month_is_said_everywhere_as_it_is_set(session: YearSession, qtbot: QtBot) -> None:
    assert words(session, "community") == ("每月 ≥1 场 · 8月除外", "每月 ≥1，除8月")
    assert texts(session, "community.monthly")["豁免"] == ("8月", "原文")
    made = dialog(session, qtbot, "community.monthly")
    made.controls["community.exempt_month"].choose(2)
    made.since.setDate(QDate(2027, 1, 1))
    made.show_effect()
    assert made.headline.startswith("将使检查点由 40 个变为 40 个；未满足由 8 个变为 ")
    made.reason.setText("二月放假")
    made.accept_form()
    assert words(session, "community") == ("每月 ≥1 场 · 2月除外", "每月 ≥1，除2月")
    assert texts(session, "community.monthly")["豁免"] == ("2月", "自定")
    exempt = [c.first.month for c in session.check.cells if c.state is CellState.EXEMPT]
    assert exempt == [2]
    assert line_of(rule_lines(session.check, session.snapshot), "community.monthly").asks.endswith(
        "2月除外（自定，原文 8）"
    )
    commands.change_settings(session.store, 2027, {"community.exempt_month": 0})
    session.refresh()
    assert words(session, "community") == ("每月 ≥1 场", "每月 ≥1 场")
    assert texts(session, "community.monthly")["豁免"] == ("不豁免", "自定")


def test_target_and_minimum_have_boxes_of_their_own(session: YearSession, qtbot: QtBot) -> None:
    made = dialog(session, qtbot, "lecture.monthly")
    made.controls["lecture.target"].setValue(3)
    made.since.setDate(QDate(2027, 1, 1))
    made.show_effect()
    assert made.headline == "不改变任何检查结果。"
    made.reason.setText("多办")
    made.accept_form()
    assert session.undo_title == "修改规则参数：公开讲堂每月宜办数由 2 改为 3（多办）"
    assert words(session, "lecture") == ("每月 ≥1 场 · 宜 3 场", "每月 ≥1，宜 3")
    visits = dialog(session, qtbot, "community.monthly")
    visits.controls["community.minimum"].setValue(2)
    visits.show_effect()
    assert "变为未满足" in visits.headline
    campus = dialog(session, qtbot, "campus.stages")
    campus.controls["campus.minimum"].setValue(2)
    campus.show_effect()
    assert "变为未满足" in campus.headline


def test_the_pauses_of_a_campaign_stand_among_its_parameters(
    session: YearSession, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert texts(session, "campus.stages")["停排期"] == ("7月1日—8月31日", "自定")
    assert texts(session, "lecture.monthly")["停排期"] == ("6月22日、6月24日", "自定")
    assert "停排期" not in texts(session, "community.monthly")
    made = dialog(session, qtbot, "campus.stages")
    assert made.pauses is not None
    (pause, *others) = made.pauses.buttons()
    assert pause.startswith("7月1日—8月31日")
    assert others == ["新增停排…", "学校假期…"]

    def answer(asked: BlockedDialog) -> int:
        asked.last.setDate(QDate(2027, 8, 20))
        asked.accept_form()
        return 1

    monkeypatch.setattr(BlockedDialog, "exec", answer)
    made.pauses.findChildren(type(made.accept_button))[0].click()
    assert made.pauses.buttons()[0].startswith("7月1日—8月20日")
    assert texts(session, "campus.stages")["停排期"] == ("7月1日—8月20日", "自定")


def test_a_new_pause_is_proposed_for_the_campaign_of_the_line(
    session: YearSession, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[BlockedDialog] = []

    def look(form: BlockedDialog) -> int:
        asked.append(form)
        form.reason.setCurrentText("场地检修")
        form.accept_form()
        return 1

    monkeypatch.setattr(BlockedDialog, "exec", look)
    made: ParameterDialog = dialog(session, qtbot, "community.monthly")
    assert made.pauses is not None
    assert made.pauses.buttons() == ["新增停排…"]
    made.pauses.findChildren(type(made.accept_button))[0].click()
    assert asked[0].campaigns.values() == (str(Campaign.COMMUNITY),)
    added = session.snapshot.blocked[-1]
    assert (added.first, added.campaigns, added.reason) == (
        date(2027, 6, 15),
        (Campaign.COMMUNITY,),
        "场地检修",
    )
    assert session.undo_title == "新增停排日6月15日"
    assert setting(session, "lecture.target") is None


def test_stages_that_are_added_have_lines_boxes_and_columns(session: YearSession, qtbot: QtBot) -> None:
    made = dialog(session, qtbot, "campus.stages")
    made.controls["campus.stages"].choose("小学、初中、高中、中职")
    made.since.setDate(QDate(2027, 1, 1))
    made.show_effect()
    assert made.headline == "将使检查点由 40 个变为 44 个；未满足由 8 个变为 12 个。"
    made.reason.setText("职校也要走进")
    made.accept_form()
    assert texts(session, "campus.stages")["学段"] == ("小学、初中、高中、中职", "自定")
    assert "走进校区 · 中职" in [spec.title for spec in line_specs(session.check)]
    commands.change_settings(session.store, 2027, {"campus.stages": "小学、初中、高中、一贯制、中职"})
    session.refresh()
    assert "校区 · 一贯制" in [spec.title for spec in line_specs(session.check)]
    session.undo()
    form = EventDialog(session, campaign=Campaign.CAMPUS, group="中职")
    qtbot.addWidget(form)
    assert form.entered().stages == (SchoolStage.VOCATIONAL,)
    lists = UnitsDialog(session)
    qtbot.addWidget(lists)
    assert lists.schools.model.heads == ("学校", "小学", "初中", "高中", "中职")
    assert "中职还没有学校" in lists.schools.counts.text()


def test_a_stage_that_no_longer_counts_stays_where_it_is_ticked(session: YearSession, qtbot: QtBot) -> None:
    visit = next(event for event in session.snapshot.events if event.campaign is Campaign.CAMPUS)
    commands.change_event(session.store, 2027, visit._replace(stages=(SchoolStage.THROUGH,)))
    session.refresh()
    form = EventDialog(session, session.snapshot.event_by_key[visit.key])
    qtbot.addWidget(form)
    assert form.entered().stages == (SchoolStage.THROUGH,)
    assert [box.text() for box in form.fields.stages.control.findChildren(QCheckBox) if not box.isHidden()] == [
        "小学", "初中", "高中", "一贯制",
    ]  # fmt: skip
