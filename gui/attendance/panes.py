"""公众列席页的页头、条文行与下半页：代表在左，意见在右；窗口矮时改为两页标签。"""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFontMetricsF, QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QSplitter, QTabWidget, QVBoxLayout, QWidget

from gui.attendance.detail_table import DetailColumn, DetailRow, DetailTable
from gui.attendance.rows import NONE, OpinionRow, PersonRow, Tone
from gui.kit.choices import Segments
from gui.kit.elided import ElidedLabel
from gui.kit.head_bars import SummaryPill
from gui.kit.page_head import PageHead
from gui.kit.plain import button, label, plain_tip, restyle
from gui.kit.theme import theme
from planners.results import CellState

SHORT = 250
"""Lower than this the two panes stand in tabs."""
NARROW = 980
LONGEST_TITLE = 22
"""Characters of a decision's name above its delegates; the whole of it is in the tip."""
PEOPLE = (
    DetailColumn("代表", 96), DetailColumn("类别", 0), DetailColumn("遴选方式", 0), DetailColumn("邀请", 62),
    DetailColumn("到会", 82), DetailColumn("反馈", 88),
)  # fmt: skip
OPINIONS = (
    DetailColumn("序", 36), DetailColumn("意见摘要", 0), DetailColumn("提出", 84), DetailColumn("采纳", 92),
    DetailColumn("研究说明 / 反馈内容", 0),
)  # fmt: skip


class AttendanceHeader(PageHead):
    """Title, numbers, what is overdue, and what can be done with the whole list."""

    late_clicked = Signal()
    import_clicked = Signal()
    print_clicked = Signal()
    new_clicked = Signal()
    body_changed = Signal(bool)

    def __init__(self) -> None:
        super().__init__("公众列席")
        self.bodies: Segments[bool] = Segments([("区政府会议", False), ("街镇听取意见", True)])
        self.bodies.setAccessibleName("看哪一级的决策事项")
        self.numbers = label("", "secondary")
        self.late = SummaryPill(CellState.OVERDUE)
        self.import_button = button("导入决策目录", self.import_clicked.emit, icon_name="download")
        self.print_button = button("打印列席单", self.print_clicked.emit, icon_name="printer")
        self.new_button = button("新增决策事项", self.new_clicked.emit, kind="primary", icon_name="plus")
        self.add(8, self.bodies, 8, self.numbers, None, self.late)
        self.add(self.import_button, self.print_button, self.new_button)
        self.late.toggled.connect(self._on_late)
        self.bodies.changed.connect(self._on_bodies)

    def _on_late(self, _: bool) -> None:  # noqa: FBT001
        self.late_clicked.emit()

    def _on_bodies(self) -> None:
        self.body_changed.emit(self.bodies.value())

    def show_numbers(self, words: str, late: int) -> None:
        """Show how many decisions there are and how many are overdue."""
        self.numbers.setText(words)
        self.late.show_count(late)
        self.late.setVisible(late > 0 or self.late.isChecked())

    def show_width(self, width: int) -> None:
        """Leave out the numbers where there is no room."""
        self.numbers.setVisible(width >= 1180 * theme().scale)
        self.print_button.setVisible(width >= 900 * theme().scale)

    def allow_changes(self, *, allowed: bool) -> None:
        """Whether decisions can be made."""
        for made in (self.import_button, self.new_button):
            made.setEnabled(allowed)


class ClauseLine(QFrame):
    """The words of the clause and the clocks of the office."""

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("FilterBar")
        theme().font(16, serif=True)  # loads the face that the style sheet names
        self.quote = label("", "clause")
        self.clocks = label("", "caption")
        row = QHBoxLayout(self)
        row.setContentsMargins(20, 0, 16, 0)
        row.setSpacing(12)
        row.addWidget(self.quote, 1)
        row.addWidget(self.clocks)
        self._words = ""

    def show_words(self, quote: str, clocks: str) -> None:
        """Show the quote as far as it fits, and the clocks."""
        self._words = quote
        self.clocks.setText(clocks)
        self.quote.setToolTip(quote)
        self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The quote is cut where the window is narrow."""
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        self.clocks.setVisible(self.width() >= NARROW * theme().scale)
        room = self.width() - 60 - (0 if self.clocks.isHidden() else self.clocks.sizeHint().width())
        metrics = QFontMetricsF(theme().font(16, serif=True))
        self.quote.setText(metrics.elidedText(self._words, Qt.TextElideMode.ElideRight, max(80, room)))


class DetailPanes(QWidget):
    """The delegates and the opinions of the selected decision.

    ``person_opened``, ``opinion_opened``: the key of the invitation or opinion, "" for a new one.
    """

    person_opened = Signal(str)
    person_removed = Signal(str)
    opinion_opened = Signal(str)
    opinion_removed = Signal(str)
    letters_clicked = Signal()
    close_clicked = Signal()
    edit_clicked = Signal()
    erase_clicked = Signal()
    shown = Signal(bool)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._above = QFrame(self, objectName="DetailPane")
        self._above.setVisible(False)
        self._above_line = QHBoxLayout(self._above)
        self._above_line.setContentsMargins(20, 8, 20, 2)
        self._above_line.setSpacing(8)
        self.splitter = QSplitter(Qt.Orientation.Horizontal, self)
        self.splitter.setChildrenCollapsible(False)
        self._left = QFrame(self.splitter, objectName="DetailPane")
        self._right = QFrame(self.splitter, objectName="DetailPane")
        self.people = DetailTable("列席代表", PEOPLE, self._left)
        self.opinions = DetailTable("意见与采纳", OPINIONS, self._right)
        self.title = label("", "heading")
        self.late = label("", "error")
        self.facts = ElidedLabel(role="secondary")
        self.opinions_title = label("意见与采纳", "heading")
        self.privacy = label("姓名、电话默认遮挡，按住“显示”查看；导出与打印同样遮挡。", "caption", wrap=True)
        self.show_button = button("显示", icon_name="eye", small=True)
        self.show_button.setToolTip("按住查看姓名与电话，松开即遮住；也可按住空格")
        self.add_person = button("新增代表", self._on_new_person, icon_name="plus", small=True)
        self.erase_button = button("删除个人信息…", self.erase_clicked.emit, small=True)
        self.add_opinion = button("新增意见", self._on_new_opinion, icon_name="plus", small=True)
        self.letters_button = button("生成函件…", self.letters_clicked.emit, icon_name="document", small=True)
        self.close_button = button("结案", self.close_clicked.emit, kind="primary", small=True)
        self.edit_button = button("改事项…", self.edit_clicked.emit, small=True)
        self._fill_people()
        self._fill_opinions()
        self.splitter.setStretchFactor(0, 5)
        self.splitter.setStretchFactor(1, 8)
        self._tabbed: bool | None = None  # until the first size is known
        self.tabs: QTabWidget | None = None
        """Where a low window has the two panes; made when it is needed first."""
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self._above)
        layout.addWidget(self.splitter, 1)
        self._tab_names = ["代表", "意见"]
        self._connect()

    def _fill_people(self) -> None:
        self._left_head = QHBoxLayout()
        self._left_head.setSpacing(10)
        self._left_foot = QHBoxLayout()
        self._left_foot.setSpacing(8)
        _fill(self._left, self._left_head, self.people, self._left_foot)

    def _fill_opinions(self) -> None:
        self._right_head = QHBoxLayout()
        self._right_head.setSpacing(8)
        self.remark = label("", "caption", wrap=True)
        foot = QHBoxLayout()
        foot.addWidget(self.remark, 1)
        _fill(self._right, self._right_head, self.opinions, foot)

    def _stand_side_by_side(self) -> None:
        """Each pane has its own head; what is done with the whole case stands in both."""
        _line(self._left_head, self.title, self.late, None, self.edit_button, self.add_person)
        _line(
            self._right_head,
            self.opinions_title, None, self.add_opinion, self.letters_button, self.close_button,
        )  # fmt: skip
        self._left.layout().insertWidget(1, self.facts)  # type: ignore[attr-defined]
        _line(self._left_foot, self.privacy, self.erase_button, self.show_button)
        self._left_foot.setStretchFactor(self.privacy, 1)

    def _stand_in_tabs(self) -> None:
        """One head above both tabs, the buttons of the two lists beside the tabs."""
        _line(
            self._above_line,
            self.title, self.late, self.facts, self.edit_button, self.letters_button, self.close_button,
        )  # fmt: skip
        self._above_line.setStretchFactor(self.facts, 1)
        _line(self._left_foot)
        _line(self._corner, self.erase_button, self.show_button, self.add_person, self.add_opinion)
        self._show_adding()

    def _show_adding(self) -> None:
        """In tabs the buttons of the list that is seen, side by side those of both."""
        shown = self.tabs.currentWidget() if self.in_tabs and self.tabs else None
        for made in (self.erase_button, self.show_button, self.add_person):
            made.setVisible(shown is not self._right)
        self.add_opinion.setVisible(shown is not self._left)

    def _connect(self) -> None:
        self.people.opened.connect(self.person_opened)
        self.people.removed.connect(self.person_removed)
        self.opinions.opened.connect(self.opinion_opened)
        self.opinions.removed.connect(self.opinion_removed)
        self.show_button.pressed.connect(self._on_pressed)
        self.show_button.released.connect(self._on_released)

    def _on_pressed(self) -> None:
        self.shown.emit(True)

    def _on_released(self) -> None:
        self.shown.emit(False)

    def _on_new_person(self) -> None:
        self.person_opened.emit("")

    def _on_new_opinion(self) -> None:
        self.opinion_opened.emit("")

    # what is shown

    def show_decision(self, title: str, late: str, facts: str) -> None:
        """Show which decision this is about."""
        self.title.setText(title if len(title) <= LONGEST_TITLE else f"{title[: LONGEST_TITLE - 1]}…")
        self.title.setToolTip(plain_tip(title))
        self.late.setText(late)
        self.facts.show_text(facts)

    def show_people(self, rows: Sequence[PersonRow], balance: str) -> None:
        """Show the delegates; ``balance`` tells their groups."""
        self.people.show_rows(
            [
                DetailRow(
                    row.invitation,
                    (
                        Tone(row.name), Tone(row.group), Tone(row.selected_by), Tone(row.invited), row.attendance,
                        row.told,
                    ),
                )
                for row in rows
            ]
        )  # fmt: skip
        self._name_tab(0, f"代表（{len(rows)}）")
        self.people.setAccessibleDescription(balance)

    def show_opinions(self, rows: Sequence[OpinionRow], remark: str) -> None:
        """Show the opinions, and below them what has to be known."""
        self.opinions.show_rows(
            [
                DetailRow(
                    row.key,
                    (
                        Tone(str(row.number)), Tone(row.text), Tone(row.speaker), row.outcome, Tone(row.reply or NONE),
                    ),
                )
                for row in rows
            ]
        )  # fmt: skip
        self.opinions_title.setText(f"意见与采纳（{len(rows)} 条）")
        self._name_tab(1, f"意见（{len(rows)}）")
        self.remark.setText(remark)

    def _name_tab(self, place: int, name: str) -> None:
        self._tab_names[place] = name
        if self.tabs is not None:
            self.tabs.setTabText(place, name)

    def allow_changes(self, *, allowed: bool, closed: bool, has_people: bool) -> None:
        """What can be done with the selected decision."""
        for made in (self.add_person, self.add_opinion):
            made.setEnabled(allowed and not closed)
        self.edit_button.setEnabled(allowed)
        self.close_button.setEnabled(allowed)
        self.close_button.setText("撤回结案" if closed else "结案")
        restyle(self.close_button, "kind", "" if closed else "primary")
        self.erase_button.setEnabled(allowed and has_people)
        self.letters_button.setEnabled(has_people)
        self.show_button.setEnabled(has_people)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Side by side, or in tabs where there is little room."""
        super().resizeEvent(event)
        short = self.height() < SHORT * theme().scale
        self._arrange(in_tabs=short or self.width() < NARROW * theme().scale)

    @property
    def in_tabs(self) -> bool:
        """Whether delegates and opinions stand in tabs, not side by side."""
        return bool(self._tabbed)

    def _arrange(self, *, in_tabs: bool) -> None:
        if in_tabs is self._tabbed:
            return
        was, self._tabbed = self._tabbed, in_tabs
        if in_tabs:
            self.tabs = self._go_into_tabs()
            self._stand_in_tabs()
        else:
            if was:
                self._come_out_of_tabs()
            self._stand_side_by_side()
            self._show_adding()
        self._above.setVisible(in_tabs)
        self.opinions_title.setVisible(not in_tabs)
        self.privacy.setVisible(not in_tabs)
        for pane in (self._left, self._right):
            pane.layout().setContentsMargins(20, 6 if in_tabs else 10, 20, 6 if in_tabs else 10)

    def _go_into_tabs(self) -> QTabWidget:
        tabs = self.tabs or self._make_tabs()
        self.splitter.setVisible(False)
        tabs.setVisible(True)
        for pane, name in zip((self._left, self._right), self._tab_names, strict=True):
            tabs.addTab(pane, name)
        return tabs

    def _come_out_of_tabs(self) -> None:
        assert self.tabs is not None
        self.tabs.setVisible(False)
        self.tabs.clear()
        self.splitter.setVisible(True)
        for pane in (self._left, self._right):
            self.splitter.addWidget(pane)
            pane.show()

    def _make_tabs(self) -> QTabWidget:
        tabs = QTabWidget(self)
        tabs.setDocumentMode(True)
        tabs.tabBar().setDrawBase(False)
        corner = QWidget()
        self._corner = QHBoxLayout(corner)
        self._corner.setContentsMargins(0, 2, 20, 2)
        self._corner.setSpacing(8)
        tabs.setCornerWidget(corner)
        tabs.currentChanged.connect(self._show_adding)
        column = self.layout()
        assert isinstance(column, QVBoxLayout)
        column.addWidget(tabs, 1)
        return tabs


def _line(line: QHBoxLayout, *parts: QWidget | None) -> None:
    """Only ``parts`` stand in ``line`` afterwards; None takes what room is left."""
    while line.takeAt(0) is not None:
        pass
    for part in parts:
        if part is None:
            line.addStretch(1)
        else:
            line.addWidget(part)


def _fill(pane: QFrame, head: QHBoxLayout, table: DetailTable, foot: QHBoxLayout) -> None:
    column = QVBoxLayout(pane)
    column.setContentsMargins(20, 10, 20, 10)
    column.setSpacing(6)
    column.addLayout(head)
    column.addWidget(table, 1)
    column.addLayout(foot)
