"""活动表的共同部分：按季度分组，空组说明暂无安排，附频次核对。"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import NamedTuple

from exports.pdf.chart import Band, Chart
from exports.pdf.choice import ChosenEvents
from exports.pdf.desk import PrintDocument, PrintPart
from exports.pdf.items import Item, ItemGroup, clean_cell, cut_warnings, item, lettered
from exports.pdf.quarter_facts import basis_of, duty_rows, leans_on_estimate, title_of
from exports.pdf.quarter_plan import duties
from exports.pdf.table import Cell
from models.domain.events import Campaign, Event
from models.domain.periods import quarter_of
from models.domain.release_scope import quarter_named
from models.domain.rules import GroupKind, Severity
from planners.results import Cell as PeriodCell
from planners.results import YearCheck
from planners.wording import QUARTERS, estimate_mark

NOTHING_YET = "暂无安排"
UNDATED = "日期未定"


class Form(NamedTuple):
    """The columns of a table of events, 序号 first; see ``Chart``. ``spare`` ones go where all are empty."""

    heads: tuple[str, ...]
    wide: tuple[float, ...]
    narrow: tuple[float, ...]
    empty: str
    title_column: int = 2
    centred: frozenset[int] = frozenset({0, 1})
    spare: frozenset[int] = frozenset()

    def without(self, columns: frozenset[int]) -> Form:
        """The form without ``columns``, which stand to the right of the title."""
        kept = [at for at in range(len(self.heads)) if at not in columns]
        return self._replace(
            heads=tuple(self.heads[at] for at in kept),
            wide=tuple(self.wide[at] for at in kept),
            narrow=tuple(self.narrow[at] for at in kept),
            centred=frozenset(new for new, at in enumerate(kept) if at in self.centred),
            spare=frozenset(),
        )


class ListSection(NamedTuple):
    """Lines under a common title; ``remark`` stands before them, without a number.

    A section without a line says 暂无安排, unless ``silent``.
    """

    title: str
    lines: Sequence[Sequence[Cell]]
    remark: str = ""
    silent: bool = False


def event_document(
    choice: ChosenEvents,
    check: YearCheck,
    usual_title: str,
    form: Form,
    sections: Sequence[ListSection],
    *,
    summed: Sequence[PeriodCell] = (),
    leads: tuple[str, ...] = (),
    remarks: tuple[str, ...] = (),
) -> PrintDocument:
    """The sections as one numbered table; below it the duties of ``summed`` where a summary is wanted."""
    options = choice.options
    form, sections = _narrowed(form, sections)
    groups, bands = _filled(form, sections)
    parts: list[PrintPart] = [
        Chart(
            form.heads,
            form.wide,
            form.narrow,
            bands,
            form.title_column,
            form.centred,
            empty=form.empty,
            what="附行",
        )
    ]
    shown = summed if options.rule_summary else ()
    if shown:
        parts.append(duties(tuple(duty_rows(check, shown, clauses=options.clauses))))
    basis = (basis_of(check.ruleset),) if options.clauses else ()
    return PrintDocument(
        title=title_of(options, usual_title),
        parts=tuple(parts),
        items=sum(len(group.items) for group in groups),
        leads=(*basis, *leads),
        remarks=(*remarks, *_estimate(choice, shown)),
        cut=cut_warnings(groups),
    )


def _estimate(choice: ChosenEvents, cells: Iterable[PeriodCell]) -> tuple[str, ...]:
    snapshot = choice.snapshot
    if snapshot.holidays.announced or not any(map(leans_on_estimate, cells)):
        return ()
    return (f"注：{estimate_mark(snapshot.year)}；结论中标“估算”的，以正式通知为准。",)


def _narrowed(form: Form, sections: Sequence[ListSection]) -> tuple[Form, Sequence[ListSection]]:
    """The form and its lines without the spare columns that are empty everywhere."""
    lines = [cells for section in sections for cells in section.lines]
    empty = frozenset(
        at
        for at in form.spare
        if not any(clean_cell(cells[at - 1])[0] != _blank(cells[at - 1]) for cells in lines)
    )
    if not empty or not lines:
        return form, sections
    kept = [at - 1 for at in range(1, len(form.heads)) if at not in empty]
    return form.without(empty), [
        section._replace(lines=[[cells[at] for at in kept] for cells in section.lines])
        for section in sections
    ]


def _blank(cell: Cell) -> Cell:
    return "" if isinstance(cell, str) else cell._replace(parts=())


def _filled(form: Form, sections: Sequence[ListSection]) -> tuple[list[ItemGroup], tuple[Band, ...]]:
    sections = [section for section in sections if section.lines or section.remark or not section.silent]
    titled = [section for section in sections if section.title]
    titles = iter(lettered([section.title for section in titled]))
    groups, bands, number = [], [], 0
    for section in sections:
        title = next(titles) if section.title else ""
        items: list[Item] = []
        for cells in section.lines:
            number += 1
            items.append(item(number, form.heads, cells, form.title_column))
        remark = section.remark or ("" if items or section.silent else NOTHING_YET)
        if items or remark:
            groups.append(ItemGroup(title, tuple(items)))
            bands.append(Band(title, tuple(one.row for one in items), (remark,) if remark else ()))
    return groups, tuple(bands)


# ── 次序与季度 ──


def events_of(choice: ChosenEvents, campaign: Campaign) -> list[Event]:
    """The chosen events of a campaign, by start; those without a day last, in their own order."""
    chosen = [event for event in choice.snapshot.events if event.campaign is campaign and choice.takes(event)]
    return sorted(chosen, key=lambda event: (event.starts_at is None, event.starts_at))


def quarter_of_event(event: Event, year: int) -> int | None:
    """The quarter in which the event counts, else the one that the words of its time name."""
    if event.days is None:
        return quarter_named(event.raw_time, year)
    return quarter_of(event.days.first) if event.days.first.year == year else None


def quarter_sections(
    events: Iterable[Event],
    year: int,
    cells: Callable[[Event], list[Cell]],
    title: Callable[[int], str] | None = None,
    quarters: Sequence[int] = (1, 2, 3, 4),
) -> Iterator[ListSection]:
    """A section a quarter; with all four, what is of none of them comes last."""
    by_quarter: dict[int | None, list[list[Cell]]] = {}
    for event in events:
        by_quarter.setdefault(quarter_of_event(event, year), []).append(cells(event))
    for quarter in quarters:
        yield ListSection((title or quarter_name)(quarter), by_quarter.get(quarter, []))
    if len(quarters) > 1:
        yield ListSection(UNDATED, by_quarter.get(None, []), silent=True)


def quarter_name(quarter: int) -> str:
    """第二季度."""
    return f"第{QUARTERS[quarter - 1]}季度"


def duties_of(check: YearCheck, campaign: Campaign) -> list[PeriodCell]:
    """The hard period cells of a campaign's rules."""
    return [
        cell
        for cell in check.cells
        if cell.severity is Severity.HARD and campaign in check.ruleset.rule(cell.rule).campaigns
    ]


def hints_of(check: YearCheck, campaign: Campaign, group: GroupKind) -> list[PeriodCell]:
    """The cells of the advising rule that counts a campaign in the groups of ``group``."""
    advising = [r for r in check.ruleset.counting(campaign, group) if r.severity is Severity.HINT]
    return [cell for cell in check.cells if advising and cell.rule == advising[0].code]
