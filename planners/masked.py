"""检查结果里的自由文字：豁免的理由、季度主题、要点的原文，与年度一起遮住。"""

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


def shown_on_screen(snapshot: YearSnapshot, check: YearCheck) -> Shown:
    """Year and check with texts masked, the cells named as they are: one can act on what is seen."""
    for known_snapshot, known_check, known in _kept:
        if known_snapshot is snapshot and known_check is check:
            return known
    masks = masks_of(snapshot)
    made = Shown(masks.year(snapshot), masked_check(check, masks, groups=False), masks)
    _kept[:] = [*_kept[1 - KEPT :], (snapshot, check, made)]
    return made


KEPT = 4
"""So many are kept: every page of the window asks for the same year, and for what is open in the others."""
_kept: list[tuple[YearSnapshot, YearCheck, Shown]] = []


def masked_check(check: YearCheck, masks: Masks, *, groups: bool = True) -> YearCheck:
    """``check`` with the words that people typed masked; days, counts and keys are the same.

    ``groups``: the names of units that cells and findings are about, too.
    """
    if not masks:
        return check
    return check._replace(
        ruleset=masks.whole(check.ruleset),
        cells=tuple([_cell(cell, masks, groups=groups) for cell in check.cells]),
        findings=tuple([_finding(finding, masks, groups=groups) for finding in check.findings]),
    )


def _cell(cell: Cell, masks: Masks, *, groups: bool) -> Cell:
    if not (cell.reason or cell.theme or cell.group):
        return cell
    group = masks.whole(cell.group, Where.TITLE) if groups else cell.group
    return cell._replace(group=group, reason=masks.text(cell.reason), theme=masks.whole(cell.theme))


def _finding(finding: Finding, masks: Masks, *, groups: bool) -> Finding:
    group = masks.whole(finding.group, Where.TITLE) if groups else finding.group
    return finding._replace(group=group, missing=masks.whole(finding.missing))
