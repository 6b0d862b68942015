"""建议对话框要人代劳的事：换一天时把理由重写一遍。"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Protocol

from models.domain.snapshot import YearSnapshot
from planners.proposals import Entry
from planners.proposals_judged import reconsider
from planners.results import YearCheck


class ProposalServices(Protocol):
    """What the dialog asks of whoever made the proposal."""

    def reconsider(
        self, snapshot: YearSnapshot, check: YearCheck, entry: Entry, day: date, others: Sequence[Entry]
    ) -> Entry:
        """``entry`` with its event on ``day``, reasons and alternatives anew; ``others`` are ticked too."""
        ...


class JudgedServices:
    """Judges every day by itself, for proposals that come without a planner of their own (导入、沿用上年)."""

    def reconsider(
        self, snapshot: YearSnapshot, check: YearCheck, entry: Entry, day: date, others: Sequence[Entry]
    ) -> Entry:
        """See ``planners.proposals_judged.reconsider``."""
        return reconsider(snapshot, check, entry, day, others)


class PlannerServices(JudgedServices):
    """Asks the auto-planner, with its score and alternatives; what it does not plan is judged by itself."""

    def reconsider(
        self, snapshot: YearSnapshot, check: YearCheck, entry: Entry, day: date, others: Sequence[Entry]
    ) -> Entry:
        """See ``planners.autoplan.year.single.reconsider``."""
        from planners.autoplan.year import single

        found = single.reconsider(snapshot, check, check.ruleset, entry, day, others)
        if found.event is not None and found.event.day == day:
            return found
        return super().reconsider(snapshot, check, entry, day, others)
