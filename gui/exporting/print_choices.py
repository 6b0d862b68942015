"""每种打印选了什么：平常的、自己改过的，以及据此要印的那一份。"""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QSizeF

from exports.prints import PrintKind, PrintOptions, options_of, usual_options
from gui.exporting.previewing import PrintOrder
from gui.exporting.print_form import PrintChoice, PrintFacts
from gui.kit.exporter import PDF, Outgoing
from gui.session.plan_versions import PlanVersions
from gui.session.year_session import YearSession

QUARTERS = "一二三四"
_PAPERS = {(595, 842): "A4", (842, 1191): "A3"}
_MASKED = (("mask_phones", "联系人电话"), ("mask_delegates", "列席代表姓名"))


class PrintChoices:
    """What is chosen for each kind of print in the open year; ``of`` a kind is usual until it is changed."""

    def __init__(self, session: YearSession) -> None:
        self._session = session
        self._versions = PlanVersions(session)
        self._changed: dict[PrintKind, PrintChoice] = {}

    def of(self, kind: PrintKind) -> PrintChoice:
        """What is chosen; a 变更通知 begins at the newest release where nothing else was said."""
        usual, chosen = self.usual(kind), self._changed.get(kind)
        if chosen is None:
            return usual
        return chosen if chosen.baseline is not None else chosen._replace(baseline=usual.baseline)

    def usual(self, kind: PrintKind) -> PrintChoice:
        """What is most likely wanted."""
        options = usual_options(kind, self._session.snapshot, self._session.today)
        marks = self._versions.marks()
        return PrintChoice(options, marks[-1].number if marks else None)

    def is_usual(self, kind: PrintKind) -> bool:
        """Whether nothing was chosen otherwise."""
        return kind not in self._changed

    def choose(self, kind: PrintKind, choice: PrintChoice) -> None:
        """From now on ``choice`` is chosen."""
        self._changed[kind] = choice

    def forget(self, kind: PrintKind) -> None:
        """From now on the usual is chosen."""
        self._changed.pop(kind, None)

    def forget_all(self) -> None:
        """From now on the usual is chosen everywhere: it is another year."""
        self._changed.clear()

    def facts(self) -> PrintFacts:
        """What there is to choose from."""
        session = self._session
        return PrintFacts(session.year, session.today, session.snapshot.units, self._versions.marks())

    def order(self, kind: PrintKind) -> PrintOrder:
        """What is to be printed. Raises ``UserError`` where a release cannot be read."""
        choice, versions = self.of(kind), self._versions
        release = choice.options.release
        if kind is not PrintKind.NOTICE or choice.baseline is None:
            year = versions.draft() if release is None else versions.printed(release.number)
            return PrintOrder(kind, year, choice.options)
        year = versions.draft() if release is None else versions.released(release.number)
        labels = (versions.label(choice.baseline), versions.label(release.number if release else None))
        return PrintOrder(kind, year, choice.options, versions.released(choice.baseline), labels)


def outgoing_of(kind: PrintKind, options: PrintOptions, title: str, year: int) -> Outgoing:
    """The print as it leaves: its file is called after the ``title`` it has, else after year, part and kind."""
    name = file_title(kind, options, title, year)
    return Outgoing(kind.value, kind.label, name, PDF, unmasked(kind, options))


def file_title(kind: PrintKind, options: PrintOptions, title: str, year: int) -> str:
    """宝山区2027年第三季度政务公开活动计划（印发稿3）."""
    names = options_of(kind)
    part = ""
    if "quarter" in names and options.quarter is not None:
        part = f"{QUARTERS[options.quarter - 1]}季度"
    elif "month" in names and options.month is not None:
        part = f"{options.month}月"
    release = f"（印发稿{options.release.number}）" if options.release is not None else ""
    words = kind.label.removeprefix("季度") if part.endswith("季度") else kind.label
    return (title.strip() or f"{year}年{part}{words}") + release


def unmasked(kind: PrintKind, options: PrintOptions) -> tuple[str, ...]:
    """What can be read of persons in this print."""
    names = options_of(kind)
    return tuple(words for name, words in _MASKED if name in names and not getattr(options, name))


def pages_line(sizes: Sequence[QSizeF]) -> str:
    """A4 横 · 2 页."""
    first = sizes[0]
    short, long = sorted((round(first.width()), round(first.height())))
    paper = _PAPERS.get((short, long), f"{round(short / 72 * 25.4)}×{round(long / 72 * 25.4)} 毫米")
    way = "横" if first.width() > first.height() else "竖"
    return f"{paper} {way} · {len(sizes)} 页"
