"""通知文件：两种编码的文本与 .docx 都读成文字，别的说清原因。"""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest

from models.domain.errors import InputError
from models.text_file import LARGEST, read_text_file

NOTHING = "没有读入。"
WORDS = "一、元旦：1月1日（周五）放假。\n二、春节：2月5日至11日放假。"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
def test_text_in_the_usual_encodings_is_read(tmp_path: Path, encoding: str) -> None:
    path = tmp_path / "通知.txt"
    path.write_bytes(WORDS.encode(encoding))
    assert read_text_file(path, NOTHING) == WORDS


def docx(path: Path, body: str, name: str = "word/document.xml") -> Path:
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr(name, f"<w:document><w:body>{body}</w:body></w:document>")
    return path


def test_a_word_document_gives_a_line_a_paragraph(tmp_path: Path) -> None:
    runs = '<w:p><w:r><w:t>一、元旦：</w:t></w:r><w:r><w:t xml:space="preserve">1月1日放假 &amp; 休息</w:t></w:r></w:p>'
    path = docx(tmp_path / "通知.docx", f"{runs}<w:p w:id='1'><w:r><w:t>二</w:t></w:r></w:p>")
    assert read_text_file(path, NOTHING) == "一、元旦：1月1日放假 & 休息\n二"


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
            read_text_file(path, NOTHING)
