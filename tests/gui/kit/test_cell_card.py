"""格子卡片：说什么、给哪些按钮。"""

from __future__ import annotations

from datetime import date

import pytest
from PySide6.QtCore import QRect, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from gui.kit.card_contents import CardAction, CardContents, card_contents
from gui.kit.cell_card import CellCard
from gui.overview.board_contents import board_contents
from gui.overview.board_model import cell_text
from models.domain.events import Campaign
from models.domain.year import Exemption
from planners.autoplan.planning import propose_one
from planners.proposals import Entry
from tests.factories import TODAY, check, event, sample, year
from tests.gui.overview.board_samples import line, sample_check

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints", extend=True)  # the offscreen platform says so


def card(key: str, month: int) -> CardContents:
    shown = line(key).cell_at(month)
    short = shown.cell is not None and shown.cell.shortfall and shown.cell.last >= date(2027, 6, 15)
    made = propose_one(sample(), TODAY, sample_check().ruleset, shown.cell) if short else None
    suggestion = made if isinstance(made, Entry) else None
    return card_contents(line(key), shown, sample(), sample_check(), suggestion)


def test_a_month_at_risk_tells_deadline_waiting_event_and_suggestion() -> None:
    made = card("lecture", 6)
    assert (made.title, made.lines) == (
        "公开讲堂 · 6月",
        (
            "0/1 场，剩余 12 个工作日（截至 6月30日）",
            "延期待定 1 场：消费促进",
            "放假安排未公布，工作日按法定节日估算",
        ),
    )
    assert (made.suggested, made.event) == ("6月23日 周三 14:00", "A007")
    assert made.reasons.startswith("距上一场 35 天、下一场 21 天；历次多在周三下午")


@pytest.mark.parametrize(
    ("key", "month", "texts"),
    [
        ("lecture", 6, ["排入 6月23日", "其他日期", "定位待定项"]),
        ("lecture", 1, ["新建活动…"]),
        ("campus:高中", 1, ["登记说明…"]),
        ("campus:初中", 4, ["去确认", "标为已确认", "新建活动…"]),
        ("community", 8, ["新建活动…"]),
        ("tech_forum", 2, ["新建活动…"]),
        ("attendance", 4, []),
    ],
)
def test_the_buttons_are_what_can_be_done(key: str, month: int, texts: list[str]) -> None:
    assert [entry.text for entry in card(key, month).buttons] == texts


def test_a_gap_offers_a_day_another_day_or_an_exemption() -> None:
    actions = [entry.action for entry in card("community", 11).buttons]
    assert actions == [CardAction.ACCEPT, CardAction.OTHER_DAY, CardAction.EXEMPT]


def test_a_quarter_without_a_theme_asks_for_it_first() -> None:
    made = card("park", 10)
    assert made.buttons[0].action is CardAction.THEME
    assert "季度主题未定" in made.lines


def test_a_missed_period_tells_how_long_ago_and_what_was_explained() -> None:
    reason = (("explanation:campus.stages|2027-01-01|2027-03-31|高中", "学校封闭管理"),)
    snapshot = sample()
    changed = snapshot.year_row._replace(settings=snapshot.year_row.settings + reason)
    explained = year(settings=dict(changed.settings))
    checked = check(explained)
    campus = line("campus:高中", board_contents(explained, checked))
    made = card_contents(campus, campus.cell_at(1), explained, checked, None)
    assert made.lines == ("0/1 场，3月31日到期，已过 76 天", "已登记说明：学校封闭管理")
    assert [entry.text for entry in made.buttons] == ["修改说明…"]


def test_a_registered_exemption_can_be_withdrawn() -> None:
    snapshot = year(
        exemptions=(Exemption("lecture.monthly", date(2027, 11, 1), date(2027, 11, 30), None, "改造"),)
    )
    checked = check(snapshot)
    lecture = line("lecture", board_contents(snapshot, checked))
    made = card_contents(lecture, lecture.cell_at(11), snapshot, checked, None)
    assert [entry.action for entry in made.buttons] == [CardAction.WITHDRAW]


def test_events_of_the_open_month_that_are_in_conflict_are_told() -> None:
    pair = [
        event(Campaign.OPEN_MONTH, "2027-08-25", at=at, venue="v1", key=at[:2]) for at in ("14:00", "15:00")
    ]
    for events, told in ((pair, "2 场有冲突：8月25日 14、8月25日 15"), (pair[:1], "")):
        snapshot = year(*events)
        checked = check(snapshot)
        august = line("open_month", board_contents(snapshot, checked))
        cell = august.cell_at(8)
        made = card_contents(august, cell, snapshot, checked, None)
        assert [words for words in made.lines if "冲突" in words] == ([told] if told else [])
        assert cell_text(august, cell).split("\n")[2:] == ([told] if told else [])


@pytest.fixture
def host(qtbot: QtBot) -> QWidget:
    made = QWidget()
    qtbot.addWidget(made)
    made.resize(1290, 600)
    made.show()
    return made


def test_the_card_opens_beside_its_cell_and_stays_inside(host: QWidget) -> None:
    made = CellCard(host)
    for place in (QRect(640, 140, 92, 62), QRect(1200, 560, 90, 40), QRect(178, 0, 90, 30)):
        made.show_cell(card("lecture", 6), place)
        shown = made.geometry().adjusted(12, 12, -12, -12)
        assert host.rect().contains(shown)
        assert not shown.adjusted(2, 2, -2, -2).intersects(place)


def test_enter_uses_the_primary_button_and_down_asks_for_the_chips(host: QWidget, qtbot: QtBot) -> None:
    made = CellCard(host)
    made.show_cell(card("lecture", 6), QRect(640, 140, 92, 62))
    with qtbot.waitSignal(made.chosen) as chosen:
        QTest.keyClick(made, Qt.Key.Key_Return)
    assert chosen.args == [CardAction.ACCEPT]
    made.show_cell(card("lecture", 6), QRect(640, 140, 92, 62))
    with qtbot.waitSignal(made.chips_wanted):
        QTest.keyClick(made, Qt.Key.Key_Down)
    assert not made.isVisible()


def test_escape_and_a_click_elsewhere_dismiss_the_card(host: QWidget, qtbot: QtBot) -> None:
    made = CellCard(host)
    made.show_cell(card("lecture", 6), QRect(640, 140, 92, 62))
    with qtbot.waitSignal(made.closed):
        QTest.keyClick(made, Qt.Key.Key_Escape)
    made.show_cell(card("lecture", 6), QRect(640, 140, 92, 62))
    with qtbot.waitSignal(made.closed):
        QTest.mouseClick(host, Qt.MouseButton.LeftButton, pos=host.rect().topLeft())


def test_the_card_says_everything_to_a_screen_reader(host: QWidget) -> None:
    made = CellCard(host)
    made.show_cell(card("campus:高中", 1), QRect(200, 200, 90, 40))
    assert made.accessibleName() == "走进校区 · 高中 · 一季度，0/1 场，3月31日到期，已过 76 天"
    assert made.button_texts == ("登记说明…",)
