"""季度佐证材料包：问写到哪里，在后台打包，说清楚齐不齐。"""

from __future__ import annotations

from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from exports.evidence_pack import Pack, evidence_pack, nothing_to_pack, pack_name, packed_events
from gui.kit.asking import ask_for_folder, ask_where_to_save
from gui.kit.exporter import Exporter, Outgoing, open_folder
from gui.session.messages import Action
from gui.session.runner import Job, Runner, RunProgress
from gui.session.year_session import YearSession
from models.domain.snapshot import YearSnapshot
from models.domain.text import quoted
from models.evidence_files import EvidenceFolder
from planners.results import YearCheck

ZIP_KIND = "压缩包 (*.zip)"
MOST_NAMED = 3


class EvidencePacking(QObject):
    """Exports the evidence of a quarter as a folder or a .zip; through ``exporter`` it is logged as ``outgoing``."""

    def __init__(
        self,
        session: YearSession,
        runner: Runner,
        window: QWidget,
        exporter: Exporter | None = None,
        outgoing: Outgoing | None = None,
    ) -> None:
        super().__init__(window)
        self._exporter = exporter
        self._outgoing = outgoing
        self._session = session
        self._runner = runner
        self._window = window
        self._job: Job | None = None
        self.folder = ""

    def ask(self, quarter: int, *, zipped: bool) -> None:
        """Ask where the pack of ``quarter`` is to go, then make it; an older pack there is replaced."""
        snapshot = self._session.snapshot
        if not packed_events(snapshot, quarter):
            self._session.messages.toast(nothing_to_pack(snapshot, quarter))
            return
        name = pack_name(snapshot, quarter)
        if zipped:
            target = ask_where_to_save(self._window, f"导出 {name}", self.folder, f"{name}.zip", ZIP_KIND)
        else:
            parent = ask_for_folder(self._window, f"{quoted(name)}放在哪个文件夹里", self.folder)
            target = parent / name if parent else None
        if target is not None:
            self.folder = str(target.parent)
            self.start(quarter, target)

    def start(self, quarter: int, target: Path) -> None:
        """Make the pack of ``quarter`` at ``target`` in the background."""
        session = self._session
        folder = EvidenceFolder(session.store.path)
        work = partial(_pack, session.snapshot, session.check, quarter, folder, target)
        self._job = self._runner.run("导出佐证材料包", work, self._on_done)
        self._job.progress.reported.connect(self._on_progress)

    def _on_progress(self, done: int, total: int) -> None:
        self._session.messages.said.emit(f"正在导出佐证材料包 {done}/{total}")

    def _on_done(self, pack: Pack) -> None:
        messages = self._session.messages
        if self._exporter is not None and self._outgoing is not None:
            self._exporter.folder = str(pack.target.parent)
            self._exporter.note(self._outgoing, pack.target.name, pack.target)
        show = Action("打开所在文件夹", partial(open_folder, pack.target.parent))
        words = f"已导出 {pack.target.name}：{pack.events} 场活动，{pack.files} 份文件"
        messages.toast(f"{words}，材料齐全" if pack.complete else words, show)
        if pack.complete:
            messages.withdraw("evidence-pack")
            return
        named = "".join(pack.lacking[:MOST_NAMED])
        more = f"等 {len(pack.lacking)} 处，见包里的缺件说明" if len(pack.lacking) > MOST_NAMED else ""
        messages.bar("warning", f"材料未齐：{named}{more}", [show], topic="evidence-pack")


def _pack(
    snapshot: YearSnapshot,
    check: YearCheck,
    quarter: int,
    folder: EvidenceFolder,
    target: Path,
    progress: RunProgress,
) -> Pack:
    return evidence_pack(snapshot, check, quarter, folder.read, target, progress.step)
