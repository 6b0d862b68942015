"""耐心：杀毒或同步程序占住文件的片刻，等一等再试。"""

from __future__ import annotations

import errno
import time
from collections.abc import Callable
from typing import TypeVar

HELD_FOR_A_MOMENT = frozenset({errno.EACCES, errno.EBUSY, errno.EPERM})
PAUSES = (0.05, 0.1, 0.2, 0.3, 0.3)
"""Seconds between attempts: not quite one second in all."""

Answer = TypeVar("Answer")


def patiently(action: Callable[[], Answer], pause: Callable[[float], None] = time.sleep) -> Answer:
    """What ``action`` answers; an ``OSError`` of a file held by somebody else is tried again up to 1 s."""
    for seconds in PAUSES:
        try:
            return action()
        except OSError as error:
            if error.errno not in HELD_FOR_A_MOMENT:
                raise
        pause(seconds)
    return action()
