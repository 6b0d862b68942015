"""导入数据包前逐项看：每项是哪一种改动，不能只取一部分，代表只写编号。"""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from gui.intake.package_dialog import ImportDialog
from models.differences import differences
from models.domain.attendance import Delegate
from models.domain.changes import RowChange
from planners.proposals_applied import with_changes
from tests.factories import sample

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support", extend=True)  # offscreen says so


def shown(qtbot: QtBot, *changes: RowChange) -> ImportDialog:
    before = sample()
    contents = with_changes(before, changes)
    dialog = ImportDialog(contents, differences(before, contents), is_new=False)
    qtbot.addWidget(dialog)
    dialog.show()
    return dialog


def words(dialog: ImportDialog) -> list[tuple[str, ...]]:
    return [dialog.model.words(row)[2:] for row in dialog.model.rows]


def test_every_item_says_what_becomes_of_it(qtbot: QtBot, themed: None) -> None:
    kept, gone = sample().events[:2]
    dialog = shown(qtbot, RowChange.of(kept, kept._replace(title="改了名")), RowChange.of(gone, None))
    assert words(dialog) == [
        ("修改", "活动", f"{kept.key} 改了名", "改名称"),
        ("删除", "活动", f"{gone.key} {gone.title}", ""),
    ]
    assert dialog.details.text() == f"修改　活动　{kept.key} 改了名　改名称"


def test_the_package_is_taken_whole(qtbot: QtBot, themed: None) -> None:
    event = sample().events[0]
    dialog = shown(qtbot, RowChange.of(event, None))
    QTest.keyClick(dialog.table, Qt.Key.Key_Space)
    assert (dialog.accept_button.text(), dialog.all_button.isVisible()) == ("导入 1 项", False)
    QTest.keyClick(dialog, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert dialog.result() == ImportDialog.DialogCode.Accepted


def test_people_are_named_by_their_key_alone(qtbot: QtBot, themed: None) -> None:
    dialog = shown(qtbot, RowChange.of(None, Delegate("P9", "王小明", phone="13900000000")))
    assert "P9" in words(dialog)[0]
    assert "王小明" not in f"{words(dialog)}{dialog.details.text()}"
