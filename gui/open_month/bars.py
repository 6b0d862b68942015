"""开放月的页头、筛选条与条文行。"""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLineEdit, QWidget

from gui.kit.choices import Segments
from gui.kit.marks import metrics, paint_pill, text_width
from gui.kit.page_head import PageHead
from gui.kit.plain import button, label, plain_tip
from gui.kit.theme import theme
from gui.open_month.grid_painter import paint_bar
from gui.open_month.rows import LineFilter, MonthBar, summary_words
from models.domain.events import Campaign, Event, EventStatus
from planners.open_month import OpenMonth
from planners.results import CellState

_LEGEND = (
    (EventStatus.CONFIRMED, False, False, "已确认"),
    (EventStatus.PLANNED, False, False, "已排"),
    (EventStatus.DRAFT, False, False, "草拟"),
    (EventStatus.PLANNED, True, False, "暂定"),
    (EventStatus.PLANNED, False, True, "线上"),
)


class StatePill(QWidget):
    """Words in the colours of a state."""

    def __init__(self) -> None:
        super().__init__()
        self._words, self._state = "", CellState.GAP

    def show_words(self, words: str, state: CellState, tip: str = "") -> None:
        """Show ``words``."""
        self._words, self._state = words, state
        self.setAccessibleName(words)
        self.setToolTip(plain_tip(tip or words))
        self.updateGeometry()
        self.update()

    @property
    def words(self) -> str:
        """What is shown."""
        return self._words

    def sizeHint(self) -> QSize:
        """The words and room around them."""
        font = theme().font(12, bold=True)
        return QSize(round(text_width(font, self._words) + 22), round(metrics(font).height() + 9))

    def minimumSizeHint(self) -> QSize:
        """Never cut."""
        return self.sizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the pill."""
        del event
        painter = QPainter(self)
        size = self.sizeHint()
        top = (self.height() - size.height()) / 2
        paint_pill(painter, QRectF(0, top, size.width() - 1, size.height() - 1), self._words, self._state)
        painter.end()


class BarLegend(QWidget):
    """What the look of a day bar means."""

    def sizeHint(self) -> QSize:
        """Sample bars side by side."""
        font = theme().font(12)
        return QSize(round(sum(text_width(font, words) + 26 for *_, words in _LEGEND)), 26)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the samples."""
        del event
        painter = QPainter(self)
        left, font = 0.0, theme().font(12)
        height = round(metrics(font).height()) + 3
        for status, tentative, online, words in _LEGEND:
            sample = Event("", Campaign.OPEN_MONTH, words, words, status=status, tentative=tentative)
            sample = sample._replace(online_only=online)
            width = text_width(font, words) + 16
            rect = QRectF(left, round((self.height() - height) / 2), width, height)
            paint_bar(painter, rect, MonthBar(sample, 1, 1, 0, counts=True, interactive=True))
            left += width + 10
        painter.end()


class OpenMonthHeader(PageHead):
    """Title, theme, how the month stands, and the actions."""

    new_clicked = Signal()
    reminder_clicked = Signal()
    settings_clicked = Signal()
    print_clicked = Signal()

    def __init__(self) -> None:
        super().__init__("政府开放月")
        self._subtitle = label("", "secondary")
        self.count, self.units, self.missing = StatePill(), StatePill(), StatePill()
        self.reminder = button("提醒名单", self.reminder_clicked.emit, icon_name="copy")
        self.reminder.setToolTip("未报送单位的名单，复制成一段可以直接发出的文字")
        self.settings = button("主题与公布…", self.settings_clicked.emit, icon_name="gear")
        self.print = button("公示表", self.print_clicked.emit, icon_name="printer")
        self.print.setToolTip("到“导出打印”生成政府开放月活动表")
        self.new = button("新建活动", self.new_clicked.emit, kind="primary", icon_name="plus")
        self.new.setToolTip("Ctrl+N，在选中的单位与日期")
        self.add(4, self._subtitle, None, self.count, self.units, self.missing, 4)
        self.add(self.reminder, self.settings, self.print, self.new)

    def show_month(self, month: OpenMonth) -> None:
        """Show the month's numbers."""
        theme_words = f"主题“{month.theme}”" if month.theme else "主题未定"
        self._subtitle.setText(f"{month.year}年8月 · {theme_words}")
        self._subtitle.setToolTip(plain_tip(self._subtitle.text()))
        good = month.state.is_met
        reached = good and (not month.target or month.forecast >= month.target)
        state = month.state if not good else CellState.DONE if reached else CellState.PLANNED
        self.count.show_words(summary_words(month), state)
        asked, opened = len(month.asked), month.units_open
        self.units.show_words(
            f"开放 {opened}/{asked} 个单位", CellState.DONE if opened == asked else CellState.PLANNED
        )
        missing = len(month.missing)
        names = "、".join(line.name for line in month.missing)
        self.missing.show_words(
            f"未报送 {missing}" if missing else "都已报送",
            CellState.AT_RISK if missing else CellState.DONE,
            names or "应报送的单位都已报送",
        )
        self.reminder.setEnabled(bool(missing))

    @property
    def subtitle(self) -> str:
        """Year, month and theme."""
        return self._subtitle.text()

    def show_width(self, *, wide: bool, roomy: bool, narrow: bool) -> None:
        """Leave out what does not fit a smaller window."""
        self._subtitle.setVisible(wide)
        self.units.setVisible(roomy)
        self.missing.setVisible(not narrow)
        self.settings.setText("主题与公布…" if wide else "设定…")
        self.new.setText("新建" if narrow else "新建活动")

    def allow_changes(self, *, allowed: bool) -> None:
        """Whether anything can be changed."""
        self.new.setEnabled(allowed)
        self.settings.setEnabled(allowed)


class OpenMonthFilters(QFrame):
    """Which lines are shown, and the words that they hold. ``changed``: something else is chosen."""

    changed = Signal()
    panel_clicked = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("FilterBar")
        self.lines: Segments[LineFilter] = Segments([(one.label, one) for one in LineFilter])
        self.lines.setAccessibleName("按报送情况筛选")
        self.lines.changed.connect(self.changed)
        self.text = QLineEdit()
        self.text.setProperty("small", "true")
        self.text.setPlaceholderText("找单位")
        self.text.setAccessibleName("找单位")
        self.text.setClearButtonEnabled(True)
        self.text.setMaximumWidth(round(180 * theme().scale))
        self.text.textChanged.connect(self.changed)
        self.notice = label("", "secondary")
        self.legend = BarLegend()
        self.panel_button = button("当日与常态化", self.panel_clicked.emit, small=True)
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 0, 16, 0)
        row.setSpacing(8)
        row.addWidget(self.lines)
        row.addWidget(self.text)
        row.addSpacing(8)
        row.addWidget(self.notice)
        row.addStretch(1)
        row.addWidget(self.legend)
        row.addWidget(self.panel_button)

    @property
    def chosen(self) -> LineFilter:
        """Which lines."""
        return self.lines.value()

    def clear(self) -> None:
        """Show everything again."""
        self.text.clear()
        self.lines.choose(LineFilter.ALL)

    def show_width(self, *, wide: bool, docked: bool, roomy: bool) -> None:
        """Leave out what does not fit a smaller window."""
        self.legend.setVisible(roomy)
        self.notice.setVisible(wide or roomy)
        self.panel_button.setVisible(not docked)
