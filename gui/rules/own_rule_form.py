"""自己加一条规则，或改它：填的时候就说会怎样；撤去之前也先说。"""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QWidget

from gui.kit.boxes import in_row, line_across
from gui.kit.choices import Choice
from gui.kit.controls import line_edit, note_edit, number_edit
from gui.kit.day_edit import day_edit
from gui.kit.form import FormDialog
from gui.kit.plain import label
from gui.services.rule_entry import (
    EXAMPLES,
    GROUPS,
    PERIODS,
    REPORTERS,
    Recurrence,
    RuleEntry,
    RuleSort,
    entry_of,
    refusals,
    rule_of,
    usual_start,
)
from gui.session.year_session import YearSession
from models.added_rules import new_code, rule_settings, withdrawal
from models.domain.events import Campaign
from models.domain.rule_soundness import LONGEST_CLAUSE, LONGEST_TITLE, MOST_EVENTS, MOST_WORKDAYS
from models.domain.rules import AFTER, GroupKind, Rule, Severity
from models.domain.text import quoted
from models.rule_commands import put_rule, withdraw_rule
from models.rulesets import document_text, ruleset_for
from planners.rule_preview import preview_lines

PAUSE = 250
"""Milliseconds without a change after which it is said what the rule would do."""
_LISTED = {
    GroupKind.STAGE: "哪些学段，用顿号分开：小学、初中、高中",
    GroupKind.THEME_CLASS: "哪些主题分类，用顿号分开：营商环境类、民生保障类",
}
_REMARKS = {"valid_from": "在这一天之前结束的周期、到期的节点不适用"}
"""What stands below a field while nothing is wrong with it."""


class MonthDayEdit(QWidget):
    """A month and a day of any year."""

    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.month, self.day = number_edit(1, 12, suffix=" 月"), number_edit(1, 31, suffix=" 日")
        self.month.setAccessibleName("期限的月份")
        self.day.setAccessibleName("期限的日")
        in_row(self.month, self.day, label("前"), None, inside=self, margins=0, spacing=8)
        self.setFocusProxy(self.month)
        for part in (self.month, self.day):
            part.valueChanged.connect(self.changed)

    def value(self) -> tuple[int, int]:
        """Month and day."""
        return self.month.value(), self.day.value()

    def set_value(self, value: tuple[int, int]) -> None:
        """Show ``value``."""
        self.month.setValue(value[0])
        self.day.setValue(value[1])


class OwnRuleForm(FormDialog):
    """Adds a rule that begins as ``entry``, or changes the one of its code; one step."""

    def __init__(self, session: YearSession, entry: RuleEntry, parent: QWidget | None = None) -> None:
        words = "修改规则" if entry.code else "新增规则"
        super().__init__(words, "保存", parent, width=760)
        self._session, self._before = session, entry
        row = session.snapshot.year_row
        self._document = document_text(row.ruleset, dict(session.row.settings))
        self._pause = QTimer(self, singleShot=True, interval=PAUSE)
        self.add_heading(words)
        self.add_words(
            "与要点的规则一样检查、排期、印出来，沿用时带到下一年。没有依据的标为“自定”，默认只作提示。",
            "caption",
        )
        self.example = Choice([("—", RuleEntry()), *EXAMPLES])
        if not entry.code:
            self.add_row("现成的例子", self.example)
        self._add_words()
        self._add_counting()
        self._add_dates()
        self.preview = label("", "secondary", wrap=True)
        self.preview.setAccessibleName("会怎样")
        self.preview.setContentsMargins(24, 8, 24, 8)
        self.below.addWidget(line_across())
        self.below.addWidget(self.preview)
        self._usual = self._usual_start(entry)
        self._show(entry)
        self.example.currentIndexChanged.connect(self._on_example)
        self.fields.changed.connect(self._on_changed)
        self._pause.timeout.connect(self.show_preview)
        self.show_preview()
        self.keep_drafts(session, entry.code)
        self.title.setFocus()

    def _add_words(self) -> None:
        self.title = self.bind("名称", line_edit("如 营商讲堂（必填）", LONGEST_TITLE), "title")
        hint = "要点的条号，如 24；别的文件写全称和条号；不填为自定"
        self.clause = self.bind("依据", line_edit(hint, LONGEST_CLAUSE), "clause")
        self.quote = self.bind("条文", note_edit(64, "有依据的，照原文一字不差地填"), "quote")
        weights = [("提示：不计入达标", Severity.HINT), ("刚性：计入达标，逾期要说明", Severity.HARD)]
        self.severity = self.bind("性质", Choice(weights), "severity")
        sorts = [
            ("频次：每个周期几场", RuleSort.FREQUENCY),
            ("节点：某月某日前办好，或定期", RuleSort.MILESTONE),
            ("时限：之后几个工作日内", RuleSort.DEADLINE),
        ]
        self.sort = self.bind("种类", Choice(sorts), "sort")

    def _add_counting(self) -> None:
        campaigns = [(campaign.label, campaign) for campaign in Campaign]
        self.campaign = self.bind("工作线", Choice(campaigns), "campaign")
        self.period = self.bind("周期", Choice([(one.label, one) for one in PERIODS]), "period")
        self.group = self.bind("分别计", Choice([(_group_words(one), one) for one in GROUPS]), "group")
        self.listed = self.bind("", line_edit(), "listed")
        self.minimum = self.bind("至少", number_edit(0, MOST_EVENTS, suffix=" 场"), "minimum")
        self.target = self.bind("宜办", number_edit(0, MOST_EVENTS, "不设", " 场"), "target")

    def _add_dates(self) -> None:
        self.day = self.bind("期限", MonthDayEdit(), "day")
        self.recurrence = self.bind("重复", Choice([(_often(one), one) for one in Recurrence]), "recurrence")
        reporters = [
            (_group_words(one) if one is not GroupKind.NONE else "本办公室", one) for one in REPORTERS
        ]
        self.reporters = self.bind("谁报", Choice(reporters), "reporters")
        self.after = self.bind("自", Choice([(f"{one}之日", one) for one in AFTER]), "after")
        self.workdays = self.bind("几日内", number_edit(1, MOST_WORKDAYS, suffix=" 个工作日"), "workdays")
        self.valid_from = self.bind("起算", day_edit("yyyy年M月d日"), "valid_from")
        self.since = day_edit("yyyy年M月d日")
        if self._before.code:
            self.add_row("改动自", self.since).say("此前的周期仍按原来的数", "caption")
            self.since.dateChanged.connect(self._on_changed)

    # what is shown

    def _show(self, entry: RuleEntry) -> None:
        self.fields.show(entry._replace(valid_from=entry.valid_from or self._usual))
        self.since.setDate(self._usual)  # type: ignore[arg-type]
        for binding in self.fields:
            binding.say(_REMARKS.get(binding.fields[0], ""), "caption")
        self.refuse("")
        self._fit_rows()

    def _usual_start(self, entry: RuleEntry) -> date:
        return usual_start(entry, self._session.year, self._session.today)

    def _on_example(self) -> None:
        """The form is filled with the example that was chosen."""
        self._usual = self._usual_start(self.example.value())
        self._show(self.example.value())

    def _on_changed(self) -> None:
        entry = self.entered()
        usual = self._usual_start(entry)
        if usual != self._usual and not self._before.valid_from:
            kept, self._usual = self._usual, usual
            if entry.valid_from == kept:
                self.valid_from.setDate(usual)  # type: ignore[arg-type]
        self._fit_rows()
        self._pause.start()

    def _fit_rows(self) -> None:
        """Only the rows of the kind of rule, and of the groups that are listed, are seen."""
        sort, group = self.sort.value(), self.group.value()
        counts, dated, follows = (sort is one for one in RuleSort)
        shown: dict[QWidget, bool] = {
            **dict.fromkeys((self.period, self.group, self.minimum, self.target), counts),
            **dict.fromkeys((self.recurrence, self.reporters), dated),
            **dict.fromkeys((self.after, self.workdays), follows),
            self.listed: counts and group in _LISTED,
            self.day: dated and self.recurrence.value().period is None,
            self.campaign: counts or (follows and self.after.value() == AFTER[0]),
        }
        for control, is_shown in shown.items():
            self.row_of(control).setVisible(is_shown)
        self.listed.setPlaceholderText(_LISTED.get(group, ""))
        self.listed.setAccessibleName(_LISTED.get(group, ""))
        self.fit_again()

    # what is entered

    def entered(self) -> RuleEntry:
        """The rule as the form has it."""
        entry: RuleEntry = self.fields.applied_to(self._before)
        return entry

    def _since(self) -> date | None:
        return self.since.date().toPython() if self._before.code else None  # type: ignore[return-value]

    def show_preview(self) -> None:
        """Say what the rule would do; nothing while it cannot be reckoned with."""
        self._pause.stop()
        session, entry = self._session, self.entered()
        if refusals(entry, session.year, self._document):
            self.preview.setText("填好名称、依据和数以后，这里说这条规则会怎样。")
            return
        row = session.snapshot.year_row
        rule = rule_of(entry, session.year)
        rule = rule._replace(code=rule.code or new_code(row.settings))
        values = rule_settings(row, rule, self._since())
        after = ruleset_for(row.year, row.ruleset, dict(row.with_settings(values).settings))
        self.preview.setText("\n".join(preview_lines(session.snapshot, session.check, after, values, rule)))
        self.fit_again()

    def accept_form(self) -> None:
        """The rule is stored; one step. What cannot be taken is said below its field."""
        entry, session = self.entered(), self._session
        wrong = refusals(entry, session.year, self._document)
        for binding in self.fields:
            field = binding.fields[0]
            binding.say(*((wrong[field],) if field in wrong else (_REMARKS.get(field, ""), "caption")))
        for binding in self.fields:
            if why := wrong.get(binding.fields[0]):
                binding.refuse(why, f"{binding.name or '分组'}：{why}。")
        session.attempt_and_tell(put_rule, rule_of(entry, session.year), self._since())


class WithdrawRuleDialog(FormDialog):
    """Takes an added rule away with all that was noted for it, after saying what changes; one step."""

    def __init__(self, session: YearSession, rule: Rule, parent: QWidget | None = None) -> None:
        super().__init__("撤去规则", "撤去", parent)
        self._session, self._rule = session, rule
        row = session.snapshot.year_row
        values, exemptions = withdrawal(session.snapshot, rule.code)
        after = ruleset_for(row.year, row.ruleset, dict(row.with_settings(values).settings))
        self.add_heading(f"撤去{quoted(rule.title)}")
        kept = f"，{len(exemptions)} 项豁免" if exemptions else ""
        self.add_words(
            f"连同它的期限、完成日和说明{kept}；可撤销。只想从某天起改数，请用“修改”。", "secondary"
        )
        for line in preview_lines(session.snapshot, session.check, after, values, None):
            self.add_words(line)

    def accept_form(self) -> None:
        """The rule is gone."""
        self._session.attempt_and_tell(withdraw_rule, self._rule.code)


def _group_words(group: GroupKind) -> str:
    return "全区合计" if group is GroupKind.NONE else f"每个{group.label}"


def _often(recurrence: Recurrence) -> str:
    return recurrence.label if recurrence.period is None else f"{recurrence.label}一次，期末前"


def ask_own_rule(session: YearSession, parent: QWidget, entry: RuleEntry | None = None) -> bool:
    """Ask for a rule of the year's own, to be added or (with a code) changed; whether it was stored."""
    if session.read_only:
        session.messages.toast(session.read_only_reason)
        return False
    form = OwnRuleForm(session, entry or RuleEntry(), parent)
    done = bool(form.exec())
    form.deleteLater()
    return done


def own_rule_entry(session: YearSession, code: str) -> RuleEntry:
    """The added rule ``code`` as it was entered last."""
    return entry_of(session.ruleset.on(date(session.year, 12, 31)).rule(code))
