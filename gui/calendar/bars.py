"""日历的页头与筛选条：标题、前后翻、月周日程、工作线开关、单位、只看冲突。"""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractButton, QCheckBox, QComboBox, QFrame, QHBoxLayout, QSizePolicy

from gui.calendar.values import ATTENDANCE_KIND, CalendarFilter, CalendarMode
from gui.kit.choices import Segments
from gui.kit.icons import paint_icon
from gui.kit.marks import draw_text, paint_box, text_width
from gui.kit.page_head import PageHead
from gui.kit.plain import button, label, tool_button
from gui.kit.theme import theme
from gui.kit.tiles import paint_tile
from models.domain.events import Campaign

TOGGLES: tuple[tuple[Campaign | str, str, str], ...] = (
    (Campaign.LECTURE, "公开讲堂", "讲堂"),
    (Campaign.PARK, "走进园区", "园区"),
    (Campaign.COMMUNITY, "走进社区", "社区"),
    (Campaign.CAMPUS, "走进校区", "校区"),
    (Campaign.TECH_FORUM, "科创问政", "问政"),
    (Campaign.OPEN_MONTH, "政府开放月", "开放月"),
    (ATTENDANCE_KIND, "公众列席", "列席"),
)
"""The campaigns that can be switched off: kind, name, short name."""


class CampaignToggle(QAbstractButton):
    """Shows or hides the events of one campaign."""

    def __init__(self, kind: Campaign | str, name: str, short: str) -> None:
        super().__init__()
        self.kind = kind
        self._names = (name, short, "")
        self._size = 0
        self.setCheckable(True)
        self.setChecked(True)
        self.setAccessibleName(name)
        self.setToolTip(f"显示或隐藏{name}")
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    @property
    def words(self) -> str:
        """The name at the present size."""
        return self._names[self._size]

    def show_size(self, size: int) -> None:
        """0: the whole name, 1: the short one, 2: the tile alone."""
        if size != self._size:
            self._size = size
            self.updateGeometry()
            self.update()

    def width_at(self, size: int) -> int:
        """How wide the toggle is at a size."""
        name = self._names[size]
        return round(text_width(theme().font(13), name) + (38 if name else 30))

    def sizeHint(self) -> QSize:
        """Tile and name."""
        return QSize(self.width_at(self._size), round(26 * theme().scale))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Tinted and framed while shown, faded while hidden."""
        del event
        look, on = theme().campaign(self.kind), self.isChecked()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        ground, line = (look.tint, look.tile) if on else ("surface", "controlBorder")
        box = QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5)
        paint_box(painter, box, ground, line, 5, 1.1, dashed=not on)
        middle = self.height() / 2
        paint_tile(painter, self.kind, QRectF(7, round(middle - 8), 16, 16), 1.0 if on else 0.45)
        color = look.text if on else theme().color("ink2")
        end = draw_text(painter, 29, middle, self._names[self._size], theme().font(13), color)
        if not on and self._names[self._size]:
            painter.drawLine(29, round(middle), round(end), round(middle))
        painter.end()


class DeadlineToggle(CampaignToggle):
    """Shows or hides the deadlines."""

    def __init__(self) -> None:
        super().__init__("deadlines", "时限", "时限")
        self.setToolTip("显示或隐藏时限：政策文件、列席环节、年度节点")

    def paintEvent(self, event: QPaintEvent) -> None:
        """A flag and the word, framed while shown, dashed while hidden."""
        del event
        on = self.isChecked()
        color = theme().color("warning" if on else "ink2")
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        ground, line = ("warningBg", "warningLine") if on else ("surface", "controlBorder")
        box = QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5)
        paint_box(painter, box, ground, line, 5, 1.1, dashed=not on)
        middle = self.height() / 2
        paint_icon(painter, "flag", QRectF(7, round(middle - 8), 16, 16), color)
        end = draw_text(painter, 29, middle, self.words, theme().font(13), color)
        if not on and self.words:
            painter.drawLine(29, round(middle), round(end), round(middle))
        painter.end()


class CalendarHeader(PageHead):
    """Title, stepping, the three views and the actions."""

    stepped = Signal(int)
    today_clicked = Signal()
    mode_chosen = Signal(object)
    new_clicked = Signal()
    plan_clicked = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._subtitle = label("", "secondary")
        self.previous = tool_button("chevron-left", "往前（PgUp）", partial(self.stepped.emit, -1))
        self.next = tool_button("chevron-right", "往后（PgDn）", partial(self.stepped.emit, 1))
        self.today = button("今天", self.today_clicked.emit, small=True)
        self.today.setToolTip("Ctrl+T")
        self.mode: Segments[CalendarMode] = Segments([(mode.label, mode) for mode in CalendarMode])
        self.mode.setAccessibleName("月、周或日程")
        self.mode.changed.connect(self._on_mode)
        self._new = button("新建活动", self.new_clicked.emit, icon_name="plus")
        self._new.setToolTip("Ctrl+N，在选中的那天")
        self._plan = button("自动排期", self.plan_clicked.emit, kind="primary", icon_name="wand")
        self._plan.setToolTip("F9；换条件用 Shift+F9")
        self.add(4, self._subtitle, 8, self.previous, self.today, self.next, None)
        self.add(self.mode, 8, self._new, self._plan)

    def show_titles(self, title: str, subtitle: str) -> None:
        """Say which month or week is shown."""
        self.title.setText(title)
        self._subtitle.setText(subtitle)

    @property
    def titles(self) -> tuple[str, str]:
        """Title and subtitle."""
        return self.title.text(), self._subtitle.text()

    def show_width(self, *, wide: bool, roomy: bool) -> None:
        """Leave out what does not fit a smaller window."""
        self._subtitle.setVisible(roomy)
        self._new.setText("新建活动" if wide else "新建")

    def show_mode(self, mode: CalendarMode) -> None:
        """Show which view is on, without asking for it."""
        self.mode.blockSignals(True)
        self.mode.choose(mode)
        self.mode.blockSignals(False)

    def allow_changes(self, *, allowed: bool) -> None:
        """Whether 新建活动 and 自动排期 can be used."""
        self._new.setEnabled(allowed)
        self._plan.setEnabled(allowed)

    def _on_mode(self) -> None:
        self.mode_chosen.emit(self.mode.value())


class CalendarFilterBar(QFrame):
    """Toggles of the campaigns, unit filter, 只看冲突, and the button of the drawer."""

    changed = Signal()
    panel_clicked = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("FilterBar")
        self.toggles = tuple(CampaignToggle(*toggle) for toggle in TOGGLES)
        self._units = QComboBox()
        self._units.setAccessibleName("按单位筛选")
        self._units.setProperty("small", "true")
        self._units.addItem("全部单位", None)
        self._units.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self._units.setMinimumContentsLength(6)
        self.conflicts = QCheckBox("只看冲突")
        self.panel_button = button("当日", self.panel_clicked.emit, small=True, icon_name="list")
        self.deadlines = DeadlineToggle()
        for toggle in (*self.toggles, self.deadlines):
            toggle.toggled.connect(self._on_changed)
        self._units.activated.connect(self._on_changed)
        self.conflicts.toggled.connect(self._on_changed)
        self._docked = True
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 0, 16, 0)
        row.setSpacing(8)
        for toggle in (*self.toggles, self.deadlines):
            row.addWidget(toggle)
        row.addStretch(1)
        row.addWidget(self._units)
        row.addWidget(self.conflicts)
        row.addWidget(self.panel_button)

    def show_units(self, units: Sequence[tuple[str, str]]) -> None:
        """Offer units (name, key); what was chosen stays chosen where it is still there."""
        known = [(self._units.itemText(n), self._units.itemData(n)) for n in range(1, self._units.count())]
        if known == list(units):
            return
        chosen = self._units.currentData()
        while self._units.count() > 1:
            self._units.removeItem(self._units.count() - 1)
        for name, key in units:
            self._units.addItem(name, key)
        self._units.setCurrentIndex(max(0, self._units.findData(chosen)))

    def show_waiting(self, count: int, *, docked: bool) -> None:
        """The drawer's button says how many events wait; where the panel is docked it is not needed."""
        self._docked = docked
        self.panel_button.setText(f"当日 · 待定 {count}")
        self.panel_button.setVisible(not docked)
        self.fit()

    def fit(self) -> None:
        """Take the longest names of the toggles for which there is room."""
        self._units.setMaximumWidth(round(150 * theme().scale))
        others = [self._units, self.conflicts, *([] if self._docked else [self.panel_button])]
        toggles = (*self.toggles, self.deadlines)
        room = self.width() - 32 - 8 * (len(toggles) + len(others))
        room -= sum(widget.sizeHint().width() for widget in others)
        sizes = (size for size in (0, 1, 2) if sum(toggle.width_at(size) for toggle in toggles) <= room)
        size = next(sizes, 2)
        for toggle in toggles:
            toggle.show_size(size)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Shorten the names where the window is narrow."""
        super().resizeEvent(event)
        self.fit()

    @property
    def chosen(self) -> CalendarFilter:
        """What is let through."""
        hidden = frozenset(str(toggle.kind) for toggle in self.toggles if not toggle.isChecked())
        conflicts, due = self.conflicts.isChecked(), self.deadlines.isChecked()
        return CalendarFilter(hidden, self._units.currentData(), conflicts, due)

    def words(self) -> tuple[str, ...]:
        """The filters that are set, in words."""
        hidden = [
            name for toggle, (_, name, _) in zip(self.toggles, TOGGLES, strict=True) if not toggle.isChecked()
        ]
        words = []
        if hidden:
            shown = [name for _, name, _ in TOGGLES if name not in hidden]
            words.append("只看" + "、".join(shown) if 0 < len(shown) <= 3 else "不看" + "、".join(hidden))
        if self._units.currentIndex() > 0:
            words.append(self._units.currentText())
        return (*words, *(["只看冲突"] if self.conflicts.isChecked() else []))

    def clear(self) -> None:
        """Let everything through again."""
        widgets = (*self.toggles, self.conflicts)
        for widget in widgets:
            widget.blockSignals(True)
        for toggle in self.toggles:
            toggle.setChecked(True)
        self.conflicts.setChecked(False)
        self._units.setCurrentIndex(0)
        for widget in widgets:
            widget.blockSignals(False)
        self.update()
        self.changed.emit()

    def _on_changed(self, _: object) -> None:
        self.changed.emit()
