"""印发稿：有哪几稿，任两稿（或一稿与草案）差在哪里，放回、通知、去看。"""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import QSize, Signal
from PySide6.QtGui import QGuiApplication, QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QDialog, QFrame, QStackedLayout, QVBoxLayout, QWidget

from gui.kit.announce import announce
from gui.kit.boxes import in_column, in_row
from gui.kit.choices import Choice, Segments
from gui.kit.empty_state import EmptyAction, EmptyState
from gui.kit.flow_layout import in_lines
from gui.kit.form import FormDialog
from gui.kit.plain import button, label, restyle
from gui.kit.text_rows import TextRow
from gui.kit.theme import theme
from gui.releases.tables import HEADS, RULE_HEADS, RULE_WIDTHS, WIDTHS, RowsTable, change_rows, rule_rows
from gui.session.plan_versions import PlanVersions
from gui.session.year_session import YearSession, done_words
from models.commands import differences
from models.domain.changes import ChangeSet, RowChange
from models.domain.errors import UserError
from models.domain.release_scope import laid_back
from models.domain.snapshot import YearSnapshot
from models.domain.text import quoted
from models.domain.year import Year
from models.releases import Release, lay_back, releases
from planners import wording
from planners.change_kinds import ChangeKind
from planners.change_words import change_sentence, counts_words
from planners.release_changes import Change, EventChange, PlanChanges, RuleChange, plan_changes
from planners.results import YearCheck
from planners.sitting_changes import SittingChange

SIZE = QSize(1480, 760)
LARGEST_SHARE = 0.94
LIST_WIDTH, LIST_SHARE = 456, 0.42
DRAFT = "草案（现在）"
LONGEST_DETAIL = 400
EVENTS, RULES = "events", "rules"


class ReleasesDialog(QDialog):
    """The releases of the open year, newest first, and what differs between two states.

    Signals ask for what is done outside: ``release_requested`` a new release, ``notice_requested`` the 变更通知
    since the release with that number, ``event_requested`` an event, ``sitting_requested`` a decision or a
    meeting, ``rule_requested`` a rule.
    """

    release_requested = Signal()
    notice_requested = Signal(int, object)
    event_requested = Signal(str)
    sitting_requested = Signal(str)
    rule_requested = Signal(str)

    def __init__(self, session: YearSession, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle("印发稿")
        self._session = session
        self._versions = PlanVersions(session)
        self._checked: dict[int, tuple[YearSnapshot, YearCheck]] = {}
        self._known: tuple[Release, ...] = ()
        self.changes: PlanChanges | None = None
        self.list = RowsTable(
            "印发稿", ("稿", "名称", "印发日期", "活动", "校验值"), (90, 100, 98, 50, 92), 1
        )
        self.start: Choice[int | None] = Choice([("", None)])
        self.end: Choice[int | None] = Choice([(DRAFT, None)])
        self.kind: Choice[ChangeKind | None] = Choice(
            [("全部改动", None), *((k.label, k) for k in ChangeKind)]
        )
        self.unit: Choice[str | None] = Choice([("全部单位", None)])
        self.parts: Segments[str] = Segments([("安排", EVENTS), ("规则", RULES)])
        self.events = RowsTable("改动的安排", HEADS, WIDTHS, 3)
        self.rules = RowsTable("状态变化的规则", RULE_HEADS, RULE_WIDTHS, 0)
        self.summary = label("", "strong", wrap=True)
        self.detail = label("", "secondary", wrap=True)
        self.message = label("", "secondary", wrap=True)
        self.nothing = EmptyState()
        self.empty = EmptyState()
        self.release_button = button("印发新稿…", self.release_requested.emit, kind="primary")
        self.back_button = button("放回草案…", self._on_lay_back, kind="plain")
        self.notice_button = button("变更通知…", self._on_notice, kind="plain")
        self.undo_button = button("撤销", self._on_undo, kind="flat", small=True)
        self.close_button = button("关闭", self.accept)
        self._lay_out()
        self._connect()
        self.refresh()
        self.list.setFocus()

    # how it looks

    def _lay_out(self) -> None:
        self.start.setAccessibleName("从哪一稿比起")
        self.end.setAccessibleName("比到哪一稿")
        self.kind.setAccessibleName("改动的种类")
        self.unit.setAccessibleName("要办的单位")
        self.parts.setAccessibleName("看安排还是规则")
        for control in (self.start, self.end):
            control.setMinimumContentsLength(16)
        for control in (self.kind, self.unit):
            control.setMinimumContentsLength(8)
        head = in_row(label(f"{self._session.year} 年度的印发稿", "heading"), None, margins=(24, 14, 24, 8))
        body = QWidget()
        in_row(self._left(), (self._right(), 1), inside=body, margins=(24, 0, 24, 12), spacing=18)
        holder = QWidget()
        self._stack = QStackedLayout(holder)
        self._stack.addWidget(body)
        self._stack.addWidget(self.empty)
        self._body = body
        in_column(head, (holder, 1), self._footer(), inside=self, margins=0, spacing=0)
        parent = self.parentWidget()
        room = parent.window().size() if parent else QGuiApplication.primaryScreen().availableSize()
        self.resize((SIZE * theme().scale).boundedTo(room * LARGEST_SHARE))

    def _left(self) -> QVBoxLayout:
        row = in_row(self.back_button, self.notice_button, None, spacing=8)
        column = in_column((self.list, 1), row, spacing=8)
        return column

    def _right(self) -> QVBoxLayout:
        row = in_lines(_named("从", self.start), _named("到", self.end), self.kind, self.unit)
        second = in_row((self.summary, 1), self.parts, spacing=10)
        holder = QWidget()
        self._tables = QStackedLayout(holder)
        for widget in (self.events, self.rules, self.nothing):
            self._tables.addWidget(widget)
        self.detail.setMinimumHeight(round(36 * theme().scale))
        column = in_column(row, second, (holder, 1), self.detail, spacing=8)
        return column

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The list of releases never takes more than its share of a narrow window."""
        super().resizeEvent(event)
        self.list.setFixedWidth(min(round(LIST_WIDTH * theme().scale), round(self.width() * LIST_SHARE)))

    def _footer(self) -> QFrame:
        footer = QFrame(objectName="Footer")
        in_row(
            (self.message, 1),
            self.undo_button,
            self.close_button,
            self.release_button,
            inside=footer,
            margins=(24, 10, 24, 10),
            spacing=10,
        )
        self.undo_button.hide()
        return footer

    def _connect(self) -> None:
        self.list.selectionModel().currentRowChanged.connect(self._on_selected)
        for control in (self.start, self.end):
            control.activated.connect(self._compare)
        for control in (self.kind, self.unit):
            control.activated.connect(self._show_changes)
        self.parts.changed.connect(self._show_changes)
        self.events.selectionModel().currentRowChanged.connect(self._show_detail)
        self.events.chosen.connect(self._on_change)
        self.rules.chosen.connect(self._on_rule)
        self._session.changed.connect(self.refresh)
        QShortcut(QKeySequence.StandardKey.Undo, self, self._on_undo)

    # what is shown

    def refresh(self) -> None:
        """Show the releases as they are now; what was selected stays."""
        session = self._session
        if not session.has_year:
            self.reject()
            return
        fresh = releases(session.store, session.year)
        selected = self.list.current
        if fresh != self._known:
            selected = fresh[-1].number if fresh else None
        self._known = fresh
        self._fill_choices()
        self.list.show_rows([_row(release) for release in reversed(fresh)], selected)
        offers = () if session.read_only else (EmptyAction("印发第1稿…", self.release_requested.emit),)
        lines = (
            "印发把现在的草案整份冻结，带编号、日期和校验值。",
            "以后每次改动都能与它比较，出变更通知，也能放回草案。",
        )
        if not fresh:
            self.empty.show_words("check", f"{session.year} 年度还没有印发稿", lines, offers)
        self._stack.setCurrentWidget(self._body if fresh else self.empty)
        self.release_button.setEnabled(not session.read_only)
        self.release_button.setVisible(bool(fresh))
        if session.read_only:
            self.message.setText(session.read_only_reason)
        self._on_selected()

    def _fill_choices(self) -> None:
        kept = self.end.value()
        entries: list[tuple[str, int | None]] = [(one.label, one.number) for one in reversed(self._known)]
        self.start.set_entries(entries or [("", None)])
        self.end.set_entries([(DRAFT, None), *entries])
        if kept in self.end.values():
            self.end.choose(kept)

    @property
    def current(self) -> Release | None:
        """The release selected in the list."""
        return next((one for one in self._known if one.number == self.list.current), None)

    def _on_selected(self, *_: object) -> None:
        """The selected release is compared with the draft."""
        release = self.current
        for made in (self.back_button, self.notice_button):
            made.setEnabled(release is not None)
        self.back_button.setEnabled(release is not None and not self._session.read_only)
        if release is not None:
            self.start.choose(release.number)
            if self.end.value() == release.number:
                self.end.choose(None)
            self._compare()

    def _state(self, number: int | None) -> tuple[YearSnapshot, YearCheck]:
        if number is None:
            return self._session.snapshot, self._session.check
        if number not in self._checked:
            self._checked[number] = self._versions.released(number)()
        return self._checked[number]

    def _name(self, number: int | None) -> str:
        return next((one.label for one in self._known if one.number == number), "草案")

    def _compare(self, *_: object) -> None:
        start, end = self.start.value(), self.end.value()
        if start is None:
            return
        try:
            before, after = self._state(start), self._state(end)
        except UserError as error:
            self._fail(str(error))
            return
        labels = self._name(start), self._name(end)
        self.changes = plan_changes(before[0], after[0], before[1], after[1], labels)
        self._fill_units(after[0], before[0])
        self._show_changes()

    def _fail(self, words: str) -> None:
        self.changes = None
        self.summary.setText("")
        self.nothing.show_words("search", "这一稿不能比较", (words,))
        self._tables.setCurrentWidget(self.nothing)
        self.back_button.setEnabled(False)
        self.notice_button.setEnabled(False)

    def _fill_units(self, after: YearSnapshot, before: YearSnapshot) -> None:
        assert self.changes is not None
        engaged = {key for change in self.changes.all for key in change.units}
        known = dict.fromkeys(unit.key for unit in (*after.units, *before.units))
        kept = self.unit.value()
        entries = [
            (after.unit_name(key), key) for key in (*known, *sorted(engaged - set(known))) if key in engaged
        ]
        self.unit.set_entries([("全部单位", None), *entries])
        if kept in self.unit.values():
            self.unit.choose(kept)

    def _show_changes(self, *_: object) -> None:
        if self.changes is None:
            return
        changes = self.changes
        before, after = self._state(self.start.value()), self._state(self.end.value())
        rows = change_rows(changes, after[0], self.kind.value(), self.unit.value())
        self.events.show_rows(rows)
        self.rules.show_rows(rule_rows(changes, before[1].ruleset, after[1].ruleset))
        rules = f"；规则状态变化 {len(changes.rules)} 处" if changes.rules else "；规则状态没有变化"
        self.summary.setText(f"{changes.before} → {changes.after}：{counts_words(changes)}{rules}")
        wanted = self.events if self.parts.value() == EVENTS else self.rules
        for control in (self.kind, self.unit):
            control.setEnabled(wanted is self.events)
        if not wanted.rows.rowCount():
            self._say_nothing(filtered=wanted is self.events and bool(changes.all))
        self._tables.setCurrentWidget(wanted if wanted.rows.rowCount() else self.nothing)
        self._show_detail()

    def _show_detail(self, *_: object) -> None:
        """The whole of the selected change below the table, which may have no room for it."""
        target = self.events.current
        words = ""
        if isinstance(target, Change) and self._tables.currentWidget() is self.events:
            words = change_sentence(target, self._state(self.end.value())[0])
        self.detail.setText(words[:LONGEST_DETAIL])

    def _say_nothing(self, *, filtered: bool) -> None:
        if filtered:
            self.nothing.show_words(
                "search", "没有符合筛选的改动", (), (EmptyAction("看全部改动", self._clear_filter),)
            )
        else:
            what = "安排没有改动" if self.parts.value() == EVENTS else "规则的状态没有变化"
            self.nothing.show_words("check", what, ())

    def _clear_filter(self) -> None:
        self.kind.choose(None)
        self.unit.choose(None)
        self._show_changes()

    # what is done

    def _on_change(self, target: object) -> None:
        """Go to the event, the decision or the decisions of the meeting; themes have no page of their own."""
        if not isinstance(target, EventChange | SittingChange):
            return
        if self._session.snapshot.item(target.item, target.key) is None:
            what = "这场活动" if isinstance(target, EventChange) else "这一项"
            self.say(f"{what}已不在草案里；放回有它的一稿可以找回。", good=False)
        elif isinstance(target, EventChange):
            self.event_requested.emit(target.key)
        else:
            self.sitting_requested.emit(target.key)

    def _on_rule(self, target: object) -> None:
        if isinstance(target, RuleChange) and (cell := target.after or target.before) is not None:
            self.rule_requested.emit(cell.rule)

    def _on_notice(self) -> None:
        start, end = self.start.value(), self.end.value()
        if start is not None:
            self.notice_requested.emit(start, end)

    def _on_lay_back(self) -> None:
        release, session = self.current, self._session
        if release is None:
            return
        try:
            contents, check = self._state(release.number)
        except UserError as error:
            self._fail(str(error))
            return
        changes = plan_changes(session.snapshot, contents, session.check, check, ("草案", release.label))
        dialog = LayBackDialog(session, release, contents, changes, self)
        if dialog.exec():
            step = dialog.done_step
            changed = step is not None and bool(step.changes)
            self.say(
                done_words(step.title) if step and changed else "草案已与这一稿相同，没有改动。", undo=changed
            )
        dialog.deleteLater()

    def _on_undo(self) -> None:
        self._session.undo()
        self.say("已撤销上一步")

    def say(self, words: str, *, good: bool = True, undo: bool = False) -> None:
        """Say at the foot what was done, or why it was not."""
        restyle(self.message, "role", "secondary" if good else "error")
        self.message.setText(words)
        self.undo_button.setVisible(undo)
        announce(self, words)


def _named(words: str, control: QWidget) -> QWidget:
    made = QWidget()
    in_row(label(words, "secondary"), control, inside=made, margins=0, spacing=8)
    return made


def _row(release: Release) -> TextRow:
    only = f"（只印发{wording.QUARTERS[release.quarter - 1]}季度）" if release.quarter else ""
    texts = (
        f"第{release.number}稿", f"{release.name}{only}", release.released_on.isoformat(), str(release.events),
        release.short_hash,
    )  # fmt: skip
    return TextRow(texts, release.number, "document", "ink2")


class LayBackDialog(FormDialog):
    """Shows what an older release changes in the draft; accepting it is one step. ``done`` is that step."""

    def __init__(
        self,
        session: YearSession,
        release: Release,
        contents: YearSnapshot,
        changes: PlanChanges,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__("放回草案", f"放回第{release.number}稿", parent, width=900)
        self._session = session
        self._release = release
        self.done_step: ChangeSet | None = None
        self.add_heading(f"把第{release.number}稿{quoted(release.name)}放回草案")
        rows = differences(session.snapshot, laid_back(session.snapshot, contents))
        others = _others_words(rows, changes)
        self.summary = self.add_words(f"草案将改动：{counts_words(changes)}{others}")
        table = RowsTable("放回后草案里的改动", HEADS, WIDTHS, 3)
        table.show_rows(change_rows(changes, contents))
        table.setFixedHeight(round((min(max(len(changes.all), 2), 8) * 34 + 42) * theme().scale))
        table.setVisible(bool(changes.all))
        self.table = table
        self.add_widget(table)
        self.add_words(
            f"这是一步，可以撤销（Ctrl+Z）。第{release.number}稿之后的改动会被替换；各份印发稿都不变，"
            "代表的姓名、电话保持现在的样子。",
            "secondary",
        )
        self.accept_button.setEnabled(not session.read_only)
        if session.read_only:
            self.refuse(session.read_only_reason)
        self.back_button.setFocus()

    def accept_form(self) -> None:
        """The draft is the release afterwards."""
        session = self._session
        with session.guard.without_asking():
            self.done_step = session.attempt(lay_back, session.year, self._release.number)


def _others_words(rows: Iterable[RowChange], changes: PlanChanges) -> str:
    """；另有 3 项其他内容（单位、场地、代表、设置等）: what no line of the table is about."""
    told = {(change.item, change.key) for change in changes.all}
    count = sum((row.kind, row.key) not in told and not _is_theme_alone(row) for row in rows)
    return f"；另有 {count} 项其他内容（单位、场地、代表、设置等）" if count else ""


def _is_theme_alone(row: RowChange) -> bool:
    before, after = row.before, row.after
    if not isinstance(before, Year) or not isinstance(after, Year):
        return False
    return before._replace(quarter_themes=after.quarter_themes) == after
