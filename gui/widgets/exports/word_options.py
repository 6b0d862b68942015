"""Word 季度计划：与 PDF 同样的内容，交公文系统再编辑。"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from typing import Any

from exports.prints import PrintKind, PrintOptions, options_of, usual_options
from gui.operations.exporting import WORD, Made, Outgoing
from gui.operations.plan_versions import PlanVersions
from gui.operations.previewing import CheckedYear
from gui.widgets.exports.data_options import DataOptions, Summary
from gui.widgets.exports.print_form import QUARTERS, PrintChoice, PrintFacts, PrintForm

NAMES = options_of(PrintKind.QUARTER) - {"paper", "margins", "spacing", "builtin_fonts"}
"""A Word document has the page of a 公文附件 and the fonts of whoever opens it."""


class WordOptions(DataOptions):
    """The options of the quarter's plan, as far as Word has them."""

    def build(self) -> None:
        """The same form as of the print."""
        session = self._session
        self._versions = PlanVersions(session)
        facts = PrintFacts(session.year, session.today, session.snapshot.units, self._versions.marks())
        self.form = PrintForm(NAMES, facts)
        usual = usual_options(PrintKind.QUARTER, session.snapshot, session.today)
        self.form.show_choice(PrintChoice(usual))
        self.form.changed.connect(self._on_changed)
        self._column.addWidget(self.form)

    def chosen(self) -> dict[str, Any]:
        """``choice``: what the form of the print says."""
        return {"choice": self.form.choice()}

    def take(self, options: Mapping[str, Any]) -> None:
        """``choice`` again."""
        if isinstance(choice := options.get("choice"), PrintChoice):
            self.form.show_choice(choice)

    def _on_changed(self, _: bool) -> None:  # noqa: FBT001
        self.changed.emit()

    def _options(self) -> PrintOptions:
        return self.form.choice().options

    def summary(self) -> Summary:
        """How many items of each line the document will list, as chosen."""
        from exports.pdf.quarter_facts import quarter_facts

        options = self._options()
        snapshot, check = self._year()()
        facts = quarter_facts(snapshot, check, options.quarter or 1, options)
        lines = (
            f"共 {len(facts.items)} 项，与 PDF 相同。",
            "版面同公文附件：横向 A4；字体用打开它的电脑上的仿宋、黑体、小标宋。",
        )
        rows = tuple((group.title.split("　")[0], str(len(group.items))) for group in facts.groups)
        title = f"{snapshot.year} 年{QUARTERS[(options.quarter or 1) - 1]}季度活动计划（Word）"
        return Summary(title, lines, ("工作线", "项数"), rows)

    def outgoing(self) -> Outgoing:
        """Called after year and quarter."""
        quarter = QUARTERS[(self._options().quarter or 1) - 1]
        name = f"{self._session.year}年{quarter}季度活动计划"
        return Outgoing("docx", "Word 季度计划", name, WORD)

    def maker(self) -> Callable[[], Made]:
        """The bytes of the document."""
        return partial(_made, self._year(), self._options())

    def _year(self) -> CheckedYear:
        release = self._options().release
        return self._versions.draft() if release is None else self._versions.printed(release.number)


def _made(year: CheckedYear, options: PrintOptions) -> Made:
    from exports.docx.quarter_plan import quarter_docx

    snapshot, check = year()
    made = quarter_docx(snapshot, check, options.quarter or 1, options)
    return Made(made.data, made.warnings)
