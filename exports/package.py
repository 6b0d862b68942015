"""年度数据包 outreach-year/1：整年写出、读回，往返一字不差。"""

from __future__ import annotations

import json
from functools import partial
from pathlib import Path
from typing import Any

from exports.json_file import JsonKind, read_json, read_json_file
from models.domain import codec
from models.domain.attendance import Meeting, closing_words
from models.domain.codec import Problem
from models.domain.errors import InputError
from models.domain.masking import masked_item, masks_of
from models.domain.references import references_of
from models.domain.snapshot import Item, ItemKind, YearSnapshot
from models.domain.text import clean_text
from models.domain.year import Year

FORMAT = "outreach-year/1"
LARGEST_FILE = 50 * 1024 * 1024
MOST_ITEMS = 100_000
MOST_PROBLEMS = 20
NOTHING_DONE = "没有导入任何内容。"
CHOOSE_PACKAGE = "请选择由“导出年度数据包”得到的 .json 文件。"
_PACKAGE = JsonKind("年度数据包", LARGEST_FILE, NOTHING_DONE, CHOOSE_PACKAGE)
LIST_ORDER = (
    ItemKind.UNIT, ItemKind.VENUE, ItemKind.SCHOOL, ItemKind.BLOCKED, ItemKind.EVENT, ItemKind.MEETING,
    ItemKind.DECISION, ItemKind.DELEGATE, ItemKind.INVITATION, ItemKind.OPINION, ItemKind.POLICY, ItemKind.EXEMPTION,
    ItemKind.ZONE, ItemKind.EVIDENCE,
)  # fmt: skip
_TOP_FIELDS = {"format", *codec.YEAR_FIELDS, *(kind.value for kind in LIST_ORDER)}


def write_package(snapshot: YearSnapshot, *, masked: bool = False) -> bytes:
    """The whole year as UTF-8 JSON; equal snapshots give equal bytes.

    ``masked``: names and phones of delegates, in whatever text they stand, and numbers of contacts are hidden;
    a year that knows them keeps them when it is read (see ``models.domain.masking.known_as``).
    """
    shown = partial(masked_item, masks=masks_of(snapshot)) if masked else _as_it_is
    year = codec.to_plain(shown(snapshot.year_row))
    lists = {
        kind.value: [codec.to_plain(shown(item)) for item in snapshot.items(kind)] for kind in LIST_ORDER
    }
    for later in (ItemKind.ZONE, ItemKind.EVIDENCE):
        if not lists[later.value]:
            del lists[later.value]
    package = {
        "format": FORMAT,
        "year": year["year"],
        "district": year["district"],
        "ruleset": year["ruleset"],
        "units": lists.pop("units"),
        "venues": lists.pop("venues"),
        "schools": lists.pop("schools"),
        "holidays": year["holidays"],
        "blocked": lists.pop("blocked"),
        "quarter_themes": year["quarter_themes"],
        **lists,
        "settings": year["settings"],
    }
    return (json.dumps(package, ensure_ascii=False, indent=1) + "\n").encode()


def _as_it_is(item: Item) -> Item:
    return item


def read_package_file(path: Path) -> YearSnapshot:
    """The year in the file ``path``; its size is looked at before it is read."""
    return _read_plain(read_json_file(path, _PACKAGE), path.name)


def read_package(data: bytes, file_name: str) -> YearSnapshot:
    """The year that ``data`` describes.

    Raises ``InputError`` with up to 20 problems, each with its place, value and reason.
    """
    return _read_plain(read_json(data, file_name, _PACKAGE), file_name)


def _read_plain(value: Any, file_name: str) -> YearSnapshot:
    plain = _recognised(value, file_name)
    problems: list[Problem] = []
    snapshot = _snapshot(plain, problems)
    if problems or snapshot is None:
        raise _refusal(file_name, problems)
    return snapshot


def _refusal(file_name: str, problems: list[Problem]) -> InputError:
    shown = "\n".join(f"  {number}. {problem}" for number, problem in enumerate(problems[:MOST_PROBLEMS], 1))
    rest = f"\n  ……另有 {len(problems) - MOST_PROBLEMS} 处" if len(problems) > MOST_PROBLEMS else ""
    return InputError(
        f"{file_name} 有 {len(problems)} 处不能接受：\n{shown}{rest}\n",
        NOTHING_DONE,
        "请改正后再导入。",
        problems[0].place,
    )


def _recognised(plain: Any, file_name: str) -> dict[str, Any]:
    if not isinstance(plain, dict) or not str(plain.get("format", "")).startswith("outreach-year/"):
        raise InputError(
            f"{file_name} 不是年度数据包（没有 format: {FORMAT}）。", NOTHING_DONE, CHOOSE_PACKAGE, "format"
        )
    if plain["format"] != FORMAT:
        raise InputError(
            f"{file_name} 的格式版本是 {clean_text(plain['format'])[:40]}，本程序只认得 {FORMAT}。",
            NOTHING_DONE,
            "请用对应版本的程序打开，或重新导出。",
            "format",
        )
    return plain


def _snapshot(plain: dict[str, Any], problems: list[Problem]) -> YearSnapshot | None:
    problems += [Problem(name, plain[name], "不认识的字段") for name in plain if name not in _TOP_FIELDS]
    year = codec.year_from_plain(plain, "", problems)
    lists: dict[str, Any] = {
        kind.value: _read_list(kind, plain.get(kind.value, []), problems) for kind in LIST_ORDER
    }
    if problems or not isinstance(year, Year):
        return None
    snapshot = YearSnapshot(year, **lists)
    _find_dangling(snapshot, problems)
    _find_closed_too_early(snapshot, problems)
    return snapshot


def _read_list(kind: ItemKind, entries: Any, problems: list[Problem]) -> list[Item]:
    if not isinstance(entries, list) or len(entries) > MOST_ITEMS:
        problems.append(Problem(kind.value, entries, f"应为列表，至多 {MOST_ITEMS} 项"))
        return []
    items: list[Item] = []
    taken: set[str] = set()
    for number, entry in enumerate(entries):
        place = f"{kind.value}[{number}]"
        item = codec.from_plain(kind, entry, place, problems)
        if item is None:
            continue
        if item.key in taken:
            problems.append(Problem(f"{place}.key", item.key, f"{kind.label}的编号重复"))
        taken.add(item.key)
        items.append(item)
    return items


def _find_dangling(snapshot: YearSnapshot, problems: list[Problem]) -> None:
    for kind in LIST_ORDER:
        for number, item in enumerate(snapshot.items(kind)):
            for reference, key in references_of(kind, item):
                if snapshot.item(reference.target, key) is None:
                    place = f"{kind.value}[{number}].{reference.field}"
                    problems.append(Problem(place, key, f"没有编号为它的{reference.target.label}"))


def _find_closed_too_early(snapshot: YearSnapshot, problems: list[Problem]) -> None:
    """A case with an open end cannot be closed, in a package as little as in the window (§20, §21)."""
    for number, decision in enumerate(snapshot.decisions):
        if decision.closed_on is None:
            continue
        meeting = snapshot.item(ItemKind.MEETING, decision.meeting) if decision.meeting else None
        words = closing_words(
            decision,
            meeting if isinstance(meeting, Meeting) else None,
            (row for row in snapshot.invitations if row.decision == decision.key),
            (row for row in snapshot.opinions if row.decision == decision.key),
            decision.closed_on,
        )
        if words:
            why = f"不能结案：{'、'.join(words)}（第{decision.body.clause}条）"
            problems.append(Problem(f"decisions[{number}].closed_on", decision.closed_on.isoformat(), why))
