"""从外面来的 JSON 文件：先看大小，再读；读不了的用中文说清楚是哪一处。"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any, NamedTuple

from models.domain.errors import InputError
from models.domain.text import clean_text


class JsonKind(NamedTuple):
    """What a file should be: its name in messages, its largest size in bytes, and what a refusal adds."""

    name: str
    largest: int
    effect: str
    remedy: str


def read_json_file(path: Path, kind: JsonKind) -> Any:
    """The JSON value in the file ``path``; its size is looked at before it is read."""
    try:
        if path.exists() and not path.is_file():
            raise InputError(f"这不是一个文件：{path}。", kind.effect, kind.remedy, path.name)
        if (size := path.stat().st_size) > kind.largest:
            raise _too_large(path.name, size, kind)
        with path.open("rb") as file:
            data = file.read(kind.largest + 1)
    except (OSError, ValueError) as error:
        raise InputError(
            f"读不到文件：{path}。", kind.effect, "请检查文件是否存在、能否读取。", path.name
        ) from error
    return read_json(data, path.name, kind)


def read_json(data: bytes, file_name: str, kind: JsonKind) -> Any:
    """The JSON value in ``data``: UTF-8, no field twice in an object, no NaN, not nested too deep."""
    text = _decoded(data, file_name, kind)
    try:
        return json.loads(text, object_pairs_hook=_unique_fields, parse_constant=_no_constant)
    except _DuplicateFieldError as error:
        why = f"{file_name} 的同一对象里，字段“{error}”出现两次。"
    except _NotANumberError as error:
        why = f"{file_name} 里的 {error} 不是数字。"
    except json.JSONDecodeError as error:
        why = f"{file_name} 不是 JSON（第 {error.lineno} 行第 {error.colno} 列起读不懂）。"
    except RecursionError:
        why = f"{file_name} 的括号嵌套过深，不是{kind.name}。"
    except ValueError:
        why = f"{file_name} 里有位数过多的数字。"
    raise InputError(why, kind.effect, kind.remedy, file_name)


def _too_large(file_name: str, size: int, kind: JsonKind) -> InputError:
    return InputError(
        f"文件太大：{file_name} 有 {size // 2**20} MB，{kind.name}不超过 {kind.largest // 2**20} MB。",
        kind.effect,
        "请确认选对了文件。",
        file_name,
    )


def _decoded(data: bytes, file_name: str, kind: JsonKind) -> str:
    if len(data) > kind.largest:
        raise _too_large(file_name, len(data), kind)
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise InputError(
            f"{file_name} 不是 UTF-8 文字（第 {error.start + 1} 个字节）。",
            kind.effect,
            kind.remedy,
            f"第 {error.start + 1} 个字节",
        ) from error


class _DuplicateFieldError(ValueError):
    pass


class _NotANumberError(ValueError):
    pass


def _unique_fields(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    fields: dict[str, Any] = dict(pairs)
    if len(fields) < len(pairs):
        seen: set[str] = set()
        for name, _ in pairs:
            if name in seen:
                raise _DuplicateFieldError(clean_text(name)[:40])
            seen.add(name)
    return fields


def _no_constant(name: str) -> Any:
    raise _NotANumberError(name)
