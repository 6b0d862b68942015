"""导入预览：勾选、拆分、采纳成一步、退回件；拖到窗口上的工作簿。"""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, Qt, QUrl
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from exports.incoming import CATALOGUE, read_incoming
from exports.xlsx.reading.catalogue import read_catalogue
from exports.xlsx.reading.submission import read_submission
from exports.xlsx.reading.values import RowFate
from gui.intake.catalogue_dialog import CatalogueDialog
from gui.intake.sheet_dialog import SheetDialog
from gui.intake.sheets import read_file
from gui.session.runner import RunProgress
from gui.session.year_session import YearSession
from gui.shell.main_window import dropped_file
from models.domain.errors import InputError
from models.domain.events import Campaign
from tests.exports.office_reading import HOSTILE, sheets
from tests.exports.sheet_making import submission, workbook
from tests.gui.conftest import NOW
from tests.gui.windows import window_at
from tests.stores import filled_store

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints", extend=True)  # the offscreen platform says so

ROWS = (
    (1, "新开放日", "8月9日14:00-16:00", "大厅", "区司法局"),
    (2, "两天的开放日", "8月26、27日", "", "区司法局"),
    (3, "坏日期", "2月30日", "", "区司法局"),
    (4, "法律服务体验", "8月9日10:00", "", "区司法局"),
)
CATALOGUE_ROWS = [
    ["重大行政决策事项目录"],
    ["序号", "事项名称", "承办单位", "拟提交时间"],
    [1, "新规划", "区司法局", "第二季度"],
    [2, "坏", "某局", ""],
]


def dialog_of(session: YearSession, data: bytes | None = None) -> SheetDialog:
    data = data or submission(*ROWS)
    return SheetDialog(session, read_submission(data, session.snapshot, "报送.xlsx"), data)


@pytest.fixture
def dialog(themed: None, session: YearSession, qtbot: QtBot) -> SheetDialog:
    made = dialog_of(session)
    qtbot.addWidget(made)
    made.show()
    return made


def column(dialog: SheetDialog, at: int) -> list[str]:
    return [dialog.model.words(row)[at] for row in dialog.model.rows]


def test_every_row_is_shown_with_its_state_and_good_ones_are_ticked(dialog: SheetDialog) -> None:
    assert column(dialog, 1) == ["4", "5", "6", "7"]
    assert column(dialog, 2) == ["新增", "新增", "不收", "新增"]
    assert column(dialog, 7)[2] == "没有 2027年2月30日 这一天"
    assert dialog.model.ticked == {("Sheet1", 4), ("Sheet1", 5)}
    assert dialog.accept_button.text() == "采纳勾选的 2 行"
    assert "填报单位：区司法局" in dialog.summary.text()


def test_taking_is_one_step_that_can_be_undone(dialog: SheetDialog, session: YearSession) -> None:
    before = session.snapshot
    dialog.on_accept()
    assert {event.title for event in session.snapshot.events} - {event.title for event in before.events} == {
        "新开放日",
        "两天的开放日",
    }
    assert session.undo_title == "导入报送表“报送.xlsx”（2 项）"
    session.undo()
    assert session.snapshot == before


def test_a_row_of_two_days_can_be_split(dialog: SheetDialog, session: YearSession) -> None:
    dialog.table.selectRow(0)
    assert not dialog.split_box.isVisible()
    dialog.table.selectRow(1)
    assert dialog.split_box.isVisible()
    dialog.split_box.click()
    assert "拆分为 2 场" in column(dialog, 7)[1]
    assert dialog.model.ticked == {("Sheet1", 4), ("Sheet1", 5)}
    dialog.on_accept()
    days = [event.day.day for event in session.snapshot.events if event.title == "两天的开放日" and event.day]
    assert days == [26, 27]


def test_space_and_ctrl_a_tick_and_a_refused_row_never_is(dialog: SheetDialog) -> None:
    dialog.table.selectRow(0)
    QTest.keyClick(dialog.table, Qt.Key.Key_Space)
    assert dialog.model.ticked == {("Sheet1", 5)}
    dialog.table.selectRow(2)
    QTest.keyClick(dialog.table, Qt.Key.Key_Space)
    assert dialog.model.ticked == {("Sheet1", 5)}
    QTest.keyClick(dialog.table, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    assert dialog.model.ticked == {("Sheet1", 4), ("Sheet1", 5), ("Sheet1", 7)}
    QTest.keyClick(dialog.table, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    assert dialog.model.ticked == set()
    assert not dialog.accept_button.isEnabled()


def test_ctrl_enter_takes_what_is_ticked(dialog: SheetDialog, session: YearSession) -> None:
    count = len(session.snapshot.events)
    QTest.keyClick(dialog, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert len(session.snapshot.events) == count + 2
    assert not dialog.isVisible()


def test_rows_of_one_state_can_be_looked_at_alone(dialog: SheetDialog) -> None:
    dialog._filters[RowFate.REFUSED].click()
    assert column(dialog, 1) == ["6"]
    assert "第 6 行 C 列（活动时间）：“2月30日”，没有 2027年2月30日 这一天" in dialog.details.text()
    assert len(dialog.model.ticked) == 2


def test_the_returned_sheet_is_saved_with_its_problems(
    dialog: SheetDialog, tmp_path: Path, qtbot: QtBot
) -> None:
    target = tmp_path / "退回件.xlsx"
    dialog.make_returned(target)
    assert not dialog.return_button.isEnabled()
    qtbot.waitUntil(target.exists)
    qtbot.waitUntil(dialog.return_button.isEnabled)
    sheet = sheets(target.read_bytes()).active
    assert sheet["C6"].comment.text.startswith("活动时间：没有 2027年2月30日")
    assert dialog.summary.text().endswith("已另存退回件 退回件.xlsx")
    dialog.make_returned(tmp_path / "无此夹" / "x.xlsx")
    qtbot.waitUntil(lambda: "文件夹不存在" in dialog.refusal.text())
    assert dialog.return_button.isEnabled()


def test_what_changed_meanwhile_is_said_and_nothing_is_taken(
    dialog: SheetDialog, session: YearSession
) -> None:
    other = dialog_of(session)
    other.on_accept()
    count = len(session.snapshot.events)
    dialog.on_accept()
    assert dialog.refusal.text()
    assert dialog.isVisible()
    assert len(session.snapshot.events) == count
    other.deleteLater()


def test_rows_without_a_campaign_offer_a_choice(themed: None, session: YearSession, qtbot: QtBot) -> None:
    made = dialog_of(session, submission((1, "甲", "8月9日", "", "区司法局"), title="活动表"))
    qtbot.addWidget(made)
    made.show()
    assert made.campaign_box.isVisible()
    made._on_campaign(made.campaign_box.findData(Campaign.LECTURE))
    assert (made.campaign_wanted, made.isVisible()) == (Campaign.LECTURE, False)


@pytest.mark.parametrize("text", [text for text in HOSTILE if text.strip() == text and "\n" not in text])
def test_hostile_text_is_shown_as_it_is(themed: None, session: YearSession, qtbot: QtBot, text: str) -> None:
    made = dialog_of(session, submission((1, text, "8月9日", text, "区司法局")))
    qtbot.addWidget(made)
    made.show()
    QApplication.processEvents()
    assert made.model.words(made.model.rows[0])[4] == text
    assert made.details.textFormat() is Qt.TextFormat.PlainText


def test_a_catalogue_is_previewed_and_taken_as_one_step(
    themed: None, session: YearSession, qtbot: QtBot
) -> None:
    reading = read_catalogue(workbook(CATALOGUE_ROWS), session.snapshot, "目录.xlsx")
    made = CatalogueDialog(session, reading)
    qtbot.addWidget(made)
    made.show()
    assert [made.model.words(row)[2] for row in made.model.rows] == ["新增", "不收"]
    assert "拟提交时间：第二季度" in made.details.text()
    made.on_accept()
    assert session.snapshot.decisions[-1].title == "新规划"
    session.undo()
    assert "新规划" not in [decision.title for decision in session.snapshot.decisions]


# the process that reads


def test_a_file_is_read_in_a_process_of_its_own(session: YearSession, tmp_path: Path) -> None:
    path = tmp_path / "报送.xlsx"
    path.write_bytes(submission(*ROWS))
    data, reading = read_file(path, session.snapshot, "either", None, RunProgress())
    assert data == path.read_bytes()
    assert reading == read_submission(data, session.snapshot, "报送.xlsx")


def test_what_the_process_refuses_is_an_error_in_words(session: YearSession, tmp_path: Path) -> None:
    path = tmp_path / "x.xlsx"
    path.write_bytes(b"PK")
    with pytest.raises(InputError, match="它不是完好的"):
        read_file(path, session.snapshot, "either", None, RunProgress())


def test_a_catalogue_asked_for_is_not_read_as_a_submission(session: YearSession) -> None:
    with pytest.raises(InputError, match="目录"):
        read_incoming(submission(*ROWS), session.snapshot, "x.xlsx", CATALOGUE)


# dropping


def test_one_workbook_can_be_dropped_and_nothing_else() -> None:
    def dragged(*names: str) -> QMimeData:
        data = QMimeData()
        data.setUrls([QUrl.fromLocalFile(name) for name in names])
        return data

    assert dropped_file(dragged("/x/报送表.XLSX")) == Path("/x/报送表.XLSX")
    assert dropped_file(dragged("/x/a.xls")) is None
    assert dropped_file(dragged("/x/a.xlsx", "/x/b.xlsx")) is None
    assert dropped_file(QMimeData()) is None


# from the window


def test_a_workbook_chosen_in_the_import_dialog_is_previewed(
    qtbot: QtBot, themed: None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from gui.intake import sheets
    from gui.shell import data_files

    window = window_at(NOW, tmp_path)
    qtbot.addWidget(window)
    filled_store(tmp_path / "年度.db").close()
    window.files.open_file(tmp_path / "年度.db")
    path = tmp_path / "报送.xlsx"
    path.write_bytes(submission(*ROWS))
    shown: list[str] = []

    def taken(dialog: SheetDialog) -> int:
        shown.extend(dialog.model.words(row)[4] for row in dialog.model.rows)
        dialog.on_accept()
        return 1

    monkeypatch.setattr(SheetDialog, "exec", taken)
    monkeypatch.setattr(data_files, "ask_what_to_open", lambda *_: path)
    monkeypatch.setattr(sheets, "ask_what_to_open", lambda *_: path)
    window.files.import_package()
    qtbot.waitUntil(lambda: bool(shown))
    assert shown[0] == "新开放日"
    session = window.session
    assert session is not None
    assert "新开放日" in [event.title for event in session.snapshot.events]
    shown.clear()
    window.files.import_sheet()
    qtbot.waitUntil(lambda: bool(shown))
    assert (
        next(row.state for row in read_submission(path.read_bytes(), session.snapshot, "x").rows)
        is RowFate.SAME
    )
    window.close()
