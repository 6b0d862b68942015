"""能导出什么：打印与 PDF，日历与数据；各有名字、一行说明、图标。"""

from __future__ import annotations

from typing import NamedTuple

from exports.prints import PrintKind

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
