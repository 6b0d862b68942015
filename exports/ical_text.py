"""iCalendar 的写法：转义、折行、日期时间、网址 (RFC 5545 3.1–3.3)。"""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta, timezone
from urllib.parse import quote

from models.domain.text import clean_text

LINE_OCTETS = 75
"""Longest content line without its line break (RFC 5545 3.1)."""

_SPECIAL = re.compile(
    "[\\\\;,\x00-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028\u2029\u202a-\u202e\u2066-\u2069\ufeff\ufffe\uffff\ud800-\udfff]"
)
_NEVER_IN_A_LINE = re.compile("[\x00-\x08\x0a-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff]")
_LINE_BREAKS = re.compile("[\x0b\x0c\x85\u2028\u2029]")
_SPARED_IN_URLS = "%/:?#[]@!$&'()*+,;=~"
_ESCAPES = str.maketrans({";": "\\;", ",": "\\,", "\n": "\\n"})
_ONE_LINE = str.maketrans({";": "\\;", ",": "\\,", "\n": " "})


def cleaned(text: str) -> str:
    """``text`` as calendars show it: LF line breaks, no control or bidi characters, backslash as ＼.

    Some readers lose a backslash before ``n`` however it is escaped; U+0085, U+2028 and U+2029 end lines.
    """
    if not _SPECIAL.search(text):
        return text
    return clean_text(_LINE_BREAKS.sub("\n", text)).replace("\t", " ").replace("\\", "＼")


def escaped(text: str) -> str:
    """``text`` as a TEXT value (RFC 5545 3.3.11); line breaks stay."""
    return cleaned(text).translate(_ESCAPES) if _SPECIAL.search(text) else text


def one_line(text: str) -> str:
    """``text`` as a TEXT value without line breaks, for titles, places and names."""
    return cleaned(text).strip().translate(_ONE_LINE) if _SPECIAL.search(text) else text.strip()


def folded(line: str) -> bytes:
    """A content line in UTF-8 without its last line break: at most 75 octets a line, characters whole.

    Whatever ``line`` holds, it stays one content line: what ends lines or is no text becomes a space.
    """
    if not line.isprintable():
        line = _NEVER_IN_A_LINE.sub(" ", line)
    data = line.encode()
    if len(data) <= LINE_OCTETS:
        return data
    parts, start, room = [], 0, LINE_OCTETS
    while len(data) - start > room:
        end = start + room
        while data[end] & 0xC0 == 0x80:
            end -= 1
        parts.append(data[start:end])
        start, room = end, LINE_OCTETS - 1
    parts.append(data[start:])
    return b"\r\n ".join(parts)


def folded_lines(lines: list[str]) -> bytes:
    """Content lines, each folded and ended with CRLF."""
    return b"".join(folded(line) + b"\r\n" for line in lines)


def utc_text(moment: datetime) -> str:
    """A UTC date-time value; a naive ``moment`` is UTC already."""
    if moment.tzinfo is not None:
        moment = moment.astimezone(timezone.utc)
    return local_text(moment.replace(tzinfo=None)) + "Z"


def local_text(moment: datetime) -> str:
    """A local date-time value: 20270617T140000."""
    return moment.isoformat(timespec="seconds").replace("-", "").replace(":", "")


def day_text(day: date) -> str:
    """A date value: 20270617."""
    return day.isoformat().replace("-", "")


def duration_before(span: timedelta) -> str:
    """A trigger ``span`` (whole minutes, not negative) ahead of the start: -P1DT18H, -PT30M, PT0M."""
    minutes = span // timedelta(minutes=1)
    if minutes == 0:
        return "PT0M"
    days, hours, rest = minutes // 1440, minutes // 60 % 24, minutes % 60
    clock = (f"{hours}H" if hours else "") + (f"{rest}M" if rest else "")
    return "-P" + (f"{days}D" if days else "") + (f"T{clock}" if clock else "")


def web_address(url: str) -> str:
    """``url`` percent-encoded to ASCII where it is an http(s) address, else ""."""
    plain = clean_text(url).strip()
    if not plain.lower().startswith(("http://", "https://")):
        return ""
    return quote(plain, safe=_SPARED_IN_URLS)
