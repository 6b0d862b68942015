"""通知文件：两种编码的文本与 .docx 都读成文字，别的说清原因。"""

from __future__ import annotations

import zipfile
from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from exports.text_file import LARGEST, text_of
from models.apart import whole_file
from models.domain.errors import InputError
from tests.exports.hostile_documents import GOOD, MAIN, READ, REFUSED
from tests.exports.hostile_documents import docx as document

NOTHING = "没有读入。"
WORDS = "一、元旦：1月1日（周五）放假。\n二、春节：2月5日至11日放假。"


def read(path: Path) -> str:
    return text_of(whole_file(path, LARGEST, NOTHING), path.name, NOTHING)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
def test_text_in_the_usual_encodings_is_read(tmp_path: Path, encoding: str) -> None:
    path = tmp_path / "通知.txt"
    path.write_bytes(WORDS.encode(encoding))
    assert read(path) == WORDS


def docx(path: Path, body: str, name: str = "word/document.xml") -> Path:
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr(name, f"<w:document><w:body>{body}</w:body></w:document>")
    return path


def test_a_word_document_gives_a_line_a_paragraph(tmp_path: Path) -> None:
    runs = '<w:p><w:r><w:t>一、元旦：</w:t></w:r><w:r><w:t xml:space="preserve">1月1日放假 &amp; 休息</w:t></w:r></w:p>'
    path = docx(tmp_path / "通知.docx", f"{runs}<w:p w:id='1'><w:r><w:t>二</w:t></w:r></w:p>")
    assert read(path) == "一、元旦：1月1日放假 & 休息\n二"


def test_what_is_no_text_is_refused_with_a_way_out(tmp_path: Path) -> None:
    picture, other, large = (tmp_path / name for name in ("a.png", "b.docx", "c.txt"))
    picture.write_bytes(b"\x89PNG\0\0")
    docx(other, "", name="xl/workbook.xml")
    large.write_bytes(b"1" * (LARGEST + 1))
    broken = tmp_path / "d.docx"
    broken.write_bytes(b"PK\3\4 nothing")
    for path, said in (
        (picture, "不是文字文件"),
        (other, "不是 Word 文档"),
        (broken, "不是 Word 文档"),
        (large, "太大"),
        (tmp_path / "missing.txt", "读不出来"),
    ):
        with pytest.raises(InputError, match=said):
            read(path)


@pytest.mark.parametrize("name", READ)
def test_however_a_document_is_written_it_is_read(name: str) -> None:
    assert set(text_of(READ[name], "新.docx", NOTHING)) <= set("一、元旦：1月1日放假。甲\n")


@pytest.mark.parametrize("name", REFUSED)
def test_a_hostile_document_is_refused_in_words_that_name_it(name: str) -> None:
    with pytest.raises(InputError, match=r"[一-龥]") as caught:
        text_of(REFUSED[name], "新要点.docx", NOTHING)
    assert "新要点.docx" in caught.value.what
    assert (caught.value.effect, bool(caught.value.remedy)) == (NOTHING, True)


def test_a_line_break_divides_and_what_is_said_twice_is_read_once() -> None:
    body = "<w:p><w:t>一</w:t><w:br/><w:t>二</w:t><mc:Fallback><w:p><w:t>二</w:t></w:p></mc:Fallback></w:p>"
    assert text_of(document(body), "a.docx", NOTHING) == "一\n二"


@settings(max_examples=150, deadline=None)
@given(st.integers(0, len(GOOD) - 1), st.integers(1, 255))
def test_a_damaged_byte_never_breaks_the_reader(at: int, flip: int) -> None:
    damaged = bytearray(GOOD)
    damaged[at] ^= flip
    with suppress(InputError):
        text_of(bytes(damaged), "a.docx", NOTHING)


@settings(max_examples=100, deadline=None)
@given(
    st.lists(
        st.sampled_from(["<w:p>", "</w:p>", "<w:t>", "</w:t>", "甲", "&#9;", "&#0;", "<w:br/>", "<"]),
        max_size=12,
    )
)
def test_any_marks_in_any_order_are_read_or_refused(marks: list[str]) -> None:
    with suppress(InputError):
        text_of(document("".join(marks).encode(), name=MAIN), "a.docx", NOTHING)
