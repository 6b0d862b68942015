"""承诺的试验：二十条一条不少；眨眼就做完的几条，每次都做。"""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.torture.list_of_promises import PROMISES
from tests.torture.promise import Trial

QUICK = ("P7", "P17", "P20")
"""What takes a moment; the full counts: ``python -m tests.torture``."""


def test_every_promise_has_its_trial() -> None:
    assert [promise.number for promise in PROMISES] == [f"P{number}" for number in range(1, 21)]


@pytest.mark.parametrize("number", QUICK)
def test_a_promise_holds_a_few_times(number: str, tmp_path: Path) -> None:
    promise = PROMISES[int(number[1:]) - 1]
    rows = promise.run(Trial(min(promise.quick, 6), tmp_path))
    assert [failure for row in rows for failure in row.failures] == []
    assert all(row.count or row.done.startswith("没有做") for row in rows)
