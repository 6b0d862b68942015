"""《佐证清单》：每场已举办的活动有哪些佐证材料，还缺哪些。"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from exports.pdf.choice import ChosenEvents
from exports.pdf.desk import PrintDocument
from exports.pdf.event_list import Form, ListSection, event_document, quarter_name, quarter_of_event
from exports.pdf.quarter_facts import campaign_title
from exports.pdf.table import Cell, Listing
from exports.pdf.times import printed_time
from exports.print_options import PrintOptions
from models.domain.events import Campaign, Event, EventStatus
from models.domain.papers import Evidence, EvidenceKind
from models.domain.snapshot import YearSnapshot
from planners.evidence import evidence_by_event, kinds_lacking, needed_kinds
from planners.results import YearCheck

_KINDS = (
    EvidenceKind.SIGN_IN,
    EvidenceKind.PHOTO,
    EvidenceKind.LINK,
    EvidenceKind.QUESTIONNAIRE,
    EvidenceKind.PRESS,
)
_FORM = Form(
    ("序号", "时间", "活动名称", "牵头单位", *(kind.label for kind in _KINDS), "其他材料", "尚缺"),
    (9, 36, 46, 26, 15, 15, 15, 15, 14, 20, 26),
    (8, 27, 30, 17, 10, 10, 10, 10, 10, 13, 16),
    "没有已举办的活动",
    centred=frozenset({0, 1, 4, 5, 6, 7, 8}),
)
_ASKED, _NOT_ASKED = "缺", "—"


def evidence_list(
    snapshot: YearSnapshot, check: YearCheck, options: PrintOptions
) -> tuple[PrintDocument, ...]:
    """Every held event of the quarter (or year), with how many pieces of each kind it has.

    「缺」 where a kind is asked for and missing, 「—」 where it is neither there nor asked for.
    """
    choice = ChosenEvents(snapshot, options._replace(rule_summary=False, clauses=False))
    events = [event for event in snapshot.events if _is_listed(choice, event)]
    files, settings = evidence_by_event(snapshot), dict(snapshot.year_row.settings)
    lacking = {event.key: kinds_lacking(event, files.get(event.key, ()), settings) for event in events}
    sections = []
    for campaign in Campaign:
        chosen = [event for event in events if event.campaign is campaign]
        lines = [
            _cells(choice, event, files.get(event.key, ()), lacking[event.key])
            for event in sorted(chosen, key=lambda event: (event.starts_at is None, event.starts_at))
        ]
        title = campaign_title(snapshot, check.ruleset, campaign, 1, clauses=False).partition("　")[0]
        sections.append(ListSection(title, lines, silent=True))
    when = quarter_name(options.quarter) if options.quarter else ""
    usual = f"{snapshot.year_row.district}{snapshot.year}年{when}活动佐证材料清单"
    filled = [section for section in sections if section.lines]
    return (event_document(choice, check, usual, _FORM, filled, remarks=_summary(events, lacking)),)


def _is_listed(choice: ChosenEvents, event: Event) -> bool:
    quarter = choice.options.quarter
    return (
        event.status is EventStatus.HELD
        and choice.takes(event)
        and (quarter is None or quarter_of_event(event, choice.snapshot.year) == quarter)
    )


def _cells(
    choice: ChosenEvents, event: Event, items: Sequence[Evidence], lacking: Sequence[EvidenceKind]
) -> list[Cell]:
    asked = needed_kinds(event, dict(choice.snapshot.year_row.settings))
    others = [item for item in items if item.kind not in _KINDS]
    return [
        printed_time(event),
        event.title,
        choice.names(event.lead_units),
        *(_count(event, items, kind, asked=kind in asked, lacking=kind in lacking) for kind in _KINDS),
        Listing(tuple(item.title or item.file_name or item.kind.label for item in others)),
        Listing(tuple(kind.label for kind in lacking)) if lacking else "齐全",
    ]


def _count(event: Event, items: Iterable[Evidence], kind: EvidenceKind, *, asked: bool, lacking: bool) -> str:
    """How many there are; a link at the event itself is one."""
    found = sum(item.kind is kind for item in items)
    if kind is EvidenceKind.LINK and event.url.strip():
        found += 1
    if found:
        return f"{found}份"
    return _ASKED if asked and lacking else _NOT_ASKED


def _summary(events: Sequence[Event], lacking: dict[str, tuple[EvidenceKind, ...]]) -> tuple[str, ...]:
    whole = sum(not lacking[event.key] for event in events)
    pieces = sum(len(lacking[event.key]) for event in events)
    if not events:
        return ()
    rest = f"，{len(events) - whole}场还缺共{pieces}项" if pieces else ""
    return (
        f"注：已举办{len(events)}场，材料齐全{whole}场{rest}。“缺”为应有而没有，“—”为不要求；报道链接可由新闻稿代替。",
    )
