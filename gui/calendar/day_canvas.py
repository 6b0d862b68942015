"""月视图与周视图的画布：静态层贴图、选中哪天哪块、拿起时的落点；不管鼠标与键盘。"""

from __future__ import annotations

from datetime import date, time

from PySide6.QtCore import QPoint, QPointF, QRect, QRectF, Qt, Signal
from PySide6.QtGui import (
    QPainter,
    QPaintEvent,
    QPen,
    QResizeEvent,
)
from PySide6.QtWidgets import QAbstractScrollArea, QWidget

from gui.calendar.canvas import VERDICT_LOOKS, Hit, HitKind, Layer, Lifted
from gui.calendar.days import CalendarDays
from gui.calendar.deadlines import MARK
from gui.calendar.values import CalendarDay
from gui.kit.announce import announce
from gui.kit.chips import paint_focus
from gui.kit.marks import with_alpha
from gui.kit.theme import theme
from planners.results import Verdict
from planners.wording import day_label

MORE_KEY = "…"
"""Stands for “还有 n 场” among the chips that Tab walks."""

EDGE = 24
"""Pixels from an edge within which an event in the hand scrolls or turns the page."""

SCROLL = 16
CHIP_KINDS = (HitKind.EVENT, HitKind.DECISION)
"""What stands for an event or a decision."""


class DayCanvas(QAbstractScrollArea):
    """Paints the days of a ``CalendarDays`` as a layer and what is selected or in the hand over it.

    ``day_selected`` carries the day that is selected from now on (it may lie outside what is shown).
    """

    day_selected = Signal(object)
    said = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._days: CalendarDays | None = None
        self._day = date(2000, 1, 1)
        self._chip: str | None = None
        self._hover: Hit | None = None
        self._lifted: Lifted | None = None
        self._static: Layer | None = None
        self._lifted_layer: Layer | None = None
        self.setFrameShape(QAbstractScrollArea.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.viewport().setMouseTracking(True)
        self.viewport().setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        theme().changed.connect(self.invalidate)

    # what a subclass says

    def head_height(self) -> int:
        """Height of what stays at the top while the rest scrolls."""
        raise NotImplementedError

    def content_height(self) -> int:
        """Height of the whole content, head included."""
        raise NotImplementedError

    def render_layer(self, lifted: Lifted | None) -> Layer:
        """The painted content; with ``lifted`` the verdict of every day on it."""
        raise NotImplementedError

    def forget_layout(self) -> None:
        """Lay out anew when it is next asked for."""
        raise NotImplementedError

    def day_rect(self, day: date) -> QRectF:
        """The place of a day in content coordinates; empty where it is not shown."""
        raise NotImplementedError

    def shown_days(self) -> tuple[date, ...]:
        """Every day that can be landed on."""
        raise NotImplementedError

    def landing_rect(self, lifted: Lifted) -> QRectF:
        """Where the event in the hand would lie, in content coordinates."""
        raise NotImplementedError

    def place_at(self, at: QPointF) -> tuple[date | None, time | None]:
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

    def carry_step(self, key: Qt.Key) -> tuple[int, int]:
        """How many days and minutes an arrow carries the event in the hand by."""
        raise NotImplementedError

    def paint_selected_day(self, painter: QPainter, day: CalendarDay) -> None:
        """Paint the selected day on its own ground, where the view does so."""

    # what is shown

    def set_days(self, days: CalendarDays, *, today: date) -> None:
        """Show ``days`` from now on."""
        self._days = days
        self._today = today
        self._hover = None
        self.invalidate()
        if self._chip is not None and self._chip not in self.chip_keys(self._day):
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
        return self._day

    @property
    def selected_key(self) -> str | None:
        """The event (or decision) that is selected; None where it is the day, or “还有 n 场”."""
        return None if self._chip == MORE_KEY else self._chip

    @property
    def stop(self) -> str | None:
        """Where Tab stands within the selected day."""
        return self._chip

    @property
    def lifted(self) -> Lifted | None:
        """The event in the hand, if any."""
        return self._lifted

    def layer(self) -> Layer:
        """The painted layer, painted anew only after something changed."""
        if self._static is None or self._static.pixmap.devicePixelRatioF() != self.devicePixelRatioF():
            self._static = self.render_layer(None)
        return self._static

    def _shown_layer(self) -> Layer:
        if self._lifted is None:
            return self.layer()
        if self._lifted_layer is None:
            self._lifted_layer = self.render_layer(self._lifted)
        return self._lifted_layer

    def invalidate(self) -> None:
        """Lay out and paint anew."""
        self.forget_layout()
        self._static = self._lifted_layer = None
        if self._days is not None:
            self._update_scroll_bar()
        self.viewport().update()

    def _update_scroll_bar(self) -> None:
        bar = self.verticalScrollBar()
        bar.setPageStep(max(1, self.viewport().height() - self.head_height()))
        bar.setSingleStep(40)
        bar.setRange(0, max(0, self.content_height() - self.viewport().height()))

    def select(self, day: date, chip: str | None = None, *, quietly: bool = False) -> None:
        """Select a day (and a chip of it), scroll it into view and say it; ``quietly`` says nothing."""
        changed = day != self._day
        self._day, self._chip = day, chip
        self.ensure_visible(day)
        self.viewport().update()
        if quietly:
            return
        if changed:
            self.day_selected.emit(day)
        self.say_selection()

    def say_selection(self) -> None:
        """Say what is selected."""
        day = self.days.day(self._day)
        if self._chip == MORE_KEY:
            self.say("还有几场没有列出，回车全部列出")
        elif self._chip is not None and self._chip.startswith(MARK):
            self.say("；".join(row.words for row in day.deadlines))
        elif (chip := next((chip for chip in day.chips if chip.key == self._chip), None)) is not None:
            self.say(chip.words)
        else:
            self.say(day_words(day))

    def say(self, text: str) -> None:
        """Tell ``text`` to screen readers and the status bar."""
        announce(self, text)
        self.said.emit(text)

    def ensure_visible(self, day: date) -> None:
        """Scroll so that ``day`` is seen."""
        rect = self.day_rect(day)
        if rect.isEmpty():
            return
        bar, head = self.verticalScrollBar(), self.head_height()
        if rect.bottom() > bar.value() + self.viewport().height():
            bar.setValue(int(rect.bottom() - self.viewport().height()) + 1)
        if rect.top() < bar.value() + head:
            bar.setValue(int(rect.top() - head))

    # places

    def to_content(self, at: QPointF) -> QPointF:
        """Viewport to content coordinates; the head does not scroll."""
        if at.y() < self.head_height():
            return at
        return QPointF(at.x(), at.y() + self.verticalScrollBar().value())

    def to_viewport(self, rect: QRectF) -> QRectF:
        """A rectangle of the content in viewport coordinates."""
        if rect.bottom() <= self.head_height():
            return rect
        return rect.translated(0, -self.verticalScrollBar().value())

    def hit_at(self, at: QPointF) -> Hit | None:
        """What is at a viewport point: a chip before the day below it."""
        if self._days is None:
            return None
        point, in_head = self.to_content(at), at.y() < self.head_height()
        for hit in reversed(self.layer().hits):
            if hit.rect.contains(point) and (hit.rect.bottom() <= self.head_height()) == in_head:
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

    # carrying

    def show_lifted(self, lifted: Lifted | None) -> None:
        """Show an event in the hand (verdicts, landing), or none; repaints only what changed."""
        before = self._lifted
        self._lifted = lifted
        same = (
            before is not None
            and lifted is not None
            and (before.key, before.verdicts, before.copies) == (lifted.key, lifted.verdicts, lifted.copies)
        )
        if not same:
            self._lifted_layer = None
            self.viewport().update()
            return
        for one in (before, lifted):
            assert one is not None
            self.viewport().update(self._landing_area(one))

    def _landing_area(self, lifted: Lifted) -> QRect:
        area = self.landing_rect(lifted)
        if lifted.target is not None:
            area = area.united(self.day_rect(lifted.target))
        return self.to_viewport(area).toAlignedRect().adjusted(-4, -4, 4, 4)

    # painting

    def paintEvent(self, event: QPaintEvent) -> None:
        """Blit the layer and paint the overlay."""
        if self._days is None:
            return
        painter = QPainter(self.viewport())
        area = event.rect()
        head, scroll = self.head_height(), self.verticalScrollBar().value()
        size = self.viewport().size()
        layer = self._shown_layer().pixmap
        body = QRect(0, head, size.width(), size.height() - head)
        painter.setClipRect(body.intersected(area))
        painter.fillRect(area, theme().color("surface"))
        painter.drawPixmap(0, -scroll, layer)
        painter.setClipRect(QRect(0, 0, size.width(), head).intersected(area))
        painter.drawPixmap(0, 0, layer)
        for clip, shift in ((body, scroll), (QRect(0, 0, size.width(), head), 0)):
            if clip.intersects(area):
                painter.save()
                painter.setClipRect(clip.intersected(area))
                painter.translate(0, -shift)
                self._paint_overlay(painter, in_head=shift == 0 and clip.top() == 0)
                painter.restore()
        painter.end()

    def _paint_overlay(self, painter: QPainter, *, in_head: bool) -> None:
        if self._lifted is not None:
            self._paint_landing(painter, self._lifted)
            return
        rect = self.day_rect(self._day)
        if not rect.isEmpty():
            self.paint_selected_day(painter, self.days.day(self._day))
            _paint_frame(painter, rect, focused=self.hasFocus() and self._chip is None)
        if self._hover is not None and self._hover.kind is not HitKind.DAY:
            painter.fillRect(self._hover.rect, with_alpha("primary", 0.07))
        ring = self.chip_rect(self._day, self._chip) if self._chip and self.hasFocus() else QRectF()
        if not ring.isEmpty() and (ring.bottom() <= self.head_height()) == in_head:
            paint_focus(painter, ring)

    def _paint_landing(self, painter: QPainter, lifted: Lifted) -> None:
        """The day that is hovered in the colour of its verdict, and the dashed landing."""
        if lifted.target is None:
            return
        verdict, cell = lifted.verdict, self.day_rect(lifted.target)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if verdict is Verdict.IMPOSSIBLE:
            painter.setPen(QPen(theme().color("danger"), 2))
            painter.setBrush(with_alpha("dangerBg", 0.45))
            painter.drawRoundedRect(cell.adjusted(1, 1, -1, -1), 3, 3)
            return
        ground, ink = VERDICT_LOOKS[verdict]
        painter.setPen(QPen(theme().color(ink), 2.4))
        painter.setBrush(with_alpha(ground, 0.55))
        painter.drawRoundedRect(cell.adjusted(1, 1, -1, -1), 3, 3)
        pen = QPen(theme().color(ink), 1.6)
        pen.setDashPattern([3.0, 2.0])
        painter.setPen(pen)
        painter.setBrush(theme().color("surface"))
        painter.drawRoundedRect(self.landing_rect(lifted).adjusted(0.5, 0.5, -0.5, -0.5), 4, 4)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Lay out anew; the selected day stays in view."""
        super().resizeEvent(event)
        self.invalidate()
        if self._days is not None:
            self.ensure_visible(self._day)

    def scrollContentsBy(self, dx: int, dy: int) -> None:
        """The head stays, so everything is blitted anew."""
        del dx, dy
        self.viewport().update()


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
