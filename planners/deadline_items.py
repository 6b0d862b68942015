"""时限：一年里每个有日子的期限——政策文件、列席环节、年度节点、开放月公布与季度主题计划。"""

from collections.abc import Callable, Iterator, Mapping
from datetime import date

from models.domain.attendance import Decision, DecisionBody, Meeting, is_answered, open_ends
from models.domain.events import Campaign
from models.domain.policies import PolicyDocument
from models.domain.rules import Rule
from models.domain.setting_names import done_name, due_name
from models.domain.snapshot import YearSnapshot
from planners.attendance.stages import Stage, clocks_of, done_days, meeting_day, meeting_of
from planners.checks.context import CheckContext, number
from planners.checks.milestones import MILESTONE_CHECKS, Duty, duties
from planners.checks.policies import duty_due, forms_of
from planners.results import DeadlineItem, YearCheck
from planners.wording import reported

NOTICE = "open_month.notice"
"""What the deadline is called by which the table of 政府开放月 is public; no rule of the document."""
OPEN_MONTH_NOTICE, OPEN_MONTH_NOTICED = due_name(NOTICE), done_name(NOTICE)
"""Settings: the day on which the table of 政府开放月 is to be made public, and the day on which it was."""
OWN_DAY = "自定期限"
"""Stands first in the note of a deadline that no document sets."""
SIGNUP = "signup"
"""Ends the key of the day on which the public's registration closes; the office has nothing to do on it."""
_QUARTERS = "一二三四"


def theme_plan_setting(quarter: int) -> str:
    """The setting that holds the day by which the plan of the quarter's 走进园区 theme is to stand."""
    return due_name(f"park.plan.{quarter}")


def deadline_items(snapshot: YearSnapshot, check: YearCheck) -> tuple[DeadlineItem, ...]:
    """Every deadline of the year by day, done ones too.

    What has no day yet (a decision whose meeting is not dated, a document not published) has no item.
    """
    context = CheckContext(snapshot, check.today, check.ruleset)
    found = [*_notice(context), *_theme_plans(context)]
    for rule in check.ruleset.rules:
        if clock := _CLOCKS.get(rule.check):
            found += clock(context, rule)
    return tuple(sorted(found, key=lambda item: (item.day, item.key)))


def _item(
    context: CheckContext, rule: Rule, about: str, title: str, day: date, *, done: bool, **more: object
) -> DeadlineItem:
    key = f"{rule.code}|{about}" if about else rule.code
    unit, leans = more.get("unit"), more.get("leans", False)
    note = "；".join(filter(None, (OWN_DAY if more.get("own") else "", str(more.get("note", "")))))
    return DeadlineItem(
        key, title, day, done, rule.code, rule.clause, str(unit) if unit else None,
        bool(leans) and context.workdays.is_estimated(day), note,
    )  # fmt: skip


# policies (§8, §9, §11, §16)


Clock = Callable[[CheckContext, Rule], Iterator[DeadlineItem]]


def _policy_clock(words: str, state: Callable[[CheckContext, Rule, PolicyDocument], bool | None]) -> Clock:
    """The clock of a document; ``state``: done, open, or None where the document has nothing to do.

    A rule without a number of working days (§11 says none) has no day and so no deadline.
    """

    def clock(context: CheckContext, rule: Rule) -> Iterator[DeadlineItem]:
        for policy in context.snapshot.policies:
            if policy.published_on is None:
                continue
            held = context.rule_on(rule, policy.published_on)
            days, done = number(held, "workdays", 0), state(context, held, policy)
            if not days or done is None:
                continue
            due = duty_due(context, rule, policy.published_on)
            yield _item(
                context, rule, policy.key, f"{words}：{policy.title}", due, done=done, unit=policy.unit,
                note=policy.number, leans=True, own=held.own_mark("workdays"),
            )  # fmt: skip

    return clock


def _filed(_: CheckContext, __: Rule, policy: PolicyDocument) -> bool | None:
    return policy.filed_on is not None if policy.office_name else None


def _linked(_: CheckContext, __: Rule, policy: PolicyDocument) -> bool | None:
    return policy.linked_on is not None if policy.online_service else None


def _explained(context: CheckContext, rule: Rule, policy: PolicyDocument) -> bool:
    return forms_of(context, policy) >= number(rule, "minimum")


def _integrated(_: CheckContext, __: Rule, policy: PolicyDocument) -> bool:
    return policy.integrated


# decisions (§20)


def _invitation_clocks(context: CheckContext, rule: Rule) -> Iterator[DeadlineItem]:
    """会议排定, 遴选 and 邀请 before the meeting, and the closing day of the registration."""
    clocks = clocks_of(context.snapshot, context.ruleset)
    for decision, meeting in _dated(context):
        due, done = clocks.due(meeting), _done(context, decision, meeting)
        name = decision.short or decision.title
        stages = [(key, words, due[stage], stage in done) for key, words, stage in _BEFORE if stage in due]
        if decision.closes_on:
            chosen = Stage.SELECTED in done or Stage.INVITED in done
            stages.append((SIGNUP, "报名截止", decision.closes_on, chosen))
        for key, words, day, is_done in stages:
            yield _item(
                context, rule, f"{decision.key}|{key}", f"{words}：{name}", day, done=is_done, unit=decision.unit,
                note=_meeting_note(meeting), own=key != SIGNUP and rule.own_mark(f"{key}_days"),
            )  # fmt: skip


_BEFORE = (
    ("schedule", "排定会议", Stage.SCHEDULED),
    ("select", "完成遴选", Stage.SELECTED),
    ("invite", "发出邀请", Stage.INVITED),
)


def _feedback_clocks(context: CheckContext, rule: Rule) -> Iterator[DeadlineItem]:
    """反馈 to delegates after the meeting, and the answers of the units that were asked."""
    clocks = clocks_of(context.snapshot, context.ruleset)
    for decision, meeting in _dated(context):
        invitations = context.invitations_by_decision.get(decision.key, [])
        opinions = context.opinions_by_decision.get(decision.key, [])
        name, over = decision.short or decision.title, _is_over(context, meeting)
        for opinion in opinions:
            if day := clocks.opinion_due(opinion):
                yield _item(
                    context, rule, f"{decision.key}|opinion|{opinion.key}", f"答复意见：{name}", day,
                    done=is_answered(opinion), unit=opinion.unit or decision.unit, note=_meeting_note(meeting), leans=True,
                    own=rule.own_mark("answer_workdays"),
                )  # fmt: skip
        if over and not invitations and not opinions:
            continue
        told = Stage.TOLD in _done(context, decision, meeting)
        yield _item(
            context, rule, decision.key, f"反馈代表：{name}", clocks.due(meeting)[Stage.TOLD],
            done=over and told and open_ends(invitations, opinions) == (0, 0),
            unit=decision.unit, note=_meeting_note(meeting), leans=True, own=rule.own_mark("workdays"),
        )  # fmt: skip


def _is_over(context: CheckContext, meeting: Meeting) -> bool:
    day = meeting_day(meeting)
    return day is not None and day < context.today


def _done(context: CheckContext, decision: Decision, meeting: Meeting) -> Mapping[Stage, date | None]:
    invitations = context.invitations_by_decision.get(decision.key, [])
    opinions = context.opinions_by_decision.get(decision.key, [])
    return done_days(decision, meeting, invitations, opinions, context.today, context.reserves)


def _dated(context: CheckContext) -> Iterator[tuple[Decision, Meeting]]:
    """The district's decisions to which delegates are to be invited and whose meeting has a day."""
    for decision in context.snapshot.decisions:
        meeting = meeting_of(decision, context.snapshot)
        if meeting_day(meeting) and decision.body is DecisionBody.DISTRICT and not decision.exemption:
            assert meeting is not None
            yield decision, meeting


def _meeting_note(meeting: Meeting) -> str:
    day = meeting_day(meeting)
    tentative = "（暂定）" if meeting.tentative else ""
    return f"{meeting.body}{meeting.number} {day.month}月{day.day}日{tentative}" if day else meeting.body


# the year (§1, §2, §7, §10, §22, §30–§32)


def _milestone(context: CheckContext, rule: Rule) -> Iterator[DeadlineItem]:
    for duty in duties(context, rule):
        if duty.due is not None:
            yield _item(
                context, rule, duty.part, duty.title, duty.due, done=duty.done is not None,
                leans=rule.check in ("days_after_issue", "workdays_after"), note=duty_note(duty, context.today),
                unit=_reporter(context, rule), own=duty.own,
            )._replace(reports=tuple((report.unit, report.done is not None) for report in duty.reports))  # fmt: skip


def duty_note(duty: Duty, today: date) -> str:
    """How far the milestone is: 2027-06-15 完成; 已报 12/50，逾期 3 家."""
    if duty.reports:
        waiting = len(duty.waiting)
        sent, over = len(duty.reports) - waiting, duty.due is not None and duty.due < today
        return reported(sent, len(duty.reports), duty.late, waiting, over=over)
    return f"{duty.done} 完成" if duty.done else duty.reason


def _reporter(context: CheckContext, rule: Rule) -> str | None:
    """The unit of the year that the rule's words name first."""
    names = {name: unit.key for unit in context.snapshot.units for name in (unit.name, *unit.aliases)}
    return next((names[word] for word in rule.reporter.split("、") if word in names), None)


def _notice(context: CheckContext) -> Iterator[DeadlineItem]:
    """The day on which the table of 政府开放月 is to be public, where the year has one."""
    if (day := _day_of(context, OPEN_MONTH_NOTICE)) is None:
        return
    rule = next((r for r in context.ruleset.rules if r.campaigns == (Campaign.OPEN_MONTH,)), None)
    done_on = context.settings.get(OPEN_MONTH_NOTICED)
    yield DeadlineItem(
        NOTICE, "公布政府开放月活动表", day, bool(done_on), rule.code if rule else "",
        rule.clause if rule else "", None, estimated=False, note=f"{OWN_DAY}；{done_on} 公布" if done_on else OWN_DAY,
    )  # fmt: skip


def _theme_plans(context: CheckContext) -> Iterator[DeadlineItem]:
    """The days by which the plans of the quarters' 走进园区 themes are to stand, where the year has them."""
    rule = context.ruleset.themed
    for quarter in range(1, 5):
        if (day := _day_of(context, theme_plan_setting(quarter))) is None:
            continue
        theme = context.snapshot.year_row.quarter_themes[quarter - 1]
        yield DeadlineItem(
            f"park.plan|{quarter}", f"走进园区{_QUARTERS[quarter - 1]}季度主题计划", day,
            bool(theme), rule.code if rule else "", rule.clause if rule else "", None, estimated=False, note=f"{OWN_DAY}；{theme or '主题未定'}",
        )  # fmt: skip


def _day_of(context: CheckContext, setting: str) -> date | None:
    value = context.settings.get(setting)
    try:
        return date.fromisoformat(str(value)) if value else None
    except ValueError:
        return None


_CLOCKS: Mapping[str, Clock] = {
    "policy_filing": _policy_clock("解读材料备案", _filed),
    "policy_linkage": _policy_clock("阅办联动上线", _linked),
    "policy_forms": _policy_clock("解读方式凑齐", _explained),
    "policy_integration": _policy_clock("集成推送", _integrated),
    "not_invited": _invitation_clocks,
    "no_feedback": _feedback_clocks,
    **dict.fromkeys(MILESTONE_CHECKS, _milestone),
}
"""Check of a rule → its deadlines."""
