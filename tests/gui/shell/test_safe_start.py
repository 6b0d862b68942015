"""安全启动：年度读不出来时窗口照常打开，说是哪一行，撤销、恢复、核对、导出、另开都走得到。"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from functools import partial
from pathlib import Path

import pytest
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from exports.package import read_package_file
from gui.overview.page import OverviewPage
from gui.settings.page import SettingsPage
from gui.shell.first_run import FirstRunPage
from gui.shell.main_window import MainWindow
from gui.shell.safe_start import SafeStartPage
from models import commands
from models.domain import codec
from models.domain.events import Campaign
from models.domain.snapshot import ItemKind
from models.export_log import recent_exports
from models.queries import all_items
from models.reference import blank_year
from models.store import Store, open_store
from tests.gui.conftest import NOW
from tests.gui.windows import window_at
from tests.stores import filled_store

FAR = datetime(9999, 12, 31, 14)


@pytest.fixture
def window(qtbot: QtBot, themed: None, tmp_path: Path) -> Iterator[MainWindow]:
    made = window_at(NOW, tmp_path)
    qtbot.addWidget(made)
    yield made
    made.close()


def spoilt(path: Path, *statements: str) -> Store:
    """The sample year after ``statements`` of somebody else's."""
    store = filled_store(path)
    for statement in statements:
        store.connection.execute(statement)
    return store


def moved_far(path: Path, monkeypatch: pytest.MonkeyPatch) -> Store:
    """The sample year in which the last step of an earlier program moved an event to 9999."""
    store = filled_store(path)
    event = all_items(store, ItemKind.EVENT, 2027)[0]
    with monkeypatch.context() as earlier:
        earlier.setattr(codec, "why_out_of_reach", lambda _: "")
        far = event._replace(starts_at=FAR, ends_at=None)
        commands.put_item(store, 2027, ItemKind.EVENT, far, "改到很远")
    return store


def page_of(window: MainWindow) -> SafeStartPage:
    page = window.stack.currentWidget()
    assert isinstance(page, SafeStartPage)
    return page


def test_the_window_opens_and_names_every_row_that_cannot_be_read(window: MainWindow, tmp_path: Path) -> None:
    window.open_with(
        partial(
            spoilt, tmp_path / "年度.db",
            "UPDATE event SET campaign = 'party' WHERE key = 'A001'",
            "UPDATE blocked SET first = '0001-01-01' WHERE key = 'b1'",
        )
    )  # fmt: skip
    page = page_of(window)
    assert page.rows.toPlainText().splitlines() == [
        "停排日“b1”的第一天：“0001-01-01”，日期应在 1990–2100 年之间",
        f"活动“A001”的工作线：“party”，只能是 {'、'.join(Campaign)} 之一",
    ]
    assert page.restore_button.property("kind") == "primary"


def test_a_newest_step_that_is_no_text_leaves_the_year_as_it_is(window: MainWindow, tmp_path: Path) -> None:
    no_text = "UPDATE change_log SET title = CAST(X'EDA080' AS TEXT)"
    window.open_with(partial(spoilt, tmp_path / "年度.db", no_text))
    assert isinstance(window.stack.currentWidget(), OverviewPage)
    assert not window.undo_actions.undo.isEnabled()


def test_what_was_mended_meanwhile_is_read_again(window: MainWindow, tmp_path: Path) -> None:
    bad = "UPDATE event SET campaign = 'party' || campaign WHERE key = 'A001'"
    store = spoilt(tmp_path / "年度.db", bad)
    window.open_with(lambda: store)
    (again,) = (
        b
        for b in page_of(window).findChildren(QPushButton)
        if b.text() == "再读一次" and b.isVisibleTo(window)
    )
    store.connection.execute("UPDATE event SET campaign = substr(campaign, 6) WHERE key = 'A001'")
    again.click()
    assert isinstance(window.stack.currentWidget(), OverviewPage)


def test_a_fault_of_the_check_itself_does_not_stop_the_start(
    window: MainWindow, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fails(*_: object) -> None:
        raise OverflowError("date value out of range")

    monkeypatch.setattr("gui.session.year_session.check_year", fails)
    window.open_with(partial(filled_store, tmp_path / "年度.db"))
    assert not page_of(window).rows.isVisibleTo(window)
    assert window.session is not None
    assert window.session.trouble is not None
    assert "规则检查却没有做完" in window.session.trouble.words


def test_undoing_the_step_that_wrote_it_opens_the_year(
    window: MainWindow, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    window.open_with(partial(moved_far, tmp_path / "年度.db", monkeypatch))
    page = page_of(window)
    assert (page.undo_button.text(), page.undo_button.property("kind")) == (
        "撤销最后一步“改到很远”", "primary",
    )  # fmt: skip
    page.undo_button.click()
    assert isinstance(window.stack.currentWidget(), OverviewPage)


def test_everything_is_reached_with_the_keyboard(
    window: MainWindow, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    window.open_with(partial(moved_far, tmp_path / "年度.db", monkeypatch))
    window.show()
    page = page_of(window)
    page.setFocus()
    reached = set()
    for _ in range(30):
        if isinstance(focus := window.focusWidget(), QPushButton) and page.isAncestorOf(focus):
            reached.add(focus.text())
        window.focusNextChild()
    assert reached == {
        "撤销最后一步“改到很远”", "从备份恢复…", "导出读得懂的部分…", "核对数据文件", "打开其他文件…", "再读一次",
    }  # fmt: skip


def test_what_can_be_read_leaves_as_a_package_with_names_after_a_question(
    window: MainWindow, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    target = tmp_path / "读得懂的.json"
    monkeypatch.setattr("gui.shell.data_files.ask_where_to_save", lambda *_: target)
    monkeypatch.setattr("gui.kit.exporter.UnmaskedDialog.exec", lambda _: 1)
    store = spoilt(tmp_path / "年度.db", "UPDATE event SET campaign = 'party' WHERE key = 'A001'")
    events, delegates = len(store.rows("SELECT 1 FROM event")), store.rows("SELECT name FROM delegate")
    window.open_with(lambda: store)
    page_of(window).export_button.click()
    made = read_package_file(target)
    assert len(made.events) == events - 1
    assert sorted(delegate.name for delegate in made.delegates) == sorted(name for (name,) in delegates)
    (logged,) = recent_exports(store, 2027, 5)
    assert (logged.name, logged.unmasked) == (target.name, True)


def test_another_year_of_the_file_is_offered_and_opened(window: MainWindow, tmp_path: Path) -> None:
    store = spoilt(tmp_path / "年度.db", "UPDATE event SET campaign = 'party' WHERE key = 'A001'")
    commands.create_year(store, blank_year(2026))
    window.open_with(lambda: store)
    (other,) = (
        b
        for b in page_of(window).findChildren(QPushButton)
        if b.text() == "打开 2026 年度" and b.isVisibleTo(window)
    )
    other.click()
    assert window.session is not None
    assert (window.session.year, window.session.trouble) == (2026, None)
    window.session.open_year(2027)
    assert window.session.year == 2026


def test_the_check_of_the_file_is_shown_among_the_settings(window: MainWindow, tmp_path: Path) -> None:
    window.open_with(partial(spoilt, tmp_path / "年度.db", "UPDATE year SET district = X'00'"))
    page_of(window).verify_button.click()
    assert isinstance(window.stack.currentWidget(), SettingsPage)
    window.runner.wait()


def test_a_sound_file_opened_next_shows_no_safe_start(window: MainWindow, tmp_path: Path) -> None:
    window.open_with(partial(spoilt, tmp_path / "年度.db", "UPDATE year SET district = X'00'"))
    window.open_with(partial(open_store, tmp_path / "新.db"))
    assert isinstance(window.stack.currentWidget(), FirstRunPage)
