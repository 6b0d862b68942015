"""第二步 规则依据：逐条原文配口径与出处，全年有多少检查点；停用即登记豁免，口径存为年度设置。"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QHBoxLayout, QWidget

from gui.kit.message_bar import BarArea
from gui.kit.plain import label
from gui.kit.theme import theme
from gui.kit.tiles import ATTENDANCE
from gui.services.board_lines import PERIOD_WORDS, has_line
from gui.session.messages import Action, Bar
from gui.years.wizard.answers import RULESET, Answers, checked, contents, with_settings
from gui.years.wizard.rule_card import Held, Number, Parameters, Part, Pick, RuleCard, Words
from gui.years.wizard.step_page import StepPage, card
from models.domain.rules import PeriodKind, Rule, RuleKind, RuleSet, Severity
from models.domain.year import Setting
from models.own_document import document_settings
from models.rulesets import document_text, ruleset_for
from planners.rule_row_words import asks
from planners.rule_rows import by_clause, tile_of

WIDE = 980
_OWN: tuple[Part, ...] = (
    Words("本单位自定：每周不超过"),
    Number("week_limit", "场"),
    Words("风险提前"),
    Number("lead_workdays", "个工作日"),
    Words("会前邀请"),
    Number("attendance.invite_days", "天"),
    Words("遴选"),
    Number("attendance.select_days", "天"),
)


class RulesStep(StepPage):
    """The clauses with their parameters."""

    def __init__(self) -> None:
        super().__init__(
            "确认规则依据",
            "逐条对照原文核定频次口径。宋体为原文引用，右侧参数是程序执行的口径，改动会记录理由。",
        )
        self._answers: Answers | None = None
        self._document: dict[str, Setting] = {}
        self.bars = BarArea(margins=(0, 0, 0, 0))
        self.column.addWidget(self.bars)
        self.column.addLayout(self._heads())
        ruleset = ruleset_for(RULESET, RULESET)
        rules = sorted(filter(has_line, ruleset.rules), key=by_clause)
        self.cards = tuple(
            RuleCard(rule, tile_of(rule) or ATTENDANCE, tuple(_parts(rule, ruleset)), ruleset)
            for rule in rules
        )
        for made in self.cards:
            made.changed.connect(self.note_change)
            self.column.addWidget(made)
        self.own = Parameters(_OWN[:4], ruleset)
        self.more = Parameters(_OWN[4:], ruleset)
        for parameters in (self.own, self.more):
            parameters.changed.connect(self.note_change)
        self.total = label(role="heading")
        self.total.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        box = card()
        self._own_row = row = QHBoxLayout(box)
        row.setContentsMargins(14, 8, 16, 8)
        row.setSpacing(16)
        row.addWidget(self.own)
        row.addWidget(self.more)
        row.addStretch(1)
        self.column.addWidget(box)
        self.column.addWidget(self.total)
        self.column.addStretch(1)
        self.still_wheel()

    def _heads(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setContentsMargins(14, 4, 16, 0)
        row.setSpacing(12)
        row.addWidget(label("启用", "caption"))
        row.addWidget(label("条文与口径", "caption"))
        row.addStretch(1)
        self._parameters_head = label("参数与出处", "caption")
        row.addWidget(self._parameters_head)
        count = label("全年检查点", "caption")
        count.setMinimumWidth(round(86 * theme().scale))
        count.setAlignment(Qt.AlignmentFlag.AlignRight)
        row.addWidget(count)
        return row

    def adapt(self, size: QSize) -> None:
        """Parameters below the words where there is little room, or where they would take more than half."""
        wide = size.width() >= WIDE * theme().scale
        self._parameters_head.setVisible(wide)
        for made in self.cards:
            made.set_wide(wide=wide and 2 * made.parameters.sizeHint().width() <= size.width())
        self._own_row.setDirection(
            QHBoxLayout.Direction.LeftToRight if wide else QHBoxLayout.Direction.TopToBottom
        )

    def fill(self, answers: Answers) -> None:
        """Show every clause as it is answered."""
        self._answers, self._document = answers, {}
        for made in self.cards:
            made.show_answers(answers)
        self.own.show_values(answers)
        self.more.show_values(answers)
        self._tell(answers)

    def read(self, answers: Answers) -> Answers:
        """The readings chosen; what is switched off with its reason."""
        for made in self.cards:
            answers = made.take(answers)
        for parameters in (self.own, self.more):
            answers = parameters.take(answers, "")
        if self._document:
            answers = with_settings(answers, self._document)
        self._answers = answers
        for made in self.cards:
            made.tell(answers.rules)
        self._tell(answers)
        return answers

    def first_field(self) -> QWidget | None:
        """The reason that is missing, else the first box."""
        for made in self.cards:
            if not made.box.isChecked() and not made.reason.text().strip():
                return made.reason
        return self.cards[0].box

    def _tell(self, answers: Answers) -> None:
        ruleset = answers.rules
        self.bars.clear()
        if ruleset.carried_over:
            words = f"尚未导入 {answers.year} 年度要点，先用《{ruleset.title}》的条文。收到新文后可换版，已排活动不丢失。"
            self.bars.show_bar(
                Bar(
                    "info",
                    words,
                    (Action("导入要点…", self._ask_document), Action("看原文", self._show_text)),
                    "carried",
                    False,
                )
            )
        else:
            words = f"依据 {ruleset.document}《{ruleset.title}》，条文已换成新文；口径请逐条核对。"
            offers = (Action("重新导入…", self._ask_document), Action("看原文", self._show_text))
            self.bars.show_bar(Bar("info", words, offers, "carried", False))
        check = checked(answers)
        counts = Counter(
            cell.rule for cell in check.cells if cell.severity is Severity.HARD and cell.state.is_asked
        )
        exempt = len(contents(answers).exemptions)
        for made in self.cards:
            rule = ruleset.rule(made.rule.code)
            made.show_count(_count_words(rule, counts[rule.code]))
        off = f"（另有 {exempt} 个登记豁免）" if exempt else ""
        self.total.setText(f"全年 {check.summary.total} 个检查点{off}")

    def _show_text(self) -> None:
        from gui.kit.help_dialogs import ClauseTextDialog

        settings = dict(self._answers.settings) if self._answers else {}
        ClauseTextDialog(self.window(), settings=settings).exec()

    def _ask_document(self) -> None:
        """Take the document of the new year, which the cards then quote."""
        from gui.years.document.document_dialog import DocumentDialog

        answers = self._answers
        if answers is None:
            return
        before = dict(answers.settings)
        text = document_text(answers.ruleset, before)
        dialog = DocumentDialog(answers.year, answers.rules, text, self.window(), adds_rules=False)
        if dialog.exec() and dialog.document is not None:
            self._document = document_settings(dialog.document, before)
            self.changed.emit()
        dialog.deleteLater()


def _count_words(rule: Rule, cells: int) -> str:
    if rule.kind is RuleKind.FREQUENCY:
        return str(cells)
    return "按目录" if rule.kind is RuleKind.DECISION else "—"


def _parts(rule: Rule, ruleset: RuleSet) -> Iterator[Part]:
    """What the rule counts with: settings to choose, and what the document asks without a choice."""
    settings = {entry.name: entry.setting for entry in rule.parameters if entry.setting}
    if rule.kind is not RuleKind.FREQUENCY:
        yield from _uncounted(rule, ruleset)
        return
    often = PERIOD_WORDS.get(rule.period or PeriodKind.YEAR, "全年")
    if rule.period is PeriodKind.AUGUST and {"target", "most"} <= settings.keys():
        yield from (
            Words(often), Number(settings["target"], "场"), Words("—"), Number(settings["most"], "场"),
        )  # fmt: skip
        return
    if "minimum" in settings:
        yield from (Words(f"{often} ≥"), Number(settings["minimum"], "场"))
    else:
        yield Held(asks(rule))
    if "target" in settings:
        yield from (Words("宜"), Number(settings["target"], "场"))
    if rule.asks_theme:
        yield Held("须定主题")
    if rule.group_setting is not None:
        yield Pick(rule.group_setting)
    if "exempt_month" in settings:
        yield from (Words("豁免"), Pick(settings["exempt_month"]))
    if "stages" in settings:
        yield Pick(settings["stages"])


def _uncounted(rule: Rule, ruleset: RuleSet) -> Iterator[Part]:
    if rule.kind is RuleKind.DECISION:
        feedback = ruleset.checked_by("no_feedback")
        setting = (
            next((entry.setting for entry in feedback.parameters if entry.setting), None)
            if feedback
            else None
        )
        if setting is not None:
            yield from (Words("反馈 ≤ 会后"), Number(setting, "个工作日"))
    else:
        yield from (
            Words("不设频次"),
            Held("须填宿主会议" if rule.check == "zone_without_host" else asks(rule)),
        )
