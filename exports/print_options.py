"""打印的种类与选项：印什么、印哪些、怎么印。"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import NamedTuple

from exports.pdf.page import Layout, Margins, Orientation, Paper
from models.domain.events import Campaign, Labelled

STANDARD, COMPACT = "standard", "compact"
"""Values of ``PrintOptions.spacing``."""


class PrintKind(Labelled):
    """What can be printed; the stored value is the word of the command line."""

    QUARTER = "quarter", "季度活动计划"
    LECTURES = "lectures", "年度直播企划"
    PARKS = "parks", "走进园区季度计划"
    COMMUNITIES = "communities", "走进社区年度计划"
    CAMPUSES = "campuses", "走进校区年度计划"
    OPEN_MONTH = "open-month", "政府开放月活动表"
    ATTENDANCE = "attendance", "列席情况汇总"
    WALL = "wall", "月历"
    YEAR = "year", "年度总览"
    FINDINGS = "findings", "规则检查单"
    EVIDENCE = "evidence", "佐证清单"
    NOTICE = "notice", "变更通知"


class ReleaseMark(NamedTuple):
    """The 印发稿 that is printed: its number, name and day, and the hash of its contents."""

    number: int
    name: str
    day: date
    digest: str


class PrintOptions(NamedTuple):
    """What is chosen for a print; which fields mean something for a kind says ``options_of``.

    Empty ``campaigns`` and ``units``: all of them; ``sittings``: the meetings with public delegates
    too. An empty ``title`` is the usual one, an empty ``issuer`` is not printed. ``release`` None: 草案.
    ``open_month_limit``: so many events of the 政府开放月 in the quarter's plan, the rest counted.
    ``attachment`` is line 1 of a 公文附件. ``clean``: the form in which a release goes out, without a line of
    the release below the title.
    """

    quarter: int | None = None
    month: int | None = None
    campaigns: tuple[Campaign, ...] = ()
    units: tuple[str, ...] = ()
    confirmed_only: bool = False
    clauses: bool = True
    mark_unconfirmed: bool = True
    rule_summary: bool = True
    open_month_limit: int | None = None
    paper: Paper = Paper.A4
    margins: Margins = Margins.OFFICIAL
    spacing: str = STANDARD
    title: str = ""
    issuer: str = ""
    issued_on: date | None = None
    mask_phones: bool = True
    mask_delegates: bool = True
    builtin_fonts: bool = False
    release: ReleaseMark | None = None
    sittings: bool = True
    attachment: str = "附件1"
    clean: bool = False


class Printed(NamedTuple):
    """A finished print that was read back and found complete.

    ``items`` as its feet count them, ``digest`` as printed there; ``warnings`` name characters
    without a glyph and texts that were cut.
    """

    data: bytes
    pages: int
    items: int
    warnings: tuple[str, ...]
    digest: str


_EVERYWHERE = frozenset(
    {
        "paper",
        "margins",
        "spacing",
        "title",
        "issuer",
        "issued_on",
        "builtin_fonts",
        "release",
        "attachment",
        "clean",
    }
)
_OF_EVENTS = frozenset({"units", "confirmed_only", "clauses", "mark_unconfirmed"})

OPTIONS: Mapping[PrintKind, frozenset[str]] = {
    PrintKind.QUARTER: _EVERYWHERE
    | _OF_EVENTS
    | {"quarter", "campaigns", "rule_summary", "open_month_limit", "sittings"},
    PrintKind.LECTURES: _EVERYWHERE | _OF_EVENTS | {"rule_summary", "mask_phones"},
    PrintKind.PARKS: _EVERYWHERE | _OF_EVENTS | {"quarter", "rule_summary"},
    PrintKind.COMMUNITIES: _EVERYWHERE | _OF_EVENTS | {"rule_summary"},
    PrintKind.CAMPUSES: _EVERYWHERE | _OF_EVENTS | {"rule_summary"},
    PrintKind.OPEN_MONTH: _EVERYWHERE | _OF_EVENTS | {"rule_summary"},
    PrintKind.ATTENDANCE: _EVERYWHERE | {"quarter", "units", "clauses", "mask_delegates", "mask_phones"},
    PrintKind.WALL: (_EVERYWHERE - {"spacing"})
    | {"month", "campaigns", "units", "confirmed_only", "mark_unconfirmed", "sittings"},
    PrintKind.YEAR: _EVERYWHERE | {"campaigns", "clauses"},
    PrintKind.FINDINGS: _EVERYWHERE | {"quarter", "clauses", "rule_summary"},
    PrintKind.EVIDENCE: _EVERYWHERE | {"quarter", "campaigns", "units"},
    PrintKind.NOTICE: _EVERYWHERE | {"campaigns", "units", "rule_summary"},
}
"""The fields that mean something for each kind."""

PORTRAIT = frozenset({PrintKind.ATTENDANCE, PrintKind.FINDINGS})


def layout_of(kind: PrintKind, options: PrintOptions) -> Layout:
    """The sheet on which ``kind`` is printed."""
    orientation = Orientation.PORTRAIT if kind in PORTRAIT else Orientation.LANDSCAPE
    return Layout(
        options.paper,
        orientation,
        options.margins,
        bundled_only=options.builtin_fonts,
        attachment=options.attachment,
    )
