"""决策事项的建议：上哪次会、请谁列席；请谁由人定，所以不预先勾选。"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from models.domain.attendance import Decision, Invitation, Meeting
from models.domain.changes import RowChange
from models.domain.snapshot import ItemKind
from planners.autoplan.problem import DecisionPlacement, Solution
from planners.autoplan.year.building import YearProblem
from planners.autoplan.year.drafting import Drafting
from planners.autoplan.year.facts import YearFacts
from planners.proposals import Entry, Reason, ReasonKind, Way
from planners.wording import day_label

HUMAN = "请哪些代表列席须由人决定"


def decision_entries(year: YearProblem, solution: Solution, drafting: Drafting) -> Iterator[Entry]:
    """An entry for each decision that found a meeting and delegates, by the day of the meeting."""
    days = {meeting.key: meeting.day for meeting in year.problem.meetings}
    for placed in sorted(solution.plan.decisions, key=lambda p: (days[p.meeting], p.decision)):
        key = decision_key(placed.decision)
        if placed.representatives and key not in year.facts.conditions.rejected:
            yield _entry(year.facts, placed, drafting)


def decision_key(decision: str) -> str:
    """The key of the entry about a decision."""
    return f"decision|{decision}"


def _entry(facts: YearFacts, placed: DecisionPlacement, drafting: Drafting) -> Entry:
    decision = facts.snapshot.item(ItemKind.DECISION, placed.decision)
    assert isinstance(decision, Decision)
    invitations = tuple(
        RowChange.of(None, Invitation(drafting.invitation_key(), placed.decision, delegate))
        for delegate in placed.representatives
    )
    meeting = _meeting(facts, placed.meeting)
    return Entry(
        decision_key(placed.decision),
        Way.ASSIGN,
        f"列席 · {decision.title}",
        "未邀请代表" if decision.meeting else "未排会议",
        (RowChange.of(decision, decision._replace(meeting=placed.meeting)), *invitations),
        reasons=tuple(_reasons(facts, placed, meeting)),
        ticked=False,
        human=HUMAN,
    )


def _meeting(facts: YearFacts, key: str) -> Meeting:
    meeting = facts.snapshot.item(ItemKind.MEETING, key)
    assert isinstance(meeting, Meeting)
    return meeting


def _reasons(facts: YearFacts, placed: DecisionPlacement, meeting: Meeting) -> Iterator[Reason]:
    rule = next((rule for rule in facts.ruleset.rules if rule.check == "not_invited"), None)
    assert meeting.starts_at is not None
    name = f"{meeting.body}{meeting.number}（{day_label(meeting.starts_at.date())}）"
    if rule is not None:
        yield Reason(ReasonKind.RULE, f"补缺：第 {rule.clause} 条邀请代表列席", f"{name}还排得下")
    yield Reason(ReasonKind.BALANCE, ReasonKind.BALANCE.label, _who(facts, placed.representatives))


def _who(facts: YearFacts, chosen: tuple[str, ...]) -> str:
    """How many of which group and how often they have been asked; no names, they are personal."""
    groups = {delegate.key: delegate.group or "未分类" for delegate in facts.snapshot.delegates}
    asked = Counter(invitation.delegate for invitation in facts.snapshot.invitations)
    counts = Counter(groups[key] for key in chosen)
    parts = "、".join(f"{group} {count} 名" for group, count in counts.items())
    most = max(asked[key] for key in chosen)
    return f"代表 {len(chosen)} 名（{parts}），{'此前都没有受邀过' if most == 0 else f'此前各受邀不超过 {most} 次'}"
