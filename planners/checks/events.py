"""活动要素：平台、听取形式、部门联合街镇、宿主会议、互动环节、待登记。"""

from __future__ import annotations

from collections.abc import Iterator

from models.domain.events import Campaign, Event, EventStatus
from models.domain.periods import quarter_of
from models.domain.rules import Rule, Severity
from models.domain.units import UnitKind
from planners.checks.context import CheckContext, number, words
from planners.results import HOST_CANCELLED, NO_HOST, OTHER_DAY, Finding, FindingState
from planners.school_terms import break_on, school_breaks

RESULT_RULE = "event.result"
"""Findings on events whose day has passed without a result (待登记); the office's own, no clause."""
DAY_OFF_RULE = "event.day_off"
"""Findings on events on a holiday; the office's own, no clause."""


def _finding(
    rule: Rule,
    event: Event,
    *,
    missing: tuple[str, ...] = (),
    expected: int | None = None,
    actual: int | None = None,
) -> Finding:
    state = FindingState.HINT if rule.severity is Severity.HINT else FindingState.OPEN
    return Finding(
        rule.code, rule.clause, rule.severity, rule.check, state, events=(event.key,), missing=missing,
        expected=expected, actual=actual, due=event.latest_day,
    )  # fmt: skip


def few_platforms(context: CheckContext, rule: Rule) -> Iterator[Finding]:
    """公开讲堂 with fewer live platforms than the rule's minimum (§1 多平台共同直播引流)."""
    for event in context.by_campaign[Campaign.LECTURE]:
        minimum = number(context.rule_on(rule, event.day or context.present), "minimum")
        if len(event.platforms) < minimum:
            yield _finding(rule, event, expected=minimum, actual=len(event.platforms))


def no_listening_form(context: CheckContext, rule: Rule) -> Iterator[Finding]:
    """走进园区 visits none of whose forms is one of listening to enterprises (§2 鼓励)."""
    accepted = words(rule, "forms")
    for event in context.by_campaign[Campaign.PARK]:
        if not any(form and (form in word or word in form) for form in event.forms for word in accepted):
            yield _finding(rule, event, missing=accepted)


def other_theme(context: CheckContext, rule: Rule) -> Iterator[Finding]:
    """走进园区 visits with another theme than their quarter's (§2 每季度突出一个主题).

    While the quarter has none, the first of its visits that says one sets it. A visit that names no theme, or
    a part of the quarter's, agrees with it.
    """
    themes = {
        quarter: theme or "" for quarter, theme in enumerate(context.snapshot.year_row.quarter_themes, 1)
    }
    for event in context.by_campaign[Campaign.PARK]:
        if not event.theme or event.day is None or event.day.year != context.snapshot.year:
            continue
        theme = themes[quarter_of(event.day)] = themes[quarter_of(event.day)] or event.theme
        if event.theme not in theme and theme not in event.theme:
            yield _finding(rule, event, missing=(theme,))


def not_joint(context: CheckContext, rule: Rule) -> Iterator[Finding]:
    """走进社区 visits that lack a department or a 街镇 (§2 相关职能部门联合各街镇)."""
    departments = {unit.key for unit in context.snapshot.units if unit.kind is UnitKind.DEPARTMENT}
    towns = {unit.key for unit in context.snapshot.units if unit.kind is UnitKind.TOWN}
    for event in context.by_campaign[Campaign.COMMUNITY]:
        engaged = event.lead_units + event.responsible_units + event.towns
        lacks_department, lacks_town = departments.isdisjoint(engaged), towns.isdisjoint(engaged)
        if lacks_department or lacks_town:
            missing = ("职能部门",) * lacks_department + ("街镇",) * lacks_town
            yield _finding(rule, event, missing=missing)


def zone_without_host(context: CheckContext, rule: Rule) -> Iterator[Finding]:
    """科创问政 zones without a host meeting, or away from it: an error (§3 现场设置).

    The commands keep a zone on its meeting's day; a package or an older file may bring in another.
    """
    known = context.snapshot.event_by_key
    for event in context.by_campaign[Campaign.TECH_FORUM]:
        host = known.get(event.host_event) if event.host_event is not None else None
        if host is None:
            yield _finding(rule, event, missing=(NO_HOST,))
        elif host.status is EventStatus.CANCELLED:
            yield _finding(rule, event, missing=(HOST_CANCELLED,))
        elif host.days != event.days:
            yield _finding(rule, event, missing=(OTHER_DAY,))


def host_without_zone(context: CheckContext, rule: Rule) -> Iterator[Finding]:
    """Important meetings of the kinds that §3 names, by their class or else by their title, without a zone: a hint."""
    kinds = words(rule, "kinds")
    hosts = {event.host_event for event in context.by_campaign[Campaign.TECH_FORUM]}
    for event in context.by_campaign[Campaign.HOST_MEETING]:
        named = any(kind in (event.theme_class or event.title) for kind in kinds)
        if event.key not in hosts and named:
            yield _finding(rule, event, missing=("“科创问政”专区",))


def no_interaction(context: CheckContext, rule: Rule) -> Iterator[Finding]:
    """政府开放月 events without any interaction (§22 答疑、座谈、活动体验、问卷调查)."""
    accepted = words(rule, "forms")
    interactive: dict[tuple[str, ...], bool] = {}
    for event in context.by_campaign[Campaign.OPEN_MONTH]:
        if event.forms not in interactive:
            interactive[event.forms] = any(word in form for form in event.forms for word in accepted)
        if not interactive[event.forms]:
            yield _finding(rule, event, missing=accepted)


def in_school_break(context: CheckContext, rule: Rule) -> Iterator[Finding]:
    """走进校区 events still ahead on a day on which schools are shut: a warning, never forbidden."""
    breaks = school_breaks(context.snapshot.year, context.settings, context.ruleset)
    for event in context.by_campaign[Campaign.CAMPUS]:
        if event.status is not EventStatus.HELD and event.day and break_on(event.day, breaks):
            yield _finding(rule, event)


def on_day_off(context: CheckContext) -> Iterator[Finding]:
    """Events still ahead on a day of the year's holidays: a hint, never an error (families come then)."""
    for day, name in context.snapshot.holidays.days_off:
        if day < context.today:
            continue
        for event in context.on(day):
            yield Finding(
                DAY_OFF_RULE, "", Severity.HINT, "on_day_off", FindingState.HINT, events=(event.key,),
                missing=(name,), due=day, estimated=context.estimated,
            )  # fmt: skip


def unrecorded(context: CheckContext) -> Iterator[Finding]:
    """待登记: events whose day has passed without a result."""
    for event in context.unrecorded:
        yield Finding(
            RESULT_RULE, "", Severity.HINT, "unrecorded", FindingState.AT_RISK, events=(event.key,), due=event.latest_day
        )  # fmt: skip
