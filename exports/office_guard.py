"""Office 文件打开之前先看压缩包的目录：太大、太密、加密、带外部实体的，一概不开。"""

from __future__ import annotations

import struct
import zlib
from io import BytesIO
from typing import NamedTuple
from zipfile import ZIP_DEFLATED, ZIP_STORED, BadZipFile, ZipFile, ZipInfo

from models.domain.errors import InputError
from models.domain.text import quoted

MOST_BYTES = 30 * 2**20
"""Of the file itself."""
MOST_UNPACKED = 100 * 2**20
MOST_PARTS = 300
MOST_RATIO = 150
_RATIO_FROM = 2**20
"""Below this size of a part its ratio does not matter: an empty sheet packs very well."""
MOST_ROWS, MOST_COLUMNS = 20_000, 100
_CHUNK = 2**20
UNREADABLE = (
    BadZipFile,
    NotImplementedError,
    EOFError,
    OSError,
    RuntimeError,
    ValueError,
    OverflowError,
    zlib.error,
    struct.error,
)
"""What the library of archives raises on a damaged file."""


class OfficeKind(NamedTuple):
    """What a file should be: its main part, how it is called, and what a refusal says of it."""

    main: str
    locked: str
    damaged: str
    other: str
    nothing: str
    remedy: str


SHEET = OfficeKind(
    "xl/workbook.xml",
    "它是加密的工作簿，或旧的 .xls 格式",
    "它不是完好的 .xlsx 文件",
    "它不是 .xlsx 工作簿",
    "没有导入。",
    "请用表格软件去掉密码，另存为“Excel 工作簿（.xlsx）”后再导入。",
)
WORD = OfficeKind(
    "word/document.xml",
    "它是加密的文档，或旧的 .doc 格式",
    "它已损坏，或不是 Word 文档（.docx）",
    "它不是 Word 文档（.docx）",
    "没有读。",
    "请打开文件，把原文粘贴进来。",
)


def require_safe(data: bytes, name: str, kind: OfficeKind = SHEET) -> None:
    """Afterwards ``data`` is such a file and can be opened without harm; ``InputError`` says why it is not."""
    if why := fault_of(data, kind):
        raise InputError(f"不能打开{quoted(name)}：{why}。", kind.nothing, kind.remedy)


def fault_of(data: bytes, kind: OfficeKind) -> str:
    """Why the file cannot be opened; "" where it can."""
    if len(data) > MOST_BYTES:
        return f"文件超过 {MOST_BYTES // 2**20} MB"
    if data[:8] == b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1":
        return kind.locked
    try:
        with ZipFile(BytesIO(data)) as packed:
            parts = packed.infolist()
            return _directory_fault(parts, kind) or next(
                filter(None, (_part_fault(packed, part) for part in parts)), ""
            )
    except UNREADABLE:
        return kind.damaged


def _directory_fault(parts: list[ZipInfo], kind: OfficeKind) -> str:
    names = [part.filename for part in parts]
    if len(parts) > MOST_PARTS:
        return f"其中有 {len(parts)} 个部分，至多 {MOST_PARTS} 个"
    if len({entry.casefold() for entry in names}) != len(names):
        return "其中有重名的部分"
    if any(_leads_out(entry) for entry in names):
        return "其中有指向文件夹之外的部分"
    if any(part.flag_bits & 1 for part in parts):
        return "其中有加密的部分"
    if any(part.compress_type not in (ZIP_STORED, ZIP_DEFLATED) for part in parts):
        return "其中有压缩办法不合规范的部分"
    if sum(part.file_size for part in parts) > MOST_UNPACKED:
        return f"展开后超过 {MOST_UNPACKED // 2**20} MB"
    return "" if kind.main in names else kind.other


def _leads_out(entry: str) -> bool:
    parts = entry.replace("\\", "/").split("/")
    return ".." in parts or entry.startswith(("/", "\\")) or ":" in entry or "\0" in entry


def _part_fault(packed: ZipFile, part: ZipInfo) -> str:
    """Unpack a part once, counting: what the directory says of its size may be a lie."""
    is_xml = part.filename.endswith((".xml", ".rels", ".vml"))
    size = 0
    before = b""
    with packed.open(part) as stream:
        while chunk := stream.read(_CHUNK):
            size += len(chunk)
            if size > part.file_size or size > MOST_UNPACKED:
                return "它展开后比目录里写的大"
            if size > _RATIO_FROM and size > MOST_RATIO * max(1, part.compress_size):
                return f"其中有压缩超过 {MOST_RATIO} 倍的部分"
            if is_xml:
                if size == len(chunk) and (b"\0" in chunk[:64] or chunk[:2] in (b"\xff\xfe", b"\xfe\xff")):
                    return "其中有不是 UTF-8 的部分"
                joined = (before + chunk).upper()
                if b"<!DOCTYPE" in joined or b"<!ENTITY" in joined:
                    return "其中有文档类型声明，可能引用外部文件"
                before = chunk[-16:]
    return ""
