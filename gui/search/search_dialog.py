"""搜索（Ctrl+K）：窗口上方的一张卡片，活动、单位、条文、命令、日期一处找。"""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QEvent, QModelIndex, QObject, QRect, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QLineEdit, QListView, QWidget

from gui.kit.announce import announce
from gui.kit.boxes import in_column, in_row, line_across
from gui.kit.icons import icon
from gui.kit.plain import label
from gui.kit.popover import SHADOW, Popover
from gui.kit.theme import theme
from gui.search.choosing import Chooser, EventView, SearchTarget
from gui.search.row_painter import SearchRowPainter, row_height
from gui.search.rows import RowKind, SearchRow, SearchRows, entry_rows, result_rows
from gui.search.source import SearchSource
from gui.services.program_settings import MOST_SEARCHED, Searched, SettingsFile
from planners.search_index import SearchEntry, SearchGroup, SearchKind
from planners.text_match import Needles

MOST_SHOWN = 6
WIDTH, LARGEST_SHARE, ANNOUNCE_AFTER = 720, 0.72, 350
_HINT = "活动、单位、地点、条文、日期、命令"
_KEYS = (
    ("↑↓", "选择"),
    ("Enter", "打开"),
    ("Ctrl+Enter", "活动表单"),
    ("Shift+Enter", "在日历中看"),
    ("Tab", "下一组"),
)
_TRIES = "可输入名称中的几个字、拼音首字母（如 kccy）、第2条、8月18日、下周三。"
_OFFERED = ("新建活动…", "自动排期", "下一个问题", "重新检查", "立即备份", "快捷键")
"""Commands that are offered while nothing is typed."""


class SearchDialog(Popover):
    """Search of everything. ``open`` shows it over the window; Esc, or a click elsewhere, closes it."""

    def __init__(self, window: SearchTarget) -> None:
        super().__init__(window)
        self.setAccessibleName("搜索")
        self._host = window
        self._home: QWidget | None = None
        self._groups: tuple[SearchGroup, ...] = ()
        self.source = SearchSource(window)
        self.memory = SearchMemory(window.settings)
        self.chooser = Chooser(window, self.source)
        self.line = SearchLine()
        self.rows = SearchRows()
        self.list = QListView()
        self.painter = SearchRowPainter()
        self.empty = label(role="secondary", wrap=True)
        self.count = label(role="caption")
        self._lay_out()
        self._connect()
        self._soon = QTimer(self, singleShot=True, interval=0)
        self._soon.timeout.connect(self._warm)
        self._announcing = QTimer(self, singleShot=True, interval=ANNOUNCE_AFTER)
        self._announcing.timeout.connect(self._announce)

    def _lay_out(self) -> None:
        self.line.setObjectName("SearchLine")
        self.line.setPlaceholderText(f"搜索{_HINT}")
        self.line.setAccessibleName("搜索")
        self.line.setAccessibleDescription(f"{_HINT}；上下键选择，回车打开，Tab 到下一组")
        self.line.addAction(icon("search", "ink2"), SearchLine.ActionPosition.LeadingPosition)
        self.line.setClearButtonEnabled(False)
        self.list.setObjectName("SearchList")
        self.list.setModel(self.rows)
        self.list.setItemDelegate(self.painter)
        self.list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.list.setAccessibleName("搜索结果")
        self.list.setMouseTracking(True)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.empty.setContentsMargins(18, 14, 18, 16)
        in_column(
            self.line,
            line_across(),
            (self.list, 1),
            self.empty,
            line_across(),
            self._foot(),
            inside=self,
            margins=1,
            spacing=0,
        )

    def _foot(self) -> QWidget:
        foot = QWidget()
        row = in_row(inside=foot, margins=(16, 6, 16, 7), spacing=6)
        self._keys: list[QWidget] = []
        for keys, words in _KEYS:
            cap = label(keys, "caption")
            cap.setObjectName("KeyCap")
            does = label(words, "caption")
            row.addWidget(cap)
            row.addWidget(does)
            row.addSpacing(8)
            self._keys += [cap, does]
        row.addStretch(1)
        row.addWidget(self.count)
        return foot

    def _connect(self) -> None:
        self.line.textChanged.connect(self._on_text)
        self.line.stepped.connect(self._on_step)
        self.line.group_stepped.connect(self._on_group_step)
        self.line.paged.connect(self._on_page)
        self.line.entered.connect(self._on_entered)
        self.line.escaped.connect(self.dismiss)
        self.list.clicked.connect(self._on_clicked)
        self.list.entered.connect(self._on_hovered)
        QApplication.instance().focusChanged.connect(self._on_focus_changed)
        theme().changed.connect(self._on_theme_changed)

    # opening and closing

    def open(self) -> None:
        """Show the search with what was chosen last; open already, take the keyboard back to its line."""
        if self.isVisible():
            self.line.selectAll()
            self.line.setFocus(Qt.FocusReason.ShortcutFocusReason)
            return
        self._home = self._host.focusWidget()
        self.source.look_again()
        self.line.clear()
        self._show_recent()
        self._place()
        self.line.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self._soon.start()

    def dismiss(self) -> None:
        """Close; the keyboard goes back to where it was."""
        inside = self.isAncestorOf(QApplication.focusWidget())
        home, self._home = self._home, None
        self._soon.stop()
        self._announcing.stop()
        super().dismiss()
        if inside and home is not None:
            home.setFocus(Qt.FocusReason.PopupFocusReason)

    def _on_focus_changed(self, old: QWidget | None, now: QWidget | None) -> None:
        """A dialog or another part of the window took the keyboard: the search is over."""
        if self.isVisible() and now is not None and old is self.line and not self.isAncestorOf(now):
            self.dismiss()

    def _warm(self) -> None:
        """Read, part by part, what is searched: before the first key where there is time."""
        if self.isVisible() and self.source.warm():
            self._soon.start()

    def _place(self) -> None:
        """At the top of the window in the middle, as high as the rows ask for."""
        room = self._host.rect()
        width = min(round(WIDTH * theme().scale), room.width() - 32)
        self.line.setFixedHeight(round(46 * theme().scale))
        wanted = sum(row_height(row) for row in self.rows.rows) + 10
        self.list.setVisible(bool(self.rows.rows))
        self.empty.setFixedWidth(width)
        for part in self._keys[-4:]:
            part.setVisible(width >= 640 * theme().scale)
        frame = self.line.height() + 40 * theme().scale
        frame += self.empty.heightForWidth(width) if not self.empty.isHidden() else 0
        height = min(frame + (wanted if self.rows.rows else 0), room.height() * LARGEST_SHARE)
        size = QSize(width, round(height)) + QSize(2 * SHADOW, 2 * SHADOW)
        left, top = (room.width() - size.width()) // 2, round(40 * theme().scale) - SHADOW
        self._open(QRect(left, top, size.width(), size.height()))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Stay in the middle of the window as it changes its size."""
        if watched is self._host and event.type() == QEvent.Type.Resize and self.isVisible():
            self._place()
        return super().eventFilter(watched, event)

    def _on_theme_changed(self) -> None:
        if self.isVisible():
            self._place()

    # what is found

    @property
    def query(self) -> str:
        """What was typed."""
        return self.line.text().strip()

    def _on_text(self) -> None:
        if not self.isVisible():
            return
        if self.query:
            self._show_found()
        else:
            self._show_recent()
        self._place()
        self._announcing.start()

    def _show_found(self) -> None:
        wanted = self.source.wanted(self.query)
        self._groups = self.source.search(self.query, wanted)
        self._show(result_rows(self._groups, self.source.note_of), wanted)
        total = sum(group.total for group in self._groups)
        self.count.setText(f"{total} 项")
        self.empty.setText(f"没有找到“{self.query}”。{self._scope()}\n{_TRIES}")
        self.empty.setVisible(not self._groups)

    def _scope(self) -> str:
        session = self.source.session
        if session is None:
            return "没有打开的年度，现在只能找命令。"
        return f"找过了数据文件里的 {len(session.years())} 个年度和全部菜单命令。"

    def _show_recent(self) -> None:
        """What was chosen last, then commands that are used often."""
        self._groups = ()
        recent = self.source.recent(self.memory.recent(self._host.data_file))[:MOST_SHOWN]
        known = {entry.name for entry in recent}
        by_title = {command.entry.title: command.entry for command in self.source.commands.values()}
        usual = [by_title[title] for title in _OFFERED if title in by_title]
        usual = [entry for entry in usual if not entry.faded and entry.name not in known]
        rows: list[SearchRow] = []
        for words, entries in (("最近选过", recent), ("常用命令", usual)):
            if entries:
                rows += [SearchRow(RowKind.HEAD, words), *entry_rows(entries, self.source.note_of)]
        self._show(rows, ())
        self.count.clear()
        self.empty.setText(_TRIES)
        self.empty.show()

    def _show(self, rows: list[SearchRow], wanted: Needles) -> None:
        self.painter.wanted = wanted
        self.rows.show_rows(rows)
        self._select(self.rows.first(), say=False)
        self.list.scrollToTop()

    # walking

    @property
    def selected(self) -> SearchRow | None:
        """The row that Enter chooses."""
        index = self.list.currentIndex()
        return self.rows.row(index) if index.isValid() else None

    def _select(self, place: int, *, say: bool = True) -> None:
        if place < 0:
            return
        index = self.rows.index(place)
        self.list.setCurrentIndex(index)
        above = place - 1
        if above >= 0 and self.rows.rows[above].kind is RowKind.HEAD:
            self.list.scrollTo(self.rows.index(above))
        self.list.scrollTo(index)
        if say:
            announce(self.line, str(index.data(Qt.ItemDataRole.AccessibleTextRole)))

    def _on_step(self, step: int) -> None:
        self._select(self.rows.next_from(self.list.currentIndex().row(), step))

    def _on_group_step(self, step: int) -> None:
        self._select(self.rows.next_group(self.list.currentIndex().row(), step))

    def _on_page(self, step: int) -> None:
        """A page of rows on, no further than the ends."""
        place, last = self.list.currentIndex().row(), len(self.rows.rows) - 1
        rows = max(1, self.list.viewport().height() // max(1, self.list.sizeHintForRow(last)) - 1)
        target = min(last, max(0, place + step * rows))
        if last >= 0 and self.rows.rows[target].kind is RowKind.HEAD:
            target = self.rows.next_from(target, 1)
        self._select(target)

    def _announce(self) -> None:
        """How many there are, by kind; the first one."""
        if not self.query:
            return
        if not self._groups:
            announce(self.line, f"没有找到“{self.query}”")
            return
        parts = "，".join(f"{group.kind.label} {group.total}" for group in self._groups)
        total = sum(group.total for group in self._groups)
        first = f"；第一项：{self.selected.words}" if self.selected else ""
        announce(self.line, f"找到 {total} 项：{parts}{first}")

    # choosing

    def _on_entered(self, way: EventView) -> None:
        if (row := self.selected) is not None:
            self._choose(row, way)

    def _on_clicked(self, index: QModelIndex) -> None:
        if self.rows.row(index).kind is not RowKind.HEAD:
            self._choose(self.rows.row(index), way_of(QApplication.keyboardModifiers()))

    def _on_hovered(self, index: QModelIndex) -> None:
        if self.rows.row(index).kind is not RowKind.HEAD:
            self.list.setCurrentIndex(index)

    def _choose(self, row: SearchRow, way: EventView) -> None:
        """Close, then go there: whatever opens finds the keyboard where it was."""
        query, entry = self.query, row.entry
        if self._cannot(row):
            return
        self.dismiss()
        if entry is None:
            self.chooser.filter_ledger(query)
            return
        self.memory.remember(entry, self._host.data_file)
        self.chooser.choose(entry, way)

    def _cannot(self, row: SearchRow) -> bool:
        """Whether a command cannot be given now; said."""
        command = self.source.commands.get(row.entry.key) if row.entry else None
        if command is None or command.action.isEnabled():
            return False
        announce(self.line, f"“{row.words}”现在不能用")
        return True


class SearchMemory:
    """What was chosen last, kept in the settings."""

    def __init__(self, settings: SettingsFile) -> None:
        self._settings = settings

    def recent(self, data_file: Path) -> tuple[Searched, ...]:
        """What was chosen last that can be there in ``data_file``, the newest first."""
        return tuple(kept for kept in self._settings.values.searched if kept.file in ("", str(data_file)))

    def remember(self, entry: SearchEntry, data_file: Path) -> None:
        """Afterwards ``entry`` is the newest choice."""
        file = "" if entry.kind is SearchKind.COMMAND else str(data_file)
        newest = Searched(file, str(entry.kind), entry.year, entry.key)
        others = [kept for kept in self._settings.values.searched if kept != newest]
        self._settings.change(searched=(newest, *others)[:MOST_SEARCHED])


_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
_STEPS = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}
_PAGES = {Qt.Key.Key_PageDown: 1, Qt.Key.Key_PageUp: -1}


class SearchLine(QLineEdit):
    """``stepped``: ↑↓; ``group_stepped``: Tab; ``paged``: PgUp, PgDn; ``entered`` carries how to go there."""

    stepped = Signal(int)
    group_stepped = Signal(int)
    paged = Signal(int)
    entered = Signal(object)
    escaped = Signal()

    def event(self, event: QEvent) -> bool:
        """The keys of the list belong to it, whatever shortcuts the window has."""
        if isinstance(event, QKeyEvent):
            if event.type() == QEvent.Type.ShortcutOverride and _is_ours(event):
                event.accept()
                return True
            if event.type() == QEvent.Type.KeyPress and self._do(event):
                event.accept()
                return True
        return super().event(event)

    def _do(self, event: QKeyEvent) -> bool:
        key = Qt.Key(event.key())
        if key in _STEPS:
            self.stepped.emit(_STEPS[key])
        elif key in _PAGES:
            self.paged.emit(_PAGES[key])
        elif key in (Qt.Key.Key_Tab, Qt.Key.Key_Backtab):
            backwards = key == Qt.Key.Key_Backtab or event.modifiers() & Qt.KeyboardModifier.ShiftModifier
            self.group_stepped.emit(-1 if backwards else 1)
        elif key in _ENTER:
            self.entered.emit(way_of(event.modifiers()))
        elif key == Qt.Key.Key_Escape:
            self.escaped.emit()
        else:
            return False
        return True


def way_of(held: Qt.KeyboardModifier) -> EventView:
    """How to go there: Ctrl the form, Shift the calendar."""
    if held & Qt.KeyboardModifier.ControlModifier:
        return EventView.FORM
    return EventView.CALENDAR if held & Qt.KeyboardModifier.ShiftModifier else EventView.LEDGER


def _is_ours(event: QKeyEvent) -> bool:
    keys = (*_STEPS, *_PAGES, *_ENTER, Qt.Key.Key_Tab, Qt.Key.Key_Backtab, Qt.Key.Key_Escape)
    return Qt.Key(event.key()) in keys
