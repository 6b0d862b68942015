"""Word 文档的写法：每一段文字都写明中文字体，表格有自己的行距，表头每页重复，行不拆开。"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from io import BytesIO
from typing import Any, NamedTuple

from exports.office_file import repacked
from exports.pdf.page import GRID_LEADING
from exports.pdf.text import clean
from models.domain.events import Labelled

_OURS = ("\t", "— ", " —")
"""Words of the page's foot whose blanks matter."""

LONGEST_PARAGRAPH = 20_000
"""Characters of one paragraph: as many as a field of ours holds."""


class Face(Labelled):
    """The faces of a 公文; the value is the name of the font on the machines of an office."""

    TITLE = "方正小标宋简体", "小标宋"
    BODY = "仿宋", "仿宋"
    HEAD = "黑体", "黑体"
    NOTE = "楷体", "楷体"
    FOLIO = "宋体", "宋体"


class Ink(NamedTuple):
    """Face, size and line height of words, in points."""

    face: Face = Face.BODY
    size: float = 16
    leading: float = GRID_LEADING


class Paragraph(NamedTuple):
    """A paragraph: its words, how they look, where they stand (left, center, right), first line indented or not."""

    text: str
    ink: Ink = Ink()
    align: str = "left"
    indent: bool = False
    keep: bool = False
    inset: float = 0
    """Points from the right margin."""
    opposite: str = ""
    """Words at the right end of the same line."""


class Margin(NamedTuple):
    """Margins of a page in millimetres."""

    top: float
    right: float
    bottom: float
    left: float


PORTRAIT = Margin(37, 26, 35, 28)
LANDSCAPE = Margin(28, 37, 26, 35)
"""The margins of a 公文附件; a landscape page is a portrait one turned clockwise."""

_FOLIO_WIDTH, _FOLIO_LENGTH = 6.0, 24.0
"""Millimetres that the page number takes across and along."""


class OfficeFile(NamedTuple):
    """A finished file: its bytes, its numbered items, and what could not be written as it is."""

    data: bytes
    items: int = 0
    warnings: tuple[str, ...] = ()


class WordDocument:
    """A document that is being written, A4 with the margins and the page number of a 公文附件."""

    def __init__(self, title: str, *, landscape: bool) -> None:
        import docx

        self.title = title
        self.landscape = landscape
        self._document = docx.Document()
        self._set_styles()
        self._set_page()
        body = self._document.element.body
        for paragraph in list(body.iter(_w("p"))):
            body.remove(paragraph)

    # the page

    def _set_styles(self) -> None:
        """The default style is 仿宋 in every script, and nothing is spell-checked as English."""
        from docx.oxml.ns import qn
        from docx.shared import Pt

        normal = self._document.styles["Normal"]
        normal.font.size = Pt(16)
        normal.paragraph_format.space_after = Pt(0)
        _set_face(normal.element.get_or_add_rPr(), Face.BODY)
        for fonts in self._document.styles.element.iter(qn("w:rFonts")):
            _dress(fonts, Face.BODY)
        defaults = self._document.styles.element.find(qn("w:docDefaults"))
        for language in defaults.iter(qn("w:lang")):
            language.set(qn("w:eastAsia"), "zh-CN")

    def _set_page(self) -> None:
        from docx.enum.section import WD_ORIENT
        from docx.shared import Mm

        section = self._document.sections[0]
        width, height = (297, 210) if self.landscape else (210, 297)
        section.orientation = WD_ORIENT.LANDSCAPE if self.landscape else WD_ORIENT.PORTRAIT
        section.page_width, section.page_height = Mm(width), Mm(height)
        margin = LANDSCAPE if self.landscape else PORTRAIT
        section.top_margin, section.right_margin = Mm(margin.top), Mm(margin.right)
        section.bottom_margin, section.left_margin = Mm(margin.bottom), Mm(margin.left)
        section.footer_distance = Mm(margin.bottom - 7 - 5)
        section.header_distance = Mm(10)
        self._document.settings.odd_and_even_pages_header_footer = True

    @property
    def width(self) -> float:
        """Millimetres between the margins."""
        margin = LANDSCAPE if self.landscape else PORTRAIT
        return (297 if self.landscape else 210) - margin.left - margin.right

    def foot(self, words: str = "") -> None:
        """Every page has its number 「— n —」 outside, below the text; ``words`` stand on the other side of it."""
        section = self._document.sections[0]
        note, number = Ink(Face.BODY, 9, 14), Ink(Face.FOLIO, 14, 14)
        sides = (
            (section.footer, section.header, True),
            (section.even_page_footer, section.even_page_header, False),
        )
        for footer, header, odd in sides:
            footer.is_linked_to_previous = header.is_linked_to_previous = False
            paragraph = footer.paragraphs[0]
            _set_tabs(paragraph, self.width)
            _add_run(header.paragraphs[0], "", note)
            if self.landscape:
                _add_run(paragraph, words, note)
                _turned_number(header, number, odd=odd)
                continue
            parts = [(words, note), ("\t", note), (None, number)]
            for text, ink in parts if odd else reversed(parts):
                if text is None:
                    _page_number(paragraph, ink)
                elif text:
                    _add_run(paragraph, text, ink)
            _set_indent(paragraph, odd=odd)

    # what is written

    def write(self, *lines: Paragraph) -> None:
        """Write the paragraphs."""
        for line in lines:
            paragraph = self._document.add_paragraph()
            _write_line(paragraph, line)
            if line.opposite:
                _write_opposite(paragraph, line, self.width)

    def page_break(self) -> None:
        """Go on on a new page."""
        from docx.enum.text import WD_BREAK

        run = _add_run(self._document.add_paragraph(), "", Ink())
        run.add_break(WD_BREAK.PAGE)

    def table(self, shares: Sequence[float], heads: Sequence[str], size: float = 10.5) -> WordTable:
        """A table over the full width, its columns as wide as ``shares``, with its head row."""
        return WordTable(self, shares, heads, size)

    def data(self, day: date) -> bytes:
        """The finished file; the same contents give the same bytes."""
        written = list(self._document.element.body)[:-1]
        if not written or written[-1].tag == _w("tbl"):
            self.write(Paragraph("", Ink(Face.BODY, 1, 1)))  # a document never ends in a table
        target = BytesIO()
        self._document.save(target)
        return repacked(target.getvalue(), clean(self.title).text, day)


class WordTable:
    """A table of a document: lines of 0.5 pt, 1 pt outside; the head comes again on every page."""

    def __init__(
        self, document: WordDocument, shares: Sequence[float], heads: Sequence[str], size: float
    ) -> None:
        self._widths = [document.width * share / sum(shares) for share in shares]
        self._size = size
        self._leading = round(size * 1.38, 1)
        self._table = document._document.add_table(0, len(shares))  # noqa: SLF001 (its own file)
        self._shape()
        if heads:
            row = self.row(list(heads), Face.HEAD, ["center"] * len(heads))
            _set_flag(row, "w:tblHeader")

    def _shape(self) -> None:
        from docx.oxml import OxmlElement
        from docx.oxml.ns import qn

        self._table.autofit = False
        properties = self._table._tbl.tblPr  # noqa: SLF001 (python-docx has no other way)
        borders = OxmlElement("w:tblBorders")
        for side in ("top", "left", "bottom", "right", "insideH", "insideV"):
            line = OxmlElement(f"w:{side}")
            line.set(qn("w:val"), "single")
            line.set(qn("w:sz"), "4" if side.startswith("inside") else "8")
            line.set(qn("w:space"), "0")
            line.set(qn("w:color"), "000000")
            borders.append(line)
        margins = OxmlElement("w:tblCellMar")
        for side, twips in (("top", 55), ("left", 40), ("bottom", 55), ("right", 40)):
            margin = OxmlElement(f"w:{side}")
            margin.set(qn("w:w"), str(twips))
            margin.set(qn("w:type"), "dxa")
            margins.append(margin)
        look = properties.find(qn("w:tblLook"))
        for element in (borders, margins):
            if look is not None:
                look.addprevious(element)
            else:
                properties.append(element)
        layout = properties.find(qn("w:tblLayout"))
        if layout is not None:  # the schema's order: borders, layout, cell margins, look
            margins.addprevious(layout)
        for column, width in zip(self._table._tbl.tblGrid.gridCol_lst, self._widths, strict=True):  # noqa: SLF001
            column.set(qn("w:w"), str(_twips(width)))

    def row(self, texts: Sequence[str], face: Face = Face.BODY, aligns: Sequence[str] | None = None) -> Any:
        """A row that is never split over two pages."""
        from docx.shared import Mm

        row = self._table.add_row()
        _set_flag(row, "w:cantSplit")
        for cell, text, width, align in zip(
            row.cells, texts, self._widths, aligns or ["left"] * len(texts), strict=True
        ):
            cell.width = Mm(width)
            self._fill(cell, text, face, align)
        return row

    def band(self, text: str) -> None:
        """A heading over the full width that stays with the row below it."""
        row = self._table.add_row()
        _set_flag(row, "w:cantSplit")
        cell = row.cells[0].merge(row.cells[-1])
        self._fill(cell, text, Face.HEAD, "left", keep=True)

    def passage(self, text: str) -> None:
        """A sentence over the full width between a heading and its rows."""
        row = self._table.add_row()
        _set_flag(row, "w:cantSplit")
        self._fill(row.cells[0].merge(row.cells[-1]), text, Face.BODY, "left")

    def notice(self, text: str) -> None:
        """A sentence over the full width in place of rows."""
        row = self._table.add_row()
        self._fill(row.cells[0].merge(row.cells[-1]), text, Face.BODY, "center")

    def _fill(self, cell: Any, text: str, face: Face, align: str, *, keep: bool = False) -> None:
        from docx.enum.table import WD_CELL_VERTICAL_ALIGNMENT

        cell.vertical_alignment = WD_CELL_VERTICAL_ALIGNMENT.CENTER
        first, *others = cell.paragraphs
        for other in others:
            other._p.getparent().remove(other._p)  # noqa: SLF001
        _write_line(first, Paragraph(text, Ink(face, self._size, self._leading), align, keep=keep))


def _w(name: str) -> str:
    from docx.oxml.ns import qn

    return str(qn(f"w:{name}"))


def _twips(millimetres: float) -> int:
    return round(millimetres * 1440 / 25.4)


def _write_line(paragraph: Any, line: Paragraph) -> None:
    from docx.enum.text import WD_LINE_SPACING
    from docx.shared import Pt

    shape = paragraph.paragraph_format
    shape.space_before = shape.space_after = Pt(0)
    shape.line_spacing_rule = WD_LINE_SPACING.EXACTLY
    shape.line_spacing = Pt(round(line.ink.leading, 2))
    shape.keep_with_next = line.keep or None
    shape.widow_control = False
    _set_even(paragraph)
    if line.align != "left":
        from docx.enum.text import WD_ALIGN_PARAGRAPH

        shape.alignment = {
            "center": WD_ALIGN_PARAGRAPH.CENTER,
            "right": WD_ALIGN_PARAGRAPH.RIGHT,
            "both": WD_ALIGN_PARAGRAPH.JUSTIFY,
        }[line.align]
    if line.inset:
        shape.right_indent = Pt(line.inset)
    if line.indent:
        shape.first_line_indent = Pt(2 * line.ink.size)
    _add_run(paragraph, line.text, line.ink)


def _write_opposite(paragraph: Any, line: Paragraph, width: float) -> None:
    from docx.enum.text import WD_TAB_ALIGNMENT
    from docx.shared import Mm

    paragraph.paragraph_format.tab_stops.add_tab_stop(Mm(width), WD_TAB_ALIGNMENT.RIGHT)
    _add_run(paragraph, "\t", line.ink)
    _add_run(paragraph, line.opposite, line.ink)


def _set_even(paragraph: Any) -> None:
    """No white between Chinese and digits: the characters stand on their grid as in print."""
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    properties = paragraph._p.get_or_add_pPr()  # noqa: SLF001
    following = next(
        (child for child in properties if child.tag in {qn("w:spacing"), qn("w:ind"), qn("w:jc")}), None
    )
    for name in ("w:autoSpaceDE", "w:autoSpaceDN"):
        flag = OxmlElement(name)
        flag.set(qn("w:val"), "0")
        if following is None:
            properties.append(flag)
        else:
            following.addprevious(flag)


def _add_run(paragraph: Any, text: str, ink: Ink) -> Any:
    """Words with their face in all four scripts; a line feed is a line break."""
    from docx.shared import Pt

    run = paragraph.add_run(_safe(text))
    run.font.size = Pt(ink.size)
    _set_face(run._r.get_or_add_rPr(), ink.face)  # noqa: SLF001
    return run


def _safe(text: str) -> str:
    """``text`` without what has no place on paper; tabs of our own stay."""
    return text if text in _OURS else clean(text, LONGEST_PARAGRAPH).text


def _set_face(properties: Any, face: Face) -> None:
    _dress(properties.get_or_add_rFonts(), face)


def _dress(fonts: Any, face: Face) -> None:
    """The face in all four scripts; a theme would be stronger than any of them."""
    from docx.oxml.ns import qn

    for theme in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
        fonts.attrib.pop(qn(f"w:{theme}"), None)
    for script in ("ascii", "hAnsi", "eastAsia", "cs"):
        fonts.set(qn(f"w:{script}"), face.value)
    fonts.set(qn("w:hint"), "eastAsia")


def _page_number(paragraph: Any, ink: Ink) -> None:
    """— n —, counted by whoever shows the document."""
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    _add_run(paragraph, "— ", ink)
    for kind in ("begin", "instr", "separate", "number", "end"):
        run = _add_run(paragraph, "1" if kind == "number" else "", ink)
        if kind == "instr":
            element = OxmlElement("w:instrText")
            element.set(qn("xml:space"), "preserve")
            element.text = " PAGE "
            run._r.append(element)  # noqa: SLF001
        elif kind != "number":
            element = OxmlElement("w:fldChar")
            element.set(qn("w:fldCharType"), kind)
            run._r.append(element)  # noqa: SLF001
    _add_run(paragraph, " —", ink)


def _turned_number(header: Any, ink: Ink, *, odd: bool) -> None:
    """The number of a landscape page stands turned at its left, low on odd pages and high on even ones.

    A table of one cell that floats over the margin: the text of a cell can be turned, a paragraph cannot.
    """
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn
    from docx.shared import Mm, Pt

    table = header.add_table(1, 1, Mm(_FOLIO_WIDTH))
    table.autofit = False
    top = 210 - LANDSCAPE.bottom - 5 - _FOLIO_LENGTH if odd else LANDSCAPE.top + 5
    place = OxmlElement("w:tblpPr")
    for name, value in (
        ("vertAnchor", "page"),
        ("horzAnchor", "page"),
        ("tblpX", _twips(LANDSCAPE.left - 7 - _FOLIO_WIDTH)),
        ("tblpY", _twips(top)),
    ):
        place.set(qn(f"w:{name}"), str(value))
    properties = table._tbl.tblPr  # noqa: SLF001
    properties.find(qn("w:tblStyle")).addnext(place) if properties.find(qn("w:tblStyle")) is not None else (
        properties.insert(0, place)
    )
    margins = OxmlElement("w:tblCellMar")
    for side in ("left", "right"):
        margin = OxmlElement(f"w:{side}")
        margin.set(qn("w:w"), "0")
        margin.set(qn("w:type"), "dxa")
        margins.append(margin)
    properties.find(qn("w:tblLook")).addprevious(margins)
    table.rows[0].height = Mm(_FOLIO_LENGTH)
    cell = table.cell(0, 0)
    cell.width = Mm(_FOLIO_WIDTH)
    direction = OxmlElement("w:textDirection")
    direction.set(qn("w:val"), "tbRl")
    cell._tc.get_or_add_tcPr().append(direction)  # noqa: SLF001
    paragraph = cell.paragraphs[0]
    _write_line(paragraph, Paragraph("", ink, "right" if odd else "left"))
    paragraph.paragraph_format.line_spacing = Pt(ink.leading)
    _page_number(paragraph, ink)
    # the header's own paragraph has to come last
    header._element.append(header.paragraphs[0]._p)  # noqa: SLF001


def _set_tabs(paragraph: Any, width: float) -> None:
    from docx.enum.text import WD_TAB_ALIGNMENT
    from docx.shared import Mm, Pt

    stops = paragraph.paragraph_format.tab_stops
    for middle in (3.0, 3.25, 6.0, 6.5):
        stops.add_tab_stop(Mm(middle * 25.4), WD_TAB_ALIGNMENT.CLEAR)
    stops.add_tab_stop(Mm(width) - Pt(14), WD_TAB_ALIGNMENT.RIGHT)
    paragraph.paragraph_format.space_before = Pt(0)


def _set_indent(paragraph: Any, *, odd: bool) -> None:
    """The number stands one character from the outer edge."""
    from docx.shared import Pt

    if not odd:
        paragraph.paragraph_format.left_indent = Pt(14)


def _set_flag(row: Any, name: str) -> None:
    from docx.oxml import OxmlElement

    row._tr.get_or_add_trPr().append(OxmlElement(name))  # noqa: SLF001
