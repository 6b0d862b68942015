"""台账 Excel：全部活动，某个保存的视图，或台账上正看着的那样。"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import Any

from gui.exporting.data_options import DataOptions, Summary
from gui.exporting.form_parts import OptionSection, caption_before
from gui.kit.choices import Choice
from gui.kit.exporter import EXCEL, Made, Outgoing
from gui.kit.plain import label
from gui.services.ledger_contents import LedgerContents
from gui.services.ledger_memory import SavedView, from_plain
from models.domain.rules import RuleSet
from models.domain.snapshot import YearSnapshot
from planners.ledger_filter import EVERYTHING, conditions
from planners.ledger_groups import Group, Grouping
from planners.ledger_rows import HEADS, LedgerColumn, row_texts

ROWS_SHOWN = 40
AS_SEEN = "台账上正看着的"
_COLUMNS = tuple(column for column in LedgerColumn if HEADS[column])


class LedgerOptions(DataOptions):
    """Which events, grouped how; the file holds what the ledger shows then."""

    offers_facts = False

    def build(self) -> None:
        """Source and grouping."""
        self._contents = LedgerContents()
        views = from_plain(self._settings.values.ledger).views if self._settings else ()
        self.views = Choice[SavedView](
            [("全部活动", SavedView("", EVERYTHING)), *((v.name, v) for v in views)]
        )
        self.grouping = Choice[Grouping]([(grouping.label, grouping) for grouping in Grouping])
        section = OptionSection("范围", first=True)
        section.add(caption_before("活动", self.views), self.views)
        self._conditions = label("", "caption", wrap=True)
        section.add(self._conditions)
        self._column.addWidget(section)
        section = OptionSection("内容")
        section.add(caption_before("分组", self.grouping), self.grouping)
        section.add(label("日期和时刻是真的日期，可以在 Excel 里排序、筛选。", "caption", wrap=True))
        self._column.addWidget(section)
        self.keep(grouping=self.grouping)
        self.refresh()
        self.views.currentIndexChanged.connect(self._on_view)
        self.grouping.currentIndexChanged.connect(self.changed)

    def refresh(self) -> None:
        """The rows of the year as it is now."""
        self._contents.show_year(self._session.snapshot, self._session.check)

    def chosen(self) -> dict[str, Any]:
        """``view``, by which ``words`` it is offered, and the grouping."""
        return {"view": self.views.value(), "words": self.views.currentText(), **super().chosen()}

    def take(self, options: Mapping[str, Any]) -> None:
        """``view``: what the ledger shows, where no ``words`` name a view that is offered; then the grouping."""
        words, view = options.get("words", AS_SEEN), options.get("view")
        if words == AS_SEEN and isinstance(view, SavedView):
            self._offer_as_seen(view)
        elif words in self._names():
            self.views.setCurrentIndex(self._names().index(words))
        super().take(options)

    def _offer_as_seen(self, view: SavedView) -> None:
        known = [(words, value) for words, value in zip(self._names(), self.views.values(), strict=True)]
        self.views.blockSignals(True)
        self.views.set_entries([(AS_SEEN, view), *(entry for entry in known if entry[0] != AS_SEEN)])
        self.views.blockSignals(False)
        self._on_view()

    def _names(self) -> Sequence[str]:
        return [self.views.itemText(number) for number in range(self.views.count())]

    def _on_view(self) -> None:
        self.grouping.choose(self.views.value().grouping)
        self.changed.emit()

    def _words(self) -> str:
        chosen = self.views.value().filter
        return "，".join(condition.words for condition in conditions(chosen, self._session.snapshot))

    def _groups(self) -> tuple[Group, ...]:
        view = self.views.value()
        return self._contents.groups(self._contents.passing(view.filter), self.grouping.value(), view.order)

    def summary(self) -> Summary:
        """The first rows."""
        session = self._session
        groups = self._groups()
        rows = [row for group in groups for row in group.rows]
        words = self._words()
        self._conditions.setText(f"条件：{words}" if words else "没有条件")
        shown = [row_texts(row, session.snapshot, session.ruleset) for row in rows[:ROWS_SHOWN]]
        cells = tuple(tuple(texts[column] for column in _COLUMNS) for texts in shown)
        heads = tuple(HEADS[column] for column in _COLUMNS)
        grouped = f"，{len(groups)} 组" if self.grouping.value() is not Grouping.NONE else ""
        lines = (f"共 {len(rows)} 场{grouped}。",) if rows else ("没有符合条件的活动，表里只有表头。",)
        title = f"{session.year} 年度活动台账"
        return Summary(title, lines, heads, cells, len(rows) - len(shown))

    def outgoing(self) -> Outgoing:
        """Called after the view."""
        view = self.views.value()
        name = f"（{view.name}）" if view.name else ""
        return Outgoing("ledger", "活动台账", f"{self._session.year}年活动台账{name}", EXCEL)

    def maker(self) -> Callable[[], Made]:
        """The bytes of the sheet."""
        session = self._session
        return partial(_made, session.snapshot, session.ruleset, self._groups(), self._words())


def _made(snapshot: YearSnapshot, ruleset: RuleSet, groups: Sequence[Group], words: str) -> Made:
    from exports.xlsx.ledger import ledger_bytes

    return Made(ledger_bytes(snapshot, ruleset, groups, conditions=words))
