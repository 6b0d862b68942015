"""活动详情：选中一场就在旁边看，改一栏就是一步；确认、延期、取消在下面。"""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import QEvent, QObject, QPoint, Qt, QTimer
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLayout,
    QLineEdit,
    QVBoxLayout,
    QWidget,
)

from gui.event.inspector.advising import field_advice
from gui.event.inspector.contents import (
    Primary,
    counted_clause,
    paper_lines,
    primary_of,
    rule_lines,
    subtitle_of,
)
from gui.event.inspector.evidence_section import EvidenceSection
from gui.event.inspector.fields import InspectorFields
from gui.event.inspector.footer import OPEN, InspectorFooter
from gui.event.inspector.status_buttons import StatusButtons
from gui.event.inspector.zone_section import ZoneSection
from gui.kit.announce import announce
from gui.kit.bindings import Binding, Field
from gui.kit.event_panel import EventPanel
from gui.kit.form import Tile
from gui.kit.plain import button, label, tool_button
from gui.kit.scrolling import ScrolledColumn, WheelGuard
from gui.kit.sections import HistorySection, Section
from gui.session.release_guard import DeclinedError, StillAskingError
from gui.session.rule_effect import RuleEffect, rule_effect, stored_effect
from gui.session.year_session import YearSession
from models import commands, queries
from models.domain.changes import RowChange
from models.domain.errors import CommandError
from models.domain.events import Campaign, Event, EventStatus
from models.domain.snapshot import ItemKind
from models.domain.text import quoted
from planners.event_advice import status_advice, unvisited
from planners.event_history import history

NAME_WIDTH = 66
RECHECK_DELAY = 150
HISTORY_DELAY = 120


class Inspector(EventPanel):
    """Shows one event and stores what is changed in it, one step a field."""

    def __init__(self, session: YearSession, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("Inspector")
        self.setAccessibleName("活动详情")
        self._session = session
        self._event: Event | None = None
        self._opened: Event | None = None
        """The event as it was when it was opened: what 还原 goes back to."""
        self._errors: dict[Binding, str] = {}
        self._built_for: object = None
        self._soon = QTimer(self, singleShot=True, interval=RECHECK_DELAY)
        self._soon.timeout.connect(self._look_again)
        self._later = QTimer(self, singleShot=True, interval=HISTORY_DELAY)
        self._later.timeout.connect(self._show_history)
        self.fields: InspectorFields | None = None
        self._rows: dict[Binding, Field] = {}
        self._wheel = WheelGuard(self)
        self.footer = InspectorFooter()
        self._lay_out()
        self.footer.copy_clicked.connect(self._on_copy)
        self.footer.postpone_clicked.connect(self._on_postpone)
        self.footer.cancel_clicked.connect(self._on_cancel)
        self.footer.restore_clicked.connect(self.go_back)
        self.footer.primary_clicked.connect(self._on_primary)

    # what is seen

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setSizeConstraint(QLayout.SizeConstraint.SetNoConstraint)
        column.setContentsMargins(1, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(self._make_head())
        self.area = ScrolledColumn(self)
        self._column = QVBoxLayout(self.area.body)
        self._column.setContentsMargins(16, 4, 16, 12)
        self._column.setSpacing(8)
        self._make_body()
        self._empty = label("选一场活动，在这里看和改。", "secondary", wrap=True)
        self._empty.setAlignment(Qt.AlignmentFlag.AlignCenter)
        column.addWidget(self.area, 1)
        column.addWidget(self._empty, 1)
        column.addWidget(self.footer)
        self._show_nothing()

    def _make_head(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setContentsMargins(16, 9, 10, 5)
        row.addWidget(label("活动详情", "panel"))
        row.addStretch(1)
        self._key = label("", "caption")
        row.addWidget(self._key)
        self.close_button = tool_button("close", "收起活动详情", self.closed.emit)
        row.addWidget(self.close_button)
        return row

    def _make_body(self) -> None:
        head = QHBoxLayout()
        head.setSpacing(8)
        self._tile = Tile(Campaign.LECTURE, 24)
        self._line = label("", "strong")
        self._part = label("", "secondary")
        self._more = tool_button("more", "更多操作", self._on_more)
        for widget in (self._tile, self._line, self._part):
            head.addWidget(widget)
        head.addStretch(1)
        head.addWidget(self._more)
        self._column.addLayout(head)
        self.released = label("", "warning", wrap=True)
        self._column.addWidget(self.released)
        self.status = StatusButtons()
        self.status.chosen.connect(self._on_status)
        self.status_row = Field("状态", self.status, NAME_WIDTH)
        self._form = QVBoxLayout()
        self._form.setSpacing(8)
        self._column.addLayout(self._form)
        self.counted = Section("计入规则")
        self.papers = Section("材料")
        self._record = button("登记结果…", self._on_record, kind="flat", small=True)
        self.papers.head.addWidget(self._record)
        self.zone = ZoneSection()
        self.zone.open_clicked.connect(self._on_zone)
        self.evidence = EvidenceSection(self._session)
        self.steps = HistorySection()
        for section in (self.counted, self.zone, self.papers, self.evidence, self.steps):
            self._column.addWidget(section)
        self._column.addStretch(1)

    def _build_fields(self) -> None:
        """Make the fields for the units, schools and venues of the year, once for each set of them."""
        snapshot = self._session.snapshot
        wanted = (snapshot.year, snapshot.units, snapshot.venues, snapshot.schools)
        if self.fields is not None and wanted == self._built_for:
            return
        self._built_for = wanted
        for row in self._rows.values():
            self._form.removeWidget(row)
            row.hide()
            row.deleteLater()
        self._remake_status_row()
        self.fields = InspectorFields(self._session)
        self._rows = {}
        for bound in self.fields:
            row = self._rows[bound] = Field(bound.name, bound.control, NAME_WIDTH)
            self._form.addWidget(row)
            if bound is self.fields.title:
                self._form.addWidget(self.status_row)
            bound.entered.connect(self._soon.start)
            bound.committed.connect(partial(self._commit, bound))
        for control in self.findChildren(QWidget):
            control.installEventFilter(self)
        self._wheel.guard(self)

    def _remake_status_row(self) -> None:
        """The row of the status buttons, its name as wide as the others."""
        old = self.status_row
        self.status_row = Field("状态", self.status, NAME_WIDTH)
        self._form.removeWidget(old)
        old.hide()
        old.deleteLater()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """The keys with Ctrl are the inspector's in every field."""
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent) and self._takes(event):
            return True
        return super().eventFilter(watched, event)

    @property
    def key(self) -> str:
        """The event that is shown; "" for none."""
        return self._event.key if self._event else ""

    def row_of(self, bound: Binding) -> Field:
        """The row of a field."""
        return self._rows[bound]

    def show_event(self, key: str) -> None:
        """Show the event called ``key`` as it is stored; nothing where there is none."""
        event = self._session.snapshot.event_by_key.get(key) if self._session.has_year else None
        if event is None:
            self._show_nothing()
            return
        if self._event is None or self._event.key != key:
            self._errors.clear()
            self._opened = event
            self.steps.show_steps(())
            self.area.verticalScrollBar().setValue(0)
        self._event = event
        self._build_fields()
        self._show_fields()
        self.area.show()
        self._empty.hide()
        self.footer.show()
        self._soon.stop()
        self._look_again()
        self._later.start()

    def _show_nothing(self) -> None:
        self._event = self._opened = None
        self._soon.stop()
        self._later.stop()
        self._key.setText("")
        self.area.hide()
        self.footer.hide()
        self._empty.show()

    def _show_fields(self) -> None:
        event, fields = self._event, self.fields
        assert event is not None
        assert fields is not None
        can_change = not self._session.read_only
        self._key.setText(event.key)
        self._tile.show_campaign(event.campaign)
        self._line.setText(event.campaign.label)
        self.status.show_event(event, can_change=can_change)
        for bound, row in self._rows.items():
            row.setVisible(bound.belongs(event))
            bound.show_stored(event)
            if isinstance(bound.control, QLineEdit) and not bound.control.hasFocus():
                bound.control.setCursorPosition(0)
            bound.control.setEnabled(can_change)
        since = self._session.since_release
        self.released.setText(since.difference_words(event.key, self._session.snapshot) if since else "")
        self.released.setVisible(bool(self.released.text()))
        self.papers.show_lines(paper_lines(event, self._session.snapshot))
        self.zone.show_event(event, self._session.snapshot, can_change=can_change)
        self.evidence.show_event(event.key)

    def _show_history(self) -> None:
        if self._event is None or not self._session.has_year:
            return
        session = self._session
        changes = queries.item_changes(session.store, session.year, ItemKind.EVENT, self._event.key)
        self.steps.show_steps(history(changes, session.snapshot))

    # what follows from what is entered

    def entered(self) -> Event:
        """The event as entered so far; what cannot be taken is as stored."""
        assert self._event is not None
        event = self._event
        for bound in self._rows:
            if bound.belongs(event) and bound.refusal(event) is None:
                event = bound.applied_to(event)
        return event

    def _look_again(self) -> None:
        """Say what rules and calendar make of what is entered; the words below each field."""
        if self._event is None or self.fields is None:
            return
        event = self.entered()
        effect = stored_effect(self._session, event) or rule_effect(self._session, event)
        self.counted.note.setText(counted_clause(effect, self._session))
        self.counted.show_lines(rule_lines(effect, event, self._session))
        self._part.setText(subtitle_of(event, effect.counted, self._session))
        self._say_about_fields(event)
        self._say_about_status(effect)
        self._show_buttons()

    def _say_about_status(self, effect: RuleEffect) -> None:
        event = self._event
        assert event is not None
        advice = status_advice(event, effect.counted, self._session.ruleset, self._session.today)
        self.status_row.say(advice.words, advice.look)

    def _say_about_fields(self, event: Event) -> None:
        assert self.fields is not None
        for bound, row in self._rows.items():
            if bound in self._errors and bound.is_dirty:
                row.say(self._errors[bound], "error")
            else:
                self._errors.pop(bound, None)
                advice = field_advice(bound, self.fields, event, self._session)
                row.say(advice.words, advice.look)

    def _show_buttons(self) -> None:
        event = self._event
        assert event is not None
        can_change = not self._session.read_only
        blocking = next(iter(self._errors.values()), "")
        differs = event != self._opened or self._is_dirty
        self.footer.show_event(event, self._session, blocking=blocking, differs=differs)
        early = event.is_ahead(self._session.today)
        self._record.setVisible(can_change and not early and event.status in (*OPEN, EventStatus.HELD))
        self._record.setText("修改结果…" if event.status is EventStatus.HELD else "登记结果…")

    @property
    def _is_dirty(self) -> bool:
        return any(bound.is_dirty for bound in self._rows)

    # what the user does

    def _commit(self, bound: Binding) -> None:
        """Store what ``bound`` says, one step; words below it where it cannot be taken."""
        event, session = self._event, self._session
        if event is None or session.read_only or not bound.belongs(event):
            return
        if refusal := bound.refusal(event):
            self._errors[bound] = refusal.below
            self._look_again()
            announce(self, refusal.below)
            return
        after = bound.applied_to(event)
        self._errors.pop(bound, None)
        if after == event:
            self._soon.start()
            return
        if after.starts_at is not None and event.status is EventStatus.POSTPONED:
            after = after._replace(status=EventStatus.PLANNED, status_reason="")
        title = f"修改{quoted(event.short or event.title)}的{bound.name}"
        try:
            session.attempt(commands.change_event, session.year, after, title)
        except StillAskingError:
            return
        except DeclinedError as declined:
            bound.reset()
            self._look_again()
            session.messages.toast(declined.what)
            return
        except CommandError as error:
            self._errors[bound] = str(error)
            self._look_again()
            return
        session.messages.said.emit(f"已{title}")

    def commit_all(self) -> None:
        """Store everything that was typed; the keyboard stays where it is."""
        for bound in tuple(self._rows):
            if bound.is_dirty:
                self._commit(bound)

    def _on_status(self, status: EventStatus) -> None:
        self.change_status(status)

    def change_status(self, status: EventStatus) -> None:
        """Give the event ``status``; 已举办 asks for its result first."""
        if self._event is None:
            return
        self.commit_all()
        if status is EventStatus.HELD:
            self.result_requested.emit(self.key)
            return
        session = self._session
        session.perform(commands.set_event_status, session.year, self.key, status, toast=True)

    def wait(self) -> None:
        """Afterwards nothing of the inspector goes on in the background."""
        self.evidence.keeper.adder.wait()

    def go_back(self) -> None:
        """还原: the event as it was when it was opened; one step. What was only typed is thrown away."""
        event, opened, session = self._event, self._opened, self._session
        if event is None or opened is None:
            return
        self._errors.clear()
        for bound in self._rows:
            bound.reset()
        if event != opened:
            change = [RowChange.of(event, opened)]
            title = f"还原{quoted(opened.short or opened.title)}"
            session.perform(commands.apply_changes, session.year, title, change, toast=True)
        else:
            self._look_again()

    def _on_primary(self) -> None:
        event = self._event
        if event is None:
            return
        self.commit_all()
        blocking = next(iter(self._errors.values()), "")
        action = primary_of(self._event or event, self._session, blocking).action
        if blocking:
            return
        if action is Primary.CONFIRM:
            self.change_status(EventStatus.CONFIRMED)
        elif action is Primary.RESTORE:
            self.change_status(EventStatus.PLANNED)
        else:
            self.result_requested.emit(event.key)

    def _on_record(self) -> None:
        self.result_requested.emit(self.key)

    def _on_zone(self) -> None:
        self.commit_all()
        self.zone_requested.emit(self.key)

    def _on_copy(self) -> None:
        self.copy_requested.emit(self.key)

    def _on_postpone(self) -> None:
        self.commit_all()
        self.postpone_requested.emit(self.key)

    def _on_cancel(self) -> None:
        self.commit_all()
        self.cancel_requested.emit(self.key)

    def _on_more(self) -> None:
        self.menu_requested.emit(self.key, self._more.mapToGlobal(QPoint(0, self._more.height())))

    def focus_first(self) -> None:
        """The keyboard goes to the first field."""
        if self.fields is not None and self._event is not None:
            self.fields.title.control.setFocus(Qt.FocusReason.ShortcutFocusReason)
            self.area.ensureWidgetVisible(self.fields.title.control)

    def suggestions(self) -> Sequence[str]:
        """Who was not visited yet, by name."""
        return unvisited(self.entered(), self._session.snapshot).names if self._event else ()

    def _takes(self, event: QKeyEvent) -> bool:
        """Ctrl+Enter stores and stays, Ctrl+↑/↓ goes to the event before or after."""
        if not event.modifiers() & Qt.KeyboardModifier.ControlModifier or self._event is None:
            return False
        key = event.key()
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.commit_all()
            announce(self, "已保存" if not self._errors else next(iter(self._errors.values())))
        elif key in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            self.commit_all()
            self.stepped.emit(1 if key == Qt.Key.Key_Down else -1)
        else:
            return False
        return True

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc goes back to the table."""
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        elif not self._takes(event):
            super().keyPressEvent(event)

    def restyle(self) -> None:
        """Take the sizes of the present text size."""
        self._built_for = None
        if self._event is not None:
            self.show_event(self._event.key)
