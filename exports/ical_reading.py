"""读日历文件：字节从严，方言从宽；只读到核对所需要的程度 (RFC 5545 3.1、3.3、3.6)。"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from datetime import date, datetime
from types import MappingProxyType
from typing import NamedTuple

from exports.ical_zones import MOST_DEFINITIONS, Zones
from models.domain.errors import InputError
from models.domain.text import clean_text

MOST_BYTES = 20_000_000
MOST_COMPONENTS = 50_000
MOST_PROBLEMS = 20
"""Bad lines that are named one by one; of more only the number is told."""

READ_KINDS = frozenset({"VEVENT", "VTODO"})
STAMPS = frozenset({"DTSTAMP", "LAST-MODIFIED", "SEQUENCE", "CREATED"})
"""Properties that say when and how often something changed, and nothing of what it is."""

_NOTHING: Mapping[str, str] = MappingProxyType({})
_PLAIN = Zones()
_NAME = re.compile(r"[A-Za-z0-9-]{1,100}")
_ESCAPED = re.compile(r"\\(.)", re.DOTALL)
_BOMS = ((b"\xef\xbb\xbf", "utf-8"), (b"\xff\xfe", "utf-16-le"), (b"\xfe\xff", "utf-16-be"))


class ContentLine(NamedTuple):
    """A content line: name in capitals, parameters as they stand, value as it stands."""

    name: str
    parameters: str
    value: str
    at: int = 0
    """The number of its first physical line in the file."""


class Component(NamedTuple):
    """A VEVENT or VTODO; what is nested in it (alarms) is left out."""

    kind: str
    lines: tuple[ContentLine, ...]
    at: int = 0
    """The line of the file on which it begins."""
    method: str = ""
    """What its calendar asks for: PUBLISH, REQUEST, CANCEL…; a file may hold several calendars."""

    def line(self, name: str) -> ContentLine | None:
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
    def rank(self) -> tuple[int, str]:
        """What RFC 5546 2.1.5 orders two states of one UID by."""
        return self.sequence, self.value("DTSTAMP").strip()

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
    """What was read: the calendar's own lines, the components by their order, what was left out and why.

    ``definitions``: its VTIMEZONE blocks by TZID. ``others``: what is neither an event nor a task (VJOURNAL …).
    """

    head: tuple[ContentLine, ...]
    components: tuple[Component, ...]
    problems: tuple[str, ...] = ()
    definitions: Mapping[str, str] = _NOTHING
    others: tuple[Component, ...] = ()

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
            if (known := found.get(key)) is None or component.rank >= known.rank:
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
    found = _collected(_lines(_joined(data), problems), problems, what)
    if len(problems) > MOST_PROBLEMS:
        problems[MOST_PROBLEMS:] = [f"另有 {len(problems) - MOST_PROBLEMS} 行读不懂，已略去"]
    return CalendarFile(
        tuple(found.head), tuple(found.components), tuple(problems), found.definitions, tuple(found.others)
    )


def unescaped(value: str) -> str:
    """A TEXT value as people read it, without control and bidi characters."""
    plain = _ESCAPED.sub(lambda found: "\n" if found[1] in "nN" else found[1], value)
    return clean_text(plain).replace("\ufffd", "〓")


def moment_of(line: ContentLine) -> datetime | date | None:
    """The day, or the naive time in Shanghai; a zone that only the file itself defines is not followed."""
    return _PLAIN.moment(line.value, line.parameters)


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


def _lines(joined: list[tuple[int, bytes]], problems: list[str]) -> Iterator[ContentLine]:
    encodings = ("utf-8", "gb18030") if _all_in(joined, "utf-8") else ("gb18030", "utf-8")
    for number, raw in joined:
        text = next((text for name in encodings if (text := _decoded(raw, name)) is not None), None)
        if text is None or "\ufffd" in text:
            problems.append(f"第 {number} 行的文字既不是 UTF-8 也不是 GB18030，已略去，请对照原来的日历补上")
        elif (line := _split(text)) is None:
            shown = clean_text(text[:60])[:40]
            problems.append(f"第 {number} 行“{shown}”没有写成“名称:内容”，已略去，请对照原来的日历核对")
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


def _split(text: str) -> ContentLine | None:
    """Name, parameters and value; colons and semicolons inside quotes belong to a parameter."""
    quoted = False
    for at, sign in enumerate(text):
        if sign == '"':
            quoted = not quoted
        elif sign == ":" and not quoted:
            name, _, parameters = text[:at].partition(";")
            return (
                ContentLine(name.strip().upper(), parameters, text[at + 1 :])
                if _NAME.fullmatch(name.strip())
                else None
            )
    return None


class _Collector:
    """Sorts the lines of a file into components; several calendars in one file are read as one."""

    def __init__(self) -> None:
        self.head: list[ContentLine] = []
        self.components: list[Component] = []
        self.others: list[Component] = []
        self.definitions: dict[str, str] = {}
        self.within: list[str] = []
        self._current: list[ContentLine] = []
        self._zone: list[str] = []
        self._begun = 0
        self._calendar_at = 0
        self._method = ""

    def add(self, line: ContentLine) -> None:
        """Take one line more."""
        if line.name == "BEGIN":
            self._begin(line)
        elif line.name == "END":
            self._end(line)
        elif self.within == ["VCALENDAR"]:
            self.head.append(line)
            if line.name == "METHOD":
                self._method = line.value.strip().upper()
        elif len(self.within) == 2:
            self._current.append(line)
        if len(self.within) > 1 and self.within[1] == "VTIMEZONE":
            self._zone.append(f"{line.name}{';' if line.parameters else ''}{line.parameters}:{line.value}")

    def _begin(self, line: ContentLine) -> None:
        self.within.append(line.value.strip().upper())
        if len(self.within) == 1:
            self._calendar_at, self._method = len(self.components), ""
        elif len(self.within) == 2:
            self._current, self._zone, self._begun = [], [], line.at

    def _end(self, line: ContentLine) -> None:
        """End the innermost component of that name; an END that nothing began is passed over."""
        kind = line.value.strip().upper()
        if kind not in self.within:
            return
        while self.within:
            closed = self.within.pop()
            if len(self.within) == 1:
                self._keep(Component(closed, tuple(self._current), self._begun))
            if closed == kind:
                break
        if not self.within:
            late = self.components[self._calendar_at :]
            self.components[self._calendar_at :] = [one._replace(method=self._method) for one in late]

    def _keep(self, component: Component) -> None:
        if component.kind in READ_KINDS:
            self.components.append(component)
        elif component.kind == "VTIMEZONE":
            tzid = component.value("TZID").strip().strip('"')
            if len(self.definitions) < MOST_DEFINITIONS:
                self.definitions.setdefault(tzid, "\r\n".join((*self._zone, "END:VTIMEZONE", "")))
        else:
            self.others.append(component)


def _collected(lines: Iterable[ContentLine], problems: list[str], what: str) -> _Collector:
    found = _Collector()
    for line in lines:
        found.add(line)
        if len(found.components) > MOST_COMPONENTS or len(found.others) > MOST_COMPONENTS:
            raise InputError(f"{what}里超过 50,000 项。", "没有读。", "请分年度或分单位导出后再核对。")
    if not found.head and not found.components and not found.others:
        raise InputError(f"{what}不是日历文件。", "没有读到任何活动。", "请选 .ics 文件。")
    if found.within:
        problems.append("文件不完整：结尾缺失，可能没有下载完，请重新取一份")
    return found
