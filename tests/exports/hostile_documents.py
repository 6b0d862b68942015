"""敌意的 Word 文档：慢的、大的、坏的、加密的、压成炸弹的；每份都要读完，或用中文说清楚。"""

from __future__ import annotations

from io import BytesIO
from zipfile import ZIP_BZIP2, ZIP_DEFLATED, ZIP_LZMA, ZIP_STORED, ZipFile

MAIN = "word/document.xml"


def docx(
    body: str | bytes, *others: tuple[str, bytes], method: int = ZIP_DEFLATED, name: str = MAIN
) -> bytes:
    """A Word document as far as a reader of words looks at it."""
    xml = body if isinstance(body, bytes) else f"<w:document><w:body>{body}</w:body></w:document>".encode()
    target = BytesIO()
    with ZipFile(target, "w", method) as archive:
        for part, content in ((name, xml), *others):
            archive.writestr(part, content)
    return target.getvalue()


def _spoiled(data: bytes, at: int, *values: int) -> bytes:
    changed = bytearray(data)
    changed[at : at + len(values)] = bytes(values)
    return bytes(changed)


def _paragraph(words: str) -> str:
    return f"<w:p><w:r><w:t>{words}</w:t></w:r></w:p>"


GOOD = docx(_paragraph("一、元旦：1月1日放假。") * 3)
_NOISE = bytes(n * 7919 % 251 for n in range(3000)).replace(b"<", b"x").replace(b"&", b"x")
_STREAM = GOOD.index(MAIN.encode()) + len(MAIN)
_CENTRAL = GOOD.index(b"PK\x01\x02")
LARGE = "<w:p>" * 40_000
READ = {
    "good": GOOD,
    "paragraphs": docx(_paragraph("甲") * 50_000, method=ZIP_STORED),
    "empty paragraphs": docx("<w:p/>" * 300_000, method=ZIP_STORED),
    "runs": docx("<w:p>" + "<w:r><w:t>甲</w:t></w:r>" * 50_000 + "</w:p>", method=ZIP_STORED),
    "attributes": docx("<w:p " + " ".join(f"a{n}='1'" for n in range(20_000)) + "/>"),
    "nested": docx("<w:p>" * 20_000 + "</w:p>" * 20_000),
    "stored": docx(_paragraph("甲") * 1000, method=ZIP_STORED),
}
REFUSED = {
    "unclosed": docx(LARGE),
    "unclosed text": docx("<w:p><w:t " * 40_000),
    "deflate": _spoiled(GOOD, _STREAM, 0xFF, 0xFF, 0xFF, 0xFF),
    "checksum": _spoiled(GOOD, _CENTRAL + 16, 1, 2, 3, 4),
    "lzma": docx(_paragraph("甲"), method=ZIP_LZMA),
    "bzip2": docx(_paragraph("甲"), method=ZIP_BZIP2),
    "number": docx(_paragraph(f"&#{'9' * 5000};")),
    "entity": docx(_paragraph("&bomb;")),
    "doctype": docx(b'<!DOCTYPE a [<!ENTITY b "bbbb"><!ENTITY c "&b;&b;">]><w:p><w:t>&c;</w:t></w:p>'),
    "outside": docx(b'<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]><w:p><w:t>&b;</w:t></w:p>'),
    "utf-16": docx('<?xml version="1.0" encoding="utf-16"?><w:p/>'.encode("utf-16")),
    "not utf-8": docx(b"<w:p><w:t>\xff\xfe\xfa</w:t></w:p>"),
    "bomb": docx(" " * 15_000_000),
    "many parts": docx("", *((f"word/a{n}.xml", b"") for n in range(400))),
    "same name": docx("", ("word/Document.xml", b"<a/>")),
    "leads out": docx("", ("../../x.xml", b"<a/>")),
    "encrypted part": _spoiled(GOOD, _CENTRAL + 8, 1),
    "encrypted or .doc": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + _NOISE,
    "cut": GOOD[:-30],
    "head only": b"PK\x03\x04",
    "no words": docx("", name="xl/workbook.xml"),
    "empty main": docx(b""),
    "noise": docx(_NOISE),
}
