"""核对印件：从自己的 PDF、Word 和页脚一行认出是哪一稿；打不开的、没有校验码的说得出来。"""

from __future__ import annotations

from datetime import date
from io import BytesIO
from zipfile import ZipFile

import pytest

from exports.docx.quarter_plan import quarter_docx
from exports.drift import Candidate, against
from exports.printed_codes import codes_in, foot_of, releases_named_in
from exports.prints import PrintKind, PrintOptions, ReleaseMark, make_print
from models.domain.errors import InputError
from tests.exports.hostile_documents import REFUSED
from tests.factories import check, event, year

PLAN = year(event("lecture", "2027-06-17", key="a", title="民法典解读", lead_units=("区司法局",)))
NOW = year(event("lecture", "2027-06-24", key="a", title="民法典解读", lead_units=("区司法局",)))
DIGEST = "3fa9c2d1" + "0" * 56
MARK = ReleaseMark(1, "第一稿", date(2027, 6, 1), DIGEST)
CANDIDATES = (
    Candidate("印发稿1（2027-06-01）", PLAN, DIGEST, 1, check(PLAN)),
    Candidate("草案", NOW, check=check(NOW)),
)


def test_our_pdf_and_word_files_tell_the_release_they_were_printed_from() -> None:
    options = PrintOptions(quarter=2, release=MARK)
    printed = make_print(PrintKind.QUARTER, PLAN, check(PLAN), options)
    written = quarter_docx(PLAN, check(PLAN), 2, PrintOptions(release=MARK))
    for data in (printed.data, written.data):
        foot = foot_of(data)
        assert f"内容校验码 {printed.digest} " in foot
        assert codes_in(foot) == (printed.digest, "3FA9C2D1")
        assert releases_named_in(foot) == {1}
        assert against(data, CANDIDATES, "计划").matches == ("印发稿1（2027-06-01）",)


@pytest.mark.parametrize("kind", [PrintKind.WALL, PrintKind.ATTENDANCE, PrintKind.YEAR])
def test_of_a_release_every_kind_of_print_is_known(kind: PrintKind) -> None:
    printed = make_print(kind, PLAN, check(PLAN), PrintOptions(release=MARK))
    assert against(printed.data, CANDIDATES).matches == ("印发稿1（2027-06-01）",)


def test_the_draft_s_plan_is_known_by_its_contents() -> None:
    printed = make_print(PrintKind.QUARTER, NOW, check(NOW), PrintOptions(quarter=2))
    report = against(printed.data, CANDIDATES)
    assert (report.matches, report.scope) == (("草案",), "宝山区2027年第二季度政务公开活动计划")


def test_a_print_of_an_older_state_belongs_to_nothing_and_that_is_said() -> None:
    other = year(event("lecture", "2027-06-18", key="a", title="民法典解读"))
    printed = make_print(PrintKind.QUARTER, other, check(other), PrintOptions(quarter=2))
    report = against(printed.data, CANDIDATES)
    assert report.matches == ()
    assert report.words.startswith(f"校验码 {printed.digest}：没有找到对应的印发稿。")


def _docx(**parts: str) -> bytes:
    target = BytesIO()
    with ZipFile(target, "w") as file:
        for name, text in parts.items():
            file.writestr(f"word/{name}.xml", text)
    return target.getvalue()


def test_runs_of_a_foot_are_read_as_one_line() -> None:
    foot = "<w:t>内容校验码 3F</w:t></w:r><w:r><w:t xml:space='preserve'>A9C2D1 &amp; 草案</w:t>"
    assert foot_of(_docx(document="<w:t>校验码 000000</w:t>", footer1=foot)) == "内容校验码 3FA9C2D1 & 草案"


@pytest.mark.parametrize("data", [b"%PDF-1.7 broken", b"PK\x03\x04broken"])
def test_a_damaged_file_is_refused_with_what_to_do(data: bytes) -> None:
    with pytest.raises(InputError) as error:
        against(data, CANDIDATES, "计划.pdf")
    assert error.value.what == "“计划.pdf”打不开，已损坏或加了密码。"


@pytest.mark.parametrize("name", REFUSED)
def test_a_hostile_document_is_refused_in_words(name: str) -> None:
    with pytest.raises(InputError, match=r"^“计划.docx”"):
        against(REFUSED[name], CANDIDATES, "计划.docx")


def test_files_of_others_have_no_check_number() -> None:
    other = quarter_docx(PLAN, check(PLAN), 2).data
    with ZipFile(BytesIO(other)) as parts:
        bodies = {
            name.removeprefix("word/").removesuffix(".xml"): parts.read(name).decode()
            for name in parts.namelist()
            if name == "word/document.xml"
        }
    for data in (_docx(**bodies), "没有校验码的一段话".encode(), b"\xff\xfe\x00", b""):
        assert foot_of(data) == ""
        with pytest.raises(InputError, match="既不是日历，也没有校验码"):
            against(data, CANDIDATES, "别的")


def test_a_text_with_a_mark_of_its_order_is_read() -> None:
    assert codes_in(foot_of("\ufeff印发稿1 3fa9c2d1".encode())) == ("3FA9C2D1",)
