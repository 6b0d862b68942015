"""意见记录与采纳研究：一项决策的全部意见，逐条写，一步保存。"""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from gui.attendance.attendance_form import fresh_keys
from gui.attendance.opinion_dialog import not_too_long, speakers
from gui.attendance.stage_form import StageForm
from gui.attendance.study_fields import StudyFields
from gui.kit.bindings import Binding, Bindings
from gui.kit.choices import Choice
from gui.kit.controls import note_edit
from gui.kit.plain import button, tool_button
from gui.kit.theme import theme
from gui.session.redaction import delegate_words
from gui.session.year_session import YearSession
from models.domain.attendance import Opinion
from models.domain.changes import RowChange
from models.domain.snapshot import ItemKind
from planners.attendance.stages import DecisionLine, Stage


class OpinionFields(QWidget):
    """Who said what. ``removed`` when the row is to go."""

    removed = Signal(object)

    def __init__(self, people: Sequence[tuple[str, str]], opinion: Opinion | None) -> None:
        super().__init__()
        self.opinion = opinion
        self.who: Choice[str] = Choice(people)
        self.who.setAccessibleName("谁提的")
        self.text = note_edit(round(56 * theme().scale), "意见的原话或摘要")
        self.text.setAccessibleName("意见")
        self.fields = Bindings(self)
        self.fields.add(Binding("谁提的", self.who, "delegate"))
        self.words = self.fields.add(Binding("意见", self.text, "text", checks=(not_too_long,)))
        if opinion is not None:
            self.fields.show(opinion)
        away = tool_button("close", "删去这一条", self._on_remove)
        head = QHBoxLayout()
        head.setSpacing(8)
        head.addWidget(self.who, 1)
        head.addWidget(away)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        column.addLayout(head)
        column.addWidget(self.text)
        self.setFocusProxy(self.text)

    def _on_remove(self) -> None:
        self.removed.emit(self)


class OpinionsForm(StageForm):
    """The opinions on the decision, one below the other."""

    STAGE = Stage.OPINIONS

    def __init__(self, session: YearSession, line: DecisionLine, parent: QWidget | None = None) -> None:
        super().__init__(session, line, parent, width=680)
        self._speakers = speakers(session, line)
        self.rows: list[OpinionFields] = []
        self.add_button = button("再记一条", self.add_opinion, small=True, icon_name="plus")
        self.add_button.setEnabled(bool(self._speakers) and not session.read_only)
        self.add_left_button(self.add_button)
        if not self._speakers:
            self.add_words("还没有登记代表，请先新增代表。", "warning")
        for opinion in line.opinions:
            self._add(opinion)
        if not line.opinions and self._speakers:
            self._add(None)
        self.add_hold_to_show()
        self.opened()
        if self.rows:
            self.rows[-1].setFocus()

    def add_opinion(self) -> None:
        """An empty row at the end, the keyboard in it."""
        row = self._add(None)
        self._number()
        row.setFocus()
        self.fit()

    def _add(self, opinion: Opinion | None) -> OpinionFields:
        row = OpinionFields(self._speakers, opinion)
        row.removed.connect(self._on_removed)
        row.words.row = self.add_row(f"第 {len(self.rows) + 1} 条", row)
        self.rows.append(row)
        return row

    def _on_removed(self, row: OpinionFields) -> None:
        self.rows.remove(row)
        self.remove_row(row.words)
        self._number()
        self.fit()

    def draft_shape(self) -> object:
        """Which opinions stand in the rows, "" for a new one."""
        return [row.opinion.key if row.opinion else "" for row in self.rows]

    def take_shape(self, shape: object) -> None:
        """Rows for those opinions, and so many new ones."""
        wanted = list(shape)  # type: ignore[call-overload]
        for row in [row for row in self.rows if row.opinion is None or row.opinion.key not in wanted]:
            self._on_removed(row)
        for _ in range(wanted.count("")):
            self._add(None)
        self._number()

    def _number(self) -> None:
        for number, row in enumerate(self.rows, 1):
            if row.words.row is not None:
                row.words.row.name_label.setText(f"第 {number} 条")

    def show_names(self, shown: bool) -> None:  # noqa: FBT001
        """Names in full while ``shown``."""
        for row in self.rows:
            for place, key in enumerate(row.who.values()):
                if key in self.people:
                    row.who.setItemText(place, delegate_words(self.people[key], masked=not shown))

    def makes_done(self, change: RowChange) -> bool:
        """A first opinion."""
        return change.before is None

    def changes(self) -> Sequence[RowChange]:
        """Opinions that are new, changed and gone."""
        found: list[RowChange] = []
        fresh = [row for row in self.rows if row.opinion is None and row.text.toPlainText().strip()]
        keys = iter(fresh_keys(self.session.snapshot, ItemKind.OPINION, len(fresh)))
        for row in self.rows:
            text = row.words.value()
            if row.opinion is not None and not text:
                row.words.refuse("没有字；不要这一条请删去", "有一条意见没有字。")
            if text:
                before = row.opinion or Opinion(next(keys), self.decision.key, "", "")
                row.fields.require(before)
                found.append(RowChange.of(row.opinion, row.fields.applied_to(before)))
        kept = {row.opinion.key for row in self.rows if row.opinion is not None}
        return [
            *found,
            *(RowChange.of(one, None) for one in self.line.opinions if one.key not in kept),
        ]


class StudyForm(StageForm):
    """What became of each opinion: outcome, words, unit and days."""

    STAGE = Stage.STUDIED

    def __init__(self, session: YearSession, line: DecisionLine, parent: QWidget | None = None) -> None:
        super().__init__(session, line, parent, width=720)
        self.studies: list[tuple[Opinion, StudyFields]] = []
        for number, opinion in enumerate(line.opinions, 1):
            self.add_section(f"{number}　{self.name_of(opinion.delegate)}")
            self.add_words(opinion.text)
            self.studies.append((opinion, StudyFields(session, opinion, self)))
        if not line.opinions:
            self.add_words("还没有意见，请先记录意见；代表没有意见的，反馈后直接结案。", "warning")
        self.opened()
        first = next((study for one, study in self.studies if one.outcome is None), None)
        if first is not None:
            first.outcome.setFocus()

    def changes(self) -> Sequence[RowChange]:
        """The opinions with what became of them."""
        return [RowChange.of(one, study.studied(one)) for one, study in self.studies]
