"""邀请函与反馈函（.docx）：一名代表一份；姓名默认遮掩，明确要求时才写全。"""

from __future__ import annotations

from exports.docx.writing import Face, Ink, Paragraph, WordDocument
from exports.letters import LetterTo, closing_insets, letter_words
from exports.pdf.page import GRID_LEADING
from exports.pdf.times import day_line
from models.domain.snapshot import YearSnapshot

_BODY = Ink(Face.BODY, 16, GRID_LEADING)
_LATIN, _LINE = 0x2E7F, 26.0
"""The last character that is half as wide as a Chinese one; characters in a line beside the right inset."""


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
    day = day_line(letter.day)
    insets = closing_insets(_characters(letter.signature), _characters(day), sealed=letter.sealed)
    document.write(
        Paragraph(last, _BODY, "both", indent=True, keep=True),
        Paragraph("", _BODY, keep=True),
        Paragraph(letter.signature, _BODY, "right", keep=True, inset=insets[0] * _BODY.size),
        Paragraph(day, _BODY, "right", keep=bool(letter.note), inset=insets[1] * _BODY.size),
    )
    if letter.note:
        document.write(Paragraph(letter.note, _BODY, indent=True))
    return document.data(letter.day)


def _characters(text: str) -> float:
    """How wide ``text`` is in 仿宋, in characters; a line at most."""
    return min(sum(1.0 if ord(char) > _LATIN else 0.5 for char in text), _LINE)
