"""数据测试共用：固定的时钟，一份装着小年度的数据文件。"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta, timezone
from pathlib import Path

import pytest

from models.commands import create_year
from models.store import Store, open_store
from tests.models.years import small_year

STARTED = datetime(2027, 6, 15, 1, 0, tzinfo=timezone.utc)


class Clock:
    """A clock that moves a minute at each look."""

    def __init__(self) -> None:
        self.now = STARTED

    def __call__(self) -> datetime:
        self.now += timedelta(minutes=1)
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "数据.db"


@pytest.fixture
def store(path: Path, clock: Clock) -> Iterator[Store]:
    """The small year, open for writing."""
    with open_store(path, clock=clock, user="张三") as opened:
        create_year(opened, small_year())
        yield opened
