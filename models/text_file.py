"""文件里的文字：纯文本或 .docx；别的格式请粘贴。"""

from __future__ import annotations

import re
import zipfile
from html import unescape
from pathlib import Path

from models.domain.errors import InputError

LARGEST = 2_000_000
_PASTE = "请打开文件，把原文粘贴进来。"


def read_text_file(path: Path, nothing: str) -> str:
    """The words of the file, a paragraph a line.

    Raises ``InputError`` for what is no text; ``nothing`` says what then has not been read.
    """
    try:
        if path.stat().st_size > LARGEST:
            raise InputError(f"{path.name} 太大，不像一份文件。", nothing, _PASTE)
        data = path.read_bytes()
    except OSError as error:
        raise InputError(f"{path.name} 读不出来。", nothing, "请检查文件是否还在、能否打开。") from error
    if data.startswith(b"PK"):
        return _docx_text(path, nothing)
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\0" not in text:
            return text
    raise InputError(f"{path.name} 不是文字文件。", nothing, _PASTE)


def _docx_text(path: Path, nothing: str) -> str:
    """The paragraphs of a .docx; what is in it but no text is left out."""
    try:
        with zipfile.ZipFile(path) as archive:
            info = archive.getinfo("word/document.xml")
            if info.file_size > 10 * LARGEST:
                raise InputError(f"{path.name} 太大，不像一份文件。", nothing, _PASTE)
            xml = archive.read(info).decode("utf-8")
    except (
        zipfile.BadZipFile,
        KeyError,
        OSError,
        UnicodeDecodeError,
        NotImplementedError,
        RuntimeError,
    ) as error:
        raise InputError(f"{path.name} 不是 Word 文档（.docx）。", nothing, _PASTE) from error
    paragraphs = re.findall(r"<w:p[ >].*?</w:p>", xml, re.DOTALL)
    texts = ("".join(re.findall(r"<w:t(?: [^>]*)?>([^<]*)</w:t>", found)) for found in paragraphs)
    return "\n".join(map(unescape, texts))
