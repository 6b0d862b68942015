"""第五步 主题与学段：四个季度的走进园区主题，走进校区要用的学校与学段；都可以以后再填。"""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QBoxLayout, QComboBox, QVBoxLayout, QWidget

from gui.kit.bindings import Field
from gui.kit.controls import combo_edit
from gui.kit.plain import label
from gui.kit.theme import theme
from gui.years.units.panes import SchoolsPane
from gui.years.wizard.answers import Answers
from gui.years.wizard.step_page import StepPage, card
from models.domain.events import Campaign
from models.domain.rules import Rule
from models.domain.school_stages import stages_named
from models.domain.snapshot import YearSnapshot
from planners.wording import QUARTERS

WIDE = 940


class ThemesStep(StepPage):
    """Themes and schools."""

    def __init__(self, year: Callable[[int], YearSnapshot]) -> None:
        super().__init__(
            "拟定主题，列出学校", "两样都可以先空着：没有主题的季度会列为待补，没有学校的走进校区先不定地点。"
        )
        self._year = year
        theme().font(16, serif=True)  # loads the face that the style sheet names
        self.themes = tuple(self._theme(quarter) for quarter in range(4))
        self._fields = tuple(Field(f"{QUARTERS[n]}季度", made) for n, made in enumerate(self.themes))
        self._quotes = (label(role="clause", wrap=True), label(role="clause", wrap=True))
        self.pane = SchoolsPane(alone=False)
        self.model, self.table = self.pane.model, self.pane.table
        self._row = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._row.setSpacing(16)
        self._row.addWidget(self._themes_card(), 1)
        self._row.addWidget(self._schools_card(), 1)
        self.column.addSpacing(6)
        self.column.addLayout(self._row)
        self.column.addStretch(1)
        self.pane.changed.connect(self.note_change)
        self.still_wheel()

    def _theme(self, quarter: int) -> QComboBox:
        made = combo_edit((), "以后再定")
        made.setMinimumContentsLength(0)
        made.lineEdit().setMaxLength(60)
        made.lineEdit().setTextMargins(5, 0, 0, 0)
        made.setAccessibleName(f"{QUARTERS[quarter]}季度走进园区主题")
        made.editTextChanged.connect(self.note_change)
        return made

    def _themes_card(self) -> QWidget:
        box = card()
        column = QVBoxLayout(box)
        column.setContentsMargins(20, 16, 20, 16)
        column.setSpacing(10)
        column.addWidget(label("走进园区 · 每季一个主题", "heading"))
        column.addWidget(self._quotes[0])
        for field in self._fields:
            column.addWidget(field)
        column.addStretch(1)
        return box

    def _schools_card(self) -> QWidget:
        box = card()
        column = QVBoxLayout(box)
        column.setContentsMargins(20, 16, 20, 16)
        column.setSpacing(10)
        self._campus = label(role="heading")
        column.addWidget(self._campus)
        column.addWidget(self._quotes[1])
        column.addWidget(self.pane, 1)
        return box

    def adapt(self, size: QSize) -> None:
        """Side by side, or one below the other."""
        wide = size.width() >= WIDE * theme().scale
        self._row.setDirection(QBoxLayout.Direction.LeftToRight if wide else QBoxLayout.Direction.TopToBottom)
        room = size.height() - round(290 * theme().scale)
        self.table.setMinimumHeight(max(round(200 * theme().scale), min(room, round(430 * theme().scale))))

    def fill(self, answers: Answers) -> None:
        """Show themes and schools, last year's themes beside them."""
        rules = answers.rules
        (campus, *_), themed = rules.counting(Campaign.CAMPUS), rules.themed
        self._quotes[0].setText(_quoted(themed) if themed else "")
        self._quotes[1].setText(_quoted(campus))
        former = self._year(answers.previous).year_row.quarter_themes if answers.previous else (None,) * 4
        topics = [entry.partition("：")[0] for entry in _topics(answers)]
        for made, field, chosen, before in zip(
            self.themes, self._fields, answers.themes, former, strict=True
        ):
            made.clear()
            made.addItems(list(dict.fromkeys([*filter(None, former), *topics])))
            made.setCurrentText(chosen)
            field.say(f"上年：{before}" if before else "", "caption")
        stages = stages_named(str(campus.parameter("stages")))
        self._campus.setText(f"走进校区 · {'、'.join(stage.label for stage in stages)}")
        self.pane.show_stages(stages)
        if tuple(self.model.items) != answers.schools:
            self.model.show_items(answers.schools)
        self.pane.tell()

    def read(self, answers: Answers) -> Answers:
        """Themes and schools as they stand."""
        texts = [made.currentText() for made in self.themes]
        return answers._replace(
            themes=(texts[0], texts[1], texts[2], texts[3]), schools=tuple(self.model.items)
        )

    def first_field(self) -> QWidget | None:
        """The first theme."""
        return self.themes[0]


def _quoted(rule: Rule) -> str:
    return f"“{rule.quote.replace('“', '‘').replace('”', '’')}”　第 {rule.clause} 条"


def _topics(answers: Answers) -> list[str]:
    rule = answers.rules.themed
    parameters = rule.parameters if rule else ()
    return next((str(p.value).split("；") for p in parameters if p.name == "topics"), [])
