"""季度佐证材料包：一份清单（PDF），每场活动一个文件夹；缺的、坏的说出名字。"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NamedTuple

from exports.evidence_folder import PackedFile, write_pack
from exports.files import safe_name
from models.domain.errors import CommandError, UserError
from models.domain.events import Event, EventStatus
from models.domain.papers import Evidence
from models.domain.periods import quarter_period
from models.domain.programs import why_unfit
from models.domain.snapshot import ItemKind, YearSnapshot
from models.domain.text import clean_text, quoted
from planners.evidence import evidence_by_event, kinds_lacking
from planners.masked import shown
from planners.results import YearCheck

INDEX, LACKING, LINKS = "佐证清单.pdf", "缺件说明.txt", "链接.txt"
QUARTERS = "一二三四"
Progress = Callable[[int, int], None]
"""Told how many files of how many are packed; stops the packing by raising."""
MakeIndex = Callable[[YearSnapshot, YearCheck, int], bytes]


class Pack(NamedTuple):
    """What was packed: where, how many events and files; ``lacking`` names what is not there, one sentence each."""

    target: Path
    events: int
    files: int
    lacking: tuple[str, ...]

    @property
    def complete(self) -> bool:
        """Whether every event has all of its evidence and every file could be read."""
        return not self.lacking


def pack_name(snapshot: YearSnapshot, quarter: int) -> str:
    """宝山区2027年第二季度佐证材料."""
    return safe_name(f"{snapshot.year_row.district}{snapshot.year}年第{QUARTERS[quarter - 1]}季度佐证材料")


def packed_events(snapshot: YearSnapshot, quarter: int) -> tuple[Event, ...]:
    """The events of the quarter that were held, and those with evidence, by day."""
    period, proven = quarter_period(snapshot.year, quarter), evidence_by_event(snapshot)
    found = [
        event
        for event in snapshot.events
        if event.lies_in(period) and (event.status is EventStatus.HELD or event.key in proven)
    ]
    return tuple(sorted(found, key=lambda event: (str(event.starts_at), event.key)))


def nothing_to_pack(snapshot: YearSnapshot, quarter: int) -> str:
    """Why there is no pack of a quarter of which ``packed_events`` are none."""
    period = quarter_period(snapshot.year, quarter)
    some = any(event.lies_in(period) for event in snapshot.events)
    what = "没有办过的活动" if some else "没有活动"
    return f"{snapshot.year}年第{QUARTERS[quarter - 1]}季度{what}，没有材料可打包。"


def evidence_pack(
    snapshot: YearSnapshot,
    check: YearCheck,
    quarter: int,
    read_file: Callable[[str], bytes],
    target: Path,
    progress: Progress = lambda _done, _total: None,
    *,
    make_index: MakeIndex | None = None,
) -> Pack:
    """The quarter's evidence at ``target``: a folder, or a .zip where its name ends so.

    ``read_file`` gives the content of a digest and raises ``UserError`` for one that is missing or damaged: it
    is named, in the answer and in 缺件说明.txt, and the rest is packed. ``CommandError`` where no event of the
    quarter is there to be packed. Written whole or not at all; raises
    ``StoreError`` with the cause where it cannot be written, what stood there untouched. The index counts
    only what was packed. No delegate's name or phone is in the names and lists; the files themselves are as they are.
    """
    snapshot, check, _ = shown(snapshot, check)
    events = packed_events(snapshot, quarter)
    if not events:
        raise CommandError(nothing_to_pack(snapshot, quarter), "没有写出材料包。", "请换一个季度。")
    packing = _Packing(snapshot, read_file, events, progress)
    make = make_index or _printed_index

    def index() -> bytes:
        return make(without(snapshot, packing.unread), check, quarter)

    write_pack(target, packing.files(index), INDEX)
    return Pack(target, len(packing.events), packing.packed, tuple(packing.lacking))


def _printed_index(snapshot: YearSnapshot, check: YearCheck, quarter: int) -> bytes:
    from exports.prints import PrintKind, make_print, usual_options

    options = usual_options(PrintKind.EVIDENCE, snapshot, check.today)._replace(quarter=quarter)
    return make_print(PrintKind.EVIDENCE, snapshot, check, options).data


def without(snapshot: YearSnapshot, keys: set[str]) -> YearSnapshot:
    """``snapshot`` without the evidence called ``keys``."""
    if not keys:
        return snapshot
    lists = {kind.value: snapshot.items(kind) for kind in ItemKind if kind is not ItemKind.YEAR}
    lists[ItemKind.EVIDENCE.value] = tuple(item for item in snapshot.evidence if item.key not in keys)
    return YearSnapshot(
        snapshot.year_row,
        stamps=snapshot.stamps,
        withdrawn=snapshot.withdrawn,
        revision=snapshot.revision,
        installation=snapshot.installation,
        neighbours=snapshot.neighbours,
        **lists,  # type: ignore[arg-type]
    )


class _Packing:
    """One run: ``packed``, ``lacking`` and ``unread`` fill while ``files`` are asked for."""

    def __init__(
        self,
        snapshot: YearSnapshot,
        read_file: Callable[[str], bytes],
        events: tuple[Event, ...],
        progress: Progress,
    ) -> None:
        self.events = events
        self.packed = 0
        self.lacking: list[str] = []
        self.unread: set[str] = set()
        self._settings = dict(snapshot.year_row.settings)
        self._evidence = evidence_by_event(snapshot)
        self._read = read_file
        self._progress = progress
        self._total = 1 + sum(bool(item.digest) for e in events for item in self._evidence.get(e.key, ()))
        self._done = 0

    def files(self, index: Callable[[], bytes]) -> Iterator[PackedFile]:
        """All files of the pack, read when they are asked for; the index last, when it is known what is there."""
        for number, event in enumerate(self.events, start=1):
            yield from self._files_of(event, folder_name(event, number, len(self.events)))
        yield PackedFile(INDEX, index())
        self._step()
        if self.lacking:
            yield PackedFile(LACKING, ("\r\n".join(self.lacking) + "\r\n").encode("utf-8-sig"))

    def _step(self) -> None:
        self._done += 1
        self._progress(self._done, self._total)

    def _files_of(self, event: Event, folder: str) -> Iterator[PackedFile]:
        items = self._evidence.get(event.key, ())
        if event.status is EventStatus.HELD and (kinds := kinds_lacking(event, items, self._settings)):
            self.lacking.append(f"{_named(event)}缺{'、'.join(kind.label for kind in kinds)}。")
        taken: set[str] = set()
        for item in items:
            if item.digest:
                yield from self._file_of(event, item, folder, taken)
        if links := link_lines(event, items):
            yield PackedFile(f"{folder}/{LINKS}", ("\r\n".join(links) + "\r\n").encode("utf-8-sig"))

    def _file_of(self, event: Event, item: Evidence, folder: str, taken: set[str]) -> Iterator[PackedFile]:
        try:
            data = self._read(item.digest)
            why = f"它{words}。" if (words := why_unfit(item, data)) else ""
        except UserError as error:
            why = error.what
        if why:
            name = _line(item.file_name or item.title or item.key)
            self.unread.add(item.key)
            self.lacking.append(f"{_named(event)}的{item.kind.label}{quoted(name)}没有放进来：{why}")
        else:
            self.packed += 1
            yield PackedFile(f"{folder}/{file_name(item, taken)}", data)
        self._step()


def _named(event: Event) -> str:
    day = event.day_words
    return f"{day}“{_line(event.short or event.title)}”"


def _line(text: str) -> str:
    """``text`` on one line: in the lists of the pack a line is a thing."""
    return " ".join(clean_text(text).split())


def folder_name(event: Event, number: int, count: int) -> str:
    """03_0513_走进社区_医保惠民: in the order of the days, safe on every system, with the full title cut short."""
    digits = max(2, len(str(count)))
    day = f"{event.day:%m%d}" if event.day else "0000"
    title = (event.short or event.title)[:40]
    return safe_name(f"{number:0{digits}d}_{day}_{event.campaign.label}_{title}")[:80].rstrip(" .")


def file_name(item: Evidence, taken: set[str]) -> str:
    """现场照片_原来的名字.jpg, or the name alone where it says the kind; a number is added where the folder has that name already, case aside."""
    stem, dot, suffix = (item.file_name or item.key).rpartition(".")
    stem, suffix = (stem, suffix) if dot else (suffix, "")
    number = 1
    while True:
        counted = f"{stem[:60]}-{number}" if number > 1 else stem[:60]
        named = counted if item.kind.label in stem else f"{item.kind.label}_{counted}"
        name = safe_name(named + (f".{suffix}" if suffix else ""))
        if name.casefold() not in taken:
            taken.add(name.casefold())
            return name
        number += 1


def link_lines(event: Event, items: tuple[Evidence, ...]) -> list[str]:
    """The links of an event, one a line with its kind and title."""
    lines = [f"{item.kind.label}　{_line(item.title)}　{_line(item.link)}" for item in items if item.link]
    if event.url:
        lines.append(f"报道或回放　{_line(event.url)}")
    return lines
