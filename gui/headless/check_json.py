"""检查结果给程序读的形式：形状见用户手册“命令行”，字段只增不改。"""

from __future__ import annotations

from datetime import date
from typing import Any

from models.domain.snapshot import YearSnapshot
from planners.cell_status import CellStatus, cell_status
from planners.results import Cell, Conflict, Finding, YearCheck
from planners.wording import cell_sentence, conflict_sentence, finding_sentence
from planners.year_count import year_count


def check_as_json(check: YearCheck, snapshot: YearSnapshot) -> dict[str, Any]:
    """Everything the check found as JSON values, with the Chinese sentence of each."""
    holidays = snapshot.year_row.holidays
    return {
        "year": check.year,
        "today": check.today.isoformat(),
        "ruleset": {
            "document": check.ruleset.document,
            "year": check.ruleset.year,
            "carried_over": check.ruleset.carried_over,
        },
        "holidays": {"announced": holidays.announced, "notice": holidays.notice},
        "cells": [_cell(cell, check, snapshot) for cell in check.cells],
        "findings": [_finding(finding, check, snapshot) for finding in check.findings],
        "conflicts": [_conflict(conflict, snapshot) for conflict in check.conflicts],
        "summary": check.summary._asdict(),
        "counts": {**year_count(check, snapshot)._asdict(), "cells": check.summary.total},
    }


def _cell(cell: Cell, check: YearCheck, snapshot: YearSnapshot) -> dict[str, Any]:
    return {
        "rule": cell.rule,
        "clause": cell.clause,
        "severity": cell.severity.value,
        "group": cell.group,
        "first": cell.first.isoformat(),
        "last": cell.last.isoformat(),
        "minimum": cell.minimum,
        "target": cell.target,
        "held": cell.held,
        "forecast": cell.forecast,
        "state": cell.state.value,
        "workdays_left": cell.workdays_left,
        "last_feasible_day": _day(cell.last_feasible_day),
        "events": list(cell.events),
        "sentence": cell_sentence(cell, check, snapshot),
        "status": _status(cell_status(cell, snapshot, check.today)),
    }


def _status(status: CellStatus) -> dict[str, Any]:
    return {
        "missing": status.missing,
        "lacks_theme": status.lacks_theme,
        "unconfirmed": status.unconfirmed,
        "until": _day(status.until),
        "left": status.left,
        "event": status.event.key if status.event else None,
        "action": status.action.value if status.action else None,
    }


def _finding(finding: Finding, check: YearCheck, snapshot: YearSnapshot) -> dict[str, Any]:
    return {
        "rule": finding.rule,
        "clause": finding.clause,
        "severity": finding.severity.value,
        "events": list(finding.events),
        "decision": finding.decision,
        "sentence": finding_sentence(finding, check, snapshot),
    }


def _conflict(conflict: Conflict, snapshot: YearSnapshot) -> dict[str, Any]:
    return {
        "kind": conflict.kind.value,
        "severity": conflict.severity.value,
        "events": list(conflict.events),
        "sentence": conflict_sentence(conflict, snapshot),
    }


def _day(day: date | None) -> str | None:
    return day.isoformat() if day else None
