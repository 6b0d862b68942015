"""命令行的词各是什么意思：年份、季度、日期、种类……读成值，读不懂的说明可用什么。"""

from __future__ import annotations

import argparse
import math
from collections.abc import Callable, Mapping
from datetime import date, datetime

from models.domain.events import Campaign
from models.domain.plain_values import why_out_of_reach

MOST_SECONDS = 86_400
PRINTS = (
    "quarter", "year", "lectures", "parks", "communities", "campuses",
    "open-month", "attendance", "wall", "findings", "evidence", "notice",
)  # fmt: skip
"""The kinds that are PDFs (``exports.print_options.PrintKind``)."""

FOLDERS = ("ics-folder", "letters", "invitations", "change-files")
"""The kinds that are written into a folder."""
KINDS = (
    "json", "ics", "ics-folder", "invitations", "change-files",
    *PRINTS, "docx", "letters", "xlsx", "template", "evidence-pack",
)  # fmt: skip
_PAPERS = {"A4": "a4", "A3": "a3"}
_MARGINS = {"公文附件": "official", "普通打印": "plain"}
"""Words and stored values of ``exports.pdf.page.Paper`` and ``Margins``, which the window's start does not import."""


def _number(least: int, most: int, what: str) -> Callable[[str], int]:
    def read(text: str) -> int:
        if not (
            text.isascii() and text.isdigit() and len(text) <= len(str(most)) and least <= int(text) <= most
        ):
            raise argparse.ArgumentTypeError(f"“{text}”不对，{what}")
        return int(text)

    return read


read_year = _number(2000, 2100, "年份应为 2000–2100 的整数")
read_release = _number(1, 100_000, "印发稿的编号应为正整数")
read_quarter = _number(1, 4, "季度应为 1–4")
read_month = _number(1, 12, "月份应为 1–12")
read_seed = _number(0, 2**32 - 1, f"种子应为 0–{2**32 - 1} 的整数")
read_moves = _number(0, 10_000, "场数应为 0–10000 的整数")
read_effort = _number(0, 10**12, "步数应为 0–10¹² 的整数")


def read_seconds(text: str) -> float:
    """A time limit: seconds above 0."""
    try:
        seconds = float(text) if text.isascii() else math.nan
    except ValueError:
        seconds = math.nan
    if not 0 < seconds <= MOST_SECONDS:
        raise argparse.ArgumentTypeError(f"“{text}”不对，秒数应大于 0、至多 {MOST_SECONDS}")
    return seconds


def read_named(text: str) -> str:
    """A path that is not blank."""
    if not text.strip():
        raise argparse.ArgumentTypeError("没有写明文件")
    return text


def read_day(text: str) -> date:
    """A day, 2027-06-15."""
    try:
        day = datetime.strptime(text, "%Y-%m-%d").date()
    except ValueError:
        raise argparse.ArgumentTypeError(f"“{text}”不对，日期应写成 2027-06-15，且有这一天") from None
    if why := why_out_of_reach(day):
        raise argparse.ArgumentTypeError(f"“{text}”不对，{why}")
    return day


def read_kind(text: str) -> str:
    """A kind of export."""
    if text not in KINDS:
        raise argparse.ArgumentTypeError(f"没有“{text}”，可用：{'、'.join(KINDS)}")
    return text


def read_campaign(text: str) -> Campaign:
    """A campaign by its word or its Chinese name."""
    for campaign in Campaign:
        if text in (campaign.value, campaign.label):
            return campaign
    known = "、".join(f"{campaign.value}（{campaign.label}）" for campaign in Campaign)
    raise argparse.ArgumentTypeError(f"没有“{text}”，可用：{known}")


def _one_of(known: Mapping[str, str]) -> Callable[[str], str]:
    def read(text: str) -> str:
        for word, value in known.items():
            if text.casefold() in (word.casefold(), value):
                return value
        listed = "、".join(f"{word}（{value}）" for word, value in known.items())
        raise argparse.ArgumentTypeError(f"没有“{text}”，可用：{listed}")

    return read


read_paper = _one_of(_PAPERS)
read_format = _one_of({"docx": "docx", "pdf": "pdf"})
read_margins = _one_of(_MARGINS)
