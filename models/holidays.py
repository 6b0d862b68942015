"""放假安排：已公布的随程序提供，未公布的按法定节日估算。"""

from __future__ import annotations

import json
from datetime import date, timedelta
from functools import lru_cache
from pathlib import Path
from typing import Any

from models.domain.errors import InputError
from models.domain.year import Holidays

FOLDER = Path(__file__).parent / "data" / "holidays"
_FIELDS = {"year", "title", "number", "days_off", "makeup_workdays"}


@lru_cache(maxsize=32)
def shipped_holidays(year: int) -> Holidays | None:
    """The announced arrangement of ``year`` with its notice's title and number; None while it is not out."""
    path = FOLDER / f"{year}.json"
    if not path.exists():
        return None
    plain: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    if set(plain) != _FIELDS or plain["year"] != year:
        raise InputError(f"{path.name} 的内容不完整。", "放假安排没有读入。", "请重新安装程序。")
    return Holidays(
        announced=True,
        notice=f"《{plain['title']}》（{plain['number']}）",
        days_off=tuple((date.fromisoformat(day), name) for day, name in plain["days_off"].items()),
        makeup_workdays=tuple(date.fromisoformat(day) for day in plain["makeup_workdays"]),
    )


@lru_cache(maxsize=1)
def _lunar() -> dict[str, dict[str, str]]:
    years: dict[str, dict[str, str]] = json.loads((FOLDER / "lunar.json").read_text(encoding="utf-8"))[
        "years"
    ]
    return years


@lru_cache(maxsize=32)
def estimated_holidays(year: int) -> Holidays:
    """The statutory days of ``year`` (办法 as of 2025), marked as not announced.

    元旦 1, 春节 除夕–初三 4, 清明 1, 劳动节 2, 端午 1, 中秋 1, 国庆 3. A day on which two meet
    bears both names. Raises ``InputError`` for a
    year outside the table of lunar dates.
    """
    if str(year) not in _lunar():
        first, last = min(_lunar()), max(_lunar())
        raise InputError(
            f"没有 {year} 年的农历节日资料（有 {first}–{last} 年）。", "", "请填写放假安排后再用。"
        )
    lunar = {name: date.fromisoformat(text) for name, text in _lunar()[str(year)].items()}
    named = [(date(year, 1, 1), "元旦")]
    named += [(lunar["春节"] + timedelta(days=n), "春节") for n in range(-1, 3)]
    named += [(date(year, 5, n), "劳动节") for n in (1, 2)]
    named += [(date(year, 10, n), "国庆节") for n in (1, 2, 3)]
    named += [(lunar[name], name) for name in ("清明节", "端午节", "中秋节")]
    days: dict[date, list[str]] = {}
    for day, name in named:
        days.setdefault(day, []).append(name)
    return Holidays(
        announced=False,
        notice=None,
        days_off=tuple((day, "、".join(names)) for day, names in sorted(days.items())),
    )


def holidays_for(year: int) -> Holidays:
    """The announced arrangement of ``year``, else the estimate."""
    return shipped_holidays(year) or estimated_holidays(year)


def neighbour_holidays(year: int) -> dict[int, Holidays]:
    """What is known of ``year`` and of the years before and after; a year outside the tables is left out."""
    known = {}
    for other in (year - 1, year, year + 1):
        if shipped_holidays(other) or str(other) in _lunar():
            known[other] = holidays_for(other)
    return known
