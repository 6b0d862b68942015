"""能导出什么：打印与 PDF，日历与数据；各有名字、一行说明、图标。"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from PySide6.QtCore import QRectF, QSize
from PySide6.QtGui import QPainter, QResizeEvent
from PySide6.QtWidgets import QStyle, QStyleOptionViewItem, QWidget

from exports.prints import PrintKind
from gui.kit.icons import paint_icon
from gui.kit.list_models import Index, KeyedDelegate, KeyedList, paint_chosen, value_at
from gui.kit.marks import draw_text, elided, metrics
from gui.kit.theme import theme

ICON = 18
PRINTS, DATA = "打印与 PDF", "日历与数据"


class ExportKind(NamedTuple):
    """A kind of export: ``line`` says what it is until more is known, ``print_kind`` where it is a print.

    What is no print has a column of options of its own (``file_options.OPTIONS``).
    """

    key: str
    group: str
    words: str
    line: str
    icon: str
    print_kind: PrintKind | None = None


_LINES = {
    PrintKind.QUARTER: "按工作线 · 频次核对",
    PrintKind.LECTURES: "十二个月的讲堂",
    PrintKind.PARKS: "季度主题与场次",
    PrintKind.COMMUNITIES: "按街镇",
    PrintKind.CAMPUSES: "按学段",
    PrintKind.OPEN_MONTH: "八月 · 主场与分会场",
    PrintKind.ATTENDANCE: "事项、代表与意见",
    PrintKind.WALL: "一月一页",
    PrintKind.YEAR: "规则 × 十二个月",
    PrintKind.FINDINGS: "缺什么、依据哪一条",
    PrintKind.EVIDENCE: "已有与缺少的材料",
    PrintKind.NOTICE: "对照印发稿 · 按单位",
}

PRINT_KINDS = tuple(
    ExportKind(kind.value, PRINTS, kind.label, _LINES[kind], "document", kind) for kind in PrintKind
)
DATA_KINDS = (
    ExportKind("ical", DATA, "iCal 日历", "文件、订阅、邀请", "calendar"),
    ExportKind("ledger", DATA, "台账 Excel", "与筛选一致", "list"),
    ExportKind("template", DATA, "空白报送表", "发给委办局、街镇", "list"),
    ExportKind("docx", DATA, "Word 季度计划", "交公文系统用", "document"),
    ExportKind("docx-notice", DATA, "Word 变更通知", "对照印发稿", "document"),
    ExportKind("letters", DATA, "列席函件", "邀请函、反馈函", "document"),
    ExportKind("evidence-pack", DATA, "佐证材料包", "一季一包，清单与原件", "folder"),
    ExportKind("package", DATA, "年度数据包", "换电脑、合并用", "folder"),
)
KINDS = (*PRINT_KINDS, *DATA_KINDS)


def kind_of(key: str) -> ExportKind | None:
    """The kind called ``key``."""
    return next((kind for kind in KINDS if kind.key == key), None)


class KindDelegate(KeyedDelegate):
    """Paints heads and kinds."""

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """Two lines of text, a head one."""
        del option
        if isinstance(value_at(index), str):
            return QSize(100, round(metrics(theme().font(13)).height() + 17))
        return QSize(100, round(metrics(theme().font(14)).height() + metrics(theme().font(12)).height() + 17))

    def paint_head(self, painter: QPainter, rect: QRectF, words: str) -> None:
        """Paint the name of a group."""
        font = theme().font(13, serif=True, bold=True)
        draw_text(painter, rect.left() + 16, rect.center().y() + 3, words, font, theme().color("ink2"))

    def paint_value(
        self, painter: QPainter, rect: QRectF, value: ExportKind, state: QStyle.StateFlag
    ) -> None:
        """Paint icon, name and line of a kind."""
        selected = bool(state & QStyle.StateFlag.State_Selected)
        hovered = bool(state & QStyle.StateFlag.State_MouseOver)
        focused = selected and bool(state & QStyle.StateFlag.State_HasFocus)
        box = rect.adjusted(8, 1, -8, -1)
        paint_chosen(painter, box, selected=selected, hovered=hovered, focused=focused, bar=6)
        icon_rect = QRectF(box.left() + 14, box.center().y() - ICON / 2, ICON, ICON)
        paint_icon(painter, value.icon, icon_rect, theme().color("primary" if selected else "ink3"))
        left, right = icon_rect.right() + 12, box.right() - 8
        title, small = theme().font(14, bold=selected), theme().font(12)
        middle = box.top() + 6 + metrics(title).height() / 2
        words = elided(value.words, title, right - left)
        draw_text(painter, left, middle, words, title, theme().color("ink"))
        middle = box.bottom() - 6 - metrics(small).height() / 2
        draw_text(
            painter, left, middle, elided(value.line, small, right - left), small, theme().color("ink2")
        )


class KindsList(KeyedList):
    """The kinds of export."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("导出种类", _words, KindDelegate(), parent)
        self.setObjectName("FlatList")

    def show_kinds(self, kinds: Sequence[ExportKind], lines: Mapping[str, str], key: str) -> None:
        """Show ``kinds`` under the heads of their groups; ``lines`` say more than a kind's own line does."""
        values: list[ExportKind | str] = []
        group = ""
        for kind in kinds:
            if kind.group != group:
                group = kind.group
                values.append(group)
            values.append(kind._replace(line=lines.get(kind.key, kind.line)))
        self.show_values(values, key)
        self.viewport().update()

    def choose(self, key: str) -> None:
        """Select the kind ``key`` without asking for it; it is in view then, where it was another one."""
        before = self.currentIndex().row()
        super().choose(key)
        if self.currentIndex().row() != before:
            self.scrollTo(self.currentIndex())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """What is chosen stays in view."""
        super().resizeEvent(event)
        self.scrollTo(self.currentIndex())


def _words(value: ExportKind | str) -> str:
    return value if isinstance(value, str) else f"{value.words}，{value.line}"
