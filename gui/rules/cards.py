"""一项发现的卡片说什么：缺什么、何时前、怎么办，与一主一次两个按钮。"""

from __future__ import annotations

from typing import NamedTuple

from gui.session.event_actions import is_plain
from gui.session.redaction import redacted
from models.domain.events import Labelled
from models.domain.rules import PeriodKind, RuleSet
from models.domain.snapshot import YearSnapshot
from models.domain.text import quoted
from planners.proposals import Entry, Open, Way
from planners.results import Cell, CellState, DayVerdict
from planners.rule_row_words import Fix, met_words
from planners.rule_rows import RowState, RuleLine, RuleRow, met_by_group
from planners.wording import cell_title, day_label, moment_label, period_name, short_day

WAITING = "正在找合适的日子……"


class Act(Labelled):
    """What a button of a card does: the fix of its row, or something beside it."""

    FIX = "fix", ""
    OTHER_DAY = "other_day", "其他日期…"
    PERIOD = "period", "查看记录"
    OPEN = "open", "打开活动…"
    POLICY = "policy", "打开政策文件…"
    DUE = "due", "改期限…"
    CALENDAR = "calendar", "在日历中看"


_SECONDARY = {
    Fix.SCHEDULE: Act.OTHER_DAY,
    Fix.CONFIRM: Act.OPEN,
    Fix.RECORD: Act.OPEN,
    Fix.ZONE: Act.OPEN,
    Fix.FILE: Act.POLICY,
    Fix.LINK: Act.POLICY,
    Fix.FORM: Act.POLICY,
    Fix.PUSH: Act.POLICY,
    Fix.EXPLAIN: Act.PERIOD,
    Fix.DONE: Act.DUE,
    Fix.REPORTS: Act.DUE,
}
_ICONS = {
    Fix.SCHEDULE: "plus",
    Fix.CONFIRM: "check",
    Fix.ZONE: "plus",
    Fix.DONE: "check",
    Fix.FILE: "check",
    Fix.LINK: "check",
    Fix.PUSH: "check",
    Fix.EXPLAIN: "edit",
}
_LOOKS_ONLY = (Act.PERIOD, Act.OPEN, Act.CALENDAR, Act.POLICY)
_OPENS_ONLY = (Fix.REPORTS, Fix.EVENT, Fix.DECISION, Fix.CALENDAR, Fix.POLICY)
"""What can be done where nothing may be changed."""


class RowButton(NamedTuple):
    """A button of a card: what it does and says; ``filled`` where it is the thing to do."""

    act: Act
    text: str
    icon: str = ""
    filled: bool = False


class RowCard(NamedTuple):
    """Everything a card shows; ``buttons`` primary first. ``note``: why the row leans on an estimate."""

    key: str
    state: RowState
    where: str
    missing: str
    until: str
    remedy: str
    buttons: tuple[RowButton, ...]
    note: str = ""

    @property
    def words(self) -> str:
        """The card in one sentence, for screen readers."""
        offered = "；".join(button.text for button in self.buttons)
        return f"{self.state.label}，{self.where}，缺什么：{self.missing}，何时前：{self.until}，怎么办：{self.remedy}。{offered}"


class MetLine(NamedTuple):
    """A met cell in one line: what, and by which events."""

    cell: Cell
    where: str
    text: str


def row_card(
    row: RuleRow,
    answer: Entry | Open | None,
    snapshot: YearSnapshot,
    ruleset: RuleSet,
    *,
    read_only: bool,
    sought: bool = False,
    look: DayVerdict | None = None,
) -> RowCard:
    """The card of ``row``; ``answer`` is what the planner says about it, None while that is not known.

    ``sought``: the planner is being asked; ``look`` is the day that looks best until then.
    """
    remedy = _remedy(row, answer, snapshot, _waiting(look) if sought else row.words.remedy)
    buttons = _buttons(row, answer, ruleset)
    if read_only:
        buttons = tuple(button for button in buttons if button.act in _LOOKS_ONLY or row.fix in _OPENS_ONLY)
    return RowCard(
        row.key,
        row.state,
        row.words.where,
        row.words.missing,
        row.words.until,
        remedy,
        buttons,
        "放假安排未公布，暂按法定节日估算" if row.words.estimated else "",
    )


def _waiting(look: DayVerdict | None) -> str:
    """What is said while the planner is being asked."""
    return WAITING if look is None else f"初看 {day_label(look.day)}（{look.verdict.label}），正在核对……"


def _remedy(row: RuleRow, answer: Entry | Open | None, snapshot: YearSnapshot, waiting: str) -> str:
    if row.fix is not Fix.SCHEDULE:
        return row.words.remedy
    if isinstance(answer, Open):
        return f"排不下：{answer.text}"
    event = answer.event if answer else None
    if event is None or event.starts_at is None:
        return waiting
    units = "、".join(snapshot.unit_name(key) for key in event.units[:2])
    what = (
        f"启用延期的{quoted(event.short or event.title)}" if _revives(answer) else event.theme or event.short
    )
    return f"建议 {moment_label(event.starts_at)}，" + " · ".join(
        redacted(part) for part in (units, what) if part
    )


def _revives(answer: Entry | Open | None) -> bool:
    return isinstance(answer, Entry) and answer.way in (Way.REVIVE, Way.DATE)


def _buttons(row: RuleRow, answer: Entry | Open | None, ruleset: RuleSet) -> tuple[RowButton, ...]:
    buttons = []
    if row.fix is not Fix.NONE and not isinstance(answer, Open):
        filled = row.state not in (RowState.OVERDUE, RowState.HINT)
        buttons.append(RowButton(Act.FIX, _fix_text(row, answer), _ICONS.get(row.fix, ""), filled))
    second = _SECONDARY.get(row.fix)
    if row.conflict is not None and row.fix is Fix.EVENT:
        second = Act.CALENDAR
    if row.fix is Fix.THEME and row.cell is not None and row.cell.shortfall:
        second = Act.OTHER_DAY
    if row.finding is not None and row.finding.part:
        second = None  # each time of what comes back has a day of its own
    if second is not None:
        text = _period_text(row.cell, ruleset) if second is Act.PERIOD and row.cell else second.label
        buttons.append(RowButton(second, text))
    return tuple(buttons)


def _fix_text(row: RuleRow, answer: Entry | Open | None) -> str:
    if row.fix is Fix.SCHEDULE:
        if not isinstance(answer, Entry) or answer.event is None or answer.event.day is None:
            return "自动补"
        return f"排入 {short_day(answer.event.day)}" + ("" if is_plain(answer) else "…")
    if row.fix is Fix.EXPLAIN and row.cell is not None and row.cell.reason:
        return "修改说明…"
    return row.fix.label


def _period_text(cell: Cell, ruleset: RuleSet) -> str:
    period = ruleset.rule(cell.rule).period
    return {PeriodKind.QUARTER: "查看当季记录", PeriodKind.YEAR: "查看全年记录"}.get(
        period or PeriodKind.MONTH, "查看当月记录"
    )


def hint_text(row: RuleRow) -> str:
    """A 提示 in one line."""
    return f"{row.words.missing}；{row.words.remedy}"


def met_lines(line: RuleLine, ruleset: RuleSet, snapshot: YearSnapshot) -> tuple[MetLine, ...]:
    """The met cells of ``line``, one line each."""
    lines = []
    for cell in line.met:
        period = period_name(cell, ruleset)
        where = f"{cell.group} · {period}" if cell.group else period
        if cell.rule != line.key:
            where = cell_title(cell, ruleset)
        lines.append(MetLine(cell, where, met_words(cell, snapshot)))
    return tuple(lines)


def met_title(line: RuleLine) -> tuple[str, str]:
    """已满足或已排 8 项, and by group: 小学 4 · 初中 2 · 高中 2."""
    exempt = sum(cell.state is CellState.EXEMPT for cell in line.met)
    counts = met_by_group(line)
    words = " · ".join(f"{group} {count}" for group, count in counts) if len(counts) <= 6 else ""
    if exempt:
        words = " · ".join(part for part in (words, f"另有豁免 {exempt} 项") if part)
    return f"已满足或已排 {len(line.met) - exempt} 项", words
