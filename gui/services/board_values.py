"""年度总览的值：行、格、块，都已算好，画图与表格只管取用。"""

from datetime import date
from typing import NamedTuple

from models.domain.events import Campaign, EventStatus, Labelled
from planners.results import Cell, CellState


class LineKind(Labelled):
    """How a line of the board is drawn."""

    MONTHLY = "monthly", "按月"
    THEMED = "themed", "按季，有主题"
    QUARTERLY = "quarterly", "按季"
    EVENTS = "events", "只列活动"
    OPEN_MONTH = "open_month", "开放月"
    ATTENDANCE = "attendance", "列席"


class TownState(Labelled):
    """Whether the year reaches a 街镇."""

    HELD = "held", "已办"
    PLANNED = "planned", "已排"
    NONE = "none", "未排"


class TownTick(NamedTuple):
    """One of the twelve ticks of 走进社区."""

    town: str
    state: TownState


class BoardChip(NamedTuple):
    """An event (or a decision, for 列席) on the board.

    Where the day is not known, ``day`` is the last one that it may be and ``coarse`` says what is known.
    ``steps`` are the nine steps of a decision, ``late`` the first one not done is overdue.
    """

    key: str
    day: date
    short: str
    title: str
    status: EventStatus
    conflict: bool = False
    unrecorded: bool = False
    steps: tuple[bool, ...] = ()
    late: bool = False
    coarse: str = ""

    @property
    def text(self) -> str:
        """Day of the month and 简称, as the chip says it: 13 惠企, 中旬 惠企, 8月 惠企, 三季度 惠企."""
        coarse = self.coarse.removeprefix(f"{self.day.month}月") or self.coarse
        return f"{coarse.removeprefix('第') or self.day.day} {self.short}"

    @property
    def when(self) -> str:
        """8月13日; 8月中旬, 8月, 第三季度 where no more is known."""
        return self.coarse or f"{self.day.month}月{self.day.day}日"


class BoardCell(NamedTuple):
    """A period of a line: months ``first``–``last`` (1–12), its cells of the check and its words.

    ``state`` is the worst of ``cells``, None where the line has no rule there. ``count`` is the
    number shown ("1/1"), ``note`` what follows it ("未确认"), ``badge`` 达宜办, ``ghost`` the month
    in which ＋排入 is offered.
    """

    first: int
    last: int
    cells: tuple[Cell, ...] = ()
    state: CellState | None = None
    count: str = ""
    note: str = ""
    badge: str = ""
    ghost: int | None = None
    theme: str | None = None

    @property
    def is_asked(self) -> bool:
        """Whether a rule asks anything of the period."""
        return self.state is not None and self.state.is_asked

    @property
    def cell(self) -> Cell | None:
        """The cell of the check to act on: the first of the worst state."""
        return next((cell for cell in self.cells if cell.state is self.state), None)


class Pause(NamedTuple):
    """Months of a line in which nothing is planned (暑假), hatched lightly."""

    first: int
    last: int
    reason: str


class BoardLine(NamedTuple):
    """A row of the board. ``group`` is the vertical label; ``words``/``short_words`` the rule in words."""

    key: str
    group: str
    kind: LineKind
    campaign: Campaign | None
    title: str
    words: str
    short_words: str
    counts: str
    cells: tuple[BoardCell, ...]
    chips: tuple[tuple[BoardChip, ...], ...]
    ticks: tuple[TownTick, ...] = ()
    pauses: tuple[Pause, ...] = ()
    remark: str = ""
    stage: str | None = None
    theme_class: str | None = None
    day_counts: tuple[int, ...] = ()
    target: str = ""

    @property
    def part(self) -> str | None:
        """The 学段 or theme class that the line is about."""
        return self.stage or self.theme_class

    def cell_at(self, month: int) -> BoardCell:
        """The cell that covers ``month``."""
        return next(cell for cell in self.cells if cell.first <= month <= cell.last)

    def chips_at(self, month: int) -> tuple[BoardChip, ...]:
        """The chips of ``month``, by day."""
        return self.chips[month - 1]

    def conflicts_in(self, cell: BoardCell) -> tuple[BoardChip, ...]:
        """The chips in conflict in the months of ``cell``, by day."""
        months = range(cell.first, cell.last + 1)
        return tuple(chip for month in months for chip in self.chips_at(month) if chip.conflict)

    @property
    def states(self) -> frozenset[CellState]:
        """Every state that occurs on the line."""
        return frozenset(cell.state for cell in self.cells if cell.state is not None)


class QuarterHead(NamedTuple):
    """The summary over a quarter: its words and the state whose colour they take."""

    text: str
    state: CellState | None


class MonthHead(NamedTuple):
    """A month's working days; ``left`` (today included) only for the current one.

    ``milestones``: the 年度节点 that are due in it and not done, a sentence each.
    """

    workdays: int
    left: int | None = None
    estimated: bool = False
    milestones: tuple[str, ...] = ()


class BoardContents(NamedTuple):
    """Everything the board shows of a year."""

    year: int
    today: date
    lines: tuple[BoardLine, ...]
    quarters: tuple[QuarterHead, QuarterHead, QuarterHead, QuarterHead]
    months: tuple[MonthHead, ...]
    loads: tuple[tuple[date, tuple[tuple[Campaign, int], ...]], ...]
    week_limit: int

    @property
    def current_month(self) -> int | None:
        """The month in which today lies, None in another year."""
        return self.today.month if self.today.year == self.year else None

    def is_past(self, month: int) -> bool:
        """Whether ``month`` is over."""
        return (self.year, month) < (self.today.year, self.today.month)


class BoardFilter(NamedTuple):
    """What the toolbar and the pills let through; None lets everything through."""

    unit: str | None = None
    town: str | None = None
    status: EventStatus | None = None
    state: CellState | None = None
    unmet_only: bool = False

    @property
    def hides_events(self) -> bool:
        """Whether single events are filtered (and not only lines)."""
        return self.unit is not None or self.town is not None or self.status is not None


def conflict_words(line: BoardLine, cell: BoardCell, most: int = 4) -> tuple[str, ...]:
    """How many events of a cell are in conflict and which, in one line; none where none is."""
    found = line.conflicts_in(cell)
    if not found:
        return ()
    named = "、".join(f"{chip.when} {chip.short}" for chip in found[:most])
    return (f"{len(found)} 场有冲突：{named}{'等' if len(found) > most else ''}",)
