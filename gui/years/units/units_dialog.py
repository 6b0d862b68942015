"""单位、学校与场地：年度之中也可新增、改名、删去；一次保存是一步，可撤销。"""

from __future__ import annotations

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QSizePolicy, QTabWidget, QWidget

from gui.kit.form import LARGEST_SHARE, FormDialog
from gui.kit.message_bar import BarArea
from gui.kit.theme import theme
from gui.session.messages import Bar
from gui.session.year_session import YearSession
from gui.years.units.panes import SchoolsPane, UnitsPane, VenuesPane
from models import commands
from models.domain import codec
from models.domain.changes import RowChange
from models.domain.errors import CommandError
from models.domain.school_stages import stages_of_year
from models.domain.snapshot import Item, ItemKind
from models.domain.text import quoted
from models.place_lists import (
    PlaceLists,
    list_changes,
    list_title,
    lists_of,
    names_problem,
    units_problem,
    users_of,
    with_lists,
)
from planners.checks import check_year
from planners.parameter_effect import effect_headline, parameter_effect

DEBOUNCE = 150
FRAME = 275
"""What stands around the tables, in pixels at scale 1."""
TALLEST, LOWEST = 520, 200
_TABS = {ItemKind.UNIT: "单位与街镇", ItemKind.SCHOOL: "学校", ItemKind.VENUE: "场地"}
_WORDS = (
    "只改本年度。改名后旧名留作别名，活动、豁免、说明与日历跟着走；还在用的删不掉。"
    "F2 修改，Delete 删去，Ctrl+V 加入复制的一列名称。"
)


class UnitsDialog(FormDialog):
    """The units, schools and venues of the open year, in tabs; saving is one step.

    Where nothing can be changed they are shown all the same. Going back with changes is asked about once.
    """

    def __init__(self, session: YearSession, parent: QWidget | None = None) -> None:
        super().__init__("单位、学校与场地", "保存", parent, width=1000)
        self._session = session
        self._warned = False
        self.units, self.schools = UnitsPane(), SchoolsPane(alone=True)
        self.venues = VenuesPane(self._unit_list)
        self._by_kind = {
            ItemKind.UNIT: self.units,
            ItemKind.SCHOOL: self.schools,
            ItemKind.VENUE: self.venues,
        }
        self.add_heading(f"{session.year} 年度的单位、学校与场地")
        self.add_words(_WORDS, "caption")
        self.bars = BarArea(margins=(0, 0, 0, 0))
        self.tabs = self._made_tabs()
        self.add_widget(self.tabs)
        self.add_widget(self.bars)
        self._pause = QTimer(self, singleShot=True, interval=DEBOUNCE)
        self._pause.timeout.connect(self.show_effect)
        self._fill()
        if session.read_only:
            self._only_show()
        else:
            self.show_effect()
        self.keep_drafts(session)
        self.units.focus_first()

    def _made_tabs(self) -> QTabWidget:
        tabs = QTabWidget()
        tabs.setDocumentMode(True)
        tabs.tabBar().setDrawBase(False)
        tabs.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        window = self.parentWidget()
        room = window.window().height() * LARGEST_SHARE - FRAME * theme().scale if window else TALLEST
        height = max(LOWEST, min(round(room), round(TALLEST * theme().scale)))
        for kind, pane in self._by_kind.items():
            pane.layout().setContentsMargins(0, 10, 0, 0)
            pane.setMinimumHeight(height)
            tabs.addTab(pane, _TABS[kind])
        tabs.currentChanged.connect(self._on_tab)
        return tabs

    def _fill(self) -> None:
        lists = lists_of(self._session.snapshot)
        self.units.model.show_items(lists.units)
        self.schools.model.show_items(lists.schools)
        self.schools.show_stages(stages_of_year(self._session.snapshot.year_row))
        self.venues.model.show_items(lists.venues)
        self.units.why_kept = self._why_unit
        self.schools.why_kept = self._why_school
        self.venues.why_kept = self._why_venue
        for pane in self._by_kind.values():
            pane.changed.connect(self._on_changed)
            pane.refused.connect(self.refuse)
        self._count_tabs()

    def _count_tabs(self) -> None:
        for number, (kind, pane) in enumerate(self._by_kind.items()):
            self.tabs.setTabText(number, f"{_TABS[kind]} {len(pane.model.items)}")

    def _only_show(self) -> None:
        for pane in self._by_kind.values():
            pane.forbid_changes()
        self.accept_button.setEnabled(False)
        reason = self._session.read_only_reason.rstrip("。")
        self.bars.show_bar(Bar("info", f"现在只能看：{reason}。", (), "effect", closable=False))

    def show_tab(self, kind: ItemKind) -> None:
        """Show the list of ``kind``."""
        self.tabs.setCurrentWidget(self._by_kind[kind])

    def _on_tab(self) -> None:
        pane = self.tabs.currentWidget()
        if isinstance(pane, UnitsPane | SchoolsPane | VenuesPane):
            pane.focus_first()

    # what is changed

    def _unit_list(self) -> list:  # type: ignore[type-arg]
        return self.units.model.items

    def lists(self) -> PlaceLists:
        """The three lists as they stand."""
        return PlaceLists(
            tuple(self.units.model.items),
            tuple(self.venues.model.items),
            tuple(self.schools.model.items),
        )

    def draft_shape(self) -> object:
        """The three lists."""
        return {
            kind.value: [codec.to_plain(item) for item in p.model.items] for kind, p in self._by_kind.items()
        }

    def take_shape(self, shape: object) -> None:
        """Show the lists as they were left."""
        for kind, pane in self._by_kind.items():
            plain = shape[kind.value]  # type: ignore[index]
            items = [codec.from_plain(kind, one, "", []) for one in plain]
            pane.model.show_items(item for item in items if item is not None)  # type: ignore[misc]
        self._on_changed()

    def changes(self) -> tuple[RowChange, ...]:
        """What would be written."""
        return list_changes(self._session.snapshot, self.lists())

    def _why_unit(self, unit: Item) -> str:
        return self._why(ItemKind.UNIT, unit)

    def _why_school(self, school: Item) -> str:
        return self._why(ItemKind.SCHOOL, school)

    def _why_venue(self, venue: Item) -> str:
        return self._why(ItemKind.VENUE, venue)

    def _why(self, kind: ItemKind, item: Item) -> str:
        users = users_of(self._session.snapshot, kind, item.key, self.venues.model.items)
        name = getattr(item, "name", item.key)
        return f"{kind.label}{quoted(name)}还在用：{users}。没有删去，请先在那里改选别的。" if users else ""

    def _on_changed(self) -> None:
        self._warned = False
        self.refuse("")
        self._count_tabs()
        self._pause.start()

    def show_effect(self) -> None:
        """Say what the check would say otherwise."""
        self._pause.stop()
        session = self._session
        if session.read_only:
            return
        problem = self._problem()
        changes = self.changes()
        if problem:
            bar = Bar("warning", problem, (), "effect", closable=False)
        elif not changes:
            bar = Bar("info", "还没有改动。", (), "effect", closable=False)
        else:
            after = with_lists(session.snapshot, self.lists())
            effect = parameter_effect(session.check, check_year(after, session.today, session.ruleset))
            words = f"{list_title(changes).partition('：')[2]}。{effect_headline(effect)}。"
            bar = Bar("warning" if effect.is_bad else "info", words, (), "effect", closable=False)
        self.bars.show_bar(bar)

    @property
    def headline(self) -> str:
        """What is said of the effect."""
        return self.bars.texts[0] if self.bars.texts else ""

    def _problem(self) -> str:
        lists = self.lists()
        return (
            units_problem(lists.units)
            or names_problem(lists.schools, ItemKind.SCHOOL.label)
            or names_problem(lists.venues, ItemKind.VENUE.label)
        )

    # saving

    def accept_form(self) -> None:
        """The year has these lists."""
        if problem := self._problem():
            raise CommandError(problem, "没有保存。")
        changes = self.changes()
        if not changes:
            raise CommandError("没有改动。", "", "请先改一项，或返回。")
        session = self._session
        session.attempt_and_tell(commands.apply_changes, list_title(changes), changes)

    def reject(self) -> None:
        """Go back; what is not saved is asked about once."""
        changes = () if self._session.read_only else self.changes()
        if changes and not self._warned:
            self._warned = True
            self.refuse(f"有 {len(changes)} 处改动还没有保存。再按一次“返回”就放弃，或点“保存”。")
            return
        super().reject()
