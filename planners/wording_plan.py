"""排期建议的话：补哪里、现在怎样、为什么是这天、为什么排不下。"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from models.domain.rules import GroupKind, PeriodKind, Rule, RuleSet, clause_words
from models.domain.text import quoted
from models.domain.workdays import WEEKDAYS
from planners.results import Cell
from planners.wording import QUARTERS, cell_title, day_label, estimate_mark, period_name, short_day

TITLE = "自动排期建议"
NOTHING = "—"
FEWEST = 3
"""How far down the list of the least burdened a unit is still called so."""
HALF_NAMES = {"AM": "上午", "PM": "下午"}
_PERIODS = {
    PeriodKind.MONTH: "每月",
    PeriodKind.QUARTER: "每季度",
    PeriodKind.AUGUST: "8月",
    PeriodKind.YEAR: "全年",
}
_GROUPS = {
    GroupKind.STAGE: "每学段",
    GroupKind.STAGE_AUDIENCE: "每学段分对象",
    GroupKind.TOWN: "每个街镇",
    GroupKind.UNIT: "每个单位",
    GroupKind.UNIT_PARK: "每个单位",
    GroupKind.THEME_CLASS: "每类主题",
}


def now_of(cell: Cell, *, target: bool) -> str:
    """What is there today: — for nothing, else how many of how many."""
    if cell.lacks_theme:
        return "主题未定"
    if not cell.forecast:
        return NOTHING
    return f"{cell.forecast}/{cell.target if target and cell.target else cell.minimum}"


def demand_of(rule: Rule, cell: Cell, *, target: bool) -> str:
    """第 2 条每季度每学段至少 1 次, 第 1 条每月宜 2 次, 全年每个街镇至少 1 次."""
    clause = clause_words(cell.clause, " ")
    period = _PERIODS[rule.period] if rule.period else ""
    number = (
        f"宜 {cell.target} 次{rule.own_mark('target')}"
        if target and cell.target
        else f"至少 {cell.minimum} 次{rule.own_mark('minimum')}"
    )
    return f"{clause}{period}{_GROUPS.get(rule.group, '')}{number}"


def filling(cell: Cell, ruleset: RuleSet, *, target: bool) -> str:
    """11月 0/1."""
    wanted = cell.target if target and cell.target else cell.minimum
    group = f"{cell.group} " if cell.group else ""
    return f"{group}{period_name(cell, ruleset)} {cell.forecast}/{wanted}"


def distances(before: int | None, after: int | None) -> str:
    """距上一场 34 天、下一场 15 天."""
    parts = [] if before is None else [f"上一场 {before} 天"]
    parts += [] if after is None else [f"下一场 {after} 天"]
    return f"距{'、'.join(parts)}" if parts else "全年只有这一场"


def habit_of(weekdays: Sequence[int], half: str) -> str:
    """历次多在周四上午."""
    return f"历次多在周{'、'.join(WEEKDAYS[day] for day in weekdays)}{HALF_NAMES[half]}"


def load_of(unit: str, quarter: int, others: int, rank: int, among: int) -> str:
    """区医保局四季度仅 1 场，在可请的 5 个单位里最少."""
    held = f"另有 {others} 场" if others else "只有这一场"
    place = ""
    if among > 1 and rank <= FEWEST:
        place = f"，在可请的 {among} 个单位里{'最少' if rank == 1 else f'排在最少的前 {FEWEST} 位'}"
    return f"{unit}{QUARTERS[quarter - 1]}季度{held}{place}"


def week_of(total: int, limit: int, avoided: Sequence[str]) -> str:
    """当周 2 场（上限 8）；避开 11月10日校区."""
    words = f"当周 {total} 场（{'已超' if total > limit else ''}上限 {limit}）"
    return f"{words}；避开{'、'.join(avoided)}" if avoided else words


def uncovered_town(town: str, left: int) -> str:
    """罗泾镇是全年唯一未覆盖的街镇."""
    return f"{town}是全年唯一未覆盖的街镇" if left == 1 else f"{town}今年还没去过"


def visited_before(name: str, times: int, years: Sequence[int]) -> str:
    """罗泾镇2025—2026年没去过."""
    span = f"{years[0]}年" if len(years) == 1 else f"{years[0]}—{years[-1]}年"
    return f"{name}{span}去过 {times} 次" if times else f"{name}{span}没去过"


def rest_day(day: date, name: str, *, habit: bool, asked: bool) -> str:
    """为什么排在休息日."""
    why = "周期内已没有可排的工作日"
    if habit or asked:
        why = "这类活动历来多在休息日" if habit else "请先问明能否到场"
    return f"{day_label(day)}是{name or '周末'}，{why}"


def estimate(year: int) -> str:
    """The mark of days off that are not announced."""
    return estimate_mark(year)


def theme_undecided() -> str:
    """Why a visit comes unticked."""
    return "季度主题未定，请先定主题"


def theme_suggested(quarters: Sequence[tuple[int, str]]) -> str:
    """一季度“营商环境”、二季度“惠企利企”."""
    return "、".join(f"{QUARTERS[quarter - 1]}季度{quoted(theme)}" for quarter, theme in quarters)


def past(cell: Cell) -> str:
    """Why a missed period stays missed."""
    return f"期限{short_day(cell.last)}已过，任何排法都不能补。请登记说明。"


def last_day(cell: Cell) -> str:
    """Why the last day is too late."""
    return f"期限{short_day(cell.last)}就在今天，最早只能排到明天。"


def unconfirmed() -> str:
    """What a person has to do about a period that is only planned."""
    return "已排未确认，须人工确认。"


def theme_open() -> str:
    """What a person has to do about a quarter without a theme."""
    return "主题未定，故默认不勾选；请先定季度主题。"


def open_label(cell: Cell, ruleset: RuleSet) -> str:
    """走进校区 · 高中 · 一季度."""
    return cell_title(cell, ruleset)


def no_workday(first: date, last: date) -> str:
    """A window without a working day."""
    return f"{_span(first, last)}之间没有可排的工作日。"


def all_blocked(first: date, last: date, reasons: Sequence[str]) -> str:
    """A window closed altogether."""
    return f"{_span(first, last)}之间的工作日都已停排（{'、'.join(reasons) or '未写原因'}）。"


def nobody_asked() -> str:
    """No unit that may be asked."""
    return "可请的单位里没有能牵头的。"


def rejected() -> str:
    """A demand whose suggestion was rejected."""
    return "这一项的建议已被拒绝，不再提出。"


def weeks_full(first: date, last: date, limit: int) -> str:
    """Every week of a window holds the limit."""
    return f"{_span(first, last)}之间各周都已达到每周上限 {limit} 场。"


def hosts_busy(units: Sequence[str]) -> str:
    """The units suited are busy or blocked on every day that is left."""
    return f"{'、'.join(units[:3])}{'等' if len(units) > 3 else ''}在余下的日子里都排不开。"


def competing() -> str:
    """Alone it would fit."""
    return "与其他要排的活动争抢同样的日子，单独排得下。"


def not_found() -> str:
    """Nothing was found, nothing proved."""
    return "在本次运算里没有找到排法；可放宽条件或加大运算量再试。"


def too_few_moves(needed: int | None) -> str:
    """The change budget was too small."""
    return f"改动数已用完{f'，至少要挪 {needed} 场' if needed else ''}。"


def several(names: Sequence[str], text: str) -> str:
    """One sentence for several demands with the same cause."""
    shown = "、".join(names[:4])
    return f"{shown}{f'等 {len(names)} 个' if len(names) > 4 else ''}：{text}"


def _span(first: date, last: date) -> str:
    return short_day(first) if first == last else f"{short_day(first)}至{short_day(last)}"
