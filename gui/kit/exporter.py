"""导出：窗口里一切文件的唯一出口。先做好字节，问清姓名电话，再一次写成，记下一笔。"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import NamedTuple

from PySide6.QtCore import QObject, QUrl, Signal
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QWidget
from shiboken6 import isValid

from exports.files import remove_leftovers, safe_name, write_atomically
from gui.kit.asking import ask_where_to_save
from gui.kit.form import FormDialog
from gui.services.program_settings import SettingsFile
from gui.session.messages import Action, error_words
from gui.session.redaction import redacted_record
from gui.session.runner import Runner, RunProgress
from gui.session.year_session import YearSession
from models import commands
from models.domain.errors import UserError
from models.domain.snapshot import YearSnapshot
from models.export_log import LoggedExport, log_export, recent_exports
from models.own_files import require_foreign

NO_PRINTER = "no-printer"
"""Topic of the bar that offers a PDF instead; gone once one was saved."""
READ_ONLY_NOTE = "数据文件只读，没有记入导出记录"
PDF, CALENDAR, PACKAGE = "PDF 文件 (*.pdf)", "日历文件 (*.ics)", "年度数据包 (*.json)"
EXCEL, WORD = "Excel 工作簿 (*.xlsx)", "Word 文档 (*.docx)"


class Made(NamedTuple):
    """What an export made: its bytes, what has to be said about them, and the events it published."""

    data: bytes
    warnings: tuple[str, ...] = ()
    published: tuple[str, ...] = ()


class Outgoing(NamedTuple):
    """What is about to leave the office.

    ``kind`` as the log names it, ``words`` for people, the file's ``name`` without its suffix, its
    ``pattern`` as a file dialog wants it; ``unmasked`` names what can be read of persons (联系人电话).
    """

    kind: str
    words: str
    name: str
    pattern: str
    unmasked: tuple[str, ...] = ()

    @property
    def file_name(self) -> str:
        """The name with its suffix, fit for every system; it names no delegate."""
        return f"{safe_name(redacted_record(self.name))}.{self.pattern.partition('*.')[2].rstrip(')')}"


class Recent(NamedTuple):
    """An export of the log; ``path`` where the file is still there."""

    export: LoggedExport
    path: Path | None


class Exporter(QObject):
    """The exports of the window. ``exported``: something has left, the log is new."""

    exported = Signal()

    def __init__(
        self, session: YearSession, runner: Runner, window: QWidget, settings: SettingsFile | None = None
    ) -> None:
        super().__init__(window)
        self._session = session
        self._runner = runner
        self._window = window
        self._settings = settings
        self.folder = ""

    # one way out

    def save(self, outgoing: Outgoing, made: Made) -> None:
        """Ask where to and write what is made already, where the user wants it."""
        if (target := self._asked(outgoing)) is not None:
            self._write(outgoing, target, made)

    def make_and_save(self, outgoing: Outgoing, make: Callable[[], Made]) -> None:
        """Ask where to, make the bytes in the background, and write them."""
        if (target := self._asked(outgoing)) is not None:
            work = partial(_without_progress, make)
            self._runner.run(f"导出{outgoing.words}", work, partial(self._write, outgoing, target))

    def write(self, outgoing: Outgoing, target: Path, made: Made) -> None:
        """Write what is made to ``target``, which was asked for already."""
        self.folder = str(target.parent)
        self._write(outgoing, target, made)

    def confirm(self, outgoing: Outgoing) -> bool:
        """Whether it may leave: names and numbers that can be read are confirmed first."""
        if not outgoing.unmasked:
            return True

        logged = not self._session.store.read_only
        return bool(
            UnmaskedDialog(outgoing.words, outgoing.unmasked, logged=logged, parent=self._window).exec()
        )

    def note(
        self, outgoing: Outgoing, name: str, target: Path | None = None, year: int | None = None
    ) -> bool:
        """Write into the log of ``year`` (None: the open one) that ``name`` has left, and remember where it lies,
        unless a delegate is named there.

        False where nothing is logged.
        """
        session = self._session
        if session.store.read_only:
            return False
        of = session.year if year is None else year
        try:
            write = partial(
                log_export, session.store, of, outgoing.kind, name, unmasked=bool(outgoing.unmasked)
            )
            logged = session.patiently(write)
        except UserError as error:
            session.messages.error(error)
            return False
        if target is not None and self._settings is not None and redacted_record(str(target)) == str(target):
            self._settings.remember_export(self._place_key(logged), target)
        self.exported.emit()
        return True

    def recent(self, limit: int) -> tuple[Recent, ...]:
        """The newest exports of the year, newest first."""
        session = self._session
        return tuple(
            Recent(logged, self._place_of(logged))
            for logged in recent_exports(session.store, session.year, limit)
        )

    def _place_key(self, logged: LoggedExport) -> str:
        return f"{self._session.store.installation}:{logged.number}"

    def _place_of(self, logged: LoggedExport) -> Path | None:
        places: Mapping[str, str] = self._settings.values.exports if self._settings else {}
        place = places.get(self._place_key(logged), "")
        return Path(place) if place and Path(place).exists() else None

    def _asked(self, outgoing: Outgoing) -> Path | None:
        """Where it is to go, once it may leave at all."""
        if not self.confirm(outgoing):
            return None
        title = f"导出 {outgoing.name}"
        path = ask_where_to_save(self._window, title, self.folder, outgoing.file_name, outgoing.pattern)
        if path is not None:
            self.folder = str(path.parent)
        return path

    def _write(self, outgoing: Outgoing, target: Path, made: Made) -> None:
        """Published events are marked first: marked and not written costs a sequence number, the other way
        round colleagues would miss a change."""
        session = self._session
        try:
            require_foreign(session.store.path, target)
        except UserError as error:
            self._tell_failed(outgoing, target, made, error)
            return
        try:
            if made.published and not session.store.read_only:
                session.patiently(
                    partial(commands.mark_exported, session.store, session.year, made.published)
                )
        except UserError as error:
            session.messages.error(error)
            return
        self._runner.run(
            f"写入{target.name}",
            partial(_written, target, made.data),
            partial(self._tell_written, outgoing, target, made),
            failed=partial(self._tell_failed, outgoing, target, made),
        )

    def _tell_written(self, outgoing: Outgoing, target: Path, made: Made, _: object) -> None:
        session = self._session
        if not isValid(self) or not session.has_year:  # the data file was closed meanwhile
            return
        for topic in ("export-failed", NO_PRINTER):
            session.messages.withdraw(topic)
        if made.published:
            session.refresh()
        logged = self.note(outgoing, target.name, target)
        words = f"已导出 {target.name}" if logged else f"已导出 {target.name}（{READ_ONLY_NOTE}）"
        session.messages.toast(words, Action("打开所在文件夹", partial(open_folder, target.parent)))
        if made.warnings:
            session.messages.bar("warning", "；".join(made.warnings), topic="export")

    def _tell_failed(self, outgoing: Outgoing, target: Path, made: Made, error: UserError) -> None:
        """The bytes are kept: they can be written again, or elsewhere."""
        actions = (
            Action("另存到其他位置…", partial(self._save_elsewhere, outgoing, made)),
            Action("重试", partial(self._write, outgoing, target, made)),
        )
        words = f"{error_words(error)}做好的内容还在。"
        self._session.messages.bar("danger", words, actions, topic="export-failed")

    def _save_elsewhere(self, outgoing: Outgoing, made: Made) -> None:
        path = ask_where_to_save(
            self._window, f"导出 {outgoing.name}", "", outgoing.file_name, outgoing.pattern
        )
        if path is not None:
            self.folder = str(path.parent)
            self._write(outgoing, path, made)

    # what pages export without leaving them

    def export_events(self, keys: Sequence[str]) -> None:
        """The calendar publish file of the events ``keys``."""
        snapshot = self._session.snapshot
        outgoing = Outgoing("ical", "日历", f"{snapshot.year}年选中的{len(keys)}场活动", CALENDAR)
        self.make_and_save(outgoing, partial(made_calendar, snapshot, frozenset(keys)))


def open_folder(folder: Path) -> None:
    """Show ``folder`` in the system's file browser."""
    QDesktopServices.openUrl(QUrl.fromLocalFile(str(folder)))


def _without_progress(make: Callable[[], Made], _: RunProgress) -> Made:
    return make()


def _written(target: Path, data: bytes, _: RunProgress) -> None:
    remove_leftovers(target.parent)
    write_atomically(target, data)


def made_calendar(snapshot: YearSnapshot, keys: frozenset[str]) -> Made:
    """The calendar of the events ``keys``, and those of them that it publishes for the first time."""
    from exports.ical import calendar_bytes, exported_keys

    data = calendar_bytes(snapshot, keys=keys)
    published = exported_keys(snapshot, keys=keys)
    return Made(data, published=tuple(key for key in published if not snapshot.stamps[key].exported))


LOGGED = "这次导出会记入导出记录（时间、用户、名称）。"


NOT_LOGGED = "数据文件只读，这次导出不会记入导出记录。"


class UnmaskedDialog(FormDialog):
    """Asks whether telephone numbers or names may leave; nothing leaves unless it is accepted."""

    def __init__(
        self, words: str, shown: Sequence[str], *, logged: bool, parent: QWidget | None = None
    ) -> None:
        super().__init__("确认露出个人信息", "确认导出", parent, width=480)
        self.add_heading(f"“{words}”将露出个人信息")
        self.words = (
            f"没有隐去：{'、'.join(shown)}。",
            "收到文件或纸张的人都能看到。只在工作必需时这样做，用后收回或销毁。",
            LOGGED if logged else NOT_LOGGED,
        )
        for line, role in zip(self.words, ("", "secondary", "caption"), strict=True):
            self.add_words(line, role)
        self.back_button.setFocus()
