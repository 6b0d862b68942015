"""垃圾回收：只在窗口的线程上，到时候才做。"""

from __future__ import annotations

import gc
import threading
import weakref
from collections.abc import Iterator

import pytest
from pytestqt.qtbot import QtBot

from gui.shell.application import WindowGarbage


class Ring:
    """Garbage that only the collector can take away."""

    def __init__(self) -> None:
        self.itself = self


@pytest.fixture
def garbage(qtbot: QtBot) -> Iterator[WindowGarbage]:
    gc.collect()
    made = WindowGarbage()
    yield made
    made.deleteLater()
    gc.enable()


def rings(number: int) -> list[weakref.ref[Ring]]:
    return [weakref.ref(Ring()) for _ in range(number)]


def test_another_thread_that_allocates_collects_nothing(garbage: WindowGarbage) -> None:
    found: list[weakref.ref[Ring]] = []
    thread = threading.Thread(target=lambda: found.extend(rings(5000)))
    thread.start()
    thread.join()
    assert all(ring() is not None for ring in found)
    garbage.look()
    assert all(ring() is None for ring in found)


def test_little_garbage_is_left_for_later(garbage: WindowGarbage) -> None:
    gc.collect()
    few = rings(3)
    garbage.look()
    assert all(ring() is not None for ring in few)
