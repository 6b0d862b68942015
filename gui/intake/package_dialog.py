"""导入年度数据包之前：逐项看会改动什么；整包导入，成为一步。"""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from exports.xlsx.reading.values import FileKind, FileReading, FileRow
from gui.intake.preview import PreviewDialog
from gui.kit.plain import label
from models.domain.changes import RowChange
from models.domain.snapshot import ItemKind, YearSnapshot

MASKED_NEW = "数据包里代表的姓名、电话是遮住的，导入后也只有遮住的；要全文请对方勾选“写出全文”再导出。"
MASKED_KNOWN = "数据包里遮住的姓名、电话保留现有的全文。"
_HEADS = ("列表", "项目", "改动与问题")
_WIDTHS = (110, 420, 420)


class ImportDialog(PreviewDialog):
    """Says what an import would add, change and remove; whoever opened the dialog carries it out."""

    def __init__(
        self,
        contents: YearSnapshot,
        changes: tuple[RowChange, ...],
        *,
        is_new: bool,
        parent: QWidget | None = None,
    ) -> None:
        rows = tuple(
            FileRow(change.kind.label, at, change.words, change) for at, change in enumerate(changes, 1)
        )
        reading = FileReading("", contents.year, FileKind.PACKAGE, rows)
        super().__init__(None, contents, reading, "导入年度数据包", _HEADS, _WIDTHS, parent, whole=True)
        self.heading.setText(f"{contents.year} 年度 · {contents.year_row.district}")
        what = (
            "数据文件里还没有这个年度，将按数据包新建："
            if is_new
            else ("与现有数据相比，导入后这一年度将与数据包完全一致：")
        )
        self.summary.setText("\n".join((what, *change_lines(changes))))
        if any("*" in person.name or "*" in person.phone for person in contents.delegates):
            self.say_remarks((MASKED_NEW if is_new else MASKED_KNOWN,))
        self.left_buttons.addWidget(label("作为一步导入，可以撤销；改动较多时先自动备份。", "caption"))
        self.begin()

    def columns(self, row: FileRow) -> tuple[str, ...]:
        return row.sheet, row.title

    def lines(self, row: FileRow) -> list[str]:
        return ["　".join(filter(None, (row.state.label, row.sheet, row.title, self.fate(row))))]

    def on_accept(self) -> None:
        self.accept()


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
