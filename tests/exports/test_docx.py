"""Word 文档：与 PDF 同样的内容，每段文字都有中文字体，表头重复，行不拆，字节不变。"""

from __future__ import annotations

from datetime import date
from io import BytesIO
from itertools import pairwise
from xml.etree import ElementTree as ET
from zipfile import ZipFile

import pytest
from docx import Document as open_docx  # noqa: N813, TID253  the tests need it at once

from exports.docx.quarter_plan import quarter_docx
from exports.docx.writing import Ink, Paragraph, WordDocument
from exports.prints import PrintKind, PrintOptions, ReleaseMark, make_print
from models.domain.errors import InputError
from models.domain.events import Campaign
from tests.exports.office_reading import HOSTILE, W, parts, runs_without_font, word_text
from tests.factories import check, event, sample, year


def test_every_item_duty_and_remark_of_the_pdf_is_there() -> None:
    options = PrintOptions(quarter=2, issuer="区政府办公室", issued_on=date(2027, 6, 15))
    printed = make_print(PrintKind.QUARTER, sample(), check(sample()), options)
    made = quarter_docx(sample(), check(sample()), 2, options)
    text = word_text(made.data)
    titles = [one.title for one in sample().events if one.day and date(2027, 4, 1) <= one.day < date(2027, 7, 1)
              and one.campaign is not Campaign.HOST_MEETING]  # fmt: skip
    assert [title for title in titles if title not in text] == []
    assert (made.items, made.warnings) == (printed.items, printed.warnings)
    assert all(words in text for words in ("附件1", "宝山区2027年第二季度政务公开活动计划", "（草案）", "频次核对",
                                           "编制单位：区政府办公室", "2027年6月15日"))  # fmt: skip
    foot = "".join(part.decode() for name, part in parts(made.data).items() if "footer" in name)
    assert f"内容校验码 {printed.digest}" in foot


def test_every_run_has_its_face_in_all_four_scripts() -> None:
    data = quarter_docx(sample(), check(sample()), 2).data
    assert runs_without_font(data) == []
    assert sum(part.count(b"<w:r>") for part in parts(data).values()) > 200
    styles = ET.fromstring(parts(data)["word/styles.xml"])
    faces = {fonts.get(f"{W}eastAsia") for fonts in styles.iter(f"{W}rFonts")}
    assert faces == {"仿宋"}
    assert all(not any("Theme" in name for name in fonts.attrib) for fonts in styles.iter(f"{W}rFonts"))


def test_the_page_is_that_of_an_official_document() -> None:
    document = open_docx(BytesIO(quarter_docx(sample(), check(sample()), 2).data))
    section = document.sections[0]
    assert [round(side.mm) for side in (section.page_width, section.page_height, section.top_margin, section.right_margin,
                                        section.bottom_margin, section.left_margin)] == [297, 210, 28, 37, 26, 35]  # fmt: skip
    for header in (section.header, section.even_page_header):
        xml = ET.tostring(ET.fromstring(header.part.blob), encoding="unicode")
        assert "PAGE" in xml
        assert "tbRl" in xml


def test_heads_come_again_and_rows_are_never_split() -> None:
    document = open_docx(BytesIO(quarter_docx(sample(), check(sample()), 2).data))
    plan, duties = document.tables
    assert [cell.text for cell in plan.rows[0].cells][:3] == ["序号", "类别", "活动名称"]
    for table in (plan, duties):
        flags = [{child.tag.rpartition("}")[2] for child in row._tr.trPr} for row in table.rows]
        assert "tblHeader" in flags[0]
        assert all("cantSplit" in row for row in flags)
    spacing = {
        p._p.pPr.find(f"{W}spacing").get(f"{W}lineRule") for row in plan.rows for p in row.cells[0].paragraphs
    }
    assert spacing == {"exact"}


def test_the_same_facts_give_the_same_bytes_without_a_clock_or_a_person() -> None:
    one, other = (quarter_docx(sample(), check(sample()), 3).data for _ in range(2))
    assert one == other
    core = parts(one)["docProps/core.xml"].decode()
    assert "python-docx" not in core
    assert core.count("2027-07-01T00:00:00Z") == 2
    with ZipFile(BytesIO(one)) as packed:
        assert {info.date_time for info in packed.infolist()} == {(1980, 1, 1, 0, 0, 0)}


def test_a_released_plan_names_the_release_instead_of_the_draft() -> None:
    release = ReleaseMark(3, "二季度计划", date(2027, 6, 1), "ab" * 32)
    text = word_text(quarter_docx(sample(), check(sample()), 2, PrintOptions(release=release)).data)
    assert "印发稿3“二季度计划”（2027年6月1日）" in text
    assert "（草案）" not in text


def test_no_table_is_the_last_thing_and_the_parts_of_a_paragraph_stand_in_the_order_of_the_schema() -> None:
    snapshot, options = year(number=2026), PrintOptions(issuer="办公室", issued_on=date(2026, 1, 5))
    body = ET.fromstring(
        parts(quarter_docx(snapshot, check(snapshot), 1, options).data)["word/document.xml"]
    )[0]
    kinds = [child.tag.removeprefix(W) for child in body]
    assert kinds[-2:] == ["p", "sectPr"]
    assert all(pair != ("tbl", "tbl") for pair in pairwise(kinds))
    order = [
        "pStyle",
        "keepNext",
        "widowControl",
        "tabs",
        "autoSpaceDE",
        "autoSpaceDN",
        "spacing",
        "ind",
        "jc",
    ]
    for properties in body.iter(f"{W}pPr"):
        names = [child.tag.removeprefix(W) for child in properties]
        assert names == sorted(names, key=order.index)


def test_an_empty_quarter_says_so_and_another_quarter_is_refused() -> None:
    assert "本季度暂无列入计划的活动" in word_text(quarter_docx(year(), check(year()), 1).data)
    with pytest.raises(InputError):
        quarter_docx(year(), check(year()), 5)


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_is_only_text(text: str) -> None:
    snapshot = year(event(Campaign.LECTURE, "2027-06-16", title=text, note=text))
    data = quarter_docx(snapshot, check(snapshot), 2).data
    assert "".join(text.split()) in "".join(word_text(data).split())
    assert runs_without_font(data) == []
    open_docx(BytesIO(data))


def test_a_text_of_twenty_thousand_characters_is_cut_in_a_table_and_the_cut_is_told() -> None:
    snapshot = year(event(Campaign.LECTURE, "2027-06-16", title="甲", note="长" * 20_000))
    made = quarter_docx(snapshot, check(snapshot), 2)
    assert len(made.warnings) == 1
    assert "没有写入" in made.warnings[0]


def test_a_portrait_page_has_its_number_outside() -> None:
    document = WordDocument("信", landscape=False)
    document.foot()
    document.write(Paragraph("正文", Ink()))
    footers = open_docx(BytesIO(document.data(date(2027, 1, 1)))).sections[0]
    odd, even = footers.footer.paragraphs[0].text, footers.even_page_footer.paragraphs[0].text
    assert (odd, even) == ("\t— 1 —", "— 1 —\t")
