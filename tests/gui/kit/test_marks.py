"""标记：长文字截到格子里，几步就截好。"""

from __future__ import annotations

from gui.kit import marks
from gui.kit.theme import theme


def longest_that_fits(text: str, width: float) -> str:
    font = theme().font(12)
    lengths = [n for n in range(1, len(text) + 1) if marks.text_width(font, text[:n]) <= width]
    return text[: max(lengths)].rstrip(" ·，、“（") if lengths else ""


def test_the_longest_beginning_that_fits_is_kept(themed: None) -> None:
    text = "送法进社区 · “民法典”宣讲（顾村镇，第3场）ABC"
    fitted = [marks.fitted(text, theme().font(12), width) for width in range(0, 400, 7)]
    assert fitted == [longest_that_fits(text, width) for width in range(0, 400, 7)]


def test_a_text_of_twenty_thousand_characters_is_measured_a_few_times(themed: None) -> None:
    before = len(marks._widths)
    marks.fitted("宝" * 20_000, theme().font(12), 80)
    assert len(marks._widths) - before < 20
