"""佐证材料齐不齐：每条工作线要哪几样，一场活动还缺哪几样。"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from models.domain.events import Campaign, Event, EventStatus
from models.domain.papers import Evidence, EvidenceKind
from models.domain.snapshot import YearSnapshot
from models.domain.year import Setting

_K = EvidenceKind
USUAL_KINDS: Mapping[Campaign, tuple[EvidenceKind, ...]] = {
    Campaign.LECTURE: (_K.PHOTO, _K.LINK),
    Campaign.PARK: (_K.SIGN_IN, _K.PHOTO, _K.LINK),
    Campaign.COMMUNITY: (_K.SIGN_IN, _K.PHOTO, _K.LINK),
    Campaign.CAMPUS: (_K.SIGN_IN, _K.PHOTO, _K.LINK),
    Campaign.TECH_FORUM: (_K.PHOTO,),
    Campaign.OPEN_MONTH: (_K.SIGN_IN, _K.PHOTO, _K.LINK),
    Campaign.HOST_MEETING: (),
}
"""What a whole record of an event holds unless the year says otherwise (自定). 报道链接 is also a 新闻稿."""

STANDS_FOR: Mapping[EvidenceKind, frozenset[EvidenceKind]] = {_K.LINK: frozenset({_K.LINK, _K.PRESS})}
"""A needed kind → the kinds of evidence that meet it (default: itself)."""

QUESTIONNAIRE_WORD = "问卷"
_WORDS = (
    ("签到", _K.SIGN_IN),
    ("问卷", _K.QUESTIONNAIRE),
    ("清单", _K.DISCLOSURE),
    ("新闻", _K.PRESS),
    ("通稿", _K.PRESS),
    ("报道", _K.PRESS),
    ("照片", _K.PHOTO),
)
_PICTURES = frozenset({"jpg", "jpeg", "png", "gif", "bmp", "webp", "heic", "tif", "tiff"})


def kinds_setting(campaign: Campaign) -> str:
    """The setting of the year that holds the needed kinds of ``campaign`` (签到表、现场照片; “无” for none)."""
    return f"evidence:{campaign}"


def usual_kinds(campaign: Campaign, settings: Mapping[str, Setting]) -> tuple[EvidenceKind, ...]:
    """What the year asks of every event of ``campaign``."""
    chosen = settings.get(kinds_setting(campaign))
    if not isinstance(chosen, str) or not chosen.strip():
        return USUAL_KINDS[campaign]
    words = {word.strip() for word in chosen.split("、")}
    return tuple(kind for kind in EvidenceKind if kind.label in words)


def needed_kinds(event: Event, settings: Mapping[str, Setting] | None = None) -> tuple[EvidenceKind, ...]:
    """What the record of ``event`` has to hold; a questionnaire where one was used (§2, §22)."""
    kinds = usual_kinds(event.campaign, settings or {})
    if any(QUESTIONNAIRE_WORD in form for form in event.forms) and _K.QUESTIONNAIRE not in kinds:
        kinds = (*kinds, _K.QUESTIONNAIRE)
    return kinds


def guessed_kind(name: str, lacking: Sequence[EvidenceKind] = ()) -> EvidenceKind:
    """What a file of that name most likely is; nothing is more than a first proposal."""
    for word, kind in _WORDS:
        if word in name:
            return kind
    suffix = name.rpartition(".")[2].lower()
    if suffix in _PICTURES:
        return _K.PHOTO
    return _K.SIGN_IN if _K.SIGN_IN in lacking else _K.OTHER


def evidence_by_event(snapshot: YearSnapshot) -> Mapping[str, tuple[Evidence, ...]]:
    """The evidence of each event, in stored order; events without any are left out."""
    found: dict[str, list[Evidence]] = defaultdict(list)
    for item in snapshot.evidence:
        found[item.event].append(item)
    return {key: tuple(items) for key, items in found.items()}


def kinds_lacking(
    event: Event, items: Iterable[Evidence], settings: Mapping[str, Setting]
) -> tuple[EvidenceKind, ...]:
    """What ``items`` lack of what ``event`` needs; a link at the event itself is a 报道链接."""
    present = {item.kind for item in items}
    if event.url.strip():
        present.add(_K.LINK)
    return tuple(
        kind for kind in needed_kinds(event, settings) if present.isdisjoint(STANDS_FOR.get(kind, {kind}))
    )


def missing_by_event(snapshot: YearSnapshot) -> Mapping[str, tuple[EvidenceKind, ...]]:
    """What the records of all held events lack; complete ones are left out."""
    items, settings = evidence_by_event(snapshot), dict(snapshot.year_row.settings)
    held = (event for event in snapshot.events if event.status is EventStatus.HELD)
    lacking = ((event.key, kinds_lacking(event, items.get(event.key, ()), settings)) for event in held)
    return {key: kinds for key, kinds in lacking if kinds}
