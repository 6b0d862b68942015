"""import：年度数据包先比对，--apply 才导入，作为可撤销的一步。"""

from __future__ import annotations

from pathlib import Path
from typing import Any, NamedTuple

from exports.package import read_package_file
from gui.headless.arguments import Request
from gui.headless.opening import has_data, open_for_reading, open_for_writing
from gui.headless.terminal import print_json, print_result, tell
from models.commands import differences, import_year
from models.domain.changes import RowChange
from models.domain.errors import InputError
from models.domain.field_labels import FIELD_LABELS
from models.domain.snapshot import ItemKind, YearSnapshot
from models.queries import year_snapshot, years
from models.store import Store


def run(request: Request) -> int:
    """What the package would change is the result; with ``--apply`` it has been carried out."""
    assert request.file is not None
    path = Path(request.file).expanduser()
    if path.suffix.lower() in (".xlsx", ".ics"):
        from gui.headless.import_sheet import run as import_sheet

        return import_sheet(request)
    contents = _contents(path, request.year)
    if request.apply:
        with open_for_writing(request, create=True) as store:
            before = _before(store, contents.year)
            changes = differences(before, contents)
            import_year(store, contents)
    else:
        before = _stored(request, contents.year)
        changes = differences(before, contents)
    _report(request, path, contents, before, changes)
    return 0


def _contents(path: Path, year: int | None) -> YearSnapshot:
    if path.exists() and not path.is_file():
        raise InputError(f"这不是一个文件：{path}。", "什么都没改。", "请指定一个年度数据包（.json）。")
    contents = read_package_file(path)
    if year is not None and year != contents.year:
        raise InputError(
            f"这是 {contents.year} 年的数据包，不是 {year} 年的：{path.name}。",
            "什么都没改。",
            "请换一个文件，或去掉 --year。",
        )
    return contents


def _stored(request: Request, year: int) -> YearSnapshot | None:
    """The year as it is; None where there is none yet, not even a data file."""
    if not has_data(request):
        return None
    with open_for_reading(request) as store:
        return _before(store, year)


def _before(store: Store, year: int) -> YearSnapshot | None:
    return year_snapshot(store, year) if year in years(store) else None


def _report(
    request: Request,
    path: Path,
    contents: YearSnapshot,
    before: YearSnapshot | None,
    changes: tuple[RowChange, ...],
) -> None:
    lists = by_list(changes)
    if request.json:
        head = {
            "year": contents.year,
            "file": path.name,
            "new_year": before is None,
            "applied": request.apply,
        }
        print_json({**head, "lists": as_json(lists)})
    else:
        against = "新年度" if before is None else "与现有数据相比"
        print_result(f"{path.name}（{contents.year}年，{against}）")
        print_result(as_text(lists, details=before is not None))
    if not changes:
        tell("与现有数据完全相同，没有改动。")
    elif request.apply:
        tell("已导入，可以撤销。")
    else:
        tell("以上只是比对，什么都没改；加上 --apply 才导入。")


class Differences(NamedTuple):
    """The changes of one list."""

    kind: ItemKind
    new: tuple[RowChange, ...]
    changed: tuple[RowChange, ...]
    removed: tuple[RowChange, ...]


def by_list(changes: tuple[RowChange, ...]) -> tuple[Differences, ...]:
    """``changes`` sorted into the lists of a year, every list there."""
    return tuple(
        Differences(
            kind,
            new=tuple(c for c in changes if c.kind is kind and c.before is None),
            changed=tuple(
                c for c in changes if c.kind is kind and c.before is not None and c.after is not None
            ),
            removed=tuple(c for c in changes if c.kind is kind and c.after is None),
        )
        for kind in ItemKind
    )


def as_json(lists: tuple[Differences, ...]) -> dict[str, Any]:
    """Per list: keys that are new or removed, and of the changed ones the fields."""
    return {
        part.kind.value: {
            "new": [change.key for change in part.new],
            "changed": [{"key": change.key, "fields": list(change.fields)} for change in part.changed],
            "removed": [change.key for change in part.removed],
        }
        for part in lists
    }


def as_text(lists: tuple[Differences, ...], *, details: bool) -> str:
    """A line for each list that changes; with ``details`` also one for each item."""
    lines = []
    for part in lists:
        counts = (("新增", part.new), ("修改", part.changed), ("删除", part.removed))
        if words := " · ".join(f"{word} {len(found)}" for word, found in counts if found):
            lines.append(f"  {part.kind.label}：{words}")
        if details:
            lines += [f"    {word} {item_line(change)}" for word, found in counts for change in found]
    return "\n".join(lines) or "  没有差别"


def item_line(change: RowChange) -> str:
    """The item of ``change`` with its name, and which of its fields change."""
    fields = "、".join(FIELD_LABELS[field] for field in change.fields)
    return f"{change.words}：{fields}" if change.before and change.after else change.words
