"""导入新年度要点：读文件或粘贴，逐条对照旧要点，每条采用、沿用或只作提示；确定前什么都不改。"""

from __future__ import annotations

import re
from datetime import date
from functools import partial
from pathlib import Path

from PySide6.QtCore import QDate
from PySide6.QtWidgets import QLineEdit, QWidget

from gui.kit.asking import ask_what_to_open
from gui.kit.boxes import in_column, in_row
from gui.kit.choices import CheckGroup
from gui.kit.day_edit import day_edit
from gui.kit.form import FormDialog
from gui.kit.pasted_text import PastedText
from gui.kit.plain import button, label, restyle
from gui.session.outside import text_in_file, waited
from gui.session.rule_effect import settings_effect
from gui.session.runner import RunProgress
from gui.session.year_session import YearSession
from gui.years.document.quote_card import QuoteCard
from models import commands
from models.apart import read_apart
from models.domain.errors import InputError, UserError
from models.domain.rules import RuleSet
from models.own_document import LONGEST_DOCUMENT, OwnDocument, OwnRule, document_settings
from models.rulesets import document_text
from planners.in_force import since_words
from planners.new_document import Change, DocumentComparison, amounts, compare, is_document, tidy_document
from planners.parameter_effect import effect_headline

FILE_KIND = "要点 (*.docx *.txt)"
HEAD = 30
"""Characters by which a clause is called in a list."""
_NOTHING = "要点没有读入。"


class DocumentDialog(FormDialog):
    """Asks for the document of ``year``; accepted, ``document`` is what was taken. Nothing is stored.

    With the ``session`` of an open year it also asks from which day the document holds, and says what the check
    would say otherwise.
    """

    def __init__(
        self,
        year: int,
        ruleset: RuleSet,
        text: str,
        parent: QWidget | None = None,
        *,
        adds_rules: bool = True,
        session: YearSession | None = None,
    ) -> None:
        """``adds_rules``: whether rules can be added for new clauses as soon as the document is taken."""
        super().__init__(f"导入 {year} 年度要点", "采用新要点", parent, width=1080)
        self.document: OwnDocument | None = None
        self.comparison: DocumentComparison | None = None
        self.cards: tuple[QuoteCard, ...] = ()
        self.new_clauses = CheckGroup({}, 1)
        """The new clauses; for those that are ticked a rule is to be added once the document is taken."""
        self.new_clauses.setAccessibleName("采用后为它加规则的新条文")
        self._year, self._ruleset, self._old, self._adds_rules = year, ruleset, text, adds_rules
        self._new = ""
        self._session = session
        self.add_heading(f"导入 {year} 年度要点")
        self.add_words(
            f"现在的依据是{ruleset.document}《{ruleset.title}》。读入新文后逐条对照：没有变的条文直接换版，"
            "有改动的由你定；已排活动、口径和登记都不动，整步可以撤销。",
            "secondary",
        )
        self._build_source()
        self._build_facts()
        self._build_found()
        self._show_nothing()

    def _build_source(self) -> None:
        hint = "把要点全文粘贴在这里，或从文件读入（.docx、.txt）"
        self.text = PastedText("要点全文", hint, LONGEST_DOCUMENT)
        self.text.refused.connect(self._on_refused)
        self.text.setFixedHeight(120)
        self.add_widget(self.text)
        self.file_button = button("从文件读入…", self.ask_for_file)
        self.read_button = button("对照旧要点", self.read)
        self.reading = label(role="caption", wrap=True)
        row = in_row(self.file_button, self.read_button, (self.reading, 1), margins=0, spacing=8)
        holder = QWidget()
        holder.setLayout(row)
        self.add_widget(holder)

    def _build_facts(self) -> None:
        self.number, self.title, self.issued_on = QLineEdit(), QLineEdit(), day_edit("yyyy年M月d日")
        self.number.setPlaceholderText("如 宝府办〔2028〕14号")
        self._facts = tuple(
            self.add_row(name, control)
            for name, control in (
                ("文号", self.number),
                ("标题", self.title),
                ("印发日期", self.issued_on),
            )
        )

        self.since = day_edit("yyyy年M月d日")
        self._since_row = self.add_row("自哪天起", self.since)
        self._since_row.say(
            "这一天以后开始的周期按新要点；此前的周期仍按当时的要点，已判定的不变。", "caption"
        )
        self.since.dateChanged.connect(self._tell_effect)
        self.issued_on.dateChanged.connect(self._tell_effect)

    def _build_found(self) -> None:
        self.summary = self.add_section("")
        self._line = self._column.itemAt(self._column.count() - 3).widget()
        holder, self._news = QWidget(), QWidget()
        self._found = in_column(inside=holder, margins=0, spacing=10)
        self._news_words = label("", "secondary", wrap=True)
        in_column(self._news_words, self.new_clauses, inside=self._news, margins=0, spacing=6)
        self.add_widget(holder)
        self.add_widget(self._news)
        self.effect = label("", "strong", wrap=True)
        self.add_widget(self.effect)

    def _show_nothing(self) -> None:
        for made in (*self._facts, self._since_row, self.summary, self._line, self._news, self.effect):
            made.hide()
        self.accept_button.setEnabled(False)

    # reading

    def ask_for_file(self) -> None:
        """Read the document from a file."""
        chosen = ask_what_to_open(self, "读入要点", "", FILE_KIND)
        if chosen is not None:
            self.read_file(chosen)

    def read_file(self, path: Path) -> None:
        """The text of the file stands in the field and is compared; why not, beside the buttons."""
        try:
            text = text_in_file(self, path, _NOTHING)
        except UserError as error:
            self._on_refused(str(error))
            return
        if self.text.put(text):
            self.read()

    def read(self) -> None:
        """Compare what stands in the field with the document in force."""
        text = tidy_document(self.text.toPlainText())
        problem = self._problem(text)
        if not problem:
            try:
                self.comparison = waited(self, "对照", partial(_compared, self._old, text, self._ruleset))
            except UserError as error:
                problem = str(error)
        if problem:
            self.comparison = None
            self._clear()
            self._show_nothing()
            self._say(problem, "error")
            return
        self._new = text
        self._say("", "caption")
        self._show()

    def _problem(self, text: str) -> str:
        if not text.strip():
            return "还没有内容，请粘贴全文或从文件读入。"
        if len(text) > LONGEST_DOCUMENT:
            return f"全文有 {len(text)} 字，太长，不像一份要点。"
        if not is_document(text):
            return "没有读到分条的要点（各条应以“1.”“2.”开头），请检查是否是全文。"
        return ""

    def _on_refused(self, words: str) -> None:
        self._say(words, "error")

    def _say(self, words: str, role: str) -> None:
        restyle(self.reading, "role", role)
        self.reading.setText(words)

    # what was found

    def _clear(self) -> None:
        self.cards = ()
        while (item := self._found.takeAt(0)) is not None:
            if widget := item.widget():
                widget.deleteLater()

    def _show(self) -> None:
        found = self.comparison
        assert found is not None
        self._clear()
        self._show_facts(found)
        same = sum(quote.change is Change.SAME for quote in found.quotes)
        self.summary.setText(
            f"共 {len([c for c in found.clauses if c.new])} 条：一致 {found.count(Change.SAME)}，修改 "
            f"{found.count(Change.CHANGED)}，新增 {found.count(Change.NEW)}，删除 {found.count(Change.GONE)}；"
            f"{len(found.quotes)} 项规则中 {same} 项原文未变"
        )
        self.cards = tuple(QuoteCard(quote) for quote in found.quotes if quote.change is not Change.SAME)
        for card in self.cards:
            self._found.addWidget(card)
            card.choice.currentIndexChanged.connect(self._tell_effect)
        if not self.cards:
            self._found.addWidget(label("各项规则引用的原文在新要点里都在，只换文号、条号和日期。", "good"))
        if gone := self._gone(found):
            self._found.addWidget(label(f"不再有的条文：{'；'.join(gone)}", "secondary", wrap=True))
        self._show_new(found)
        for made in (*self._facts, self.summary, self._line):
            made.show()
        self._since_row.setVisible(self._session is not None)
        self.accept_button.setEnabled(True)
        self.refuse("")
        self._tell_effect()

    def _show_facts(self, found: DocumentComparison) -> None:
        facts = found.facts
        self.number.setText(facts.number)
        self.title.setText(facts.title or f"{self._year}年{self._ruleset.title[5:]}")
        day = facts.issued_on or date(self._year, 1, 1)
        self.issued_on.setDate(QDate(day.year, day.month, day.day))
        if self._session is not None:
            start = min(max(day, self._session.today), date(self._year, 12, 31))
            self.since.setDate(QDate(start.year, start.month, start.day))
        self._facts[2].say("" if facts.issued_on else "文中没有找到印发日期，请核对。", "warning")

    @property
    def first_day(self) -> date | None:
        """From which day the document holds; None for a year that is only being made."""
        return self.since.date().toPython() if self._session is not None else None

    def _tell_effect(self) -> None:
        """Say what the check would say otherwise."""
        session, found = self._session, self.comparison
        self.effect.setVisible(session is not None and found is not None)
        if session is None or found is None:
            return
        stored = dict(session.snapshot.year_row.settings)
        effect, lines = settings_effect(
            session, document_settings(self._entered(found), stored, self.first_day)
        )
        self.effect.setText("\n".join((f"采用后：{effect_headline(effect)}。", *lines)))

    def _gone(self, found: DocumentComparison) -> list[str]:
        """Clauses of the old document that no rule looks at and that are there no more."""
        quoted = {quote.rule.clause for quote in found.quotes}
        old = [clause for clause in found.clauses if clause.new is None and clause.old not in quoted]
        return [_called(clause.old, clause.old_text) for clause in old]

    def _show_new(self, found: DocumentComparison) -> None:
        """Offer the new clauses; those that name a number are ticked: they ask for something that can be checked."""
        texts = {str(clause.new): clause.new_text for clause in found.clauses if clause.old is None}
        self.new_clauses.set_values(())
        self.new_clauses.offer({number: _called(number, text) for number, text in texts.items()})
        self.new_clauses.set_values([number for number, text in texts.items() if amounts(text)])
        self._news.setVisible(bool(texts))
        self.new_clauses.setVisible(self._adds_rules)
        said = "勾选的，采用后逐条打开“新增规则”，条文已填好："
        listed = "；".join(_called(number, text) for number, text in texts.items())
        told = said if self._adds_rules else f"建好年度后可在“规则 → 新增规则…”里加：{listed}"
        self._news_words.setText(f"新增的条文，程序没有检查它们的规则。{told}")

    @property
    def asked_for(self) -> tuple[tuple[str, str], ...]:
        """Number and words of the new clauses for which a rule is to be added."""
        found = self.comparison.clauses if self.comparison else ()
        ticked = self.new_clauses.value()
        return tuple((one.new, one.new_text) for one in found if one.new in ticked and one.old is None)

    # the answer

    def draft_shape(self) -> object:
        """The text that was compared; "" where none was yet."""
        return self._new if self.comparison is not None else ""

    def take_shape(self, shape: object) -> None:
        """Compare that text again: then there are the cards that were filled."""
        if isinstance(shape, str) and shape:
            self.text.setPlainText(shape)
            self.read()

    def accept_form(self) -> None:
        """Take the document; words that it does not have, and a missing number, hold the form open."""
        if self.comparison is None:
            raise InputError("还没有对照。", "", "请先读入新要点。")
        number, title = self.number.text().strip(), self.title.text().strip()
        self._facts[0].say("" if number else "请填写文号。")
        self._facts[1].say("" if title else "请填写标题。")
        if not number or not title:
            raise InputError("还缺文号或标题。", "", "")
        self._require_quotes()
        self.document = self._entered(self.comparison)

    def _entered(self, found: DocumentComparison) -> OwnDocument:
        """The document as it stands in the form."""
        answers = {card.found.rule.code: card.answer for card in self.cards}
        rules = tuple(
            answers.get(quote.rule.code, OwnRule(quote.rule.code, quote.clause, quote.quote))
            for quote in found.quotes
        )
        number, title = self.number.text().strip(), self.title.text().strip()
        return OwnDocument(self._year, number, title, self.issued_on.date().toPython(), self._new, rules)

    def _require_quotes(self) -> None:
        """``InputError`` where words that are to be quoted do not stand in the clause."""
        whole = re.sub(r"\s|\*\*", "", self._new)
        wrong = [
            card
            for card in self.cards
            if card.words.isEnabled()
            and not (len(quote := re.sub(r"\s", "", card.words.text())) > 3 and quote in whole)
        ]
        for card in wrong:
            card.say("新要点里没有这句话，请照原文一字不差地填。", "error")
        if wrong:
            wrong[0].words.setFocus()
            self.area.ensureWidgetVisible(wrong[0])
            raise InputError(f"{len(wrong)} 项规则引用的话不在新要点里。", "", "")


def _compared(old: str, new: str, ruleset: RuleSet, progress: RunProgress) -> DocumentComparison:
    """The two documents, compared in a process of its own: what is pasted may be anything."""
    return read_apart(compare, (old, new, ruleset), "新要点", _NOTHING, partial(progress.step, 0, 0))


def _called(number: str | None, text: str) -> str:
    first = re.split(r"[。；]", text)[0]
    return f"第{number}条 {first[:HEAD]}{'…' if len(first) > HEAD else ''}"


def import_document(session: YearSession, parent: QWidget) -> tuple[tuple[str, str], ...]:
    """Ask for the document of the open year and take it; why not, where nothing can be changed.

    Number and words of the new clauses for which a rule is to be added.
    """
    asked_for: tuple[tuple[str, str], ...] = ()
    if session.read_only:
        session.messages.toast(session.read_only_reason)
        return asked_for
    row = session.snapshot.year_row
    before = dict(row.settings)
    text = document_text(row.ruleset, dict(session.row.settings))
    dialog = DocumentDialog(session.year, session.ruleset, text, parent, session=session)
    dialog.keep_drafts(session)
    if dialog.exec() and dialog.document is not None:
        since = dialog.first_day
        values = document_settings(dialog.document, before, since)
        later = since is not None and since > date(session.year, 1, 1)
        title = f"采用{dialog.document.number}" + (
            f"，{since_words(since, session.year)}" if since and later else ""
        )
        if session.perform(commands.change_settings, session.year, values, title, toast=True) is not None:
            asked_for = dialog.asked_for
    dialog.deleteLater()
    return asked_for
