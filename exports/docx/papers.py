"""印件成为 Word 文档：与 PDF 出自同一份内容，供公文系统使用。"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from exports.docx.writing import Face, Ink, OfficeFile, Paragraph, WordDocument
from exports.pdf.chart import Chart
from exports.pdf.desk import PrintDocument as Paper
from exports.pdf.desk import PrintPart
from exports.pdf.items import digest_of
from exports.pdf.page import GRID_LEADING
from exports.pdf.printing import DEMO, checked_words, standing_mark, standing_words
from exports.pdf.text import clean
from exports.pdf.times import day_line
from exports.print_options import PrintKind, PrintOptions, layout_of
from models.domain.errors import InputError

_NOTE = Ink(Face.NOTE, 10.5, 18)
_REMARK = Ink(Face.NOTE, 10.5, 16)


def papers_docx(
    papers: Sequence[Paper], kind: PrintKind, options: PrintOptions, *, demo: bool, day: date
) -> OfficeFile:
    """The papers as one Word document, each from a new page on: the title, tables and remarks of the PDF.

    ``day`` is the document's date where ``options`` name none. The same papers give the same bytes; the check
    number in the foot is that of the PDF.
    """
    if not papers:
        raise InputError("没有可以写出的内容。", "没有写出文件。", "请换一个范围。")
    document = WordDocument(papers[0].title, landscape=layout_of(kind, options).landscape)
    items = sum(paper.items for paper in papers)
    marks = [
        f"本表共 {items} 项",
        f"内容校验码 {digest_of(checked_words(papers))}",
        standing_mark(papers[0], options),
    ]
    document.foot("　".join((*marks, DEMO) if demo else marks))
    for at, paper in enumerate(papers):
        if at:
            document.page_break()
        _write_title(document, paper, options)
        for part in paper.parts:
            _write_part(document, part)
        document.write(*(Paragraph(remark, _REMARK) for remark in paper.remarks))
    cut = tuple(sentence.replace("没有印出", "没有写入") for paper in papers for sentence in paper.cut)
    return OfficeFile(document.data(options.issued_on or day), items, cut)


def _write_title(document: WordDocument, paper: Paper, options: PrintOptions) -> None:
    """附件 on line 1, the title from line 3 on, 草案 or the release below it; then issuer, basis and date."""
    if options.attachment.strip():
        attachment = clean(options.attachment, 40).text
        document.write(Paragraph(attachment, Ink(Face.HEAD, 16, GRID_LEADING)), Paragraph(""))
    document.write(Paragraph(paper.title, Ink(Face.TITLE, 22, GRID_LEADING), "center"))
    ink = Ink(Face.NOTE, 16, GRID_LEADING) if options.release is None else Ink(Face.NOTE, 12, 20)
    if standing := standing_words(paper, options):
        document.write(Paragraph(standing, ink, "center"))
    issuer = clean(options.issuer, 100).text.replace("\n", " ")
    issued = options.issued_on
    day = day_line(issued) if issued else ""
    leads = [*([f"编制单位：{issuer}"] if issuer else []), *paper.leads]
    if day and not leads:
        leads = [""]
    document.write(*(Paragraph(lead, _NOTE, opposite="" if at else day) for at, lead in enumerate(leads)))


def _write_part(document: WordDocument, part: PrintPart) -> None:
    """A table as a table; any other part in its words."""
    if not isinstance(part, Chart):
        document.write(*(Paragraph(text.replace("\x1f", "　"), _REMARK) for _, text in part.words() if text))
        return
    if part.heading:
        gap = Paragraph("", Ink(Face.BODY, 10.5, 10))
        document.write(gap, Paragraph(part.heading, Ink(Face.HEAD, 14, 26), keep=True))
    shares = part.wide if document.landscape else part.narrow
    aligns = tuple("center" if at in part.centred else "left" for at in range(len(part.heads)))
    table = document.table(shares, part.heads, 10.5 if document.landscape else 9)
    for band in part.bands:
        if band.title:
            table.band(band.title)
        for passage in band.passages:
            table.passage(passage)
        for row in band.rows:
            table.row(row.texts, aligns=aligns)
    if part.empty and not part.bands:
        table.notice(part.empty)
