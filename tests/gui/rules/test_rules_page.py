"""规则检查页：逐条的内容，跨条的 F8，一步就做且可撤销的办法，各种状态。"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import QRect, Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from gui.kit.page import NewEvent
from gui.rules.cards import Act
from gui.rules.page import RulesPage
from gui.session.messages import Bar
from gui.session.year_session import YearSession
from gui.shell.pages import PAGES
from models import commands
from models.domain.events import Campaign, EventStatus
from models.domain.policies import PolicyDocument
from models.domain.snapshot import ItemKind
from models.domain.year import Exemption
from models.own_document import OwnDocument, OwnRule, document_settings
from planners.results import Cell, CellState
from planners.rule_row_words import Fix
from planners.rule_rows import RowState
from tests.gui.overview.board_samples import sample_session
from tests.stores import filled_store

pytestmark = pytest.mark.qt_log_ignore(
    "propagateSizeHints", r"support raise\(\)", "grabbing the keyboard", extend=True
)


@pytest.fixture
def session(themed: None, tmp_path: Path) -> Iterator[YearSession]:
    store = filled_store(tmp_path / "样例.db")
    yield sample_session(store)
    store.close()


@pytest.fixture
def page(qtbot: QtBot, session: YearSession) -> Iterator[RulesPage]:
    made = RulesPage(session)
    qtbot.addWidget(made)
    made.resize(1290, 640)
    made.show()
    yield made
    made.wait()


def titles(page: RulesPage) -> list[str]:
    return [card.where for card in page.findings.cards]


def row(page: RulesPage, where: str):
    return next(row for row in page.rows if row.words.where == where)


def do(page: RulesPage, where: str, act: Act = Act.FIX) -> None:
    page._since_act.invalidate()
    page.findings.acted.emit(row(page, where).key, act)


def cell(session: YearSession, rule: str, first: str, group: str | None = None) -> Cell:
    return next(
        c for c in session.check.cells if (c.rule, c.first.isoformat(), c.group) == (rule, first, group)
    )


# what is shown


def test_the_header_counts_as_the_overview_does(page: RulesPage) -> None:
    states = (CellState.OVERDUE, CellState.AT_RISK, CellState.GAP)
    assert [page.header.pill(state).count for state in states] == [1, 2, 5]
    assert page.header.plan_button.text() == "一键补缺 5 项"
    assert page.header.subtitle.startswith("对照宝府办〔2024〕14号（沿用） 16 条 + 自定 8 条")


def test_a_rule_whose_words_changed_is_marked_until_somebody_decides(
    page: RulesPage, session: YearSession
) -> None:
    rule = session.ruleset.rule("lecture.monthly")
    words = OwnRule(rule.code, "1", "每月至少举办2场政策“公开讲堂”", former=rule.quote)
    document = OwnDocument(2027, "宝府办〔2027〕6号", "2027年要点", date(2027, 5, 20), "1.甲", (words,))
    values = document_settings(document, (), date(2027, 6, 1))
    session.perform(commands.change_settings, 2027, values, "采用新要点")
    page.refresh()
    page.go_to("lecture.monthly")
    assert page.header.subtitle.startswith("对照宝府办〔2027〕6号 ")
    assert page.header.subtitle.endswith("1 条规则原文已改、口径待定")
    assert page.findings._note.text().startswith(f"原文已改、口径待定：原为“{rule.quote}”")
    assert page.side.decide_button.isVisibleTo(page.side)
    page.side.decide_button.click()
    page.refresh()
    assert session.ruleset.undecided == ()
    assert "口径待定" not in page.header.subtitle + page.findings._note.text()
    assert not page.side.decide_button.isVisibleTo(page.side)
    assert session.undo_title == "核对口径：公开讲堂原文已改，数不变"
    session.undo()
    assert [one.code for one in session.ruleset.undecided] == ["lecture.monthly"]


def test_a_line_shows_clause_findings_and_parameters(page: RulesPage) -> None:
    page.show_rule("campus.stages")
    assert titles(page) == ["高中 · 一季度", "初中 · 二季度", "初中 · 三季度", "高中 · 四季度"]
    assert page.findings.quote.words.text.endswith("每季度针对不同学段学生及家长至少开展1次“走进”活动。")
    assert (page.findings.met.head.title, page.findings.met.head.second) == (
        "已满足或已排 8 项",
        "小学 4 · 初中 2 · 高中 2",
    )
    assert ("学段", "小学、初中、高中", "解释") in page.side.parameter_texts()
    assert "“小、初、高等各学段”读作三个学段。" in page.side.notes


def test_a_pill_shows_only_its_findings_and_lets_go_again(page: RulesPage) -> None:
    page.show_rule("campus.stages")
    page.header.pill(CellState.OVERDUE).click()
    assert titles(page) == ["高中 · 一季度"]
    shown = [line.key for line in page.clauses.rows.values if not isinstance(line, str)]
    assert shown == ["campus.stages"]
    page.header.pill(CellState.OVERDUE).click()
    assert len(titles(page)) == 4


def test_esc_takes_the_filter_away(page: RulesPage) -> None:
    page.header.pill(CellState.GAP).click()
    QTest.keyClick(page, Qt.Key.Key_Escape)
    assert not page.header.pill(CellState.GAP).isChecked()
    assert len(page.clauses.rows.values) > 20


def test_hints_stand_apart(page: RulesPage) -> None:
    page.show_rule("own.week_load")
    assert page.findings.cards == ()
    assert page.findings.hints.head.title == "提示 3 项"
    assert page.findings.hints.is_open
    assert not page.findings.calm.isVisibleTo(page)


def test_a_line_without_findings_says_so(page: RulesPage) -> None:
    page.show_rule("year.catalogue.district")
    assert page.findings.calm.title == "这一条都已满足或已排"


# walking


def test_f8_goes_through_all_findings_in_order_and_around(page: RulesPage) -> None:
    wanted = [(line.key, found.key) for line in page.lines for found in line.rows]
    page.show_rule(wanted[0][0])
    seen = []
    for _ in range(len(wanted) + 1):
        assert page.next_finding(1)
        seen.append((page.line.key, _focused(page)))
    assert seen == [*wanted, wanted[0]]


def test_shift_f8_goes_back(page: RulesPage) -> None:
    page.show_rule("park.quarterly")
    page.next_finding(-1)
    assert (page.line.key, _focused(page)) == ("lecture.monthly", "lecture.monthly|2027-11-01|")


def test_f8_keeps_to_the_filter(page: RulesPage) -> None:
    page.header.pill(CellState.AT_RISK).click()
    places = []
    for _ in range(3):
        page.next_finding(1)
        places.append(_focused(page))
    assert sorted(set(places)) == ["campus.stages|2027-04-01|初中", "lecture.monthly|2027-06-01|"]


def test_every_step_is_said(page: RulesPage, qtbot: QtBot) -> None:
    page.show_rule("campus.stages")
    page.clauses.setFocus()
    with qtbot.waitSignal(page.said) as said:
        page.next_finding(1)
    assert said.args == ["走进校区，逾期，高中 · 一季度，0/1 场，期限已过"]


def _focused(page: RulesPage) -> str:
    """The key of the card that has the focus inside the page (the offscreen window is never active)."""
    if page.findings.is_long:
        return page.findings.cards[page.findings.long_list.currentIndex().row()].key
    widget = page.focusWidget()
    return widget.card.key


@pytest.fixture(autouse=True)
def focus_counts(monkeypatch: pytest.MonkeyPatch) -> None:
    """A card counts as focused when it is the focus widget of its window, active or not."""
    from gui.rules.finding_card import FindingCard

    monkeypatch.setattr(FindingCard, "hasFocus", lambda self: self.window().focusWidget() is self)


def test_it_goes_to_a_rule_a_cell_and_a_finding(page: RulesPage, session: YearSession) -> None:
    page.go_to("community.joint")
    assert page.line.key == "community.monthly"
    page.go_to(cell(session, "campus.stages", "2027-10-01", "高中"))
    assert (page.line.key, _focused(page)) == ("campus.stages", "campus.stages|2027-10-01|高中")
    finding = next(found for found in session.check.findings if found.situation == "no_feedback")
    page.header.pill(CellState.GAP).click()
    page.go_to(finding)
    assert _focused(page).startswith("attendance.feedback|no_feedback")
    page.go_to(cell(session, "community.coverage", "2027-01-01", "罗泾镇"))
    assert page.findings.hints.is_open
    page.go_to("nothing of this name")
    assert page.line.key == "community.coverage"


# fixes


def test_a_confirmation_is_done_once_and_undone(page: RulesPage, session: YearSession) -> None:
    page.show_rule("campus.stages")
    do(page, "初中 · 二季度")
    assert session.snapshot.event_by_key["A036"].status is EventStatus.CONFIRMED
    assert "初中 · 二季度" not in titles(page)
    session.undo()
    assert session.snapshot.event_by_key["A036"].status is EventStatus.PLANNED
    assert "初中 · 二季度" in titles(page)


def test_the_keyboard_goes_on_to_what_follows(page: RulesPage, session: YearSession) -> None:
    page.show_rule("campus.stages")
    page.findings.focus_card("campus.stages|2027-04-01|初中")
    do(page, "初中 · 二季度")
    assert _focused(page) == "campus.stages|2027-07-01|初中"


def test_a_gap_is_filled_once_its_day_is_known(page: RulesPage, session: YearSession, qtbot: QtBot) -> None:
    page.show_rule("community.monthly")
    before = {event.key for event in session.snapshot.events}
    with qtbot.waitSignal(session.changed):
        do(page, "11月")
    (added,) = (event for event in session.snapshot.events if event.key not in before)
    assert (added.campaign, added.day.month, added.status) == (Campaign.COMMUNITY, 11, EventStatus.PLANNED)
    assert titles(page) == []
    qtbot.wait(50)
    assert len(session.snapshot.events) == len(before) + 1
    session.undo()
    assert {event.key for event in session.snapshot.events} == before


def test_the_button_names_the_day_as_soon_as_it_is_found(page: RulesPage, qtbot: QtBot) -> None:
    page.show_rule("community.monthly")
    assert page.findings.cards[0].buttons[0].text == "自动补"
    qtbot.waitUntil(lambda: page.findings.cards[0].buttons[0].text.startswith("排入 11月"))
    assert page.findings.cards[0].remedy.startswith("建议 11月")


def test_until_its_day_is_found_a_card_names_the_one_that_looks_best(page: RulesPage, qtbot: QtBot) -> None:
    page.show_rule("community.monthly")
    (before,) = (card.remedy for card in page.findings.cards if card.where.startswith("11月"))
    assert before.startswith("初看 11月")
    assert before.endswith("正在核对……")
    page.suggestions.hurry([])
    qtbot.waitUntil(lambda: all("核对" not in card.remedy for card in page.findings.cards))
    assert any(card.remedy.startswith("建议 11月") for card in page.findings.cards)


def test_a_postponed_event_is_proposed_not_carried_out(
    page: RulesPage, session: YearSession, qtbot: QtBot
) -> None:
    page.show_rule("lecture.monthly")
    with qtbot.waitSignal(page.proposal_requested) as asked:
        do(page, "6月")
    assert asked.args[0].event.key == "A007"
    assert session.snapshot.event_by_key["A007"].status is EventStatus.POSTPONED


def test_the_second_click_of_a_double_click_is_not_for_the_next_card(
    page: RulesPage, session: YearSession, qtbot: QtBot
) -> None:
    page.show_rule("campus.stages")
    do(page, "初中 · 二季度")
    with qtbot.assertNotEmitted(page.explain_requested):
        page.findings.acted.emit(row(page, "高中 · 一季度").key, Act.FIX)


def test_a_miss_asks_for_an_explanation(page: RulesPage, qtbot: QtBot) -> None:
    page.show_rule("campus.stages")
    with qtbot.waitSignal(page.explain_requested) as asked:
        do(page, "高中 · 一季度")
    assert (asked.args[0].group, asked.args[0].first) == ("高中", date(2027, 1, 1))


def test_the_theme_of_a_quarter_is_written_in_place(page: RulesPage, session: YearSession) -> None:
    page.show_rule("park.quarterly")
    do(page, "四季度")
    page.fixes.themes.line.setText("银发经济")
    QTest.keyClick(page.fixes.themes.line, Qt.Key.Key_Return)
    assert session.snapshot.year_row.quarter_themes[3] == "银发经济"
    assert page.rows[0].fix is Fix.SCHEDULE


def test_another_day_is_asked_for_and_carried_out(
    page: RulesPage, session: YearSession, qtbot: QtBot
) -> None:
    page.show_rule("community.monthly")
    qtbot.waitUntil(lambda: page.findings.cards[0].buttons[0].text.startswith("排入"))
    do(page, "11月", Act.OTHER_DAY)
    page.fixes.calendar.grid.go_to(date(2027, 11, 18))
    QTest.keyClick(page.fixes.calendar.grid, Qt.Key.Key_Return)
    assert session.undo_title == "排入走进社区 11月18日"


def test_another_day_before_anything_is_known_opens_the_form(page: RulesPage, qtbot: QtBot) -> None:
    page.show_rule("community.monthly")
    do(page, "11月", Act.OTHER_DAY)
    page.fixes.calendar.grid.go_to(date(2027, 11, 17))
    with qtbot.waitSignal(page.new_event_requested) as asked:
        QTest.keyClick(page.fixes.calendar.grid, Qt.Key.Key_Return)
    assert asked.args == [NewEvent(Campaign.COMMUNITY, date(2027, 11, 17))]


def test_the_records_of_a_period_open(page: RulesPage, qtbot: QtBot) -> None:
    page.show_rule("campus.stages")
    do(page, "高中 · 一季度", Act.PERIOD)
    actions = page.fixes.menu.actions()
    assert actions[0].text().startswith("3月10日")
    with qtbot.waitSignal(page.event_requested):
        actions[0].trigger()
    page.fixes.menu.hide()


def test_a_zone_without_a_host_opens_its_event(page: RulesPage, qtbot: QtBot) -> None:
    page.show_rule("tech_forum.host")
    with qtbot.waitSignal(page.event_requested) as asked:
        do(page, "无宿主")
    assert asked.args == ["A045"]


def test_a_decision_opens_where_it_is_dealt_with(page: RulesPage, qtbot: QtBot) -> None:
    page.show_rule("attendance.feedback")
    there = any(entry.name == "attendance" for entry in PAGES)
    with qtbot.waitSignal(page.page_requested if there else page.decision_requested) as asked:
        do(page, page.rows[0].words.where)
    assert asked.args == (["attendance", "d2"] if there else ["d2"])


def test_a_crowded_week_is_shown_in_the_calendar(page: RulesPage, qtbot: QtBot) -> None:
    page.show_rule("own.week_load")
    with qtbot.waitSignal(page.page_requested) as asked:
        page.findings.hint_chosen.emit(0)
    assert asked.args == ["calendar", date(2027, 8, 2)]


def test_a_milestone_is_marked_done_and_undone(page: RulesPage, session: YearSession) -> None:
    page.show_rule("year.evaluation")
    do(page, "考核结果公布")
    assert session.snapshot.year_row.setting("done:year.evaluation") == "2027-06-15"
    assert page.rows == ()
    session.undo()
    assert session.snapshot.year_row.setting("done:year.evaluation") is None


def test_documents_are_noted_today(page: RulesPage, session: YearSession) -> None:
    policy = PolicyDocument("p1", "甲办法", published_on=date(2027, 6, 14), office_name=True)
    session.attempt(commands.put_item, 2027, ItemKind.POLICY, policy)
    page.show_rule("policy.filing")
    do(page, "甲办法")
    assert session.snapshot.item(ItemKind.POLICY, "p1").filed_on == date(2027, 6, 15)
    page.show_rule("policy.forms")
    do(page, "甲办法")
    page.fixes.menu.actions()[1].trigger()
    page.fixes.menu.hide()
    assert session.snapshot.item(ItemKind.POLICY, "p1").forms == ("图文解读",)


def test_an_event_without_a_result_asks_for_it(page: RulesPage, session: YearSession, qtbot: QtBot) -> None:
    past = next(e for e in session.snapshot.events if e.status is EventStatus.HELD)
    session.attempt(commands.change_event, 2027, past._replace(status=EventStatus.CONFIRMED))
    page.show_rule("event.result")
    with qtbot.waitSignal(page.result_requested) as asked:
        do(page, page.rows[0].words.where)
    assert asked.args == [past.key]


def test_planning_is_asked_for(page: RulesPage, qtbot: QtBot) -> None:
    with qtbot.waitSignal(page.gaps_requested):
        page.header.plan_button.click()


# the panel


def test_a_cell_of_the_matrix_opens_its_event_or_its_finding(
    page: RulesPage, session: YearSession, qtbot: QtBot
) -> None:
    page.show_rule("campus.stages")
    with qtbot.waitSignal(page.event_requested) as asked:
        page.side.cell_chosen.emit(cell(session, "campus.stages", "2027-04-01", "初中"))
    assert asked.args == ["A036"]
    page.side.cell_chosen.emit(cell(session, "campus.stages", "2027-01-01", "高中"))
    assert _focused(page) == "campus.stages|2027-01-01|高中"


def test_exemptions_are_listed_asked_for_and_withdrawn(
    page: RulesPage, session: YearSession, qtbot: QtBot
) -> None:
    page.show_rule("lecture.monthly")
    page.side.add_button.click()
    choices = [action.text() for action in page.fixes.menu.actions()]
    assert choices[0] == "6月 （有风险）"
    with qtbot.waitSignal(page.exempt_requested) as asked:
        page.fixes.menu.actions()[0].trigger()
    page.fixes.menu.hide()
    assert asked.args[0].first == date(2027, 6, 1)
    exemption = Exemption("lecture.monthly", date(2027, 6, 1), date(2027, 6, 30), None, "设备更新")
    session.attempt(commands.exempt, 2027, exemption, session.today)
    assert page.side.excuse_texts == ("豁免 · 公开讲堂 · 6月：设备更新",)
    page.side._excuses.itemAt(0).widget().findChild(type(page.side.add_button)).click()
    assert session.snapshot.exemptions == ()


def test_an_explanation_is_listed_and_withdrawn(page: RulesPage, session: YearSession) -> None:
    page.show_rule("campus.stages")
    missed = cell(session, "campus.stages", "2027-01-01", "高中")
    args = (2027, missed.rule, missed.first, missed.last, missed.group)
    session.attempt(commands.explain, *args, "封闭管理")
    assert page.side.excuse_texts == ("说明 · 走进校区 · 高中 · 一季度：封闭管理",)
    assert page.findings.cards[0].remedy == "已登记说明：封闭管理"
    assert page.findings.cards[0].buttons[0].text == "修改说明…"
    page.side._excuses.itemAt(0).widget().findChild(type(page.side.add_button)).click()
    assert page.side.excuse_texts == ()


def test_a_narrow_page_has_the_panel_in_a_drawer(page: RulesPage) -> None:
    assert not page.side.isVisible()
    page.header.panel_button.click()
    assert page.side.isVisible()
    QTest.keyClick(page, Qt.Key.Key_Escape)
    assert not page.side.isVisible()
    page.resize(1844, 900)
    assert page.side.isVisible()
    assert not page.header.panel_button.isVisible()


# states


def test_read_only_leaves_only_what_looks(page: RulesPage, session: YearSession) -> None:
    page.show_rule("campus.stages")
    session.hold("正在自动排期")
    assert not page.header.plan_button.isEnabled()
    assert [button.text for card in page.findings.cards for button in card.buttons] == [
        "查看当季记录",
        "打开活动…",
    ]
    assert not page.side.change_button.isEnabled()
    session.hold("")
    assert page.header.plan_button.isEnabled()
    assert len(page.findings.cards[0].buttons) == 2


def test_a_check_that_failed_is_told(page: RulesPage, session: YearSession) -> None:
    session.messages.bar_requested.emit(Bar("danger", "规则检查未完成", (), "check"))
    assert page.panes.stale.isVisible()
    session.refresh()
    assert not page.panes.stale.isVisible()


def test_a_year_in_which_all_is_met_says_what_comes_next(
    page: RulesPage, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    from gui.rules import page as rules_page

    real = rules_page.rule_lines
    monkeypatch.setattr(
        rules_page, "rule_lines", lambda *args: tuple(line._replace(rows=()) for line in real(*args))
    )
    page.refresh()
    page.show_rule("campus.stages")
    assert page.findings.calm.title == "全年 40 个检查点都已满足或已排"
    with qtbot.waitSignal(page.page_requested) as asked:
        page._show_next_event()
    assert asked.args[0] == "calendar"
    with qtbot.waitSignal(page._session.messages.toast_requested):
        assert not page.next_finding(1)


def test_many_findings_still_walk_and_act(page: RulesPage, session: YearSession, qtbot: QtBot) -> None:
    session.attempt(commands.change_settings, 2027, {"community.group": "town"})
    page.show_rule("community.monthly")
    assert page.findings.is_long
    page.go_to(cell(session, "community.monthly", "2027-03-01", "罗泾镇"))
    assert _focused(page) == "community.monthly|2027-03-01|罗泾镇"
    with qtbot.waitSignal(page.explain_requested) as asked:
        QTest.keyClick(page.findings.long_list, Qt.Key.Key_Return)
    assert asked.args[0].group == "罗泾镇"


def test_the_page_stays_usable_small_and_large(page: RulesPage) -> None:
    page.show_rule("campus.stages")
    for width, height in ((1017, 484), (1290, 712), (1844, 1024)):
        page.resize(width, height)
        page.grab()
        inside = page.rect()
        for widget in (page.header.plan_button, page.header.pill(CellState.OVERDUE), page.clauses):
            corner = widget.mapTo(page, widget.rect().topLeft())
            assert inside.contains(QRect(corner, widget.size())), (width, widget)
        for widget in page.findings.card_widgets:
            for made in widget._buttons[: len(widget.card.buttons)]:
                assert widget.rect().contains(made.geometry())


def test_regions_are_header_clauses_findings_and_panel(page: RulesPage) -> None:
    page.show_rule("campus.stages")
    page.resize(1844, 1000)
    regions = page.regions()
    assert regions[1] is page.clauses
    assert regions[2] is page.findings.card_widgets[0]
    assert regions[3] is page.side.matrices[0]
    assert RowState.HINT not in {found.state for found in page.rows}
