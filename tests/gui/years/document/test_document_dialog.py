"""导入新年度要点：读入、对照、逐条定，采用是一步；读不懂和不合原文的不放行。"""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from exports.text_file import LARGEST
from gui.session.year_session import YearSession
from gui.years.document.document_dialog import DocumentDialog, import_document
from gui.years.document.quote_card import QuoteDecision
from models import apart, commands, queries
from models.domain.rules import Severity
from models.own_document import document_settings
from models.rulesets import document_text, ruleset_for

OLD = document_text(2024)
NEW = (
    OLD.replace("〔2024〕14号", "〔2027〕6号")
    .replace("2024年", "2027年")
    .replace("每月至少开展1—2场政策“公开讲堂”", "每月至少举办2场政策“公开讲堂”直播课")
)


@pytest.fixture
def dialog(qtbot: QtBot, themed: None) -> DocumentDialog:
    made = DocumentDialog(2027, ruleset_for(2027), OLD)
    qtbot.addWidget(made)
    return made


def read(dialog: DocumentDialog, text: str) -> None:
    dialog.text.setPlainText(text)
    dialog.read_button.click()


def test_only_what_has_changed_is_asked_about(dialog: DocumentDialog) -> None:
    read(dialog, NEW)
    assert [card.found.rule.code for card in dialog.cards] == ["lecture.monthly"]
    assert dialog.number.text().endswith("宝府办〔2027〕6号")
    assert dialog.issued_on.date().toString("yyyy-MM-dd") == "2027-04-28"
    assert "勾选的数随条文一起采用" in dialog.cards[0].remark.text()
    assert "每月、1—2场 → 每月、2场" in dialog.cards[0].remark.text()


def test_taking_it_gives_every_rule_its_words(dialog: DocumentDialog) -> None:
    read(dialog, NEW)
    dialog.accept_button.click()
    assert dialog.document is not None
    words = {rule.code: rule for rule in dialog.document.rules}
    assert words["lecture.monthly"].quote == "每月至少举办2场政策“公开讲堂”直播课"
    assert words["park.quarterly"].quote == ruleset_for(2027).rule("park.quarterly").quote
    assert len(words) == len(ruleset_for(2027).rules)


def test_old_words_can_be_kept_and_a_rule_made_a_hint(dialog: DocumentDialog) -> None:
    read(dialog, NEW)
    (card,) = dialog.cards
    card.choice.choose(QuoteDecision.KEEP)
    assert (card.answer.quote, card.answer.is_hint) == (card.found.rule.quote, False)
    assert not card.words.isEnabled()
    card.choice.choose(QuoteDecision.HINT)
    assert card.answer.is_hint


def test_words_that_the_document_does_not_have_are_refused(dialog: DocumentDialog) -> None:
    read(dialog, NEW)
    dialog.cards[0].words.setText("每月至少举办3场")
    dialog.accept_button.click()
    assert dialog.document is None
    assert "不在新要点里" in dialog.refusal_text()
    assert "一字不差" in dialog.cards[0].remark.text()


@pytest.mark.parametrize(
    ("text", "said"),
    [("", "还没有内容"), ("一、总体要求\n二、其他", "没有读到分条的要点"), ("1.长" * 50_000, "太长")],
)
def test_what_is_no_document_is_said_and_not_taken(dialog: DocumentDialog, text: str, said: str) -> None:
    read(dialog, NEW)
    read(dialog, text)
    assert said in dialog.reading.text()
    assert not dialog.accept_button.isEnabled()
    assert dialog.cards == ()


def test_a_document_made_to_take_for_ever_is_given_up(
    dialog: DocumentDialog, monkeypatch: pytest.MonkeyPatch
) -> None:
    read(dialog, NEW)
    monkeypatch.setattr(apart, "LONGEST", 1.0)
    read(dialog, "".join(f"{number}.{'，' * 10_000}\n" for number in range(1, 12)))
    assert "还没有读完" in dialog.reading.text()
    assert (dialog.comparison, dialog.cards, dialog.accept_button.isEnabled()) == (None, (), False)


def test_a_missing_number_is_asked_for(dialog: DocumentDialog) -> None:
    read(dialog, "\n".join(f"{n}.内容{n}" for n in range(1, 9)))
    dialog.accept_button.click()
    assert dialog.document is None
    assert "文号" in dialog.refusal_text()


def test_a_file_is_read_and_one_that_cannot_be_is_said(dialog: DocumentDialog, tmp_path: Path) -> None:
    good, large = tmp_path / "要点.txt", tmp_path / "大.txt"
    good.write_text(NEW, encoding="gb18030", errors="replace")
    large.write_bytes(b"1" * (LARGEST + 1))
    dialog.read_file(good)
    assert [card.found.rule.code for card in dialog.cards] == ["lecture.monthly"]
    dialog.read_file(large)
    assert "太大" in dialog.reading.text()


def test_the_year_follows_the_new_document_in_one_step(
    session: YearSession, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    def answered(dialog: DocumentDialog) -> int:
        read(dialog, NEW)
        dialog.cards[0].numbers["lecture.minimum"].setChecked(False)
        dialog.accept_button.click()
        return 1

    before = queries.year_snapshot(session.store, 2027)
    cells = [(cell.rule, cell.state) for cell in session.check.cells]
    monkeypatch.setattr(DocumentDialog, "exec", answered)
    import_document(session, None)
    assert session.ruleset.document.endswith("宝府办〔2027〕6号")
    assert not session.ruleset.carried_over
    assert [(cell.rule, cell.state) for cell in session.check.cells] == cells
    assert queries.undo_title(session.store) == f"采用{session.ruleset.document}，自6月15日起"
    earlier = session.ruleset.on(date(2027, 6, 14))
    assert (earlier.document, earlier.carried_over) == ("宝府办〔2024〕14号", True)
    assert [rule.code for rule in session.ruleset.undecided] == ["lecture.monthly"]
    session.undo()
    assert queries.year_snapshot(session.store, 2027) == before
    commands.redo(session.store)


def test_a_rule_made_a_hint_still_decides_what_began_before(
    session: YearSession, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    def answered(dialog: DocumentDialog) -> int:
        read(dialog, NEW)
        dialog.cards[0].choice.choose(QuoteDecision.HINT)
        assert dialog.effect.text().startswith("采用后：将使检查点由")
        dialog.accept_button.click()
        return 1

    before = [cell for cell in session.check.cells if cell.rule == "lecture.monthly"]
    monkeypatch.setattr(DocumentDialog, "exec", answered)
    import_document(session, None)
    after = [cell for cell in session.check.cells if cell.rule == "lecture.monthly"]
    assert after[:6] == before[:6]
    assert {cell.severity for cell in after[6:]} == {Severity.HINT}
    assert session.ruleset.undecided == ()


def test_read_only_data_takes_no_document(session: YearSession, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(type(session), "read_only", property(lambda _: True))
    monkeypatch.setattr(DocumentDialog, "exec", lambda _: pytest.fail("asked"))
    import_document(session, None)


WITH_NEW = NEW.replace(
    "\n32.加强组织落实。",
    "\n32.开设社区议事厅。区民政局牵头，每季度至少举办2场走进社区议事活动。（责任单位：区民政局）\n"
    "\n33.提高认识。各单位要把这项工作放在心上，久久为功，不断提升人民群众获得感。\n\n34.加强组织落实。",
)


def test_new_clauses_that_name_a_number_are_offered_for_a_rule(dialog: DocumentDialog) -> None:
    read(dialog, WITH_NEW)
    assert [number for number, _ in dialog.asked_for] == ["32"]
    dialog.new_clauses.set_values(("32", "33"))
    assert [number for number, _ in dialog.asked_for] == ["32", "33"]
    read(dialog, NEW)
    assert dialog.asked_for == ()


def test_before_there_is_a_year_new_clauses_are_only_named(qtbot: QtBot, themed: None) -> None:
    dialog = DocumentDialog(2027, ruleset_for(2027), OLD, adds_rules=False)
    qtbot.addWidget(dialog)
    read(dialog, WITH_NEW)
    assert dialog.new_clauses.isHidden()
    words = [made.text() for made in dialog.findChildren(QLabel)]
    assert any("规则 → 新增规则…”里加：第32条 开设社区议事厅；第33条 提高认识" in text for text in words)


def test_a_number_that_the_document_changes_is_offered_ticked_and_reckoned_with(
    session: YearSession, dialog: DocumentDialog
) -> None:
    read(dialog, NEW.replace("于发布后5个工作日内", "于发布后3个工作日内"))
    card = next(card for card in dialog.cards if card.found.rule.code == "policy.filing")
    (tick,) = card.numbers.values()
    assert (tick.text(), tick.isChecked()) == ("采用解读材料备案期限（工作日）：5 → 3", True)
    assert card.answer.numbers == (("policy.filing.workdays", 3),)
    dialog.accept_button.click()
    assert dialog.document is not None
    values = document_settings(dialog.document, dict(session.snapshot.year_row.settings))
    session.perform(commands.change_settings, session.year, values, "采用")
    rule = session.check.ruleset.on(session.today).rule("policy.filing")
    assert (rule.parameter("workdays"), rule.own_mark("workdays")) == (3, "")
    tick.setChecked(False)
    assert card.answer.numbers == ()
