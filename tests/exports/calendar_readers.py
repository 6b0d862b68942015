"""收件人的程序：三个互不相干的读者，先读一份日历，再读下一份，最后有些什么。

``own``: a few lines after RFC 5546 (by UID, then SEQUENCE, then DTSTAMP); ``icalendar``: the library; ``khal``:
the program, where it is installed. Each ends with UID → title, start, whether it is off.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from collections.abc import Iterable
from datetime import date, datetime
from pathlib import Path

import icalendar  # noqa: TID253

Held = dict[str, tuple[str, str, bool]]
KHAL = shutil.which("khal")


def own_reader(files: Iterable[bytes]) -> Held:
    """Unfold, split, replace by UID where SEQUENCE and DTSTAMP are not older."""
    held: dict[str, tuple[tuple[int, str], tuple[str, str, bool]]] = {}
    for data in files:
        text = data.replace(b"\r\n ", b"").decode()
        for block in re.findall(r"BEGIN:VEVENT\r\n(.*?)END:VEVENT", text, re.DOTALL):
            plain = re.sub(r"BEGIN:VALARM.*?END:VALARM\r\n", "", block, flags=re.DOTALL)
            lines = dict(line.split(":", 1) for line in plain.split("\r\n") if line)
            values = {name.split(";")[0]: value for name, value in lines.items()}
            rank = int(values["SEQUENCE"]), values["DTSTAMP"]
            title = re.sub(r"\\(.)", lambda found: "\n" if found[1] in "nN" else found[1], values["SUMMARY"])
            known = held.get(values["UID"])
            if known is None or rank >= known[0]:
                held[values["UID"]] = rank, (title, values["DTSTART"], values["STATUS"] == "CANCELLED")
    return {uid: said for uid, (_, said) in held.items()}


def icalendar_reader(files: Iterable[bytes]) -> Held:
    """The same with the library."""
    held: dict[str, tuple[tuple[int, datetime], tuple[str, str, bool]]] = {}
    for data in files:
        for event in icalendar.Calendar.from_ical(data).walk("VEVENT"):
            rank = event["SEQUENCE"], event.decoded("DTSTAMP")
            uid = str(event["UID"])
            said = (
                str(event["SUMMARY"]),
                _stamp(event.decoded("DTSTART")),
                str(event["STATUS"]) == "CANCELLED",
            )
            if uid not in held or rank >= held[uid][0]:
                held[uid] = rank, said
    return {uid: said for uid, (_, said) in held.items()}


def khal_reader(files: Iterable[bytes], folder: Path) -> Held:
    """What khal's store holds after importing one file after the other."""
    assert KHAL is not None
    store, settings = folder / "store", folder / "khal.conf"
    store.mkdir()
    settings.write_text(
        f"[calendars]\n[[plan]]\npath = {store}\n[locale]\nlocal_timezone = Asia/Shanghai\n"
        "default_timezone = Asia/Shanghai\ntimeformat = %H:%M\ndateformat = %Y-%m-%d\n"
        "longdateformat = %Y-%m-%d\ndatetimeformat = %Y-%m-%d %H:%M\nlongdatetimeformat = %Y-%m-%d %H:%M\n"
        f"[sqlite]\npath = {folder / 'khal.db'}\n",
        encoding="utf-8",
    )
    for number, data in enumerate(files):
        name = folder / f"{number}.ics"
        name.write_bytes(data)
        subprocess.run(
            [KHAL, "-c", str(settings), "import", "--batch", str(name)],
            check=True, capture_output=True, env={**os.environ, "LC_ALL": "C.UTF-8", "HOME": str(folder)},
        )  # fmt: skip
    return icalendar_reader([path.read_bytes() for path in store.iterdir()])


def _stamp(moment: date) -> str:
    return moment.strftime("%Y%m%dT%H%M%S" if isinstance(moment, datetime) else "%Y%m%d")
