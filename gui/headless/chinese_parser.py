"""argparse 说中文：用法、分组标题、错误。"""

from __future__ import annotations

import argparse
import re
from collections.abc import Iterable
from typing import Any, NoReturn

_WORDS: tuple[tuple[re.Pattern[str], str], ...] = (
    (re.compile(r"the following arguments are required: (.+)", re.DOTALL), r"缺少参数：\1"),
    (re.compile(r"unrecognized arguments: (.+)", re.DOTALL), r"不认识的参数：\1"),
    (re.compile(r"argument (.+?): expected one argument"), r"\1 后面要跟一个值"),
    (re.compile(r"argument (.+?): ignored explicit argument (.+)", re.DOTALL), r"\1 后面不能跟值：\2"),
    (
        re.compile(r"argument (.+?): invalid choice: (.+?) \((?:choose from|maybe you meant).*", re.DOTALL),
        r"\1：没有 \2，用 -h 看有哪些",
    ),
    (re.compile(r"argument (.+?): (.+)", re.DOTALL), r"\1：\2"),
)


class ChineseFormatter(argparse.RawDescriptionHelpFormatter):
    """Help with a Chinese head; the lines of description and epilog as they are written."""

    def add_usage(
        self,
        usage: str | None,
        actions: Iterable[argparse.Action],
        groups: Iterable[Any],
        prefix: str | None = None,
    ) -> None:
        """The usage line, headed 用法."""
        super().add_usage(usage, actions, groups, "用法：" if prefix is None else prefix)


class ChineseParser(argparse.ArgumentParser):
    """A parser whose help and errors are Chinese; options are never guessed from their beginnings."""

    def __init__(self, *, add_help: bool = True, **settings: Any) -> None:
        settings = {"formatter_class": ChineseFormatter, "allow_abbrev": False} | settings
        super().__init__(add_help=False, **settings)
        self.options = self.add_argument_group("选项")
        if add_help:
            self.options.add_argument("-h", "--help", action="help", help="显示这段说明")

    def error(self, message: str) -> NoReturn:
        """Says in Chinese what is wrong with the words, and ends with 2."""
        self.exit(2, f"{self.format_usage()}错误：{chinese_error(message)}\n")


def chinese_error(message: str) -> str:
    """argparse's ``message`` in Chinese; our own Chinese reasons inside it stay."""
    for pattern, words in _WORDS:
        if pattern.fullmatch(message):
            return pattern.sub(words, message)
    return message
