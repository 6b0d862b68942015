"""F8 的走法：从哪里出发都有下一项，走到头就绕回。"""

from __future__ import annotations

import pytest

from gui.rules.walk import Place, is_about, next_place
from tests.factories import findings
from tests.gui.overview.board_samples import sample_check
from tests.gui.rules.samples import line

FOUND = [("b", "b1"), ("b", "b2"), ("d", "d1")]
LINES = ["a", "b", "c", "d", "e"]


@pytest.mark.parametrize(
    ("here", "step", "place", "wraps"),
    [
        (("b", "b1"), 1, ("b", "b2"), False),
        (("b", "b2"), 1, ("d", "d1"), False),
        (("d", "d1"), 1, ("b", "b1"), True),
        (("b", "b1"), -1, ("d", "d1"), True),
        (("d", "d1"), -1, ("b", "b2"), False),
        (("a", None), 1, ("b", "b1"), False),
        (("c", None), 1, ("d", "d1"), False),
        (("c", None), -1, ("b", "b2"), False),
        (("e", None), 1, ("b", "b1"), True),
        (("a", None), -1, ("d", "d1"), True),
        (("d", None), -1, ("b", "b2"), False),
        (("gone", None), 1, ("b", "b1"), False),
    ],
)
def test_the_next_finding(here: tuple[str, str | None], step: int, place: Place, wraps: bool) -> None:
    assert next_place(FOUND, LINES, here[0], here[1], step) == (place, wraps)


def test_a_row_is_known_again_when_its_numbers_changed() -> None:
    missed, risky = line("campus.stages").rows[:2]
    assert is_about(missed, missed.cell._replace(reason="说明", held=9))
    assert not is_about(risky, missed.cell)
    (feedback,) = findings(sample_check(), "no_feedback")
    row = line("attendance.feedback").rows[0]
    assert is_about(row, feedback._replace(actual=99))
    assert not is_about(row, feedback._replace(decision="d9"))
    assert not is_about(missed, feedback)
