"""export xlsx、template、docx：台账、报送表模板、季度活动计划（Word）。"""

from __future__ import annotations

from gui.headless.arguments import Request
from gui.headless.checking import check_of
from gui.headless.opening import open_for_reading
from gui.headless.output import put_out
from gui.headless.terminal import tell
from models.domain.errors import CommandError
from models.domain.snapshot import YearSnapshot
from models.queries import year_snapshot


def run(request: Request) -> int:
    """The Office file asked for stands where it was asked for; what could not be written as it is was said."""
    assert request.year is not None
    with open_for_reading(request) as store:
        snapshot = year_snapshot(store, request.year)
    data, what, warnings = _MAKERS[str(request.kind)](request, snapshot)
    for warning in warnings:
        tell(f"注意：{warning}")
    put_out(request, data, what)
    return 0


Made = tuple[bytes, str, tuple[str, ...]]


def _ledger(request: Request, snapshot: YearSnapshot) -> Made:
    """Every event, or those of one campaign or unit, by month."""
    from exports.xlsx.ledger import ledger_bytes
    from planners.ledger_filter import EVERYTHING, conditions, filtered
    from planners.ledger_groups import Grouping, Order, grouped
    from planners.ledger_rows import ledger_rows

    check = check_of(snapshot, request.today)
    chosen = EVERYTHING._replace(campaign=request.campaign, unit=unit_of(snapshot, request.unit))
    rows = filtered(ledger_rows(snapshot, check), chosen, {}, ())
    groups = grouped(rows, Grouping.MONTH, Order(), snapshot, check.ruleset)
    words = "，".join(condition.words for condition in conditions(chosen, snapshot))
    data = ledger_bytes(snapshot, check.ruleset, groups, conditions=words)
    return data, f"{snapshot.year}年活动台账，{len(rows)} 场", ()


def _template(request: Request, snapshot: YearSnapshot) -> Made:
    from exports.xlsx.template import prefilled, template_bytes

    unit = unit_of(snapshot, request.unit)
    count = len(prefilled(snapshot, unit))
    name = f"{snapshot.unit_name(unit)}，已列出 {count} 场" if unit else "空白"
    return template_bytes(snapshot, unit), f"{snapshot.year}年报送表模板（{name}）", ()


def _word(request: Request, snapshot: YearSnapshot) -> Made:
    from exports.docx.quarter_plan import quarter_docx

    assert request.quarter is not None
    made = quarter_docx(snapshot, check_of(snapshot, request.today), request.quarter)
    what = f"{snapshot.year}年第{'一二三四'[request.quarter - 1]}季度活动计划（Word），共 {made.items} 项"
    return made.data, what, made.warnings


_MAKERS = {"xlsx": _ledger, "template": _template, "docx": _word}


def unit_of(snapshot: YearSnapshot, word: str | None) -> str | None:
    """The key of the unit with this key, name or alias; refused for a word that names none."""
    if word is None:
        return None
    for unit in snapshot.units:
        if word in (unit.key, unit.name, *unit.aliases):
            return unit.key
    raise CommandError(
        f"{snapshot.year}年没有单位“{word}”。", "没有写出文件。", "请写单位的编号、名称或别名。"
    )
