"""演示年度：全部虚构，随程序提供的年度数据包。"""

from __future__ import annotations

from pathlib import Path

FILE = Path(__file__).parent / "data" / "sample-2027.json"


def sample_year() -> bytes:
    """The sample as a year package; its settings hold ``demo``."""
    return FILE.read_bytes()
