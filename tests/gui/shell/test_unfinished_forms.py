"""启动时提示的没有保存的表单，从提示里打开就是填到一半的样子。"""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from gui.kit.form import FormDialog
from gui.kit.form_draft import DraftKeeper
from gui.services.drafts import FormDraft, FormDrafts
from gui.services.program_settings import SettingsFile
from gui.shell.application import new_session
from gui.shell.main_window import MainWindow
from gui.shell.unfinished_forms import go_on_with
from tests.gui.conftest import NOW
from tests.gui.kit.test_form_drafts import FORMS, filled
from tests.stores import filled_store

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints")
FROM_THEIR_PLACE = {"pause", "parameter", "open month", "addresses"}
"""Forms that are opened from their own place only."""


@pytest.fixture
def window(qtbot: QtBot, themed: None, tmp_path: Path) -> Iterator[MainWindow]:
    settings = SettingsFile(tmp_path / "settings.json")
    made = MainWindow(partial(new_session, lambda: NOW), settings, tmp_path, tmp_path / "年度.db")
    qtbot.addWidget(made)
    made.open_with(partial(filled_store, tmp_path / "demo.db"))
    yield made
    made.close()


@pytest.mark.parametrize("name", FORMS)
def test_a_form_is_gone_on_with_from_the_window(
    qtbot: QtBot, window: MainWindow, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    assert window.session is not None
    left = filled(qtbot, window.session, FORMS[name])
    (draft,) = FormDrafts(window.session.store.path).read()
    shown: list[object] = []
    monkeypatch.setattr(FormDialog, "exec", lambda form: shown.append(form.drafted()) or 0)
    if name in FROM_THEIR_PLACE:
        assert not go_on_with(draft, window, window.tools.desk, window.commands, window.files)
    else:
        assert go_on_with(draft, window, window.tools.desk, window.commands, window.files)
        assert shown == [left.drafted()]
    assert DraftKeeper.continuing == ""


@pytest.mark.parametrize("kind", ["DecisionDialog", "CandidatesForm", "PersonDialog"])
def test_a_form_of_a_decision_that_is_gone_is_not_opened(window: MainWindow, kind: str) -> None:
    draft = FormDraft(f"{kind}|2027|D9999", 2027, "决策事项", NOW, [None, []])
    assert not go_on_with(draft, window, window.tools.desk, window.commands, window.files)
