"""一条规则一张卡：启用、原文、口径与出处、全年检查点；改过的写理由。"""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import (
    QCheckBox,
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QSpinBox,
    QVBoxLayout,
    QWidget,
)

from gui.kit.choices import Choice
from gui.kit.controls import changed_signal, line_edit, number_edit, show_value
from gui.kit.plain import label, plain_tip
from gui.kit.theme import theme
from gui.kit.tiles import TileKind, paint_tile
from gui.services.rule_parameters import TOPICS
from gui.years.wizard.answers import Answers, with_setting
from models.domain.rules import Origin, Rule, RuleKind, RuleSet, SettingSpec, clause_words
from models.domain.setting_names import reason_name
from models.domain.year import Setting


class Words(NamedTuple):
    """Fixed words among the parameters."""

    text: str


class Number(NamedTuple):
    """A number that is a setting, with its unit."""

    setting: str
    unit: str


class Pick(NamedTuple):
    """One of a few readings."""

    setting: str


class Held(NamedTuple):
    """What the words of the document ask and no setting changes: ticked for good."""

    text: str


Part = Words | Number | Pick | Held


class RuleTile(QWidget):
    """The tile of a clause."""

    def __init__(self, kind: TileKind) -> None:
        super().__init__()
        self._kind = kind
        side = round(26 * theme().scale)
        self.setFixedSize(QSize(side, side))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint shape and character."""
        del event
        painter = QPainter(self)
        paint_tile(painter, self._kind, QRectF(self.rect()).adjusted(1, 1, -1, -1))
        painter.end()


class Parameters(QWidget):
    """The parameters of a rule in a row, with where they come from behind them."""

    changed = Signal()

    def __init__(self, parts: Iterable[Part], ruleset: RuleSet) -> None:
        super().__init__()
        self.controls: dict[str, QSpinBox | Choice[Setting]] = {}
        self._specs = {spec.name: spec for spec in ruleset.settings}
        row = self._row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        for part in parts:
            row.addWidget(self._made(part))

    def add_origin(self) -> None:
        """A word at the end says where the parameters come from."""
        self.origin = label(role="caption")
        self.origin.setMinimumWidth(round(28 * theme().scale))
        self._row.addWidget(self.origin)

    def _made(self, part: Part) -> QWidget:
        if isinstance(part, Words):
            return label(part.text, "secondary")
        if isinstance(part, Held):
            box = QCheckBox(part.text)
            box.setChecked(True)
            box.setEnabled(False)
            box.setToolTip("原文要求，不能关")
            return box
        spec = self._specs[part.setting]
        made = _number(spec, part.unit) if isinstance(part, Number) else _choice(spec)
        made.setAccessibleName(spec.label)
        changed_signal(made).connect(self.changed)
        self.controls[part.setting] = made
        return made

    def show_values(self, answers: Answers) -> None:
        """Show the settings as they are answered."""
        for name, control in self.controls.items():
            show_value(control, answers.setting(name))

    def take(self, answers: Answers, reason: str) -> Answers:
        """``answers`` with these settings; ``reason`` is kept with those that are changed."""
        for name, control in self.controls.items():
            answers = with_setting(answers, name, control.value(), reason)
        return answers

    @property
    def is_changed(self) -> bool:
        """Whether a parameter is not the rule set's own."""
        return any(c.value() != self._specs[name].default for name, c in self.controls.items())


def _number(spec: SettingSpec, unit: str) -> QSpinBox:
    values = [value for value, _ in spec.allowed if isinstance(value, int)]
    least, most = (min(values), max(values)) if values else (spec.least or 0, spec.most or 999)
    made = number_edit(least, most, suffix=f" {unit}")
    made.lineEdit().setTextMargins(4, 0, 0, 0)
    return made


def _choice(spec: SettingSpec) -> Choice[Setting]:
    made: Choice[Setting] = Choice([(words, value) for value, words in spec.allowed])
    made.setSizeAdjustPolicy(Choice.SizeAdjustPolicy.AdjustToContents)
    return made


class RuleCard(QFrame):
    """One clause: 启用, the words of the document, the parameters, how many checkpoints it makes."""

    changed = Signal()

    def __init__(self, rule: Rule, tile: TileKind, parts: Iterable[Part], ruleset: RuleSet) -> None:
        super().__init__(objectName="Card")
        self.rule = rule
        self._can_be_off = rule.kind is RuleKind.FREQUENCY
        self.box = QCheckBox()
        self.box.setChecked(True)
        self.box.setAccessibleName(f"启用 {rule.title} {clause_words(rule.clause)}")
        self.box.setEnabled(self._can_be_off)
        off = (
            "不勾选：全年登记为豁免，条文照样显示，须写理由"
            if self._can_be_off
            else "没有频次，逐场检查，不能停用"
        )
        self.box.setToolTip(plain_tip(off))
        self.parameters = Parameters(parts, ruleset)
        self.parameters.add_origin()
        self.reason = line_edit("", 200)
        self.reason.setAccessibleName(f"{rule.title}的理由")
        self.reason.hide()
        self.count = label("—", "strong")
        self.count.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(14, 11, 16, 11)
        self._grid.setHorizontalSpacing(14)
        self._grid.setVerticalSpacing(4)
        self._grid.addWidget(self.box, 0, 0, Qt.AlignmentFlag.AlignTop)
        self._grid.addWidget(RuleTile(tile), 0, 1, 2, 1, Qt.AlignmentFlag.AlignTop)
        self._grid.addLayout(self._words(rule), 0, 2)
        self._grid.setColumnStretch(2, 1)
        self._grid.setColumnMinimumWidth(4, round(86 * theme().scale))
        self.set_wide(wide=True)
        self.box.toggled.connect(self.changed)
        self.parameters.changed.connect(self.changed)
        self.reason.textEdited.connect(self.changed)

    def _words(self, rule: Rule) -> QVBoxLayout:
        head = QHBoxLayout()
        head.setSpacing(8)
        head.addWidget(label(rule.title, "strong"))
        self._clause = label(role="caption")
        head.addWidget(self._clause)
        head.addStretch(1)
        theme().font(16, serif=True)  # loads the face that the style sheet names
        column = QVBoxLayout()
        column.setSpacing(2)
        column.addLayout(head)
        self._quote = label(role="clause", wrap=True)
        column.addWidget(self._quote)
        self._quote_words(rule)
        return column

    def _quote_words(self, rule: Rule) -> None:
        self._clause.setText(clause_words(rule.clause, " "))
        self._quote.setText(f"“{rule.quote.replace('“', '‘').replace('”', '’')}”")

    def set_wide(self, *, wide: bool) -> None:
        """Parameters beside the words, or below them."""
        grid = self._grid
        for widget in (self.parameters, self.count, self.reason):
            grid.removeWidget(widget)
        right = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        left = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        if wide:
            grid.addWidget(self.parameters, 0, 3, right)
            grid.addWidget(self.count, 0, 4, right)
        else:
            grid.addWidget(self.parameters, 1, 2, left)
            grid.addWidget(self.count, 0, 4, right)
        grid.addWidget(self.reason, 2, 2, 1, 3)

    # answers

    def show_answers(self, answers: Answers) -> None:
        """Show whether the rule holds, its parameters and the reason."""
        off = dict(answers.switched_off)
        self.box.setChecked(self.rule.code not in off)
        self.parameters.show_values(answers)
        kept = dict(answers.settings)
        reasons = (str(kept[reason_name(n)]) for n in self.parameters.controls if reason_name(n) in kept)
        self.reason.setText(off.get(self.rule.code) or next(reasons, ""))
        self.tell(answers.rules)

    def take(self, answers: Answers) -> Answers:
        """``answers`` with those of this card."""
        off = dict(answers.switched_off)
        off.pop(self.rule.code, None)
        reason = self.reason.text()
        if not self.box.isChecked():
            off[self.rule.code] = reason
        answers = self.parameters.take(answers, reason)
        return answers._replace(switched_off=tuple(sorted(off.items())))

    def show_count(self, words: str) -> None:
        """Say how many checkpoints the rule makes."""
        self.count.setText(words if self.box.isChecked() else "豁免")

    def tell(self, ruleset: RuleSet) -> None:
        """Say where the parameters come from; ask for the reason where something is changed."""
        on = self.box.isChecked()
        self.parameters.setEnabled(on)
        rule = ruleset.rule(self.rule.code)
        self._quote_words(rule)
        self.parameters.origin.setText(self._origin(rule).label)
        self.parameters.origin.setToolTip(
            plain_tip("\n".join(p.note for p in rule.parameters if p.note and p.name != TOPICS))
        )
        self.reason.setVisible(not on or self.parameters.is_changed)
        self.reason.setPlaceholderText(
            "为什么这样定（可不填，随口径一起保存）" if on else "停用的理由（必填，登记为全年豁免）"
        )

    def _origin(self, rule: Rule) -> Origin:
        """自定 where a number is the office's, else 解释 where one is our reading, else 原文."""
        origins = {p.origin for p in rule.parameters if p.name != TOPICS}
        if self.parameters.is_changed or self.rule.kind is RuleKind.DECISION:
            return Origin.OFFICE
        return next((o for o in (Origin.OFFICE, Origin.READING) if o in origins), Origin.TEXT)
