"""开放月右栏：选中的单位与当日各场，全月概况，未报送单位，各月常态化开放。"""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QFrame,
    QGridLayout,
    QLabel,
    QListWidget,
    QListWidgetItem,
    QVBoxLayout,
)

from gui.kit.plain import button, label
from gui.kit.scrolling import ScrolledColumn
from gui.kit.theme import theme
from gui.open_month.histogram import MonthHistogram
from gui.open_month.rows import people_words
from models.domain.events import Event
from models.domain.units import UnitKind
from planners import wording
from planners.open_month import OpenMonth

MOST_NAMES = 12
MOST_LIST = 240
"""Height of the list of the selected events; more of them scroll."""


class OpenMonthPanel(QFrame):
    """What stands beside the grid. ``opened`` carries an event's key, ``month_chosen`` a month (1–12)."""

    opened = Signal(str)
    month_chosen = Signal(int)
    copy_clicked = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("CalendarPanel")
        self.setAccessibleName("选中的单位与全月概况")
        self._title = label("", "panel", wrap=True)
        self._note = label("", "caption", wrap=True)
        self.list = QListWidget(objectName="FlatList")
        self.list.setAccessibleName("选中的各场，回车打开")
        self.list.setWordWrap(True)
        self.list.setSpacing(3)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.itemActivated.connect(self._on_activated)
        self._facts = QGridLayout()
        self._facts.setHorizontalSpacing(12)
        self._facts.setVerticalSpacing(5)
        self._facts.setColumnStretch(1, 1)
        self._lines: list[tuple[QLabel, QLabel]] = []
        self._missing_title = label("", "heading")
        self._missing = label("", "secondary", wrap=True)
        self.copy = button("复制提醒名单", self.copy_clicked.emit, small=True, icon_name="copy")
        self._regular = label("", "secondary", wrap=True)
        self.histogram = MonthHistogram()
        self.histogram.month_chosen.connect(self.month_chosen)
        self._lay_out()
        theme().changed.connect(self._fit)

    def _lay_out(self) -> None:
        self._area = ScrolledColumn(self, body_name="CalendarPanelContent")
        column = QVBoxLayout(self._area.body)
        column.setContentsMargins(16, 12, 16, 12)
        column.setSpacing(8)
        column.addWidget(self._title)
        column.addWidget(self._note)
        column.addWidget(self.list)
        column.addSpacing(4)
        column.addWidget(label("全月概况", "heading"))
        column.addLayout(self._facts)
        column.addSpacing(4)
        column.addWidget(self._missing_title)
        column.addWidget(self._missing)
        column.addWidget(self.copy, 0, Qt.AlignmentFlag.AlignLeft)
        column.addSpacing(4)
        column.addWidget(label("各月开放活动（常态化，第22条）", "heading"))
        column.addWidget(self._regular)
        column.addWidget(self.histogram)
        column.addStretch(1)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(1, 0, 0, 0)
        outer.addWidget(self._area)
        self._fit()

    def _fit(self) -> None:
        """The list is as high as its rows ask for, up to a few of them."""
        rows = sum(self.list.sizeHintForRow(row) + 6 for row in range(self.list.count()))
        self.list.setFixedHeight(min(round(MOST_LIST * theme().scale), rows + 6))

    def show_place(self, title: str, note: str, events: Sequence[Event]) -> None:
        """Show the selected unit and day and its events."""
        self._title.setText(title)
        self._note.setText(note)
        self.list.clear()
        for event in events:
            lines = [
                f"{wording.time_label(event)} · {event.status_label}"
                + ("（线上，不计入）" if event.online_only else ""),
                event.title,
                "、".join(event.forms) or "没有登记互动环节",
                people_words(event),
            ]
            item = QListWidgetItem("\n".join(line for line in lines if line))
            item.setData(Qt.ItemDataRole.UserRole, event.key)
            self.list.addItem(item)
        if events:
            self.list.setCurrentRow(0)
            self._fit()
        self.list.setVisible(bool(events))

    def show_month(self, month: OpenMonth) -> None:
        """Show the month's facts."""
        facts = [
            ("计入", f"{month.forecast} 场（已举办 {month.held}），目标 {month.range_words}{month.own_mark}"),
            (
                "预计参与",
                f"{month.expected} 人"
                + (f"，{month.without_expected} 场未填" if month.without_expected else ""),
            ),
            ("已报名", f"{month.signed_up} 人"),
            ("暂定", f"{month.tentative} 场"),
            ("草拟、线上", f"{month.drafts} 场、{month.online} 场，不计入"),
            ("缺互动环节", f"{month.without_interaction} 场"),
        ]
        while len(self._lines) < len(facts):
            pair = (label("", "secondary"), label("", wrap=True))
            self._facts.addWidget(pair[0], len(self._lines), 0, Qt.AlignmentFlag.AlignTop)
            self._facts.addWidget(pair[1], len(self._lines), 1)
            self._lines.append(pair)
        for (name, value), (left, right) in zip(facts, self._lines, strict=True):
            left.setText(name)
            right.setText(value)
        self._show_missing(month)
        self._regular.setText(
            f"8月以外 {month.regular} 场；8月 {month.months[7]} 场（空心柱）。按柱子看那个月的日历。"
            if month.regular
            else "8月以外还没有开放活动，宜推动常态化（不设频次）。"
        )
        self.histogram.show_counts(month.months)

    def _show_missing(self, month: OpenMonth) -> None:
        missing = month.missing
        towns = sum(line.kind is UnitKind.TOWN for line in missing)
        self._missing_title.setText(f"未报送 {len(missing)} 个（街镇 {towns}）" if missing else "都已报送")
        names = [line.name for line in missing[:MOST_NAMES]]
        more = f" 等 {len(missing)} 个" if len(missing) > MOST_NAMES else ""
        self._missing.setText("、".join(names) + more)
        self._missing.setVisible(bool(missing))
        self.copy.setVisible(bool(missing))

    def facts(self) -> dict[str, str]:
        """The facts shown, by name."""
        return {left.text(): right.text() for left, right in self._lines}

    @property
    def title(self) -> str:
        """The selected unit and day."""
        return self._title.text()

    def _on_activated(self, item: QListWidgetItem) -> None:
        self.opened.emit(str(item.data(Qt.ItemDataRole.UserRole)))
