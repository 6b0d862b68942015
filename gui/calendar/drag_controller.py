"""拖动一场活动：拖着走或用键盘走，看清后果，放下、复制、延期或放回去。"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from typing import NamedTuple

from PySide6.QtCore import QEvent, QObject, QPoint, QRect, QRectF, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QWidget

from gui.calendar.canvas import DragTarget
from gui.calendar.day_view import DayView
from gui.calendar.drag_preview import DragPreview
from gui.calendar.landing_card import CardWords, LandingCard
from gui.kit.announce import announce
from gui.kit.chips import Chip
from gui.session.landing import (
    Landing,
    LandingJudge,
    can_be_carried,
    can_be_postponed,
    land,
    landing_title,
    stands_on_a_day,
)
from gui.session.year_session import YearSession
from models.domain.events import Event, Precision
from models.domain.text import quoted
from planners.results import Verdict
from planners.wording import short_day

EFFECT_DELAY = 40
"""Milliseconds that the event rests on a day before the rules are asked: no frame of a drag waits for them."""

EDGE_TICK, EDGE_DWELL = 40, 700
_FOOT = "Esc 取消 · 按住 Ctrl 复制一份，Shift 延期"
_FOOT_KEYS = "回车放下 · Ctrl+回车复制 · Shift+回车延期 · Esc 取消"
_FOOT_ASK = "回车照排 · Esc 放回去"


class DragState(NamedTuple):
    """What is dragged: where it came from (``source``, in the page), where it hangs, what letting go does."""

    judge: LandingJudge
    by_pointer: bool
    source: QRect
    home: QWidget
    day: date | None = None
    at: time | None = None
    copies: bool = False
    postpones: bool = False
    waits: bool = False
    asking: bool = False

    @property
    def event(self) -> Event:
        """The dragged event, as it is now."""
        return self.judge.event

    @property
    def landing(self) -> Landing | None:
        """Where it would land; None where it hangs over nothing."""
        return Landing(self.day, self.at, self.copies) if self.day is not None else None


class DragController(QObject):
    """Drags one event at a time over the view that ``view`` gives, inside ``host``.

    ``landed`` carries key and day of what was moved or made; ``page_wanted`` asks for the neighbouring
    month or week, ``day_wanted`` for a day that is not shown. ``postpone_requested`` carries the key and
    the new day, None where the event is to wait. Over the widget ``waiting`` it is put among those that wait.
    """

    postpone_requested = Signal(str, object)
    landed = Signal(str, object)
    page_wanted = Signal(int)
    day_wanted = Signal(object)
    said = Signal(str)

    def __init__(
        self, session: YearSession, host: QWidget, view: Callable[[], DayView], waiting: QWidget
    ) -> None:
        super().__init__(host)
        self._session = session
        self._host = host
        self._view = view
        self._waiting = waiting
        self._state: DragState | None = None
        self._pointer = QPoint()
        self._dwell = 0
        self.preview = DragPreview(host)
        self.card = LandingCard(host)
        self.card.accepted.connect(self._on_accepted)
        self.card.refused.connect(self._on_refused)
        self._effect = QTimer(self, singleShot=True, interval=EFFECT_DELAY)
        self._effect.timeout.connect(self._show_effect)
        self._edge = QTimer(self, interval=EDGE_TICK)
        self._edge.timeout.connect(self._at_edge)

    @property
    def state(self) -> DragState | None:
        """What is dragged, if anything."""
        return self._state

    # picking up

    def pick_up(
        self, key: str, *, by_pointer: bool, home: QWidget, source: QRect, day: date | None = None
    ) -> bool:
        """Take the event up; False, and said why, where it cannot be moved."""
        if self._state is not None:
            self.cancel()
        event = self._session.snapshot.event_by_key.get(key)
        if event is None:
            return False
        if reason := self._why_not(event):
            self._say(reason)
            if by_pointer:
                self._session.messages.toast(reason)
            return False
        self._state = DragState(LandingJudge(self._session, event), by_pointer, source, home)
        self._show_preview(event)
        QApplication.instance().installEventFilter(self)
        if by_pointer:
            self._edge.start()
        else:
            self._hold(self._state._replace(day=day or event.day or self._view().selected_day))
            self._say(f"已拿起 {event.title}，方向键选日子，回车放下，Esc 取消")
        self._show_target()
        return True

    def _show_preview(self, event: Event) -> None:
        clock = f"{event.starts_at:%H:%M} " if event.precision is Precision.TIME and event.starts_at else ""
        self.preview.show_chip(Chip(event.campaign, clock + (event.short or event.title), event.status))

    def _why_not(self, event: Event) -> str:
        if self._session.read_only:
            return f"{self._session.read_only_reason}，不能移动活动".replace("。，", "，")
        if not can_be_carried(event):
            return f"{quoted(event.short or event.title)}{event.status.label}，不能移动"
        return ""

    # dragging

    def point_to(self, at: QPoint) -> None:
        """Hang at a global point."""
        state = self._state
        if state is None or state.asking:
            return
        self._pointer = at
        view = self._view()
        waits = self._is_over_waiting(at) and can_be_postponed(state.event)
        day, clock = (None, None) if waits else view.drop_at(view.viewport().mapFromGlobal(at).toPointF())
        self.preview.hang_at(self._host.mapFromGlobal(at))
        held = QApplication.keyboardModifiers()
        self._hold(_with_modifiers(state._replace(day=day, at=clock, waits=waits), held))

    def _is_over_waiting(self, at: QPoint) -> bool:
        area = self._waiting
        return area.isVisible() and area.rect().contains(area.mapFromGlobal(at))

    def step(self, days: int, minutes: int) -> None:
        """DragState it on by the keyboard."""
        state = self._state
        if state is None or state.day is None or state.asking:
            return
        at = state.at
        if minutes:
            at = self._later(state, minutes)
        self._hold(state._replace(day=state.day + timedelta(days=days), at=at))

    @staticmethod
    def _later(state: DragState, minutes: int) -> time | None:
        """The clock time ``minutes`` later, within the same day; None where the event has none."""
        event = state.event
        if not stands_on_a_day(event) or event.precision is not Precision.TIME or event.starts_at is None:
            return state.at
        now = datetime.combine(date(2000, 1, 2), state.at or event.starts_at.time())
        later = now + timedelta(minutes=minutes)
        return later.time() if later.date() == now.date() else state.at

    def _hold(self, state: DragState) -> None:
        """Hold it at its new place; only what changed is shown anew."""
        before, self._state = self._state, state
        view = self._view()
        if not state.by_pointer and state.day is not None:
            if state.day not in view.shown_days():
                self.day_wanted.emit(state.day)
            view.ensure_visible(state.day)
        if before != state or not self.card.isVisible():
            self._show_target()
            self._show_words()
        self._place()
        if not state.by_pointer and before is not None and before.landing != state.landing:
            self._show_effect()
            self._say("，".join(self.card.texts))

    def _show_target(self) -> None:
        state = self._state
        if state is None:
            return
        view, judge = self._view(), state.judge
        verdict, at, minutes = Verdict.IMPOSSIBLE, None, 120
        if state.landing is not None:
            verdict = judge.judged(state.landing).verdict
            after = judge.after(state.landing)
            self._show_preview(after)
            span = after.span
            if span is not None and after.is_timed:
                at, minutes = span[0].time(), int((span[1] - span[0]).total_seconds() // 60)
        verdicts = judge.verdicts(view.shown_days(), copies=state.copies)
        view.show_drag(DragTarget(state.event.key, verdicts, state.day, at, minutes, verdict, state.copies))

    def _place(self) -> None:
        """Put preview and card beside the landing."""
        state, view = self._state, self._view()
        if state is None:
            return
        target = view.drag
        if state.waits:
            at = self._host.mapFromGlobal(self._pointer)
            self.card.place_near(at, self.preview.geometry())
            return
        if state.landing is None or target is None:
            self.card.hide()
            return
        cell = view.to_viewport(view.day_rect(state.landing.day))
        landing = view.to_viewport(view.landing_rect(target))
        if not state.by_pointer:
            self.preview.lie_on(self._in_host(landing))
        at = self._host.mapFromGlobal(self._pointer) if state.by_pointer else None
        box = self._in_host(cell).toRect()
        if at is None:
            at = self._in_host(landing).toRect().topLeft()
        elif cell.height() > 300:
            box = QRect(box.left(), at.y() - 20, box.width(), 60)
        self.card.place_near(at, box.united(self.preview.geometry().adjusted(6, 6, -6, -6)))

    def _in_host(self, rect: QRectF) -> QRectF:
        corner = self._view().viewport().mapTo(self._host, QPoint(0, 0))
        return rect.translated(corner.x(), corner.y())

    # what it would do

    def _show_words(self) -> None:
        """The day and what speaks against it at once; the rules a moment later."""
        state = self._state
        if state is not None and state.waits:
            title = landing_title(state.event, state.event, copies=False, postpones=True)
            self.card.show_words(CardWords(f"{title}，放入待定区", (), "松开后填写原因"))
            return
        if state is None or state.landing is None or state.asking:
            return
        if state.postpones or state.judge.knows(state.landing):
            self._show_effect()
            return
        self.card.show_words(self._words(state, state.landing, with_effect=False))
        self._effect.start()

    def _show_effect(self) -> None:
        state = self._state
        if state is None or state.landing is None or state.asking:
            return
        self.card.show_words(self._words(state, state.landing, with_effect=True))
        self._place()

    def _words(self, state: DragState, landing: Landing, *, with_effect: bool) -> CardWords:
        judge = state.judge
        after = judge.after(landing)
        title = landing_title(state.event, after, copies=state.copies, postpones=state.postpones)
        foot = _FOOT if state.by_pointer else _FOOT_KEYS
        if state.postpones:
            return CardWords(
                f"{title}到 {short_day(landing.day)}", (), "松开后填写原因；日期未定的拖到待定区"
            )
        if judge.judged(landing).verdict is Verdict.IMPOSSIBLE:
            title = f"不能排到 {short_day(landing.day)}"
        lines = judge.lines(landing) if with_effect else judge.reason_lines(landing)
        return CardWords(title, lines, foot)

    # letting go

    def let_go(self) -> None:
        """Let it go where the pointer is."""
        state = self._state
        if state is not None and not state.asking:
            self._land(state)

    def put_down(self, modifiers: Qt.KeyboardModifier) -> None:
        """Put it down by the keyboard: Ctrl copies, Shift postpones."""
        state = self._state
        if state is not None and not state.asking:
            self._state = _with_modifiers(state, modifiers)
            self._land(self._state)

    def _land(self, state: DragState) -> None:
        landing = state.landing
        if state.waits or (state.postpones and landing is not None):
            self._postpone(state)
        elif landing is None:
            self._bounce("")
        elif self._stays(state, landing):
            self.cancel(said="日期没有变")
        else:
            judged = state.judge.judged(landing)
            if judged.verdict is Verdict.IMPOSSIBLE:
                self._bounce(f"不能排到{short_day(landing.day)}：{'；'.join(judged.reasons)}")
            elif judged.verdict is Verdict.AVOID:
                self._ask(state, landing)
            else:
                self._carry_out(state, landing)

    @staticmethod
    def _stays(state: DragState, landing: Landing) -> bool:
        event = state.event
        if landing.copies or not stands_on_a_day(event) or event.starts_at is None:
            return False
        return landing.day == event.day and landing.at in (None, event.starts_at.time())

    def _postpone(self, state: DragState) -> None:
        self._end()
        if can_be_postponed(state.event):
            later = state.day if state.day != state.event.day else None
            self.postpone_requested.emit(state.event.key, later)
        else:
            self._session.messages.toast(
                f"{quoted(state.event.short or state.event.title)}{state.event.status.label}，不用再延期"
            )

    def _ask(self, state: DragState, landing: Landing) -> None:
        """Ask once, in place."""
        self._state = state._replace(asking=True)
        self._edge.stop()
        self._effect.stop()
        words = self._words(state, landing, with_effect=True)._replace(foot=_FOOT_ASK)
        verb = "复制到" if state.copies else "排入"
        self.card.ask(words, f"仍要{verb} {short_day(landing.day)}")
        self._place()

    def leave(self) -> None:
        """The keyboard went elsewhere while it dragged: put the event back."""
        if self._state is not None and not self._state.asking:
            self.cancel(keep_focus=True)

    def _on_accepted(self) -> None:
        state = self._state
        if state is not None and state.asking and state.landing is not None:
            self._carry_out(state, state.landing)

    def _carry_out(self, state: DragState, landing: Landing) -> None:
        """Do it: one command, one step."""
        after = state.judge.after(landing)
        self._end()
        state.home.setFocus(Qt.FocusReason.OtherFocusReason)
        if land(self._session, state.event, after) is not None:
            self.landed.emit(after.key, landing.day)

    def _on_refused(self) -> None:
        self.cancel()

    def _bounce(self, reason: str) -> None:
        """Back to where it came from; ``reason`` is said."""
        state = self._state
        self._end(keep_preview=True)
        if state is not None:
            self.preview.fly_back(state.source.topLeft())
            state.home.setFocus(Qt.FocusReason.OtherFocusReason)
        if reason:
            self._session.messages.toast(reason)

    def cancel(self, *, said: str = "已取消移动", keep_focus: bool = False) -> bool:
        """Put it back (Esc); whether there was anything. ``keep_focus``: the user has gone elsewhere."""
        state = self._state
        if state is None:
            return False
        self._end()
        if not keep_focus:
            state.home.setFocus(Qt.FocusReason.OtherFocusReason)
        self._say(said)
        return True

    def _end(self, *, keep_preview: bool = False) -> None:
        self._state = None
        self._edge.stop()
        self._effect.stop()
        self._dwell = 0
        QApplication.instance().removeEventFilter(self)
        self.card.hide()
        if not keep_preview:
            self.preview.vanish()
        self._view().show_drag(None)

    def _say(self, words: str) -> None:
        announce(self._host, words)
        self.said.emit(words)

    # edges and keys while the pointer drags

    def _at_edge(self) -> None:
        """Scroll, or turn the page after a moment, while the event is held near an edge."""
        view = self._view()
        scroll, step = view.edge_at(view.viewport().mapFromGlobal(self._pointer))
        if scroll:
            bar = view.verticalScrollBar()
            bar.setValue(bar.value() + scroll)
            self.point_to(self._pointer)
        self._dwell = self._dwell + EDGE_TICK if step else 0
        if self._dwell >= EDGE_DWELL:
            self._dwell = 0
            self.page_wanted.emit(step)
            self._show_target()
            self.point_to(self._pointer)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """While the pointer drags: Esc cancels, Ctrl copies, Shift postpones."""
        state = self._state
        kind = event.type()
        if state is not None and state.asking and kind is QEvent.Type.MouseButtonPress:
            inside = watched is self.card or (
                isinstance(watched, QWidget) and self.card.isAncestorOf(watched)
            )
            if isinstance(watched, QWidget) and not inside:
                self.cancel(keep_focus=True)
        if state is None or not isinstance(event, QKeyEvent):
            return super().eventFilter(watched, event)
        if kind is QEvent.Type.KeyPress and event.key() == Qt.Key.Key_Escape:
            self.cancel()
            return True
        if state.by_pointer and not state.asking and kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
            self._on_modifier(event, pressed=kind is QEvent.Type.KeyPress)
            return True
        return super().eventFilter(watched, event)

    def _on_modifier(self, event: QKeyEvent, *, pressed: bool) -> None:
        assert self._state is not None
        if event.key() == Qt.Key.Key_Control:
            self._hold(self._state._replace(copies=pressed))
        elif event.key() == Qt.Key.Key_Shift:
            self._hold(self._state._replace(postpones=pressed))


def _with_modifiers(state: DragState, held: Qt.KeyboardModifier) -> DragState:
    return state._replace(
        copies=bool(held & Qt.KeyboardModifier.ControlModifier),
        postpones=bool(held & Qt.KeyboardModifier.ShiftModifier),
    )
