"""文件里的文字：纯文本或 .docx；别的格式请粘贴。"""

from __future__ import annotations

from io import BytesIO
from zipfile import ZipFile

from exports.office_guard import UNREADABLE, WORD, require_safe
from models.domain.errors import InputError
from models.domain.text import quoted

LARGEST = 2_000_000
"""Bytes of a file with words."""
MOST_TEXT = 20_000_000
"""Bytes of the text within a Word document, with all that describes how it looks."""
_UNREAD = "mc:Fallback"
"""Says once more, for older programs, what stands beside it."""


def text_of(data: bytes, name: str, nothing: str) -> str:
    """The words of the file ``data``, a paragraph a line.

    Raises ``InputError`` for what is no text; ``nothing`` says what then has not been read.
    """
    if data.startswith((b"PK", b"\xd0\xcf\x11\xe0")):
        return word_text(data, name, nothing)
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\0" not in text:
            return text
    raise InputError(f"{name} 不是文字文件。", nothing, WORD.remedy)


def word_text(data: bytes, name: str, nothing: str) -> str:
    """The paragraphs of a .docx; what is in it but no text is left out."""
    kind = WORD._replace(nothing=nothing)
    require_safe(data, name, kind)
    try:
        with ZipFile(BytesIO(data)) as archive:
            info = archive.getinfo(kind.main)
            if info.file_size > MOST_TEXT:
                raise InputError(f"{quoted(name)}太大，不像一份文件。", nothing, kind.remedy)
            return part_text(archive.read(info))
    except (*UNREADABLE, SyntaxError) as error:
        raise InputError(f"不能打开{quoted(name)}：{kind.damaged}。", nothing, kind.remedy) from error


def part_text(xml: bytes) -> str:
    """The words in one part of a Word document, a paragraph a line; ``SyntaxError`` where it is no sound XML."""
    from xml.parsers.expat import ExpatError, ParserCreate

    reader = _Words()
    parser = ParserCreate("utf-8")
    parser.buffer_text = True
    parser.StartElementHandler, parser.EndElementHandler = reader.begin, reader.end
    parser.CharacterDataHandler = reader.take
    try:
        parser.Parse(xml, True)  # noqa: FBT003
    except ExpatError as error:
        raise SyntaxError(str(error)) from error
    return "".join(reader.words).removesuffix("\n")


class _Words:
    """Gathers the text, in one pass."""

    def __init__(self) -> None:
        self.words: list[str] = []
        self._open = False
        self._unread = 0

    def begin(self, name: str, _: dict[str, str]) -> None:
        self._open = name == "w:t"
        self._unread += name == _UNREAD
        if name in ("w:br", "w:cr") and not self._unread:
            self.words.append("\n")

    def end(self, name: str) -> None:
        self._open = False
        self._unread -= name == _UNREAD
        if name == "w:p" and not self._unread:
            self.words.append("\n")

    def take(self, words: str) -> None:
        if self._open and not self._unread:
            self.words.append(words)
