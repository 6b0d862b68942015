"""一切出得去的东西列成一张表：名称 → 怎样做出字节；别人的程序怎样读出其中的文字。

Run as a program it prints the digests of all of them as JSON, for comparing two processes.
"""

from __future__ import annotations

import hashlib
import json
import sys
from collections.abc import Callable, Iterator, Mapping
from datetime import date, datetime, timedelta
from functools import partial
from io import BytesIO
from pathlib import Path
from typing import Any, NamedTuple
from zipfile import ZipFile

from exports.letters import LetterTo
from exports.prints import PrintKind, make_print, usual_options
from models.domain.attendance import Attendance, Decision, Delegate, Invitation, Meeting, Opinion, Outcome
from models.domain.events import Campaign, Event, EventStatus, SchoolStage
from models.domain.papers import Evidence, EvidenceKind, Zone
from models.domain.policies import PolicyDocument
from models.domain.snapshot import EventStamp, YearSnapshot
from models.domain.text import LONGEST_LINE
from models.domain.units import School, Unit, UnitKind, Venue
from models.domain.year import Year
from models.holidays import holidays_for, neighbour_holidays
from planners.release_changes import plan_changes
from planners.results import YearCheck
from tests.factories import check, rules_of

TODAY = date(2027, 6, 15)
MADE = datetime(2027, 1, 5, 1, 0)
PERSON, PHONE = "欧阳娜娜某", "13912345678"
PHOTO = b"\xff\xd8 photo"
DIGEST = hashlib.sha256(PHOTO).hexdigest()
LINES = (Campaign.LECTURE, Campaign.PARK, Campaign.COMMUNITY, Campaign.CAMPUS, Campaign.OPEN_MONTH)
WHOLE = {0, 2, 9}
"""Title, place and note hold as much of a long text as they may; the other fields its beginning, for the sake of time."""
FIRST_DAYS = {
    Campaign.LECTURE: date(2027, 7, 5),
    Campaign.PARK: date(2027, 7, 6),
    Campaign.COMMUNITY: date(2027, 7, 7),
    Campaign.CAMPUS: date(2027, 9, 1),
    Campaign.OPEN_MONTH: date(2027, 8, 2),
}


class Facts(NamedTuple):
    """What is exported: the year now, and as it was when it was released."""

    now: YearSnapshot
    before: YearSnapshot

    @property
    def check(self) -> YearCheck:
        return check(self.now, TODAY)


def full_year(texts: tuple[str, ...] = ("办事指南解读",), *, day: int = 0) -> YearSnapshot:
    """A year in which every kind of export has something to say, and every field that people type is one of ``texts``.

    An event of each campaign is called after each of ``texts``; ``day`` moves them all.
    """

    def said(number: int) -> str:
        return texts[number % len(texts)]

    events = [_event(campaign, number, texts, day) for campaign in LINES for number in range(len(texts))]
    held = _event(Campaign.COMMUNITY, 0, texts, day)._replace(
        key="H1", starts_at=datetime(2027, 5, 13, 9), ends_at=datetime(2027, 5, 13, 11), status=EventStatus.HELD,
        attended=40, url="https://example.org/1",
    )  # fmt: skip
    host = Event(
        "M1", Campaign.HOST_MEETING, said(1), said(1), datetime(2027, 7, 20, 9), datetime(2027, 7, 20, 11)
    )
    zone = host._replace(key="Z1", campaign=Campaign.TECH_FORUM, host_event="M1")
    events += [held, host, zone]
    decisions, delegates = _sitting(texts)
    return YearSnapshot(
        Year(
            2027,
            holidays=holidays_for(2027),
            quarter_themes=(said(0), said(1), said(2), said(3)),
            settings=(
                ("calendar.organizer", "zwgk@example.org"),
                ("calendar.organizer_name", said(4)),
                ("mail:sf", "sf@example.org"),
            ),
        ),
        units=(
            Unit("sf", f"区司法局{said(5)}"[:60]),
            Unit("gc", "顾村镇", UnitKind.TOWN),
            Unit("yq", "南大智慧城", UnitKind.PARK),
        ),
        venues=(Venue("v1", said(6), said(7)),),
        schools=(School("s1", "实验学校", (SchoolStage.PRIMARY,)),),
        policies=(PolicyDocument("y1", said(8), said(9)[:60], said(10)[:60], date(2027, 3, 1), True, True),),
        events=events,
        meetings=(Meeting("m1", "区政府常务会议", "第8次", datetime(2027, 7, 22, 9, 30), place=said(11)[:LONGEST_LINE]),),
        decisions=decisions,
        delegates=delegates,
        invitations=(Invitation("i1", "d1", "p1", date(2027, 7, 15), Attendance.PRESENT, date(2027, 8, 8)),),
        opinions=[
            Opinion(f"o{n}", "d1", "p1", text, Outcome.PARTLY, text, date(2027, 8, 1))
            for n, text in enumerate(texts)
        ],
        zones=(Zone("z1", "Z1", said(12), said(13), said(14), said(15), leaflets=(said(16),)),),
        evidence=(
            Evidence("f1", "H1", EvidenceKind.PHOTO, said(17), f"{said(18)[:50]}.jpg", DIGEST, len(PHOTO)),
            Evidence("f2", "H1", EvidenceKind.LINK, said(19), link="https://example.org/2"),
        ),
        stamps={event.key: EventStamp(MADE, MADE, 1, exported=True) for event in events},
        installation="f00d",
        neighbours=neighbour_holidays(2027),
    )  # fmt: skip


def _event(campaign: Campaign, number: int, texts: tuple[str, ...], day: int) -> Event:
    def said(at: int) -> str:
        text = texts[(number + at) % len(texts)]
        return text[:LONGEST_LINE] if at in WHOLE else text[:200]

    start = datetime.combine(FIRST_DAYS[campaign], datetime.min.time())
    start += timedelta(days=number % 20 + day, hours=9 + number // 20 * 2)
    return Event(
        f"{campaign.value[:2].upper()}{number}",
        campaign,
        said(0),
        starts_at=start,
        ends_at=start + timedelta(hours=2),
        status=(EventStatus.PLANNED, EventStatus.CONFIRMED)[number % 2],
        status_reason=said(1),
        lead_units=("sf",),
        towns=("gc",) if campaign is Campaign.COMMUNITY else (),
        park="yq" if campaign is Campaign.PARK else None,
        schools=("s1",) if campaign is Campaign.CAMPUS else (),
        stages=(SchoolStage.PRIMARY,) if campaign is Campaign.CAMPUS else (),
        venue="v1" if number % 3 == 0 else None,
        place=said(2), theme=said(3), theme_class=said(4), platforms=(said(5),), forms=(said(6),), audience=said(7),
        contact=said(8), note=said(9), signup=said(10),
    )  # fmt: skip


def _sitting(texts: tuple[str, ...]) -> tuple[tuple[Decision, ...], tuple[Delegate, ...]]:
    decision = Decision(
        "d1", texts[0], unit="sf", listed_on=date(2027, 1, 18), meeting="m1", noticed_on=date(2027, 5, 1),
        selected_on=date(2027, 5, 20), published_on=date(2027, 8, 21),
    )  # fmt: skip
    return (decision,), (Delegate("p1", PERSON, PHONE, texts[-1][:60], texts[0]),)


def facts(texts: tuple[str, ...] = ("办事指南解读",)) -> Facts:
    """The year with ``texts``, a day later than it was released."""
    return Facts(full_year(texts, day=1), full_year(texts))


# ── 一种一个 ──

Files = Mapping[str, bytes]
Make = Callable[[Facts], Files]


def _print(kind: PrintKind, facts: Facts) -> Files:
    options = usual_options(kind, facts.now, TODAY)
    if kind is PrintKind.NOTICE:
        changes = plan_changes(
            facts.before, facts.now, check(facts.before, TODAY), facts.check, ("印发稿1", "草案")
        )
        return {"a.pdf": make_print(kind, facts.now, facts.check, options, changes=changes).data}
    if kind is PrintKind.QUARTER:
        options = options._replace(quarter=3)
    return {"a.pdf": make_print(kind, facts.now, facts.check, options).data}


def _letters_pdf(facts: Facts) -> Files:
    from exports.pdf.letters import letter_pdf

    return {f"{name}.pdf": letter_pdf(facts.now, to) for name, to in _letters()}


def _letters_docx(facts: Facts) -> Files:
    from exports.docx.letters import letter_docx

    return {f"{name}.docx": letter_docx(facts.now, to) for name, to in _letters()}


def _letters() -> Iterator[tuple[str, LetterTo]]:
    for name, feedback in (("请", False), ("复", True)):
        yield name, LetterTo("d1", "p1", feedback)


def _plan_docx(facts: Facts) -> Files:
    from exports.docx.quarter_plan import quarter_docx

    return {"a.docx": quarter_docx(facts.now, facts.check, 3).data}


def _notice_docx(facts: Facts) -> Files:
    from exports.docx.notice import notice_docx

    changes = plan_changes(
        facts.before, facts.now, check(facts.before, TODAY), facts.check, ("印发稿1", "草案")
    )
    return {"a.docx": notice_docx(facts.now, facts.check, changes).data}


def _ledger(facts: Facts) -> Files:
    from exports.xlsx.ledger import ledger_bytes
    from planners.ledger_groups import Grouping, Order, grouped
    from planners.ledger_rows import ledger_rows

    rows = ledger_rows(facts.now, facts.check)
    groups = grouped(rows, Grouping.MONTH, Order(), facts.now, facts.check.ruleset)
    return {"a.xlsx": ledger_bytes(facts.now, rules_of(facts.now), groups)}


def _template(facts: Facts) -> Files:
    from exports.xlsx.template import template_bytes

    return {"a.xlsx": template_bytes(facts.now, "sf"), "空白.xlsx": template_bytes(facts.now)}


def _returned(facts: Facts) -> Files:
    from exports.xlsx.reading.returned import returned_bytes
    from exports.xlsx.reading.submission import read_submission
    from exports.xlsx.template import template_bytes

    sheet = template_bytes(facts.now, "sf")
    return {"a.xlsx": returned_bytes(sheet, read_submission(sheet, facts.now, "报送.xlsx"))}


def _calendar(facts: Facts) -> Files:
    from exports.ical import calendar_bytes
    from planners.deadline_items import deadline_items

    items = deadline_items(facts.now, facts.check)
    return {"a.ics": calendar_bytes(facts.now, drafts=True, deadlines=items, todos=items)}


def _calendar_folder(facts: Facts) -> Files:
    from exports.calendar_folder import FolderOptions, folder_calendars

    made = folder_calendars(facts.now, {}, FolderOptions(check=facts.check))
    return {calendar.name: calendar.data for calendar in made}


def _invitations(facts: Facts) -> Files:
    from exports.invitations import invitations

    return {file.name: file.data for file in invitations(facts.now).files}


def _changes(facts: Facts) -> Files:
    from exports.change_files import change_files

    changes = plan_changes(facts.before, facts.now, check(facts.before, TODAY), facts.check, ("", ""))
    return {file.name: file.data for file in change_files(changes, facts.before, facts.now).files}


def _server(facts: Facts) -> Files:
    from exports.server.items import server_items

    return {f"{item.uid}.ics": item.data for item in server_items(facts.now)}


def _package(facts: Facts) -> Files:
    from exports.package import write_package

    return {"a.json": write_package(facts.now, masked=True)}


def _evidence(facts: Facts) -> Files:
    from tempfile import TemporaryDirectory

    from exports.evidence_pack import evidence_pack

    with TemporaryDirectory() as folder:
        target = Path(folder) / "佐证.zip"
        evidence_pack(facts.now, facts.check, 2, {DIGEST: PHOTO}.__getitem__, target)
        return {"a.zip": target.read_bytes()}


EXPORTS: Mapping[str, Make] = {
    **{f"print {kind.value}": partial(_print, kind) for kind in PrintKind},
    "letters pdf": _letters_pdf,
    "letters docx": _letters_docx,
    "plan docx": _plan_docx,
    "notice docx": _notice_docx,
    "ledger xlsx": _ledger,
    "template xlsx": _template,
    "returned xlsx": _returned,
    "calendar ics": _calendar,
    "calendar folder": _calendar_folder,
    "invitations": _invitations,
    "change files": _changes,
    "server": _server,
    "evidence pack": _evidence,
    "package json": _package,
}


# ── 别人的程序怎样读 ──


def words_of(files: Files) -> str:
    """All the words that other people's programs read in ``files``, in any order."""
    return "\n".join(word for name, data in files.items() for word in _WORDS[Path(name).suffix](data))


def _pdf_words(data: bytes) -> Iterator[str]:
    from tests.exports.pdf_reading import texts

    yield from texts(data)


def _docx_words(data: bytes) -> Iterator[str]:
    from docx import Document
    from docx.table import Table

    document: Any = Document(BytesIO(data))
    for block in document.iter_inner_content():
        if isinstance(block, Table):
            for row in block.rows:
                yield from (cell.text for cell in row.cells)
        else:
            yield block.text


def _xlsx_words(data: bytes) -> Iterator[str]:
    from openpyxl import load_workbook

    for sheet in load_workbook(BytesIO(data)).worksheets:
        for row in sheet.iter_rows():
            for cell in row:
                assert cell.data_type != "f", f"a formula: {cell.value}"
                if isinstance(cell.value, str):
                    yield cell.value


def _ics_words(data: bytes) -> Iterator[str]:
    from icalendar import Calendar

    for component in Calendar.from_ical(data).walk():
        for name in ("SUMMARY", "LOCATION", "DESCRIPTION"):
            if name in component:
                yield str(component[name])


def _json_words(data: bytes) -> Iterator[str]:
    def walk(value: Any) -> Iterator[str]:
        if isinstance(value, str):
            yield value
        elif isinstance(value, dict):
            for part in value.values():
                yield from walk(part)
        elif isinstance(value, list):
            for part in value:
                yield from walk(part)

    yield from walk(json.loads(data))


def _zip_words(data: bytes) -> Iterator[str]:
    with ZipFile(BytesIO(data)) as packed:
        for name in packed.namelist():
            yield name
            if name.endswith(".pdf"):
                yield from _pdf_words(packed.read(name))
            elif name.endswith(".txt"):
                yield packed.read(name).decode("utf-8-sig")


_WORDS: Mapping[str, Callable[[bytes], Iterator[str]]] = {
    ".pdf": _pdf_words,
    ".docx": _docx_words,
    ".xlsx": _xlsx_words,
    ".ics": _ics_words,
    ".json": _json_words,
    ".zip": _zip_words,
}


def digest_of(files: Files) -> str:
    """One digest of all the files with their names."""
    whole = hashlib.sha256()
    for name in sorted(files):
        whole.update(name.encode() + b"\0" + hashlib.sha256(files[name]).digest())
    return whole.hexdigest()


if __name__ == "__main__":
    made = facts(("办事指南解读", "惠企政策宣讲", "“一老一小”服务"))
    json.dump({name: digest_of(make(made)) for name, make in EXPORTS.items()}, sys.stdout)
