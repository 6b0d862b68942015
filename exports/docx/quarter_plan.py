"""《季度活动计划》（.docx）：与 PDF 同样的内容，供公文系统使用。"""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

from exports.docx.writing import Document, Face, Ink, Line, OfficeFile
from exports.pdf.page import GRID_LEADING
from exports.pdf.quarter_facts import FREQUENCY_HEADS, HEADS, NO_ITEMS, QuarterFacts, quarter_facts
from exports.pdf.text import LONGEST_FIELD
from models.domain.errors import InputError
from models.domain.periods import quarter_period
from models.domain.snapshot import YearSnapshot
from planners.results import YearCheck

_SHARES = (9, 17, 40, 38, 32, 24, 23, 20, 22)
_ALIGNS = ("center", "center", "left", "center", "left", "left", "left", "left", "left")
_FREQUENCY_SHARES = (29, 6, 6, 23, 36)
_FREQUENCY_ALIGNS = ("left", "center", "center", "left", "left")


class WordOptions(NamedTuple):
    """What is written beside the plan itself; ``mark`` stands below the title, "" for none."""

    mark: str = "（草案）"
    attachment: str = "附件1"
    issued_on: date | None = None


def quarter_docx(
    snapshot: YearSnapshot, check: YearCheck, quarter: int, options: WordOptions | None = None
) -> OfficeFile:
    """The plan of ``quarter`` (1–4) as a Word document: every item, duty and remark of the PDF.

    The same facts give the same bytes. Raises ``InputError`` for another quarter.
    """
    if quarter not in (1, 2, 3, 4):
        raise InputError(f"没有第{quarter}季度。", remedy="季度应为1至4。")
    options = options or WordOptions()
    facts = quarter_facts(snapshot, check, quarter)
    document = Document(facts.title, landscape=True)
    document.foot(_foot(facts, options))
    _write_title(document, facts, options)
    _write_plan(document, facts)
    _write_frequencies(document, facts)
    document.write(*(Line(remark, Ink(Face.NOTE, 10.5, 16)) for remark in facts.remarks))
    day = options.issued_on or quarter_period(snapshot.year, quarter).first
    return OfficeFile(document.data(day), len(facts.items), warnings_of(facts))


def _foot(facts: QuarterFacts, options: WordOptions) -> str:
    marks = [f"本表共 {len(facts.items)} 项", f"内容校验码 {facts.digest}"]
    if options.mark:
        marks.append(options.mark.strip("（）"))
    if facts.demo:
        marks.append("演示数据，非真实活动安排")
    return "　".join(marks)


def _write_title(document: Document, facts: QuarterFacts, options: WordOptions) -> None:
    """附件 on line 1, the title from line 3 on, the mark below it; then basis and date."""
    if options.attachment:
        document.write(Line(options.attachment, Ink(Face.HEAD, 16, GRID_LEADING)), Line(""))
    document.write(Line(facts.title, Ink(Face.TITLE, 22, GRID_LEADING), "center"))
    if options.mark:
        document.write(Line(options.mark, Ink(Face.NOTE, 16, GRID_LEADING), "center"))
    note = Ink(Face.NOTE, 10.5, 18)
    document.write(Line(facts.basis, note))
    if options.issued_on:
        day = options.issued_on
        document.write(Line(f"{day.year}年{day.month}月{day.day}日", note, "right"))


def _write_plan(document: Document, facts: QuarterFacts) -> None:
    table = document.table(_SHARES, HEADS)
    for group in facts.groups:
        table.band(group.title)
        for item in group.items:
            table.row(item.row.texts, aligns=_ALIGNS)
    if not facts.items:
        table.notice(NO_ITEMS)


def _write_frequencies(document: Document, facts: QuarterFacts) -> None:
    if not facts.frequencies:
        return
    document.write(Line("", Ink(Face.BODY, 10.5, 10)), Line("频次核对", Ink(Face.HEAD, 14, 26), keep=True))
    table = document.table(_FREQUENCY_SHARES, FREQUENCY_HEADS)
    for row in facts.frequencies:
        table.row(row.texts, aligns=_FREQUENCY_ALIGNS)


def warnings_of(facts: QuarterFacts) -> tuple[str, ...]:
    """Which texts are longer than is written."""
    return tuple(
        f"第{item.number}项的{column}超过{LONGEST_FIELD}字，末尾{lost}字没有写入。"
        for item in facts.items
        for column, lost in item.cut
    )
