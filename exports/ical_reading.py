"""读日历文件：字节从严，方言从宽；只读到核对所需要的程度 (RFC 5545 3.1、3.3、3.6)。"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import date, datetime, timedelta, timezone
from typing import NamedTuple
from zoneinfo import ZoneInfo

from models.domain.errors import InputError
from models.domain.text import clean_text

MOST_BYTES = 20_000_000
MOST_COMPONENTS = 50_000
MOST_PROBLEMS = 20
"""Bad lines that are named one by one; of more only the number is told."""

READ_KINDS = frozenset({"VEVENT", "VTODO"})
STAMPS = frozenset({"DTSTAMP", "LAST-MODIFIED", "SEQUENCE", "CREATED"})
"""Properties that say when and how often something changed, and nothing of what it is."""

_SHANGHAI = timezone(timedelta(hours=8))
_NAME = re.compile(r"[A-Za-z0-9-]{1,100}")
_ESCAPED = re.compile(r"\\(.)", re.DOTALL)
_BOMS = ((b"\xef\xbb\xbf", "utf-8"), (b"\xff\xfe", "utf-16-le"), (b"\xfe\xff", "utf-16-be"))
_ZONE_NAME = re.compile(r"[A-Za-z]+(?:/[A-Za-z_+-]+)+")


class Line(NamedTuple):
    """A content line: name in capitals, parameters as they stand, value as it stands."""

    name: str
    parameters: str
    value: str
    at: int = 0
    """The number of its first physical line in the file."""


class Component(NamedTuple):
    """A VEVENT or VTODO; what is nested in it (alarms) is left out."""

    kind: str
    lines: tuple[Line, ...]
    at: int = 0
    """The line of the file on which it begins."""

    def line(self, name: str) -> Line | None:
        """The first line called ``name``."""
        return next((line for line in self.lines if line.name == name), None)

    def value(self, name: str) -> str:
        """The raw value of the first line called ``name``; "" where there is none."""
        found = self.line(name)
        return found.value if found else ""

    def text(self, name: str) -> str:
        """The value called ``name`` as people read it."""
        return unescaped(self.value(name))

    @property
    def uid(self) -> str:
        """The permanent name."""
        return self.value("UID").strip()

    @property
    def sequence(self) -> int:
        """How often it changed; 0 where that is not said or no number."""
        plain = self.value("SEQUENCE").strip()
        return int(plain) if plain.isascii() and plain.isdigit() and len(plain) < 12 else 0

    @property
    def cancelled(self) -> bool:
        """Whether it is off."""
        return self.value("STATUS").strip().upper() == "CANCELLED"

    @property
    def single(self) -> bool:
        """Whether it stands for itself, not for one occurrence of a series."""
        return self.line("RECURRENCE-ID") is None

    @property
    def content(self) -> frozenset[tuple[str, str]]:
        """What it says, without when and how often it changed."""
        return frozenset((line.name, line.value) for line in self.lines if line.name not in STAMPS)

    def moment(self, name: str) -> datetime | date | None:
        """The day, or the time in Shanghai, of DTSTART, DTEND or DUE; None where it cannot be read."""
        found = self.line(name)
        return moment_of(found) if found else None


class CalendarFile(NamedTuple):
    """What was read: the calendar's own lines, the components by their order, what was left out and why."""

    head: tuple[Line, ...]
    components: tuple[Component, ...]
    problems: tuple[str, ...] = ()

    def value(self, name: str) -> str:
        """The raw value of the calendar's own line ``name``."""
        return next((line.value for line in self.head if line.name == name), "")

    def newest(self) -> dict[tuple[str, str], Component]:
        """Kind and UID → its component; of several the one with the highest SEQUENCE, then DTSTAMP."""
        found: dict[tuple[str, str], Component] = {}
        for component in self.components:
            key = component.kind, component.uid
            if not component.uid or not component.single:
                continue
            if (known := found.get(key)) is None or _rank(component) >= _rank(known):
                found[key] = component
        return found


def read_calendar(data: bytes, name: str = "") -> CalendarFile:
    """What ``data`` holds. A bad line is left out and told; ``InputError`` where it is no calendar or too large.

    Lines are joined before they are decoded (a fold may lie inside a character): UTF-8, else GB18030, UTF-16
    by its mark; a line that is neither is left out. Never slow: one pass, nothing is expanded.
    """
    what = f"“{clean_text(name)}”" if name else "这个文件"
    if len(data) > MOST_BYTES:
        raise InputError(f"{what}超过 20 MB。", "没有读。", "请分年度或分单位导出后再核对。")
    problems: list[str] = []
    head, components = _collected(_lines(_joined(data), problems), problems, what)
    if len(problems) > MOST_PROBLEMS:
        problems[MOST_PROBLEMS:] = [f"另有 {len(problems) - MOST_PROBLEMS} 行读不懂，已略去"]
    return CalendarFile(tuple(head), tuple(components), tuple(problems))


def unescaped(value: str) -> str:
    """A TEXT value as people read it, without control and bidi characters."""
    plain = _ESCAPED.sub(lambda found: "\n" if found[1] in "nN" else found[1], value)
    return clean_text(plain).replace("\ufffd", "〓")


def moment_of(line: Line) -> datetime | date | None:
    """The day, or the naive time in Shanghai. Zones not known (``Asia/Beijing``, Windows names) are taken for it."""
    plain = line.value.strip()
    try:
        if len(plain) == 8:
            return datetime.strptime(plain, "%Y%m%d").date()
        moment = datetime.strptime(plain.rstrip("Z"), "%Y%m%dT%H%M%S")
        if plain.endswith("Z"):
            return moment.replace(tzinfo=timezone.utc).astimezone(_SHANGHAI).replace(tzinfo=None)
        return _in_shanghai(moment, line.parameters)
    except (ValueError, OverflowError):
        return None


def _in_shanghai(moment: datetime, parameters: str) -> datetime:
    zone = next(
        (part[5:].strip('"') for part in parameters.split(";") if part.upper().startswith("TZID=")), ""
    )
    if not _ZONE_NAME.fullmatch(zone) or zone == "Asia/Shanghai":
        return moment
    try:
        return moment.replace(tzinfo=ZoneInfo(zone)).astimezone(_SHANGHAI).replace(tzinfo=None)
    except (OSError, KeyError):
        return moment


def _joined(data: bytes) -> list[tuple[int, bytes]]:
    """Unfolded lines with the number of their first physical line; CRLF, LF and CR all end one."""
    for mark, encoding in _BOMS:
        if data.startswith(mark):
            data = data[len(mark) :]
            if encoding != "utf-8":
                data = data.decode(encoding, errors="replace").encode()
            break
    joined: list[tuple[int, list[bytes]]] = []
    for number, line in enumerate(data.replace(b"\r\n", b"\n").replace(b"\r", b"\n").split(b"\n"), 1):
        if line[:1] in (b" ", b"\t") and joined:
            joined[-1][1].append(line[1:])
        elif line.strip():
            joined.append((number, [line]))
    return [(number, b"".join(parts)) for number, parts in joined]


def _lines(joined: list[tuple[int, bytes]], problems: list[str]) -> Iterator[Line]:
    encodings = ("utf-8", "gb18030") if _all_in(joined, "utf-8") else ("gb18030", "utf-8")
    for number, raw in joined:
        text = next((text for name in encodings if (text := _decoded(raw, name)) is not None), None)
        line = _split(text) if text is not None and "\ufffd" not in text else None
        if line is None:
            problems.append(f"第 {number} 行读不懂，已略去")
        else:
            yield line._replace(at=number)


def _all_in(joined: list[tuple[int, bytes]], encoding: str) -> bool:
    """Whether most of what is not ASCII is in ``encoding``: one bad line does not turn the whole file."""
    odd = [raw for _, raw in joined if not raw.isascii()]
    return sum(_decoded(raw, encoding) is not None for raw in odd) * 2 >= len(odd)


def _decoded(raw: bytes, encoding: str) -> str | None:
    try:
        return raw.decode(encoding)
    except UnicodeDecodeError:
        return None


def _split(text: str) -> Line | None:
    """Name, parameters and value; colons and semicolons inside quotes belong to a parameter."""
    quoted = False
    for at, sign in enumerate(text):
        if sign == '"':
            quoted = not quoted
        elif sign == ":" and not quoted:
            name, _, parameters = text[:at].partition(";")
            return (
                Line(name.strip().upper(), parameters, text[at + 1 :])
                if _NAME.fullmatch(name.strip())
                else None
            )
    return None


def _collected(lines: Iterable[Line], problems: list[str], what: str) -> tuple[list[Line], list[Component]]:
    """The calendar's own lines and its components; several calendars in one file are read as one."""
    head: list[Line] = []
    components: list[Component] = []
    within: list[str] = []
    current: list[Line] = []
    begun = 0
    for line in lines:
        if line.name == "BEGIN":
            within.append(line.value.strip().upper())
            if len(within) == 2:
                current, begun = [], line.at
        elif line.name == "END":
            _close(within, line.value.strip().upper(), Component("", tuple(current), begun), components)
            if len(components) > MOST_COMPONENTS:
                raise InputError(f"{what}里超过 50,000 项。", "没有读。", "请分年度或分单位导出后再核对。")
        elif within == ["VCALENDAR"]:
            head.append(line)
        elif len(within) == 2:
            current.append(line)
    if not head and not components:
        raise InputError(f"{what}不是日历文件。", "没有读到任何活动。", "请选 .ics 文件。")
    if within:
        problems.append("文件不完整：结尾缺失，可能没有下载完")
    return head, components


def _close(within: list[str], kind: str, current: Component, components: list[Component]) -> None:
    """End the innermost component called ``kind``; an END that nothing began is passed over."""
    if kind not in within:
        return
    while within:
        closed = within.pop()
        if len(within) == 1 and closed in READ_KINDS:
            components.append(current._replace(kind=closed))
        if closed == kind:
            return


def _rank(component: Component) -> tuple[int, str]:
    return component.sequence, component.value("DTSTAMP").strip()
