"""每种打印选了什么：平常的、自己改过的，以及据此要印的那一份。"""

from __future__ import annotations

from exports.prints import PrintKind, usual_options
from gui.exporting.previewing import PrintOrder
from gui.exporting.print_form import PrintChoice, PrintFacts
from gui.session.plan_versions import PlanVersions
from gui.session.year_session import YearSession


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
