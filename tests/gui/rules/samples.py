"""规则检查页的测试共用：示例年度的行与卡片。"""

from __future__ import annotations

from functools import lru_cache

from gui.rules.cards import Act, RowButton, RowCard
from planners.rule_rows import RowState, RuleLine, line_of, rule_lines
from tests.factories import sample
from tests.gui.overview.board_samples import sample_check


@lru_cache(maxsize=1)
def sample_lines() -> tuple[RuleLine, ...]:
    """What the page shows of the sample year."""
    return rule_lines(sample_check(), sample())


def line(rule: str) -> RuleLine:
    """The line that ``rule`` stands in."""
    found = line_of(sample_lines(), rule)
    assert found is not None
    return found


def card(key: str = "k", state: RowState = RowState.GAP, **fields: object) -> RowCard:
    """A card with two buttons."""
    buttons = (RowButton(Act.FIX, "排入 9月14日", "plus", True), RowButton(Act.OTHER_DAY, "其他日期…"))
    made = RowCard(key, state, "初中 · 三季度", "0/1 场", "9月30日", "建议 9月14日", buttons)
    return made._replace(**fields)  # type: ignore[arg-type]
