"""不是打印的几种：台账、报送表、Word、列席函件、佐证材料包、年度数据包，各自的选项与摘要。日历另在一处。"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import Any

from PySide6.QtWidgets import QCheckBox

from exports.evidence_pack import nothing_to_pack, pack_name, packed_events
from exports.prints import PrintKind, PrintOptions, options_of
from gui.exporting.calendar_options import CalendarOptions
from gui.exporting.data_options import DataOptions, ExportSummary
from gui.exporting.evidence_packing import ZIP_KIND, EvidencePacking
from gui.exporting.letters_dialog import KINDS, open_letters
from gui.exporting.previewing import PrintOrder, changes_of
from gui.exporting.print_choices import PrintChoices
from gui.exporting.print_form import QUARTERS, PrintChoice, PrintForm
from gui.kit.choices import Choice, Segments, UnitEdit
from gui.kit.exporter import EXCEL, PACKAGE, WORD, Exporter, Made, Outgoing
from gui.kit.plain import label
from gui.services.ledger_contents import LedgerContents
from gui.services.ledger_memory import SavedView, from_plain
from gui.session.messages import error_words
from gui.session.redaction import delegate_words, redacted_record
from gui.session.runner import Runner
from models.domain.attendance import DecisionBody
from models.domain.errors import UserError
from models.domain.periods import quarter_of
from models.domain.rules import RuleSet
from models.domain.snapshot import ItemKind, YearSnapshot
from planners.attendance.stages import DecisionLine, decision_lines
from planners.evidence import evidence_by_event, kinds_lacking
from planners.ledger_filter import EVERYTHING, conditions
from planners.ledger_groups import Group, Grouping
from planners.ledger_rows import HEADS, LedgerColumn, row_texts
from planners.wording import short_day

# What writes a kind is imported where it is: the page does not wait for the libraries of all of them.

ROWS_SHOWN = 40
AS_SEEN = "台账上正看着的"
WHAT_IS_SHOWN = "佐证原件里的姓名、电话与照片"
NOBODY_INVITED = "还没有登记列席代表的决策事项"
_COLUMNS = tuple(column for column in LedgerColumn if HEADS[column])


class LedgerOptions(DataOptions):
    """The ledger as a sheet: which events, grouped how; the file holds what the ledger shows then."""

    offers_facts = False

    def build(self) -> None:
        """Source and grouping."""
        self._contents = LedgerContents()
        views = from_plain(self._settings.values.ledger).views if self._settings else ()
        self.views = Choice[SavedView](
            [("全部活动", SavedView("", EVERYTHING)), *((v.name, v) for v in views)]
        )
        self.grouping = Choice[Grouping]([(grouping.label, grouping) for grouping in Grouping])
        self._conditions = label("", "caption", wrap=True)
        self.section("范围", ("活动", self.views), self._conditions)
        words = "日期和时刻是真的日期，可以在 Excel 里排序、筛选。"
        self.section("内容", ("分组", self.grouping), words)
        self.refresh()
        self.views.currentIndexChanged.connect(self._on_view)
        self.offer(grouping=self.grouping)

    def refresh(self) -> None:
        """The rows of the year as it is now."""
        self._contents.show_year(self._session.snapshot, self._session.check)

    def chosen(self) -> dict[str, Any]:
        """``view``, by which ``words`` it is offered, and the grouping."""
        return {"view": self.views.value(), "words": self.views.currentText(), **super().chosen()}

    def take(self, options: Mapping[str, Any]) -> None:
        """``view``: what the ledger shows, where no ``words`` name a view that is offered; then the grouping."""
        words, view = options.get("words", AS_SEEN), options.get("view")
        if words == AS_SEEN and isinstance(view, SavedView):
            self._offer_as_seen(view)
        elif words in self._names():
            self.views.setCurrentIndex(self._names().index(words))
        super().take(options)

    def _offer_as_seen(self, view: SavedView) -> None:
        known = [(words, value) for words, value in zip(self._names(), self.views.values(), strict=True)]
        self.views.blockSignals(True)
        self.views.set_entries([(AS_SEEN, view), *(entry for entry in known if entry[0] != AS_SEEN)])
        self.views.blockSignals(False)
        self._on_view()

    def _names(self) -> Sequence[str]:
        return [self.views.itemText(number) for number in range(self.views.count())]

    def _on_view(self) -> None:
        self.grouping.choose(self.views.value().grouping)
        self.changed.emit()

    def _words(self) -> str:
        chosen = self.views.value().filter
        return "，".join(condition.words for condition in conditions(chosen, self._session.snapshot))

    def _groups(self) -> tuple[Group, ...]:
        view = self.views.value()
        return self._contents.groups(self._contents.passing(view.filter), self.grouping.value(), view.order)

    def summary(self) -> ExportSummary:
        """The first rows."""
        session = self._session
        groups = self._groups()
        rows = [row for group in groups for row in group.rows]
        words = self._words()
        self._conditions.setText(f"条件：{words}" if words else "没有条件")
        shown = [row_texts(row, session.snapshot, session.ruleset) for row in rows[:ROWS_SHOWN]]
        cells = tuple(tuple(texts[column] for column in _COLUMNS) for texts in shown)
        heads = tuple(HEADS[column] for column in _COLUMNS)
        grouped = f"，{len(groups)} 组" if self.grouping.value() is not Grouping.NONE else ""
        lines = (f"共 {len(rows)} 场{grouped}。",) if rows else ("没有符合条件的活动，表里只有表头。",)
        title = f"{session.year} 年度活动台账"
        return ExportSummary(title, lines, heads, cells, len(rows) - len(shown))

    def outgoing(self) -> Outgoing:
        """Called after the view."""
        view = self.views.value()
        name = f"（{view.name}）" if view.name else ""
        return Outgoing("ledger", "活动台账", f"{self._session.year}年活动台账{name}", EXCEL)

    def maker(self) -> Callable[[], Made]:
        """The bytes of the sheet."""
        session = self._session
        return partial(_ledger_made, session.snapshot, session.ruleset, self._groups(), self._words())


def _ledger_made(snapshot: YearSnapshot, ruleset: RuleSet, groups: Sequence[Group], words: str) -> Made:
    from exports.xlsx.ledger import ledger_bytes

    return Made(ledger_bytes(snapshot, ruleset, groups, conditions=words))


class TemplateOptions(DataOptions):
    """The sheet that a unit fills in, with its events listed; blank for none."""

    def build(self) -> None:
        """The unit."""
        self.unit = UnitEdit(self._session.snapshot.units, hint="不填：空白表，谁都能用")
        self.unit.setAccessibleName("填报单位")
        self._remark = label("", "warning", wrap=True)
        listed = "写明单位的，表里先列出它牵头、参与的活动；交回后更新原有活动，不会重复。"
        self.section("范围", self.unit, self._remark, listed)
        form = "下拉选择工作线、单位、街镇、学段；隐藏的工作表记着版本和每行的编号，请勿删除。"
        self.section("内容", label(form, wrap=True))
        self.offer(unit=self.unit)

    def _key(self) -> str | None:
        keys = self.unit.known_keys()
        return keys[0] if len(keys) == 1 else None

    def _problem(self) -> str:
        if unknown := self.unit.unknown():
            return f"没有名为“{unknown[0]}”的单位。"
        return "一次只做一个单位的表。" if len(self.unit.known_keys()) > 1 else ""

    def summary(self) -> ExportSummary:
        """The events that are listed already."""
        from exports.xlsx.columns import COLUMNS
        from exports.xlsx.template import prefilled

        problem, snapshot, key = self._problem(), self._session.snapshot, self._key()
        self._remark.setText(problem)
        self._remark.setVisible(bool(problem))
        rows = tuple(filled.texts for filled in prefilled(snapshot, key)) if not problem else ()
        name = snapshot.unit_name(key) if key else "空白"
        lines = (f"已列出 {len(rows)} 场活动，其余行空着待填。",) if key else ("空白表，不预填活动。",)
        heads = tuple(field.label for field in COLUMNS)
        shown = rows[:ROWS_SHOWN]
        title = f"{snapshot.year} 年度报送表（{name}）"
        return ExportSummary(title, lines, heads, shown, len(rows) - len(shown), ready=not problem)

    def outgoing(self) -> Outgoing:
        """Called after the unit."""
        key = self._key()
        name = self._session.snapshot.unit_name(key) if key else "空白"
        return Outgoing("template", "报送表", f"{self._session.year}年报送表（{name}）", EXCEL)

    def maker(self) -> Callable[[], Made]:
        """The bytes of the sheet."""
        return partial(_template_made, self._session.snapshot, self._key())


def _template_made(snapshot: YearSnapshot, unit: str | None) -> Made:
    from exports.xlsx.template import template_bytes

    return Made(template_bytes(snapshot, unit))


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

    def summary(self) -> ExportSummary:
        """How much the document will list, as chosen; or why there is none."""
        try:
            return self._counted(self._order())
        except UserError as error:
            return ExportSummary(self._title(), (error_words(error),), ready=False)

    def _title(self) -> str:
        return f"{self._session.year} 年{QUARTERS[(self._options().quarter or 1) - 1]}季度活动计划（Word）"

    def _counted(self, order: PrintOrder) -> ExportSummary:
        """The items of each line."""
        from exports.pdf.quarter_facts import quarter_facts

        snapshot, check = order.year()
        facts = quarter_facts(snapshot, check, order.options.quarter or 1, order.options)
        rows = tuple((group.title.split("　")[0], str(len(group.items))) for group in facts.groups)
        lines = (f"共 {len(facts.items)} 项，与 PDF 相同。", _PAGE)
        return ExportSummary(self._title(), lines, ("工作线", "项数"), rows)

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

    def summary(self) -> ExportSummary:
        """The changes of each unit that has to act; without a release there is nothing to tell of."""
        if self.form.choice().baseline is not None:
            return super().summary()
        lines = (
            "还没有印发稿。",
            "变更通知写的是某一印发稿之后改了什么；印发第一稿之后（输出 → 印发…），就可以在这里写成 Word。",
        )
        return ExportSummary(self._title(), lines, ready=False)

    def _title(self) -> str:
        return f"{self._session.year} 年变更通知（Word）"

    def _counted(self, order: PrintOrder) -> ExportSummary:
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
        return ExportSummary(self._title(), (f"从{since}到{until}。{told}", _PAGE), ("单位", "项数"), rows)

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


class LetterOptions(DataOptions):
    """Letters to the delegates of a decision: which decision, and which of the two letters."""

    save_words = "生成…"

    def build(self) -> None:
        """The decisions that have delegates, the two kinds."""
        entries: list[tuple[str, str | None]] = [
            (redacted_record(line.decision.short or line.decision.title), line.decision.key)
            for line in self._lines()
        ]
        self.decision: Choice[str | None] = Choice(entries or [(NOBODY_INVITED, None)])
        self.decision.setAccessibleName("决策事项")
        self.kind: Segments[bool] = Segments(KINDS)
        words = "每人一份，姓名默认遮住；格式、写给谁、放在哪里，下一步选。"
        self.section("范围", self.decision, self.kind, words)
        self.offer(decision=self.decision, kind=self.kind)

    def _lines(self) -> list[DecisionLine]:
        session = self._session
        lines = decision_lines(session.snapshot, session.ruleset, session.today, DecisionBody)
        return [line for line in lines if line.invitations]

    def _line(self) -> DecisionLine | None:
        key = self.decision.value()
        return next((line for line in self._lines() if line.decision.key == key), None)

    def summary(self) -> ExportSummary:
        """To whom the letters go and what is recorded of them."""
        line = self._line()
        if line is None:
            return ExportSummary(
                f"{self._session.year} 年列席函件",
                (f"{NOBODY_INVITED}。请先在“公众列席”里登记代表。",),
                ready=False,
            )
        people = {person.key: person for person in self._session.snapshot.delegates}
        rows = []
        for row in line.invitations:
            invited = short_day(row.invited_on) if row.invited_on else "—"
            told = short_day(row.told_on) if row.told_on else "—"
            attended = row.attendance.label if row.attendance else "—"
            rows.append((delegate_words(people[row.delegate]), invited, attended, told))
        name = "反馈函" if self.kind.value() else "邀请函"
        title = f"{self._session.year} 年{name}：{redacted_record(line.decision.title)}"
        return ExportSummary(
            title, (f"名单上有 {len(rows)} 人。",), ("代表", "邀请", "到会", "反馈"), tuple(rows)
        )

    def save(self, exporter: Exporter) -> None:
        """Ask to whom and where to; the letters are written then."""
        if (line := self._line()) is not None:
            open_letters(self._session, line.decision.key, self.window(), feedback=self.kind.value())


class EvidenceOptions(DataOptions):
    """The evidence of a quarter, as a .zip or a folder."""

    offers_facts = False

    def build(self) -> None:
        """Quarter and form."""
        session = self._session
        self._runner = Runner(session.messages, self)
        quarters = [(f"{session.year} 年 {word}季度", n) for n, word in enumerate(QUARTERS, 1)]
        self.quarter = Choice[int](quarters)
        self.quarter.setAccessibleName("季度")
        self.quarter.choose(quarter_of(session.today) if session.today.year == session.year else 4)
        self.form = Choice[bool]([("压缩包（.zip）", True), ("文件夹", False)])
        self.section("范围", self.quarter, "办过的活动，和已有材料的活动。")
        packed = "一份清单（PDF），每场活动一个文件夹；缺的、读不出的写进“缺件说明”。"
        self.section("内容", ("装成", self.form), packed)
        self.section("隐私", label(f"原件照原样装入，会露出{WHAT_IS_SHOWN}；保存前要确认。", wrap=True))
        self.offer(quarter=self.quarter, zipped=self.form)

    def _rows(self) -> list[tuple[str, str, str, str]]:
        snapshot = self._session.snapshot
        settings, known = dict(snapshot.year_row.settings), evidence_by_event(snapshot)
        rows = []
        for event in packed_events(snapshot, self.quarter.value()):
            there = known.get(event.key, ())
            lacking = "、".join(kind.label for kind in kinds_lacking(event, there, settings))
            day = f"{event.day.month}月{event.day.day}日" if event.day else "待定"
            rows.append((day, event.title, f"{len(there)} 件", lacking or "齐"))
        return rows

    def summary(self) -> ExportSummary:
        """What there is of each event, and what is lacking."""
        rows = self._rows()
        incomplete = sum(row[3] != "齐" for row in rows)
        if not rows:
            why = nothing_to_pack(self._session.snapshot, self.quarter.value())
            return ExportSummary(self._name(), (why,), ready=False)
        state = f"其中 {incomplete} 场材料未齐。" if incomplete else "材料齐全。"
        heads = ("日期", "活动名称", "已有", "缺")
        shown = tuple(rows[:ROWS_SHOWN])
        return ExportSummary(
            self._name(), (f"共 {len(rows)} 场活动，{state}",), heads, shown, len(rows) - len(shown)
        )

    def concerns(self) -> tuple[str, ...]:
        """How many events lack something."""
        incomplete = sum(row[3] != "齐" for row in self._rows())
        return (f"{incomplete} 场活动材料未齐，包里会写明缺什么。",) if incomplete else ()

    def _name(self) -> str:
        return pack_name(self._session.snapshot, self.quarter.value())

    def outgoing(self) -> Outgoing:
        """Called after quarter and year."""
        return Outgoing("evidence-pack", "佐证材料包", self._name(), ZIP_KIND, (WHAT_IS_SHOWN,))

    def save(self, exporter: Exporter) -> None:
        """Confirm, ask where to, and pack in the background."""
        outgoing = self.outgoing()
        if exporter.confirm(outgoing):
            packing = EvidencePacking(self._session, self._runner, self, exporter, outgoing)
            packing.folder = exporter.folder
            packing.ask(self.quarter.value(), zipped=self.form.value())


class PackageOptions(DataOptions):
    """The whole year as one file that another copy of the program reads."""

    offers_facts = False

    def build(self) -> None:
        """There is nothing to choose but whether names can be read: a package is whole."""
        whole = label("整个年度，一项不少：活动、单位、规则参数、列席、豁免与设置。", wrap=True)
        self.section("内容", whole, "对方用“文件 → 导入年度数据包”打开，逐项看清差别后再合并，一步可撤销。")
        self.unmasked = QCheckBox("写出姓名与电话的全文")
        masked = "不勾时遮住。并回已有这些人的数据文件时，原有的姓名与电话不变；交给别的电脑接手才要全文，保存前要确认。"
        self.section("隐私", self.unmasked, masked)
        self.offer(unmasked=self.unmasked)

    def summary(self) -> ExportSummary:
        """How many of each."""
        snapshot = self._session.snapshot
        counts = [(kind.label, len(snapshot.items(kind))) for kind in ItemKind if kind is not ItemKind.YEAR]
        rows = tuple((words, f"{count}") for words, count in counts if count)
        total = sum(count for _, count in counts)
        return ExportSummary(
            f"{snapshot.year} 年度数据包", (f"共 {total} 项，一个 JSON 文件。",), ("内容", "项数"), rows
        )

    def outgoing(self) -> Outgoing:
        """The year as a package."""
        snapshot = self._session.snapshot
        shown = (
            ("联系人电话、列席代表姓名与电话",)
            if self.unmasked.isChecked() and holds_persons(snapshot)
            else ()
        )
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


OPTIONS: Mapping[str, type[DataOptions]] = {
    "ical": CalendarOptions,
    "ledger": LedgerOptions,
    "template": TemplateOptions,
    "docx": WordOptions,
    "docx-notice": WordNoticeOptions,
    "letters": LetterOptions,
    "evidence-pack": EvidenceOptions,
    "package": PackageOptions,
}
"""The options of each kind that is no print, by its key."""
