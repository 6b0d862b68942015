"""自加规则的表单和规则页：填时就说会怎样，错在哪一栏就在哪一栏说，修改、撤去都在页上。"""

from __future__ import annotations

from datetime import date

import pytest
from PySide6.QtCore import QDate
from PySide6.QtWidgets import QDialog
from pytestqt.qtbot import QtBot

from gui.overview.board_contents import board_contents
from gui.rules.own_rule_form import OwnRuleForm, WithdrawRuleDialog, own_rule_entry
from gui.rules.page import RulesPage
from gui.services.rule_entry import EXAMPLES, RuleEntry, RuleSort
from gui.session.year_session import YearSession
from models.domain.rules import OWN_CLAUSE, GroupKind, Origin, PeriodKind, Rule, Severity
from models.rule_commands import put_rule


def form_of(session: YearSession, qtbot: QtBot, entry: RuleEntry = RuleEntry()) -> OwnRuleForm:  # noqa: B008
    form = OwnRuleForm(session, entry)
    qtbot.addWidget(form)
    return form


def added(session: YearSession) -> tuple[Rule, ...]:
    return tuple(rule for rule in session.ruleset.rules if rule.added)


def remark(form: OwnRuleForm, field: str) -> str:
    (row,) = (binding.row for binding in form.fields if binding.fields[0] == field)
    assert row is not None
    return row.remark.text()


def test_what_is_entered_becomes_a_hint_of_the_office_from_the_next_quarter_on(
    session: YearSession, qtbot: QtBot
) -> None:
    form = form_of(session, qtbot)
    form.title.setText("营商讲堂")
    form.minimum.setValue(9)
    form.show_preview()
    assert form.preview.text().splitlines() == [
        "营商讲堂：每季至少 9 场，自7月1日起，只作提示，不计入达标。",
        "4 个周期格：待补 2 · 不适用 2。",
    ]
    form._on_accept()
    assert form.result() == QDialog.DialogCode.Accepted
    (rule,) = added(session)
    assert (rule.clause, rule.severity, rule.valid_from) == (OWN_CLAUSE, Severity.HINT, date(2027, 7, 1))
    assert [entry.origin for entry in rule.parameters] == [Origin.OFFICE]
    assert "营商讲堂" in [line.title for line in board_contents(session.snapshot, session.check).lines]
    session.undo()
    assert added(session) == ()


def test_the_first_day_follows_the_period_until_it_is_chosen(session: YearSession, qtbot: QtBot) -> None:
    form = form_of(session, qtbot)
    form.period.choose(PeriodKind.MONTH)
    assert form.valid_from.date().toPython() == date(2027, 7, 1)
    form.period.choose(PeriodKind.YEAR)
    assert form.valid_from.date().toPython() == date(2027, 6, 15)
    form.valid_from.setDate(QDate(2027, 9, 1))
    form.period.choose(PeriodKind.QUARTER)
    assert form.valid_from.date().toPython() == date(2027, 9, 1)


def test_only_the_rows_of_the_kind_are_seen(session: YearSession, qtbot: QtBot) -> None:
    form = form_of(session, qtbot)
    assert form.campaign.isVisibleTo(form)
    assert not form.listed.isVisibleTo(form)
    assert not form.day.isVisibleTo(form)
    form.group.choose(GroupKind.THEME_CLASS)
    assert form.listed.isVisibleTo(form)
    form.sort.choose(RuleSort.MILESTONE)
    assert form.day.isVisibleTo(form)
    assert not form.campaign.isVisibleTo(form)
    assert not form.listed.isVisibleTo(form)


def test_what_cannot_be_taken_is_said_below_its_field_and_nothing_is_stored(
    session: YearSession, qtbot: QtBot
) -> None:
    form = form_of(session, qtbot)
    form.clause.setText("1")
    form.quote.setPlainText("每月至少开展十场讲堂")
    form.group.choose(GroupKind.STAGE)
    form._on_accept()
    assert remark(form, "title") == "请填写名称，至多 40 字"
    assert remark(form, "quote") == "第1条里没有这句话，请照原文一字不差地填"
    assert remark(form, "listed").startswith("请写学段")
    assert form.refusal_text() == "名称：请填写名称，至多 40 字。没有保存。"
    assert form.result() != QDialog.DialogCode.Accepted
    form.title.setText("讲堂")
    form.quote.setPlainText("每月至少开展1—2场政策“公开讲堂”")
    form.group.choose(GroupKind.NONE)
    form._on_accept()
    assert [(rule.clause, rule.parameters[0].origin) for rule in added(session)] == [("1", Origin.TEXT)]


def test_an_example_fills_the_form(session: YearSession, qtbot: QtBot) -> None:
    form = form_of(session, qtbot)
    form._on_accept()
    assert remark(form, "title")
    form.example.setCurrentIndex(1)
    assert form.title.text() == EXAMPLES[0][0]
    assert not remark(form, "title")
    form._on_accept()
    (rule,) = added(session)
    assert (rule.clause, rule.parameter("month"), rule.parameter("day")) == (EXAMPLES[0][1].clause, 1, 31)


@pytest.fixture
def lectures(session: YearSession) -> YearSession:
    """The sample year with a rule of its own that asks for a lecture each quarter from January on."""
    form = OwnRuleForm(session, RuleEntry(title="营商讲堂", valid_from=date(2027, 1, 1)))
    form._on_accept()
    return session


def test_a_change_holds_from_the_next_quarter_on(lectures: YearSession, qtbot: QtBot) -> None:
    form = form_of(lectures, qtbot, own_rule_entry(lectures, "added.1"))
    assert form.title.text() == "营商讲堂"
    form.minimum.setValue(5)
    form._on_accept()
    assert [cell.minimum for cell in lectures.check.cells if cell.rule == "added.1"] == [1, 1, 5, 5]
    assert own_rule_entry(lectures, "added.1").minimum == 5


def test_the_page_offers_to_change_and_to_withdraw_only_what_was_added(
    lectures: YearSession, qtbot: QtBot
) -> None:
    page = RulesPage(lectures)
    qtbot.addWidget(page)
    page.resize(1400, 800)
    page.go_to("added.1")
    assert page.line is not None
    assert (page.line.key, page.line.own) == ("added.1", True)
    assert not page.side.withdraw_button.isHidden()
    assert "本年度自加的规则（提示），自2027年1月1日起。" in page.side.notes
    page.go_to("lecture.monthly")
    assert page.side.withdraw_button.isHidden()
    assert not page.side.change_button.isHidden()


def test_withdrawing_says_what_changes_and_can_be_undone(lectures: YearSession, qtbot: QtBot) -> None:
    put_rule(lectures.store, 2027, lectures.ruleset.rule("added.1")._replace(severity=Severity.HARD))
    lectures.refresh()
    dialog = WithdrawRuleDialog(lectures, lectures.ruleset.rule("added.1"))
    qtbot.addWidget(dialog)
    dialog._on_accept()
    assert added(lectures) == ()
    assert lectures.messages is not None
    lectures.undo()
    assert [rule.title for rule in added(lectures)] == ["营商讲堂"]
