"""导出：年度数据包、日历、季度活动计划。内容先在后台做好，再一次写成文件。"""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import NamedTuple

from PySide6.QtCore import QObject, QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QWidget

from exports.files import safe_name, write_atomically
from gui.messages import Action
from gui.operations.asking import ask_where_to_save
from gui.operations.runner import Progress, Runner
from gui.operations.session import YearSession
from models import commands
from models.domain.errors import UserError
from models.domain.events import Campaign
from models.domain.snapshot import YearSnapshot
from planners.results import YearCheck


class Made(NamedTuple):
    """What an export made: its bytes, what has to be said about them, and the events it published."""

    data: bytes
    warnings: tuple[str, ...] = ()
    published: tuple[str, ...] = ()


class Exporter(QObject):
    """The exports of the window. Each asks for a file, works in the background and says where the file is."""

    def __init__(self, session: YearSession, runner: Runner, window: QWidget) -> None:
        super().__init__(window)
        self._session = session
        self._runner = runner
        self._window = window
        self.folder = ""

    def export_package(self) -> None:
        """The whole year as a data package."""
        snapshot = self._session.snapshot
        target = self._ask(f"{snapshot.year}年度数据包", "json", "年度数据包 (*.json)")
        if target:
            self._start("导出年度数据包", partial(_package, snapshot), target)

    def export_calendar(self, campaign: Campaign | None = None, unit: str | None = None) -> None:
        """The calendar publish file of the year, a campaign or a unit."""
        snapshot = self._session.snapshot
        part = campaign.label if campaign else snapshot.unit_name(unit) if unit else "全部活动"
        target = self._ask(f"{snapshot.year}年{part}", "ics", "日历文件 (*.ics)")
        if target:
            self._start("导出日历", partial(_calendar, snapshot, campaign, unit), target)

    def export_events(self, keys: Sequence[str]) -> None:
        """The calendar publish file of the events ``keys``."""
        snapshot = self._session.snapshot
        target = self._ask(f"{snapshot.year}年选中的{len(keys)}场活动", "ics", "日历文件 (*.ics)")
        if target:
            self._start("导出日历", partial(_calendar, snapshot, None, None, frozenset(keys)), target)

    def ask_for_calendar(self) -> None:
        """Ask which events the calendar is to hold, then export it."""
        from gui.dialogs.calendar_dialog import CalendarDialog

        dialog = CalendarDialog(self._session, self._window)
        if dialog.exec():
            self.export_calendar(*dialog.scope)

    def export_quarter(self, quarter: int) -> None:
        """The plan of a quarter as PDF."""
        session = self._session
        name = f"{session.snapshot.year_row.district}{session.year}年第{'一二三四'[quarter - 1]}季度政务公开活动计划"
        target = self._ask(name, "pdf", "PDF 文件 (*.pdf)")
        if target:
            self._start(
                "导出季度活动计划", partial(_quarter, session.snapshot, session.check, quarter), target
            )

    def _ask(self, name: str, suffix: str, kind: str) -> Path | None:
        file_name = f"{safe_name(name)}.{suffix}"
        path = ask_where_to_save(self._window, f"导出 {name}", self.folder, file_name, kind)
        if path is not None:
            self.folder = str(path.parent)
        return path

    def _start(self, title: str, make: partial[Made], target: Path) -> None:
        self._runner.run(title, partial(_without_progress, make), partial(self._write, target))

    def _write(self, target: Path, made: Made) -> None:
        session = self._session
        try:
            if made.published and not session.store.read_only:
                commands.mark_exported(session.store, session.year, made.published)
            write_atomically(target, made.data)
        except UserError as error:
            session.messages.error(error)
            return
        if made.published:
            session.refresh()
        session.messages.toast(
            f"已导出 {target.name}", Action("打开所在文件夹", partial(open_folder, target.parent))
        )
        if made.warnings:
            session.messages.bar("warning", "；".join(made.warnings), topic="export")


def open_folder(folder: Path) -> None:
    """Show ``folder`` in the system's file browser."""
    QDesktopServices.openUrl(QUrl.fromLocalFile(str(folder)))


def _without_progress(make: partial[Made], _: Progress) -> Made:
    return make()


def _package(snapshot: YearSnapshot) -> Made:
    from exports.package import write_package

    return Made(write_package(snapshot))


def _calendar(
    snapshot: YearSnapshot,
    campaign: Campaign | None,
    unit: str | None,
    keys: frozenset[str] | None = None,
) -> Made:
    from exports.ical import calendar_bytes, exported_keys

    data = calendar_bytes(snapshot, campaign=campaign, unit=unit, keys=keys)
    published = exported_keys(snapshot, campaign=campaign, unit=unit, keys=keys)
    return Made(data, published=tuple(key for key in published if not snapshot.stamps[key].exported))


def _quarter(snapshot: YearSnapshot, check: YearCheck, quarter: int) -> Made:
    from exports.pdf.quarter_plan import quarter_plan

    plan = quarter_plan(snapshot, check, quarter)
    return Made(plan.data, plan.warnings)
