"""画笔：色块、活动块、状态标记、斜线与胶囊，各页与对话框共用。"""

from __future__ import annotations

from gui.kit.chips import PROPOSED, Chip, chip_height, paint_chip, paint_dot, paint_ghost, tile_size
from gui.kit.marks import (
    PILL_FILLS,
    STATE_LOOKS,
    StateLook,
    draw_text,
    fitted,
    metrics,
    on_today,
    paint_badge,
    paint_cell_ground,
    paint_exempt,
    paint_hatch,
    paint_label,
    paint_mark,
    paint_pill,
    text_width,
)
from gui.kit.tiles import ATTENDANCE, TileKind, paint_tile, tile_path

__all__ = [
    "ATTENDANCE",
    "PILL_FILLS",
    "PROPOSED",
    "STATE_LOOKS",
    "Chip",
    "StateLook",
    "TileKind",
    "chip_height",
    "draw_text",
    "fitted",
    "metrics",
    "on_today",
    "paint_badge",
    "paint_cell_ground",
    "paint_chip",
    "paint_dot",
    "paint_exempt",
    "paint_ghost",
    "paint_hatch",
    "paint_label",
    "paint_mark",
    "paint_pill",
    "paint_tile",
    "text_width",
    "tile_path",
    "tile_size",
]
