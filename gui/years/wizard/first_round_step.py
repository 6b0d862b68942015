"""第六步 首轮排期：沿用上年同周同日、自动排期，或先空着；建好之后仍要逐项采纳。"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QButtonGroup, QFrame, QGridLayout, QRadioButton, QVBoxLayout, QWidget

from gui.kit.plain import label, restyle
from gui.years.wizard.answers import Answers, FirstRound, checked, contents
from gui.years.wizard.step_page import COMPACT, StepPage, card, section
from models.domain.snapshot import YearSnapshot
from planners.copying import copy_year
from planners.proposals import Proposal, ReasonKind

_WORDS = {
    FirstRound.COPY: "上年办过、排过的活动放到今年同一周的同一天，遇放假让到最近的工作日，逐场写明理由，一并采纳或逐场取舍。",
    FirstRound.AUTO: "按条文缺什么补什么：程序算出日期、单位和地点，逐项说明理由，勾选才采纳。",
    FirstRound.BLANK: "只建年度，活动以后逐场新建、导入或随时自动排期。",
}


class FirstRoundStep(StepPage):
    """Three ways to begin, with what each would give."""

    def __init__(self, year: Callable[[int], YearSnapshot], today: date) -> None:
        super().__init__(
            "首轮怎么排", "建好年度是一步，采纳排期是另一步；两步都可以撤销，什么都不会自动写进去。"
        )
        self._year = year
        self._today = today
        self._group = QButtonGroup(self)
        self._grid = QGridLayout()
        self._grid.setSpacing(12)
        self.choices: dict[FirstRound, QRadioButton] = {}
        self._cards: dict[FirstRound, QFrame] = {}
        self.previews: dict[FirstRound, QWidget] = {}
        for way in FirstRound:
            self._add(way)
        self.column.addSpacing(6)
        self.column.addLayout(self._grid)
        self.column.addSpacing(10)
        heading, _ = section("将要新建", "回到任何一步都能改")
        self.column.addLayout(heading)
        box = card()
        self._summary = QVBoxLayout(box)
        self._summary.setContentsMargins(20, 14, 20, 14)
        self._summary.setSpacing(5)
        self.lines = label(wrap=True)
        self._summary.addWidget(self.lines)
        self.column.addWidget(box)
        self.column.addStretch(1)

    def _add(self, way: FirstRound) -> None:
        box = card()
        column = QVBoxLayout(box)
        column.setContentsMargins(18, 16, 18, 16)
        column.setSpacing(8)
        choice = QRadioButton(way.label)
        choice.setAccessibleDescription(_WORDS[way])
        choice.toggled.connect(self._on_chosen)
        preview = label(role="strong", wrap=True)
        column.addWidget(choice)
        column.addWidget(label(_WORDS[way], "secondary", wrap=True))
        column.addStretch(1)
        column.addWidget(preview)
        self._group.addButton(choice)
        self.choices[way], self._cards[way], self.previews[way] = choice, box, preview

    def adapt(self, size: QSize) -> None:
        """Three cards side by side, or one below the other."""
        wide = size.width() >= COMPACT
        for number, way in enumerate(FirstRound):
            self._grid.addWidget(self._cards[way], *((0, number) if wide else (number, 0)))
        for column in range(3):
            self._grid.setColumnStretch(column, 1 if wide or column == 0 else 0)

    def fill(self, answers: Answers) -> None:
        """Show the choice, what each way would give, and what will be made."""
        self.choices[FirstRound.COPY].setEnabled(answers.previous is not None)
        self.choices[answers.first_round].setChecked(True)
        self._tell(answers)

    def read(self, answers: Answers) -> Answers:
        """The way chosen."""
        way = next(way for way, choice in self.choices.items() if choice.isChecked())
        return answers._replace(first_round=way)

    def first_field(self) -> QWidget | None:
        """The choice."""
        return self._group.checkedButton()

    def _on_chosen(self, on: bool) -> None:  # noqa: FBT001
        for way, choice in self.choices.items():
            restyle(self._cards[way], "chosen", "true" if choice.isChecked() else "")
        if on:
            self.note_change()

    def _tell(self, answers: Answers) -> None:
        made, check = contents(answers), checked(answers)
        words = "没有上年可以沿用。"
        if answers.previous is not None:
            proposal = copy_year(self._year(answers.previous), made, answers.rules, self._today)
            words = copy_words(proposal)
        total = check.summary.total
        for way, text in (
            (FirstRound.COPY, words),
            (FirstRound.AUTO, f"全年 {total} 个检查点待补"),
            (FirstRound.BLANK, f"全年 {total} 个检查点都是待补"),
        ):
            preview = self.previews[way]
            preview.setText(text)  # type: ignore[attr-defined]
        kinds = "、".join(_unit_words(made))
        estimated = "" if made.holidays.announced else "（估算，通知公布后再导入）"
        themes = sum(theme is not None for theme in made.year_row.quarter_themes)
        self.lines.setText(
            f"{made.year} 年度 · {made.year_row.district} · 规则依据 {answers.rules.document}，{total} 个检查点\n"
            f"放假 {len(made.holidays.days_off)} 天、调休上班 {len(made.holidays.makeup_workdays)} 天{estimated}\n"
            f"{kinds}，学校 {len(made.schools)} 所，场地 {len(made.venues)} 处，季度主题 {themes}/4"
        )


def copy_words(proposal: Proposal) -> str:
    """可沿用 84 场，其中 9 场改期，11 场须由人定."""
    entries = proposal.entries
    moved = sum(any(reason.title.endswith("改期") for reason in entry.reasons) for entry in entries)
    human = sum(not entry.ticked for entry in entries)
    parts = [f"可沿用 {len(entries)} 场"]
    parts += [f"其中 {moved} 场因放假等改期"] if moved else []
    parts += [f"{human} 场须由人定"] if human else []
    parts += [f"{len(proposal.open)} 场没有日子可排"] if proposal.open else []
    return "，".join(parts)


def _unit_words(made: YearSnapshot) -> list[str]:
    counts: dict[str, int] = {}
    for unit in made.units:
        counts[unit.kind.label] = counts.get(unit.kind.label, 0) + 1
    return [f"{kind} {count} 个" for kind, count in counts.items()]


__all__ = ["FirstRoundStep", "ReasonKind", "copy_words"]
