"""改参数之前先看：哪些周期会变为未满足，哪些会变为满足，哪些待办会变急。"""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from models.domain.rules import Severity
from models.domain.snapshot import ItemKind, YearSnapshot
from models.domain.year import Setting
from planners import wording
from planners.results import Cell, CellState, Finding, FindingState, YearCheck

_URGENCY = (FindingState.HINT, FindingState.OPEN, FindingState.AT_RISK, FindingState.OVERDUE)


class ParameterEffect(NamedTuple):
    """What the check says otherwise under changed settings; cells and findings as they would be.

    ``lost``: were 已满足 and would not be. ``unplanned``: were 已排 and would be short. ``gained``: the
    other way round. ``shifted``: short before and after, but more or less urgent. Where other cells
    are counted than before: ``checkpoints`` and ``short`` hold how many there were and would be, ``added``
    the new ones that are short. ``worse`` and ``better``: findings.
    """

    lost: tuple[Cell, ...] = ()
    unplanned: tuple[Cell, ...] = ()
    gained: tuple[Cell, ...] = ()
    shifted: tuple[Cell, ...] = ()
    checkpoints: tuple[int, int] | None = None
    short: tuple[int, int] | None = None
    added: tuple[Cell, ...] = ()
    worse: tuple[Finding, ...] = ()
    better: tuple[Finding, ...] = ()

    @property
    def is_bad(self) -> bool:
        """Whether anything would be worse than it is."""
        more = self.short is not None and self.short[1] > self.short[0]
        return bool(self.lost or self.unplanned or self.worse or more)


def with_settings(snapshot: YearSnapshot, values: Mapping[str, Setting]) -> YearSnapshot:
    """The year as it would be with these settings; None takes a setting away."""
    lists = {kind.value: snapshot.items(kind) for kind in ItemKind if kind is not ItemKind.YEAR}
    return YearSnapshot(
        snapshot.year_row.with_settings(values),
        **lists,  # type: ignore[arg-type]
        neighbours=snapshot.neighbours,
    )


def parameter_effect(before: YearCheck, after: YearCheck) -> ParameterEffect:
    """What ``after`` says otherwise than ``before``, 刚性 rules only."""
    old = {(c.rule, c.group, c.first): c for c in before.cells if _is_checkpoint(c)}
    new = {(c.rule, c.group, c.first): c for c in after.cells if _is_checkpoint(c)}
    pairs = [(old[key], cell) for key, cell in new.items() if key in old]
    added = [cell for key, cell in new.items() if key not in old]
    same = old.keys() == new.keys()
    was = {_key(f): _URGENCY.index(f.state) for f in before.findings if _decides(f)}
    now = {_key(f): f for f in after.findings if _decides(f)}
    return ParameterEffect(
        tuple(b for a, b in pairs if a.state is CellState.DONE and b.state is not CellState.DONE),
        tuple(b for a, b in pairs if a.state is CellState.PLANNED and b.state.is_short),
        tuple(b for a, b in pairs if a.state.is_short and b.state.is_met),
        tuple(b for a, b in pairs if a.state.is_short and b.state.is_short and a.state is not b.state),
        None if same else (before.summary.total, after.summary.total),
        None if same else (_short(before), _short(after)),
        tuple(cell for cell in added if cell.state.is_short),
        tuple(f for key, f in now.items() if _URGENCY.index(f.state) > was.get(key, 1)),
        (
            *(f for key, f in now.items() if key in was and _URGENCY.index(f.state) < was[key]),
            *(f for f in before.findings if _decides(f) and _key(f) not in now),
        ),
    )


def _is_checkpoint(cell: Cell) -> bool:
    return cell.severity is Severity.HARD and cell.state.is_asked


def _short(check: YearCheck) -> int:
    summary = check.summary
    return summary.at_risk + summary.overdue + summary.gap


def _decides(finding: Finding) -> bool:
    return finding.severity is Severity.HARD


def _key(finding: Finding) -> tuple[object, ...]:
    return finding.rule, finding.situation, finding.events, finding.decision, finding.policy


def effect_headline(effect: ParameterEffect) -> str:
    """将使 2 个已满足周期变为未满足；…; what nothing would change is said too."""
    parts = []
    if effect.checkpoints is not None and effect.short is not None:
        parts.append("检查点由 {} 个变为 {} 个".format(*effect.checkpoints))
        parts.append("未满足由 {} 个变为 {} 个".format(*effect.short))
    if effect.lost:
        parts.append(f"{len(effect.lost)} 个已满足周期变为未满足")
    if effect.unplanned:
        parts.append(f"{len(effect.unplanned)} 个已排周期变为未满足")
    if effect.gained:
        parts.append(f"{len(effect.gained)} 个未满足周期变为已满足或已排")
    if effect.shifted:
        parts.append(f"{len(effect.shifted)} 个未满足周期缓急有变")
    if effect.worse:
        parts.append(f"{len(effect.worse)} 项待办变急")
    if effect.better:
        parts.append(f"{len(effect.better)} 项待办变缓")
    words = "；".join(parts)
    return f"将使{' ' * words[:1].isdigit()}{words}" if parts else "不改变任何检查结果"


def effect_lines(effect: ParameterEffect, after: YearCheck, snapshot: YearSnapshot) -> tuple[str, ...]:
    """One line for every cell and finding that would be another one, the worst first."""
    cells = (*effect.lost, *effect.unplanned, *effect.added, *effect.gained, *effect.shifted)
    lines = [
        f"{wording.cell_title(cell, after.ruleset)}：将为 {wording.count_of(cell)}（{cell.state.label}）"
        for cell in cells
    ]
    lines += [wording.finding_sentence(finding, after, snapshot) for finding in effect.worse]
    known = {rule.code for rule in after.ruleset.rules}
    kept = [finding for finding in effect.better if finding.rule in known]
    lines += [f"{_subject(finding, after, snapshot)}：不再急" for finding in kept]
    return tuple(lines)


def _subject(finding: Finding, check: YearCheck, snapshot: YearSnapshot) -> str:
    subject = wording.finding_subject(finding, snapshot)
    title = check.ruleset.rule(finding.rule).title
    return f"{title} · {subject}" if subject else title
