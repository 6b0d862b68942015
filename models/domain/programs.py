"""佐证材料不能是程序：看文件名的后缀，也看内容的开头；名称写得再像材料也不算数。"""

from __future__ import annotations

import mmap
from collections.abc import Mapping

from models.domain.papers import Evidence

PAPERS = (
    "pdf", "ofd", "doc", "docx", "xls", "xlsx", "ppt", "pptx", "wps", "et", "dps", "rtf", "txt", "csv", "eml", "msg",
)  # fmt: skip
PICTURES = ("jpg", "jpeg", "png", "gif", "bmp", "webp", "heic", "tif", "tiff")
RECORDINGS = ("mp3", "m4a", "wav", "mp4", "mov", "m4v", "avi", "mkv")
PAGES = ("htm", "html", "mht", "mhtml")
PACKETS = ("zip", "rar", "7z")
SUFFIXES = frozenset((*PAPERS, *PICTURES, *RECORDINGS, *PAGES, *PACKETS))
"""Endings of what is kept: papers, pictures, recordings, packed files; never a program."""
Content = bytes | mmap.mmap
_SIGNS: Mapping[str, str] = {
    "4d5a": "是 Windows 程序",
    "7f454c46": "是 Linux 程序",
    "feedface": "是 macOS 程序",
    "feedfacf": "是 macOS 程序",
    "cefaedfe": "是 macOS 程序",
    "cffaedfe": "是 macOS 程序",
    "cafebabe": "是程序",
    "2321": "是脚本",
    "4c0000000114020000000000c000000000000046": "是快捷方式",
}
"""The first bytes, in hexadecimal, of what runs or starts something: PE, ELF, Mach-O, Java, #!, MS-SHLLINK."""
_OPENINGS = (("@echo off", "是脚本"), ("[internetshortcut]", "是快捷方式"), ("[desktop entry]", "是快捷方式"))
_HTML_APPLICATION = "<hta:application"
_LOOKED_AT = 1 << 16
_PACKED, _COMPOUND = b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_MACROS: Mapping[bytes, bytes] = {_PACKED: b"vbaProject.bin", _COMPOUND: "_VBA_PROJECT".encode("utf-16-le")}
"""How an Office file begins → what stands in it where it has macros (MS-OVBA); the names are never packed."""
WRONG_TYPE = "不是可以作佐证的文件类型"


def has_allowed_ending(file_name: str) -> bool:
    """Whether the ending that counts for the system is one of ``SUFFIXES``: Windows drops blanks and dots after it.

    >>> [has_allowed_ending(name) for name in ("照片.JPG", "照片.jpg.exe", "照片.exe. ", "照片")]
    [True, False, False, False]
    """
    _, dot, ending = file_name.rstrip(" .").rpartition(".")
    return bool(dot) and ending.lower() in SUFFIXES


def true_name(item: Evidence) -> str:
    """The file's own name where the title says another one; "" where it does not."""
    return item.file_name if item.title and item.title != item.file_name else ""


def wrong_name(item: Evidence) -> str:
    """What the file of ``item`` is called where such a file is no evidence; "" where nothing is wrong."""
    return item.file_name if item.digest and item.file_name and not has_allowed_ending(item.file_name) else ""


def why_unfit(item: Evidence, content: Content) -> str:
    """Why ``item`` with this content is no evidence, said after the name of its file; "" where it is."""
    if wrong_name(item):
        return WRONG_TYPE
    return f"的内容{words}" if (words := program_in(content, item.file_name)) else ""


def program_in(content: Content, file_name: str) -> str:
    """What makes ``content`` run when it is opened: 是 Windows 程序, 是脚本, 带有宏 …; "" where nothing does.

    What a packed file holds is not looked at: opening one only lists it.
    """
    start = content[:_LOOKED_AT]
    begins = start[:32].hex()
    if words := next((words for sign, words in _SIGNS.items() if begins.startswith(sign)), ""):
        return words
    text = _as_text(start)
    if words := next((words for opening, words in _OPENINGS if text.startswith(opening)), ""):
        return words
    if _HTML_APPLICATION in text:
        return "是网页程序（HTA）"
    if file_name.lower().endswith(tuple(f".{ending}" for ending in PACKETS)):
        return ""
    marks = (mark for beginning, mark in _MACROS.items() if start.startswith(beginning))
    return "带有宏" if any(content.find(mark) >= 0 for mark in marks) else ""


def _as_text(start: bytes) -> str:
    """The beginning of a content as text in small letters, however it is encoded."""
    return start.replace(b"\0", b"").decode("latin-1").removeprefix("ï»¿").removeprefix("ÿþ").lstrip().lower()
