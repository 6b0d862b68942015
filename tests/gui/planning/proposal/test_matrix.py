"""对照表：采纳前后每格是什么，数目怎么说，方向键怎么走。"""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from gui.planning.proposal.choices import Choices
from gui.planning.proposal.matrix import ComparedMatrix
from gui.planning.proposal.matrix_values import (
    ComparedCell,
    Mark,
    MatrixLine,
    ProposalComparison,
    after_words,
    comparison,
    summary_line,
)
from gui.session.year_session import YearSession
from models import commands
from models.domain.events import Campaign, EventStatus
from planners.proposals import Target
from planners.results import CellState
from tests.gui.planning.proposal import factories
from tests.gui.planning.proposal.test_choices import COMMUNITY, JUNE, PARK


@pytest.fixture
def choices(session: YearSession) -> Choices:
    return Choices(session, factories.proposal(session.snapshot))


def line(found: ProposalComparison, title: str) -> MatrixLine:
    return next(one for one in found.after if one.title == title)


def marks(found: MatrixLine) -> dict[int, Mark]:
    return {cell.first: cell.mark for cell in found.cells if cell.mark is not None}


def test_the_lines_are_the_hard_frequency_rules(choices: Choices) -> None:
    titles = [one.title for one in comparison(choices).before]
    assert titles == ["公开讲堂", "走进园区", "走进社区", "校区·小学", "校区·初中", "校区·高中"]


def test_what_is_ticked_is_added_what_is_not_is_dashed(choices: Choices) -> None:
    found = comparison(choices)
    assert marks(line(found, "公开讲堂")) == {6: Mark.ADDED, 11: Mark.ADDED}
    assert marks(line(found, "走进园区")) == {10: Mark.UNTICKED}
    assert marks(line(found, "校区·高中")) == {10: Mark.ADDED}


def test_a_near_period_stays_at_risk_until_it_is_confirmed(choices: Choices) -> None:
    june = line(comparison(choices), "公开讲堂").cells[5]
    assert (june.state, june.pending, june.words) == (
        CellState.AT_RISK,
        True,
        "6月 有风险 1/1 未确认，排入，待确认",
    )


def test_the_numbers_before_and_after(choices: Choices) -> None:
    found = comparison(choices)
    assert (found.met_before, found.met_after, found.total) == (32, 36, 40)
    assert after_words(found) == "另 1 项排入后待确认（勾选 6 项时）"
    assert summary_line(found) == "满足或已排 32 → 36 / 40，另 1 项待确认（勾选 6 项）"


def test_a_quarter_without_a_theme_is_filled_but_not_met(choices: Choices) -> None:
    choices.tick(PARK, on=True)
    found = comparison(choices)
    assert (found.met_after, found.pending_theme) == (36, 1)
    assert "另 1 项待定主题" in after_words(found)


def test_drafts_are_dashed_and_said_not_to_count(choices: Choices) -> None:
    choices.set_as_planned(on=False)
    found = comparison(choices)
    assert (found.met_after, marks(line(found, "走进社区"))) == (32, {11: Mark.DRAFT})
    assert after_words(found) == "草拟 5 处不计入（勾选 6 项时）"


def test_a_rejected_entry_leaves_the_gap_as_it_was(choices: Choices) -> None:
    choices.reject(COMMUNITY, on=True)
    assert marks(line(comparison(choices), "走进社区")) == {}


def test_the_open_month_is_a_line_only_while_it_is_short(choices: Choices) -> None:
    session = choices.session
    off = [
        event._replace(status=EventStatus.CANCELLED, status_reason="停办")
        for event in session.snapshot.events
        if event.campaign is Campaign.OPEN_MONTH
    ]
    session.attempt(commands.change_events, 2027, off, "停办")
    assert comparison(choices).before[-1].title == "开放月"


@pytest.fixture
def matrix(qtbot: QtBot, choices: Choices) -> ComparedMatrix:
    made = ComparedMatrix("采纳后")
    qtbot.addWidget(made)
    made.resize(600, 200)
    made.show_lines(comparison(choices).after, 6)
    made.show()
    return made


def chosen(matrix: ComparedMatrix, qtbot: QtBot, *keys: Qt.Key) -> Target:
    for key in keys:
        qtbot.keyClick(matrix, key)
    with qtbot.waitSignal(matrix.cell_chosen) as found:
        qtbot.keyClick(matrix, Qt.Key.Key_Return)
    return found.args[0]


def test_arrows_walk_months_and_keep_the_month_between_lines(matrix: ComparedMatrix, qtbot: QtBot) -> None:
    right, down, up = Qt.Key.Key_Right, Qt.Key.Key_Down, Qt.Key.Key_Up
    assert chosen(matrix, qtbot, *[right] * 5).first.month == 6
    quarter = chosen(matrix, qtbot, down)
    assert (quarter.rule, quarter.first.month) == ("park.quarterly", 4)
    assert chosen(matrix, qtbot, up).rule == "lecture.monthly"
    assert chosen(matrix, qtbot, *[Qt.Key.Key_Left] * 20).first.month == 1


def test_a_click_chooses_the_cell(matrix: ComparedMatrix, qtbot: QtBot, choices: Choices) -> None:
    cell: ComparedCell = comparison(choices).after[JUNE].cells[10]
    with qtbot.waitSignal(matrix.cell_chosen) as found:
        place = matrix.cell_rect(0, cell).center().toPoint()
        qtbot.mouseClick(matrix, Qt.MouseButton.LeftButton, pos=place)
    assert found.args[0].first.month == 11


def test_the_whole_matrix_can_be_heard(matrix: ComparedMatrix) -> None:
    words = matrix.accessibleDescription().splitlines()
    assert len(words) == 6
    assert words[0].startswith("公开讲堂：1月 已满足 1/1")
    assert "8月 豁免" in words[2]


def test_every_state_and_mark_is_painted_differently(matrix: ComparedMatrix, qtbot: QtBot) -> None:
    looks = [
        ComparedCell(1, 1, state, "", mark, pending)
        for state, mark, pending in (
            (CellState.DONE, None, False), (CellState.PLANNED, None, False), (CellState.AT_RISK, None, False),
            (CellState.OVERDUE, None, False), (CellState.GAP, None, False), (CellState.EXEMPT, None, False),
            (CellState.PLANNED, Mark.ADDED, False), (CellState.AT_RISK, Mark.ADDED, True),
            (CellState.GAP, Mark.UNTICKED, False), (CellState.GAP, Mark.DRAFT, False),
        )
    ]  # fmt: skip
    pictures = set()
    for look in looks:
        matrix.show_lines([MatrixLine("讲堂", (look,))], None)
        pictures.add(bytes(matrix.grab().toImage().constBits()))
    assert len(pictures) == len(looks)
