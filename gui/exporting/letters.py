"""写函件：在后台逐份做好，再一份份写进文件夹，记入导出记录，说清放在哪里。"""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QObject
from shiboken6 import isValid

from exports.letter_files import LetterOrder, WrittenLetters, write_letters
from gui.kit.exporter import READ_ONLY_NOTE, open_folder
from gui.session.messages import Action, error_words
from gui.session.runner import Job, Progress, Runner
from gui.session.year_session import YearSession
from models.domain.errors import UserError
from models.domain.snapshot import YearSnapshot
from models.export_log import log_export


class LetterWriting(QObject):
    """Writes letters in the background and tells how it went."""

    last_folder = ""

    def __init__(self, session: YearSession) -> None:
        super().__init__(session)
        self._session = session
        self._runner = Runner(session.messages, self)

    def start(self, order: LetterOrder) -> Job:
        """Write the letters; ``ended`` of the job when it is over."""
        work = partial(_written, self._session.snapshot, order)
        job = self._runner.run(
            f"生成{order.kind}",
            work,
            partial(self._tell, order, self._session.year),
            failed=self._session.messages.error,
        )
        job.progress.reported.connect(self._on_progress)
        job.ended.connect(self.deleteLater)
        return job

    def _on_progress(self, done: int, total: int) -> None:
        self._session.messages.said.emit(f"正在生成函件 {done}/{total}")

    def _tell(self, order: LetterOrder, year: int, written: WrittenLetters) -> None:
        session, names = self._session, written.names
        if not isValid(session):
            return
        if written.missing:
            warning = f"{order.kind}里没有字形的字印作“〓”：{'、'.join(written.missing)}。请改用 Word 格式。"
            session.messages.bar("warning", warning, topic="letters")
        words = f"已生成 {len(names)} 份{order.kind}，在 {order.folder}"
        note = f"{order.kind}：{order.name}（{len(names)} 份）"
        show = Action("打开所在文件夹", partial(open_folder, order.folder))
        if session.store.read_only:
            session.messages.toast(f"{words}（{READ_ONLY_NOTE}）", show)
            return
        try:
            session.patiently(
                partial(log_export, session.store, year, "letters", note, unmasked=not order.masked)
            )
        except UserError as error:
            words = f"{words}；没有记入导出记录：{error_words(error)}"
        session.messages.toast(words, show)


def _written(snapshot: YearSnapshot, order: LetterOrder, progress: Progress) -> WrittenLetters:
    return write_letters(snapshot, order, progress.step)
