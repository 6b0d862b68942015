"""浮在静态层上的东西：悬停、选中、焦点、拿起的活动与落点。"""

from __future__ import annotations

from PySide6.QtCore import QRectF
from PySide6.QtGui import QColor, QPainter

from gui.kit.chips import RADIUS, paint_chip
from gui.kit.marks import draw_text, metrics, paint_box, paint_hatch, text_width
from gui.kit.theme import theme
from gui.overview.board_canvas import BoardHit, BoardHitKind
from gui.overview.board_chip_painter import as_chip
from gui.overview.board_drag import BoardDrag, DragAction, chip_of, effect_words, refusal
from gui.overview.board_layout import BoardLayout
from gui.services.board_values import BoardContents

PREVIEW_WIDTH = 104
_TAGS = {
    DragAction.COPY: ("primaryFill", "primaryFill", "onPrimary"),
    DragAction.POSTPONE: ("warningBg", "warningLine", "warning"),
}
"""Ground, border and words of the tag beside the preview."""
_MOVABLE_HITS = (BoardHitKind.CHIP, BoardHitKind.DECISION)


def landing_rect(layout: BoardLayout, drag: BoardDrag) -> QRectF:
    """Where the dragged chip would land, empty where it cannot."""
    if drag.target is None or drag.target not in layout.months:
        return QRectF()
    return layout.cell_rect(drag.row, drag.target, drag.target).adjusted(2, 2, -3, -3)


def preview_rect(layout: BoardLayout, drag: BoardDrag) -> QRectF:
    """The place of the dragged chip: at the pointer, or in the landing cell for the keyboard."""
    height = layout.metrics.chip_height
    if drag.pointer is not None:
        return QRectF(drag.pointer.x() + 10, drag.pointer.y() + 6, PREVIEW_WIDTH, height)
    landing = landing_rect(layout, drag)
    width = min(PREVIEW_WIDTH, landing.width() - 4)
    return QRectF(landing.left() + 2, landing.center().y() - height / 2, width, height)


def tag_rect(layout: BoardLayout, drag: BoardDrag) -> QRectF:
    """The place of 复制 or 延期 beside the preview; empty while it is only moved."""
    if drag.action is DragAction.MOVE:
        return QRectF()
    preview, width = (
        preview_rect(layout, drag),
        text_width(theme().font(12, bold=True), drag.action.label) + 14,
    )
    left = preview.right() + 4
    if left + width > layout.width - 4:
        left = preview.left() - width - 4
    return QRectF(round(left), preview.top(), round(width), preview.height())


def effect_rect(layout: BoardLayout, contents: BoardContents, drag: BoardDrag) -> QRectF:
    """The place of the card that tells the effect, below the preview and inside the board."""
    text = effect_words(contents, drag)
    if not text:
        return QRectF()
    font = theme().font(12)
    preview = preview_rect(layout, drag)
    width, height = text_width(font, text) + 20, metrics(font).height() + 12
    left = min(preview.left(), layout.width - width - 6)
    top = preview.bottom() + 6
    if top + height > layout.height - 4:
        top = preview.top() - height - 6
    return QRectF(round(left), round(top), width, height)


def drag_area(layout: BoardLayout, contents: BoardContents, drag: BoardDrag | None) -> QRectF:
    """Everything the overlay of ``drag`` touches: the part to repaint."""
    if drag is None:
        return QRectF()
    parts = (
        landing_rect(layout, drag),
        preview_rect(layout, drag),
        tag_rect(layout, drag),
        effect_rect(layout, contents, drag),
    )
    area = QRectF()
    for part in parts:
        area = area.united(part)
    return area.adjusted(-4, -4, 4, 4)


def paint_drag(
    painter: QPainter,
    layout: BoardLayout,
    contents: BoardContents,
    drag: BoardDrag,
    hits: tuple[BoardHit, ...],
) -> None:
    """Dim the source, frame the landing, hang the preview and tell the effect."""
    line = contents.lines[drag.row]
    chip = chip_of(line, drag.key)
    source = next((hit.rect for hit in hits if hit.kind in _MOVABLE_HITS and hit.key == drag.key), None)
    if source is not None and drag.action is not DragAction.COPY:
        _paint_source(painter, source)
    if chip is None:
        return
    _paint_landing(painter, layout, contents, drag)
    painter.setOpacity(0.92)
    paint_chip(painter, preview_rect(layout, drag), as_chip(line, chip))
    painter.setOpacity(1.0)
    _paint_tag(painter, tag_rect(layout, drag), drag.action)
    _paint_effect(painter, effect_rect(layout, contents, drag), effect_words(contents, drag))


def _paint_source(painter: QPainter, rect: QRectF) -> None:
    cover = QColor(theme().color("surface"))
    cover.setAlphaF(0.6)
    painter.fillRect(rect, cover)
    _dashed_frame(painter, rect, "controlBorder")


def _paint_landing(painter: QPainter, layout: BoardLayout, contents: BoardContents, drag: BoardDrag) -> None:
    landing = landing_rect(layout, drag)
    if landing.isEmpty() or drag.target is None:
        return
    if refusal(contents, drag):
        paint_hatch(painter, landing, theme().color("dangerLine"))
        return
    tint = QColor(theme().color("infoBg"))
    tint.setAlphaF(0.55)
    painter.fillRect(landing, tint)
    _dashed_frame(painter, landing, "primary")


def _dashed_frame(painter: QPainter, rect: QRectF, color: str) -> None:
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    paint_box(painter, rect.adjusted(0.5, 0.5, -0.5, -0.5), "", color, RADIUS, 1.3, dashed=True)


def _paint_tag(painter: QPainter, rect: QRectF, action: DragAction) -> None:
    if rect.isEmpty():
        return
    ground, line, ink = _TAGS[action]
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    paint_box(painter, rect.adjusted(0.5, 0.5, -0.5, -0.5), ground, line, RADIUS)
    draw_text(
        painter,
        rect.left() + 7,
        rect.center().y(),
        action.label,
        theme().font(12, bold=True),
        theme().color(ink),
    )


def _paint_effect(painter: QPainter, rect: QRectF, text: str) -> None:
    if rect.isEmpty():
        return
    paint_box(painter, rect.adjusted(0.5, 0.5, -0.5, -0.5), "raised", "border", 5)
    draw_text(painter, rect.left() + 10, rect.center().y(), text, theme().font(12), theme().color("ink"))
