"""月视图与周视图的画布：静态层贴图、选中哪天哪块、拖动时的落点；不管鼠标与键盘。"""

from __future__ import annotations

from datetime import date, time
from itertools import groupby

from PySide6.QtCore import QPoint, QPointF, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPen, QResizeEvent
from PySide6.QtWidgets import QWidget

from gui.calendar.canvas import VERDICT_LOOKS, DragTarget, Hit, HitKind
from gui.calendar.days import CalendarDays
from gui.calendar.deadlines import MARK
from gui.calendar.values import CalendarDay
from gui.kit.chips import paint_focus
from gui.kit.marks import paint_box, with_alpha
from gui.kit.scrolled_grid import EDGE, Layer, ScrolledGrid
from gui.kit.theme import theme
from planners.results import Verdict
from planners.wording import day_label

MORE_KEY = "…"
"""Stands for “还有 n 场” among the chips that Tab walks."""

CHIP_KINDS = (HitKind.EVENT, HitKind.DECISION)
"""What stands for an event or a decision."""


class DayCanvas(ScrolledGrid):
    """Paints the days of a ``CalendarDays`` as a layer and what is selected or dragged over it.

    ``day_selected`` carries the day that is selected from now on (it may lie outside what is shown).
    """

    day_selected = Signal(object)
    hover: Hit | None
    head_overlay = True

    def __init__(self, name: str, description: str, parent: QWidget | None = None) -> None:
        self._days: CalendarDays | None = None
        self.place = date(2000, 1, 1)
        self._chip: str | None = None
        self._drag: DragTarget | None = None
        self._drag_layer: Layer | None = None
        super().__init__(name, description, parent)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)

    # what a subclass says

    def head_height(self) -> int:
        """Height of what stays at the top while the rest scrolls."""
        raise NotImplementedError

    def content_height(self) -> int:
        """Height of the whole content, head included."""
        raise NotImplementedError

    def render_days(self, drag: DragTarget | None) -> Layer:
        """The painted content; with ``drag`` the verdict of every day on it."""
        raise NotImplementedError

    def day_rect(self, day: date) -> QRectF:
        """The place of a day in content coordinates; empty where it is not shown."""
        raise NotImplementedError

    def shown_days(self) -> tuple[date, ...]:
        """Every day that can be landed on."""
        raise NotImplementedError

    def landing_rect(self, drag: DragTarget) -> QRectF:
        """Where the dragged event would lie, in content coordinates."""
        raise NotImplementedError

    def drop_at(self, at: QPointF) -> tuple[date | None, time | None]:
        """The day (and the clock time, where the place says one) at a viewport point."""
        raise NotImplementedError

    def edge_at(self, at: QPoint) -> tuple[int, int]:
        """For a point near an edge: by how many pixels to scroll, and by how many pages to step on."""
        raise NotImplementedError

    def vertical_edge(self, at: QPoint) -> int:
        """-1 near the upper edge, 1 near the lower one, else 0."""
        size = self.viewport().size()
        if not -EDGE <= at.x() <= size.width() + EDGE:
            return 0
        return int(at.y() > size.height() - EDGE) - int(at.y() < max(EDGE, self.head_height()))

    def key_step(self, key: Qt.Key) -> tuple[int, int]:
        """How many days and minutes an arrow drags the event by."""
        raise NotImplementedError

    def paint_selected_day(self, painter: QPainter, day: CalendarDay) -> None:
        """Paint the selected day on its own ground, where the view does so."""

    # what is shown

    def set_days(self, days: CalendarDays, *, today: date) -> None:
        """Show ``days`` from now on."""
        self._days = days
        self._today = today
        self.hover = None
        self.invalidate()
        if self._chip is not None and self._chip not in self.chip_keys(self.place):
            self._chip = None

    @property
    def days(self) -> CalendarDays:
        """What is shown."""
        assert self._days is not None
        return self._days

    @property
    def today(self) -> date:
        """Today."""
        return self._today

    @property
    def selected_day(self) -> date:
        """The day that is selected."""
        return self.place

    @property
    def selected_key(self) -> str | None:
        """The event (or decision) that is selected; None where it is the day, or “还有 n 场”."""
        return None if self._chip == MORE_KEY else self._chip

    @property
    def stop(self) -> str | None:
        """Where Tab stands within the selected day."""
        return self._chip

    @property
    def drag(self) -> DragTarget | None:
        """Where the dragged event would land, if one is dragged."""
        return self._drag

    def is_dragging(self) -> bool:
        return self._drag is not None

    def has_content(self) -> bool:
        return self._days is not None

    def fixed(self) -> tuple[int, int]:
        return 0, self.head_height()

    def content_size(self) -> QSize:
        return QSize(0, self.content_height())

    def render_layer(self) -> Layer:
        return self.render_days(None)

    def shown_layer(self) -> Layer:
        if self._drag is None:
            return self.layer()
        if self._drag_layer is None:
            self._drag_layer = self.render_days(self._drag)
        return self._drag_layer

    def invalidate(self) -> None:
        """Lay out and paint anew."""
        self._drag_layer = None
        super().invalidate()

    def select(self, day: date, chip: str | None = None, *, quietly: bool = False) -> None:
        """Select a day (and a chip of it), scroll it into view and say it; ``quietly`` says nothing."""
        changed = day != self.place
        self.place, self._chip = day, chip
        self.ensure_visible(day)
        self.viewport().update()
        if quietly:
            return
        if changed:
            self.day_selected.emit(day)
        self.say_selection()

    def say_selection(self) -> None:
        """Say what is selected."""
        self.say(self.words_of(self.place))

    def words_of(self, place: date) -> str:
        day = self.days.day(place)
        key = self._chip if place == self.place else None
        if key == MORE_KEY:
            return "还有几场没有列出，回车全部列出"
        if key is not None and key.startswith(MARK):
            return "；".join(row.words for row in day.deadlines)
        chip = next((chip for chip in day.chips if chip.key == key), None)
        return chip.words if chip is not None else day_words(day)

    def tell(self) -> None:
        if self._days is not None:
            super().tell()

    def ensure_visible(self, day: date) -> None:
        """Scroll so that ``day`` is seen."""
        rect = self.day_rect(day)
        if not rect.isEmpty():
            self.reveal(rect)

    # places

    def rows(self) -> list[list[date]]:
        days = self.shown_days() if self._days is not None else ()
        return [list(week) for _, week in groupby(days, lambda day: day.isocalendar()[:2])]

    def content_rect(self, place: date | Hit) -> QRectF:
        return place.rect if isinstance(place, Hit) else self.day_rect(place)

    def can_choose(self, place: Hit) -> bool:
        return place.kind is not HitKind.DAY

    def place_at(self, at: QPointF) -> Hit | None:
        """What is at a viewport point: a chip before the day below it."""
        if self._days is None:
            return None
        point, head = self.to_content(at), self.head_height()
        for hit in reversed(self.layer().hits):
            if hit.rect.contains(point) and (hit.rect.bottom() <= head) == (at.y() < head):
                return hit
        return None

    def chip_keys(self, day: date) -> tuple[str, ...]:
        """What Tab walks on ``day``: its deadlines, the chips that are shown, “还有 n 场” where it is."""
        if self._days is None or self.day_rect(day).isEmpty():
            return ()
        kinds = (*CHIP_KINDS, HitKind.DEADLINE, HitKind.MORE)
        hits = [hit for hit in self.layer().hits if hit.day == day and hit.kind in kinds]
        return tuple(dict.fromkeys(hit.key or MORE_KEY for hit in hits))

    def chip_rect(self, day: date, key: str | None) -> QRectF:
        """The place of a chip in content coordinates; empty where it is not shown."""
        for hit in self.layer().hits:
            if hit.day == day and hit.kind is not HitKind.DAY and (hit.key or MORE_KEY) == key:
                return hit.rect
        return QRectF()

    # dragging

    def show_drag(self, drag: DragTarget | None) -> None:
        """Show where an event that is dragged would land (verdicts, landing), or none; repaints only what changed."""
        before = self._drag
        self._drag = drag
        if before is None or drag is None or before.layer_key != drag.layer_key:
            self._drag_layer = None
            self.viewport().update()
            return
        for one in (before, drag):
            self.viewport().update(self._landing_area(one))

    def _landing_area(self, drag: DragTarget) -> QRect:
        area = self.landing_rect(drag)
        if drag.target is not None:
            area = area.united(self.day_rect(drag.target))
        return self.to_viewport(area).toAlignedRect().adjusted(-4, -4, 4, 4)

    # painting

    def paint_overlay(self, painter: QPainter, *, in_head: bool) -> None:
        """The selected day and chip, or the landing."""
        if self._drag is not None:
            self._paint_landing(painter, self._drag)
            return
        rect = self.day_rect(self.place)
        if not rect.isEmpty():
            self.paint_selected_day(painter, self.days.day(self.place))
            _paint_frame(painter, rect, focused=self.hasFocus() and self._chip is None)
        if self.hover is not None and self.hover.kind is not HitKind.DAY:
            painter.fillRect(self.hover.rect, with_alpha("primary", 0.07))
        ring = self.chip_rect(self.place, self._chip) if self._chip and self.hasFocus() else QRectF()
        if not ring.isEmpty() and (ring.bottom() <= self.head_height()) == in_head:
            paint_focus(painter, ring)

    def _paint_landing(self, painter: QPainter, drag: DragTarget) -> None:
        """The day that is hovered in the colour of its verdict, and the dashed landing."""
        if drag.target is None:
            return
        verdict, cell = drag.verdict, self.day_rect(drag.target)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if verdict is Verdict.IMPOSSIBLE:
            paint_box(painter, cell.adjusted(1, 1, -1, -1), with_alpha("dangerBg", 0.45), "danger", 3, 2)
            return
        ground, ink = VERDICT_LOOKS[verdict]
        paint_box(painter, cell.adjusted(1, 1, -1, -1), with_alpha(ground, 0.55), ink, 3, 2.4)
        box = self.landing_rect(drag).adjusted(0.5, 0.5, -0.5, -0.5)
        paint_box(painter, box, "surface", ink, 4, 1.6, dashed=True)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Lay out anew; the selected day stays in view."""
        super().resizeEvent(event)
        if self._days is not None:
            self.ensure_visible(self.place)


def _paint_frame(painter: QPainter, rect: QRectF, *, focused: bool) -> None:
    width = 2.0 if focused else 1.4
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(theme().color("focus" if focused else "primary"), width))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    inset = width / 2
    painter.drawRoundedRect(rect.adjusted(inset, inset, -inset, -inset), 3, 3)


def day_words(day: CalendarDay) -> str:
    """A day in words, for screen readers and the status bar."""
    parts = [day_label(day.day)]
    if day.mark:
        parts.append(day.mark_words)
    elif not day.workday:
        parts.append("周末")
    if day.paused:
        parts.append(f"停排：{day.paused}")
    parts.append(f"{len(day.chips)} 场活动" if day.chips else "没有活动")
    if day.deadlines:
        parts.append(f"时限 {len(day.deadlines)} 项")
    if day.conflicts:
        parts.append(f"冲突 {day.conflicts} 场")
    return "，".join(parts)
