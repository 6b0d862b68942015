"""候选月的画法与走法：七列小格，选定、备选、占用、斜线一目了然。"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QToolTip, QWidget

from gui.kit.announce import announce
from gui.kit.cell_grid import ENTER
from gui.kit.day_cells import DayCells
from gui.kit.marks import draw_centred, draw_text, fitted, metrics, paint_box, paint_hatch
from gui.kit.theme import theme
from gui.planning.proposal.month_values import DayLook, MonthDay
from gui.session.redaction import redacted

_GAP = 4
_INKS = {
    DayLook.CHOSEN: ("onPrimary", "onPrimary"),
    DayLook.ALTERNATIVE: ("ink", "success"),
    DayLook.FREE: ("ink", "ink2"),
    DayLook.AVOIDED: ("ink2", "ink2"),
    DayLook.CLOSED: ("ink3", "ink3"),
}


class CandidateMonth(DayCells):
    """The days of one month. ``day_picked`` on click, Enter or Space; ``month_left`` asks for a neighbour;
    ``left``: Esc, or Enter on the chosen day, gives the focus back.
    """

    day_picked = Signal(date)
    left = Signal()
    choosing = (*ENTER, Qt.Key.Key_Space)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("候选日期", parent)
        self._days: dict[date, MonthDay] = {}

    def show_days(self, days: Sequence[MonthDay]) -> None:
        """Show the days of one month; the cursor stays on its day of the month, else goes to the chosen one."""
        self._days = {day.day: day for day in days}
        if self.place not in self._days:
            chosen = next((d.day for d in days if d.look is DayLook.CHOSEN), None)
            offered = next((d.day for d in days if d.look is not DayLook.CLOSED), None)
            self.place = chosen or offered or (days[0].day if days else None)
        said = (d.words for d in days if d.look in (DayLook.CHOSEN, DayLook.ALTERNATIVE))
        self.setAccessibleDescription(redacted("；".join(said)))
        self.updateGeometry()
        self.update()

    @property
    def days(self) -> tuple[MonthDay, ...]:
        """The days shown."""
        return tuple(self._days.values())

    # measures

    def _row_height(self) -> int:
        return round(2 * metrics(theme().font(12)).height() - 2)

    def head_height(self) -> int:
        return round(metrics(theme().font(12)).height() + 5)

    def cell_size(self) -> tuple[float, float]:
        return (self.width() + _GAP) / 7, self._row_height()

    def shown_days(self) -> tuple[date, ...]:
        return tuple(self._days)

    def sizeHint(self) -> QSize:
        """Head and as many weeks as the month has."""
        return QSize(300, self.head_height() + (len(self.rows()) or 5) * self._row_height())

    def minimumSizeHint(self) -> QSize:
        """Two characters a day."""
        return QSize(7 * 40, self.sizeHint().height())

    def day_rect(self, day: date) -> QRectF:
        return self.slot(day).adjusted(0, 0, -_GAP, -3)

    # painting

    def paint(self, painter: QPainter, seen: QRectF) -> None:
        """Weekdays, days, and the ring around the one the keyboard is on."""
        self.paint_weekdays(painter, -_GAP / 2, self.head_height() / 2 - 2, "ink2")
        for day in self._days.values():
            self._paint_day(painter, day)
        if self.hasFocus() and self.place is not None:
            self.paint_ring(painter, self.day_rect(self.place).adjusted(-1, -1, 1, 1), 5)

    def _paint_day(self, painter: QPainter, day: MonthDay) -> None:
        rect = self.day_rect(day.day)
        self._paint_ground(painter, rect, day)
        number_ink, word_ink = (theme().color(name) for name in _INKS[day.look])
        font = theme().font(12, bold=day.look is DayLook.CHOSEN)
        line = metrics(font).height()
        draw_text(painter, rect.left() + 6, rect.top() + line / 2 - 1, str(day.day.day), font, number_ink)
        word = fitted(day.word, font, rect.width() - 4)
        draw_centred(painter, rect.center().x(), rect.bottom() - line / 2 + 1, word, font, word_ink)

    def _paint_ground(self, painter: QPainter, rect: QRectF, day: MonthDay) -> None:
        box = rect.adjusted(0.5, 0.5, -0.5, -0.5)
        if day.look in (DayLook.AVOIDED, DayLook.CLOSED):
            painter.fillRect(rect, theme().color("surfaceAlt"))
            paint_hatch(painter, rect, theme().color("grid"), 6)
            if day.day == self.hover and day.look is DayLook.AVOIDED:
                paint_box(painter, box, line="controlBorder", radius=3)
            return
        fill, line = {
            DayLook.CHOSEN: ("primaryFill", "primaryFill"),
            DayLook.ALTERNATIVE: ("successBg", "successLine"),
            DayLook.FREE: ("surface", "border"),
        }[day.look]
        hovered = day.day == self.hover and day.look is not DayLook.CHOSEN
        if hovered and day.look is DayLook.FREE:
            fill = "hover"
        paint_box(painter, box, fill, "primary" if hovered else line, 3)

    # walking and picking

    def words_of(self, place: date) -> str:
        return self._days[place].words

    def on_key(self, key: Qt.Key, modifiers: Qt.KeyboardModifier) -> bool:
        """Esc goes back."""
        if key == Qt.Key.Key_Escape and self.place is not None and not modifiers:
            self.left.emit()
            return True
        return super().on_key(key, modifiers)

    def can_choose(self, place: date) -> bool:
        return self._days[place].look not in (DayLook.CLOSED, DayLook.CHOSEN)

    def choose(self, place: date) -> None:
        """Pick a day that can be; of another say why not."""
        if self.can_choose(place):
            self.day_picked.emit(place)
        elif self._days[place].look is DayLook.CHOSEN:
            self.left.emit()
        else:
            announce(self, self.words_of(place))
            corner = self.day_rect(place).bottomLeft().toPoint()
            QToolTip.showText(self.mapToGlobal(corner), self.tip_of(place), self)
