"""键盘走格与拿起：纯值与真部件。"""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QEvent, QPointF, Qt
from PySide6.QtGui import QMouseEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from gui.overview.board_canvas import BoardHitKind
from gui.overview.board_cursor import (
    Cursor,
    along_chips,
    kept,
    next_group,
    next_quarter,
    sideways,
    vertically,
)
from gui.overview.board_drag import (
    BoardDrag,
    DragAction,
    action_of,
    effect_words,
    refusal,
    why_not,
    why_stays,
)
from gui.overview.board_overlay import tag_rect
from gui.overview.board_view import cell_words
from gui.overview.year_board import YearBoard
from tests.gui.overview.board_samples import line, sample_contents

CONTENTS = sample_contents()


@pytest.fixture
def board(qtbot: QtBot) -> Iterator[YearBoard]:
    made = YearBoard()
    qtbot.addWidget(made)
    made.resize(1290, 548)
    made.set_contents(CONTENTS)
    made.show()
    return made


def test_sideways_steps_over_a_whole_quarter() -> None:
    assert sideways(Cursor(5, 2), CONTENTS, 1) == Cursor(5, 4)
    assert sideways(Cursor(5, 5), CONTENTS, -1) == Cursor(5, 1)
    assert sideways(Cursor(0, 12), CONTENTS, 1) == Cursor(0, 12)


def test_up_and_down_keep_the_month_and_stop_at_the_ends() -> None:
    assert vertically(Cursor(0, 6), CONTENTS, 1) == Cursor(1, 6)
    assert vertically(Cursor(8, 6), CONTENTS, 1) == Cursor(8, 6)
    assert vertically(Cursor(0, 6), CONTENTS, -1) == Cursor(0, 6)


def test_groups_and_quarters_are_jumped() -> None:
    assert next_group(Cursor(0, 6), CONTENTS, 1) == Cursor(1, 6)
    assert next_group(Cursor(3, 6), CONTENTS, 1) == Cursor(6, 6)
    assert next_group(Cursor(3, 6), CONTENTS, -1) == Cursor(0, 6)
    assert next_quarter(Cursor(0, 6), 1) == Cursor(0, 7)
    assert next_quarter(Cursor(0, 6), -1) == Cursor(0, 1)


def test_the_chips_of_a_cell_are_walked_and_left_again() -> None:
    walked = [Cursor(0, 3, 0), Cursor(0, 3, 1), Cursor(0, 3, 1)]
    cursor, found = Cursor(0, 3), []
    for _ in range(3):
        cursor = along_chips(cursor, CONTENTS, 1)
        found.append(cursor)
    assert found == walked
    assert along_chips(Cursor(0, 3, 0), CONTENTS, -1) == Cursor(0, 3)
    assert along_chips(Cursor(0, 11), CONTENTS, 1) == Cursor(0, 11)


def test_the_cursor_stays_on_its_line_when_lines_are_hidden() -> None:
    assert kept(Cursor(4, 6), "campus:初中", CONTENTS.lines[3:]) == Cursor(1, 6)
    assert kept(Cursor(4, 6), "campus:初中", CONTENTS.lines[:2]) is None


def test_arrows_home_and_end_walk_the_board(board: YearBoard) -> None:
    board.select(0, 6)
    for key, place in (
        (Qt.Key.Key_Right, (0, 7)),
        (Qt.Key.Key_Down, (1, 7)),
        (Qt.Key.Key_Right, (1, 10)),
        (Qt.Key.Key_Home, (1, 1)),
        (Qt.Key.Key_End, (1, 10)),
        (Qt.Key.Key_PageDown, (6, 10)),
        (Qt.Key.Key_PageUp, (1, 10)),
    ):
        QTest.keyClick(board, key)
        assert board.place == Cursor(*place)


def test_enter_opens_the_card_and_control_enter_takes_the_suggestion(board: YearBoard, qtbot: QtBot) -> None:
    board.select(0, 6)
    with qtbot.waitSignal(board.cell_activated) as opened:
        QTest.keyClick(board, Qt.Key.Key_Return)
    with qtbot.waitSignal(board.suggestion_requested) as taken:
        QTest.keyClick(board, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert (opened.args, taken.args) == (["lecture", 6], ["lecture", 6])


def test_control_n_asks_for_a_new_event_in_the_cell(board: YearBoard, qtbot: QtBot) -> None:
    board.select(2, 11)
    with qtbot.waitSignal(board.new_event_requested) as asked:
        QTest.keyClick(board, Qt.Key.Key_N, Qt.KeyboardModifier.ControlModifier)
    assert asked.args == ["community", 11]


def test_enter_on_a_chip_opens_the_event(board: YearBoard, qtbot: QtBot) -> None:
    board.select(0, 7, 0)
    with qtbot.waitSignal(board.event_requested) as opened:
        QTest.keyClick(board, Qt.Key.Key_Return)
    assert opened.args == ["A008"]


def test_control_m_arrows_and_enter_move_without_a_mouse(board: YearBoard, qtbot: QtBot) -> None:
    said: list[str] = []
    board.said.connect(said.append)
    board.select(0, 7)
    QTest.keyClick(board, Qt.Key.Key_M, Qt.KeyboardModifier.ControlModifier)
    QTest.keyClick(board, Qt.Key.Key_Right)
    QTest.keyClick(board, Qt.Key.Key_Right)
    with qtbot.waitSignal(board.move_requested) as moved:
        QTest.keyClick(board, Qt.Key.Key_Return)
    assert moved.args[:2] == ["A008", 9]
    assert board.drag is None
    assert said[-1] == "9月，7月 1/1 → 0/1 · 9月 1/1 → 2/1"


def test_escape_puts_the_event_back(board: YearBoard) -> None:
    board.select(0, 7)
    QTest.keyClick(board, Qt.Key.Key_M, Qt.KeyboardModifier.ControlModifier)
    assert board.drag == BoardDrag("A008", 0, 7, 7)
    QTest.keyClick(board, Qt.Key.Key_Escape)
    assert board.drag is None


def test_a_past_month_bounces_the_event_back_and_says_why(board: YearBoard, qtbot: QtBot) -> None:
    board.pick_up("A008")
    board.drag_to_month(5)
    with qtbot.assertNotEmitted(board.move_requested), qtbot.waitSignal(board.said) as said:
        board.put_down()
    assert said.args == ["5月已过，不能再排入"]


def test_held_events_and_meetings_cannot_be_moved() -> None:
    held, planned = line("lecture").chips_at(1)[0], line("lecture").chips_at(7)[0]
    meeting = line("attendance").chips_at(7)[0]
    assert why_stays(line("lecture"), held).endswith("已举办，不能移动")
    assert why_stays(line("lecture"), planned) == ""
    assert why_stays(line("attendance"), meeting)


def test_held_events_can_be_copied_but_not_postponed_and_meetings_neither() -> None:
    held, meeting = line("lecture").chips_at(1)[0], line("attendance").chips_at(7)[0]
    assert why_stays(line("lecture"), held, DragAction.COPY) == ""
    assert why_stays(line("lecture"), held, DragAction.POSTPONE).endswith("已举办，不能延期")
    assert why_stays(line("attendance"), meeting, DragAction.COPY)


@pytest.mark.parametrize(
    ("held", "action"),
    [
        (Qt.KeyboardModifier.NoModifier, DragAction.MOVE),
        (Qt.KeyboardModifier.AltModifier, DragAction.MOVE),
        (Qt.KeyboardModifier.ControlModifier, DragAction.COPY),
        (Qt.KeyboardModifier.ShiftModifier, DragAction.POSTPONE),
    ],
)
def test_control_copies_and_shift_postpones(held: Qt.KeyboardModifier, action: DragAction) -> None:
    assert action_of(held) is action


def test_the_effect_of_a_copy_and_of_a_postponement() -> None:
    copied, later = DragAction.COPY, DragAction.POSTPONE
    assert effect_words(CONTENTS, BoardDrag("A008", 0, 7, 11, action=copied)) == "复制一场 · 11月 0/1 → 1/1"
    assert effect_words(CONTENTS, BoardDrag("A008", 0, 7, 7, action=copied)) == "复制一场 · 7月 1/1 → 2/1"
    assert (
        effect_words(CONTENTS, BoardDrag("A008", 0, 7, 7, action=later))
        == "延期，松开后填写原因 · 7月 1/1 → 0/1"
    )
    words = "延期到11月，松开后填写原因 · 7月 1/1 → 0/1 · 11月 0/1 → 1/1"
    assert effect_words(CONTENTS, BoardDrag("A008", 0, 7, 11, action=later)) == words
    assert refusal(CONTENTS, BoardDrag("A008", 0, 7, 3, action=copied)) == "3月已过，不能再排入"


def test_the_effect_of_a_landing_is_told_in_counts() -> None:
    assert effect_words(CONTENTS, BoardDrag("A008", 0, 7, 11)) == "7月 1/1 → 0/1 · 11月 0/1 → 1/1"
    assert effect_words(CONTENTS, BoardDrag("A018", 1, 7, 9)) == "同一周期内改日子，规则计数不变"
    assert effect_words(CONTENTS, BoardDrag("A008", 0, 7, 3)) == "3月已过，不能再排入"
    assert effect_words(CONTENTS, BoardDrag("A008", 0, 7, None)) == ""
    assert (why_not(CONTENTS, 6), why_not(CONTENTS, 5)) == ("", "5月已过，不能再排入")


def test_dragging_a_chip_to_another_month_asks_for_the_day(board: YearBoard, qtbot: QtBot) -> None:
    chip = next(hit.rect.center().toPoint() for hit in board.layer().hits if hit.key == "A008")
    target = board.cell_viewport_rect(0, 10).center()
    with qtbot.waitSignal(board.move_requested) as moved:
        QTest.mousePress(board.viewport(), Qt.MouseButton.LeftButton, pos=chip)
        QTest.mouseMove(board.viewport(), chip + (target - chip) / 2)
        QTest.mouseMove(board.viewport(), target)
        QTest.mouseRelease(board.viewport(), Qt.MouseButton.LeftButton, pos=target)
    assert moved.args[:2] == ["A008", 10]


def drag(board: YearBoard, key: str, month: int, *held: Qt.KeyboardModifier) -> None:
    """Drag a chip to ``month`` of its line, the pointer passing once with each of ``held``; let go with the last."""
    start = next(hit.rect.center() for hit in board.layer().hits if hit.key == key)
    target = QPointF(board.cell_viewport_rect(0, month).center())
    button, none = Qt.MouseButton.LeftButton, Qt.MouseButton.NoButton
    send(board, QEvent.Type.MouseButtonPress, start, button, button, held[0])
    for modifier in held:
        send(board, QEvent.Type.MouseMove, target, none, button, modifier)
    send(board, QEvent.Type.MouseButtonRelease, target, button, none, held[-1])


def send(
    board: YearBoard,
    kind: QEvent.Type,
    at: QPointF,
    button: Qt.MouseButton,
    buttons: Qt.MouseButton,
    held: Qt.KeyboardModifier,
) -> None:
    where = board.viewport().mapToGlobal(at)
    QApplication.sendEvent(board.viewport(), QMouseEvent(kind, at, where, button, buttons, held))


def test_a_drag_with_control_asks_for_the_day_of_a_copy(board: YearBoard, qtbot: QtBot) -> None:
    with qtbot.assertNotEmitted(board.move_requested), qtbot.waitSignal(board.copy_requested) as copied:
        drag(board, "A008", 10, Qt.KeyboardModifier.ControlModifier)
    assert copied.args[:2] == ["A008", 10]


def test_a_held_event_is_copied_but_bounces_back_where_control_is_let_go(
    board: YearBoard, qtbot: QtBot
) -> None:
    held = line("lecture").chips_at(1)[0]
    with qtbot.waitSignal(board.copy_requested):
        drag(board, held.key, 10, Qt.KeyboardModifier.ControlModifier)
    said: list[str] = []
    board.said.connect(said.append)
    with qtbot.assertNotEmitted(board.move_requested), qtbot.assertNotEmitted(board.copy_requested):
        drag(board, held.key, 10, Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.NoModifier)
    assert said[-1].endswith("已举办，不能移动")
    assert board.drag is None


def test_a_drag_with_shift_asks_for_the_reason(board: YearBoard, qtbot: QtBot) -> None:
    with qtbot.assertNotEmitted(board.move_requested), qtbot.waitSignal(board.postpone_requested) as asked:
        drag(board, "A008", 10, Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.ShiftModifier)
    assert asked.args == ["A008", 10]


def test_the_keys_that_are_held_show_on_the_ghost_at_once(board: YearBoard) -> None:
    said: list[str] = []
    board.said.connect(said.append)
    board.pick_up("A008")
    board.drag_to(QPointF(board.cell_viewport_rect(0, 10).center()))
    moved = board.viewport().grab().toImage()
    QTest.keyPress(board, Qt.Key.Key_Control)
    assert board.drag is not None
    assert board.drag.action is DragAction.COPY
    assert said[-1] == "复制一场 · 10月 1/1 → 2/1"
    assert board.viewport().grab().toImage() != moved
    QTest.keyRelease(board, Qt.Key.Key_Control)
    assert board.drag.action is DragAction.MOVE


def test_what_one_frame_repaints_holds_the_tag(board: YearBoard) -> None:
    board.pick_up("A008")
    board.drag_to(QPointF(board.viewport().width() - 40, board.cell_viewport_rect(0, 12).center().y()))
    before = board.drag_rect()
    board.drag_as(DragAction.POSTPONE)
    layout, drag = board.board_layout(), board.drag
    assert drag is not None
    tag = board.to_viewport(tag_rect(layout, drag)).toAlignedRect()
    assert board.drag_rect().contains(tag)
    assert tag.right() <= board.viewport().width()
    assert board.drag_rect() != before


@pytest.mark.parametrize(
    ("held", "signal"),
    [
        (Qt.KeyboardModifier.ControlModifier, "copy_requested"),
        (Qt.KeyboardModifier.ShiftModifier, "postpone_requested"),
    ],
)
def test_enter_with_control_copies_and_with_shift_postpones(
    board: YearBoard, qtbot: QtBot, held: Qt.KeyboardModifier, signal: str
) -> None:
    board.select(0, 7)
    QTest.keyClick(board, Qt.Key.Key_M, Qt.KeyboardModifier.ControlModifier)
    QTest.keyClick(board, Qt.Key.Key_Right)
    with qtbot.waitSignal(getattr(board, signal)) as asked:
        QTest.keyClick(board, Qt.Key.Key_Return, held)
    assert asked.args[:2] == ["A008", 8]


def test_dropping_outside_the_line_does_nothing(board: YearBoard, qtbot: QtBot) -> None:
    chip = next(hit.rect.center().toPoint() for hit in board.layer().hits if hit.key == "A008")
    target = board.cell_viewport_rect(3, 10).center()
    with qtbot.assertNotEmitted(board.move_requested):
        QTest.mousePress(board.viewport(), Qt.MouseButton.LeftButton, pos=chip)
        QTest.mouseMove(board.viewport(), target)
        QTest.mouseRelease(board.viewport(), Qt.MouseButton.LeftButton, pos=target)
    assert board.drag is None


@pytest.mark.parametrize(
    ("kind", "key", "signal", "args"),
    [
        (BoardHitKind.CHIP, "A008", "event_requested", ["A008"]),
        (BoardHitKind.DECISION, "d4", "decision_requested", ["d4"]),
        (BoardHitKind.THEME, "4", "theme_requested", [4]),
        (BoardHitKind.MONTH, "9", "month_requested", [9]),
        (BoardHitKind.WEEK, "2027-08-09", "week_requested", ["2027-08-09"]),
        (BoardHitKind.GHOST, "ghost", "cell_activated", ["lecture", 6]),
    ],
)
def test_a_click_does_what_the_place_is_for(
    board: YearBoard, qtbot: QtBot, kind: BoardHitKind, key: str, signal: str, args: list[object]
) -> None:
    hit = next(hit for hit in board.layer().hits if hit.kind is kind and hit.key == key)
    with qtbot.waitSignal(getattr(board, signal)) as asked:
        QTest.mouseClick(board.viewport(), Qt.MouseButton.LeftButton, pos=hit.rect.center().toPoint())
    assert asked.args == args


def test_a_click_on_the_empty_part_of_a_cell_selects_and_opens_it(board: YearBoard, qtbot: QtBot) -> None:
    at = board.cell_viewport_rect(0, 9).topLeft() + QPointF(70, 12).toPoint()
    with qtbot.waitSignal(board.cell_activated) as opened:
        QTest.mouseClick(board.viewport(), Qt.MouseButton.LeftButton, pos=at)
    assert (opened.args, board.place) == (["lecture", 9], Cursor(0, 9))


def test_a_narrow_board_shows_the_half_of_today_and_switches(board: YearBoard) -> None:
    board.resize(1017, 400)
    assert board.board_layout().months == (1, 2, 3, 4, 5, 6)
    board.select(0, 3)
    QTest.keyClick(board, Qt.Key.Key_Right, Qt.KeyboardModifier.ControlModifier)
    assert board.board_layout().months == (7, 8, 9, 10, 11, 12)
    QTest.keyClick(board, Qt.Key.Key_Home)
    assert board.board_layout().months == (1, 2, 3, 4, 5, 6)


def test_heads_stay_while_the_body_scrolls(board: YearBoard) -> None:
    board.resize(1017, 300)
    board.verticalScrollBar().setValue(100)
    hit = board.place_at(QPointF(200, 40))
    assert hit is not None
    assert (hit.kind, hit.month) == (BoardHitKind.MONTH, 1)
    body = board.place_at(QPointF(200, 60))
    assert body is not None
    assert body.row == board.board_layout().row_at(160)


def test_a_cell_in_words_for_screen_readers() -> None:
    assert (
        cell_words(line("lecture"), line("lecture").cell_at(6))
        == "公开讲堂 6月 有风险 0/1 剩 12 个工作日 没有活动"
    )
    assert cell_words(line("tech_forum"), line("tech_forum").cell_at(3)) == "科创问政 3月 1 场活动"


def test_the_static_layer_is_painted_once_until_something_changes(board: YearBoard) -> None:
    first = board.layer()
    board.select(3, 9)
    board.pick_up("A008")
    board.drag_to_month(10)
    assert board.layer() is first
    board.set_contents(CONTENTS)
    assert board.layer() is not first
