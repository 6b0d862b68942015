"""活动详情各节说什么：计入规则、材料、页脚按钮；只算不画。"""

from __future__ import annotations

from typing import NamedTuple

from gui.kit.marks import STATE_LOOKS
from gui.kit.sections import Line
from gui.session.rule_effect import RuleEffect
from gui.session.year_session import YearSession
from models.domain.events import Campaign, Event, EventStatus, Labelled
from models.domain.rules import clause_words
from models.domain.snapshot import YearSnapshot
from planners import wording
from planners.consequences import worse_words
from planners.results import Cell

QUESTIONNAIRE = "调查问卷"
_ASKS_FOR_FORMS = frozenset({Campaign.PARK, Campaign.OPEN_MONTH})


class Primary(Labelled):
    """What the main button does."""

    CONFIRM = "confirm", "确认活动"
    RESULT = "result", "登记结果…"
    AMEND = "amend", "修改结果…"
    RESTORE = "restore", "恢复为已排"


class PrimaryButton(NamedTuple):
    """The main button: what it does, and why it cannot ("" where it can)."""

    action: Primary
    why_not: str = ""


def primary_of(event: Event, session: YearSession, blocking: str) -> PrimaryButton:
    """What is to be done next with ``event``; ``blocking`` is an error that stands in the way."""
    today = session.today
    if event.status is EventStatus.CANCELLED:
        return PrimaryButton(Primary.RESTORE)
    if event.status is EventStatus.HELD:
        return PrimaryButton(Primary.AMEND)
    if event.status is EventStatus.CONFIRMED or event.awaits_result(today):
        early = event.is_ahead(today)
        return PrimaryButton(Primary.RESULT, "举办之后登记" if early else blocking)
    if event.days is None:
        return PrimaryButton(Primary.CONFIRM, blocking or "请先定日期")
    return PrimaryButton(Primary.CONFIRM, blocking)


def rule_lines(effect: RuleEffect, event: Event, session: YearSession) -> tuple[Line, ...]:
    """Where the event counts (n/m), what would get worse, what it collides with."""
    lines = [Line("triangle-warn", "danger", words) for words in effect.conflicts]
    lines += [
        Line("triangle-warn", "warning", worse_words(session.ruleset, cell)) for cell in effect.worsened
    ]
    lines += [_counted_line(cell, session) for cell in effect.counted]
    if not effect.counted:
        words = "这样填写不计入刚性规则"
        if event.campaign in (Campaign.TECH_FORUM, Campaign.HOST_MEETING):
            words = "本工作线没有频次要求"
        lines.append(Line("info", "ink3", words))
    return tuple(lines)


def _counted_line(cell: Cell, session: YearSession) -> Line:
    look = STATE_LOOKS[cell.state]
    parts = [wording.period_name(cell, session.ruleset), cell.group]
    name = " · ".join(part for part in parts if part)
    least = f"{name} ≥{cell.minimum} 场"
    state = "" if cell.state.value == "done" else f"（{cell.state.label}）"
    return Line(look.icon or "info", look.color, least + state, wording.count_of(cell))


def counted_clause(effect: RuleEffect, session: YearSession) -> str:
    """第 2 条 · 走进校区."""
    if not effect.counted:
        return ""
    rule = session.ruleset.rule(effect.counted[0].rule)
    return f"{clause_words(rule.clause, ' ')} · {rule.title}"


def paper_lines(event: Event, snapshot: YearSnapshot) -> tuple[Line, ...]:
    """Forms, questionnaire, attendance and link, as far as they are known."""
    lines = []
    held = event.status is EventStatus.HELD
    if event.forms:
        lines.append(Line("check", "success", f"形式：{'、'.join(event.forms)}"))
    elif event.campaign in _ASKS_FOR_FORMS:
        lines.append(Line("triangle-warn", "warning", "形式未登记"))
    if event.campaign is Campaign.PARK and QUESTIONNAIRE in event.forms and not held:
        lines.append(Line("info", "ink3", "问卷：举办后登记"))
    if event.platforms:
        lines.append(Line("check", "success", f"直播平台：{'、'.join(event.platforms)}"))
    if event.policy:
        item = next((p for p in snapshot.policies if p.key == event.policy), None)
        lines.append(Line("info", "ink3", f"解读的文件：{item.title if item else event.policy}"))
    if held:
        known = event.attended is not None
        words = f"到场 {event.attended} 人" if known else "到场人数未登记"
        lines.append(Line("check" if known else "triangle-warn", "success" if known else "warning", words))
    if event.url:
        lines.append(Line("check", "success", f"网址：{event.url}"))
    else:
        lines.append(
            Line("dashed-circle", "ink3", "报道或回放网址未填" if held else "报道或回放网址：举办后填写")
        )
    return tuple(lines)


def subtitle_of(event: Event, counted: tuple[Cell, ...], session: YearSession) -> str:
    """初中 · 二季度; the period alone, or the 学段 alone."""
    stages = "、".join(stage.label for stage in event.stages)
    period = wording.period_name(counted[0], session.ruleset) if counted else ""
    if not period and event.day is not None:
        period = f"{event.day.month}月"
    return " · ".join(part for part in (stages, period) if part)
