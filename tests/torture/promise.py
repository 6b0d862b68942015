"""一条承诺的试验：做了什么、多少次、哪些没有守住、量得多少。"""

from __future__ import annotations

import random
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

from models.domain.errors import UserError

Failures = list[str]


class Row(NamedTuple):
    """One line of the table: what was done how often, what did not hold, and what was measured."""

    done: str
    count: int
    failures: Failures
    figure: str = ""


def not_done(why: str) -> Row:
    """A line that says why there is no figure."""
    return Row(f"没有做：{why}", 0, [])


class Trial(NamedTuple):
    """How often to do it, where, and with which luck."""

    rounds: int
    folder: Path
    seed: int = 0

    def rng(self, *more: int) -> random.Random:
        """The same luck for the same trial."""
        return random.Random(f"{self.seed} {more}")

    def fresh(self, name: object) -> Path:
        """An empty folder of this trial."""
        folder = self.folder / str(name)
        folder.mkdir(parents=True)
        return folder


class Promise(NamedTuple):
    """A promise of the program about data, by its number, and the trial that shows whether it holds."""

    number: str
    words: str
    run: Callable[[Trial], list[Row]]
    full: int
    """Rounds that give the counts asked for."""
    quick: int
    """Rounds that take a few seconds."""


def said_in_words(error: UserError) -> bool:
    """Whether ``error`` tells somebody who is no programmer what happened: no Python, no SQL, no empty sentence."""
    text = str(error)
    foreign = ("Traceback", "Errno", "sqlite", "Error", "SELECT", "database disk image")
    return bool(error.what) and any(char >= "\u4e00" for char in text) and not any(w in text for w in foreign)
