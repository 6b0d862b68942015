"""数据文件上的事：新建年度、打开、演示、导入数据包、备份与恢复。"""

from __future__ import annotations

from functools import cached_property, partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from exports.files import write_atomically
from gui.kit.asking import ask_what_to_open, ask_where_to_save
from gui.kit.exporter import PACKAGE, Outgoing, open_folder
from gui.services import opening
from gui.session.messages import Action
from gui.session.runner import RunProgress
from models import commands, queries
from models.backups import backup
from models.domain.errors import UserError
from models.domain.snapshot import YearSnapshot
from models.export_log import log_export
from models.locations import default_path
from models.own_files import require_foreign
from models.restoring import names_coming_back
from models.store import open_store

if TYPE_CHECKING:
    from datetime import datetime

    from gui.intake.sheets import SheetImport
    from gui.shell.frame import WindowFrame
    from gui.shell.new_year import NewYear
    from gui.shell.tools import Tools
    from models.evidence_cleaning import EvidenceState

PACKAGE_KIND = "年度数据包、报送表、日历 (*.json *.xlsx *.ics)"
DATA_KIND = "数据文件 (*.db)"


class DataFiles(QObject):
    """What the window does with whole data files and years."""

    def __init__(self, window: WindowFrame, tools: Tools) -> None:
        super().__init__(window)
        self._window = window
        self._tools = tools

    @cached_property
    def making(self) -> NewYear:
        """The wizard, and the import of the days off."""
        from gui.shell.new_year import NewYear

        return NewYear(self._window, self._tools)

    # another year, another file

    def new_year(self) -> None:
        """Open the page 新建年度 over the window; the year made is shown, its first events are proposed."""
        self.making.open(self.year_to_make())

    def year_to_make(self) -> int:
        """The year that is likely wanted: after the last one; in an empty file this year, from October the next."""
        session = self._window.session
        if session is not None and (known := session.years()):
            return max(known) + 1
        today = session.today if session else self._window.today()
        return today.year + (1 if today.month >= 10 else 0)

    def open_demo(self) -> None:
        """Open the invented year, from a file of its own: real data are never mixed with it."""
        self._window.open_with(partial(opening.open_demo, today=self._window.today()))

    def open_own(self) -> None:
        """Open the user's own data file again."""
        self._window.open_with(partial(open_store, default_path()))

    def open_file(self, path: Path) -> None:
        """Open the data file ``path``."""
        self._window.open_with(partial(open_store, path))

    def ask_for_file(self) -> None:
        """Ask for a data file and open it."""
        chosen = ask_what_to_open(self._window, "打开数据文件", self._folder(), DATA_KIND)
        if chosen is not None:
            self._remember_folder(chosen)
            self.open_file(chosen)

    # packages

    def import_package(self) -> None:
        """Ask for a year package, show what it would change, and make its year as it says, one step.

        A workbook that is chosen instead is previewed as a 报送表.
        """
        session = self._window.session
        if session is None or session.read_only:
            return
        chosen = ask_what_to_open(self._window, "导入年度数据包", self._folder(), PACKAGE_KIND)
        if chosen is not None:
            self._remember_folder(chosen)
            if chosen.suffix.lower() in (".xlsx", ".ics"):
                self.open_sheet(chosen)
                return
            self._window.runner.run("读取年度数据包", partial(_read_package, chosen), self._preview)

    def _preview(self, contents: YearSnapshot) -> None:
        from gui.intake.package_dialog import ImportDialog

        session = self._window.session
        if session is None:
            return
        known = contents.year in session.years()
        try:
            before = queries.year_snapshot(session.store, contents.year) if known else None
        except UserError as error:
            session.messages.error(error)
            return
        changes = commands.differences(before, contents)
        if not changes:
            session.messages.toast(f"{contents.year} 年度与这个数据包完全相同，没有改动")
            return
        dialog = ImportDialog(contents, changes, is_new=before is None, parent=self._window)
        if not dialog.exec():
            return
        done = session.perform(commands.import_year, contents)
        if done is not None:
            session.open_year(done.year)
            session.tell_done(done)

    def export_readable(self) -> None:
        """Write what can be read of the year that cannot be opened as a package, names included, where the user says."""
        session = self._window.session
        if session is None or session.trouble is None:
            return
        year = session.trouble.year
        outgoing = Outgoing(
            "package", "年度数据包", f"{year}年度 读得懂的部分", PACKAGE, ("列席代表的姓名和电话",)
        )
        try:
            part = queries.readable_part(session.store, year)
            if not self._tools.exporter.confirm(outgoing):
                return
            name = outgoing.file_name
            target = ask_where_to_save(self._window, "导出读得懂的部分", self._folder(), name, PACKAGE)
            if target is None:
                return
            require_foreign(session.store.path, target)
            if not session.store.read_only:
                log_export(session.store, year, outgoing.kind, target.name, unmasked=True)
            write_atomically(target, _package_of(part.snapshot))
        except UserError as error:
            session.messages.error(error)
            return
        show = Action("打开所在文件夹", partial(open_folder, target.parent))
        session.messages.toast(f"已导出为 {target.name}；另有 {len(part.left_out)} 处没有带上", show)

    # sheets that units return

    def import_sheet(self) -> None:
        """Ask for a 报送表 (or a catalogue of decisions) and preview what its rows would do."""
        if (work := self._sheet_import()) is not None:
            work.ask()

    def open_sheet(self, path: Path) -> None:
        """Preview what the rows of the workbook at ``path`` would do."""
        if (work := self._sheet_import()) is not None:
            work.open(path)

    def _sheet_import(self) -> SheetImport | None:
        from gui.intake.sheets import SheetImport

        window, session = self._window, self._window.session
        if session is None or not session.has_year:
            window.messages.toast("请先打开或新建一个年度，再导入报送表")
            return None
        return SheetImport(session, window.runner, window, self._folder(), self._remember_folder)

    # backups

    def backup_now(self) -> None:
        """Make a backup by hand and say where it is."""
        session = self._window.session
        if session is None:
            return
        try:
            path = session.patiently(partial(opening.named_backup, session.store))
        except UserError as error:
            session.messages.error(error)
            return
        show = Action("打开所在文件夹", partial(open_folder, path.parent))
        session.messages.toast(f"已备份为 {path.name}", show)

    def open_a_copy(self) -> None:
        """Save a checked copy of the data, the evidence beside it, where the user says, and open that."""
        session = self._window.session
        if session is None:
            return
        name = f"{session.store.path.stem} 副本.db"
        target = ask_where_to_save(self._window, "另存副本", self._folder(), name, DATA_KIND)
        if target is None:
            return
        try:
            session.patiently(partial(backup, session.store, target))
        except UserError as error:
            session.messages.error(error)
            return
        self.open_file(target)

    def ask_for_backup(self) -> None:
        """Ask for a backup and put it in the place of the data file, which is kept aside."""
        self.restore_chosen(None)

    def restore_chosen(self, backup: Path | None) -> None:
        """Like ``ask_for_backup``, with ``backup`` chosen already: it is only to be confirmed."""
        from gui.data_files.restore_dialog import RestoreDialog

        dialog = RestoreDialog(self._window.data_file, self._window, backup)
        if dialog.exec() and dialog.chosen is not None:
            self._restore(dialog.chosen, erase=dialog.erases)

    def restore_at_once(self, backup: Path) -> None:
        """Put ``backup`` in the place of a damaged data file; asked only where erased names would come back."""
        try:
            coming_back = names_coming_back(self._window.data_file, backup)
        except UserError as error:
            self._window.messages.error(error)
            return
        if coming_back:
            self.restore_chosen(backup)
        else:
            self._restore(backup, erase=False)

    def _restore(self, backup: Path, *, erase: bool) -> None:
        window, where = self._window, self._window.data_file
        try:
            aside = opening.restore_backup(where, backup, window.close_session, erase=erase)
        except UserError as error:
            reopened = window.open_with(partial(open_store, where))
            window.messages.error(error, () if reopened else window.remedies(error))
            return
        if window.open_with(partial(open_store, where)):
            window.messages.toast(f"已恢复；原来的数据放在 {aside.name}" if aside else "已恢复")
            self._tell_missing_evidence(where)

    def _tell_missing_evidence(self, where: Path) -> None:
        """Say which evidence files the data restored name and the folder does not hold."""
        from models.evidence_backup import evidence_problems

        if problems := evidence_problems(where, thoroughly=False):
            more = f"等 {len(problems)} 份" if len(problems) > 3 else ""
            self._window.messages.bar("warning", "".join(problems[:3]) + more, topic="evidence")

    def clean_evidence(self) -> None:
        """Look in the background which evidence files nothing needs; ask, and move these aside."""
        session = self._window.session
        if session is not None:
            work = partial(_evidence_state, session.store.path, session.store.clock())
            self._window.runner.run("查看佐证文件", work, self._offer_cleaning)

    def _offer_cleaning(self, state: EvidenceState) -> None:
        from gui.event.evidence.clean_dialog import CleanDialog

        session = self._window.session
        if session is not None:
            dialog = CleanDialog(session, state, self._window)
            dialog.exec()
            dialog.deleteLater()

    def _folder(self) -> str:
        return self._window.settings.values.last_folder

    def _remember_folder(self, chosen: Path) -> None:
        self._window.settings.change(last_folder=str(chosen.parent))


def _read_package(path: Path, _: RunProgress) -> YearSnapshot:
    from exports.package import read_package_file

    return read_package_file(path)


def _package_of(snapshot: YearSnapshot) -> bytes:
    from exports.package import write_package

    return write_package(snapshot)


def _evidence_state(data_file: Path, now: datetime, _: RunProgress) -> EvidenceState:
    from models.evidence_cleaning import evidence_state

    return evidence_state(data_file, now)
