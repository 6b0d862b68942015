"""排期建议：每一项改什么、补哪里、为什么、还可以怎样；全程序只有这一种建议。"""

from datetime import date
from typing import NamedTuple

from models.domain.changes import RowChange
from models.domain.events import Campaign, Event, Labelled
from planners.history import History

MOST_ALTERNATIVES = 5


class Way(Labelled):
    """How an entry brings its change about (方式)."""

    NEW = "new", "新建"
    REVIVE = "revive", "启用延期项"
    DATE = "date", "定日期"
    MOVE = "move", "移动"
    ASSIGN = "assign", "排入会议"
    REMOVE = "remove", "取消"


class ReasonKind(Labelled):
    """What a reason speaks of; the picture shows one icon each."""

    RULE = "rule", "补缺"
    SPACING = "spacing", "间隔均衡"
    LOAD = "load", "单位可承担"
    CONFLICT = "conflict", "无冲突"
    PLACE = "place", "去处"
    REST_DAY = "rest_day", "排在休息日"
    ESTIMATE = "estimate", "放假安排未公布"
    BALANCE = "balance", "代表均衡"
    COST = "cost", "代价"
    HABIT = "habit", "沿用上年"


class Reason(NamedTuple):
    """A heading (补缺：第 2 条每月至少 1 次) and one sentence."""

    kind: ReasonKind
    title: str
    text: str


class Target(NamedTuple):
    """The cell an entry fills: rule, period (both ends included) and group."""

    rule: str
    first: date
    last: date
    group: str | None = None


class Alternative(NamedTuple):
    """Another way to do the same: the event as it would be, what it costs more, and why."""

    after: Event
    extra_cost: int
    text: str


class Entry(NamedTuple):
    """One line of a proposal.

    ``key`` names the demand and is the same in every run over the same facts (what 拒绝并记住 remembers).
    ``changes``: the event (or decision) first, then what goes with it. ``ticked``: whether it comes
    ticked; where not, ``human`` says which decision only a person can take. ``label`` 补哪里,
    ``now`` what is there today (— where nothing is). ``estimated``: leans on days off not announced.
    """

    key: str
    way: Way
    label: str
    now: str
    changes: tuple[RowChange, ...]
    targets: tuple[Target, ...] = ()
    reasons: tuple[Reason, ...] = ()
    alternatives: tuple[Alternative, ...] = ()
    ticked: bool = True
    human: str = ""
    estimated: bool = False

    @property
    def event(self) -> Event | None:
        """The event as it would be; None where the entry is about something else."""
        after = self.changes[0].after
        return after if isinstance(after, Event) else None

    @property
    def campaign(self) -> Campaign | None:
        """The campaign of the event."""
        return self.event.campaign if self.event else None


class Cause(Labelled):
    """Why a demand stays open."""

    PAST = "past", "期限已过"
    NO_DAY = "no_day", "无可排日"
    BLOCKED = "blocked", "停排"
    UNIT = "unit", "单位排满"
    PLACE = "place", "没有可去的地方"
    THEME = "theme", "主题未定"
    CONFIRM = "confirm", "已排未确认"
    BUDGET = "budget", "改动数已用完"
    REJECTED = "rejected", "已拒绝"
    COMPETING = "competing", "相互争抢"
    UNKNOWN = "unknown", "未找到"


class Repair(NamedTuple):
    """One relaxation that was tried on a copy and helps; ``relax`` the constraint ids it loosens."""

    text: str
    relax: tuple[str, ...] = ()
    changes: tuple[RowChange, ...] = ()


class Open(NamedTuple):
    """A demand that stays open (仍无法满足) or is left to a person (暂不处理: ``for_person``)."""

    label: str
    cause: Cause
    text: str
    target: Target | None = None
    blocking: tuple[str, ...] = ()
    repairs: tuple[Repair, ...] = ()
    for_person: bool = False


class Given(NamedTuple):
    """What is carried out with a proposal whatever is ticked, and the words for it (更新放假安排)."""

    words: str
    changes: tuple[RowChange, ...]


class Proposal(NamedTuple):
    """What is proposed for one year, as of ``revision`` of its facts; values only, nothing is done yet.

    ``title`` heads the preview (自动排期建议, 导入报送表 …); ``first``–``last`` the scope. ``cost``,
    ``bound`` and ``terms`` score the whole plan (None where nothing was searched); ``proved``: it is the
    best there is. ``moved``: how many dated events change their time; ``needed_moves``: the smallest
    sufficient number where the change budget was too small. ``given``: what the entries follow from and
    what is carried out with them, in the same step.
    """

    title: str
    year: int
    revision: int
    today: date
    first: date
    last: date
    entries: tuple[Entry, ...]
    open: tuple[Open, ...] = ()
    cost: int | None = None
    bound: int | None = None
    proved: bool = False
    terms: tuple[tuple[str, int], ...] = ()
    moved: int = 0
    needed_moves: int | None = None
    seed: int = 0
    effort: int = 0
    given: Given | None = None


class Weighing(Labelled):
    """What the plan should lean to, in words (条件 页)."""

    BALANCED = "balanced", "均衡"
    SPACING = "spacing", "场次间隔均匀"
    LOAD = "load", "单位负担平均"
    HABIT = "habit", "照惯常的星期与时段"
    COVERAGE = "coverage", "多去没去过的街镇和学校"


class Conditions(NamedTuple):
    """What the user asks of a run. ``last`` None: to the end of the year; empty tuples: all.

    ``units`` limits who may be asked to host. ``blocked``: further days without events. ``targets``:
    also try to reach the 目标, not the 底线 only. ``locked``: entries of an earlier proposal whose day
    is kept (their ``after`` events); ``rejected``: keys of entries that must not come again, each with
    the demand left open. ``movable``: whether 已排 events may be moved at all, ``max_moves`` at most so
    many (None: any). ``effort`` counts operations. ``history``: what the years before held, for fairness.
    """

    first: date | None = None
    last: date | None = None
    campaigns: tuple[Campaign, ...] = ()
    units: tuple[str, ...] = ()
    blocked: tuple[date, ...] = ()
    targets: bool = True
    weighing: Weighing = Weighing.BALANCED
    movable: bool = False
    max_moves: int | None = None
    locked: tuple[tuple[str, Event], ...] = ()
    rejected: tuple[str, ...] = ()
    decisions: bool = True
    seed: int = 0
    effort: int | None = None
    history: History = History()


class Step(Labelled):
    """The steps of a run, in order (mock-09 D)."""

    READ = "read", "读取"
    CANDIDATES = "candidates", "生成候选日期"
    SEARCH = "search", "求解"
    EXPLAIN = "explain", "写出每项理由"


class Progress(NamedTuple):
    """Told while a run goes on: the step, what it counted (words), and the best plan so far.

    ``open_demands``: events left out and minima not reached; ``legal``: nothing required is among them.
    """

    step: Step
    words: str = ""
    open_demands: int | None = None
    cost: int | None = None
    effort: int = 0
    legal: bool = False
