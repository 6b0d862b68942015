"""台账的筛选条：文字、工作线、单位、街镇、状态，已设的条件，视图，分组与行高。"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from functools import partial

from PySide6.QtCore import QPoint, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLineEdit, QSizePolicy, QWidget

from gui.kit.choices import Choice
from gui.kit.icons import icon
from gui.kit.plain import button, label
from gui.kit.theme import theme
from gui.ledger.filter_parts import FilterChip, FilterCombo
from gui.ledger.more_filters import ROW_HEIGHTS, MoreFilters
from models.domain.events import Campaign, EventStatus
from models.domain.snapshot import YearSnapshot
from planners.ledger_filter import (
    EVERYTHING,
    Condition,
    LedgerFilter,
    StatusChoice,
    StatusGroup,
    conditions,
    in_year,
    without,
)
from planners.ledger_groups import Grouping

HINT = "在台账中筛选（拼音首字母可用：fl = 法律）"
GAP = 8
LEAST_TEXT = 200
"""Room for text that is worth more than a box for grouping or 街镇."""


class TextFilter(QLineEdit):
    """The text to look for; Esc empties it, then goes back to the table (``left``)."""

    left = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setPlaceholderText(HINT)
        self.setAccessibleName("按文字筛选")
        self.setToolTip("名称、简称、单位、地点、主题、备注；拼音首字母也行（Ctrl+F）")
        self.addAction(icon("funnel", "ink3"), QLineEdit.ActionPosition.LeadingPosition)
        self.setClearButtonEnabled(True)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc empties, then leaves; Enter and ↓ go to the table."""
        if event.key() == Qt.Key.Key_Escape:
            if self.text():
                self.clear()
            else:
                self.left.emit()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Down):
            self.left.emit()
        else:
            super().keyPressEvent(event)


class LedgerFilterBar(QFrame):
    """The conditions. ``changed`` tells a new filter, ``grouping_changed`` and ``compact_changed`` the rest;
    ``views_requested`` asks for the menu of saved views at a global point."""

    changed = Signal(object)
    grouping_changed = Signal(object)
    compact_changed = Signal(bool)
    views_requested = Signal(QPoint)
    left = Signal()

    def __init__(self, host: QWidget) -> None:
        super().__init__(host)
        self.setObjectName("FilterBar")
        self._filter = EVERYTHING
        self._snapshot: YearSnapshot | None = None
        self._today = date(2000, 1, 1)
        self._hidden = 0
        self._boxes: set[str] = set()
        """What has a box of its own in the bar at this width."""
        self.text = TextFilter()
        self.campaign = FilterCombo("工作线", [(c.label, c) for c in Campaign])
        self.unit: FilterCombo[str] = FilterCombo("单位")
        self.town: FilterCombo[str] = FilterCombo("街镇")
        statuses: tuple[StatusChoice, ...] = (*StatusGroup, *EventStatus)
        self.status = FilterCombo("状态", [(s.label, s) for s in statuses], named=True)
        self.more = button("更多条件", self._on_more, kind="plain")
        self.clear_button = button("清除", self.clear, kind="flat", small=True)
        self.views = button("视图", self._on_views, kind="plain")
        self.grouping = Choice([(grouping.label, grouping) for grouping in Grouping])
        self.compact = Choice(list(ROW_HEIGHTS))
        self._host = host
        self._popover: MoreFilters | None = None
        self._offered: tuple[Sequence[tuple[str, str]], Sequence[tuple[str, str]]] = ((), ())
        self._chips: list[FilterChip] = []
        self._lay_out()
        self._connect()

    def _lay_out(self) -> None:
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 0, 16, 0)
        row.setSpacing(GAP)
        self.text.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        row.addWidget(self.text, 1)
        for combo in (self.campaign, self.unit, self.town, self.status):
            row.addWidget(combo)
        self._chip_row = QHBoxLayout()
        self._chip_row.setSpacing(6)
        row.addLayout(self._chip_row)
        row.addWidget(self.more)
        row.addWidget(self.clear_button)
        row.addStretch(0)
        row.addWidget(self.views)
        self._grouped_by = label("分组", "secondary")
        row.addWidget(self._grouped_by)
        for box, name in ((self.grouping, "分组"), (self.compact, "行高")):
            box.setAccessibleName(name)
            row.addWidget(box)
        self._size()

    def _size(self) -> None:
        """The widths at the present text size."""
        scale = theme().scale
        self.text.setMinimumWidth(round(150 * scale))
        self.text.setMaximumWidth(round(320 * scale))
        self.grouping.setFixedWidth(round(104 * scale))
        self.compact.setFixedWidth(round(112 * scale))

    def restyle(self) -> None:
        """Take the sizes of the present text size."""
        self._size()
        for chip in self._chips:
            chip.updateGeometry()
        self.fit()

    def _connect(self) -> None:
        self.text.textChanged.connect(self._on_text)
        self.text.left.connect(self.left)
        for combo in (self.campaign, self.unit, self.town, self.status):
            combo.activated.connect(self._on_combo)
        self.grouping.activated.connect(self._on_grouping)
        self.compact.activated.connect(self._on_compact)

    # what is shown

    @property
    def filter(self) -> LedgerFilter:
        """The conditions as they stand."""
        return self._filter

    def show_year(
        self,
        snapshot: YearSnapshot,
        today: date,
        units: Sequence[tuple[str, str]],
        towns: Sequence[tuple[str, str]],
    ) -> None:
        """Offer the units and 街镇 of a year; the days that are asked for go along into it."""
        self._snapshot, self._today = snapshot, today
        self._filter = in_year(self._filter, snapshot.year)
        self.unit.offer(units)
        self.town.offer(towns)
        self._offered = (units, towns)
        self._show_chips()

    def show_filter(self, chosen: LedgerFilter) -> None:
        """Show ``chosen``, its days in the year that is open, without telling it."""
        self._filter = chosen if self._snapshot is None else in_year(chosen, self._snapshot.year)
        if self.text.text().strip() != chosen.text.strip():
            self.text.blockSignals(True)
            self.text.setText(chosen.text)
            self.text.blockSignals(False)
        self.campaign.show_value(chosen.campaign)
        self.unit.show_value(chosen.unit)
        self.town.show_value(chosen.town)
        self.status.show_value(chosen.status)
        self._show_chips()

    def show_looks(self, grouping: Grouping, *, compact: bool) -> None:
        """Show grouping and row height without telling them."""
        self.grouping.choose(grouping)
        self.compact.choose(compact)

    def clear(self) -> None:
        """Let everything through again."""
        self._set(EVERYTHING)

    def remove(self, name: str) -> None:
        """Take one condition away."""
        self._set(without(self._filter, name))

    def _set(self, chosen: LedgerFilter) -> None:
        self.show_filter(chosen)
        self.changed.emit(self._filter)

    # chips, and what there is room for

    def _show_chips(self) -> None:
        wanted = conditions(self._filter, self._snapshot) if self._snapshot else ()
        if [chip.condition for chip in self._chips] != list(wanted):
            self._make_chips(wanted)
        self.fit()

    def _make_chips(self, wanted: Sequence[Condition]) -> None:
        for chip in self._chips:
            self._chip_row.removeWidget(chip)
            chip.hide()
            chip.deleteLater()
        self._chips = [FilterChip(condition) for condition in wanted]
        for chip in self._chips:
            chip.clicked.connect(partial(self.remove, chip.condition.name))
            self._chip_row.addWidget(chip)

    def fit(self) -> None:
        """Leave out what has no room, the last of these first; all of it is in 更多条件, chips are counted there."""
        room = self.width() - 32
        needed = round(LEAST_TEXT * theme().scale) + self.more.sizeHint().width() + GAP
        needed += 0 if self._filter.is_empty else self.clear_button.sizeHint().width() + GAP
        shown = {}
        for name, widgets in self._optional().items():
            width = sum(_width_of(widget) + GAP for widget in widgets)
            shown[name] = needed + width <= room
            needed += width if shown[name] else 0
            for widget in widgets:
                widget.setVisible(shown[name])
        self._boxes = {name for name, seen in shown.items() if seen}
        self._fit_chips(room - needed)

    def _optional(self) -> dict[str, tuple[QWidget, ...]]:
        return {
            "status": (self.status,),
            "campaign": (self.campaign,),
            "views": (self.views,),
            "unit": (self.unit,),
            "town": (self.town,),
            "grouping": (self._grouped_by, self.grouping),
            "compact": (self.compact,),
        }

    def _fit_chips(self, room: int) -> None:
        """A condition that is seen in its own box needs no chip."""
        self._hidden = 0
        for chip in self._chips:
            if chip.condition.name in {"text", *self._boxes}:
                chip.hide()
                continue
            width = chip.sizeHint().width() + 6
            fits = width <= room and not self._hidden
            chip.setVisible(fits)
            room -= width if fits else 0
            self._hidden += not fits
        self.more.setText(f"更多条件 {self._hidden}" if self._hidden else "更多条件")
        self.clear_button.setVisible(not self._filter.is_empty)

    def minimumSizeHint(self) -> QSize:
        """The text and 更多条件."""
        return QSize(round(320 * theme().scale), super().minimumSizeHint().height())

    @property
    def chip_words(self) -> tuple[str, ...]:
        """The chips that are seen."""
        return tuple(chip.condition.words for chip in self._chips if not chip.isHidden())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Fit anew."""
        super().resizeEvent(event)
        self.fit()

    # what the user does

    def _on_text(self, text: str) -> None:
        self._filter = self._filter._replace(text=text)
        self._show_chips()
        self.changed.emit(self._filter)

    def _on_combo(self) -> None:
        self._set(
            self._filter._replace(
                campaign=self.campaign.value(),
                unit=self.unit.value(),
                town=self.town.value(),
                status=self.status.value(),
            )
        )

    @property
    def popover(self) -> MoreFilters:
        """更多条件, made when it is first asked for."""
        if self._popover is None:
            self._popover = MoreFilters(self._host)
            self._popover.changed.connect(self._on_more_changed)
            self._popover.closed.connect(self._on_more_closed)
        return self._popover

    def _on_more(self) -> None:
        if self.popover.isVisible():
            self.popover.dismiss()
            return
        self._fill_popover()
        host = self.popover.parentWidget()
        self.popover.open_at(self.more.mapTo(host, QPoint(0, self.more.height())))
        self.popover.period.setFocus(Qt.FocusReason.PopupFocusReason)

    def _fill_popover(self) -> None:
        self.popover.show_choices(self._snapshot.year if self._snapshot else 2000, *self._offered)
        self.popover.leave_out(self._boxes)
        compact = self.compact.value()
        self.popover.show_filter(self._filter, self.grouping.value(), compact=compact, today=self._today)

    def _on_more_changed(self) -> None:
        if self.popover.grouping.value() is not self.grouping.value():
            self.grouping.choose(self.popover.grouping.value())
            self._on_grouping()
        if self.popover.compact.value() != self.compact.value():
            self.compact.choose(self.popover.compact.value())
            self._on_compact()
        chosen = self.popover.applied_to(self._filter)
        if chosen != self._filter:
            self._set(chosen)

    def _on_more_closed(self) -> None:
        self.more.setFocus(Qt.FocusReason.PopupFocusReason)

    def _on_views(self) -> None:
        self.views_requested.emit(self.views.mapToGlobal(QPoint(0, self.views.height())))

    def _on_grouping(self) -> None:
        self.grouping_changed.emit(self.grouping.value())

    def _on_compact(self) -> None:
        self.compact_changed.emit(self.compact.value())


def _width_of(widget: QWidget) -> int:
    """A fixed width where it has one, else what it wants."""
    fixed = widget.minimumWidth() == widget.maximumWidth()
    return widget.minimumWidth() if fixed else widget.sizeHint().width()
