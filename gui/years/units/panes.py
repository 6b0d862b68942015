"""单位与街镇、学校、场地三张名单。"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence

from PySide6.QtWidgets import QHeaderView

from gui.kit.plain import button
from gui.kit.theme import theme
from gui.years.units import units_model, venues_model
from gui.years.units.items_model import NAME
from gui.years.units.items_pane import ItemsPane
from gui.years.units.items_table import ChoiceDelegate
from gui.years.units.schools_model import SchoolsModel
from gui.years.units.units_model import KIND_LABELS, UnitsModel
from gui.years.units.venues_model import VenuesModel
from models.domain.events import SchoolStage
from models.domain.school_stages import with_stages
from models.domain.units import School, Unit, UnitKind, Venue

_NAMED_KINDS = (UnitKind.TOWN, UnitKind.DEPARTMENT, UnitKind.PARK)


class UnitsPane(ItemsPane[Unit]):
    """The units; with ``ticked`` those that take part are ticked, and none can be taken away."""

    model: UnitsModel

    def __init__(self, *, ticked: bool = False) -> None:
        super().__init__(UnitsModel(ticked=ticked), alone=True)
        heads = self.table.horizontalHeader()
        heads.setSectionResizeMode(units_model.UnitColumn.NAME, QHeaderView.ResizeMode.Stretch)
        heads.setSectionResizeMode(units_model.UnitColumn.ALIASES, QHeaderView.ResizeMode.Stretch)
        heads.resizeSection(units_model.UnitColumn.KIND, round(110 * theme().scale))
        heads.resizeSection(units_model.UnitColumn.CAP, round(110 * theme().scale))
        kinds = ChoiceDelegate(lambda: KIND_LABELS, self.table)
        self.table.setItemDelegateForColumn(units_model.UnitColumn.KIND, kinds)
        if ticked:
            self.remove_button.hide()
            self.table.remove_wanted.disconnect(self.remove_selected)
            self.add_button_before(button("全选", self._tick_all))
            self.add_button_before(button("全不选", self._tick_none))

    def _tick_all(self) -> None:
        self._tick(on=True)

    def _tick_none(self) -> None:
        self._tick(on=False)

    def _tick(self, *, on: bool) -> None:
        """All that are shown."""
        rows = [self.rows.mapToSource(self.rows.index(n, 0)).row() for n in range(self.rows.rowCount())]
        self.model.tick(rows, on=on)

    def count_words(self) -> str:
        """参加 39 / 41：12 街镇 · 27 委办局; without ticks 41 个：…."""
        model = self.model
        chosen = [unit for unit in model.items if unit.key not in model.left_out]
        kinds = Counter(unit.kind for unit in chosen)
        parts = [f"{kinds[kind]} {kind.label}" for kind in _NAMED_KINDS]
        rest = len(chosen) - sum(kinds[kind] for kind in _NAMED_KINDS)
        parts += [f"{rest} 其他"] if rest else []
        head = f"参加 {len(chosen)} / {len(model.items)}" if model.ticked else f"{len(chosen)} 个"
        return f"{head}：{' · '.join(parts)}"

    def empty_lines(self) -> Iterable[str]:
        """What units are for."""
        return ("活动由单位牵头，街镇、园区是走进的去处；一个都没有就排不了。",)


class SchoolsPane(ItemsPane[School]):
    """The schools and their stages."""

    model: SchoolsModel

    def __init__(self, *, alone: bool) -> None:
        super().__init__(SchoolsModel(), alone=alone)
        self._widen()

    def show_stages(self, stages: tuple[SchoolStage, ...]) -> None:
        """Afterwards these are the stages; one that only schools teach is among them."""
        shown = with_stages(stages, (stage for school in self.model.items for stage in school.stages))
        if shown != self.model.stages:
            self.model.show_stages(shown)
            self._widen()

    def _widen(self) -> None:
        heads = self.table.horizontalHeader()
        heads.setSectionResizeMode(NAME, QHeaderView.ResizeMode.Stretch)
        for number in range(len(self.model.stages)):
            heads.resizeSection(1 + number, round(84 * theme().scale))

    def count_words(self) -> str:
        """小学 3 所 · 初中 2 所 · 高中 1 所."""
        schools = self.model.items
        if not schools:
            return "还没有学校；可新增，或复制一列校名后在表里按 Ctrl+V。"
        counts = [
            (stage.label, sum(stage in school.stages for school in schools)) for stage in self.model.stages
        ]
        missing = [name for name, count in counts if not count]
        words = " · ".join(f"{name} {count} 所" for name, count in counts)
        return f"{words}；{'、'.join(missing)}还没有学校" if missing else words

    def empty_lines(self) -> Iterable[str]:
        """What schools are for."""
        return ("走进校区从这里选地点，自动排期按学段找学校。",)


class VenuesPane(ItemsPane[Venue]):
    """The venues; ``units`` gives the units to which they may belong."""

    model: VenuesModel

    def __init__(self, units: Callable[[], Sequence[Unit]]) -> None:
        super().__init__(VenuesModel(units), alone=True)
        heads = self.table.horizontalHeader()
        heads.setSectionResizeMode(venues_model.VenueColumn.NAME, QHeaderView.ResizeMode.Stretch)
        heads.setSectionResizeMode(venues_model.VenueColumn.ADDRESS, QHeaderView.ResizeMode.Stretch)
        heads.resizeSection(venues_model.VenueColumn.CAPACITY, round(100 * theme().scale))
        heads.resizeSection(venues_model.VenueColumn.UNIT, round(170 * theme().scale))
        owners = ChoiceDelegate(self.model.unit_names, self.table)
        self.table.setItemDelegateForColumn(venues_model.VenueColumn.UNIT, owners)

    def count_words(self) -> str:
        """场地 3 处."""
        return f"{len(self.model.items)} 处"

    def empty_lines(self) -> Iterable[str]:
        """What venues are for."""
        return ("登记了场地，同一时段排两场会提示；地址写进日历。",)
