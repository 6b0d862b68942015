"""清理佐证文件：没有用到的列出来，同意了才移到旁边的文件夹；缺了的说出名字。"""

from __future__ import annotations

from functools import partial

from PySide6.QtWidgets import QListWidget, QWidget

from exports.files import safe_name
from gui.kit.exporter import open_folder
from gui.kit.form import FormDialog
from gui.session.messages import Action
from gui.session.year_session import YearSession
from models.changelog import UNDO_LIMIT
from models.domain.errors import CommandError
from models.domain.text import size_words
from models.evidence_cleaning import ASIDE, CleanReport, EvidenceState, move_unused

MOST_MISSING = 5
TOPIC = "evidence"


class CleanDialog(FormDialog):
    """Shows what nothing needs and what is missing; accepting moves the former aside."""

    def __init__(self, session: YearSession, state: EvidenceState, parent: QWidget | None = None) -> None:
        super().__init__("清理佐证文件", "移走", parent, width=580)
        self._session = session
        self.add_heading("清理佐证文件")
        self.add_words(
            f"用着 {state.used} 份；撤销、印发稿、备份可能用到的和一天之内加入的 {state.needed} 份，不动。",
            "secondary",
        )
        self.list = QListWidget()
        self._list_unused(state)
        self._name_missing(state)
        self.accept_button.setEnabled(bool(state.unused) and not session.read_only)
        if session.read_only and state.unused:
            self.refuse(session.read_only_reason)

    def _list_unused(self, state: EvidenceState) -> None:
        if not state.unused:
            self.add_words("没有可以清理的。")
            return
        count = len(state.unused)
        self.add_section(f"没有一处用到：{count} 份，共 {size_words(state.size)}")
        self.list.setAccessibleName("没有用到的佐证文件")
        self.list.setSelectionMode(QListWidget.SelectionMode.NoSelection)
        for file in state.unused:
            self.list.addItem(f"{file.name}　{size_words(file.size)}　{file.digest[:8]}")
        self.list.setFixedHeight(min(8, count) * max(22, self.list.sizeHintForRow(0)) + 8)
        self.add_widget(self.list)
        self.add_words(
            f"移到数据文件旁的“{ASIDE}”文件夹，程序不删；确认不再需要后，请自己删去。"
            f"移走之后，{UNDO_LIMIT} 步以前的操作不能再撤销。",
            "caption",
        )
        self.accept_button.setText(f"移走 {count} 份")

    def _name_missing(self, state: EvidenceState) -> None:
        if not state.missing:
            return
        self.add_section(f"登记了而文件不在或不对：{len(state.missing)} 份")
        for sentence in state.missing[:MOST_MISSING]:
            self.add_words(sentence, "warning")
        rest = len(state.missing) - MOST_MISSING
        more = f"另有 {rest} 份，命令 clean 列出全部。" if rest > 0 else ""
        self.add_words(f"{more}请在活动的“登记结果”里重新加入原来的文件，或从备份连同“材料”恢复。", "caption")

    def accept_form(self) -> None:
        """What nothing needs lies aside; where, and what could not be moved, is said."""
        if self._session.read_only:
            raise CommandError(self._session.read_only_reason, "没有移走。")
        self._tell(self._session.patiently(partial(move_unused, self._session.store, safe_name)))

    def _tell(self, report: CleanReport) -> None:
        messages = self._session.messages
        show = Action("打开文件夹", partial(open_folder, report.folder))
        if report.failed:
            messages.bar("warning", f"没有移走：{'；'.join(report.failed)}", [show], topic=TOPIC)
        if report.moved:
            messages.toast(f"已移走 {report.moved} 份佐证文件", show)
