"""导入年度数据包之前：先看会改动什么。"""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from gui.kit.form import FormDialog
from models.domain.changes import RowChange
from models.domain.snapshot import ItemKind, YearSnapshot

MASKED_NEW = "数据包里代表的姓名、电话是遮住的，导入后也只有遮住的；要全文请对方勾选“写出全文”再导出。"
MASKED_KNOWN = "数据包里遮住的姓名、电话保留现有的全文。"


class ImportDialog(FormDialog):
    """Says what an import would add, change and remove, list by list; the accepting button carries it out."""

    def __init__(
        self,
        contents: YearSnapshot,
        changes: tuple[RowChange, ...],
        *,
        is_new: bool,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__("导入年度数据包", f"导入 {len(changes)} 项", parent, width=520)
        self.add_heading(f"{contents.year} 年度 · {contents.year_row.district}")
        if is_new:
            self.add_words("数据文件里还没有这个年度，将按数据包新建：")
        else:
            self.add_words("与现有数据相比，导入后这一年度将与数据包完全一致：")
        for line in change_lines(changes):
            self.add_words(line, "secondary")
        if any("*" in person.name or "*" in person.phone for person in contents.delegates):
            self.add_words(MASKED_NEW if is_new else MASKED_KNOWN, "warning" if is_new else "caption")
        self.add_words("作为一步导入，可以撤销；改动较多时先自动备份。", "caption")

    def accept_form(self) -> None:
        """Whoever opened the dialog carries it out."""


def change_lines(changes: tuple[RowChange, ...]) -> tuple[str, ...]:
    """One line a list of the year that changes: 活动：新增 3，修改 2，删除 1."""
    lines = []
    for kind in ItemKind:
        mine = [change for change in changes if change.kind is kind]
        counts = (
            ("新增", sum(change.before is None for change in mine)),
            ("修改", sum(change.before is not None and change.after is not None for change in mine)),
            ("删除", sum(change.after is None for change in mine)),
        )
        words = "，".join(f"{verb} {count}" for verb, count in counts if count)
        if words:
            lines.append(f"{kind.label}：{words}")
    return tuple(lines)
