"""坏了的数据文件：条幅指出最新的完好备份，一按就恢复的是打不开的那个文件；删净过的姓名回来之前先问。"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from functools import partial
from pathlib import Path

import pytest
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from gui.data_files import restore_dialog
from gui.data_files.restore_dialog import RestoreDialog
from gui.kit.message_bar import MessageBar
from gui.session.messages import Action
from gui.shell.main_window import MainWindow
from models import commands
from models.backups import backup
from models.delegates import erase_delegates
from models.domain.attendance import Attendance, Decision, Delegate, Invitation
from models.domain.snapshot import ItemKind
from models.queries import revision, year_snapshot
from models.store import open_store
from tests.gui.conftest import NOW
from tests.gui.windows import window_at
from tests.models.damage import run
from tests.stores import filled_store

GONE = Delegate("p77", "欧阳娜娜某", "13912345678", "学生家长")


@pytest.fixture
def window(qtbot: QtBot, themed: None, tmp_path: Path) -> Iterator[MainWindow]:
    made = window_at(NOW, tmp_path)
    qtbot.addWidget(made)
    yield made
    made.close()


@pytest.fixture
def erased(tmp_path: Path) -> tuple[Path, Path]:
    """A data file in which a delegate was erased, and a backup from before that."""
    where = tmp_path / "删过.db"
    with filled_store(where) as store:
        told = Invitation("i77", "d77", GONE.key, date(2027, 4, 20), Attendance.PRESENT, date(2027, 5, 20))
        for kind, item in (
            (ItemKind.DECISION, Decision("d77", "学校布局调整")),
            (ItemKind.DELEGATE, GONE),
            (ItemKind.INVITATION, told),
        ):
            commands.put_item(store, 2027, kind, item)
        kept = backup(store)
        erase_delegates(store, 2027, [GONE.key])
    return where, kept


def action(window: MainWindow, label: str) -> Action:
    """The button of the bar."""
    bars = window.bars.findChildren(MessageBar)
    return next(one for shown in bars for one in shown.bar.actions if one.label == label)


def words_of(dialog: RestoreDialog) -> str:
    """What the dialog says now."""
    return "\n".join(shown.text() for shown in dialog.findChildren(QLabel) if not shown.isHidden())


def lines_of(dialog: RestoreDialog) -> list[str]:
    return [dialog.list.item(row).text() for row in range(dialog.list.count())]


def test_one_button_restores_the_refused_file_and_no_other(window: MainWindow, tmp_path: Path) -> None:
    (tmp_path / "别处").mkdir()
    other = filled_store(tmp_path / "自己的.db")
    other.close()
    assert window.open_with(partial(open_store, other.path))
    where = tmp_path / "别处" / "坏的.db"
    with filled_store(where) as store:
        commands.delete_event(store, 2027, "A027")
        kept, number, events = backup(store), revision(store), len(year_snapshot(store, 2027).events)
    where.write_bytes(b"damaged" * 100)
    before = other.path.read_bytes()
    window.files.open_file(where)
    (said,) = window.bars.texts
    assert f"：{kept}（" in said
    assert f"{kept.name.split('_')[1][:4]}-" in said
    assert f"，改动号 {number}，{events} 场活动）" in said
    action(window, "恢复这一份").run()
    assert window.session is not None
    assert window.session.store.path == window.data_file == where
    assert "A027" not in window.session.snapshot.event_by_key
    assert other.path.read_bytes() == before
    assert window.bars.texts == ()


def test_a_restore_that_fails_leaves_the_other_ways_open(window: MainWindow, tmp_path: Path) -> None:
    where = tmp_path / "坏的.db"
    with filled_store(where) as store:
        kept = backup(store)
    where.write_bytes(b"damaged" * 100)
    window.files.open_file(where)
    at_once = action(window, "恢复这一份")
    kept.write_bytes(kept.read_bytes()[:-1])
    at_once.run()
    assert window.session is None
    assert window.bars.texts[0].startswith(f"这份备份不能用：{kept}。")
    assert action(window, "从备份恢复…").label
    assert where.read_bytes() == b"damaged" * 100


def test_without_a_sound_backup_there_is_no_such_button(window: MainWindow, tmp_path: Path) -> None:
    where = tmp_path / "坏的.db"
    where.write_bytes(b"damaged" * 100)
    window.files.open_file(where)
    (shown,) = window.bars.findChildren(MessageBar)
    assert [one.label for one in shown.bar.actions] == ["打开其他文件…", "从备份恢复…"]


def test_before_one_button_brings_erased_names_back_it_is_asked(
    window: MainWindow, erased: tuple[Path, Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    where, kept = erased
    with open_store(where, read_only=True) as store:
        later = backup(store)
    knows = later.rename(later.with_name(f"{where.stem}_19800101-000000_手动.db"))
    later.with_name(later.name + ".sha256").unlink()
    run(where, "CREATE TABLE t (a)")
    run(knows, "CREATE TABLE t (a)")  # no sound backup, and still to be asked who was erased
    asked: list[str] = []
    monkeypatch.setattr(RestoreDialog, "exec", lambda dialog: asked.append(words_of(dialog)) or 0)
    window.files.open_file(where)
    assert str(kept) in window.bars.texts[0]
    action(window, "恢复这一份").run()
    assert ["2027 年度 1 人" in words for words in asked] == [True]
    assert window.session is None


@pytest.mark.parametrize("ticked", [True, False])
def test_erased_names_are_told_by_number_and_year_and_erased_again_where_it_is_ticked(
    window: MainWindow, erased: tuple[Path, Path], monkeypatch: pytest.MonkeyPatch, ticked: bool
) -> None:
    where, kept = erased
    asked: list[str] = []

    def answer(dialog: RestoreDialog) -> int:
        asked.append(words_of(dialog))
        assert (dialog.erase_box.isChecked(), dialog.erase_box.isHidden()) == (True, False)
        dialog.erase_box.setChecked(ticked)
        dialog.accept_form()
        return 1

    monkeypatch.setattr(RestoreDialog, "exec", answer)
    window.open_with(partial(open_store, where))
    window.files.restore_chosen(kept)
    (said,) = asked
    assert "此后删去过姓名、电话的代表：2027 年度 1 人。" in said
    assert GONE.name not in said
    assert window.session is not None
    (person,) = [one for one in window.session.snapshot.delegates if one.key == GONE.key]
    assert (person.name, person.phone) == (("", "") if ticked else (GONE.name, GONE.phone))


def test_the_numbers_of_the_changes_are_listed_and_nothing_is_asked_where_nobody_comes_back(
    qtbot: QtBot, themed: None, tmp_path: Path
) -> None:
    where = tmp_path / "年度.db"
    with filled_store(where) as store:
        first, old = backup(store), revision(store)
        commands.delete_event(store, 2027, "A027")
        backup(store)
        new = revision(store)
    rubbish = first.with_name(first.name.replace("手动", "导入前"))
    rubbish.write_bytes(b"rubbish" * 900)
    dialog = RestoreDialog(where, None, first)
    qtbot.addWidget(dialog)
    numbers = [line.split("　")[2] for line in lines_of(dialog)]
    assert numbers == [f"改动号 {new}（最新）", f"改动号 {old}", "改动号 读不出"]
    assert dialog.list.currentRow() == 1
    assert (dialog.erase_box.isHidden(), dialog.erases) == (True, False)
    dialog.list.setCurrentRow(2)
    assert str(rubbish) in dialog.refusal_text()
    dialog.list.setCurrentRow(0)
    assert dialog.refusal_text() == ""


def test_another_file_is_listed_and_asked_about_like_the_others(
    qtbot: QtBot, themed: None, erased: tuple[Path, Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    where, kept = erased
    elsewhere = kept.rename(where.with_name("抄来的.db"))
    dialog = RestoreDialog(where)
    qtbot.addWidget(dialog)
    assert not dialog.accept_button.isEnabled()
    assert "还没有备份" in words_of(dialog)
    monkeypatch.setattr(restore_dialog, "ask_what_to_open", lambda *_: elsewhere)
    dialog._on_other()
    assert lines_of(dialog) == [str(elsewhere)]
    assert "2027 年度 1 人" in words_of(dialog)
    assert "还没有备份" not in words_of(dialog)
    dialog.accept_form()
    assert (dialog.chosen, dialog.erases) == (elsewhere, True)
