"""建议的话：补哪里、建议哪天、单位与主题、地点、范围与小结。"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import date

from gui.planning.proposal.choices import ProposalRow
from gui.session.redaction import redacted
from models.domain.attendance import Decision, Meeting
from models.domain.events import Event
from models.domain.rules import Severity
from models.domain.snapshot import ItemKind, YearSnapshot
from models.domain.units import Venue
from planners import wording
from planners.proposals import Entry, Open, Proposal, Way
from planners.results import YearCheck

STALE = "已变化"
REJECTED = "已拒绝"
NOTHING = "—"


def suggestion_words(entry: Entry, snapshot: YearSnapshot) -> str:
    """What an entry proposes, as short as its box: 6月23日 周三 14:00, 移至 8月16日 周一, 取消."""
    if entry.way is Way.REMOVE:
        return "取消"
    event = entry.event
    if event is None:
        return _meeting_words(entry, snapshot)
    if event.starts_at is None:
        return "待定"
    before = entry.changes[0].before
    if entry.way is Way.MOVE and isinstance(before, Event) and before.day != event.day:
        return f"移至 {wording.day_label(event.starts_at.date())}"
    if not event.is_timed:
        return wording.day_label(event.starts_at.date())
    return wording.moment_label(event.starts_at)


def _meeting_words(entry: Entry, snapshot: YearSnapshot) -> str:
    meeting = meeting_of(entry, snapshot)
    if meeting is None:
        return entry.way.label
    day = wording.day_label(meeting.starts_at.date()) if meeting.starts_at else ""
    return day or meeting.number or meeting.body


def meeting_of(entry: Entry, snapshot: YearSnapshot) -> Meeting | None:
    """The meeting to which an entry assigns its decision."""
    after = entry.changes[0].after
    if not isinstance(after, Decision) or after.meeting is None:
        return None
    found = snapshot.item(ItemKind.MEETING, after.meeting)
    return found if isinstance(found, Meeting) else None


def now_words(row: ProposalRow) -> str:
    """What stands there now; 已变化 or 已拒绝 before it, and what only a person can decide."""
    if row.rejected:
        return REJECTED
    if row.is_stale:
        return STALE
    now = row.entry.now
    return now if now and now != NOTHING else row.entry.human or NOTHING


def who_words(entry: Entry, snapshot: YearSnapshot) -> str:
    """Who and about what: 区商务委 · 消费促进."""
    item = entry.changes[0].after or entry.changes[0].before
    if isinstance(item, Event):
        parts = [_units(item.lead_units or item.responsible_units or item.towns, snapshot)]
        parts.append(item.short or item.title)
    elif isinstance(item, Decision):
        parts = [snapshot.unit_name(item.unit) if item.unit else "", item.title]
    else:
        parts = [str(getattr(item, "title", "") or getattr(item, "name", ""))]
    return " · ".join(part for part in parts if part) or NOTHING


def _units(keys: tuple[str, ...], snapshot: YearSnapshot) -> str:
    if not keys:
        return ""
    return snapshot.unit_name(keys[0]) + (f"等 {len(keys)} 家" if len(keys) > 1 else "")


def place_words(entry: Entry, snapshot: YearSnapshot) -> str:
    """Where: the place without the name of the unit that owns it (“宝你汇”直播间)."""
    event = entry.event
    if event is None:
        meeting = meeting_of(entry, snapshot)
        return (meeting.number or meeting.body) if meeting else NOTHING
    place = snapshot.place_of(event)
    venue = snapshot.item(ItemKind.VENUE, event.venue) if event.venue else None
    if isinstance(venue, Venue) and venue.unit and place == venue.name:
        owner = snapshot.unit_name(venue.unit)
        place = place.removeprefix(owner) or place
    return place or NOTHING


def row_sentence(row: ProposalRow, snapshot: YearSnapshot) -> str:
    """A row in one sentence, for screen readers and tooltips; delegates masked."""
    entry = row.entry
    state = "已勾选" if row.ticked else "未勾选"
    parts = [state, entry.label, now_words(row), suggestion_words(entry, snapshot)]
    parts += [who_words(entry, snapshot), place_words(entry, snapshot), entry.way.label]
    parts += [objection.text for objection in row.objections]
    return redacted("，".join(part for part in parts if part and part != NOTHING))


def summary_words(proposal: Proposal, check: YearCheck, seconds: float | None) -> str:
    """补 6 处缺口、宜办增 2 场、挪 1 场，用时 1.8 秒，已到最优."""
    counts = _counts(proposal.entries, check)
    done = [f"{verb} {counts[verb]} {unit}" for verb, unit in _SORTS if counts[verb]]
    parts = ["、".join(done)] if done else []
    if seconds is not None:
        parts.append(f"用时 {seconds:.1f} 秒")
    parts.append(_quality(proposal))
    return "，".join(part for part in parts if part)


_SORTS = (
    ("补", "处缺口"), ("宜办增", "场"), ("定", "场日期"), ("另增", "场"), ("挪", "场"), ("排", "项决策事项"), ("取消", "场"),
)  # fmt: skip
_VERBS = {Way.MOVE: "挪", Way.ASSIGN: "排", Way.REMOVE: "取消"}


def _counts(entries: Iterable[Entry], check: YearCheck) -> Counter[str]:
    """Entries by what they do; beyond what a hard cell lacks they are 宜办."""
    lacking = {
        (cell.rule, cell.first, cell.group): cell.shortfall
        for cell in check.cells
        if cell.severity is Severity.HARD and cell.state.is_mendable
    }
    counts: Counter[str] = Counter()
    for entry in entries:
        places = [(target.rule, target.first, target.group) for target in entry.targets]
        short = next((place for place in places if lacking.get(place, 0) > 0), None)
        if entry.way in _VERBS:
            counts[_VERBS[entry.way]] += 1
        elif short is not None:
            lacking[short] -= 1
            counts["补"] += 1
        else:
            counts["宜办增" if places else "定" if entry.way is Way.DATE else "另增"] += 1
    return counts


def _quality(proposal: Proposal) -> str:
    if proposal.needed_moves is not None:
        return f"改动数不够，至少须改 {proposal.needed_moves} 场"
    if not proposal.entries:
        return ""
    if proposal.proved or (proposal.cost is not None and proposal.cost == proposal.bound):
        return "已到最优"
    if proposal.cost is not None and proposal.bound is not None:
        return f"距下界 {proposal.cost - proposal.bound} 分"
    return ""


def search_words(proposal: Proposal) -> str:
    """How the proposal came about, for the tooltip of the summary: score by term, bound, seed, effort."""
    lines = []
    if proposal.cost is not None:
        bound = f"，下界 {proposal.bound}" if proposal.bound is not None else ""
        lines.append(f"得分 {proposal.cost}（越低越好）{bound}")
        lines += [f"　{name}：{cost}" for name, cost in proposal.terms if cost]
    if proposal.effort:
        lines.append(f"种子 {proposal.seed} · 运算 {proposal.effort} 步：同样的数据与种子得到同样的方案")
    return "\n".join(lines)


def scope_words(proposal: Proposal) -> str:
    """范围：6月15日—12月31日 · 不动“已确认”与“已举办”."""
    return f"范围：{_day(proposal.first, proposal.year)}—{_day(proposal.last, proposal.year)} · 不动“已确认”与“已举办”"


def _day(day: date, year: int) -> str:
    return wording.short_day(day, year)


def diagnosis_text(proposal: Proposal) -> str:
    """The open demands of a proposal with causes, constraints and repairs; no names of persons."""
    return "\n".join(_lines(proposal)) + "\n"


def _lines(proposal: Proposal) -> Iterator[str]:
    yield f"{proposal.title} · {proposal.year} 年度 · 诊断"
    yield f"依据：{proposal.today.isoformat()} 的数据，第 {proposal.revision} 次改动之后"
    yield scope_words(proposal)
    yield f"已有建议 {len(proposal.entries)} 项，没有补上 {len(proposal.open)} 项"
    if words := search_words(proposal):
        yield words
    if proposal.needed_moves is not None:
        yield f"改动数不够：至少须改 {proposal.needed_moves} 场。"
    for title, person in (("仍无法满足", False), ("暂不处理", True)):
        found = [one for one in proposal.open if one.for_person is person]
        if found:
            yield ""
            yield f"{title} {len(found)} 项"
            for number, one in enumerate(found, 1):
                yield from _open_lines(number, one)


def _open_lines(number: int, one: Open) -> Iterator[str]:
    yield f"{number}. {one.label}（{one.cause.label}）：{one.text}"
    if one.blocking:
        yield f"   相关约束：{'、'.join(one.blocking)}"
    for repair in one.repairs:
        relaxed = f"（放宽 {'、'.join(repair.relax)}）" if repair.relax else ""
        yield f"   可试：{repair.text}{relaxed}"
