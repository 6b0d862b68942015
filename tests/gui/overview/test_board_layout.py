"""年度总览的几何：按值核对。"""

from __future__ import annotations

from datetime import date

import pytest
from PySide6.QtCore import QRectF, QSizeF

from gui.overview.board_layout import board_metrics, is_compact, lay_out
from tests.gui.overview.board_samples import sample_contents

FONT = 17.36
SMALL = QSizeF(1290, 548)
LARGE = QSizeF(1532, 854)
LINES = sample_contents().lines


def layout(size: QSizeF, font: float = FONT, **options: object):
    metrics = board_metrics(font, compact=is_compact(size, LINES, font))
    return lay_out(size, LINES, metrics, **options)


def test_nine_rows_and_twelve_months_fit_1366_by_768_without_scrolling() -> None:
    small = layout(SMALL)
    assert (len(small.rows) - 1, len(small.months), small.width, small.height) == (9, 12, 1290, 548)
    assert small.strip == 502


def test_the_small_window_takes_the_compact_sizes() -> None:
    metrics = layout(SMALL).metrics
    assert (metrics.compact, metrics.left, metrics.top, metrics.chip_height) == (True, 178, 54, 20)


def test_the_large_window_stretches_the_standard_rows() -> None:
    large = layout(LARGE)
    heights = [below - above for above, below in zip(large.rows, large.rows[1:], strict=False)]
    assert (large.metrics.compact, large.metrics.left, large.metrics.top) == (False, 234, 64)
    assert heights == [98, 110, 99, 57, 58, 57, 60, 114, 65]


def test_rows_never_stretch_beyond_the_limit() -> None:
    tall = layout(QSizeF(1532, 2000))
    assert tall.rows[-1] - tall.rows[0] <= 626 * 1.35
    assert (tall.strip, tall.height) == (2000 - 72, 2000)


def test_larger_text_makes_higher_rows_and_scrolls() -> None:
    large_text = layout(SMALL, FONT * 1.3)
    assert large_text.height > 548
    assert large_text.metrics.chip_height == 26


def test_a_narrow_window_shows_six_months_without_the_strip() -> None:
    narrow = layout(QSizeF(1017, 400), half=2)
    assert (narrow.months, narrow.strip) == ((7, 8, 9, 10, 11, 12), None)
    assert narrow.height > 400


def test_below_the_least_column_width_the_board_scrolls_sideways() -> None:
    tiny = layout(QSizeF(600, 400))
    assert tiny.width == 178 + 6 * 78


def test_columns_are_contiguous_and_end_at_the_width() -> None:
    large = layout(LARGE)
    edges = [large.column(month) for month in large.months]
    assert [left for left, _ in edges[1:]] == [right for _, right in edges[:-1]]
    assert edges[-1][1] == large.width == 1532


def test_a_cell_over_a_quarter_covers_its_three_columns() -> None:
    large = layout(LARGE)
    assert large.cell_rect(5, 1, 3) == QRectF(234, 486, 324, 57)


def test_a_cell_outside_the_half_shown_is_empty() -> None:
    assert layout(QSizeF(1017, 400), half=2).cell_rect(0, 1, 3).isEmpty()


@pytest.mark.parametrize(
    ("point", "found"), [((240, 70), (0, 1)), ((1531, 300), (2, 12)), ((100, 500), (5, None))]
)
def test_row_and_month_at_a_point(point: tuple[int, int], found: tuple[int, int | None]) -> None:
    large = layout(LARGE)
    assert (large.row_at(point[1]), large.month_at(point[0])) == found


def test_today_lies_in_the_middle_of_its_day() -> None:
    large = layout(LARGE)
    left, right = large.column(6)
    assert large.day_x(date(2027, 6, 15)) == pytest.approx(left + (right - left) * 14.5 / 30)


def test_no_row_at_all_still_has_a_layout() -> None:
    empty = lay_out(SMALL, (), board_metrics(FONT, compact=True))
    assert (empty.rows, empty.height) == ((54,), 548)
