"""悬停时说的话：活动全貌与一格的状态，都能在别处找到。"""

from __future__ import annotations

from html import escape

from gui.session.redaction import redacted
from gui.session.year_session import YearSession
from models.domain.attendance import Decision
from models.domain.events import Event
from models.domain.rules import clause_words
from models.domain.snapshot import YearSnapshot
from planners.attendance.stages import STAGES, meeting_of, steps_done
from planners.masked import shown_on_screen
from planners.results import YearCheck
from planners.wording import (
    conflict_sentence,
    finding_sentence,
    moment_label,
    time_label,
)


def event_words(event: Event, snapshot: YearSnapshot, check: YearCheck) -> str:
    """Full title, time, unit, place, status, what it counts for, and what is wrong with it; delegates masked."""
    snapshot, check, masks = shown_on_screen(snapshot, check)
    event = masks.whole(event)
    lines = [event.title, time_label(event)]
    if event.units:
        lines.append("、".join(snapshot.unit_name(key) for key in event.units))
    if place := snapshot.place_of(event):
        lines.append(place)
    waiting = " · 待登记" if event.awaits_result(check.today) else ""
    lines.append(f"{event.campaign.label} · {event.status_label}{waiting}")
    rules = [check.ruleset.rule(cell.rule) for cell in check.cells if event.key in cell.events]
    if rules:
        titles = dict.fromkeys(f"{clause_words(rule.clause)}{rule.title}" for rule in rules)
        lines.append("计入：" + "、".join(titles))
    lines += [conflict_sentence(c, snapshot) for c in check.conflicts if event.key in c.events]
    lines += [finding_sentence(f, check, snapshot) for f in check.findings if event.key in f.events]
    return "\n".join(lines)


def with_release(words: str, key: str, session: YearSession) -> str:
    """``words`` about an event, and how it differs from what was released."""
    since = session.since_release
    told = since.difference_words(key, session.snapshot) if since else ""
    return f"{words}\n{redacted(told)}" if words and told else words


def decision_words(decision: Decision, snapshot: YearSnapshot, check: YearCheck) -> str:
    """Title, meeting, steps done and what is late."""
    lines = [decision.title]
    meeting = meeting_of(decision, snapshot)
    if meeting is not None and meeting.starts_at is not None:
        lines.append(f"{meeting.body}{meeting.number} · {moment_label(meeting.starts_at)}")
    steps = steps_done(decision, snapshot, check.today)
    waiting = [stage.label for stage, done in zip(STAGES, steps, strict=True) if not done]
    lines.append(f"已完成 {sum(steps)}/9" + (f"，下一步：{waiting[0]}" if waiting else ""))
    lines += [finding_sentence(f, check, snapshot) for f in check.findings if f.decision == decision.key]
    return "\n".join(lines)


def as_tooltip(text: str) -> str:
    """``text`` as a tooltip shows it: plain, one paragraph a line, wrapped where it is long."""
    rows = "<br>".join(escape(line) for line in text.split("\n"))
    return f"<div style='max-width: 380px'>{rows}</div>" if text else ""
