from __future__ import annotations

import errno
from collections.abc import Callable

import pytest

from models.patience import PAUSES, patiently


def failing(times: int, number: int) -> Callable[[], str]:
    left = iter(range(times))

    def action() -> str:
        for _ in left:
            raise OSError(number, "held")
        return "done"

    return action


@pytest.mark.parametrize("number", [errno.EACCES, errno.EBUSY])
def test_a_file_held_for_a_moment_is_tried_again(number: int) -> None:
    waited: list[float] = []
    assert patiently(failing(3, number), waited.append) == "done"
    assert waited == [0.05, 0.1, 0.2]


def test_after_a_second_the_error_is_said() -> None:
    waited: list[float] = []
    with pytest.raises(OSError, match="held"):
        patiently(failing(99, errno.EBUSY), waited.append)
    assert tuple(waited) == PAUSES
    assert sum(waited) <= 1


def test_any_other_error_is_said_at_once() -> None:
    waited: list[float] = []
    with pytest.raises(OSError, match="held"):
        patiently(failing(1, errno.ENOSPC), waited.append)
    assert waited == []
