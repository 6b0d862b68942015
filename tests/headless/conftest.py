"""命令行测试共用：在进程里跑 ``main``，一份小的年度数据包。"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, NamedTuple

import pytest

import main

SMALL_YEAR: dict[str, Any] = {
    "format": "outreach-year/1",
    "year": 2027,
    "units": [
        {"key": "sf", "name": "区司法局", "kind": "department", "aliases": ["司法局"]},
        {"key": "gc", "name": "顾村镇", "kind": "town"},
    ],
    "events": [
        {
            "key": "A001",
            "campaign": "lecture",
            "title": "民法典解读",
            "starts_at": "2027-06-17T14:00",
            "ends_at": "2027-06-17T16:00",
            "status": "confirmed",
            "lead_units": ["sf"],
        },
        {
            "key": "A002",
            "campaign": "community",
            "title": "普法宣传",
            "starts_at": "2027-03-05T09:00",
            "status": "held",
            "lead_units": ["sf"],
            "towns": ["gc"],
        },
    ],
    "delegates": [{"key": "p1", "name": "欧阳标记", "phone": "13800001234"}],
}


class Outcome(NamedTuple):
    """What a command answered."""

    code: int
    out: str
    err: str


Run = Callable[..., Outcome]


class Office:
    """A folder with a data file and packages, and the program run in it."""

    def __init__(self, folder: Path, capfd: pytest.CaptureFixture[str]) -> None:
        self.folder = folder
        self.data = folder / "数据.db"
        self._capfd = capfd

    def run(self, *words: object) -> Outcome:
        """The program with ``--data`` and ``words``."""
        code = main.main(["--data", str(self.data), *map(str, words)])
        return Outcome(code, *self._capfd.readouterr())

    def package(self, name: str = "年度.json", **changes: Any) -> Path:
        """The small year with ``changes``, as a file."""
        path = self.folder / name
        path.write_text(json.dumps(SMALL_YEAR | changes, ensure_ascii=False), encoding="utf-8")
        return path

    def imported(self, **changes: Any) -> None:
        """The data file holds the small year afterwards."""
        assert self.run("import", self.package(**changes), "--apply").code == 0

    def exported(self) -> dict[str, Any]:
        """The year as the program writes it."""
        answer = self.run("export", "json", 2027, "-o", "-")
        assert answer.code == 0, answer.err
        return dict(json.loads(answer.out))


@pytest.fixture
def connections(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[sqlite3.Connection]]:
    """Every connection to a database that is made; at the end none of them is open."""
    made: list[sqlite3.Connection] = []
    connect = sqlite3.connect

    def noted(*where: Any, **how: Any) -> sqlite3.Connection:
        made.append(connect(*where, **how))
        return made[-1]

    monkeypatch.setattr(sqlite3, "connect", noted)
    yield made
    for connection in made:
        with pytest.raises(sqlite3.ProgrammingError, match="closed"):
            connection.execute("SELECT 1")


@pytest.fixture
def office(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> Office:
    """A fresh office."""
    return Office(tmp_path, capfd)
