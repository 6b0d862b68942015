"""一条规则一张卡：旧文怎么说、新文怎么说，采用还是沿用。"""

from __future__ import annotations

from PySide6.QtWidgets import QCheckBox, QFrame, QLineEdit

from gui.kit.boxes import in_column, in_row
from gui.kit.choices import Choice
from gui.kit.plain import label, restyle
from gui.kit.theme import theme
from models.domain.events import Labelled
from models.own_document import OwnRule
from planners.document_numbers import NumberChange
from planners.new_document import Change, QuoteChange, amounts

TOLD = {
    Change.SAME: ("原文未变", "good"),
    Change.CHANGED: ("原文有改动", "warning"),
    Change.GONE: ("新要点里没有找到", "error"),
}


class QuoteDecision(Labelled):
    """What is to become of a rule whose words have changed or gone."""

    TAKE = "take", "采用新条文"
    KEEP = "keep", "沿用旧条文"
    HINT = "hint", "只作提示"


OFFERED = {
    Change.CHANGED: (QuoteDecision.TAKE, QuoteDecision.KEEP, QuoteDecision.HINT),
    Change.GONE: (QuoteDecision.KEEP, QuoteDecision.HINT),
}


def _tick(found: NumberChange) -> QCheckBox:
    """Offers to reckon with the number that the new words give; ticked."""
    made = QCheckBox(f"采用{found.label}：{found.before} → {found.after}")
    made.setChecked(True)
    return made


class QuoteCard(QFrame):
    """A rule whose quote is changed or gone; ``answer`` is what was decided."""

    def __init__(self, found: QuoteChange) -> None:
        super().__init__(objectName="Card")
        self.found = found
        rule = found.rule
        words, role = TOLD[found.change]
        theme().font(16, serif=True)  # loads the face that the style sheet names
        self.choice = Choice([(one.label, one) for one in OFFERED[found.change]])
        self.choice.setAccessibleName(f"{rule.title}：怎么办")
        self.choice.setMinimumContentsLength(7)
        head = in_row(
            label(rule.title, "strong"),
            label(self._places(), "caption"),
            label(words, role),
            None,
            self.choice,
            spacing=10,
        )
        column = in_column(
            head,
            label(f"旧：{rule.quote}", "clause", wrap=True),
            inside=self,
            margins=(16, 12, 16, 12),
            spacing=6,
        )
        self.words = QLineEdit(found.quote)
        self.words.setAccessibleName(f"{rule.title}：新条文里的原话")
        self.remark = label(role="caption", wrap=True)
        if found.change is Change.CHANGED:
            column.addWidget(self.words)
            self.words.setCursorPosition(0)
        self.numbers = {one.setting: _tick(one) for one in found.numbers}
        for tick in self.numbers.values():
            column.addWidget(tick)
            tick.toggled.connect(self._tell)
        column.addWidget(self.remark)
        self.choice.currentIndexChanged.connect(self._tell)
        self._tell()

    def _places(self) -> str:
        old, new = self.found.rule.clause, self.found.clause
        return f"第{old}条" if old == new else f"第{old}条 → 第{new}条"

    def _tell(self) -> None:
        decision = self.choice.value()
        for control in (self.words, *self.numbers.values()):
            control.setEnabled(decision is QuoteDecision.TAKE)
        self.say(*self._remark(decision))

    def _remark(self, decision: QuoteDecision) -> tuple[str, str]:
        if decision is QuoteDecision.KEEP:
            return "规则照旧检查，依据写作旧条文。", "caption"
        if decision is QuoteDecision.HINT:
            return "不再计入达标，只在提示里出现。", "caption"
        if not self.found.amounts:
            return "上面是新要点里的原话，可以改长改短，须与新要点一字不差。", "caption"
        before, after = amounts(self.found.rule.quote), amounts(self.words.text())
        ticked = [tick.isChecked() for tick in self.numbers.values()]
        what = "程序的口径不会自动改，请到“规则检查 → 修改”里核对。"
        if any(ticked):
            what = "勾选的数随条文一起采用，出处为原文" + ("。" if all(ticked) else "；没有勾选的照旧。")
        return (
            f"数量或周期有变：{'、'.join(before) or '无'} → {'、'.join(after) or '无'}。{what}",
            "caption" if ticked and all(ticked) else "warning",
        )

    def say(self, words: str, role: str) -> None:
        """Show ``words`` below in the look of ``role``."""
        restyle(self.remark, "role", role)
        restyle(self.words, "state", "error" if role == "error" else "")
        self.remark.setText(words)
        self.remark.setVisible(bool(words))

    @property
    def answer(self) -> OwnRule:
        """The rule as it is to be quoted; undecided where its words are others and its numbers not adopted."""
        rule, decision = self.found.rule, self.choice.value()
        if decision is QuoteDecision.TAKE:
            taken = tuple(
                (one.setting, one.after)
                for one in self.found.numbers
                if self.numbers[one.setting].isChecked()
            )
            decided = bool(taken) and len(taken) == len(self.numbers)
            words, former = self.words.text().strip(), "" if decided else rule.quote
            return OwnRule(rule.code, self.found.clause, words, former=former, numbers=taken)
        is_hint = decision is QuoteDecision.HINT
        return OwnRule(rule.code, rule.clause, rule.quote, is_hint, "" if is_hint else rule.quote)
