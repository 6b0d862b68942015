"""写函件：在后台逐份做好，再一份份写进文件夹，记入导出记录，说清放在哪里。"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from functools import partial
from pathlib import Path
from typing import NamedTuple

from PySide6.QtCore import QObject
from shiboken6 import isValid

from exports.files import safe_name, write_atomically
from exports.letters import LetterTo, letter_words
from gui.messages import Action, error_words
from gui.operations.exporting import READ_ONLY_NOTE, open_folder
from gui.operations.runner import Job, Progress, Runner
from gui.operations.session import YearSession
from models.domain.errors import StoreError, UserError
from models.domain.masking import Where, masks_of
from models.domain.snapshot import YearSnapshot
from models.export_log import log_export


class LetterOrder(NamedTuple):
    """Letters on a decision: kind, format, and for each delegate key, name and day (None: the recorded one)."""

    decision: str
    name: str
    feedback: bool
    suffix: str
    people: tuple[tuple[str, str, date | None], ...]
    masked: bool
    folder: Path

    @property
    def kind(self) -> str:
        """What the letters are called."""
        return "反馈函" if self.feedback else "邀请函"

    @property
    def letters(self) -> Iterator[LetterTo]:
        """The letters, one after the other."""
        return (
            LetterTo(self.decision, delegate, self.feedback, self.masked, day=day)
            for delegate, _, day in self.people
        )


class WrittenLetters(NamedTuple):
    """The file names, and the characters that could only be printed as 〓."""

    names: list[str]
    missing: str = ""


def file_names(snapshot: YearSnapshot, order: LetterOrder) -> list[str]:
    """One name for each letter; without any delegate's name where names are masked."""
    name = masks_of(snapshot).text(order.name, Where.RECORD)[:40]
    return [
        f"{safe_name(f'{order.kind}-{name}-{number:02d}{_tail(order, person)}')}.{order.suffix}"
        for number, (_, person, _) in enumerate(order.people, 1)
    ]


def _tail(order: LetterOrder, name: str) -> str:
    return "" if order.masked or not name.strip() else f"-{name.strip()[:20]}"


def write_letters(snapshot: YearSnapshot, order: LetterOrder, progress: Progress) -> WrittenLetters:
    """The letters written; nothing is written before all of them are made."""
    made = []
    total = len(order.people)
    for number, to in enumerate(order.letters):
        progress.step(number, total)
        made.append(_letter(snapshot, to, order.suffix))
    progress.step(total, total)
    names: list[str] = []
    for name, data in zip(file_names(snapshot, order), made, strict=True):
        try:
            write_atomically(order.folder / name, data)
        except StoreError as error:
            effect = f"{error.effect}{f'前面 {len(names)} 份已写好。' if names else ''}"
            raise StoreError(error.what, effect, error.remedy) from error
        names.append(name)
    return WrittenLetters(names, _missing_glyphs(snapshot, order))


def _missing_glyphs(snapshot: YearSnapshot, order: LetterOrder) -> str:
    """The characters that the PDFs print as 〓; Word finds fonts for itself."""
    if order.suffix != "pdf":
        return ""
    from exports.pdf.letters import missing_glyphs

    made = (letter_words(snapshot, to) for to in order.letters)
    return "".join(dict.fromkeys("".join(map(missing_glyphs, made))))


def _letter(snapshot: YearSnapshot, to: LetterTo, suffix: str) -> bytes:
    if suffix == "pdf":
        from exports.pdf.letters import letter_pdf

        return letter_pdf(snapshot, to)
    from exports.docx.letters import letter_docx

    return letter_docx(snapshot, to)


class LetterWriting(QObject):
    """Writes letters in the background and tells how it went."""

    last_folder = ""

    def __init__(self, session: YearSession) -> None:
        super().__init__(session)
        self._session = session
        self._runner = Runner(session.messages, self)

    def start(self, order: LetterOrder) -> Job:
        """Write the letters; ``ended`` of the job when it is over."""
        work = partial(write_letters, self._session.snapshot, order)
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
            log_export(session.store, year, "letters", note, unmasked=not order.masked)
        except UserError as error:
            words = f"{words}；没有记入导出记录：{error_words(error)}"
        session.messages.toast(words, show)
