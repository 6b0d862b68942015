"""导入 .xlsx：另一个进程里读，预览，采纳成一步。"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtWidgets import QWidget

from exports.incoming import CATALOGUE, EITHER, NOTHING, most_bytes, read_incoming
from exports.xlsx.reading.values import FileKind, FileReading
from gui.kit.asking import ask_what_to_open
from gui.session.runner import Runner, RunProgress
from gui.session.year_session import YearSession
from models.apart import read_apart, whole_file
from models.domain.events import Campaign
from models.domain.snapshot import YearSnapshot

SHEET_KIND = "Excel 工作簿 (*.xlsx)"
EITHER_KIND = "报送表、决策目录、日历 (*.xlsx *.ics)"


def read_file(
    path: Path, snapshot: YearSnapshot, kind: str, campaign: Campaign | None, progress: RunProgress
) -> tuple[bytes, FileReading]:
    """Bytes and reading of the workbook at ``path``, read in a process of its own; ``InputError`` where it is refused."""
    data = whole_file(path, most_bytes(path), NOTHING)
    asked = data, snapshot, path.name, kind, campaign
    return data, read_apart(read_incoming, asked, path.name, NOTHING, partial(progress.step, 0, 0))


class SheetImport:
    """Imports workbooks into the open year: reads, previews, takes what is ticked as one step.

    ``folder``: where the user was last; ``remember`` is told where they are now.
    """

    def __init__(
        self,
        session: YearSession,
        runner: Runner,
        window: QWidget,
        folder: str = "",
        remember: Callable[[Path], None] | None = None,
    ) -> None:
        self._session = session
        self._runner = runner
        self._window = window
        self._folder = folder
        self._remember = remember
        self._kind = EITHER

    def ask(self, kind: str = EITHER) -> None:
        """Ask for a workbook and open its preview."""
        of_decisions = kind == CATALOGUE
        title = "导入决策事项目录" if of_decisions else "导入报送表、日历"
        chosen = ask_what_to_open(
            self._window, title, self._folder, SHEET_KIND if of_decisions else EITHER_KIND
        )
        if chosen is not None:
            if self._remember is not None:
                self._remember(chosen)
            self.open(chosen, kind)

    def open(
        self, path: Path, kind: str = EITHER, campaign: Campaign | None = None, *, confirmed: bool = False
    ) -> None:
        """Read the workbook or calendar at ``path`` and open its preview; see ``SheetDialog``."""
        session = self._session
        if not session.has_year:
            return
        if session.read_only:
            session.messages.toast(f"{session.read_only_reason} 不能导入。")
            return
        self._kind = kind
        snapshot = session.snapshot
        work = partial(read_file, path, snapshot, kind, campaign)
        self._runner.run(f"读取“{path.name}”", work, partial(self._preview, path, confirmed))

    def _preview(
        self,
        path: Path,
        confirmed: bool,  # noqa: FBT001
        read: tuple[bytes, FileReading],
    ) -> None:
        data, reading = read
        if not self._session.has_year or reading.year != self._session.year:
            return
        if reading.kind is not FileKind.CATALOGUE:
            from gui.intake.sheet_dialog import SheetDialog

            dialog = SheetDialog(self._session, reading, data, self._window, confirmed=confirmed)
            dialog.exec()
            dialog.deleteLater()
            if dialog.campaign_wanted is not None:
                confirmed = dialog.confirmed_box.isChecked()
                self.open(path, self._kind, dialog.campaign_wanted, confirmed=confirmed)
            return
        from gui.intake.catalogue_dialog import CatalogueDialog

        catalogue = CatalogueDialog(self._session, reading, self._window)
        catalogue.exec()
        catalogue.deleteLater()


def import_catalogue(session: YearSession, parent: QWidget, path: Path | None = None) -> SheetImport:
    """Ask for a catalogue (or take ``path``), preview it, and take what is ticked as one step.

    Returns the import under way: keep it as long as the page lives, or let it go.
    """
    runner = getattr(parent.window(), "runner", None)
    work = SheetImport(
        session, runner if isinstance(runner, Runner) else Runner(session.messages, parent), parent
    )
    if path is None:
        work.ask(CATALOGUE)
    else:
        work.open(path, CATALOGUE)
    return work
