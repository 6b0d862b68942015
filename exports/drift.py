"""核对：同事手里的日历，或印件页脚的校验码，是哪一份印发稿，还缺什么。"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime
from typing import NamedTuple
from urllib.parse import unquote

from exports.calendar_folder import Scope
from exports.ical import (
    alarms_of,
    blocks_of,
    calendar_name,
    calendar_uid,
    entries_of,
    units_of,
    whole_calendar,
)
from exports.ical_deadlines import is_deadline_uid
from exports.ical_event import event_uid
from exports.ical_left import left_entries
from exports.ical_reading import CalendarFile, Component, read_calendar
from exports.printed_codes import LONGEST_TEXT, codes_in, foot_of, releases_named_in
from models.domain.errors import InputError
from models.domain.events import Campaign, Labelled
from models.domain.masking import Masks, masks_of
from models.domain.snapshot import YearSnapshot
from models.domain.text import quoted
from planners.masked import masked_check
from planners.results import YearCheck

MOST_BYTES = 20_000_000
"""Of a file that is checked."""
NOTHING = "没有核对。"

_OUR_UID = re.compile(r"(\d{4})-(.+)@([0-9A-Za-z-]+)")
_FIELDS = (("SUMMARY", "名称"), ("LOCATION", "地点"), ("DESCRIPTION", "说明"))


class Candidate(NamedTuple):
    """A state of the year that the file may be: a release, or the draft.

    ``digest`` and ``number`` are a release's own. ``check``: what the rules said then; with it the codes of the
    quarters' plans can be told too.
    """

    label: str
    snapshot: YearSnapshot
    digest: str = ""
    number: int | None = None
    check: YearCheck | None = None


class DriftKind(Labelled):
    """How a colleague's copy of an event differs from a state of the plan."""

    MISSING = "missing", "缺少"
    OUTDATED = "outdated", "不同"
    NOT_CANCELLED = "not_cancelled", "没有标出取消"
    EXTRA = "extra", "多出"


class Drift(NamedTuple):
    """One event that differs: its title and day in words, and in what it differs (theirs → ours)."""

    kind: DriftKind
    title: str
    day: str
    words: str = ""


class DriftComparison(NamedTuple):
    """The file beside one state of the plan; without drifts it is exactly that state."""

    label: str
    drifts: tuple[Drift, ...]


class DriftReport(NamedTuple):
    """What a file or code is. ``comparisons`` in the order of the candidates; none for a code.

    ``matches``: the labels that it is exactly. ``scope``: whose calendar. ``note``: what people should know.
    """

    what: str
    scope: str
    matches: tuple[str, ...]
    comparisons: tuple[DriftComparison, ...] = ()
    note: str = ""
    problems: tuple[str, ...] = ()

    @property
    def nearest(self) -> DriftComparison | None:
        """The state that it differs least from; of several the latest."""
        found = None
        for comparison in self.comparisons:
            if found is None or len(comparison.drifts) <= len(found.drifts):
                found = comparison
        return found

    @property
    def latest(self) -> DriftComparison | None:
        """The file beside the last candidate."""
        return self.comparisons[-1] if self.comparisons else None

    @property
    def words(self) -> str:
        """The answer in one or two sentences."""
        if self.matches:
            first = f"{self.what}与{'、'.join(self.matches)}一致。"
        elif self.nearest is not None:
            first = f"{self.what}与哪一份都不完全一致，最接近{self.nearest.label}（差 {len(self.nearest.drifts)} 处）。"
        else:
            first = f"{self.what}：没有找到对应的印发稿。"
        latest = self.latest
        if latest is not None and latest.drifts and latest.label not in self.matches:
            counts = (f"{kind.label} {count}" for kind in DriftKind if (count := _count(latest.drifts, kind)))
            first += f"与{latest.label}相比：{'，'.join(counts)}。"
        return first + self.note


def _count(drifts: Iterable[Drift], kind: DriftKind) -> int:
    return sum(drift.kind is kind for drift in drifts)


def against(data: bytes, candidates: Sequence[Candidate], name: str = "") -> DriftReport:
    """What the file or text ``data`` is: a calendar, a print of ours (PDF, Word), or a code in a text of a few words."""
    if b"BEGIN:VCALENDAR" in data[:LONGEST_TEXT].upper().replace(b"\x00", b""):
        return drift_of_calendar(data, candidates, name)
    if foot := foot_of(data, name):
        return drift_of_code(foot, candidates)
    shown = quoted(name) if name else "这个文件"
    raise InputError(
        f"{shown}既不是日历，也没有校验码。",
        "没有核对。",
        "请选 .ics 文件或本程序的印件（.pdf、.docx），或输入页脚的校验码。",
    )


def drift_of_calendar(data: bytes, candidates: Sequence[Candidate], name: str = "") -> DriftReport:
    """The calendar ``data`` beside every candidate. ``InputError`` where it is none, or not one of this year.

    Compared are the events of its scope by UID: SEQUENCE, title, times, place, description, whether it is on.
    What programs add or drop besides (alarms, colours, their own stamps) does not count, deadlines neither.
    """
    candidates, masks = _masked(candidates)
    file = read_calendar(data, name)
    theirs = {
        key[1]: found
        for key, found in file.newest().items()
        if key[0] == "VEVENT" and not is_deadline_uid(key[1])
    }
    if not candidates:
        raise InputError("还没有可以比较的计划。", "没有核对。")
    latest = candidates[-1].snapshot
    _require_own(_origin(file), latest)
    scope, keys, told = _scope_of(file, theirs, latest)
    drafts = _holds_drafts(theirs)
    comparisons = tuple(
        DriftComparison(
            candidate.label,
            tuple(
                _drifts(
                    theirs,
                    _expected(candidate.snapshot, scope, keys, drafts=drafts),
                    _left(candidate.snapshot, [one.snapshot for one in candidates[:at]], scope),
                )
            ),
        )
        for at, candidate in enumerate(candidates)
    )
    matches = tuple(comparison.label for comparison in comparisons if not comparison.drifts)
    subject = "选中的活动" if keys else calendar_name(latest, campaign=scope.campaign, unit=scope.unit)
    note = "" if told else "文件里没有写明是谁的日历，按活动推断。"
    return masks.whole(DriftReport("这份日历", subject, matches, comparisons, note, file.problems))


def drift_of_code(text: str, candidates: Sequence[Candidate]) -> DriftReport:
    """What the code (or the whole foot line) ``text`` belongs to.

    A release's own digest, or the first six or more characters of it, tells the release, whatever was printed.
    The code of a print's contents depends on its kind and options: that of a quarter's plan with the usual
    options is worked out for every candidate that carries its check.
    """
    candidates, _ = _masked(candidates)
    codes = codes_in(text)
    matches = [
        candidate.label
        for candidate in candidates
        if candidate.digest and any(candidate.digest.upper().startswith(code) for code in codes)
    ]
    scope = ""
    if not matches:
        for candidate in candidates:
            for code, title in _print_codes(candidate):
                if code.upper() in codes:
                    matches.append(candidate.label)
                    scope = title
    named = releases_named_in(text)
    note = ""
    if not matches and named and (found := [c.label for c in candidates if c.number in named]):
        note = f"页脚写的是{'、'.join(found)}，但校验码对不上：可能抄错，或印件被改动过。"
    elif not matches:
        note = "可能抄错，或是用别的选项、从草案打印的；请核对校验码，或改用日历文件核对。"
    return DriftReport(f"校验码 {'、'.join(codes)}", scope, tuple(dict.fromkeys(matches)), note=note)


def _masked(candidates: Sequence[Candidate]) -> tuple[tuple[Candidate, ...], Masks]:
    """The states as they leave the office, delegates hidden: so they were when the file was written."""
    masks = masks_of(*(candidate.snapshot for candidate in candidates))
    return tuple(
        candidate._replace(
            label=masks.text(candidate.label),
            snapshot=masks.year(candidate.snapshot),
            check=masked_check(candidate.check, masks) if candidate.check else None,
        )
        for candidate in candidates
    ), masks


def _print_codes(candidate: Candidate) -> Iterator[tuple[str, str]]:
    """The codes of the quarters' plans."""
    from exports.pdf.quarter_facts import quarter_facts

    if candidate.check is None:
        return
    for quarter in range(1, 5):
        facts = quarter_facts(candidate.snapshot, candidate.check, quarter)
        yield facts.digest, facts.title


def _origin(file: CalendarFile) -> tuple[int, str] | None:
    """Year and installation in the UIDs, by the most of them."""
    counts: dict[tuple[int, str], int] = {}
    for component in file.components:
        if found := _OUR_UID.fullmatch(component.uid):
            origin = int(found[1]), found[3]
            counts[origin] = counts.get(origin, 0) + 1
    return max(counts, key=lambda origin: counts[origin]) if counts else None


def _require_own(origin: tuple[int, str] | None, snapshot: YearSnapshot) -> None:
    if origin is None or origin[1] != snapshot.installation:
        raise InputError(
            "这份日历不是从这个数据文件导出的。", "没有核对。", "只能核对本程序从同一数据文件导出的日历。"
        )
    if origin[0] != snapshot.year:
        raise InputError(f"这份日历是{origin[0]}年的。", "没有核对。", f"请先打开{origin[0]}年度。")


def _scope_of(
    file: CalendarFile, theirs: Mapping[str, Component], snapshot: YearSnapshot
) -> tuple[Scope, frozenset[str] | None, bool]:
    """Whose calendar the file is (or which events alone), and whether the file says so itself."""
    told = file.value("UID").strip()
    scopes = _known_scopes(snapshot)
    if told in scopes:
        return scopes[told], None, True
    keys = frozenset(unquote(found[2]) for uid in theirs if (found := _OUR_UID.fullmatch(uid)))
    if len(keys) <= 1:
        return Scope(), keys, True
    best, score = Scope(), -1.0
    members: dict[Scope, set[str]] = {}
    for entry in entries_of(snapshot):
        event = entry.event
        for scope in {Scope(), Scope(event.campaign), *(Scope(None, unit) for unit in units_of(event))}:
            members.setdefault(scope, set()).add(event.key)
    for scope in scopes.values():
        known = members.get(scope, set())
        fits = len(known & keys) / len(known | keys)
        if fits > score:
            best, score = scope, fits
    return best, None, False


def _known_scopes(snapshot: YearSnapshot) -> dict[str, Scope]:
    scopes = [Scope(), *map(Scope, Campaign), *(Scope(None, unit.key) for unit in snapshot.units)]
    return {calendar_uid(snapshot, campaign=scope.campaign, unit=scope.unit): scope for scope in scopes}


def _holds_drafts(theirs: Mapping[str, Component]) -> bool:
    """Whether the file was written with drafts: one of its titles bears their mark."""
    return any(component.value("SUMMARY").startswith("【草案】") for component in theirs.values())


def _expected(
    snapshot: YearSnapshot, scope: Scope, keys: frozenset[str] | None, *, drafts: bool
) -> dict[str, Component]:
    """What a file of the same scope holds when it is written from ``snapshot``."""
    entries = entries_of(snapshot, campaign=scope.campaign, unit=scope.unit, keys=keys, drafts=drafts)
    if not entries:
        return {}
    data = whole_calendar((), blocks_of(snapshot, entries, alarms_of(snapshot.year_row), drafts=drafts))
    uids = [event_uid(snapshot, entry.event.key) for entry in entries]
    return dict(zip(uids, read_calendar(data).components, strict=True))


def _left(snapshot: YearSnapshot, earlier: Sequence[YearSnapshot], scope: Scope) -> frozenset[str]:
    """The UIDs of what has left the scope since ``earlier`` states; a file written now cancels it."""
    found = left_entries(snapshot, earlier, campaign=scope.campaign, unit=scope.unit)
    return frozenset(event_uid(snapshot, entry.event.key) for entry in found)


def _drifts(
    theirs: Mapping[str, Component], ours: Mapping[str, Component], left: frozenset[str]
) -> Iterator[Drift]:
    for uid, our in ours.items():
        their = theirs.get(uid)
        if their is None:
            if not our.cancelled:
                yield Drift(DriftKind.MISSING, our.text("SUMMARY"), _day_words(our.moment("DTSTART")))
        elif our.cancelled and not their.cancelled:
            yield Drift(DriftKind.NOT_CANCELLED, our.text("SUMMARY"), _day_words(our.moment("DTSTART")))
        elif words := _difference(their, our):
            yield Drift(DriftKind.OUTDATED, our.text("SUMMARY"), _day_words(our.moment("DTSTART")), words)
    for uid, their in theirs.items():
        if uid not in ours and not their.cancelled:
            kind = DriftKind.NOT_CANCELLED if uid in left else DriftKind.EXTRA
            words = "已不属于这份日历" if uid in left else ""
            yield Drift(kind, their.text("SUMMARY"), _day_words(their.moment("DTSTART")), words)


def _difference(their: Component, our: Component) -> str:
    """In what they differ, theirs → ours; "" where they say the same."""
    found = []
    before, after = ((one.moment("DTSTART"), one.moment("DTEND")) for one in (their, our))
    if before != after:
        found.append(f"时间 {_span_words(*before)} → {_span_words(*after)}")
    for name, word in _FIELDS:
        before_text, after_text = _plain(their, name), _plain(our, name)
        if before_text != after_text:
            short = name != "DESCRIPTION"
            found.append(f"{word} {before_text or '无'} → {after_text or '无'}" if short else f"{word}有改动")
    if their.cancelled != our.cancelled:
        found.append("对方标为取消" if their.cancelled else "已取消")
    elif not found and their.value("STATUS").strip().upper() != our.value("STATUS"):
        found.append("暂定 → 已确认" if our.value("STATUS") == "CONFIRMED" else "已确认 → 暂定")
    if not found and their.sequence != our.sequence:
        found.append(f"改动次数 {their.sequence} → {our.sequence}")
    return "；".join(found)


def _plain(component: Component, name: str) -> str:
    return " ".join(component.text(name).split())


def _day_words(moment: datetime | date | None) -> str:
    if moment is None:
        return "日期不明"
    day = f"{moment.month}月{moment.day}日"
    return f"{day} {moment:%H:%M}" if isinstance(moment, datetime) else day


def _span_words(start: datetime | date | None, end: datetime | date | None) -> str:
    if isinstance(start, datetime) and isinstance(end, datetime) and start.date() == end.date():
        return f"{_day_words(start)}–{end:%H:%M}"
    return _day_words(start)
