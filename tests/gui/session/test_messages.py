"""消息：轻提示自己消失，条幅留到关上；文字原样显示，从不弹窗。"""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from gui.kit.message_bar import MOST_BARS, BarArea
from gui.kit.plain import plain_tip
from gui.session.messages import Action, Bar, Messages, Toast, error_words
from gui.shell.toast import ToastStack
from models.domain.errors import CommandError, InputError

HOSTILE = "<img src='file:///etc/passwd'><b>粗</b> A&B \u202e倒"


def test_a_bar_takes_the_place_of_the_one_with_its_topic(qtbot: QtBot, themed: None) -> None:
    host = QWidget()
    qtbot.addWidget(host)
    area = BarArea(host)
    area.show_bar(Bar("warning", "放假安排未公布", topic="holidays"))
    area.show_bar(Bar("danger", "保存失败", topic="save"))
    area.show_bar(Bar("info", "放假安排已导入", topic="holidays"))
    assert area.texts == ("放假安排已导入", "保存失败")


def test_without_bars_the_area_takes_no_room(qtbot: QtBot, themed: None) -> None:
    host = QWidget()
    qtbot.addWidget(host)
    area = BarArea(host)
    area.show_bar(Bar("info", "提示", topic="hint"))
    shown = area.isVisibleTo(host)
    area.withdraw("hint")
    assert (shown, area.isVisibleTo(host), area.texts) == (True, False, ())


def test_only_the_newest_bars_stay(qtbot: QtBot, themed: None) -> None:
    host = QWidget()
    qtbot.addWidget(host)
    area = BarArea(host)
    for number in range(MOST_BARS + 2):
        area.show_bar(Bar("info", f"第{number}条", topic=str(number)))
    assert area.texts == tuple(f"第{n}条" for n in range(MOST_BARS + 1, 1, -1))


def test_the_button_of_a_bar_does_what_it_says(qtbot: QtBot, themed: None) -> None:
    done: list[str] = []
    host = QWidget()
    qtbot.addWidget(host)
    area = BarArea(host)
    area.show_bar(Bar("warning", "只读", (Action("另存…", lambda: done.append("另存")),), "read-only"))
    buttons = {made.text(): made for made in area.findChildren(QPushButton)}
    qtbot.mouseClick(buttons["另存…"], Qt.MouseButton.LeftButton)
    assert done == ["另存"]


def test_text_is_never_taken_for_markup(qtbot: QtBot, themed: None) -> None:
    host = QWidget()
    qtbot.addWidget(host)
    area = BarArea(host)
    area.show_bar(Bar("info", HOSTILE, (Action("A&B", host.update),), "x"))
    toasts = ToastStack(host)
    toasts.show_toast(Toast(HOSTILE, Action("A&B", host.update)))
    labels = [*area.findChildren(QLabel), *toasts.findChildren(QLabel)]
    assert {label.textFormat() for label in labels} == {Qt.TextFormat.PlainText}
    assert {label.text() for label in labels} == {HOSTILE}
    buttons = [*area.findChildren(QPushButton), *toasts.findChildren(QPushButton)]
    assert {made.text() for made in buttons} == {"A&&B"}
    assert "<img" not in plain_tip(HOSTILE)


def test_a_toast_goes_by_itself(qtbot: QtBot, themed: None) -> None:
    host = QWidget()
    qtbot.addWidget(host)
    toasts = ToastStack(host)
    toasts.show_toast(Toast("已保存"))
    (frame,) = toasts.frames
    frame.finished.emit()
    assert toasts.texts == ()


def test_a_later_step_takes_the_offer_to_undo_away_and_nothing_else(qtbot: QtBot, themed: None) -> None:
    host = QWidget()
    qtbot.addWidget(host)
    toasts = ToastStack(host)
    toasts.show_toast(Toast("已移动", Action("撤销", host.update, "Ctrl+Z")))
    toasts.show_toast(Toast("已导出", Action("打开所在文件夹", host.update)))
    toasts.drop_undo()
    assert toasts.texts == ("已导出",)


def test_the_action_of_a_toast_is_done_once_and_the_toast_goes(qtbot: QtBot, themed: None) -> None:
    done: list[str] = []
    host = QWidget()
    qtbot.addWidget(host)
    toasts = ToastStack(host)
    toasts.show_toast(Toast("已移动", Action("撤销", lambda: done.append("撤销"), "Ctrl+Z")))
    (button,) = toasts.findChildren(QPushButton)
    assert button.text() == "撤销 Ctrl+Z"
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    assert (done, toasts.texts) == (["撤销"], ())


def test_an_error_is_said_with_place_effect_and_remedy() -> None:
    error = InputError("日期“2月30日”不存在。", "没有导入。", "请改正后再试。", place="events[3].starts_at")
    assert error_words(error) == "日期“2月30日”不存在。（events[3].starts_at）没有导入。请改正后再试。"


def test_everything_said_goes_to_screen_readers_too(qtbot: QtBot) -> None:
    messages = Messages()
    words: list[str] = []
    messages.said.connect(words.append)
    messages.toast("已保存")
    messages.bar("info", "提示")
    messages.error(CommandError("不行。"))
    assert words == ["已保存", "提示", "不行。"]
