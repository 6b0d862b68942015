"""导出页的话：文件叫什么，纸张几页，露出了什么，出错了能做什么。"""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QSizeF

from exports.prints import PrintKind, PrintOptions, options_of
from gui.kit.exporter import PDF, Outgoing

QUARTERS = "一二三四"
_PAPERS = {(595, 842): "A4", (842, 1191): "A3"}
_MASKED = (("mask_phones", "联系人电话"), ("mask_delegates", "列席代表姓名"))


def outgoing_of(kind: PrintKind, options: PrintOptions, title: str, year: int) -> Outgoing:
    """The print as it leaves: its file is called after the ``title`` it has, else after year, part and kind."""
    name = file_title(kind, options, title, year)
    return Outgoing(kind.value, kind.label, name, PDF, unmasked(kind, options))


def file_title(kind: PrintKind, options: PrintOptions, title: str, year: int) -> str:
    """宝山区2027年第三季度政务公开活动计划（印发稿3）."""
    names = options_of(kind)
    part = ""
    if "quarter" in names and options.quarter is not None:
        part = f"{QUARTERS[options.quarter - 1]}季度"
    elif "month" in names and options.month is not None:
        part = f"{options.month}月"
    release = f"（印发稿{options.release.number}）" if options.release is not None else ""
    words = kind.label.removeprefix("季度") if part.endswith("季度") else kind.label
    return (title.strip() or f"{year}年{part}{words}") + release


def unmasked(kind: PrintKind, options: PrintOptions) -> tuple[str, ...]:
    """What can be read of persons in this print."""
    names = options_of(kind)
    return tuple(words for name, words in _MASKED if name in names and not getattr(options, name))


def pages_line(sizes: Sequence[QSizeF]) -> str:
    """A4 横 · 2 页."""
    first = sizes[0]
    short, long = sorted((round(first.width()), round(first.height())))
    paper = _PAPERS.get((short, long), f"{round(short / 72 * 25.4)}×{round(long / 72 * 25.4)} 毫米")
    way = "横" if first.width() > first.height() else "竖"
    return f"{paper} {way} · {len(sizes)} 页"
