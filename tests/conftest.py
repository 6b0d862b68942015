"""共用的测试设置：无屏幕也能跑界面测试；随机的例子每次都一样，要探索时另选一套。"""

from __future__ import annotations

import gc
import os

import pytest
from hypothesis import settings

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

settings.register_profile("same", derandomize=True, deadline=None, print_blob=True)
settings.register_profile("explore", derandomize=False, deadline=None, print_blob=True)
settings.load_profile("same")


@pytest.fixture(autouse=True)
def swept() -> None:
    """What a test with windows left is collected here, on the main thread; what lives on are caches."""
    if not gc.isenabled():
        gc.collect()
        gc.freeze()
        gc.enable()
