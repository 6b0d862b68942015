"""规则检查页上各处的内容：由检查结果算出，不碰控件。"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from gui.kit.empty_state import EmptyAction
from gui.kit.marks import STATE_LOOKS
from gui.rules.cards import MetLine, RowCard, hint_text
from gui.rules.findings_pane import Calm, LineHead
from gui.rules.folded_box import FoldedRow
from gui.rules.looks import ROW_LOOKS
from gui.rules.side_panel import Excuse
from gui.session.year_session import YearSession
from models.domain.events import Event, EventStatus
from models.domain.rules import OWN_CLAUSE, Rule, RuleSet, Severity, clause_words
from models.domain.snapshot import YearSnapshot
from planners.clauses import Passage, passage
from planners.in_force import undecided_count, undecided_words
from planners.results import Cell, CellState, YearCheck
from planners.rule_rows import RowState, RuleLine, RuleRow, all_met
from planners.wording import cell_title, estimate_mark, short_day

OWN_WORDS = "要点没有写这一条，是本单位自己的提醒，不计入达标。"


def subtitle(lines: Sequence[RuleLine], ruleset: RuleSet) -> str:
    """对照宝府办〔2024〕14号 17 条 + 自定 8 条; how many rules nobody has decided on since."""
    clauses = len({line.clause for line in lines if not line.own})
    own = sum(line.own for line in lines)
    told = undecided_count(ruleset) or "每次改动后自动检查"
    carried = "（沿用）" if ruleset.carried_over else ""
    return f"对照{ruleset.document}{carried} {clauses} 条 + 自定 {own} 条 · {told}"


def chosen_lines(lines: Sequence[RuleLine], state: RowState | None) -> tuple[RuleLine, ...]:
    """The lines that have findings of ``state``; all where none is asked for or nothing is left."""
    if state is None:
        return tuple(lines)
    return tuple(line for line in lines if line.count(state)) or tuple(lines)


def chosen_rows(line: RuleLine, state: RowState | None) -> tuple[RuleRow, ...]:
    """The findings of ``line`` that have ``state``."""
    return tuple(row for row in line.rows if state is None or row.state is state)


def line_head(line: RuleLine, check: YearCheck, document: str) -> LineHead:
    """Title and clause of ``line``; the decisive words are those of its 刚性 rules, else of all."""
    rules = [rule for rule in check.ruleset.rules if rule.code in line.rules]
    found = None
    if rules:
        hard = [rule.quote for rule in rules if rule.severity is Severity.HARD]
        quotes = [rule.quote for rule in rules]
        found = passage(document, rules[0].clause, hard or quotes, quotes)
        if found is None and not line.own:  # kept from an older document that had these words
            quote, origin = (hard or quotes)[0], rules[0].clause
            place = f"{clause_words(origin)}{'（沿用旧要点）' if origin.isdigit() else ''}"
            found = Passage(place, "", quote, ((0, len(quote)),), "")
    clause = clause_words(rules[0].clause, " ") if rules else ""
    leans = any(row.words.estimated for row in (*line.rows, *line.hints))
    notes = [undecided_words(rule) for rule in rules if rule.former]
    notes += [estimate_mark(check.year)] if leans else []
    note = "".join(f"{words}。" for words in dict.fromkeys(notes))
    duties = found.duties if found else ""
    return LineHead(
        line.tile,
        line.title,
        f"{clause} · 自定" if line.own and clause not in ("", OWN_CLAUSE) else clause or OWN_CLAUSE,
        duties,
        check.ruleset.document if not clause or clause.startswith("第") else "",
        found,
        _own_words(rules),
        note,
    )


def _own_words(rules: Sequence[Rule]) -> str:
    """What is said of a line of which the document says nothing."""
    added = next((rule for rule in rules if rule.added), None)
    if added is None:
        return OWN_WORDS
    weight = "计入达标" if added.severity is Severity.HARD else "只作提示，不计入达标"
    return added.quote or f"本单位自己加的规则，要点没有写这一条；{weight}。"


def hint_rows(rows: Sequence[RuleRow], cards: Sequence[RowCard]) -> tuple[FoldedRow, ...]:
    """The 提示 of a line, one line each, with what can be done."""
    look = ROW_LOOKS[RowState.HINT]
    return tuple(
        FoldedRow(
            look.icon,
            look.color,
            row.words.where,
            hint_text(row) if row.cell is None else f"{row.words.missing}；{card.remedy}",
            card.buttons[0].text if card.buttons else "",
        )
        for row, card in zip(rows, cards, strict=True)
    )


def met_rows(lines: Sequence[MetLine]) -> tuple[FoldedRow, ...]:
    """What is met, one line each."""
    return tuple(
        FoldedRow(STATE_LOOKS[m.cell.state].icon, STATE_LOOKS[m.cell.state].color, m.where, m.text)
        for m in lines
    )


def next_event(snapshot: YearSnapshot, today: date) -> Event | None:
    """The next event that is to be held."""
    coming = [
        event
        for event in snapshot.events
        if event.starts_at is not None
        and event.starts_at.date() >= today
        and event.status in (EventStatus.PLANNED, EventStatus.CONFIRMED)
    ]
    return min(coming, key=_start, default=None)


def _start(event: Event) -> str:
    return event.starts_at.isoformat() if event.starts_at else ""


def calm_of(
    line: RuleLine,
    lines: Sequence[RuleLine],
    state: RowState | None,
    session: YearSession,
    event: Event | None,
    actions: tuple[EmptyAction, ...],
) -> Calm:
    """What stands where the line has no finding: nothing of this kind, this line met, or the whole year.

    ``event`` is the next one to be held.
    """
    if state is not None:
        return Calm(
            "check", f"没有{state.label}的发现", (f"全年没有{state.label}的项；再按一次上面的胶囊显示全部。",)
        )
    if all_met(lines):
        coming = "之后没有已排的活动"
        if event is not None and event.day is not None:
            place = session.redacted.snapshot.place_of(event)
            where = f"（{place}）" if place else ""
            coming = f"最近要办：{short_day(event.day)} {event.title}{where}"
        title = f"全年 {session.check.summary.total} 个检查点都已满足或已排"
        return Calm("check", title, (coming,), actions)
    words = "这一条都已满足或已排" if line.met or line.total else "这一条没有要办的"
    return Calm("check", words, ("按 F8 看下一项发现。",))


def excuses_of(line: RuleLine, check: YearCheck, snapshot: YearSnapshot) -> tuple[Excuse, ...]:
    """The 豁免 and 说明 registered for the rules of ``line``."""
    known = {cell.key: cell for cell in check.cells if cell.rule in line.rules}
    found = []
    for exemption in snapshot.exemptions:
        if exemption.rule in line.rules:
            cell = known.get(exemption.key)
            where = _where(cell, check) if cell else f"{exemption.first}—{exemption.last}"
            found.append(Excuse("豁免", where, exemption.reason, exemption.key))
    found += [
        Excuse("说明", _where(cell, check), cell.reason, cell=cell)
        for cell in known.values()
        if cell.reason and cell.state is not CellState.EXEMPT
    ]
    return tuple(found)


def _where(cell: Cell, check: YearCheck) -> str:
    return cell_title(cell, check.ruleset)
