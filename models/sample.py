"""演示年度：全部虚构，随程序提供的年度数据包。"""

from __future__ import annotations

from datetime import date
from pathlib import Path

FILE = Path(__file__).parent / "data" / "sample-2027.json"

WRITTEN = date(2027, 6, 15)
"""The day on which the sample is true as it is written."""


def sample_year() -> bytes:
    """The sample as a year package; its settings hold ``demo``."""
    return FILE.read_bytes()
