"""邀请函与反馈函（.docx）：一名代表一份；姓名默认遮掩，明确要求时才写全。"""

from __future__ import annotations

from exports.docx.writing import Document, Face, Ink, Line
from exports.letters import LetterTo, day_line, letter_words
from exports.pdf.page import GRID_LEADING
from models.domain.snapshot import YearSnapshot

_BODY = Ink(Face.BODY, 16, GRID_LEADING)


def letter_docx(snapshot: YearSnapshot, to: LetterTo) -> bytes:
    """The letter as a Word document (see ``exports.letters``); the same facts give the same bytes."""
    letter = letter_words(snapshot, to)
    document = Document(letter.title, landscape=False)
    document.foot()
    document.write(
        Line(letter.title, Ink(Face.TITLE, 22, GRID_LEADING), "center"),
        Line("", _BODY),
        Line(letter.salutation, _BODY),
    )
    document.write(*(Line(words, _BODY, "both", indent=True) for words in letter.paragraphs))
    document.write(*(Line(f"{name}：{value}", _BODY, indent=True) for name, value in letter.facts))
    *middle, last = letter.after
    document.write(*(Line(words, _BODY, "both", indent=True) for words in middle))
    document.write(
        Line(last, _BODY, "both", indent=True, keep=True),
        Line("", _BODY, keep=True),
        Line(letter.signature, _BODY, "right", keep=True, inset=2 * _BODY.size),
        Line(day_line(letter.day), _BODY, "right", inset=2 * _BODY.size),
    )
    return document.data(letter.day)
