"""主题、图标与 Qt 版本。"""

from __future__ import annotations

import sys

import pytest
from PySide6.QtCore import QRectF
from PySide6.QtGui import QImage, QPainter, QPen

from gui.kit.icons import SHAPES, paint_icon
from gui.kit.theme import theme, tokens
from models.domain.events import Campaign


def test_a_void_call_keeps_its_reference_to_none(qapp: object) -> None:
    pen = QPen()
    before = sys.getrefcount(None)
    for _ in range(200):
        pen.setWidth(2)
    assert sys.getrefcount(None) > before - 100


@pytest.mark.parametrize("mode", ["light", "dark"])
def test_every_colour_is_that_of_the_tokens(themed: None, mode: str) -> None:
    theme().choose(mode)
    shown = {name: theme().color(name).name().upper() for name in tokens()["color"][mode]}
    assert shown == tokens()["color"][mode]


def test_every_campaign_has_a_shape_and_a_character_of_its_own(themed: None) -> None:
    looks = [theme().campaign(c) for c in Campaign if c is not Campaign.HOST_MEETING] + [
        theme().campaign("attend")
    ]
    assert "".join(look.glyph for look in looks) == "讲园社校问放席"
    assert len({look.shape for look in looks}) == 7


def test_a_larger_text_size_enlarges_every_font(themed: None) -> None:
    plain = theme().font(14).pixelSize()
    theme().choose(scale=1.3)
    assert (plain, theme().font(14).pixelSize()) == (14, 18)


@pytest.mark.parametrize("name", sorted(SHAPES))
def test_every_icon_paints_something_inside_its_square(themed: None, name: str) -> None:
    image = QImage(24, 24, QImage.Format.Format_ARGB32_Premultiplied)
    image.fill(0)
    painter = QPainter(image)
    paint_icon(painter, name, QRectF(0, 0, 24, 24), theme().color("ink"))
    painter.end()
    painted = sum(image.pixelColor(x, y).alpha() > 0 for x in range(24) for y in range(24))
    assert 20 < painted < 400
