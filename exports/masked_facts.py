"""印件与 Word 里看得到的年度：按选项遮住代表的姓名与电话，连同人自己填的题目、编制单位与稿名。"""

from __future__ import annotations

from typing import NamedTuple

from exports.print_options import PrintOptions
from models.domain.masking import masks_of
from models.domain.snapshot import YearSnapshot
from planners.masked import shown
from planners.release_changes import PlanChanges
from planners.results import YearCheck


class Facts(NamedTuple):
    """What a print is made of, as it may be read."""

    snapshot: YearSnapshot
    check: YearCheck
    options: PrintOptions
    changes: PlanChanges | None


def masked_facts(
    snapshot: YearSnapshot, check: YearCheck, options: PrintOptions, changes: PlanChanges | None = None
) -> Facts:
    """All texts with the delegates' names and phones hidden, as far as ``options`` hide them."""
    masks = masks_of(snapshot, names=options.mask_delegates, phones=options.mask_phones)
    if not masks:
        return Facts(snapshot, check, options, changes)
    year, seen, _ = shown(snapshot, check, masks)
    release = options.release
    told = options._replace(
        title=masks.text(options.title),
        issuer=masks.text(options.issuer),
        attachment=masks.text(options.attachment),
        release=release._replace(name=masks.text(release.name)) if release else None,
    )
    return Facts(year, seen, told, masks.whole(changes))
