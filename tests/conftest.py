"""共用的测试设置：无屏幕也能跑界面测试。"""

from __future__ import annotations

import os

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
