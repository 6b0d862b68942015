"""规则参数：影响先说，理由必填，一步可撤销，恢复默认就不再是设置。"""

from __future__ import annotations

from datetime import date

import pytest
from PySide6.QtCore import QDate
from pytestqt.qtbot import QtBot

from gui.rules.parameter_dialog import ParameterDialog
from gui.services.rule_parameters import parameter_lines, reading_notes
from gui.session.year_session import YearSession
from models import commands, queries
from models.domain.errors import CommandError, InputError
from planners.results import CellState
from planners.rule_rows import line_of, rule_lines

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints", extend=True)


def dialog(session: YearSession, qtbot: QtBot, rule: str) -> ParameterDialog:
    line = line_of(rule_lines(session.check, session.snapshot), rule)
    assert line is not None
    made = ParameterDialog(session, line)
    qtbot.addWidget(made)
    return made


def setting(session: YearSession, name: str) -> object:
    return session.snapshot.year_row.setting(name)


def test_the_effect_is_exactly_what_happens(session: YearSession, qtbot: QtBot) -> None:
    made = dialog(session, qtbot, "lecture.monthly")
    assert made.headline == "还没有改动。"
    made.controls["lecture.minimum"].choose(2)
    made.since.setDate(QDate(2027, 1, 1))
    made.show_effect()
    assert made.headline == "将使 4 个已满足周期变为未满足；5 个已排周期变为未满足。"
    said = {(cell.first, cell.state) for cell in (*made.effect.lost, *made.effect.unplanned)}
    before = {cell.first: cell.state for cell in session.check.cells if cell.rule == "lecture.monthly"}
    made.reason.setText("市里要求加密")
    made.accept_form()
    short = (CellState.GAP, CellState.AT_RISK, CellState.OVERDUE)
    happened = {
        (cell.first, cell.state)
        for cell in session.check.cells
        if cell.rule == "lecture.monthly" and cell.state in short and before[cell.first] not in short
    }
    assert said == happened


def test_saving_is_one_step_with_its_reason(session: YearSession, qtbot: QtBot) -> None:
    revision = session.snapshot.revision
    made = dialog(session, qtbot, "lecture.monthly")
    made.controls["lecture.minimum"].choose(2)
    made.controls["lead_workdays"].setValue(15)
    made.since.setDate(QDate(2027, 1, 1))
    made.reason.setText("市里要求加密")
    made.accept_form()
    assert (setting(session, "lecture.minimum"), setting(session, "lead_workdays")) == (2, 15)
    assert session.snapshot.revision == revision + 1
    assert session.undo_title == (
        "修改规则参数：公开讲堂每月下限由 每月1场 改为 每月2场；"
        "提前预警的工作日数由 20 改为 15（市里要求加密）"
    )
    line = line_of(rule_lines(session.check, session.snapshot), "lecture.monthly")
    (first, *_) = parameter_lines(line, session.ruleset, session.snapshot.year_row)
    assert (first.value, first.origin.label, first.reason) == ("每月 ≥2 场", "自定", "市里要求加密")
    session.undo()
    assert setting(session, "lecture.minimum") is None
    assert setting(session, "reason:lecture.minimum") is None
    assert queries.undo_title(session.store) != session.undo_title or session.snapshot.revision > revision


def test_a_raised_number_holds_from_the_next_month_and_what_was_judged_stays_judged(
    session: YearSession, qtbot: QtBot
) -> None:
    before = [cell for cell in session.check.cells if cell.rule == "lecture.monthly"]
    made = dialog(session, qtbot, "lecture.monthly")
    made.controls["lecture.minimum"].choose(2)
    made.show_effect()
    assert made.since.date() == QDate(2027, 7, 1)
    assert (made.effect.lost, {cell.first.month for cell in made.effect.unplanned}) == ((), {7, 8, 9, 10, 12})
    made.reason.setText("市里要求加密")
    made.accept_form()
    after = [cell for cell in session.check.cells if cell.rule == "lecture.monthly"]
    assert after[:6] == before[:6]
    assert [cell.minimum for cell in after] == [1] * 6 + [2] * 6
    assert session.undo_title == (
        "修改规则参数：公开讲堂每月下限由 每月1场 改为 每月2场，自7月1日起（市里要求加密）"
    )
    line = line_of(rule_lines(session.check, session.snapshot), "lecture.monthly")
    assert line is not None
    (first, *_) = parameter_lines(line, session.ruleset, session.row)
    assert first.value == "每月 ≥1 场；自7月1日起 每月 ≥2 场"
    session.undo()
    assert [cell for cell in session.check.cells if cell.rule == "lecture.monthly"] == before


def test_a_day_that_was_chosen_stays_and_an_early_one_says_what_it_judges_anew(
    session: YearSession, qtbot: QtBot
) -> None:
    made = dialog(session, qtbot, "lecture.monthly")
    made.since.setDate(QDate(2027, 3, 1))
    made.controls["lecture.minimum"].choose(2)
    made.show_effect()
    assert made.since.date() == QDate(2027, 3, 1)
    assert {cell.first.month for cell in made.effect.lost} <= {3, 4, 5}
    assert made.effect.lost


def test_without_a_reason_nothing_is_saved(session: YearSession, qtbot: QtBot) -> None:
    made = dialog(session, qtbot, "campus.stages")
    made.controls["campus.group"].choose("none")
    with pytest.raises(CommandError, match="理由"):
        made.accept_form()
    assert setting(session, "campus.group") is None


def test_without_a_change_nothing_is_saved(session: YearSession, qtbot: QtBot) -> None:
    made = dialog(session, qtbot, "campus.stages")
    made.reason.setText("看看")
    with pytest.raises(CommandError, match="没有改动"):
        made.accept_form()


def test_the_default_is_no_setting(session: YearSession, qtbot: QtBot) -> None:
    made = dialog(session, qtbot, "campus.stages")
    assert not made.default_button.isEnabled()
    made.controls["campus.group"].choose("none")
    made.since.setDate(QDate(2027, 1, 1))
    made.reason.setText("试行")
    made.accept_form()
    again = dialog(session, qtbot, "campus.stages")
    assert again.default_button.isEnabled()
    again.since.setDate(QDate(2027, 1, 1))
    again.choose_defaults()
    assert again.values() == {"campus.group": None}
    again.reason.setText("试行结束")
    again.accept_form()
    assert setting(session, "campus.group") is None
    assert setting(session, "reason:campus.group") is None


def test_typing_waits_a_moment_before_it_checks(session: YearSession, qtbot: QtBot) -> None:
    made = dialog(session, qtbot, "own.week_load")
    made.controls["week_limit"].setValue(3)
    assert made.headline == "还没有改动。"
    qtbot.waitUntil(lambda: made.headline != "还没有改动。")


def test_the_date_of_a_milestone_is_a_setting(session: YearSession, qtbot: QtBot) -> None:
    made = dialog(session, qtbot, "year.training.general")
    made.controls["due:year.training.general"].setDate(QDate(2027, 11, 30))
    made.reason.setText("提前")
    made.accept_form()
    assert setting(session, "due:year.training.general") == "2027-11-30"
    line = line_of(rule_lines(session.check, session.snapshot), "year.training.general")
    assert line.hints[0].words.until.startswith("11月30日")


def test_notes_tell_the_other_readings(session: YearSession) -> None:
    line = line_of(rule_lines(session.check, session.snapshot), "lecture.monthly")
    notes = reading_notes(line, session.ruleset)
    assert "公开讲堂每月下限：默认“每月1场”；另可选“每月2场”。" in notes
    assert all(note.endswith("。") for note in notes)


@pytest.mark.parametrize(
    ("rule", "setting"),
    [
        ("tech_forum.host", "tech_forum.zone.kinds"),
        ("policy.filing", "policy.filing.workdays"),
        ("policy.linkage", "policy.linkage.workdays"),
        ("hearing.stakeholders", "hearing.stakeholders.minimum"),
    ],
)
def test_clauses_3_8_16_and_21_can_be_changed(
    session: YearSession, qtbot: QtBot, rule: str, setting: str
) -> None:
    made = dialog(session, qtbot, rule)
    assert setting in made.controls


def test_the_dialog_of_clause_32_says_the_day_that_the_check_says(session: YearSession, qtbot: QtBot) -> None:
    made = dialog(session, qtbot, "year.breakdown")
    assert made.controls["due:year.breakdown"].value() is None  # carried over: nobody knows the day yet
    own = {"document.number": "宝府办〔2027〕9号", "document.issued_on": "2027-04-20", "document.year": 2027}
    session.perform(commands.change_settings, session.year, own, "采用新要点")
    (finding,) = (one for one in session.check.findings if one.rule == "year.breakdown")
    again = dialog(session, qtbot, "year.breakdown")
    assert again.controls["due:year.breakdown"].date().toPython() == finding.due == date(2027, 5, 20)


def test_words_that_no_rule_can_be_checked_with_are_not_saved(session: YearSession, qtbot: QtBot) -> None:
    made = dialog(session, qtbot, "tech_forum.host")
    made.controls["tech_forum.zone.kinds"].setText("招商推介会、、")
    made.show_effect()
    assert "不能用" in made.headline
    made.reason.setText("试试")
    with pytest.raises(InputError, match="不能用"):
        made.accept_form()
    assert setting(session, "tech_forum.zone.kinds") is None
