"""页面：从导航到达的一屏；要对话框或别的页面时用信号说出来。"""

from datetime import date, time
from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from gui.kit.theme import theme
from gui.services.program_settings import SettingsFile
from models.domain.events import Campaign

if TYPE_CHECKING:
    from gui.kit.exporter import Exporter


OVERVIEW, CALENDAR, LEDGER, RULES = "overview", "calendar", "ledger", "rules"
ATTENDANCE, OPEN_MONTH, EXPORTS, SETTINGS = "attendance", "open_month", "exports", "settings"
"""The names of the pages, by which one is asked for."""

TALL = 760
"""From this height of a page on there is room for the taller head."""


class NewEvent(NamedTuple):
    """What is already known of an event to be made; ``copy_of`` names the event it is to resemble, ``at`` its hour."""

    campaign: Campaign | None = None
    day: date | None = None
    group: str | None = None
    copy_of: str | None = None
    at: time | None = None


class Page(QWidget):
    """A page of the open year. What needs a dialog or another page is asked for by signals.

    ``event_requested`` and the like carry a key (``milestone_requested`` a rule's code), ``new_event_requested`` a ``NewEvent``,
    ``postpone_to_requested``
    an event's key and the day that is proposed for it (None: none), ``explain_requested`` and ``exempt_requested`` a ``Cell``, ``proposal_requested`` an ``Entry`` or
    a ``Proposal``; ``page_requested`` the name of a page and where to go on it (see ``go_to``);
    ``calendar_requested`` the keys of the events that a calendar file is to hold, ``letters_requested`` a decision
    and whether 反馈函 are meant, ``pause_requested`` a day and the ``BlockedPeriod`` to be changed (None: a new one).
    """

    event_requested = Signal(str)
    new_event_requested = Signal(object)
    decision_requested = Signal(str)
    policy_requested = Signal(str)
    milestone_requested = Signal(str)
    zone_requested = Signal(str)
    postpone_requested = Signal(str)
    postpone_to_requested = Signal(str, object)
    cancel_requested = Signal(str)
    result_requested = Signal(str)
    explain_requested = Signal(object)
    exempt_requested = Signal(object)
    plan_requested = Signal()
    gaps_requested = Signal()
    proposal_requested = Signal(object)
    page_requested = Signal(str, object)
    calendar_requested = Signal(object)
    release_requested = Signal()
    catalogue_requested = Signal()
    letters_requested = Signal(str, bool)
    pause_requested = Signal(object, object)
    said = Signal(str)
    lets_out = False
    """Whether anything leaves the program from here: the page is given the one way out then."""

    def head_height(self) -> int:
        """How high the head of the page is: lower in a short window, grown with the text."""
        return round((56 if self.height() >= TALL else 50) * theme().scale)

    def begin_on(self, widget: QWidget) -> None:
        """The keyboard goes to ``widget``, unless it is on the page already."""
        if not self.isAncestorOf(self.window().focusWidget() or self):
            widget.setFocus(Qt.FocusReason.OtherFocusReason)

    def regions(self) -> list[QWidget]:
        """The parts that F6 goes through, in order."""
        return [self]

    def go_to(self, target: object) -> None:
        """Show ``target``: a date, an event's key or a rule's code, whichever the page knows; else nothing."""

    def make_new(self) -> None:
        """Ask for a new event, with what is known of the place that is selected."""
        self.new_event_requested.emit(NewEvent())

    def find(self) -> None:
        """Take the focus to the page's own search field, where it has one."""

    def use_settings(self, settings: SettingsFile) -> None:
        """Take what was remembered of the page from ``settings``, and remember it there from now on."""

    def use_exporter(self, exporter: "Exporter") -> None:
        """Take the one way out, where the page lets anything leave the program."""

    def wait(self) -> None:
        """Stop what goes on in the background: the data file is about to be closed."""


class ExportTarget(NamedTuple):
    """Where to go in the export centre: a kind, and what is known of its options (names as in ``PrintOptions``, and ``baseline``)."""

    kind: str
    options: tuple[tuple[str, object], ...] = ()
