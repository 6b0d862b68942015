"""年度总览的页头与筛选条：标题、年份步进、摘要胶囊、筛选、图例。"""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import (
    QAbstractButton,
    QCheckBox,
    QComboBox,
    QFrame,
    QSizePolicy,
    QWidget,
)

from gui.kit.boxes import in_row
from gui.kit.chips import Chip, paint_chip
from gui.kit.icons import paint_icon
from gui.kit.marks import PILL_FILLS, STATE_LOOKS, draw_text, metrics, paint_box, paint_hatch, text_width
from gui.kit.plain import button, label, tool_button
from gui.kit.theme import theme
from models.domain.events import Campaign, EventStatus
from planners.results import CellState
from planners.year_count import YearCount, beside_words

PILL_STATES = (CellState.OVERDUE, CellState.AT_RISK, CellState.GAP, CellState.DONE)
_LEGEND_CHIPS = (EventStatus.HELD, EventStatus.CONFIRMED, EventStatus.PLANNED, EventStatus.DRAFT)
_LEGEND_MARKS = (CellState.AT_RISK, CellState.OVERDUE, CellState.GAP)


class SummaryPill(QAbstractButton):
    """The number of one state; pressed, it filters the board by it."""

    def __init__(self, state: CellState) -> None:
        super().__init__()
        self.state = state
        self._count, self._words = 0, state.label
        self.setCheckable(True)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def show_count(self, count: int, words: str = "", beside: str = "", rows: str = "行") -> None:
        """Show ``count`` and ``words`` (the state's label unless told otherwise).

        The tool tip says which ``rows`` are left when it is pressed, and what is not counted: ``beside``.
        """
        self._count, self._words = count, words or self.state.label
        more = f"；{beside}" if beside else ""
        self.setAccessibleName(f"{self._words} {count}，按下只看这一类{more}")
        tip = "再按一次恢复全部" if self.isChecked() else f"只看{self.state.label}的{rows}"
        self.setToolTip(f"{tip}{more}")
        self.updateGeometry()
        self.update()

    @property
    def count(self) -> int:
        """The number shown."""
        return self._count

    def sizeHint(self) -> QSize:
        """Icon, number, words."""
        number, words = theme().font(16, bold=True), theme().font(13)
        width = 8 + 18 + 8 + text_width(number, str(self._count)) + 6 + text_width(words, self._words) + 12
        return QSize(round(width), round(metrics(theme().font(14)).height() + 12))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint ground, icon, number and words."""
        del event
        look = STATE_LOOKS[self.state]
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        rect = QRectF(self.rect()).adjusted(1, 1, -1, -1)
        strong = self.isChecked() or self.hasFocus()
        paint_box(
            painter,
            rect,
            "hover"
            if self.underMouse() and self.state is CellState.GAP
            else PILL_FILLS.get(self.state, "surfaceAlt"),
            "focus" if strong else look.line,
            6,
            2 if strong else 1,
        )
        color, middle = theme().color(look.color), rect.center().y()
        paint_icon(painter, look.icon, QRectF(rect.left() + 8, middle - 8, 16, 16), color)
        left = draw_text(
            painter, rect.left() + 32, middle, str(self._count), theme().font(16, bold=True), color
        )
        draw_text(painter, left + 6, middle + 1, self._words, theme().font(13), color)
        painter.end()


class Legend(QWidget):
    """What chips and marks mean, in one line."""

    def sizeHint(self) -> QSize:
        """Chips, a line, marks, the hatch."""
        font = theme().font(12)
        chips = sum(self._chip_width(status) + 10 for status in _LEGEND_CHIPS)
        marks = sum(text_width(font, state.label) + 34 for state in _LEGEND_MARKS)
        return QSize(round(chips + 16 + marks + 30 + text_width(font, "豁免")), 26)

    @staticmethod
    def _chip_width(status: EventStatus) -> float:
        return 28 + text_width(theme().font(12), status.label) + (22 if status is EventStatus.HELD else 8)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the legend."""
        del event
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        font, middle, left = theme().font(12), self.height() / 2, 0.0
        for status in _LEGEND_CHIPS:
            width = self._chip_width(status)
            paint_chip(
                painter, QRectF(left, middle - 10, width, 20), Chip(Campaign.LECTURE, status.label, status)
            )
            left += width + 10
        painter.setPen(QPen(theme().color("gridStrong"), 1))
        painter.drawLine(round(left + 2), round(middle - 8), round(left + 2), round(middle + 8))
        left += 14
        for state in _LEGEND_MARKS:
            look = STATE_LOOKS[state]
            paint_icon(painter, look.icon, QRectF(left, middle - 7, 14, 14), theme().color(look.color))
            left = draw_text(painter, left + 18, middle, state.label, font, theme().color("ink2")) + 14
        box = QRectF(left, middle - 7, 20, 14)
        painter.fillRect(box, theme().color("surfaceAlt"))
        paint_hatch(painter, box, theme().color("hatch"), 5)
        draw_text(painter, left + 26, middle, "豁免", font, theme().color("ink2"))
        painter.end()


class PageHeader(QFrame):
    """Title, year stepper, summary pills and actions of the page.

    ``pill_toggled`` carries the state to filter by, None to show everything again.
    """

    year_stepped = Signal(int)
    pill_toggled = Signal(object)
    new_clicked = Signal()
    plan_clicked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("PageHeader")
        self._title = label("", "page")
        self._subtitle = label("", "secondary")
        self._year = label("", "heading")
        self._previous = tool_button("chevron-left", "上一年度", self._on_previous)
        self._next = tool_button("chevron-right", "下一年度", self._on_next)
        self._pills = {state: SummaryPill(state) for state in PILL_STATES}
        self._new = button("新建活动", self.new_clicked.emit, icon_name="plus")
        self._plan = button("自动排期", self.plan_clicked.emit, kind="primary", icon_name="wand")
        self._plan.setToolTip("F9；换条件用 Shift+F9")
        self._numbers = (0, 0)
        for pill in self._pills.values():
            pill.toggled.connect(partial(self._on_pill, pill))
        self._lay_out()

    def _lay_out(self) -> None:
        in_row(
            self._title,
            4,
            self._subtitle,
            10,
            self._previous,
            self._year,
            self._next,
            None,
            *self._pills.values(),
            8,
            self._new,
            self._plan,
            inside=self,
            margins=(20, 0, 16, 0),
            spacing=8,
        )

    def show_year(self, year: int, title: str, subtitle: str, years: Sequence[int]) -> None:
        """Show the year; the stepper goes to neighbouring years of the data file."""
        self._title.setText(title)
        self._subtitle.setText(subtitle)
        self._year.setText(str(year))
        before, after = [y for y in years if y < year], [y for y in years if y > year]
        self._numbers = (max(before, default=0), min(after, default=0))
        self._previous.setEnabled(bool(before))
        self._next.setEnabled(bool(after))

    def show_counts(self, count: YearCount) -> None:
        """Show the numbers in the pills; 已满足 of all, and what stands beside 待补."""
        for state, pill in self._pills.items():
            done = state is CellState.DONE
            beside = beside_words(count) if state is CellState.GAP else ""
            pill.show_count(count.of(state), f"已满足 / {count.cells.total}" if done else "", beside)

    def show_width(self, *, wide: bool, roomy: bool) -> None:
        """Leave out what does not fit a smaller window."""
        self._subtitle.setVisible(wide)
        self._pills[CellState.DONE].setVisible(roomy)

    def allow_changes(self, *, allowed: bool) -> None:
        """Whether 新建活动 and 自动排期 can be used (not in a file open for reading only)."""
        self._new.setEnabled(allowed)
        self._plan.setEnabled(allowed)

    def clear_pills(self) -> None:
        """Let all pills up without filtering again."""
        for pill in self._pills.values():
            pill.blockSignals(True)
            pill.setChecked(False)
            pill.blockSignals(False)

    def pill(self, state: CellState) -> SummaryPill:
        """The pill of ``state``."""
        return self._pills[state]

    def _on_pill(self, pressed: SummaryPill, checked: bool) -> None:  # noqa: FBT001
        self.clear_pills()
        pressed.blockSignals(True)
        pressed.setChecked(checked)
        pressed.blockSignals(False)
        self.pill_toggled.emit(pressed.state if checked else None)

    def _on_previous(self) -> None:
        self.year_stepped.emit(self._numbers[0])

    def _on_next(self) -> None:
        self.year_stepped.emit(self._numbers[1])


class FilterBar(QFrame):
    """Unit, 街镇 and status filters, 负荷条, 活动名, 只看未满足, legend, 现在要办 n."""

    changed = Signal()
    todo_clicked = Signal()
    legend_clicked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("FilterBar")
        self._units = self._combo("全部单位", "按单位筛选")
        self._towns = self._combo("全部街镇", "按街镇筛选")
        self._statuses = self._combo("全部状态", "按活动状态筛选")
        for status in EventStatus:
            self._statuses.addItem(status.label, status)
        self.loads = self._check("负荷条", on=True)
        self.names = self._check("活动名", on=True)
        self.unmet = self._check("只看未满足", on=False)
        self.legend = Legend()
        self._legend_button = button("图例", self.legend_clicked.emit, kind="flat", small=True)
        self.todo_button = button("现在要办", self.todo_clicked.emit, small=True, icon_name="bell")
        self._lay_out()

    def _combo(self, everything: str, name: str) -> QComboBox:
        combo = QComboBox()
        combo.setAccessibleName(name)
        combo.setProperty("small", "true")
        combo.addItem(everything, None)
        combo.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        combo.setMinimumContentsLength(6)
        combo.setMaximumWidth(round(150 * theme().scale))
        combo.activated.connect(self._on_changed)
        return combo

    def _check(self, text: str, *, on: bool) -> QCheckBox:
        box = QCheckBox(text)
        box.setChecked(on)
        box.toggled.connect(self._on_changed)
        return box

    def _lay_out(self) -> None:
        row = in_row(
            self._units, self._towns, self._statuses, 6, inside=self, margins=(16, 0, 16, 0), spacing=8
        )
        for box in (self.loads, self.names, self.unmet):
            row.addWidget(box)
            row.addSpacing(6)
        row.addStretch(1)
        row.addWidget(self.legend)
        row.addWidget(self._legend_button)
        row.addWidget(self.todo_button)

    def show_choices(self, units: Sequence[tuple[str, str]], towns: Sequence[tuple[str, str]]) -> None:
        """Offer units and 街镇 (name, key); what was chosen stays chosen where it is still there."""
        for combo, choices in ((self._units, units), (self._towns, towns)):
            chosen = combo.currentData()
            while combo.count() > 1:
                combo.removeItem(combo.count() - 1)
            for name, key in choices:
                combo.addItem(name, key)
            combo.setCurrentIndex(max(0, combo.findData(chosen)))

    def show_width(self, *, wide: bool, docked: bool, strip: bool) -> None:
        """The legend in full where there is room; the button where the panel is a drawer."""
        self.legend.setVisible(wide)
        self._legend_button.setVisible(not wide)
        self.todo_button.setVisible(not docked)
        self.loads.setVisible(strip)

    def show_todo_count(self, count: int) -> None:
        """How many things are overdue or at risk."""
        self.todo_button.setText(f"现在要办 {count}")

    @property
    def unit(self) -> str | None:
        """The chosen unit."""
        return self._units.currentData()

    @property
    def town(self) -> str | None:
        """The chosen 街镇."""
        return self._towns.currentData()

    @property
    def status(self) -> EventStatus | None:
        """The chosen status."""
        data = self._statuses.currentData()
        return EventStatus(data) if data is not None else None

    def chosen_words(self) -> tuple[str, ...]:
        """The filters that are set, in words."""
        combos = (self._units, self._towns, self._statuses)
        words = [combo.currentText() for combo in combos if combo.currentIndex() > 0]
        return (*words, *(["只看未满足"] if self.unmet.isChecked() else []))

    def clear(self) -> None:
        """Let everything through again."""
        for combo in (self._units, self._towns, self._statuses):
            combo.setCurrentIndex(0)
        self.unmet.blockSignals(True)
        self.unmet.setChecked(False)
        self.unmet.blockSignals(False)
        self.changed.emit()

    def _on_changed(self, _: object) -> None:
        self.changed.emit()
