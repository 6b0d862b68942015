"""一份佐证材料的名称、种类、材料日期与备注；链接也在这里登记。"""

from __future__ import annotations

from datetime import date

from PySide6.QtWidgets import QLineEdit, QWidget

from gui.kit.choices import Choice
from gui.kit.form import FormDialog
from gui.kit.optional_day import OptionalDay
from models.domain.errors import CommandError
from models.domain.papers import Evidence, EvidenceKind
from models.evidence import checked_link


class PaperForm(FormDialog):
    """Edits one piece of evidence; ``item`` is what it is then. Nothing is stored here."""

    def __init__(
        self, item: Evidence, today: date, *, is_new: bool = False, parent: QWidget | None = None
    ) -> None:
        words = "加入链接" if is_new and not item.digest else "佐证材料"
        super().__init__(words, "加入" if is_new else "确定", parent, width=520)
        self.item = item
        self.add_heading(words)
        self.link = QLineEdit(item.link)
        self.link.setPlaceholderText("https://")
        self._link_row = self.add_row("网址", self.link)
        self._link_row.setVisible(not item.digest)
        self.title = QLineEdit(item.title)
        self.title.setPlaceholderText(item.file_name or "如 区政府网站报道")
        self.add_row("名称", self.title)
        self.kind = Choice([(kind.label, kind) for kind in EvidenceKind])
        self.kind.choose(item.kind)
        self.add_row("种类", self.kind)
        self.day = OptionalDay("已知", item.dated_on, item.dated_on or today)
        row = self.add_row("材料日期", self.day)
        row.say("材料本身的日期（签到、拍摄、发布的那天），与加入的日期分开记。", "caption")
        self.note = QLineEdit(item.note)
        self.add_row("备注", self.note)
        (self.link if is_new and not item.digest else self.title).setFocus()

    def accept_form(self) -> None:
        """``item`` is what the form says; a link has to be a web address."""
        link = "" if self.item.digest else self.link.text()
        if not self.item.digest:
            try:
                link = checked_link(link)
            except CommandError:
                self._link_row.say("请填以 http:// 或 https:// 开头的完整网址")
                raise
        self.item = self.item._replace(
            link=link,
            title=self.title.text().strip(),
            kind=self.kind.value(),
            dated_on=self.day.value(),
            note=self.note.text().strip(),
        )
