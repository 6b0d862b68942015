"""终端：结果写标准输出，说明写标准错误，一律 UTF-8。"""

from __future__ import annotations

import io
import json
import os
import sys
from typing import Any

from models.domain.errors import UserError


def speak_utf8() -> None:
    """Both outputs are UTF-8 afterwards, whatever the console or the locale; nothing unprintable stops them."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")


def print_result(text: str) -> None:
    """``text`` as a line of the result."""
    sys.stdout.write(text + "\n")


def print_json(value: Any) -> None:
    """``value`` as JSON, Chinese readable."""
    print_result(json.dumps(value, ensure_ascii=False, indent=1))


def print_bytes(data: bytes) -> None:
    """``data`` as the whole result, for ``-o -``."""
    sys.stdout.flush()
    sys.stdout.buffer.write(data)
    sys.stdout.buffer.flush()


def tell(text: str) -> None:
    """``text`` as a message beside the result."""
    sys.stderr.write(text + "\n")


def tell_error(error: UserError) -> None:
    """What happened, its effect and the remedy, each on a line of its own."""
    parts = [part.strip() for part in (error.what, error.effect, error.remedy) if part.strip()]
    tell("\n".join(["错误：" + parts[0], *("  " + part for part in parts[1:])]))


def reader_left() -> None:
    """The program that read our output is gone (``… | head``): say nothing more, end in peace."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
