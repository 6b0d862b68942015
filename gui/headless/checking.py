"""命令说的是哪一年的哪一稿、哪个单位：读出来，用年度自己的规则集检查。

--from 与 --to 是比较的两边，各是一份印发稿，或现在的草案；changes 和变更通知同用。
"""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

from exports.print_options import ReleaseMark
from gui.headless.arguments import Request
from gui.headless.opening import open_for_reading
from models.domain.attendance import Decision
from models.domain.errors import CommandError
from models.domain.snapshot import YearSnapshot
from models.queries import year_snapshot
from models.releases import Release, released_snapshot, releases
from models.rulesets import ruleset_for
from models.store import Store
from planners.checks import check_year
from planners.release_changes import PlanChanges, plan_changes
from planners.results import YearCheck

DRAFT = "草案"


def check_of(snapshot: YearSnapshot, today: date | None = None) -> YearCheck:
    """The check of the year under its own rule set and readings, as of ``today`` (default: the clock)."""
    row = snapshot.year_row
    ruleset = ruleset_for(row.year, row.ruleset, dict(row.settings))
    return check_year(snapshot, today or date.today(), ruleset)


class Side(NamedTuple):
    """A state of the year; ``release`` None: the draft."""

    release: Release | None
    snapshot: YearSnapshot
    check: YearCheck

    @property
    def label(self) -> str:
        """How it is called."""
        return self.release.label if self.release else DRAFT

    @property
    def mark(self) -> ReleaseMark | None:
        """How a print says of which release it is."""
        one = self.release
        return one and ReleaseMark(one.number, one.name, one.released_on, one.digest)


def year_asked(request: Request) -> tuple[YearSnapshot, YearCheck]:
    """The year as it is, and its check."""
    assert request.year is not None
    with open_for_reading(request) as store:
        snapshot = year_snapshot(store, request.year)
    return snapshot, check_of(snapshot, request.today)


def side_asked(store: Store, request: Request) -> Side:
    """The draft, or the release asked for: it says ever after what it said on its day, unless another is asked for."""
    assert request.year is not None
    if request.release is None:
        snapshot = year_snapshot(store, request.year)
        return Side(None, snapshot, check_of(snapshot, request.today))
    snapshot = released_snapshot(store, request.year, request.release)
    release = next(one for one in releases(store, request.year) if one.number == request.release)
    return Side(release, snapshot, check_of(snapshot, request.today or release.released_on))


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


def decision_of(snapshot: YearSnapshot, word: str, effect: str) -> Decision:
    """The decision with this key, title or short title; refused (with ``effect``) for a word that names none."""
    for decision in snapshot.decisions:
        if word in (decision.key, decision.title, decision.short):
            return decision
    raise CommandError(f"{snapshot.year} 年度没有决策事项“{word}”。", effect, "请写编号、全称或简称。")
