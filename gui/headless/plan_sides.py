"""--from 与 --to：比较的两边，各是一份印发稿，或现在的草案。changes 和变更通知同用。"""

from __future__ import annotations

from typing import NamedTuple

from exports.print_options import ReleaseMark
from gui.headless.arguments import Request
from gui.headless.checking import check_of
from models.domain.errors import CommandError
from models.domain.snapshot import YearSnapshot
from models.queries import year_snapshot
from models.releases import Release, released_snapshot, releases
from models.store import Store
from planners.release_changes import PlanChanges, plan_changes
from planners.results import YearCheck

DRAFT = "草案"


class Side(NamedTuple):
    """A state of the year; ``release`` None: the draft."""

    release: Release | None
    snapshot: YearSnapshot
    check: YearCheck

    @property
    def label(self) -> str:
        """How it is called."""
        return self.release.label if self.release else DRAFT


def sides_of(store: Store, request: Request) -> tuple[Side, Side]:
    """The two states asked for: by default the last release (or the one before ``--to``) and the draft.

    Both are checked as of the same day, so that time alone changes nothing. ``CommandError`` without a release.
    """
    assert request.year is not None
    draft = year_snapshot(store, request.year)
    known = {release.number: release for release in releases(store, request.year)}
    start = request.from_release or (request.to_release - 1 if request.to_release else max(known, default=0))
    if not known or start < 1:
        why = f"{request.year} 年度还没有印发稿" if not known else "第 1 稿之前没有印发稿"
        raise CommandError(f"{why}，没有可比的。", "", "请先用 release 印发，或用 --from 写明从哪一稿比起。")

    def side(number: int | None) -> Side:
        if number is None:
            return Side(None, draft, check_of(draft, request.today))
        snapshot = released_snapshot(store, draft.year, number)
        return Side(known[number], snapshot, check_of(snapshot, request.today))

    return side(start), side(request.to_release)


def changes_between(before: Side, after: Side) -> PlanChanges:
    """All differences of the two states."""
    labels = before.label, after.label
    return plan_changes(before.snapshot, after.snapshot, before.check, after.check, labels)


def mark_of(release: Release) -> ReleaseMark:
    """How a print says that it is of ``release``."""
    return ReleaseMark(release.number, release.name, release.released_on, release.digest)
