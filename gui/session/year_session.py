"""年度会话：一个数据文件、其中打开的年度、它的检查结果，以及改动它的唯一途径。"""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator
from contextlib import suppress
from datetime import datetime
from functools import cached_property, partial
from typing import TYPE_CHECKING, NamedTuple, TypeVar

from PySide6.QtCore import QObject, QTimer, Signal

from gui.services.logs import trace_words
from gui.session.messages import UNDO, Action, Messages
from gui.session.redaction import hide, redacted_record
from gui.session.release_guard import DeclinedError, ReleaseGuard, StillAskingError, UnaskedError
from gui.session.since_release import ReleaseMemory, SinceRelease
from models import queries
from models.domain.changes import ChangeSet
from models.domain.dated_settings import year_on
from models.domain.errors import BusyError, CommandError, StoreError, UserError
from models.domain.masking import NOBODY, masks_of
from models.domain.rules import RuleSet
from models.domain.snapshot import YearSnapshot
from models.domain.year import Year
from models.rulesets import ruleset_for
from models.store import Store
from planners.agenda import agenda
from planners.checks import check_year
from planners.masked import Shown, shown_on_screen
from planners.results import AgendaEntry, YearCheck

if TYPE_CHECKING:
    from gui.session.other_years import OtherYears
    from gui.session.waiting import MakeNotice, Waiting
    from models.unreadable import UnreadableRow
    from planners.open_years import OpenYear

_MINUTE = 60_000
_WHOLE_YEAR = "undo-year"
_PROMPT = 120
"""Milliseconds that the window stands still at most for another program that holds the data file."""
_SETTLED, _AT_REST = 600, 150
"""Milliseconds after which the other years are looked at: after the first picture, and after a step."""
_ROUNDS = 20
_Answer = TypeVar("_Answer")
_VERBS = (
    "新建",
    "移动",
    "修改",
    "登记",
    "导入",
    "删除",
    "更新",
    "撤回",
    "新增",
    "采纳",
    "排入",
    "恢复",
    "复制",
    "取消停排",
    "放回",
)


class Trouble(NamedTuple):
    """Why a year cannot be opened: in words, and the rows to blame as far as they are known."""

    year: int
    words: str
    rows: tuple[UnreadableRow, ...] = ()


class YearSession(QObject):
    """The year that is open. ``changed``: snapshot and check are new; ``year_changed``: it is another year;
    ``saved``: the words on saving are new; ``held``: changes are refused from now on, or allowed again; ``done`` carries the
    ``ChangeSet`` of a step that was just stored (not of an undo); ``beside_changed``: what is open in other years is new.

    Every change goes through ``perform`` or ``attempt``: a command, one transaction, one undo step. While another
    program holds the data file they wait, and the window lives on (see ``patiently``).
    """

    changed = Signal()
    year_changed = Signal()
    saved = Signal()
    held = Signal()
    done = Signal(object)
    beside_changed = Signal()

    def __init__(
        self,
        store: Store,
        messages: Messages,
        *,
        clock: Callable[[], datetime] = datetime.now,
        make_notice: MakeNotice | None = None,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self.store = store
        self.messages = messages
        store.database.be_patient(_PROMPT)
        self._make_notice = make_notice
        self._clock = clock
        self._snapshot: YearSnapshot | None = None
        self._check: YearCheck | None = None
        self._agenda: tuple[AgendaEntry, ...] | None = None
        self._redacted: Shown | None = None
        self._titles: tuple[str | None, str | None] = None, None
        self._years = queries.years(store)
        self._memory = ReleaseMemory(store)
        self._since: tuple[YearSnapshot, SinceRelease | None] | None = None
        self.guard = ReleaseGuard()
        """Asks before a step departs from what was released; undo and redo pass."""
        self.guard.follow(self._since_release)
        self.today = clock().date()
        self.trouble: Trouble | None = None
        """Why no year is open although one was asked for; None otherwise."""
        self.saved_at: datetime | None = None
        self.save_problem = ""
        """Why the last change was not saved, in Chinese; empty where it was."""
        self.remedies: Callable[[UserError], list[Action]] = _no_remedies
        """What else could be done where a command was refused; the buttons of its message."""
        self.hold_reason = ""
        """Why nothing can be changed for the moment; empty where it can."""
        self._midnight = QTimer(self, interval=_MINUTE)
        self._midnight.timeout.connect(self.notice_midnight)
        self._midnight.start()
        self._beside = QTimer(self, singleShot=True, interval=_SETTLED)
        self._beside.timeout.connect(self._look_beside)
        self.changed.connect(self._wait_to_look_beside)

    # what is open

    @property
    def has_year(self) -> bool:
        """Whether a year is open."""
        return self._snapshot is not None

    @property
    def snapshot(self) -> YearSnapshot:
        """The facts of the open year."""
        assert self._snapshot is not None, "no year is open"
        return self._snapshot

    @property
    def check(self) -> YearCheck:
        """What the rules say about the open year today."""
        assert self._check is not None, "no year is open"
        return self._check

    @property
    def redacted(self) -> Shown:
        """Facts and check as they may be looked at: delegates are masked. What is changed is taken from ``snapshot``."""
        if self._redacted is None:
            self._redacted = shown_on_screen(self.snapshot, self.check)
        return self._redacted

    @property
    def agenda(self) -> tuple[AgendaEntry, ...]:
        """What has to be done in the open year, as of today; put together once for all that ask."""
        if self._agenda is None:
            snapshot, check, _ = self.redacted
            self._agenda = agenda(check, snapshot)
        return self._agenda

    @cached_property
    def _others(self) -> OtherYears:
        from gui.session.other_years import OtherYears

        return OtherYears(self.store)

    @property
    def beside(self) -> tuple[OpenYear, ...]:
        """What is open in the other years of the data file, as far as they were looked at by now."""
        return self._others.known(self._years_beside) if "_others" in self.__dict__ else ()

    @property
    def _years_beside(self) -> list[int]:
        return [year for year in self._years if self._snapshot is not None and year != self._snapshot.year]

    def read_beside(self) -> tuple[OpenYear, ...]:
        """All that is open in the other years, as it is now. Raises ``BusyError``."""
        for year in self._others.lacking(self._years_beside, self.today):
            self._others.read(year, self.today)
        return self.beside

    def _wait_to_look_beside(self) -> None:
        """Once nothing moves; at the start this counts from when the window lives, not from when it is made."""
        if len(self._years) > 1:
            QTimer.singleShot(0, self._beside, self._beside.start)

    def _look_beside(self) -> None:
        """One year at a time, between two events of the window; later while another program holds the file."""
        self._beside.setInterval(_AT_REST)
        with suppress(BusyError):
            lacking = self._others.lacking(self._years_beside, self.today)
            if lacking and self._others.read(lacking[0], self.today):
                self.beside_changed.emit()
            if len(lacking) > 1:
                QTimer.singleShot(0, self, self._look_beside)

    @property
    def since_release(self) -> SinceRelease | None:
        """How the draft stands to the last release of the open year; None before the first.

        What was known last, while another program holds the data file.
        """
        try:
            return self._since_release()
        except BusyError:
            return self._since[1] if self._since else None

    def _since_release(self) -> SinceRelease | None:
        snapshot = self._snapshot
        if snapshot is None:
            return None
        if self._since is None or self._since[0] is not snapshot:
            self._since = snapshot, self._memory.since(snapshot)
        return self._since[1]

    @property
    def ruleset(self) -> RuleSet:
        """The rules that apply to the open year, its own readings included."""
        return self.check.ruleset

    @property
    def row(self) -> Year:
        """The row of the open year with its settings as they stand today; changes take that of ``snapshot``."""
        return year_on(self.snapshot.year_row, self.today)

    @property
    def year(self) -> int:
        """The open year."""
        return self.snapshot.year

    @property
    def read_only(self) -> bool:
        """Whether nothing can be changed; ``read_only_reason`` says why."""
        return self.store.read_only or bool(self.hold_reason)

    @property
    def read_only_reason(self) -> str:
        """Why nothing can be changed; empty where it can."""
        return self.hold_reason or self.store.read_only_reason

    @property
    def is_demo(self) -> bool:
        """Whether the open year is the invented one."""
        return self._snapshot is not None and self._snapshot.year_row.setting("demo") is True

    def years(self) -> tuple[int, ...]:
        """The years of the data file."""
        return self._years

    def open_year(self, year: int) -> None:
        """Afterwards ``year`` is open. Where it cannot be: with another year open this is told in a message and
        nothing changed, else ``trouble`` says why.
        """
        if self.has_year:
            try:
                self._load(year)
            except UserError as error:
                self.messages.error(error)
                return
        else:
            self.trouble = self._trouble_with(year)
        self.year_changed.emit()
        self.changed.emit()

    def _trouble_with(self, year: int) -> Trouble | None:
        """Load ``year``; what is in the way where it cannot be, be it a fault of ours: the start goes on."""
        try:
            self._load(year)
        except UserError as error:
            return Trouble(year, f"{error.what}{error.effect}", self._rows_to_blame(year))
        except Exception as error:  # noqa: BLE001  ours or the data's: it is logged, and the start goes on
            words = trace_words(type(error), error.__traceback__)  # places only: no value goes into the log
            logging.getLogger(__name__).error("%s", words)  # noqa: TRY400
            words = f"{year} 年度读得出来，规则检查却没有做完；数据没有改动，原因已写进日志。"
            return Trouble(year, words, self._rows_to_blame(year))
        return None

    def _rows_to_blame(self, year: int) -> tuple[UnreadableRow, ...]:
        try:
            found = queries.readable_part(self.store, year)
        except UserError:
            return ()  # the file itself is at fault, which was said
        hide(masks_of(found.snapshot))
        return found.left_out

    def open_nearest_year(self) -> None:
        """Open this year, else the nearest one to come, else the last one; nothing where there is none."""
        known = self.years()
        if not known:
            return
        ahead = [year for year in known if year >= self.today.year]
        self.open_year(ahead[0] if ahead else known[-1])

    # what is changed

    def hold(self, reason: str) -> None:
        """Afterwards every change is refused with ``reason``; "" allows them again."""
        if reason != self.hold_reason:
            self.hold_reason = reason
            self.held.emit()

    @cached_property
    def waiting(self) -> Waiting:
        """How it is waited for another program; made at the first step, not before the window stands."""
        from gui.session.waiting import Waiting

        return Waiting(self._make_notice, self)

    def _refuse_while_held(self) -> None:
        if self.hold_reason:
            raise CommandError(f"{self.hold_reason}。", "没有改动。")

    def patiently(self, step: Callable[[], _Answer]) -> _Answer:
        """What ``step`` answers, carried out once no other program holds the data file.

        The window lives on meanwhile and takes no changes. ``BusyError`` where the user waits no longer.
        """
        free = self.store.database.is_free
        if self.waiting.active or not (self.store.read_only or free()):
            self.waiting.until(free)
        return self._read(step)

    def _read(self, step: Callable[[], _Answer]) -> _Answer:
        """Like ``patiently``, for what can be done beside other readers."""
        for _ in range(_ROUNDS):
            try:
                return step()
            except BusyError:
                self.waiting.until(self.store.database.is_free)
        return step()

    def attempt(self, command: Callable[..., ChangeSet | None], *args: object) -> ChangeSet | None:
        """Run ``command(store, *args)`` and show the year as it is then.

        Raises the command's ``UserError``, nothing changed: for dialogs, which say it themselves.
        """
        kept = [tuple(arg) if isinstance(arg, Iterator) else arg for arg in args]
        try:
            self._refuse_while_held()
            done = self.patiently(partial(self._carry_out, command, kept))
        except StoreError as error:
            self.save_problem = error.what
            self.saved.emit()
            raise
        self._note_saved()
        self.messages.withdraw(_WHOLE_YEAR)
        self._look_for_years()
        self.refresh()
        if done is not None and done.changes:
            self.done.emit(done)
        return done

    def attempt_and_tell(self, command: Callable[..., ChangeSet | None], *args: object) -> ChangeSet | None:
        """``attempt`` of ``command(store, year, *args)``; what was done is said with 撤销."""
        done = self.attempt(command, self.year, *args)
        if done is not None and done.changes:
            self.tell_done(done)
        return done

    def _carry_out(self, command: Callable[..., ChangeSet | None], kept: list[object]) -> ChangeSet | None:
        """Run ``command``; where it departs from the last release, ask first and run it then."""
        self.store.before_step = self.guard.require_asked
        try:
            return command(self.store, *kept)
        except UnaskedError as unasked:
            self.guard.settle(unasked)
            return command(self.store, *kept)
        finally:
            self.store.before_step = None

    def perform(
        self, command: Callable[..., ChangeSet | None], *args: object, toast: bool = False
    ) -> ChangeSet | None:
        """Like ``attempt``; an error is said in a message and gives None. ``toast``: say what was done, with 撤销."""
        before = self._check
        kept = [tuple(arg) if isinstance(arg, Iterator) else arg for arg in args]
        try:
            done = self.attempt(command, *kept)
        except StillAskingError:
            return None
        except DeclinedError as declined:
            self.messages.toast(declined.what)
            return None
        except BusyError as error:
            again = partial(self.perform, command, *kept, toast=toast)
            self.messages.error(error, [Action("再做一次", again)])
            return None
        except UserError as error:
            self.messages.error(error, self.remedies(error))
            return None
        self.messages.withdraw("error")
        if toast and done is not None and done.changes:
            self.tell_done(done, before)
        return done

    def tell_done(self, done: ChangeSet, before: YearCheck | None = None) -> None:
        """Say for six seconds what was done, and which rules are worse than ``before``, with 撤销."""
        words = done_words(done.title)
        if before is not None and self._check is not None and before.year == self._check.year:
            from planners.consequences import consequences

            words = "；".join((words, *consequences(done, before, self._check, self.snapshot)))
        self.messages.toast(words, Action(UNDO, self.undo, "Ctrl+Z"))

    def undo(self) -> None:
        """Take the newest step back, also one of an earlier start; one that made a whole year is asked about."""
        try:
            year = None if self.read_only else self._read(self._year_that_undo_removes)
        except UserError as error:
            self.messages.error(error)
            return
        if year is None:
            self._undo()
            return
        words = f"再撤销就是“{self.undo_title}”了：{year} 年度和其中的活动都会拿掉，可以重做。"
        self.messages.bar("warning", words, [Action("仍要撤销", self._undo)], topic=_WHOLE_YEAR)

    def _year_that_undo_removes(self) -> int | None:
        return queries.year_that_undo_removes(self.store)

    def _undo(self) -> None:
        from models.commands import undo

        self._step(undo, "没有可以撤销的操作。")

    def redo(self) -> None:
        """Do the step undone last again."""
        from models.commands import redo

        self._step(redo, "没有可以重做的操作。")

    def _step(self, command: Callable[[Store], ChangeSet | None], nothing: str) -> None:
        before = self._snapshot.year if self._snapshot else None
        self.messages.withdraw(_WHOLE_YEAR)
        try:
            self._refuse_while_held()
            done = self.patiently(partial(command, self.store))
        except UserError as error:
            self.messages.error(error)
            return
        if done is None:
            self.messages.toast(nothing)
            return
        self._note_saved()
        self._look_for_years()
        self._show_after(done, before)
        self.messages.toast(f"已{done.title}" if done.title.startswith(("撤销", "重做")) else done.title)

    def _show_after(self, done: ChangeSet, before: int | None) -> None:
        """Show the year that was touched; where it is gone, the nearest one, or none."""
        known = self.years()
        if done.year in known:
            if done.year == before:
                self.refresh()
            else:
                self.open_year(done.year)
        elif before is not None and before != done.year:
            self.refresh()
        else:
            self.close_year()
            self.open_nearest_year()

    def close_year(self) -> None:
        """Afterwards no year is open."""
        self._snapshot = self._check = self._redacted = self._agenda = self.trouble = None
        hide(NOBODY)
        self.year_changed.emit()
        self.changed.emit()

    @property
    def undo_title(self) -> str | None:
        """The name of the step that 撤销 takes back; delegates are masked in it."""
        return None if self.read_only else _redacted_title(self._newest_titles()[0])

    @property
    def redo_title(self) -> str | None:
        """The name of the step that 重做 does again; delegates are masked in it."""
        return None if self.read_only else _redacted_title(self._newest_titles()[1])

    def _newest_titles(self) -> tuple[str | None, str | None]:
        """What 撤销 and 重做 would do; as last known while another program holds the data file, or the log is no text."""
        with suppress(StoreError):
            self._titles = queries.undo_title(self.store), queries.redo_title(self.store)
        return self._titles

    # what is looked at anew

    def refresh(self) -> None:
        """Read the open year again and check it."""
        if self._snapshot is None:
            return
        try:
            self._load(self._snapshot.year)
        except UserError as error:
            self.messages.bar(
                "danger",
                f"规则检查未完成：{error}显示的是上一次的结果。",
                [Action("重试", self.refresh)],
                topic="check",
            )
            return
        self.messages.withdraw("check")
        self.changed.emit()

    def notice_midnight(self) -> None:
        """When the day has changed, check again against the new day."""
        now = self._clock().date()
        if now != self.today:
            self.today = now
            self.refresh()

    def _look_for_years(self) -> None:
        """What was stored stays stored, even if it cannot be looked at for the moment."""
        with suppress(BusyError):
            self._years = self._read(partial(queries.years, self.store))

    def _load(self, year: int) -> None:
        """Snapshot and check replaced together, or neither."""
        snapshot = self._read(partial(queries.year_snapshot, self.store, year))
        row = snapshot.year_row
        ruleset = ruleset_for(year, row.ruleset, dict(row.settings))
        check = check_year(snapshot, self.today, ruleset)
        self._snapshot, self._check, self._redacted, self._agenda = snapshot, check, None, None
        hide(masks_of(snapshot))

    def _note_saved(self) -> None:
        self.saved_at = self._clock()
        self.save_problem = ""
        self.saved.emit()


def _redacted_title(title: str | None) -> str | None:
    return None if title is None else redacted_record(title)


def _no_remedies(_: UserError) -> list[Action]:
    return []


def done_words(title: str) -> str:
    """What was done, said after the fact: 移动“民法典” gives 已移动“民法典”."""
    return f"已{title}" if title.startswith(_VERBS) else title
