"""检查与建议的结果：都是值，不带文字；文字由 ``planners.wording`` 说。"""

from datetime import date
from typing import NamedTuple

from models.domain.events import Campaign, Labelled
from models.domain.rules import RuleSet, Severity


class CellState(Labelled):
    """State of a period cell (rule × period × group)."""

    DONE = "done", "已满足"
    PLANNED = "planned", "已排"
    AT_RISK = "at_risk", "有风险"
    OVERDUE = "overdue", "逾期"
    GAP = "gap", "待补"
    EXEMPT = "exempt", "豁免"
    NOT_APPLICABLE = "not_applicable", "不适用"

    @property
    def is_short(self) -> bool:
        """逾期, 有风险 or 待补: the period does not reach what its rule asks."""
        return self in _SHORT

    @property
    def is_mendable(self) -> bool:
        """有风险 or 待补: the period is short and not over."""
        return self in _SHORT and self is not CellState.OVERDUE

    @property
    def is_met(self) -> bool:
        """已满足 or 已排."""
        return self in (CellState.DONE, CellState.PLANNED)

    @property
    def is_asked(self) -> bool:
        """Whether the rule asks anything of the period: neither 豁免 nor 不适用."""
        return self not in (CellState.EXEMPT, CellState.NOT_APPLICABLE)

    @property
    def is_open(self) -> bool:
        """Whether planning can do something for the period: it is asked for and not missed."""
        return self.is_asked and self is not CellState.OVERDUE

    @property
    def urgency(self) -> int:
        """0 for what needs nothing, more the sooner something has to be done."""
        return _URGENCY.index(self)


_URGENCY = (
    CellState.NOT_APPLICABLE,
    CellState.EXEMPT,
    CellState.DONE,
    CellState.PLANNED,
    CellState.GAP,
    CellState.AT_RISK,
    CellState.OVERDUE,
)
_SHORT = frozenset({CellState.OVERDUE, CellState.AT_RISK, CellState.GAP})


class Cell(NamedTuple):
    """One period of one frequency rule and group.

    ``held`` and ``forecast`` are 实际 and 计划; ``events`` the keys counted in the forecast, by
    start. ``workdays_left`` (today included) only for the current period. ``last_feasible_day``
    is the last day on which the shortfall can still be planned by counting; None where nothing is
    short or nothing can be done. ``reason``: why it is 豁免, or the 说明 registered for a missed
    one. ``theme``: the quarter's theme (走进园区), "" while it is missing, None where none is asked.
    ``estimated``: leans on holidays not announced yet.
    """

    rule: str
    clause: str
    severity: Severity
    group: str | None
    first: date
    last: date
    minimum: int
    target: int | None
    held: int
    forecast: int
    confirmed: int
    state: CellState
    workdays_left: int | None
    last_feasible_day: date | None
    events: tuple[str, ...]
    reason: str = ""
    theme: str | None = None
    estimated: bool = False

    @property
    def shortfall(self) -> int:
        """How many events the forecast lacks."""
        return max(0, self.minimum - self.forecast)

    @property
    def counted(self) -> int:
        """The number that decides: 实际 where the period is met or over, 计划 before."""
        return self.held if self.state in (CellState.DONE, CellState.OVERDUE) else self.forecast

    @property
    def missing(self) -> int:
        """How many events are missing: those not held where the period is over, those not planned before."""
        return max(0, self.minimum - self.counted)

    @property
    def lacks_theme(self) -> bool:
        """Whether the quarter's theme is asked for and not set."""
        return self.theme == ""

    @property
    def awaits_confirmation(self) -> bool:
        """Whether nothing is missing but that planned events are confirmed."""
        return self.state is CellState.AT_RISK and not self.shortfall and not self.lacks_theme

    @property
    def key(self) -> str:
        """What names the period in the exemptions and explanations of the year."""
        return f"{self.rule}|{self.first.isoformat()}|{self.last.isoformat()}|{self.group or ''}"


class FindingState(Labelled):
    """How urgent a finding is."""

    OVERDUE = "overdue", "逾期"
    AT_RISK = "at_risk", "有风险"
    OPEN = "open", "待办"
    HINT = "hint", "提示"


class Finding(NamedTuple):
    """Something a rule misses at an event, decision, policy, meeting or milestone.

    ``situation`` names the wording (one a situation); ``missing`` lists what is lacking, in the
    words of the rule's document; ``due`` the day by which it must be mended; ``part`` the first day of the
    period of a milestone that comes back; ``own``: a day by a number of the office's own (自定), which is marked
    wherever it is said; ``reason``: why it is another day than the rule names.
    """

    rule: str
    clause: str
    severity: Severity
    situation: str
    state: FindingState
    events: tuple[str, ...] = ()
    decision: str | None = None
    policy: str | None = None
    meeting: str | None = None
    group: str | None = None
    missing: tuple[str, ...] = ()
    expected: int | None = None
    actual: int | None = None
    due: date | None = None
    workdays_left: int | None = None
    estimated: bool = False
    part: str = ""
    own: bool = False
    reason: str = ""

    @property
    def advises(self) -> bool:
        """Whether it never decides if a rule is kept; a result to be recorded is no advice, whatever its rule."""
        return self.severity is Severity.HINT and self.situation != "unrecorded"

    @property
    def milestone(self) -> str:
        """What names the milestone that it is about, at its time."""
        return f"{self.rule}|{self.part}" if self.part else self.rule


NO_HOST, HOST_CANCELLED, OTHER_DAY = "宿主会议", "未取消的宿主会议", "与宿主会议同一天"
"""What a 科创问政 zone can lack of its meeting (``Finding.missing``)."""


class ConflictKind(Labelled):
    """What two or more events compete for."""

    VENUE = "venue", "同场地同时段"
    UNIT = "unit", "同单位同时段"
    TOWN_DAY = "town_day", "同街镇同日"
    WEEK_LOAD = "week_load", "超过每周上限"


class Conflict(NamedTuple):
    """Events that compete for a venue, a unit, a 街镇 (on one day) or a week's capacity."""

    kind: ConflictKind
    severity: Severity
    events: tuple[str, ...]
    resource: str
    day: date
    limit: int | None = None


class WeekLoad(NamedTuple):
    """Events of an ISO week (``monday``), by campaign in the order of ``Campaign``."""

    monday: date
    counts: tuple[tuple[Campaign, int], ...]

    @property
    def total(self) -> int:
        """All events of the week."""
        return sum(count for _, count in self.counts)


class Summary(NamedTuple):
    """Numbers of hard period cells; ``exempt`` and 不适用 ones are counted apart."""

    done: int = 0
    planned: int = 0
    at_risk: int = 0
    overdue: int = 0
    gap: int = 0
    exempt: int = 0

    @property
    def total(self) -> int:
        """Hard cells that count (已满足 … 待补)."""
        return self.done + self.planned + self.at_risk + self.overdue + self.gap


class YearCheck(NamedTuple):
    """Everything ``check_year`` found, in the order of the rule set."""

    year: int
    today: date
    ruleset: RuleSet
    cells: tuple[Cell, ...]
    findings: tuple[Finding, ...]
    conflicts: tuple[Conflict, ...]
    loads: tuple[WeekLoad, ...]
    week_limit: int
    summary: Summary

    @property
    def overdue_decisions(self) -> frozenset[str]:
        """Keys of the decisions that missed a day which the document gives (§20, §21); one of the office's own is none."""
        late = (one.decision for one in self.findings if one.state is FindingState.OVERDUE)
        return frozenset(filter(None, late))


class Verdict(Labelled):
    """How well a day suits a demand."""

    GOOD = "good", "宜"
    FAIR = "fair", "可"
    AVOID = "avoid", "避"
    IMPOSSIBLE = "impossible", "不可"


class DayVerdict(NamedTuple):
    """A day of the candidate month, with the reasons in words."""

    day: date
    verdict: Verdict
    reasons: tuple[str, ...] = ()


class AgendaGroup(Labelled):
    """The groups of 现在要办."""

    OVERDUE = "overdue", "已经逾期"
    AT_RISK = "at_risk", "近期有风险"
    DUE = "due", "近期时限"
    GAP = "gap", "后续待补"


class AgendaAction(Labelled):
    """The one thing to do about an entry of 现在要办."""

    EXPLAIN = "explain", "登记说明"
    SCHEDULE = "schedule", "排入"
    CONFIRM = "confirm", "去确认"
    SET_THEME = "set_theme", "定主题"
    RECORD = "record", "登记结果"
    OPEN = "open", "去处理"


class DeadlineItem(NamedTuple):
    """One day by which something has to be done.

    ``key`` stays the same whatever the day, the title and the state are: the rule, and what it is about.
    ``rule`` and ``clause`` are empty where no rule asks for it. ``estimated``: the day leans on holidays
    not announced yet. ``unit``: who has to act, as far as it is known. ``year``: whose it is, where it is shown
    beside those of another year; its title says so then. ``reports``: the units that report each by itself, and
    whether they have.
    """

    key: str
    title: str
    day: date
    done: bool
    rule: str
    clause: str
    unit: str | None
    estimated: bool
    note: str
    year: int | None = None
    reports: tuple[tuple[str, bool], ...] = ()

    def of_unit(self, unit: str | None) -> "DeadlineItem | None":
        """The deadline as it stands for ``unit`` (None: for the district); None where it has nothing to do."""
        if unit is None or self.unit == unit:
            return self
        done = dict(self.reports).get(unit)
        return None if done is None else self._replace(done=done)

    @property
    def name(self) -> str:
        """``key``, unlike that of the same deadline of another year."""
        return f"{self.year}:{self.key}" if self.year else self.key


class AgendaEntry(NamedTuple):
    """One entry of 现在要办: what (``title``), where and how short (``line``), until when.

    It is about a ``cell``, a ``finding`` or a deadline (``due``). ``year``: whose it is, where it is shown beside
    those of another year; its title says so then.
    """

    group: AgendaGroup
    title: str
    line: str
    deadline: str
    clause: str
    action: AgendaAction
    cell: Cell | None = None
    finding: Finding | None = None
    event: str | None = None
    due: DeadlineItem | None = None
    year: int | None = None
