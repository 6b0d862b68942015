"""打开之前先看压缩包的目录：太大、太密、加密、带宏定义外部实体的，一概不开。"""

from __future__ import annotations

import zlib
from io import BytesIO
from zipfile import BadZipFile, ZipFile, ZipInfo

from models.domain.errors import InputError

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
)
"""What the library of archives raises on a damaged file."""
_WORKBOOK = "xl/workbook.xml"
_REMEDY = "请用表格软件另存为“Excel 工作簿（.xlsx）”后再导入。"


def require_safe(data: bytes, name: str) -> None:
    """Afterwards ``data`` is a workbook that can be opened without harm; ``InputError`` says why it is not."""
    if len(data) > MOST_BYTES:
        raise _refused(name, f"文件超过 {MOST_BYTES // 2**20} MB")
    if data[:8] == b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1":
        raise InputError(
            f"“{name}”是加密的工作簿，或旧的 .xls 格式。", "没有导入。", "请去掉密码，另存为 .xlsx 后再导入。"
        )
    try:
        with ZipFile(BytesIO(data)) as packed:
            _require_sound_directory(packed, name)
            for part in packed.infolist():
                _require_sound_part(packed, part, name)
    except UNREADABLE as error:
        raise _refused(name, "它不是完好的 .xlsx 文件") from error


def _require_sound_directory(packed: ZipFile, name: str) -> None:
    parts = packed.infolist()
    names = [part.filename for part in parts]
    if len(parts) > MOST_PARTS:
        raise _refused(name, f"其中有 {len(parts)} 个部分，至多 {MOST_PARTS} 个")
    if len({entry.casefold() for entry in names}) != len(names):
        raise _refused(name, "其中有重名的部分")
    if any(_leads_out(entry) for entry in names):
        raise _refused(name, "其中有指向文件夹之外的部分")
    if any(part.flag_bits & 1 for part in parts):
        raise _refused(name, "其中有加密的部分")
    if sum(part.file_size for part in parts) > MOST_UNPACKED:
        raise _refused(name, f"展开后超过 {MOST_UNPACKED // 2**20} MB")
    if _WORKBOOK not in names:
        raise _refused(name, "它不是 .xlsx 工作簿")


def _leads_out(entry: str) -> bool:
    parts = entry.replace("\\", "/").split("/")
    return ".." in parts or entry.startswith(("/", "\\")) or ":" in entry or "\0" in entry


def _require_sound_part(packed: ZipFile, part: ZipInfo, name: str) -> None:
    """Unpack a part once, counting: what the directory says of its size may be a lie."""
    is_xml = part.filename.endswith((".xml", ".rels", ".vml"))
    size = 0
    before = b""
    with packed.open(part) as stream:
        while chunk := stream.read(_CHUNK):
            size += len(chunk)
            if size > part.file_size or size > MOST_UNPACKED:
                raise _refused(name, "它展开后比目录里写的大")
            if size > _RATIO_FROM and size > MOST_RATIO * max(1, part.compress_size):
                raise _refused(name, f"其中有压缩超过 {MOST_RATIO} 倍的部分")
            if is_xml:
                if size == len(chunk) and (b"\0" in chunk[:64] or chunk[:2] in (b"\xff\xfe", b"\xfe\xff")):
                    raise _refused(name, "其中有不是 UTF-8 的部分")
                joined = (before + chunk).upper()
                if b"<!DOCTYPE" in joined or b"<!ENTITY" in joined:
                    raise _refused(name, "其中有文档类型声明，可能引用外部文件")
                before = chunk[-16:]


def _refused(name: str, why: str) -> InputError:
    return InputError(f"不能打开“{name}”：{why}。", "没有导入。", _REMEDY)
