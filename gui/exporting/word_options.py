"""Word 季度计划、Word 变更通知：与 PDF 同样的选项、同样的内容，交公文系统再编辑。"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from typing import Any

from exports.prints import PrintKind, PrintOptions, options_of
from gui.exporting.data_options import DataOptions, Summary
from gui.exporting.previewing import PrintOrder, changes_of
from gui.exporting.print_choices import PrintChoices
from gui.exporting.print_form import QUARTERS, PrintChoice, PrintForm
from gui.kit.exporter import WORD, Made, Outgoing
from gui.session.messages import error_words
from models.domain.errors import UserError

NOT_IN_WORD = frozenset({"paper", "margins", "spacing", "builtin_fonts"})
"""A Word document has the page of a 公文附件 and the fonts of whoever opens it."""
_PAGE = "版面同公文附件：横向 A4；字体用打开它的电脑上的仿宋、黑体、小标宋。"


class WordOptions(DataOptions):
    """The options of a print, as far as Word has them; here the quarter's plan."""

    print_kind = PrintKind.QUARTER

    def build(self) -> None:
        """The same form as of the print."""
        kind = self.print_kind
        self._choices = PrintChoices(self._session)
        names = options_of(kind) - NOT_IN_WORD
        self.form = PrintForm(names, self._choices.facts(), baseline=kind is PrintKind.NOTICE)
        self.form.show_choice(self._choices.usual(kind))
        self.form.changed.connect(self._on_changed)
        self._column.addWidget(self.form)

    def chosen(self) -> dict[str, Any]:
        """``choice``: what the form of the print says."""
        return {"choice": self.form.choice()}

    def take(self, options: Mapping[str, Any]) -> None:
        """``choice`` again, or some of its options by their names."""
        values = dict(options)
        choice = values.pop("choice", None)
        choice = choice if isinstance(choice, PrintChoice) else self.form.choice()
        self._choices.choose(self.print_kind, choice.changed(**values))
        self.form.show_choice(self._choices.of(self.print_kind))

    def _on_changed(self, _: bool) -> None:  # noqa: FBT001
        self.changed.emit()

    def _options(self) -> PrintOptions:
        return self.form.choice().options

    def _order(self) -> PrintOrder:
        """What the document is made of; raises ``UserError`` where a release cannot be read."""
        self._choices.choose(self.print_kind, self.form.choice())
        return self._choices.order(self.print_kind)

    def summary(self) -> Summary:
        """How much the document will list, as chosen; or why there is none."""
        try:
            return self._counted(self._order())
        except UserError as error:
            return Summary(self._title(), (error_words(error),), ready=False)

    def _title(self) -> str:
        return f"{self._session.year} 年{QUARTERS[(self._options().quarter or 1) - 1]}季度活动计划（Word）"

    def _counted(self, order: PrintOrder) -> Summary:
        """The items of each line."""
        from exports.pdf.quarter_facts import quarter_facts

        snapshot, check = order.year()
        facts = quarter_facts(snapshot, check, order.options.quarter or 1, order.options)
        rows = tuple((group.title.split("　")[0], str(len(group.items))) for group in facts.groups)
        lines = (f"共 {len(facts.items)} 项，与 PDF 相同。", _PAGE)
        return Summary(self._title(), lines, ("工作线", "项数"), rows)

    def outgoing(self) -> Outgoing:
        """Called after year and quarter."""
        quarter = QUARTERS[(self._options().quarter or 1) - 1]
        name = f"{self._session.year}年{quarter}季度活动计划"
        return Outgoing("docx", "Word 季度计划", name, WORD)

    def maker(self) -> Callable[[], Made]:
        """The bytes of the document."""
        return partial(_plan_made, self._order())


class WordNoticeOptions(WordOptions):
    """The options of the 变更通知: from which release to which state, for whom."""

    print_kind = PrintKind.NOTICE

    def summary(self) -> Summary:
        """The changes of each unit that has to act; without a release there is nothing to tell of."""
        if self.form.choice().baseline is not None:
            return super().summary()
        lines = (
            "还没有印发稿。",
            "变更通知写的是某一印发稿之后改了什么；印发第一稿之后（输出 → 印发…），就可以在这里写成 Word。",
        )
        return Summary(self._title(), lines, ready=False)

    def _title(self) -> str:
        return f"{self._session.year} 年变更通知（Word）"

    def _counted(self, order: PrintOrder) -> Summary:
        """The lines of each unit, counted in the document itself."""
        from exports.docx.notice import notice_counts

        snapshot, check = order.year()
        changes = changes_of(order, snapshot, check)
        assert changes is not None
        counts = notice_counts(snapshot, check, changes, order.options)
        since, until = order.labels
        total = sum(count for _, count in counts)
        told = f"共 {total} 项，与 PDF 相同。" if total else "没有变更，文件里只写明这一点。"
        rows = tuple((unit, str(count)) for unit, count in counts)
        return Summary(self._title(), (f"从{since}到{until}。{told}", _PAGE), ("单位", "项数"), rows)

    def outgoing(self) -> Outgoing:
        """Called after the year, and the release that it leads to."""
        release = self._options().release
        name = f"{self._session.year}年变更通知{f'（印发稿{release.number}）' if release else ''}"
        return Outgoing("docx", "Word 变更通知", name, WORD)

    def maker(self) -> Callable[[], Made]:
        """The bytes of the document."""
        return partial(_notice_made, self._order())


def _plan_made(order: PrintOrder) -> Made:
    from exports.docx.quarter_plan import quarter_docx

    snapshot, check = order.year()
    made = quarter_docx(snapshot, check, order.options.quarter or 1, order.options)
    return Made(made.data, made.warnings)


def _notice_made(order: PrintOrder) -> Made:
    from exports.docx.notice import notice_docx

    snapshot, check = order.year()
    changes = changes_of(order, snapshot, check)
    assert changes is not None
    made = notice_docx(snapshot, check, changes, order.options)
    return Made(made.data, made.warnings)
