"""右栏：全年达成、规则参数、口径说明、豁免与说明。"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import NamedTuple

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from gui.kit.plain import button, label, plain_tip, restyle, tool_button
from gui.kit.scrolling import ScrolledColumn
from gui.kit.theme import theme
from gui.rules.matrix import Matrix
from gui.rules.period_matrix import PeriodMatrix
from gui.services.rule_parameters import ParameterLine
from gui.session.redaction import redacted
from planners.results import Cell


class Excuse(NamedTuple):
    """A registered 豁免 (``key`` of it) or 说明 (``cell`` it is about): where, and the reason."""

    kind: str
    where: str
    reason: str
    key: str = ""
    cell: Cell | None = None


class RuleSidePanel(QFrame):
    """What a rule counts with. ``cell_chosen`` carries a ``Cell``, ``withdrawn`` an ``Excuse`` to take away."""

    cell_chosen = Signal(object)
    change_clicked = Signal()
    decided = Signal()
    withdraw_clicked = Signal()
    add_clicked = Signal()
    withdrawn = Signal(object)
    closed = Signal()

    def __init__(self, describe: Callable[[Cell], str], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("RulesSide")
        self.setAccessibleName("参数与口径")
        self._describe = describe
        self.matrices: list[PeriodMatrix] = []
        self._matrix_titles: list[QLabel] = []
        self._read_only = False
        self.close_button = tool_button("close", "关闭", self.closed.emit)
        self.decide_button = button("数不变，已核对", self.decided.emit, kind="flat", small=True)
        self.decide_button.setToolTip("要点里这一条的话改了：核对后口径照旧，记入变更记录，不再标记")
        self.change_button = button("修改", self.change_clicked.emit, kind="flat", small=True)
        self.withdraw_button = button("撤去", self.withdraw_clicked.emit, kind="flat", small=True)
        self.withdraw_button.setAccessibleName("撤去这条规则")
        self.add_button = button("新增", self.add_clicked.emit, kind="flat", small=True, icon_name="plus")
        self._parameters: list[tuple[QLabel, QLabel, QLabel]] = []
        self._lay_out()

    def _lay_out(self) -> None:
        self.area = ScrolledColumn(self, body_name="RulesSideContent")
        self._column = QVBoxLayout(self.area.body)
        self._column.setContentsMargins(18, 12, 18, 16)
        self._column.setSpacing(8)
        self._achieved = self._section("全年达成", self.close_button)
        self._matrix_column = QVBoxLayout()
        self._matrix_column.setSpacing(6)
        self._column.addLayout(self._matrix_column)
        self._matrix_line = self._line()
        self._section("规则参数", self.withdraw_button, self.decide_button, self.change_button)
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(10)
        self._grid.setVerticalSpacing(9)
        self._grid.setColumnStretch(1, 1)
        self._column.addLayout(self._grid)
        self._none = label("这一条没有可数的参数。", "secondary", wrap=True)
        self._column.addWidget(self._none)
        self._notes_line = self._line()
        self._notes_title = self._section("口径说明")
        self._notes = label("", "secondary", wrap=True)
        self._column.addWidget(self._notes)
        self._line()
        self._section("豁免与说明", self.add_button)
        self._excuses = QVBoxLayout()
        self._excuses.setSpacing(6)
        self._column.addLayout(self._excuses)
        self._no_excuse = label("", "secondary", wrap=True)
        self._column.addWidget(self._no_excuse)
        self._column.addStretch(1)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(1, 0, 0, 0)
        outer.addWidget(self.area)

    def _section(self, text: str, *ends: QWidget) -> QLabel:
        row = QHBoxLayout()
        title = label(text, "heading")
        row.addWidget(title)
        row.addStretch(1)
        for end in ends:
            row.addWidget(end)
        self._column.addLayout(row)
        return title

    def _line(self) -> QFrame:
        line = QFrame(objectName="Line")
        line.setFixedHeight(1)
        self._column.addWidget(line)
        return line

    # what is shown

    def show_matrices(self, matrices: Sequence[Matrix]) -> None:
        """Show a matrix for every rule that counts by period."""
        while len(self.matrices) < len(matrices):
            title = label("", "secondary")
            made = PeriodMatrix(self._describe)
            made.cell_chosen.connect(self.cell_chosen)
            self._matrix_titles.append(title)
            self.matrices.append(made)
            self._matrix_column.addWidget(title)
            self._matrix_column.addWidget(made)
        for number, (title, widget) in enumerate(zip(self._matrix_titles, self.matrices, strict=True)):
            shown = number < len(matrices)
            widget.setVisible(shown)
            title.setVisible(shown and len(matrices) > 1)
            if shown:
                title.setText(matrices[number].title)
                widget.show_matrix(matrices[number])
        self._achieved.setVisible(bool(matrices))
        self._matrix_line.setVisible(bool(matrices))

    def show_parameters(
        self, lines: Sequence[ParameterLine], *, changeable: bool, added: bool = False
    ) -> None:
        """Show the parameters with their origin; 修改 where any of them is a setting, 撤去 where the rule is added."""
        entries: list[ParameterLine | str] = []
        rule = ""
        for line in lines:
            if line.rule != rule:
                rule = line.rule
                if rule:
                    entries.append(rule)
            entries.append(line)
        while len(self._parameters) < len(entries):
            self._add_parameter_row()
        for number, row in enumerate(self._parameters):
            self._fill_row(row, entries[number] if number < len(entries) else None)
        self.change_button.setVisible(changeable or added)
        self.withdraw_button.setVisible(added)
        self._none.setVisible(not lines)

    def _add_parameter_row(self) -> None:
        name, value, origin = label("", "secondary"), label("", wrap=True), label("", "caption")
        value.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        value.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        row = len(self._parameters)
        top = Qt.AlignmentFlag.AlignTop
        for column, made in enumerate((name, value, origin)):
            self._grid.addWidget(made, row, column, Qt.AlignmentFlag(0) if column == 1 else top)
        self._parameters.append((name, value, origin))

    @staticmethod
    def _fill_row(row: tuple[QLabel, QLabel, QLabel], entry: ParameterLine | str | None) -> None:
        name, value, origin = row
        for made in row:
            made.setVisible(entry is not None)
        if entry is None:
            return
        if isinstance(entry, str):
            name.hide()
            origin.hide()
            restyle(value, "role", "caption")
            value.setText(entry)
        else:
            name.setText(entry.name)
            restyle(value, "role", "strong")
            value.setText(redacted(entry.value))
            origin.setText(entry.origin.label)
            tip = "；".join(
                part for part in (entry.note, entry.reason and f"改动理由：{entry.reason}") if part
            )
            for made in row:
                made.setToolTip(plain_tip(tip))
            value.setAccessibleName(redacted(f"{entry.name}：{entry.value}（{entry.origin.label}）{tip}"))

    def parameter_texts(self) -> tuple[tuple[str, str, str], ...]:
        """Name, value and origin of the rows shown."""
        return tuple(
            (name.text(), value.text(), origin.text())
            for name, value, origin in self._parameters
            if name.isVisibleTo(self)
        )

    def show_notes(self, notes: Sequence[str]) -> None:
        """Show how the words of the document are read."""
        self._notes.setText("\n".join(notes))
        for widget in (self._notes, self._notes_title, self._notes_line):
            widget.setVisible(bool(notes))

    @property
    def notes(self) -> str:
        """口径说明 as it is shown."""
        return self._notes.text()

    def show_excuses(self, excuses: Sequence[Excuse], *, can_add: bool) -> None:
        """Show 豁免与说明; each can be taken away."""
        while (item := self._excuses.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.hide()
                widget.deleteLater()
        for excuse in excuses:
            self._excuses.addWidget(self._excuse_row(excuse))
        self.add_button.setVisible(can_add)
        self._no_excuse.setText("暂无。逾期项登记说明后在此列出，不改变“未达成”事实。")
        self._no_excuse.setVisible(not excuses)
        self.allow_changes(allowed=not self._read_only)

    def _excuse_row(self, excuse: Excuse) -> QWidget:
        made = QWidget()
        row = QHBoxLayout(made)
        row.setContentsMargins(0, 0, 0, 0)
        words = label(f"{excuse.kind} · {excuse.where}：{excuse.reason}", "secondary", wrap=True)
        row.addWidget(words, 1)
        take = button("撤回", partial(self.withdrawn.emit, excuse), kind="flat", small=True)
        take.setAccessibleName(f"撤回{excuse.kind}：{excuse.where}")
        row.addWidget(take, 0, Qt.AlignmentFlag.AlignTop)
        return made

    @property
    def excuse_texts(self) -> tuple[str, ...]:
        """豁免与说明 as they are shown."""
        found = []
        for number in range(self._excuses.count()):
            widget = self._excuses.itemAt(number).widget()
            if widget is not None:
                found += [made.text() for made in widget.findChildren(QLabel)]
        return tuple(found)

    def allow_changes(self, *, allowed: bool) -> None:
        """Grey out what cannot be changed."""
        self._read_only = not allowed
        self.change_button.setEnabled(allowed)
        self.decide_button.setEnabled(allowed)
        self.withdraw_button.setEnabled(allowed)
        self.add_button.setEnabled(allowed)
        for number in range(self._excuses.count()):
            widget = self._excuses.itemAt(number).widget()
            if widget is not None:
                widget.setEnabled(allowed)

    def show_as_drawer(self, *, shown: bool) -> None:
        """Whether the panel is a drawer, which can be closed."""
        self.close_button.setVisible(shown)

    def refit(self) -> None:
        """Arrange everything anew: the text size is another one."""
        for widget in self.matrices:
            widget.forget_sizes()
        self.setMinimumWidth(round(280 * min(theme().scale, 1.15)))
