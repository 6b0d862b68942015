"""终端：结果写标准输出，说明写标准错误，一律 UTF-8；代表的姓名、电话一律遮住。"""

from __future__ import annotations

import io
import json
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime
from enum import Enum
from typing import Any

from models.domain.errors import StoreError, UserError
from models.domain.masking import NOBODY, Masks, Where

_hidden: list[Masks] = [NOBODY]


def speak_utf8() -> None:
    """Both outputs are UTF-8 afterwards, whatever the console or the locale; nothing unprintable stops them."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")


def hide(masks: Masks) -> None:
    """From now on nobody of ``masks`` is named in anything that is printed or told, errors too."""
    _hidden[0] = masks


def _seen(text: str) -> str:
    return _hidden[0].text(text, Where.RECORD)


def print_result(text: str) -> None:
    """``text`` as a line of the result."""
    with _written_whole():
        sys.stdout.write(_seen(text) + "\n")


def print_json(value: Any) -> None:
    """``value`` as JSON, Chinese readable."""
    print_result(json.dumps(value, ensure_ascii=False, indent=1))


def fields(item: object, names: str) -> dict[str, Any]:
    """The fields of ``item`` called ``names`` (a space between two) as JSON values, under these names, in this order."""
    return {name: _plain(getattr(item, name)) for name in names.split()}


def _plain(value: Any) -> Any:
    """Words of an enumeration, days and minutes as ISO writes them, lists; anything else as it is."""
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, datetime):
        return value.isoformat(timespec="minutes")
    if isinstance(value, date):
        return value.isoformat()
    return [_plain(one) for one in value] if isinstance(value, list | tuple) else value


def print_bytes(data: bytes) -> None:
    """``data`` as the whole result, for ``-o -``."""
    with _written_whole():
        sys.stdout.flush()
        sys.stdout.buffer.write(data)
        sys.stdout.buffer.flush()


def finish_results() -> None:
    """Everything printed has reached the reader; ``StoreError`` where it could not."""
    with _written_whole():
        sys.stdout.flush()


@contextmanager
def _written_whole() -> Iterator[None]:
    """A full disk behind standard output is said; a reader that left is the caller's business."""
    try:
        yield
    except BrokenPipeError:
        raise
    except OSError as error:
        say_no_more()
        raise StoreError(
            "结果没有写完。", f"标准输出写不进去：{error.strerror}。", "请换一个地方接收结果后再做一次。"
        ) from error


def tell(text: str) -> None:
    """``text`` as a message beside the result."""
    sys.stderr.write(_seen(text) + "\n")


def tell_error(error: UserError) -> None:
    """What happened, its effect and the remedy, each on a line of its own."""
    parts = [part.strip() for part in (error.what, error.effect, error.remedy) if part.strip()]
    tell("\n".join(["错误：" + parts[0], *("  " + part for part in parts[1:])]))


def say_no_more() -> None:
    """What is still to be printed goes nowhere: nobody reads it, or there is no room for it."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
