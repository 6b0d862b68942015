"""右侧：当日，待定区，本月规则；窗口窄时收进抽屉。"""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import (
    QAbstractButton,
    QFrame,
    QHBoxLayout,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from gui.calendar.day_rows import DayRow
from gui.calendar.lists import DayList, WaitingList
from gui.calendar.month_rules import MonthRuleRow
from gui.calendar.values import CalendarDay
from gui.calendar.waiting import WaitingRow
from gui.kit.icons import paint_icon
from gui.kit.marks import STATE_LOOKS, draw_text, fitted, metrics, paint_box, text_width
from gui.kit.plain import label, plain_tip
from gui.kit.scrolling import ScrolledColumn
from gui.kit.theme import theme
from gui.kit.tiles import paint_tile
from models.domain.workdays import WEEKDAYS
from planners.results import CellState
from planners.wording import short_day

MOST_WAITING = 4
LEAST_DAY = 150


class MonthRuleLine(QAbstractButton):
    """A rule of the month; pressed, it asks for the rule itself."""

    def __init__(self, row: MonthRuleRow) -> None:
        super().__init__()
        self.row = row
        self.setAccessibleName(f"{row.title} {row.words}，按下看条文")
        self.setToolTip(plain_tip(f"{row.title}：{row.words}"))
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)

    def sizeHint(self) -> QSize:
        """One line."""
        return QSize(200, round(metrics(theme().font(13)).height() + 8))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Tile and title at the left, how it stands at the right."""
        del event
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if self.underMouse():
            paint_box(painter, QRectF(self.rect()), "hover")
        middle, state = self.height() / 2, self.row.state
        paint_tile(painter, self.row.campaign, QRectF(2, round(middle - 8), 16, 16))
        font, strong = theme().font(13), theme().font(13, bold=state is not CellState.EXEMPT)
        title_end = 26 + text_width(font, self.row.title)
        words = fitted(self.row.words, strong, self.width() - min(title_end, self.width() * 0.55) - 12)
        left = self.width() - 2 - text_width(strong, words)
        title = fitted(self.row.title, font, left - 34)
        draw_text(painter, 26, middle, title, font, theme().color("ink"))
        color = {CellState.EXEMPT: "ink2", CellState.GAP: "warning"}.get(state, STATE_LOOKS[state].color)
        draw_text(painter, left, middle, words, strong, theme().color(color))
        painter.end()


class _TrayIcon(QWidget):
    """The tray beside 待定区."""

    def __init__(self) -> None:
        super().__init__()
        self.setFixedSize(QSize(20, 20))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint an open tray."""
        del event
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(theme().color("ink2"), 1.6))
        painter.drawRoundedRect(QRectF(2.5, 4.5, 15, 12), 2, 2)
        painter.drawPolyline([QRectF(2.5, 11, 5, 0).topLeft(), QRectF(6.5, 11, 0, 0).topLeft()])
        painter.drawArc(QRectF(6.5, 8, 7, 6), 180 * 16, 180 * 16)
        painter.drawLine(QRectF(13.5, 11, 0, 0).topLeft(), QRectF(17.5, 11, 0, 0).topLeft())
        painter.end()


class SidePanel(QFrame):
    """The selected day, 待定区 and the month's rules. ``rule_requested`` carries a rule's code."""

    rule_requested = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("SidePanel")
        self.setAccessibleName("当日与待定区")
        self.day = DayList()
        self.waiting = WaitingList()
        self._day_title = label("", "panel")
        self._day_note = label("", "caption")
        self._waiting_title = label("待定区", "heading")
        self._waiting_note = label("拖到日历即排定", "caption")
        self._waiting_none = label("没有延期或未定日期的活动", "caption")
        self._rules_title = label("")
        self._rules = QVBoxLayout()
        self._lines: list[MonthRuleLine] = []
        self._lay_out()
        theme().changed.connect(self._fit)

    def _lay_out(self) -> None:
        area = ScrolledColumn(self, body_name="CalendarPanelContent")
        column = QVBoxLayout(area.body)
        column.setContentsMargins(0, 12, 0, 10)
        column.setSpacing(4)
        column.addLayout(self._head(self._day_title, self._day_note))
        self.day.setMinimumHeight(LEAST_DAY)
        column.addWidget(self.day, 1)
        line = QFrame(objectName="Line")
        line.setFixedHeight(1)
        column.addWidget(line)
        column.addSpacing(6)
        column.addLayout(self._head(_TrayIcon(), self._waiting_title, self._waiting_note))
        column.addWidget(self.waiting)
        self._waiting_none.setContentsMargins(16, 2, 16, 4)
        column.addWidget(self._waiting_none)
        column.addSpacing(6)
        self._rules_title.setContentsMargins(14, 0, 14, 0)
        column.addWidget(self._rules_title)
        self._rules.setContentsMargins(12, 0, 12, 0)
        self._rules.setSpacing(0)
        column.addLayout(self._rules)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(area)
        self._area = area
        self._fit()

    @staticmethod
    def _head(*widgets: QWidget) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setContentsMargins(14, 0, 14, 2)
        row.setSpacing(6)
        for widget in widgets[:-1]:
            row.addWidget(widget)
        row.addStretch(1)
        row.addWidget(widgets[-1])
        return row

    def show_day(self, day: CalendarDay, rows: tuple[DayRow, ...]) -> None:
        """Show the selected day."""
        self._day_title.setText(f"{short_day(day.day)} 星期{WEEKDAYS[day.day.weekday()]}")
        count = f"{len(day.chips)} 场 · " if day.chips else ""
        kind = f"{day.mark_words} · " if day.mark else ""
        self._day_note.setText(f"{kind}{count}第 {day.day.isocalendar().week} 周")
        self.day.show_rows(rows)

    def show_waiting(self, rows: tuple[WaitingRow, ...], *, movable: bool) -> None:
        """Show 待定区."""
        self.waiting.refill(rows)
        self.waiting.setVisible(bool(rows))
        self._waiting_none.setVisible(not rows)
        self._waiting_note.setVisible(bool(rows) and movable)
        self._waiting_title.setText(f"待定区 {len(rows)}" if len(rows) > MOST_WAITING else "待定区")
        self._fit()

    def show_rules(self, title: str, rows: Sequence[MonthRuleRow]) -> None:
        """Show the rules of a month."""
        self._rules_title.setText(title)
        if tuple(line.row for line in self._lines) == tuple(rows):
            return
        for line in self._lines:
            self._rules.removeWidget(line)
            line.hide()
            line.deleteLater()
        self._lines = [MonthRuleLine(row) for row in rows]
        for line in self._lines:
            line.clicked.connect(self._on_rule)
            self._rules.addWidget(line)
        self._rules_title.setVisible(bool(rows))

    @property
    def rule_texts(self) -> tuple[str, ...]:
        """What is said of the month's rules."""
        return tuple(f"{line.row.title} {line.row.words}" for line in self._lines)

    @property
    def day_title(self) -> str:
        """Which day is shown."""
        return self._day_title.text()

    def _fit(self) -> None:
        """待定区 as high as its cards, up to four; then it scrolls."""
        self._rules_title.setFont(theme().font(14, bold=True))
        count = min(MOST_WAITING, self.waiting.rows_model.rowCount())
        card = self.waiting.itemDelegate().sizeHint(None, self.waiting.rows_model.index(0)).height()
        self.waiting.setFixedHeight(max(1, count * card + 2))

    def _on_rule(self) -> None:
        line = self.sender()
        if isinstance(line, MonthRuleLine):
            self.rule_requested.emit(line.row.rule)


__all__ = ["MonthRuleLine", "SidePanel", "paint_icon"]
