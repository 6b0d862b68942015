"""邀请文件：一项活动一个 REQUEST 或 CANCEL，给 Outlook 一类不更新发布文件的程序 (RFC 5546 3.2)。"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from typing import NamedTuple

from exports.files import safe_name
from exports.ical import CalendarEntry, alarms_of, entries_of, units_of, whole_calendar
from exports.ical_event import Alarms, EventWriter, standing_of
from exports.ical_text import cleaned
from models.domain.errors import UserError
from models.domain.events import Campaign, Event
from models.domain.masking import masks_of
from models.domain.snapshot import YearSnapshot
from models.domain.workdays import workdays_of

ORGANIZER_SETTING = "calendar.organizer"
"""Setting of the year: the address that invitations come from."""
ORGANIZER_NAME_SETTING = "calendar.organizer_name"
_ADDRESS = re.compile(r"[A-Za-z0-9.!#$&'*+/=?^_{|}~-]{1,64}@[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)+")


class Party(NamedTuple):
    """Somebody who invites or is invited: always an office, never a delegate."""

    address: str
    name: str


class InvitationFile(NamedTuple):
    """One event as an invitation; ``method`` is REQUEST or CANCEL."""

    name: str
    data: bytes
    method: str
    key: str


class Invitations(NamedTuple):
    """The files, and the events left out: their titles with the reason."""

    files: tuple[InvitationFile, ...]
    left_out: tuple[tuple[str, str], ...] = ()


def address_setting(unit: str) -> str:
    """The setting of the year that holds the address of ``unit``."""
    return f"mail:{unit}"


def is_address(text: str) -> bool:
    """Whether ``text`` is a plain mail address."""
    return len(text) <= 254 and _ADDRESS.fullmatch(text) is not None


def organizer_of(snapshot: YearSnapshot) -> Party | None:
    """Who invites; None while the year's settings name nobody."""
    row = snapshot.year_row
    address = str(row.setting(ORGANIZER_SETTING, "") or "").strip()
    name = str(row.setting(ORGANIZER_NAME_SETTING, "") or "").strip()
    return Party(address, name or row.office) if is_address(address) else None


def unit_party(snapshot: YearSnapshot, unit: str) -> Party | None:
    """The unit with its address; None while it has none."""
    address = str(snapshot.year_row.setting(address_setting(unit), "") or "").strip()
    return Party(address, snapshot.unit_name(unit)) if is_address(address) else None


def invitations(
    snapshot: YearSnapshot,
    *,
    campaign: Campaign | None = None,
    unit: str | None = None,
    keys: Collection[str] | None = None,
    drafts: bool = False,
    alarms: Alarms | None = None,
) -> Invitations:
    """An invitation for each event of the scope. Off ones are CANCELs, in the file names too; no delegate's name
    or phone is in them.

    The units of an event are invited, as far as they have an address; an event of which no unit has one is left
    out and told. ``UserError`` where nobody invites or no event is left.
    """
    snapshot = masks_of(snapshot).year(snapshot)
    organizer = organizer_of(snapshot)
    if organizer is None:
        raise UserError(
            "还没有填发出邀请的邮箱。",
            "没有写出邀请文件。",
            "请在“单位邮箱”里填写发件邮箱，如 zwgk@example.gov.cn。",
        )
    entries = entries_of(snapshot, campaign=campaign, unit=unit, keys=keys, drafts=drafts)
    writer = EventWriter(
        snapshot, workdays_of(snapshot), alarms or alarms_of(snapshot.year_row), drafts=drafts
    )
    files, left_out = [], []
    for entry in entries:
        parties = _invited(snapshot, entry.event, unit)
        if parties:
            files.append(_file(writer, entry, organizer, parties, drafts=drafts))
        else:
            left_out.append(
                (entry.event.title, "有关单位都没有填邮箱" if units_of(entry.event) else "没有写明单位")
            )
    if not files:
        raise UserError(
            "没有可以写出的邀请。",
            f"{len(left_out)}项活动的单位都没有填邮箱。" if left_out else "所选范围没有已排的活动。",
            "请先填单位邮箱。" if left_out else "请换一个范围。",
        )
    return Invitations(tuple(files), tuple(left_out))


def _invited(snapshot: YearSnapshot, event: Event, only: str | None) -> tuple[Party, ...]:
    """The offices that are invited, each address once."""
    units = dict.fromkeys(units_of(event))
    parties = (unit_party(snapshot, unit) for unit in units if only is None or unit == only)
    return tuple({party.address.lower(): party for party in parties if party}.values())


def _file(
    writer: EventWriter, entry: CalendarEntry, organizer: Party, parties: tuple[Party, ...], *, drafts: bool
) -> InvitationFile:
    event = entry.event
    off = entry.withdrawn or not standing_of(event, drafts=drafts).on
    method = "CANCEL" if off else "REQUEST"
    lines = (_line("ORGANIZER", organizer), *_attendees(parties, off=off))
    block = writer.block(event, entry.stamp, withdrawn=entry.withdrawn, parties=lines)
    day = f"{event.starts_at:%m-%d} " if event.starts_at else ""
    name = safe_name(f"{'取消' if off else '邀请'} {day}{event.short or event.title} {event.key}.ics")
    return InvitationFile(name, whole_calendar((), [block], method), method, event.key)


def _attendees(parties: tuple[Party, ...], *, off: bool) -> Iterator[str]:
    asked = "" if off else ";PARTSTAT=NEEDS-ACTION;RSVP=TRUE"
    for party in parties:
        yield _line(f"ATTENDEE;CUTYPE=GROUP;ROLE=REQ-PARTICIPANT{asked}", party)


def _line(start: str, party: Party) -> str:
    """Name in quotes: a parameter cannot hold a quote, a line break or a control character (RFC 5545 3.2)."""
    name = cleaned(party.name).replace("\n", " ").replace('"', "'").strip()
    return f'{start};CN="{name}":mailto:{party.address}'
