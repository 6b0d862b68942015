"""搜索的索引：年度里找得到的东西各是一条；查询给出分组的结果，最像的在前。"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from heapq import nsmallest
from typing import NamedTuple

from models.domain.events import Campaign, Event, EventStatus, Labelled
from models.domain.rules import RuleSet, clause_words
from models.domain.snapshot import YearSnapshot
from models.domain.units import Unit
from planners.ledger_rows import searched_text
from planners.search_dates import day_note, found_days
from planners.text_match import Needles, squeezed
from planners.wording import day_label, time_label

EXACT, BEGINS, NAMED, INSIDE = range(4)
"""How well an entry fits: its name is what was typed, begins with it, holds it; or only its text does."""


class SearchKind(Labelled):
    """What can be found, in the order in which equally good groups stand."""

    EVENT = "event", "活动"
    UNIT = "unit", "单位"
    PLACE = "place", "场地与学校"
    RULE = "rule", "条文与规则"
    DECISION = "decision", "决策事项"
    POLICY = "policy", "政策文件"
    COMMAND = "command", "命令"
    DATE = "date", "日期"


class SearchEntry(NamedTuple):
    """One thing that can be found; ``key`` names it among those of its kind and year (0: of no year).

    ``note``: what else is to be known of it; that of an event is written where it is shown (``event_note``).
    ``heads`` (names, one a line) and ``text`` are ``haystack``-like: what is searched. ``order``: the lower
    stands first among equally good ones. ``faded``: it is there, but past use (a cancelled event, a command
    that cannot be given now).
    """

    kind: SearchKind
    key: str
    title: str
    note: str = ""
    heads: str = ""
    text: str = ""
    order: int = 0
    year: int = 0
    tile: Campaign | None = None
    faded: bool = False
    shortcut: str = ""

    @property
    def name(self) -> tuple[str, int, str]:
        """Kind, year and key: what a choice is remembered by."""
        return str(self.kind), self.year, self.key


class SearchGroup(NamedTuple):
    """The best entries of one kind, and how many there are in all."""

    kind: SearchKind
    entries: tuple[SearchEntry, ...]
    total: int


def search(
    entries: Iterable[SearchEntry], query: str, wanted: Needles, *, most: int = 6
) -> tuple[SearchGroup, ...]:
    """The entries that hold every one of ``wanted`` (the ``needles`` of ``query``), ``most`` a kind.

    The kind with the best fit comes first.
    """
    if not wanted:
        return ()
    plain, left = squeezed(query), entries
    for pattern in wanted:
        holds = pattern.search
        left = [entry for entry in left if holds(entry.text)]
    ranked: dict[SearchKind, list[tuple[int, int, int, SearchEntry]]] = {}
    for place, entry in enumerate(left):
        rank = fit_of(entry.heads, plain, wanted)
        ranked.setdefault(entry.kind, []).append((rank, entry.order, place, entry))
    groups = []
    for kind in SearchKind:
        if found := ranked.get(kind):
            first = nsmallest(most, found)
            best = tuple(entry for *_, entry in first)
            groups.append((first[0][0], SearchGroup(kind, best, len(found))))
    groups.sort(key=lambda group: group[0])
    return tuple(group for _, group in groups)


def fit_of(heads: str, plain: str, wanted: Needles) -> int:
    """How well the names ``heads`` fit: EXACT, BEGINS, NAMED or INSIDE."""
    if plain in heads and plain in heads.split("\n"):
        return EXACT
    worst = BEGINS
    for pattern in wanted:
        found = pattern.search(heads)
        if found is None:
            return INSIDE
        if found.start() and heads[found.start() - 1] != "\n":
            worst = NAMED
    return worst


def found_spans(title: str, wanted: Needles) -> tuple[tuple[int, int], ...]:
    """Where in ``title`` the words were found, (start, end) each, in order and apart."""
    kept = [(place, squeezed(character)) for place, character in enumerate(title)]
    places = [place for place, bare in kept for _ in bare]
    text = "".join(bare for _, bare in kept)
    spans = sorted(
        (places[found.start()], places[found.end() - 1] + 1)
        for pattern in wanted
        if (found := pattern.search(text)) and found.end() > found.start()
    )
    merged: list[tuple[int, int]] = []
    for start, end in spans:
        if merged and start <= merged[-1][1]:
            merged[-1] = merged[-1][0], max(end, merged[-1][1])
        else:
            merged.append((start, end))
    return tuple(merged)


# what a year holds


def listed_entries(snapshot: YearSnapshot, ruleset: RuleSet) -> tuple[SearchEntry, ...]:
    """Everything of a year that can be found, events and dates apart."""
    rules = _rules(ruleset, snapshot.year)
    return (*_units(snapshot), *_places(snapshot), *rules, *_decisions(snapshot), *_policies(snapshot))


def event_entries(snapshot: YearSnapshot, today: date) -> tuple[SearchEntry, ...]:
    """The events of a year."""
    return tuple(event_entry(event, snapshot, today) for event in snapshot.events)


def event_entry(event: Event, snapshot: YearSnapshot, today: date) -> SearchEntry:
    """One event: the nearest to ``today`` stand first, cancelled ones last."""
    day = event.day_words or "待定"
    words = squeezed(f"{event.campaign.label}\n{day}\n{_status(event, today)}\n{snapshot.year}年")
    return SearchEntry(
        SearchKind.EVENT,
        event.key,
        event.title,
        heads=squeezed(f"{event.title}\n{event.short}"),
        text=f"{searched_text(event, snapshot)}\n{words}",
        order=_distance(event, today),
        year=snapshot.year,
        tile=event.campaign,
        faded=event.status is EventStatus.CANCELLED,
    )


def event_note(event: Event, snapshot: YearSnapshot, today: date) -> str:
    """6月18日 周五 09:00–11:00 · 区司法局 · 已排: written for the few that are shown only."""
    when = time_label(event)
    if event.latest_day is not None and event.latest_day.year != today.year:
        when = f"{event.latest_day.year}年{when}"
    unit = snapshot.unit_name(event.lead_units[0]) if event.lead_units else ""
    return " · ".join(filter(None, (when, unit, _status(event, today))))


def _status(event: Event, today: date) -> str:
    return "待登记" if event.awaits_result(today) else event.status_label


def _distance(event: Event, today: date) -> int:
    """Days from today, past ones after those to come; undated ones behind the year to come."""
    away = 400 if event.latest_day is None else (event.latest_day - today).days
    distance = 2 * away if away >= 0 else -2 * away + 1
    return distance + (100_000 if event.status is EventStatus.CANCELLED else 0)


def _units(snapshot: YearSnapshot) -> Iterator[SearchEntry]:
    counts: dict[str, int] = {}
    for event in snapshot.events:
        for key in (*event.units, *event.towns):
            counts[key] = counts.get(key, 0) + 1
    for place, unit in enumerate(snapshot.units):
        count = counts.get(unit.key, 0)
        note = f"{unit.kind.label} · {f'{count} 场活动' if count else '本年没有活动'}"
        heads = squeezed("\n".join((unit.name, *unit.aliases)))
        text = f"{heads}\n{squeezed(unit.kind.label)}"
        yield SearchEntry(
            SearchKind.UNIT, unit.key, _unit_title(unit), note, heads, text, place, snapshot.year
        )


def _unit_title(unit: Unit) -> str:
    return f"{unit.name}（{'、'.join(unit.aliases)}）" if unit.aliases else unit.name


def _places(snapshot: YearSnapshot) -> Iterator[SearchEntry]:
    """Venues, then schools; both are found by name and what belongs to them."""
    for place, venue in enumerate(snapshot.venues):
        owner = snapshot.unit_name(venue.unit) if venue.unit else ""
        room = f"可容 {venue.capacity} 人" if venue.capacity else ""
        note = " · ".join(filter(None, ("场地", venue.address, owner, room)))
        yield _place(venue.name, venue.key, note, (venue.address, owner, "场地"), place, snapshot.year)
    for place, school in enumerate(snapshot.schools, start=len(snapshot.venues)):
        stages = "、".join(stage.label for stage in school.stages)
        note = " · ".join(filter(None, ("学校", stages)))
        yield _place(school.name, school.key, note, (stages, "学校"), place, snapshot.year)


def _place(name: str, key: str, note: str, more: Sequence[str], order: int, year: int) -> SearchEntry:
    heads = squeezed(name)
    text = "\n".join((heads, *map(squeezed, more)))
    return SearchEntry(SearchKind.PLACE, key, name, note, heads, text, order, year)


def _rules(ruleset: RuleSet, year: int) -> Iterator[SearchEntry]:
    for place, rule in enumerate(ruleset.rules):
        clause = clause_words(rule.clause)
        heads = squeezed(f"{rule.title}\n{clause}")
        text = f"{heads}\n{squeezed(rule.quote)}\n{squeezed(rule.severity.label)}"
        tile = rule.campaigns[0] if rule.campaigns else None
        note = f"{clause} · {rule.quote}"
        yield SearchEntry(SearchKind.RULE, rule.code, rule.title, note, heads, text, place, year, tile)


def _decisions(snapshot: YearSnapshot) -> Iterator[SearchEntry]:
    for place, decision in enumerate(snapshot.decisions):
        unit = snapshot.unit_name(decision.unit) if decision.unit else ""
        meeting = next((m for m in snapshot.meetings if m.key == decision.meeting), None)
        when = ""
        if meeting is not None and meeting.starts_at is not None:
            when = f"{meeting.body} {day_label(meeting.starts_at.date())}"
        note = " · ".join(filter(None, (decision.body.label, unit, when)))
        heads = squeezed(decision.title)
        text = f"{heads}\n{squeezed(note)}"
        yield SearchEntry(
            SearchKind.DECISION, decision.key, decision.title, note, heads, text, place, snapshot.year
        )


def _policies(snapshot: YearSnapshot) -> Iterator[SearchEntry]:
    for place, policy in enumerate(snapshot.policies):
        unit = snapshot.unit_name(policy.unit) if policy.unit else ""
        published = f"{day_label(policy.published_on)}发布" if policy.published_on else "未发布"
        note = " · ".join(filter(None, (policy.number, unit or policy.issuer, published)))
        heads = squeezed(policy.title)
        text = f"{heads}\n{squeezed(note)}\n{squeezed(policy.issuer)}"
        yield SearchEntry(
            SearchKind.POLICY, policy.key, policy.title, note, heads, text, place, snapshot.year
        )


# what is made of the query itself


def date_group(query: str, snapshot: YearSnapshot, today: date) -> SearchGroup | None:
    """The days that ``query`` names; None where it names none."""
    found = found_days(query, snapshot, today)
    entries = tuple(
        SearchEntry(SearchKind.DATE, day.day.isoformat(), day.words, day.note, year=day.day.year)
        for day in found
    )
    return SearchGroup(SearchKind.DATE, entries, len(entries)) if entries else None


def date_entry(key: str, snapshot: YearSnapshot) -> SearchEntry | None:
    """The entry of a day by its key; None for what is no day."""
    try:
        day = date.fromisoformat(key)
    except ValueError:
        return None
    return SearchEntry(SearchKind.DATE, key, day_label(day), day_note(day, snapshot), year=day.year)
