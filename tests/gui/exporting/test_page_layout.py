"""预览里各页的位置：看得见哪页、放多大，来回不变。"""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QSizeF

from gui.exporting.page_layout import (
    GAP,
    LARGEST,
    MARGIN,
    MOST_PIXELS,
    SMALLEST,
    Fit,
    PageLayout,
    factor_of,
    next_step,
    picture_size,
    shown_size,
)

A4 = QSizeF(595, 842)
sides = st.floats(50, 3000)
sizes = st.builds(QSizeF, sides, sides)
rooms = st.builds(QSizeF, st.floats(200, 4000), st.floats(200, 3000))
zooms = st.one_of(st.sampled_from(Fit), st.floats(SMALLEST, LARGEST))


def test_a_page_fits_the_width_or_is_seen_whole() -> None:
    room = QSizeF(1000, 600)
    wide, whole = shown_size(A4, Fit.WIDTH, room), shown_size(A4, Fit.PAGE, room)
    assert wide.width() == 1000 - 2 * MARGIN
    assert whole.height() == 600 - 2 * MARGIN
    assert shown_size(A4, 1.0, room) == QSizeF(793, 1123)


@given(sizes, zooms, rooms)
def test_no_page_is_larger_or_smaller_than_allowed(size: QSizeF, zoom: Fit | float, room: QSizeF) -> None:
    assert SMALLEST <= factor_of(size, zoom, room) <= LARGEST


@given(st.lists(sizes, min_size=1, max_size=8), zooms, rooms, st.floats(0, 1))
def test_a_place_is_found_again(several: list[QSizeF], zoom: Fit | float, room: QSizeF, part: float) -> None:
    layout = PageLayout(several, zoom, room)
    for page in range(len(several)):
        found, down = layout.place_of(layout.y_of(page, part))
        assert found == page
        assert abs(down - part) < 1e-6


@given(st.lists(sizes, min_size=1, max_size=8), zooms, rooms)
def test_pages_follow_each_other_and_lie_inside(
    several: list[QSizeF], zoom: Fit | float, room: QSizeF
) -> None:
    layout = PageLayout(several, zoom, room)
    tops = [rect.top() for rect in layout.rects]
    assert tops[0] == MARGIN
    assert all(b.top() == a.bottom() + GAP for a, b in zip(layout.rects, layout.rects[1:], strict=False))
    assert all(rect.left() >= MARGIN - 1 for rect in layout.rects)
    assert layout.pages_between(0, layout.height) == range(len(several))


@given(sizes, st.floats(SMALLEST, LARGEST), st.floats(1, 3))
def test_a_picture_never_has_too_many_pixels(size: QSizeF, factor: float, ratio: float) -> None:
    made = picture_size(shown_size(size, factor, QSizeF(1000, 800)), ratio)
    assert made.width() * made.height() <= MOST_PIXELS * 1.01 + made.width() + made.height()


def test_steps_of_the_zoom_go_up_and_down() -> None:
    assert (next_step(1.0, 1), next_step(1.0, -1)) == (1.1, 0.9)
    assert (next_step(0.83, 1), next_step(0.83, -1)) == (0.9, 0.75)
    assert (next_step(LARGEST, 1), next_step(SMALLEST, -1)) == (LARGEST, SMALLEST)
