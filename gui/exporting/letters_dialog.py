"""邀请函与反馈函：写给哪些代表、什么格式、放在哪里；姓名默认遮住。"""

from __future__ import annotations

from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QCheckBox, QLineEdit, QWidget
from shiboken6 import isValid

from exports.letter_files import (
    LetterOrder,
    WrittenLetters,
    day_of,
    file_names,
    require_letters,
    why_no_letter,
    write_letters,
)
from exports.letters import FEEDBACK_REMEDY, usual_issuer
from gui.exporting.letter_closing import ClosingRows
from gui.kit.asking import ask_for_folder, documents_folder
from gui.kit.boxes import in_row
from gui.kit.choices import Segments
from gui.kit.exporter import LOGGED, NOT_LOGGED, READ_ONLY_NOTE, open_folder
from gui.kit.form import FormDialog
from gui.kit.plain import button
from gui.session.messages import Action, error_words
from gui.session.redaction import decision_name, delegate_words, redacted_record
from gui.session.runner import Job, Runner, RunProgress
from gui.session.year_session import YearSession
from models.domain.attendance import Delegate, Invitation, is_answered
from models.domain.errors import CommandError, UserError
from models.domain.snapshot import YearSnapshot
from models.export_log import log_export
from planners.attendance.stages import DecisionLine, decision_line

SUFFIXES = (("Word（可改）", "docx"), ("PDF（可直接印）", "pdf"))
KINDS = (("邀请函", False), ("反馈函", True))
UNMASKED = "写全姓名（寄给本人时）"


class LettersDialog(FormDialog):
    """Writes one letter for each delegate chosen into a folder."""

    def __init__(
        self,
        session: YearSession,
        line: DecisionLine,
        parent: QWidget | None = None,
        *,
        feedback: bool = False,
    ) -> None:
        super().__init__("生成函件", "生成", parent, width=620)
        self._session, self._line = session, line
        self._asked: set[str] = set()
        self.add_heading(f"函件：{redacted_record(decision_name(line.decision))}")
        self.kind: Segments[bool] = Segments(KINDS)
        self.kind.choose(feedback)
        self.add_row("哪一种", self.kind)
        self.suffix: Segments[str] = Segments(SUFFIXES)
        self.add_row("格式", self.suffix)
        self._add_people()
        self.closing = ClosingRows(self, usual_issuer(session.snapshot), session.today)
        self._add_folder()
        self.unmasked = QCheckBox(UNMASKED)
        self._masking_row = self.add_row("姓名", self.unmasked)
        self.unmasked.toggled.connect(self._look_again)
        self.kind.changed.connect(self._look_again)
        self._look_again()
        self.kind.setFocus()

    def _add_people(self) -> None:
        people = {person.key: person for person in self._session.snapshot.delegates}
        self.rows: list[tuple[Invitation, Delegate, QCheckBox]] = []
        for row in self._line.invitations:
            if row.delegate not in people:
                continue
            box = QCheckBox(delegate_words(people[row.delegate]))
            box.setChecked(True)
            box.toggled.connect(self._look_again)
            self.add_row("" if self.rows else "写给", box)
            self.rows.append((row, people[row.delegate], box))
        self._people_note = self.add_words("", "warning")

    def _add_folder(self) -> None:
        self.folder = QLineEdit(LetterWriting.last_folder or documents_folder())
        self.folder.setAccessibleName("放在哪个文件夹")
        bar = QWidget()
        in_row((self.folder, 1), button("选…", self._on_folder, small=True), inside=bar, margins=0, spacing=8)
        bar.setFocusProxy(self.folder)
        self._folder_row = self.add_row("放在", bar)

    def _on_folder(self) -> None:
        chosen = ask_for_folder(self, "函件放在哪个文件夹里", self.folder.text())
        if chosen is not None:
            self.folder.setText(str(chosen))

    def _look_again(self) -> None:
        feedback = self.kind.value()
        for row, person, box in self.rows:
            why = why_no_letter(self._session.snapshot, row, feedback=feedback)
            box.setEnabled(not why)
            box.setText(f"{delegate_words(person)}（{why}）" if why else delegate_words(person))
        chosen, words = self.chosen(), ""
        open_opinions = sum(not is_answered(opinion) for opinion in self._line.opinions)
        if feedback and not any(box.isEnabled() for _, _, box in self.rows):
            words = f"没有可以写的反馈函。{FEEDBACK_REMEDY}"
        elif feedback and open_opinions:
            words = f"还有 {open_opinions} 条意见没有写明采纳情况，函里会写“正在研究”。"
        elif not feedback and self._line.meeting is None:
            words = "会议还没有排定，函里会写“另行通知”。"
        self._people_note.setText(words)
        self._people_note.setVisible(bool(words))
        logged = LOGGED if not self._session.store.read_only else NOT_LOGGED
        self._masking_row.say(
            f"函里与文件名写出姓名全文。{logged}" if self.unmasked.isChecked() else "遮住：张*代表",
            "warning" if self.unmasked.isChecked() else "caption",
        )
        self.accept_button.setText(f"生成 {len(chosen)} 份" if chosen else "生成")
        self.accept_button.setEnabled(bool(chosen))
        self._asked.clear()
        if self.isVisible():
            self.fit()

    def chosen(self) -> list[tuple[Invitation, Delegate]]:
        """To whom letters are written."""
        return [(row, person) for row, person, box in self.rows if box.isChecked() and box.isEnabled()]

    def order(self) -> LetterOrder:
        """What is to be written, and where to."""
        feedback, today = self.kind.value(), self._session.today
        registered = [
            (person.key, person.name, day_of(row, today, feedback=feedback)) for row, person in self.chosen()
        ]
        return LetterOrder(
            self._line.decision.key,
            decision_name(self._line.decision),
            self.kind.value(),
            self.suffix.value(),
            tuple(registered),
            not self.unmasked.isChecked(),
            Path(self.folder.text().strip()),
            self.closing.value(),
        )

    def accept_form(self) -> None:
        """The letters are being written; asked first where names can be read or files are replaced."""
        order = self.order()
        self._folder_row.say("")
        if not self.folder.text().strip() or not order.folder.is_dir():
            self._folder_row.say("没有这个文件夹")
            raise CommandError("没有这个文件夹。", "没有生成。", "请另选一个。")
        require_letters(self._session.snapshot, order)
        if not order.masked:
            self._ask("函件和文件名将写出姓名全文，只给本人。", "确认写全姓名")
        there = [name for name in file_names(self._session.snapshot, order) if (order.folder / name).exists()]
        if there:
            self._ask(f"文件夹里已有 {len(there)} 份同名的函件，会被替换。", "确认替换")
        LetterWriting.last_folder = str(order.folder)
        self.closing.remember()
        LetterWriting(self._session).start(order)

    def _ask(self, words: str, confirm: str) -> None:
        if words in self._asked:
            return
        self._asked.add(words)
        self.accept_button.setText(confirm)
        raise CommandError(words, "", f"再按“{confirm}”生成。")


def open_letters(session: YearSession, key: str, window: QWidget, *, feedback: bool) -> None:
    """Ask which letters of the decision ``key`` are to be written, and where to."""
    line = decision_line(session.snapshot, session.ruleset, session.today, key)
    dialog = LettersDialog(session, line, window, feedback=feedback)
    dialog.exec()
    dialog.deleteLater()


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


def _written(snapshot: YearSnapshot, order: LetterOrder, progress: RunProgress) -> WrittenLetters:
    return write_letters(snapshot, order, progress.step)
