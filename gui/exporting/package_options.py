"""年度数据包：整个年度，交给另一台电脑合并或接手。"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtWidgets import QCheckBox

from gui.exporting.data_options import DataOptions, Summary
from gui.exporting.form_parts import OptionSection
from gui.kit.exporter import PACKAGE, Made, Outgoing
from gui.kit.plain import label
from models.domain.snapshot import ItemKind, YearSnapshot

WHAT_IS_SHOWN = "联系人电话、列席代表姓名与电话"


class PackageOptions(DataOptions):
    """The whole year as one file that another copy of the program reads."""

    offers_facts = False

    def build(self) -> None:
        """There is nothing to choose: a package is whole."""
        section = OptionSection("内容", first=True)
        section.add(label("整个年度，一项不少：活动、单位、规则参数、列席、豁免与设置。", wrap=True))
        section.add(
            label(
                "对方用“文件 → 导入年度数据包”打开，逐项看清差别后再合并，一步可撤销。", "caption", wrap=True
            )
        )
        self._column.addWidget(section)
        privacy = OptionSection("隐私")
        self.unmasked = QCheckBox("写出姓名与电话的全文")
        self.unmasked.toggled.connect(self.changed)
        self.keep(unmasked=self.unmasked)
        privacy.add(self.unmasked)
        privacy.add(
            label(
                "不勾时遮住。并回已有这些人的数据文件时，原有的姓名与电话不变；交给别的电脑接手才要全文，保存前要确认。",
                "caption",
                wrap=True,
            )
        )
        self._column.addWidget(privacy)

    def summary(self) -> Summary:
        """How many of each."""
        snapshot = self._session.snapshot
        counts = [(kind.label, len(snapshot.items(kind))) for kind in ItemKind if kind is not ItemKind.YEAR]
        rows = tuple((words, f"{count}") for words, count in counts if count)
        total = sum(count for _, count in counts)
        return Summary(
            f"{snapshot.year} 年度数据包", (f"共 {total} 项，一个 JSON 文件。",), ("内容", "项数"), rows
        )

    def outgoing(self) -> Outgoing:
        """The year as a package."""
        snapshot = self._session.snapshot
        shown = (WHAT_IS_SHOWN,) if self.unmasked.isChecked() and holds_persons(snapshot) else ()
        return Outgoing("package", "年度数据包", f"{snapshot.year}年度数据包", PACKAGE, shown)

    def maker(self) -> Callable[[], Made]:
        """The bytes of the package."""
        return partial(made_package, self._session.snapshot, masked=not self.unmasked.isChecked())


def holds_persons(snapshot: YearSnapshot) -> bool:
    """Whether names or numbers of persons can be read in the package."""
    return bool(snapshot.delegates) or any(event.contact for event in snapshot.events)


def made_package(snapshot: YearSnapshot, *, masked: bool) -> Made:
    """The year as a data package; ``masked``: nobody's name or number can be read in it."""
    from exports.package import write_package

    return Made(write_package(snapshot, masked=masked))
