"""年度总览的画面：命中区、缓存、像素上的状态。"""

from __future__ import annotations

import pytest
from PySide6.QtCore import QRectF, QSizeF, Qt
from PySide6.QtGui import QImage, QPainter
from pytestqt.qtbot import QtBot

from gui.kit.chips import Chip, paint_chip, paint_ghost
from gui.kit.marks import fitted, text_width
from gui.kit.scrolled_grid import Layer
from gui.kit.theme import theme
from gui.kit.tiles import ATTENDANCE, paint_tile, tile_path
from gui.overview.board_canvas import BoardHitKind, BoardOptions
from gui.overview.board_contents import board_contents
from gui.overview.board_layout import board_metrics, lay_out
from gui.overview.board_painter import render_board
from gui.services.board_values import BoardFilter, LineKind
from models.domain.events import Campaign, EventStatus
from tests.factories import check, event, year
from tests.gui.overview.board_samples import sample_contents


@pytest.fixture(autouse=True)
def _application(qapp: object) -> None:
    del qapp


NAMES = BoardOptions()
LARGE = QSizeF(1532, 854)


def rendered(options: BoardOptions = NAMES, ratio: float = 1.0, size: QSizeF = LARGE) -> Layer:
    contents = sample_contents(BoardFilter())
    layout = lay_out(size, contents.lines, board_metrics(17.4, compact=size.width() < 1440))
    return render_board(contents, layout, options, ratio)


def keys(layer: Layer, kind: BoardHitKind) -> list[str]:
    return [hit.key for hit in layer.hits if hit.kind is kind]


def test_every_month_theme_and_week_of_the_year_can_be_pointed_at() -> None:
    layer = rendered()
    assert keys(layer, BoardHitKind.MONTH) == [str(month) for month in range(1, 13)]
    assert keys(layer, BoardHitKind.THEME) == ["1", "2", "3", "4"]
    assert len(keys(layer, BoardHitKind.WEEK)) == 52


def test_the_five_gaps_and_the_risk_each_offer_a_ghost_chip() -> None:
    layer = rendered()
    places = [(hit.row, hit.month) for hit in layer.hits if hit.kind is BoardHitKind.GHOST]
    assert places == [(0, 6), (0, 11), (1, 11), (2, 11), (4, 9), (5, 11)]


def test_what_does_not_fit_is_collected_in_a_count() -> None:
    small = rendered(size=QSizeF(1290, 548))
    assert [(hit.row, hit.month, hit.key) for hit in small.hits if hit.kind is BoardHitKind.MORE] == [
        (0, 3, "+1"),
        (2, 3, "+1"),
        (2, 5, "+1"),
    ]


def test_no_two_chips_of_the_board_overlap() -> None:
    chips = [
        hit
        for hit in rendered().hits
        if hit.kind in (BoardHitKind.CHIP, BoardHitKind.GHOST, BoardHitKind.DECISION)
    ]
    pairs = [(a.key, b.key) for i, a in enumerate(chips) for b in chips[i + 1 :] if a.rect.intersects(b.rect)]
    assert pairs == []


def test_without_names_tiles_stay_and_can_be_pointed_at() -> None:
    with_names, dots = rendered(), rendered(BoardOptions(names=False))
    assert sorted(keys(dots, BoardHitKind.CHIP)) == sorted(keys(with_names, BoardHitKind.CHIP))
    assert all(hit.rect.width() == 16 for hit in dots.hits if hit.kind is BoardHitKind.CHIP)


def test_the_layer_has_the_pixels_of_the_screen() -> None:
    pixmap = rendered(ratio=1.5).pixmap
    assert (pixmap.width(), pixmap.height(), pixmap.devicePixelRatio()) == (2298, 1281, 1.5)


def test_only_cells_that_alarm_are_tinted() -> None:
    image = rendered().pixmap.toImage()
    contents = sample_contents()
    layout = lay_out(QSizeF(1532, 854), contents.lines, board_metrics(17.4, compact=False))
    june, january = layout.cell_rect(0, 6, 6), layout.cell_rect(0, 1, 1)
    assert image.pixelColor(int(june.left()) + 8, int(june.bottom()) - 4) == theme().color("warningBg")
    assert image.pixelColor(int(june.left()) + 1, int(june.bottom()) - 4) == theme().color("warningLine")
    assert image.pixelColor(int(january.left()) + 8, int(january.bottom()) - 4) == theme().color("past")


def red_columns(image: QImage, cell: QRectF) -> set[int]:
    """The columns of a cell that hold the colour of danger."""
    danger = theme().color("danger")
    return {
        x
        for x in range(int(cell.left()) + 1, int(cell.right()))
        for y in range(int(cell.top()) + 1, int(cell.bottom()))
        if image.pixelColor(x, y) == danger
    }


def test_the_bar_of_an_august_day_with_a_conflict_is_red_and_pointed_to() -> None:
    august = [
        event(Campaign.OPEN_MONTH, f"2027-08-{day}", at=at, venue="v1", key=f"A{day}{at[:2]}")
        for day, at in ((10, "09:00"), (25, "14:00"), (25, "15:00"))
    ]
    for events, clashes in ((august, True), (august[:2], False)):
        snapshot = year(*events)
        contents = board_contents(snapshot, check(snapshot))
        row = next(n for n, line in enumerate(contents.lines) if line.kind is LineKind.OPEN_MONTH)
        layout = lay_out(LARGE, contents.lines, board_metrics(17.4, compact=False))
        image = render_board(contents, layout, NAMES, 1.0).pixmap.toImage()
        cell = layout.cell_rect(row, 8, 8)
        bars = QRectF(cell.left(), cell.top() + 26, cell.width(), cell.height() - 26)
        found = red_columns(image, bars)
        day_25 = cell.left() + 8 + 24 * (cell.width() - 16) / 31
        assert bool(found) == clashes
        assert all(abs(x - day_25) < 8 for x in found)


def test_the_seven_shapes_differ() -> None:
    box = QRectF(0, 0, 100, 100)
    shapes = ("circle", "square", "house", "hexagon", "bubble", "octagon", "shield")
    areas = [
        tuple(tile_path(shape, box).contains(box.center() * s) for s in (0.07, 0.2, 0.5)) for shape in shapes
    ]
    outlines = {tile_path(shape, box).toFillPolygon().size() for shape in shapes}
    assert all(area[2] for area in areas)
    assert len({str(tile_path(shape, box)) for shape in shapes}) == 7
    assert len(outlines) > 3


@pytest.mark.parametrize("kind", [*(c for c in Campaign if c is not Campaign.HOST_MEETING), ATTENDANCE])
def test_a_tile_has_its_colour_and_a_character(kind: Campaign | str) -> None:
    image = _image(lambda painter: paint_tile(painter, kind, QRectF(0, 0, 40, 40)))
    colors = {image.pixelColor(x, y).name() for x in range(40) for y in range(40)}
    assert {theme().campaign(kind).tile.name(), theme().campaign(kind).on_tile.name()} <= colors


def test_every_status_draws_another_chip() -> None:
    looks = [Chip(Campaign.LECTURE, "18 民法典", status) for status in EventStatus]
    looks.append(Chip(Campaign.LECTURE, "18 民法典", EventStatus.PLANNED, conflict=True))
    looks.append(Chip(Campaign.LECTURE, "18 民法典", EventStatus.PLANNED, unrecorded=True))
    looks.append(Chip(Campaign.LECTURE, "18 民法典", "proposed"))
    pictures = [
        bytes(_image(lambda p, c=chip: paint_chip(p, QRectF(2, 2, 110, 22), c)).constBits()) for chip in looks
    ]
    pictures.append(bytes(_image(lambda p: paint_ghost(p, QRectF(2, 2, 110, 22))).constBits()))
    assert len(set(pictures)) == 10


def test_text_is_cut_between_characters_and_never_dotted() -> None:
    font = theme().font(12)
    width = text_width(font, "20 稳岗就")
    assert fitted("20 稳岗就业", font, width + 1) == "20 稳岗就"
    assert fitted("20 稳岗就业", font, 1000) == "20 稳岗就业"
    assert fitted("稳", font, 1) == ""


def _image(paint) -> QImage:
    image = QImage(120, 40, QImage.Format.Format_ARGB32_Premultiplied)
    image.fill(Qt.GlobalColor.transparent)
    painter = QPainter(image)
    paint(painter)
    painter.end()
    return image


def test_dark_and_light_are_painted_from_their_own_colours(qtbot: QtBot) -> None:
    del qtbot
    try:
        theme().choose("dark")
        dark = rendered().pixmap.toImage().pixelColor(1500, 120)
    finally:
        theme().choose("light")
    assert (dark, rendered().pixmap.toImage().pixelColor(1500, 120)) != (dark, dark)
