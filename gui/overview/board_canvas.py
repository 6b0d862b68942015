"""画年度总览时共用的东西：画笔、几何、字体与命中区。"""

from typing import NamedTuple

from PySide6.QtCore import QRectF
from PySide6.QtGui import QColor, QFont, QPainter

from gui.kit.marks import draw_text, metrics, text_width
from gui.kit.theme import theme
from gui.overview.board_layout import BoardLayout
from gui.services.board_values import BoardContents
from models.domain.events import Labelled


class BoardHitKind(Labelled):
    """What a place on the board is."""

    CHIP = "chip", "活动"
    DECISION = "decision", "决策事项"
    GHOST = "ghost", "排入"
    THEME = "theme", "季度主题"
    MORE = "more", "其余活动"
    MONTH = "month", "月份"
    WEEK = "week", "周负荷"
    CELL = "cell", "格"


class BoardHit(NamedTuple):
    """A place that can be pointed at, in content coordinates; ``key`` names what it is."""

    rect: QRectF
    kind: BoardHitKind
    row: int
    month: int
    key: str


class Fonts(NamedTuple):
    """The fonts of the board, made once a rendering."""

    small: QFont
    small_bold: QFont
    second: QFont
    second_bold: QFont
    title: QFont
    serif: QFont


def board_fonts() -> Fonts:
    """The fonts in the present text size."""
    font = theme().font
    return Fonts(
        font(12),
        font(12, bold=True),
        font(13),
        font(13, bold=True),
        font(14, bold=True),
        font(14, bold=True, serif=True),
    )


class BoardOptions(NamedTuple):
    """What the toolbar switches: 活动名 and 负荷条."""

    names: bool = True
    loads: bool = True


class Canvas(NamedTuple):
    """One rendering of the board: ``hits`` fills while painting."""

    painter: QPainter
    layout: BoardLayout
    contents: BoardContents
    options: BoardOptions
    fonts: Fonts
    today_x: float | None
    hits: list[BoardHit]

    def color(self, name: str) -> QColor:
        """The theme's colour ``name``."""
        return theme().color(name)

    def words(
        self, left: float, middle: float, text: str, font: QFont, color: str, ground: QColor | None = None
    ) -> float:
        """Write ``text``; where the today line runs through it, a patch of ``ground`` keeps it legible."""
        self.clear_today(left, left + text_width(font, text), middle, font, ground)
        return draw_text(self.painter, left, middle, text, font, self.color(color))

    def words_right(self, right: float, middle: float, text: str, font: QFont, color: str) -> float:
        """Write ``text`` so that it ends at ``right``; returns where it begins."""
        left = right - text_width(font, text)
        draw_text(self.painter, left, middle, text, font, self.color(color))
        return left

    def clear_today(
        self, left: float, right: float, middle: float, font: QFont, ground: QColor | None
    ) -> None:
        """Interrupt the today line behind a text from ``left`` to ``right``."""
        if ground is None or self.today_x is None or not left - 2 <= self.today_x <= right + 2:
            return
        height = metrics(font).height()
        self.painter.fillRect(QRectF(self.today_x - 3, middle - height / 2, 6, height), ground)

    def hit(self, rect: QRectF, kind: BoardHitKind, row: int, month: int, key: str = "") -> None:
        """Remember that ``rect`` can be pointed at."""
        self.hits.append(BoardHit(rect, kind, row, month, key))


def month_ground(canvas: Canvas, month: int) -> QColor:
    """The ground of a calm cell: tinted for the past, bluish for the current month."""
    if canvas.contents.is_past(month):
        return theme().color("past")
    if month == canvas.contents.current_month:
        return blended(theme().color("surface"), theme().color("infoBg"), 0.55)
    return theme().color("surface")


def blended(below: QColor, above: QColor, share: float) -> QColor:
    """``above`` laid over ``below`` with the opacity ``share``."""
    rest = 1 - share
    return QColor.fromRgbF(
        below.redF() * rest + above.redF() * share,
        below.greenF() * rest + above.greenF() * share,
        below.blueF() * rest + above.blueF() * share,
    )
