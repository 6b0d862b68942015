"""日历页上的话：标题、副标题、悬停、没有内容时为什么。"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta

from gui.calendar.canvas import Hit, HitKind
from gui.calendar.day_rows import pause_words
from gui.calendar.days import CalendarDays
from gui.calendar.deadlines import line_of
from gui.calendar.list_models import AgendaRow
from gui.calendar.values import CalendarDay, CalendarWeek
from gui.kit.event_words import decision_words, event_words
from models.domain.attendance import Decision
from models.domain.events import Campaign
from models.domain.periods import month_period
from models.domain.snapshot import ItemKind
from planners.results import CellState
from planners.wording import cell_sentence, day_label, short_day, year_in_words

MONTHS = ("一", "二", "三", "四", "五", "六", "七", "八", "九", "十", "十一", "十二")


def month_title(day: date) -> str:
    """二〇二七年八月."""
    return f"{year_in_words(day.year)}年{MONTHS[day.month - 1]}月"


def month_subtitle(days: CalendarDays, day: date) -> str:
    """政府开放月 · 22 个工作日 · 含 1 天调休."""
    period = month_period(day.year, day.month)
    parts = ["政府开放月"] if day.month == 8 else []
    parts.append(f"{days.workdays.count(period.first, period.end)} 个工作日")
    if makeup := sum(1 for one in period.days() if days.workdays.is_makeup(one)):
        parts.append(f"含 {makeup} 天调休")
    return " · ".join(parts)


def agenda_subtitle(rows: Iterable[AgendaRow]) -> str:
    """全年 95 场 · 列席 7 项: the events as 活动台账 counts them, and the decisions that are shown among them."""
    rows = tuple(rows)
    decisions = sum(bool(row.chip and row.chip.decision) for row in rows)
    events = sum(bool(row.chip or row.waiting) for row in rows) - decisions
    return f"全年 {events} 场" + (f" · 列席 {decisions} 项" if decisions else "")


def week_subtitle(days: CalendarDays, day: date) -> str:
    """第 33 周 · 8月16日–22日 · 5 个工作日."""
    monday = day - timedelta(days=day.weekday())
    sunday = monday + timedelta(days=6)
    end = f"{sunday.day}日" if sunday.month == monday.month else short_day(sunday)
    count = days.workdays.count(monday, sunday + timedelta(days=1))
    return f"第 {day.isocalendar().week} 周 · {short_day(monday)}–{end} · {count} 个工作日"


def hit_words(hit: Hit, days: CalendarDays) -> str:
    """The tooltip of a place; "" where there is nothing to add."""
    snapshot, check = days.snapshot, days.check
    if hit.kind is HitKind.EVENT:
        event = snapshot.event_by_key.get(hit.key)
        return event_words(event, snapshot, check) if event else ""
    if hit.kind is HitKind.DECISION:
        decision = snapshot.item(ItemKind.DECISION, hit.key)
        return decision_words(decision, snapshot, check) if isinstance(decision, Decision) else ""
    if hit.kind is HitKind.DEADLINE:
        return line_of(days.day(hit.day).deadlines).tip
    if hit.kind is HitKind.WEEK:
        return _week_words(days.week(hit.day))
    return _day_words(days.day(hit.day), days, listed=hit.kind is HitKind.MORE)


def _week_words(week: CalendarWeek) -> str:
    over = f"，超过每周上限 {week.limit} 场" if week.is_over else f"，每周上限 {week.limit} 场"
    return f"第 {week.number} 周（{day_label(week.monday)}起）{week.total} 场{over}\n点击看这一周"


def _day_words(day: CalendarDay, days: CalendarDays, *, listed: bool) -> str:
    lines = [day_label(day.day) + (f" · {day.mark_words}" if day.mark else "")]
    if day.mark and day.estimated:
        lines.append("放假安排未公布，按法定节日推算")
    lines += [f"停排：{one.reason}（{pause_words(one, days.snapshot)}）" for one in day.blocked]
    if listed:
        lines += [row.words for row in day.deadlines]
        lines += [chip.words for chip in day.chips]
    return "\n".join(lines) if len(lines) > 1 else ""


def why_empty(days: CalendarDays, day: date) -> str:
    """Why the month shows nothing under the filter, where a rule says so; "" otherwise."""
    shown = {str(campaign) for campaign in Campaign} - days.chosen.hidden
    for cell in days.check.cells:
        rule = days.check.ruleset.rule(cell.rule)
        about = {str(campaign) for campaign in rule.campaigns} & shown
        if cell.state is CellState.EXEMPT and about and len(shown) <= 2 and cell.first <= day <= cell.last:
            return cell_sentence(cell, days.check, days.snapshot)
    return ""
