"""假的排期函数，在子进程里被叫到：忙着、出错、被杀，各一个。"""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Callable
from datetime import date, datetime

from models.domain.changes import RowChange
from models.domain.errors import CommandError
from models.domain.events import Campaign, Event
from models.domain.rules import RuleSet
from models.domain.snapshot import YearSnapshot
from planners.proposals import Conditions, Entry, Progress, Proposal, Step, Way

Report = Callable[[Progress], None]
Stop = Callable[[], bool]
KEY = "community|2027-11"
LONGEST = 1_000_000
"""Rounds after which a stub gives up, should nobody end it."""


def answer(
    snapshot: YearSnapshot, today: date, conditions: Conditions, title: str = "自动排期建议"
) -> Proposal:
    """A proposal without entries."""
    first, last = date(snapshot.year, 1, 1), date(snapshot.year, 12, 31)
    return Proposal(title, snapshot.year, snapshot.revision, today, first, last, (), seed=conditions.seed)


def quick(
    snapshot: YearSnapshot,
    today: date,
    ruleset: RuleSet,
    conditions: Conditions,
    *,
    report: Report,
    stop: Stop,
) -> Proposal:
    """Every step once."""
    report(Progress(Step.READ, f"{len(ruleset.rules)} 条规则、{len(snapshot.events)} 场活动"))
    report(Progress(Step.CANDIDATES, "1260 个"))
    for left in (8, 5, 3):
        report(Progress(Step.SEARCH, open_demands=left))
    report(Progress(Step.EXPLAIN))
    return answer(snapshot, today, conditions)


def modules(
    snapshot: YearSnapshot,
    today: date,
    ruleset: RuleSet,
    conditions: Conditions,
    *,
    report: Report,
    stop: Stop,
) -> Proposal:
    """The title lists what is loaded that a planner does not need."""
    names = ("PySide6", "shiboken6", "peewee", "gui.shell.main_window", "gui.shell.app")
    return answer(snapshot, today, conditions, " ".join(name for name in names if name in sys.modules))


def busy(
    snapshot: YearSnapshot,
    today: date,
    ruleset: RuleSet,
    conditions: Conditions,
    *,
    report: Report,
    stop: Stop,
) -> Proposal:
    """Work hard, report often, until told to stop; the title counts the rounds."""
    for rounds in range(1, LONGEST):
        if stop():
            break
        sum(number * number for number in range(2000))
        report(Progress(Step.SEARCH, open_demands=max(1, 9 - rounds // 50), effort=rounds))
    return answer(snapshot, today, conditions, "停在这里")


def deaf(
    snapshot: YearSnapshot,
    today: date,
    ruleset: RuleSet,
    conditions: Conditions,
    *,
    report: Report,
    stop: Stop,
) -> Proposal:
    """Work hard and never ask whether to stop."""
    report(Progress(Step.SEARCH, open_demands=4))
    for _ in range(LONGEST):
        sum(range(3000))
    return answer(snapshot, today, conditions)


def killed(
    snapshot: YearSnapshot,
    today: date,
    ruleset: RuleSet,
    conditions: Conditions,
    *,
    report: Report,
    stop: Stop,
) -> Proposal:
    """What the system does to a process that takes too much memory."""
    report(Progress(Step.SEARCH, open_demands=4))
    os.kill(os.getpid(), getattr(signal, "SIGKILL", signal.SIGTERM))
    raise AssertionError


def refused(
    snapshot: YearSnapshot,
    today: date,
    ruleset: RuleSet,
    conditions: Conditions,
    *,
    report: Report,
    stop: Stop,
) -> Proposal:
    """A year that cannot be planned."""
    raise CommandError("这一年已经过去。", "没有改动。", "请打开今年或以后的年度。")


def faulty(
    snapshot: YearSnapshot,
    today: date,
    ruleset: RuleSet,
    conditions: Conditions,
    *,
    report: Report,
    stop: Stop,
) -> Proposal:
    """A fault of the program whose message holds a name."""
    raise ValueError(f"张三 {snapshot.events[0].title}")


def one_entry(
    snapshot: YearSnapshot,
    today: date,
    ruleset: RuleSet,
    conditions: Conditions,
    *,
    report: Report,
    stop: Stop,
) -> Proposal:
    """Another visit to a 街镇 in November; nothing where it was rejected."""
    report(Progress(Step.SEARCH, open_demands=1))
    made = answer(snapshot, today, conditions)
    if KEY in conditions.rejected:
        return made
    event = Event(
        "new-1",
        Campaign.COMMUNITY,
        "走进社区（内容待定）",
        starts_at=datetime(snapshot.year, 11, 18, 9),
        ends_at=datetime(snapshot.year, 11, 18, 11),
        lead_units=(snapshot.units[0].key,),
    )
    entry = Entry(KEY, Way.NEW, "走进社区 · 11月", "—", (RowChange.of(None, event),))
    return made._replace(entries=(entry,))
