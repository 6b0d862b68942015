"""日历文件夹里原有的文件：凭日历自己的 UID 认出来；只读与新的不同的部分，走了的写成取消。"""

from __future__ import annotations

import os
import re
from collections.abc import Collection, Mapping
from datetime import datetime
from pathlib import Path

from exports.ical_reading import MOST_BYTES, STAMPS, Component, read_calendar
from exports.ical_text import folded_lines
from models.domain.errors import InputError, StoreError

HEAD_BYTES = 2_000
"""As much of a file as is read to see which calendar it is."""
_COMPONENT = re.compile(rb"^(?=BEGIN:(?:VEVENT|VTODO)\r\n)", re.MULTILINE)
_END = b"END:VCALENDAR\r\n"


def present_calendars(folder: Path) -> dict[str, bytes]:
    """The calendars in ``folder`` by name; one that cannot be ours is nothing, but its name is taken."""
    if not folder.is_dir():
        raise StoreError(f"没有文件夹“{folder}”。", "没有写出日历。", "请先建好文件夹，或另选一个。")
    try:
        paths = sorted(Path(entry) for entry in os.scandir(folder) if entry.name.lower().endswith(".ics"))
        return {path.name: _contents(path) for path in paths if path.is_file()}
    except OSError as error:
        raise StoreError(
            f"读不了文件夹“{folder}”里的日历：{error.strerror or error}。",
            "没有写出日历。",
            "请检查共享盘是否连着、有没有权限。",
        ) from error


def _contents(path: Path) -> bytes:
    """The bytes of a calendar that has a UID of its own, as ours do; of another one nothing but its name counts."""
    if path.stat().st_size > MOST_BYTES:
        return b""
    with path.open("rb") as file:
        head = file.read(HEAD_BYTES)
        if not calendar_uid_in(head):
            return b""
        data = head + file.read(MOST_BYTES + 1 - len(head))
    return data if len(data) <= MOST_BYTES else b""


def calendar_uid_in(data: bytes) -> str:
    """The UID in the calendar's own lines; "" where it has none."""
    head = data[:HEAD_BYTES].partition(b"\r\nBEGIN:")[0].replace(b"\r\n ", b"")
    line = next((line for line in head.split(b"\r\n") if line.startswith(b"UID:")), b"")
    return line[4:].decode(errors="replace")


def cancelled_block(component: Component, changed: datetime) -> bytes:
    """``component`` as it was, cancelled, one SEQUENCE on; one that is cancelled already stays as it is."""
    if component.cancelled:
        return _as_it_was(component)
    mark = {
        "STATUS": "CANCELLED",
        "SEQUENCE": str(component.sequence + 1),
        "SUMMARY": f"【已取消】{component.value('SUMMARY')}",
        "DTSTAMP": max(f"{changed:%Y%m%dT%H%M%SZ}", component.value("DTSTAMP")),
        "LAST-MODIFIED": max(f"{changed:%Y%m%dT%H%M%SZ}", component.value("LAST-MODIFIED")),
        "TRANSP": "TRANSPARENT",
        "X-MICROSOFT-CDO-BUSYSTATUS": "FREE",
    }
    lines = [line._replace(value=mark.get(line.name, line.value)) for line in component.lines]
    return _as_it_was(component._replace(lines=tuple(lines)))


def _as_it_was(component: Component) -> bytes:
    lines = [
        f"{line.name}{';' if line.parameters else ''}{line.parameters}:{line.value}"
        for line in component.lines
    ]
    return folded_lines([f"BEGIN:{component.kind}", *lines, f"END:{component.kind}"])


def kept_or_new(known: Mapping[tuple[str, str], Component], uid: str, block: bytes) -> bytes:
    """A deadline that says what it said keeps its old stamps: its file need not be written for them."""
    there = known.get((block[6 : block.index(b"\r")].decode(), uid))
    if there is None:
        return block
    (new,) = read_calendar(b"BEGIN:VCALENDAR\r\nVERSION:2.0\r\n" + block + _END).components
    if there.content != new.content:
        return block
    stamps = {line.name: line for line in there.lines if line.name in STAMPS}
    text = block.decode()
    for line in new.lines:
        if line.name in stamps:
            text = text.replace(
                f"\r\n{line.name}:{line.value}\r\n", f"\r\n{line.name}:{stamps[line.name].value}\r\n", 1
            )
    return text.encode()


def read_others(before: bytes, blocks: Collection[bytes]) -> Mapping[tuple[str, str], Component]:
    """Kind and UID → what ``before`` has otherwise than ``blocks``: what it has in just these bytes is not read.

    Mostly one event of many changed; reading all of them would take four times as long as writing them.
    """
    known = frozenset(blocks)
    parts = _COMPONENT.split(before.removesuffix(_END))
    try:
        return read_calendar(b"".join(part for part in parts if part not in known) + _END).newest()
    except InputError:
        return {}
