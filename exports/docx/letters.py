"""邀请函与反馈函（.docx）：一名代表一份；姓名默认遮掩，明确要求时才写全。"""

from __future__ import annotations

from exports.docx.writing import Face, Ink, Paragraph, WordDocument
from exports.letters import LetterTo, day_line, letter_words
from exports.pdf.page import GRID_LEADING
from models.domain.snapshot import YearSnapshot

_BODY = Ink(Face.BODY, 16, GRID_LEADING)


def letter_docx(snapshot: YearSnapshot, to: LetterTo) -> bytes:
    """The letter as a Word document (see ``exports.letters``); the same facts give the same bytes."""
    letter = letter_words(snapshot, to)
    document = WordDocument(letter.title, landscape=False)
    document.foot()
    document.write(
        Paragraph(letter.title, Ink(Face.TITLE, 22, GRID_LEADING), "center"),
        Paragraph("", _BODY),
        Paragraph(letter.salutation, _BODY),
    )
    document.write(*(Paragraph(words, _BODY, "both", indent=True) for words in letter.paragraphs))
    document.write(*(Paragraph(f"{name}：{value}", _BODY, indent=True) for name, value in letter.facts))
    *middle, last = letter.after
    document.write(*(Paragraph(words, _BODY, "both", indent=True) for words in middle))
    document.write(
        Paragraph(last, _BODY, "both", indent=True, keep=True),
        Paragraph("", _BODY, keep=True),
        Paragraph(letter.signature, _BODY, "right", keep=True, inset=2 * _BODY.size),
        Paragraph(day_line(letter.day), _BODY, "right", inset=2 * _BODY.size),
    )
    return document.data(letter.day)
