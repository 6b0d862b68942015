"""放假通知的文件：纯文本或 .docx，读出文字；别的格式请粘贴。"""

from __future__ import annotations

import re
import zipfile
from html import unescape
from pathlib import Path

from models.domain.errors import InputError

LARGEST = 2_000_000
_NOTHING = "放假安排没有读入。"
_PASTE = "请打开文件，把通知原文粘贴进来。"


def read_notice_file(path: Path) -> str:
    """The words of the file, a paragraph a line. Raises ``InputError`` for what is no text."""
    try:
        if path.stat().st_size > LARGEST:
            raise InputError(f"{path.name} 太大，不像一份通知。", _NOTHING, _PASTE)
        data = path.read_bytes()
    except OSError as error:
        raise InputError(f"{path.name} 读不出来。", _NOTHING, "请检查文件是否还在、能否打开。") from error
    if data.startswith(b"PK"):
        return _docx_text(path)
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\0" not in text:
            return text
    raise InputError(f"{path.name} 不是文字文件。", _NOTHING, _PASTE)


def _docx_text(path: Path) -> str:
    """The paragraphs of a .docx; what is in it but no text is left out."""
    try:
        with zipfile.ZipFile(path) as archive:
            info = archive.getinfo("word/document.xml")
            if info.file_size > 10 * LARGEST:
                raise InputError(f"{path.name} 太大，不像一份通知。", _NOTHING, _PASTE)
            xml = archive.read(info).decode("utf-8")
    except (
        zipfile.BadZipFile,
        KeyError,
        OSError,
        UnicodeDecodeError,
        NotImplementedError,
        RuntimeError,
    ) as error:
        raise InputError(f"{path.name} 不是 Word 文档（.docx）。", _NOTHING, _PASTE) from error
    paragraphs = re.findall(r"<w:p[ >].*?</w:p>", xml, re.DOTALL)
    texts = ("".join(re.findall(r"<w:t(?: [^>]*)?>([^<]*)</w:t>", found)) for found in paragraphs)
    return "\n".join(map(unescape, texts))
