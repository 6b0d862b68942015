"""年度数据包 outreach-year/1：整年写出、读回，往返一字不差。"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from models.domain import codec
from models.domain.codec import Problem
from models.domain.errors import InputError
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
LIST_ORDER = (
    ItemKind.UNIT, ItemKind.VENUE, ItemKind.SCHOOL, ItemKind.BLOCKED, ItemKind.EVENT, ItemKind.MEETING,
    ItemKind.DECISION, ItemKind.DELEGATE, ItemKind.INVITATION, ItemKind.OPINION, ItemKind.POLICY, ItemKind.EXEMPTION,
)  # fmt: skip
_TOP_FIELDS = {"format", *codec.YEAR_FIELDS, *(kind.value for kind in LIST_ORDER)}


def write_package(snapshot: YearSnapshot) -> bytes:
    """The whole year as UTF-8 JSON; equal snapshots give equal bytes."""
    year = codec.to_plain(snapshot.year_row)
    lists = {kind.value: [codec.to_plain(item) for item in snapshot.items(kind)] for kind in LIST_ORDER}
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


def read_package_file(path: Path) -> YearSnapshot:
    """The year in the file ``path``; its size is looked at before it is read."""
    try:
        if path.exists() and not path.is_file():
            raise InputError(f"这不是一个文件：{path}。", NOTHING_DONE, CHOOSE_PACKAGE, path.name)
        if (size := path.stat().st_size) > LARGEST_FILE:
            raise _too_large(path.name, size)
        with path.open("rb") as file:
            data = file.read(LARGEST_FILE + 1)
    except OSError as error:
        raise InputError(
            f"读不到文件：{path}。", NOTHING_DONE, "请检查文件是否存在、能否读取。", path.name
        ) from error
    return read_package(data, path.name)


def _too_large(file_name: str, size: int) -> InputError:
    return InputError(
        f"文件太大：{file_name} 有 {size // 2**20} MB，年度数据包不超过 {LARGEST_FILE // 2**20} MB。",
        NOTHING_DONE,
        "请确认选对了文件。",
        file_name,
    )


def read_package(data: bytes, file_name: str) -> YearSnapshot:
    """The year that ``data`` describes.

    Raises ``InputError`` with up to 20 problems, each with its place, value and reason.
    """
    plain = _parsed(data, file_name)
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


class _DuplicateFieldError(ValueError):
    pass


class _NotANumberError(ValueError):
    pass


def _parsed(data: bytes, file_name: str) -> dict[str, Any]:
    plain = _from_json(_decoded(data, file_name), file_name)
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


def _decoded(data: bytes, file_name: str) -> str:
    if len(data) > LARGEST_FILE:
        raise _too_large(file_name, len(data))
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise InputError(
            f"{file_name} 不是 UTF-8 文字（第 {error.start + 1} 个字节）。",
            NOTHING_DONE,
            CHOOSE_PACKAGE,
            f"第 {error.start + 1} 个字节",
        ) from error


def _from_json(text: str, file_name: str) -> Any:
    try:
        return json.loads(text, object_pairs_hook=_unique_fields, parse_constant=_no_constant)
    except _DuplicateFieldError as error:
        why = f"{file_name} 的同一对象里，字段“{error}”出现两次。"
    except _NotANumberError as error:
        why = f"{file_name} 里的 {error} 不是数字。"
    except json.JSONDecodeError as error:
        why = f"{file_name} 不是 JSON（第 {error.lineno} 行第 {error.colno} 列起读不懂）。"
    except RecursionError:
        why = f"{file_name} 的括号嵌套过深，不是年度数据包。"
    except ValueError:
        why = f"{file_name} 里有位数过多的数字。"
    raise InputError(why, NOTHING_DONE, CHOOSE_PACKAGE, file_name)


def _unique_fields(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    fields: dict[str, Any] = {}
    for name, value in pairs:
        if name in fields:
            raise _DuplicateFieldError(clean_text(name)[:40])
        fields[name] = value
    return fields


def _no_constant(name: str) -> Any:
    raise _NotANumberError(name)


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
