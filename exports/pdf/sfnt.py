"""字体文件：只读名称、轮廓种类与嵌入许可，不读字形。"""

from __future__ import annotations

import struct
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import BinaryIO, NamedTuple

_TRUETYPE = (b"\x00\x01\x00\x00", b"true")
_COLLECTION = b"ttcf"
_NAME_IDS = (1, 4, 6, 16)
_LONGEST_TABLE = 1 << 20
_MOST_FACES = 64

_RESTRICTED = 0x0002
_USAGE_MASK = 0x000E
_NO_SUBSETTING = 0x0100
_BITMAP_ONLY = 0x0200


class FaceFile(NamedTuple):
    """One face of a font file: the file, its number in it and every name it goes by, in all languages."""

    path: Path
    number: int
    names: frozenset[str]


class _NotEmbeddableError(Exception):
    """This file (or face) cannot be embedded; it is passed over."""


def usable_faces(path: Path) -> tuple[FaceFile, ...]:
    """The faces of ``path`` that may be embedded: static TrueType outlines, embedding allowed.

    CFF outlines, variable fonts, faces whose OS/2 ``fsType`` forbids embedding or subsetting, and
    files that cannot be read or are broken give nothing.
    """
    try:
        with path.open("rb") as file:
            return tuple(_faces(path, file))
    except (OSError, struct.error, _NotEmbeddableError):
        return ()


def _faces(path: Path, file: BinaryIO) -> Iterator[FaceFile]:
    for number, offset in enumerate(_face_offsets(file)):
        with suppress(struct.error, _NotEmbeddableError):
            yield FaceFile(path, number, _face_names(file, offset))


def _face_offsets(file: BinaryIO) -> tuple[int, ...]:
    if file.read(4) != _COLLECTION:
        return (0,)
    _, count = struct.unpack(">LL", file.read(8))
    if count > _MOST_FACES:
        raise _NotEmbeddableError
    return struct.unpack(f">{count}L", file.read(4 * count))


def _face_names(file: BinaryIO, offset: int) -> frozenset[str]:
    tables = _table_directory(file, offset)
    if b"glyf" not in tables or b"fvar" in tables or b"name" not in tables:
        raise _NotEmbeddableError
    if b"OS/2" in tables and not embedding_allowed(_fs_type(file, *tables[b"OS/2"])):
        raise _NotEmbeddableError
    return frozenset(_names(_read(file, *tables[b"name"])))


def _table_directory(file: BinaryIO, offset: int) -> dict[bytes, tuple[int, int]]:
    file.seek(offset)
    version, count = struct.unpack(">4sH6x", file.read(12))
    if version not in _TRUETYPE:
        raise _NotEmbeddableError
    records = struct.iter_unpack(">4s4xLL", file.read(16 * count))
    return {tag: (start, length) for tag, start, length in records}


def _read(file: BinaryIO, start: int, length: int) -> bytes:
    if length > _LONGEST_TABLE:
        raise _NotEmbeddableError
    file.seek(start)
    return file.read(length)


def _fs_type(file: BinaryIO, start: int, length: int) -> int:
    (fs_type,) = struct.unpack(">8xH", _read(file, start, min(length, 10)))
    return int(fs_type)


def embedding_allowed(fs_type: int) -> bool:
    """Whether OS/2 ``fsType`` lets a subset of the face into a document (OpenType, OS/2 table).

    Forbidden: restricted licence as the only usage bit, no subsetting, bitmaps only.

    >>> [embedding_allowed(value) for value in (0, 0x2, 0x4, 0x8, 0x6, 0x100, 0x200)]
    [True, False, True, True, True, False, False]
    """
    if fs_type & (_NO_SUBSETTING | _BITMAP_ONLY):
        return False
    return fs_type & _USAGE_MASK != _RESTRICTED


def _names(table: bytes) -> Iterator[str]:
    count, strings = struct.unpack(">2xHH", table[:6])
    for platform, encoding, _, name_id, length, offset in struct.iter_unpack(
        ">6H", table[6 : 6 + 12 * count]
    ):
        if name_id not in _NAME_IDS:
            continue
        raw = table[strings + offset : strings + offset + length]
        if text := raw.decode(_codec(platform, encoding), "ignore").strip("\0 "):
            yield text


def _codec(platform: int, encoding: int) -> str:
    """The codec of a name record: Windows and Unicode names are UTF-16, old Chinese Macintosh ones GBK."""
    if platform in (0, 3):
        return "utf-16-be"
    return "gbk" if encoding == 25 else "mac-roman"
