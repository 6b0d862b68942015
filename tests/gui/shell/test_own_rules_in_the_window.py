"""窗口里采用新要点：没有规则检查的新条文带着条文打开“新增规则”，存下后总览、规则页、现在要办都有它。"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from functools import partial
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from gui.kit.page import RULES
from gui.overview.board_contents import board_contents
from gui.rules.own_rule_form import OwnRuleForm
from gui.rules.page import RulesPage
from gui.services.program_settings import SettingsFile
from gui.shell.application import new_session
from gui.shell.main_window import MainWindow
from gui.years.document.document_dialog import DocumentDialog
from models.domain.events import Campaign
from models.domain.rules import PeriodKind, Severity
from models.rulesets import document_text
from tests.stores import filled_store

NOW = datetime(2027, 5, 10, 9)
CLAUSE = "开设社区议事厅。区民政局牵头，每季度至少举办9场走进社区议事活动。"
NEW = (
    document_text(2024)
    .replace("〔2024〕14号", "〔2027〕6号")
    .replace("2024年", "2027年")
    .replace("\n32.加强组织落实。", f"\n32.{CLAUSE}（责任单位：区民政局）\n\n33.加强组织落实。")
)


@pytest.fixture
def window(qtbot: QtBot, themed: None, tmp_path: Path) -> Iterator[MainWindow]:
    settings = SettingsFile(tmp_path / "settings.json")
    made = MainWindow(partial(new_session, lambda: NOW), settings, tmp_path, tmp_path / "年.db")
    qtbot.addWidget(made)
    made.resize(1366, 768)
    made.open_with(partial(filled_store, tmp_path / "年.db"))
    yield made
    made.close()


def test_a_new_clause_leads_into_the_form_with_its_words(
    window: MainWindow, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen: list[OwnRuleForm] = []

    def take(dialog: DocumentDialog) -> int:
        dialog.text.setPlainText(NEW)
        dialog.read_button.click()
        dialog.accept_button.click()
        return dialog.result()

    def add(form: OwnRuleForm) -> int:
        seen.append(form)
        form.accept_button.click()
        return form.result()

    monkeypatch.setattr(DocumentDialog, "exec", take)
    monkeypatch.setattr(OwnRuleForm, "exec", add)
    window.commands.import_document()
    (form,) = seen
    assert (form.clause.text(), form.quote.toPlainText()) == ("32", CLAUSE)
    session = window.session
    assert session is not None
    (rule,) = (rule for rule in session.ruleset.rules if rule.added)
    assert (rule.title, rule.campaigns, rule.period) == (
        "开设社区议事厅",
        (Campaign.COMMUNITY,),
        PeriodKind.QUARTER,
    )
    assert (rule.parameter("minimum"), rule.severity) == (9, Severity.HARD)
    assert rule.valid_from == date(2027, 7, 1)
    lines = board_contents(session.snapshot, session.check).lines
    assert "开设社区议事厅" in [line.title for line in lines]
    assert any(entry.cell and entry.cell.rule == rule.code for entry in session.agenda)
    window.show_page(RULES, rule.code)
    page = window.stack.made(RULES)
    assert isinstance(page, RulesPage)
    assert page.line is not None
    assert (page.line.key, page.line.clause, page.line.own) == (rule.code, "32", False)
