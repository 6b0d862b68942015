"""垃圾回收不在排期的线程上做，如同真的窗口。"""

from __future__ import annotations

import gc
from collections.abc import Iterator

import pytest


@pytest.fixture(autouse=True)
def collected_on_the_main_thread() -> Iterator[None]:
    gc.disable()
    yield
    gc.enable()
