"""加入与打开佐证材料：在后台抄进数据文件旁的“材料”，打开的是副本。"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import NamedTuple

from PySide6.QtCore import QObject, QUrl, Signal
from PySide6.QtGui import QDesktopServices

from exports.files import safe_name
from gui.session.runner import CancelledError, Job, Runner, RunProgress
from gui.session.year_session import YearSession
from models.domain.errors import CommandError, UserError
from models.domain.papers import Evidence
from models.domain.programs import WRONG_TYPE, wrong_name
from models.domain.text import quoted
from models.evidence import checked_link
from models.evidence_files import EvidenceFolder, StoredFile


class Added(NamedTuple):
    """What became of files that were to be added."""

    stored: tuple[StoredFile, ...]
    refused: tuple[UserError, ...]


class FileAdder(QObject):
    """Copies files into the folder in the background. ``progressed`` carries percent, -1 when it is over."""

    progressed = Signal(int)

    def __init__(self, session: YearSession, parent: QObject) -> None:
        super().__init__(parent)
        self._session = session
        self._runner = Runner(session.messages, self)
        self._job: Job | None = None
        self.folder = EvidenceFolder(session.store.path)

    @property
    def busy(self) -> bool:
        """Whether files are being copied."""
        return self._job is not None and self._job.running

    def add(self, paths: Sequence[Path], done: Callable[[Added], object]) -> None:
        """Copy ``paths``; ``done`` is told what became of them. Refused while another copy is under way."""
        if self.busy:
            raise CommandError("上一批文件还在加入。", "", "请等它完成再加入。")
        if self._session.read_only:
            raise CommandError(f"{self._session.read_only_reason}", "没有加入佐证材料。")
        self._job = self._runner.run("加入佐证材料", partial(_copy_all, self.folder, tuple(paths)), done)
        self._job.progress.reported.connect(self._on_reported)
        self._job.ended.connect(self._on_ended)
        self.progressed.emit(0)

    def stop(self) -> None:
        """Stop the copy under way; nothing of it is kept."""
        if self._job is not None:
            self._job.progress.cancel()

    def wait(self) -> None:
        """Stop what is under way and wait for it."""
        self._runner.wait()

    def _on_reported(self, done: int, total: int) -> None:
        self.progressed.emit(done * 100 // max(1, total))

    def _on_ended(self) -> None:
        self.progressed.emit(-1)


def _copy_all(folder: EvidenceFolder, paths: tuple[Path, ...], progress: RunProgress) -> Added:
    stored: list[StoredFile] = []
    refused: list[UserError] = []
    try:
        for number, path in enumerate(paths):
            progress.step(number * 100, len(paths) * 100)
            try:
                stored.append(folder.add(path, partial(_tell, progress, number, len(paths))))
            except CancelledError:
                raise
            except UserError as error:
                refused.append(error)
        progress.step(len(paths) * 100, len(paths) * 100)
    except CancelledError:
        for one in stored:
            folder.forget(one)
        raise
    return Added(tuple(stored), tuple(refused))


def _tell(progress: RunProgress, number: int, count: int, done: int, total: int) -> None:
    progress.step(number * 100 + done * 100 // max(1, total), count * 100)


def evidence_of(session: YearSession, event: str, stored: StoredFile, key: str, **fields: object) -> Evidence:
    """A piece of evidence for a file that is kept now."""
    return Evidence(
        key,
        event,
        file_name=stored.name,
        digest=stored.digest,
        size=stored.size,
        added_on=session.today,
        **fields,
    )  # type: ignore[arg-type]


def open_evidence(session: YearSession, item: Evidence) -> None:
    """Open the file (a copy of it) or the link with the system's own program; said where it cannot be."""
    try:
        if item.link:
            url = QUrl(checked_link(item.link))
        else:
            folder = EvidenceFolder(session.store.path)
            url = QUrl.fromLocalFile(
                str(folder.copy_for_viewing(item, safe_name(item.file_name or item.key)))
            )
    except UserError as error:
        session.messages.error(error)
        return
    if not QDesktopServices.openUrl(url):
        name = item.title or item.file_name or item.link
        session.messages.toast(f"系统里没有能打开{quoted(name)}的程序")


def file_problems(session: YearSession, items: Sequence[Evidence]) -> dict[str, str]:
    """Which of ``items`` (by key) have no file any more or are never opened, in words; no file is read."""
    folder = EvidenceFolder(session.store.path)
    gone = {
        item.key: "文件不在材料文件夹里，请从备份找回或重新加入"
        for item in items
        if item.digest and not folder.has(item.digest, item.size)
    }
    return gone | {
        item.key: f"文件{quoted(name)}{WRONG_TYPE}" for item in items if (name := wrong_name(item))
    }


def refusal_words(added: Added) -> str:
    """Which files were not taken and why, in words; "" where all were."""
    return "".join(str(error) for error in added.refused)
