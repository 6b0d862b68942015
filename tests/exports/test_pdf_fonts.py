"""字体：按名称找、按许可和轮廓取舍、逐字回退、嵌入后读得回来。"""

from __future__ import annotations

import doctest
import struct
from io import BytesIO
from pathlib import Path
from types import ModuleType

import pytest

from exports.pdf import quarter_facts, sfnt
from exports.pdf.document import write_pdf
from exports.pdf.embedding import to_unicode_map
from exports.pdf.flow import Flow, Style
from exports.pdf.fonts import BUNDLED_FOLDER, FontBook, Role, font_book, font_folders, machine_faces
from exports.pdf.page import Layout
from exports.pdf.sfnt import FaceFile, usable_faces
from tests.exports.pdf_reading import texts

SANS = BUNDLED_FOLDER / "NotoSansSC-Medium.ttf"
ONLY_IN_SERIF = "\u9ff0"
ONLY_IN_SANS = "\U0003106c"
OUTSIDE_BMP = "\U00025ad7"


def name_table(*names: tuple[int, int, int, str]) -> bytes:
    """A name table of (platform, encoding, name id, text)."""
    codecs = {(3, 1): "utf-16-be", (1, 25): "gbk", (1, 0): "mac-roman"}
    records, strings = b"", b""
    for platform, encoding, name_id, text in names:
        raw = text.encode(codecs[platform, encoding])
        records += struct.pack(">6H", platform, encoding, 0x804, name_id, len(raw), len(strings))
        strings += raw
    return struct.pack(">3H", 0, len(names), 6 + len(records)) + records + strings


def font(tables: dict[bytes, bytes], start: int = 0, version: bytes = b"\x00\x01\x00\x00") -> bytes:
    """A font file of ``tables`` that stands at ``start`` in its file."""
    head, body = struct.pack(">4sH6x", version, len(tables)), b""
    offset = start + 12 + 16 * len(tables)
    for tag, data in tables.items():
        head += struct.pack(">4s4xLL", tag, offset + len(body), len(data))
        body += data
    return head + body


def tables(fs_type: int = 0, *names: tuple[int, int, int, str]) -> dict[bytes, bytes]:
    return {
        b"glyf": b"\0",
        b"OS/2": struct.pack(">4H", 4, 0, 400, 5) + struct.pack(">H", fs_type),
        b"name": name_table(*(names or ((3, 1, 1, "仿宋"),))),
    }


@pytest.fixture
def saved(tmp_path: Path):
    def save(data: bytes) -> Path:
        path = tmp_path / "anything.ttf"
        path.write_bytes(data)
        return path

    return save


def test_a_face_goes_by_every_name_of_its_name_table_in_all_languages(saved) -> None:
    names = (
        (3, 1, 1, "FangSong"),
        (3, 1, 4, "仿宋"),
        (1, 25, 1, "仿宋体"),
        (3, 1, 2, "Regular"),
        (1, 0, 6, "FZ"),
    )
    path = saved(font(tables(0, *names)))
    assert usable_faces(path) == (FaceFile(path, 0, frozenset({"FangSong", "仿宋", "仿宋体", "FZ"})),)


def test_the_faces_of_a_collection_are_told_apart(saved) -> None:
    first = font(tables(0, (3, 1, 1, "宋体")), start=20)
    second = font(tables(0, (3, 1, 1, "新宋体")), start=20 + len(first))
    path = saved(struct.pack(">4s4L", b"ttcf", 0x10000, 2, 20, 20 + len(first)) + first + second)
    assert usable_faces(path) == (
        FaceFile(path, 0, frozenset({"宋体"})),
        FaceFile(path, 1, frozenset({"新宋体"})),
    )


@pytest.mark.parametrize(
    ("fs_type", "usable"),
    [
        (0, True),
        (4, True),
        (8, True),
        (0x0C, True),
        (6, True),
        (2, False),
        (0x100, False),
        (0x200, False),
        (0x108, False),
    ],
)
def test_a_face_is_embedded_only_where_its_licence_bits_allow_it(
    saved, fs_type: int, *, usable: bool
) -> None:
    assert bool(usable_faces(saved(font(tables(fs_type))))) is usable


@pytest.mark.parametrize(
    "data",
    [
        font(tables(), version=b"OTTO"),
        font({**tables(), b"fvar": b"\0"}),
        font({tag: data for tag, data in tables().items() if tag != b"glyf"} | {b"CFF ": b"\0"}),
        font({tag: data for tag, data in tables().items() if tag != b"name"}),
        font(tables())[:40],
        b"",
        b"not a font at all",
        struct.pack(">4sLL", b"ttcf", 0x10000, 1 << 31),
        struct.pack(">4sH6x", b"\x00\x01\x00\x00", 1) + struct.pack(">4s4xLL", b"name", 0, 1 << 31),
    ],
    ids=[
        "cff",
        "variable",
        "cff table",
        "no names",
        "torn",
        "empty",
        "text",
        "huge collection",
        "huge table",
    ],
)
def test_other_outlines_and_broken_files_are_passed_over(saved, data: bytes) -> None:
    assert usable_faces(saved(data)) == ()


def test_a_missing_file_and_a_folder_give_nothing(tmp_path: Path) -> None:
    assert usable_faces(tmp_path / "no.ttf") == ()
    assert usable_faces(tmp_path) == ()


def test_faces_of_the_users_folder_are_found_whatever_the_file_is_called(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sys.platform", "linux")
    monkeypatch.setenv("XDG_DATA_DIRS", str(tmp_path / "shared"))
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "own"))
    monkeypatch.setenv("HOME", str(tmp_path))
    folder = tmp_path / "own" / "fonts" / "deep"
    folder.mkdir(parents=True)
    (folder / "x.TTF").write_bytes(font(tables()))
    (folder / "x.txt").write_bytes(font(tables()))
    assert [(face.path.name, face.names) for face in machine_faces()] == [("x.TTF", frozenset({"仿宋"}))]


def test_windows_fonts_are_those_of_the_machine_and_of_the_user(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.platform", "win32")
    monkeypatch.setenv("WINDIR", "W")
    monkeypatch.setenv("LOCALAPPDATA", "L")
    assert font_folders() == (Path("W", "Fonts"), Path("L", "Microsoft", "Windows", "Fonts"))


def test_a_better_face_of_the_machine_is_taken_and_the_bundled_one_fills_its_gaps() -> None:
    book = FontBook((FaceFile(SANS, 0, frozenset({"仿宋_GB2312"})),))
    body = book[Role.BODY]
    assert "NotoSansSC-Medium" in body.glyph("宝").font
    assert "NotoSerifSC-Regular" in body.glyph(ONLY_IN_SERIF).font
    assert "NotoSerifSC-Bold" in book[Role.TITLE].glyph("宝").font


def test_the_first_of_several_preferred_names_wins() -> None:
    serif = BUNDLED_FOLDER / "NotoSerifSC-Bold.ttf"
    book = FontBook((FaceFile(serif, 0, frozenset({"华文仿宋"})), FaceFile(SANS, 0, frozenset({"仿宋"}))))
    assert "NotoSansSC-Medium" in book[Role.BODY].glyph("宝").font


def test_a_machine_face_that_cannot_be_loaded_is_passed_over(saved) -> None:
    book = FontBook((FaceFile(saved(font(tables())), 0, frozenset({"仿宋"})),))
    assert "NotoSerifSC-Regular" in book[Role.BODY].glyph("宝").font


def test_characters_fall_back_one_by_one_and_lacking_ones_become_a_geta_mark() -> None:
    body = font_book(bundled_only=True)[Role.BODY]
    assert body.printed(f"蕰{ONLY_IN_SANS}𠮷\n⺀") == f"蕰{ONLY_IN_SANS}〓\n〓"
    assert body.missing("𠮷A\n𠮷⺀") == ["𠮷", "⺀"]
    assert [text for _, text in body.runs(f"宝{ONLY_IN_SANS}山")] == ["宝", ONLY_IN_SANS, "山"]
    assert body.width("宝山", 10) == pytest.approx(20)


def test_a_character_outside_the_bmp_is_found_by_a_search() -> None:
    layout = Layout(bundled_only=True)
    flow = Flow(layout, font_book(bundled_only=True))
    flow.write(f"宝{OUTSIDE_BMP}山{ONLY_IN_SANS}", Style(Role.BODY, 16, 20))
    data = write_pdf(flow.sheets, layout, flow.book, "题", [""])
    assert texts(data)[0].split()[0] == f"宝{OUTSIDE_BMP}山{ONLY_IN_SANS}"


def test_the_unicode_map_is_utf_16_in_blocks_of_at_most_a_hundred() -> None:
    cmap = to_unicode_map("F", [0, 0x5B9D, 0x20BB7, *range(0x4E00, 0x4E00 + 120)])
    assert "<01> <5B9D>\n<02> <D842DFB7>\n<03> <4E00>" in cmap
    assert cmap.count("100 beginbfchar") == 1
    assert cmap.count("22 beginbfchar") == 1
    assert "<00> <" not in cmap.split("endcodespacerange")[1]


def test_a_document_is_written_the_same_after_another_one() -> None:
    layout = Layout(bundled_only=True)

    def made(text: str) -> bytes:
        flow = Flow(layout, font_book(bundled_only=True))
        flow.write(text, Style(Role.BODY, 16, 20))
        return write_pdf(flow.sheets, layout, flow.book, "题", [""])

    first = made("宝山")
    made("另一份文件里的字")
    assert made("宝山") == first
    assert BytesIO(first).read(5) == b"%PDF-"


@pytest.mark.parametrize("module", [sfnt, quarter_facts], ids=["sfnt", "quarter_facts"])
def test_the_examples_of_the_docstrings_hold(module: ModuleType) -> None:
    result = doctest.testmod(module)
    assert result.attempted > 0
    assert result.failed == 0
