"""一切出得去的东西：敌意的文字仍是文字，不读别的文件不碰网络，同样的事实同样的字节，印发稿永远是那一天的样子。"""

from __future__ import annotations

import json
import os
import random
import re
import site
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import suppress
from datetime import date, datetime, timedelta
from functools import lru_cache
from pathlib import Path
from zipfile import ZipFile

import pytest

from exports.package import read_package
from exports.prints import PrintKind, ReleaseMark, make_print, usual_options
from models import commands
from models.domain.errors import CommandError
from models.domain.events import Event, EventStatus
from models.domain.snapshot import ItemKind, YearSnapshot
from models.domain.text import clean_text
from models.domain.year import Holidays
from models.queries import year_snapshot
from models.releases import release_year, released_snapshot
from models.store import Store, open_store
from tests.exports.every_export import EXPORTS, LINES, TODAY, Facts, Files, digest_of, facts, words_of
from tests.exports.watching import watched

LONG = ("宝" * 10_000, "word " * 2_000, "x" * 10_000)
HOSTILE = (
    "<b>x</b>&amp;&#60;&nbsp;",
    '<img src="file:///etc/passwd">',
    "]]><!DOCTYPE x SYSTEM 'file:///etc/passwd'>",
    "=1+1",
    "+cmd|' /C calc'!A0",
    "-2",
    "@SUM(A1)",
    "\t=1+1",
    "甲\u202e乙\u2066丙\u200f丁\u2028丑\u2029寅\x85卯",
    "春\ud800夏\udfff秋\x00冬\x1b[31m东\ufeff西\ufffe南 cafe\u0301",
    "𠮷野家 蕰藻浜 😀👨\u200d👩\u200d👧",
    *LONG,
    "C:\\new\\n\\N",
    "BEGIN:VEVENT",
    "前\r\nEND:VCALENDAR\r\nBEGIN:VCALENDAR\r\n后",
    "_x000D_{=1}%s%n{0}",
    "'; DROP TABLE event; --$(reboot)`id`",
    "../../etc/passwd",
    "javascript:alert(1)" + "a" * 75 + "宝" * 75,
)
_UNSEEN = re.compile(r"[\s\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff]+")
PARTLY = {"print year", "print evidence", "evidence pack"}
"""Exports that name few events, or none."""
NAMES = tuple(EXPORTS)


@lru_cache(maxsize=1)
def hostile() -> Facts:
    """The year of hostile texts, come in through a package and the data file."""
    return Facts(*(_stored(snapshot) for snapshot in facts(HOSTILE)))


def _stored(snapshot: YearSnapshot) -> YearSnapshot:
    from models.domain import codec

    lists = {
        kind.value: [codec.to_plain(item) for item in snapshot.items(kind)]
        for kind in ItemKind
        if kind is not ItemKind.YEAR
    }
    package = {"format": "outreach-year/1", **codec.to_plain(snapshot.year_row), **lists}
    with tempfile.TemporaryDirectory() as folder, open_store(Path(folder) / "数据.db") as store:
        commands.import_year(store, read_package(json.dumps(package).encode(), "年度.json"))
        read = year_snapshot(store, 2027)
    return _with(read, snapshot)


def _with(read: YearSnapshot, known: YearSnapshot) -> YearSnapshot:
    """``read`` with the stamps of ``known``, so that nothing depends on the clock."""
    lists = {kind.value: read.items(kind) for kind in ItemKind if kind is not ItemKind.YEAR}
    return YearSnapshot(
        read.year_row,
        **lists,
        stamps=known.stamps,
        installation=known.installation,
        neighbours=known.neighbours,
    )  # type: ignore[arg-type]


@lru_cache(maxsize=len(NAMES))
def made(name: str) -> Files:
    """The export of the hostile year."""
    return EXPORTS[name](hostile())


def expected(text: str, suffix: str) -> str:
    """How ``text`` is to be read in a file of that kind, white space aside; the beginning of a long one."""
    text = clean_text(text)
    if suffix == ".ics":
        text = text.replace("\\", "＼")
    if suffix in (".pdf", ".zip"):
        text = "".join("〓" if ord(char) > 0xFFFF else char for char in text)
    return squeezed(text)[:60]


def squeezed(text: str) -> str:
    return _UNSEEN.sub("", text)


# ── 敌意的文字 ──


@pytest.mark.parametrize("name", NAMES)
def test_hostile_text_is_text_in_every_export(name: str) -> None:
    files = made(name)
    words = squeezed(words_of(files))
    suffix = Path(next(iter(files))).suffix
    assert files
    assert "root:" not in words
    if name not in PARTLY:
        assert [text[:40] for text in HOSTILE if expected(text, suffix) not in words] == []


@pytest.mark.parametrize("name", NAMES)
def test_nothing_in_an_export_is_active(name: str) -> None:
    for file, data in made(name).items():
        _ACTIVE[Path(file).suffix](data)


def _no_actions(data: bytes) -> None:
    data = re.sub(rb"stream\r?\n.*?endstream", b"", data, flags=re.DOTALL)
    found = re.findall(rb"/(?:URI|Launch|JavaScript|JS|EmbeddedFile|OpenAction|AA|Annots|XFA)\b", data)
    assert found == []


def _no_links(data: bytes) -> None:
    from io import BytesIO

    with ZipFile(BytesIO(data)) as packed:
        for part in packed.namelist():
            content = packed.read(part)
            assert b'TargetMode="External"' not in content
            assert b"<!DOCTYPE" not in content
            for field in re.findall(rb"<w:instrText[^>]*>([^<]*)<", content):
                assert field.strip().split()[0] in {b"PAGE", b"NUMPAGES", b"SECTIONPAGES"}
            assert not re.search(rb"<(?:f|hyperlink|oleObject|w:object|w:hyperlink|w:altChunk)[ >]", content)


def _whole_lines(data: bytes) -> None:
    lines = data.split(b"\r\n")
    assert all(len(line) <= 75 for line in lines)
    assert data.count(b"\n") == data.count(b"\r") == len(lines) - 1
    assert (lines.count(b"BEGIN:VCALENDAR"), lines.count(b"END:VCALENDAR")) == (1, 1)
    assert {line.partition(b":")[2] for line in lines if line.startswith(b"BEGIN:")} <= {
        b"VCALENDAR", b"VTIMEZONE", b"STANDARD", b"VEVENT", b"VTODO", b"VALARM",
    }  # fmt: skip


def _plain_names(data: bytes) -> None:
    from io import BytesIO

    with ZipFile(BytesIO(data)) as packed:
        for name in packed.namelist():
            assert not name.startswith(("/", "\\"))
            assert ".." not in name.split("/")
            if name.endswith(".pdf"):
                _no_actions(packed.read(name))


_ACTIVE: dict[str, Callable[[bytes], object]] = {
    ".pdf": _no_actions,
    ".docx": _no_links,
    ".xlsx": _no_links,
    ".ics": _whole_lines,
    ".json": json.loads,
    ".zip": _plain_names,
}


@pytest.mark.parametrize("name", sorted({*NAMES} - {"package json"}))
def test_text_that_never_passed_the_border_breaks_no_sink(name: str) -> None:
    broken = tuple(text for text in HOSTILE if clean_text(text) != text)
    assert len(broken) == 3
    assert words_of(EXPORTS[name](facts(broken)))


@pytest.mark.parametrize("name", NAMES)
def test_a_hostile_district_breaks_neither_files_nor_their_names(name: str) -> None:
    district = f"]]><b>&amp;</b>../={'宝' * 120}"
    year = facts(("办事指南",))
    files = EXPORTS[name](Facts(*(_renamed(snapshot, district) for snapshot in year)))
    assert words_of(files)
    assert all(
        len(file.encode()) < 255 and not set('\\/:*?"<>|') & set(file) for file in files if "@" not in file
    )


def _renamed(snapshot: YearSnapshot, district: str) -> YearSnapshot:
    lists = {kind.value: snapshot.items(kind) for kind in ItemKind if kind is not ItemKind.YEAR}
    return YearSnapshot(
        snapshot.year_row._replace(district=district), **lists,
        stamps=snapshot.stamps, installation=snapshot.installation, neighbours=snapshot.neighbours,
    )  # type: ignore[arg-type]  # fmt: skip


@pytest.mark.parametrize("text", ["<b>&amp;</b>]]>=1+1" + "宝" * 300, "甲\ud800\u202e乙\x00" + "x" * 300])
@pytest.mark.parametrize("kind", [kind for kind in PrintKind if kind is not PrintKind.NOTICE])
def test_a_hostile_title_issuer_and_name_of_a_release_are_text(kind: PrintKind, text: str) -> None:
    year = facts()
    mark = ReleaseMark(1, clean_text(text), TODAY, "a" * 64)
    usual = usual_options(kind, year.now, TODAY)._replace(
        title=text, issuer=text, attachment=text, release=mark
    )
    options = usual._replace(quarter=3) if kind is PrintKind.QUARTER else usual
    data = make_print(kind, year.now, year.check, options).data
    assert expected(text, ".pdf")[:20] in squeezed(words_of({"a.pdf": data}))
    _no_actions(data)


def test_nobody_s_opinion_is_cut_in_a_letter() -> None:
    for name in ("letters pdf", "letters docx"):
        words = words_of(made(name))
        # said and answered in the same words: twice ten thousand
        assert (words.count("宝") >= 20_000, words.count("word") >= 4_000, words.count("x") >= 20_000) == (
            True, True, True,
        )  # fmt: skip


def test_every_event_is_in_the_calendars_once() -> None:
    import icalendar

    events = len(hostile().now.events)
    assert events == len(LINES) * len(HOSTILE) + 3
    for name in ("calendar ics", "server", "invitations"):
        found = [
            str(event["UID"])
            for data in made(name).values()
            for event in icalendar.Calendar.from_ical(data).walk("VEVENT")
        ]
        uids = [uid for uid in found if "-deadline" not in uid]
        assert len(uids) == len(set(uids)), name
    assert len(made("invitations")) == sum(bool(event.lead_units) for event in hostile().now.events)


# ── 不读别的，不碰网络 ──


def _allowed() -> tuple[str, ...]:
    project = Path(__file__).resolve().parents[2]
    rooms = (project / room for room in ("exports", "models", "planners", "tests"))
    fonts = (
        "/usr/share/fonts",
        "/usr/local/share/fonts",
        Path.home() / ".fonts",
        Path.home() / ".local/share/fonts",
    )
    places = (*rooms, *fonts, sys.prefix, sys.base_prefix, *site.getsitepackages(), tempfile.gettempdir())
    return tuple(f"{Path(place).resolve()}{os.sep}" for place in places)


@pytest.mark.parametrize("name", NAMES)
def test_an_export_opens_nothing_but_the_program_s_own_files(name: str) -> None:
    harmless = facts(("办事指南", '<img src="file:///etc/passwd">', "http://example.org/a.png"))
    with watched() as heard:
        EXPORTS[name](harmless)
    allowed = _allowed()
    assert [one for one in heard if not f"{os.path.realpath(one)}{os.sep}".startswith(allowed)] == []


def test_the_watch_hears_what_it_should(tmp_path: Path) -> None:
    import socket

    with watched() as heard:
        (tmp_path / "a").write_text("x", encoding="utf-8")
        socket.socket().close()
    assert heard[0] == str(tmp_path / "a")
    assert heard[1].startswith("socket.")


# ── 同样的事实，同样的字节 ──


def test_two_processes_write_the_same_bytes() -> None:
    project = Path(__file__).resolve().parents[2]
    runs = [
        subprocess.Popen(
            [sys.executable, "-m", "tests.exports.every_export"],
            cwd=project,
            env={**os.environ, "PYTHONHASHSEED": seed, "TZ": zone, "PYTHONDONTWRITEBYTECODE": "1"},
            stdout=subprocess.PIPE,
        )
        for seed, zone in (("1", "UTC"), ("2", "Asia/Shanghai"))
    ]
    one, other = (json.loads(run.communicate()[0]) for run in runs)
    assert set(one) == set(EXPORTS)
    assert {name for name in one if one[name] != other[name]} == set()


# ── 印发稿 ──


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with open_store(tmp_path / "数据.db") as opened:
        commands.create_year(opened, facts(("办事指南", "惠企政策", "一老一小", "营商环境")).now)
        yield opened


def test_a_release_exports_for_ever_what_it_exported_on_its_day(store: Store) -> None:
    rng = random.Random(20270615)
    release_year(store, 2027, "一稿", date(2027, 3, 1))
    _edit(store, rng, 12)
    release_year(store, 2027, "二稿", date(2027, 6, 1))
    before = _released(store)
    _edit(store, rng, 50)
    after = _released(store)
    assert {name for name in before if before[name] != after[name]} == set()
    assert len(before) == len(EXPORTS)
    draft = year_snapshot(store, 2027)
    now = Facts(draft, released_snapshot(store, 2027, 1))
    assert digest_of(EXPORTS["calendar ics"](now)) != after["calendar ics"]
    assert digest_of(EXPORTS["print quarter"](now)) != after["print quarter"]


def _released(store: Store) -> dict[str, str]:
    frozen = Facts(released_snapshot(store, 2027, 2), released_snapshot(store, 2027, 1))
    return {name: digest_of(make(frozen)) for name, make in EXPORTS.items()}


def _edit(store: Store, rng: random.Random, count: int) -> None:
    """``count`` steps of every sort that a user can make, the persons of delegates aside."""
    done = 0
    while done < count:
        snapshot = year_snapshot(store, 2027)
        event = rng.choice([one for one in snapshot.events if one.campaign in LINES])
        with suppress(CommandError):  # not every status follows every other
            done += bool(rng.choice(_EDITS)(store, rng, snapshot, event).changes)


def _move(store: Store, rng: random.Random, _: YearSnapshot, event: Event):  # type: ignore[no-untyped-def]
    return commands.move_event(
        store, 2027, event.key, datetime(2027, 7, 1, 9) + timedelta(days=rng.randrange(60))
    )


def _rename(store: Store, rng: random.Random, _: YearSnapshot, event: Event):  # type: ignore[no-untyped-def]
    return commands.change_event(
        store, 2027, event._replace(title=f"改{rng.random()}", place=f"{rng.random()}号")
    )


def _delete(store: Store, rng: random.Random, snapshot: YearSnapshot, event: Event):  # type: ignore[no-untyped-def]
    if len(snapshot.events) < 12:
        return _add(store, rng, snapshot, event)
    return commands.delete_event(store, 2027, event.key)


def _add(store: Store, rng: random.Random, snapshot: YearSnapshot, event: Event):  # type: ignore[no-untyped-def]
    key = commands.new_key(snapshot, ItemKind.EVENT)
    return commands.add_event(store, 2027, event._replace(key=key, title=f"新{rng.random()}"))


def _cancel(store: Store, rng: random.Random, _: YearSnapshot, event: Event):  # type: ignore[no-untyped-def]
    status = rng.choice([EventStatus.CANCELLED, EventStatus.POSTPONED, EventStatus.CONFIRMED])
    return commands.change_event(store, 2027, event._replace(status=status, status_reason="台风"))


def _rename_unit(store: Store, rng: random.Random, snapshot: YearSnapshot, _: Event):  # type: ignore[no-untyped-def]
    unit = rng.choice(snapshot.units)._replace(name=f"单位{rng.random()}")
    return commands.put_item(store, 2027, ItemKind.UNIT, unit)


def _theme(store: Store, rng: random.Random, _: YearSnapshot, __: Event):  # type: ignore[no-untyped-def]
    return commands.set_quarter_theme(store, 2027, rng.randrange(1, 5), f"主题{rng.random()}")


def _holidays(store: Store, rng: random.Random, _: YearSnapshot, __: Event):  # type: ignore[no-untyped-def]
    days = ((date(2027, 7, 1) + timedelta(days=rng.randrange(60)), "假"),)
    return commands.set_holidays(store, 2027, Holidays(announced=True, days_off=days))


def _settings(store: Store, rng: random.Random, _: YearSnapshot, __: Event):  # type: ignore[no-untyped-def]
    return commands.change_settings(store, 2027, {"mail:sf": f"a{rng.randrange(10**6)}@example.org"})


_EDITS = (_move, _move, _rename, _rename, _delete, _add, _cancel, _rename_unit, _theme, _holidays, _settings)
