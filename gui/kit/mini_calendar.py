"""小月历：一个月里每天宜、可、避还是不可，最好的一天已选好。"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from functools import partial

from PySide6.QtCore import QPoint, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QMouseEvent, QPainter
from PySide6.QtWidgets import QWidget

from gui.kit.announce import announce
from gui.kit.boxes import in_column, in_row
from gui.kit.day_cells import DayCells
from gui.kit.marks import draw_centred, metrics, paint_box, paint_hatch
from gui.kit.plain import button, escaped, label, tool_button
from gui.kit.popover import SHADOW, Popover
from gui.kit.theme import theme
from planners.results import DayVerdict, Verdict
from planners.wording import day_label, short_day

_COLORS = {
    Verdict.GOOD: ("successBg", "success"),
    Verdict.FAIR: ("surface", "ink2"),
    Verdict.AVOID: ("warningBg", "warning"),
    Verdict.IMPOSSIBLE: ("surfaceAlt", "ink3"),
}


class MonthGrid(DayCells):
    """The days of one month, Monday first. ``day_chosen`` on double click or Enter, ``day_pointed`` on every move."""

    day_chosen = Signal(date)
    day_pointed = Signal(date)

    def __init__(self) -> None:
        super().__init__("选日期")
        self._verdicts: dict[date, DayVerdict] = {}
        self._today: date | None = None

    def show_days(self, verdicts: Sequence[DayVerdict], day: date | None, today: date) -> None:
        """Show the judged days of one month with ``day`` selected."""
        self._verdicts = {verdict.day: verdict for verdict in verdicts}
        self._today = today
        self.place = day if day in self._verdicts else next(iter(self._verdicts), None)
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        """Seven columns, up to six weeks and the head."""
        side = self._side()
        return QSize(7 * side, round(side * 0.6) + 6 * side)

    def verdict(self, day: date) -> DayVerdict | None:
        """What was judged about ``day``."""
        return self._verdicts.get(day)

    def shown_days(self) -> tuple[date, ...]:
        return tuple(self._verdicts)

    def cell_size(self) -> tuple[int, int]:
        return self._side(), self._side()

    def head_height(self) -> float:
        return self._side() * 0.6

    def words_of(self, place: date) -> str:
        """The verdict, and what speaks against the day."""
        verdict = self._verdicts[place]
        words = f"{day_label(place)}：{verdict.verdict.label}"
        return f"{words}。{'；'.join(verdict.reasons)}" if verdict.reasons else words

    def tell(self) -> None:
        """The popover says the day below the grid, and aloud."""
        if self.place is not None:
            self.day_pointed.emit(self.place)

    def choose(self, place: date) -> None:
        self.day_chosen.emit(place)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Select the day under the pointer."""
        if (day := self.place_at(event.position())) is not None:
            self.go_to(day)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Choose the day under the pointer."""
        if (day := self.place_at(event.position())) is not None:
            self.choose(day)

    def _side(self) -> int:
        return round(metrics(theme().font(12)).height() * 2 + 4)

    def paint(self, painter: QPainter, seen: QRectF) -> None:
        """Paint weekdays and days."""
        self.paint_weekdays(painter, 0, self._side() * 0.28, "ink3")
        for verdict in self._verdicts.values():
            self._paint_day(painter, verdict)

    def _paint_day(self, painter: QPainter, verdict: DayVerdict) -> None:
        rect = self.day_rect(verdict.day)
        ground, ink = _COLORS[verdict.verdict]
        paint_box(painter, rect.adjusted(0.5, 0.5, -0.5, -0.5), ground, "grid")
        if verdict.verdict is Verdict.IMPOSSIBLE:
            paint_hatch(painter, rect.adjusted(2, 2, -2, -2), theme().color("grid"), 6)
        possible, middle = verdict.verdict is not Verdict.IMPOSSIBLE, rect.center().x()
        today = verdict.day == self._today
        number = "ink3" if not possible else "today" if today else "ink"
        draw_centred(
            painter, middle, rect.top() + rect.height() * 0.30, str(verdict.day.day),
            theme().font(12, bold=today), theme().color(number),
        )  # fmt: skip
        if possible:
            draw_centred(
                painter, middle, rect.top() + rect.height() * 0.72, verdict.verdict.label,
                theme().font(12), theme().color(ink),
            )  # fmt: skip
        if verdict.day == self.place:
            paint_box(
                painter,
                rect.adjusted(0.5, 0.5, -0.5, -0.5),
                line="focus" if self.hasFocus() else "primary",
                radius=4,
                width=2,
            )


class MiniCalendar(Popover):
    """Asks for a day. ``day_chosen`` carries it; 避 is asked about once, 不可 is refused with its reason.

    ``month_wanted`` (-1, 1) asks for the judged days of the neighbouring month.
    """

    day_chosen = Signal(date)
    month_wanted = Signal(int)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._asked: date | None = None
        self._verb = "排入"
        self._grid = MonthGrid()
        self._title = label("", "heading")
        self._subject = label("", "secondary", wrap=True)
        self._reason = label("", "secondary", wrap=True)
        self._accept = button("", self._on_accept, kind="primary")
        self._cancel = button("取消", self.dismiss)
        self._lay_out()
        self._grid.day_pointed.connect(self._on_pointed)
        self._grid.day_chosen.connect(self._on_chosen)
        self._grid.month_left.connect(self.month_wanted)

    def _lay_out(self) -> None:
        column = in_column(inside=self, margins=(14, 10, 14, 12), spacing=6)
        head = in_row(
            (self._title, 1),
            tool_button("chevron-left", "上个月", partial(self.month_wanted.emit, -1)),
            tool_button("chevron-right", "下个月", partial(self.month_wanted.emit, 1)),
        )
        column.addWidget(self._subject)
        column.addLayout(head)
        column.addWidget(self._grid)
        self._reason.setMinimumHeight(round(metrics(theme().font(13)).height() * 3.1))
        column.addWidget(self._reason)
        row = in_row(None, self._cancel, self._accept)
        column.addLayout(row)

    def show_month(
        self, verdicts: Sequence[DayVerdict], best: date | None, today: date, *, subject: str, verb: str
    ) -> None:
        """Show a judged month with the best day selected; ``verb`` is what the button does (排入, 移到)."""
        self._asked, self._verb = None, verb
        self.setFixedWidth(self._grid.sizeHint().width() + 2 * (SHADOW + 14))
        first = verdicts[0].day
        self._title.setText(f"{first.year}年{first.month}月")
        self._subject.setText(subject)
        self._grid.show_days(verdicts, best, today)
        if self._grid.day is not None:
            self._on_pointed(self._grid.day)

    def open_for(self, place: QRect | QPoint) -> None:
        """Open beside a cell or at a point; the grid takes the focus."""
        if isinstance(place, QRect):
            self.open_beside(place)
        else:
            self.open_at(place)
        self._grid.setFocus(Qt.FocusReason.PopupFocusReason)

    @property
    def grid(self) -> MonthGrid:
        """The days."""
        return self._grid

    @property
    def reason(self) -> str:
        """What is said about the selected day."""
        return self._reason.text()

    @property
    def accept_text(self) -> str:
        """What the button says."""
        return self._accept.text()

    def _on_pointed(self, day: date) -> None:
        verdict = self._grid.verdict(day)
        assert verdict is not None
        self._asked = None
        words = self._grid.words_of(day)
        self._reason.setText(words)
        self._accept.setText(escaped(f"{self._verb} {short_day(day)}"))
        self._accept.setEnabled(verdict.verdict is not Verdict.IMPOSSIBLE)
        announce(self._grid, words)

    def _on_accept(self) -> None:
        if self._grid.day is not None:
            self._on_chosen(self._grid.day)

    def _on_chosen(self, day: date) -> None:
        """Take the day; 避 is asked about once, in place."""
        verdict = self._grid.verdict(day)
        if verdict is None or verdict.verdict is Verdict.IMPOSSIBLE:
            return
        if verdict.verdict is Verdict.AVOID and self._asked != day:
            self._asked = day
            self._accept.setText(escaped(f"仍要{self._verb} {short_day(day)}"))
            announce(self._grid, self._accept.text())
            return
        self.hide()
        self.day_chosen.emit(day)
