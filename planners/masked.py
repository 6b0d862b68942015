"""检查结果里的自由文字：豁免的理由、季度主题、要点的原文，与年度一起遮住。"""

from __future__ import annotations

from typing import NamedTuple

from models.domain.masking import Masks, Where, masks_of
from models.domain.snapshot import YearSnapshot
from planners.results import Cell, Finding, YearCheck


class Shown(NamedTuple):
    """A year with its check as they may be shown: the people of ``masks`` hidden in every text."""

    snapshot: YearSnapshot
    check: YearCheck
    masks: Masks


def shown(snapshot: YearSnapshot, check: YearCheck, masks: Masks | None = None) -> Shown:
    """Year and check with texts masked; ``masks``: all delegates of the year unless given."""
    masks = masks_of(snapshot) if masks is None else masks
    return Shown(masks.year(snapshot), masked_check(check, masks), masks)


def masked_check(check: YearCheck, masks: Masks) -> YearCheck:
    """``check`` with the words that people typed masked; days, counts and keys are the same."""
    if not masks:
        return check
    return check._replace(
        ruleset=masks.whole(check.ruleset),
        cells=tuple([_cell(cell, masks) for cell in check.cells]),
        findings=tuple([_finding(finding, masks) for finding in check.findings]),
    )


def _cell(cell: Cell, masks: Masks) -> Cell:
    if not (cell.reason or cell.theme or cell.group):
        return cell
    group = masks.whole(cell.group, Where.TITLE)
    return cell._replace(group=group, reason=masks.text(cell.reason), theme=masks.whole(cell.theme))


def _finding(finding: Finding, masks: Masks) -> Finding:
    group = masks.whole(finding.group, Where.TITLE)
    return finding._replace(group=group, missing=masks.whole(finding.missing))
