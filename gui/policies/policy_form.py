"""一份政策文件：名称、文号、发布日、备案与联动、解读方式、集成推送。"""

from __future__ import annotations

from datetime import date

from PySide6.QtWidgets import QCheckBox, QLineEdit, QPlainTextEdit, QWidget

from gui.kit.choices import CheckGroup, UnitEdit, in_old_order
from gui.kit.form import FormDialog
from gui.kit.optional_day import OptionalDay
from gui.session.year_session import YearSession
from models import commands
from models.domain.errors import CommandError
from models.domain.policies import INTERPRETATIONS, MATERIALS, PolicyDocument
from models.domain.snapshot import ItemKind
from models.domain.workdays import workdays_of
from planners.checks.context import number
from planners.checks.policies import LECTURE_FORM
from planners.deadlines import policy_due
from planners.wording import day_label

FORMS = (*INTERPRETATIONS, LECTURE_FORM)
"""The forms of interpretation that are offered; others that a document has stay."""


class PolicyForm(FormDialog):
    """Adds a document, or changes ``policy``; one step. ``key`` is the document's then."""

    def __init__(
        self, session: YearSession, policy: PolicyDocument | None = None, parent: QWidget | None = None
    ) -> None:
        words = "修改政策文件" if policy else "新增政策文件"
        super().__init__(words, "保存", parent, width=640)
        self._session, self._before = session, policy
        shown = policy or PolicyDocument("", "")
        self.key = shown.key
        self.add_heading(words)
        self._add_names(shown)
        self._add_duties(shown)
        self._add_explaining(shown)
        self._say_days()
        self.keep_drafts(session, shown.key)
        self.title.setFocus()

    def _add_names(self, policy: PolicyDocument) -> None:
        self.title = QLineEdit(policy.title)
        self.title.setPlaceholderText("文件标题（必填）")
        self._title_row = self.add_row("文件", self.title)
        self.number = QLineEdit(policy.number)
        self.number.setPlaceholderText("如 宝府规〔2027〕3号")
        self.add_row("文号", self.number)
        self.issuer = QLineEdit(policy.issuer)
        self.issuer.setPlaceholderText("如 宝山区人民政府办公室")
        self.add_row("发文机关", self.issuer)
        self.unit = UnitEdit(self._session.snapshot.units, hint="起草部门")
        self.unit.set_keys((policy.unit,) if policy.unit else ())
        self._unit_row = self.add_row("起草单位", self.unit)
        self.published = OptionalDay("已定", policy.published_on, self._session.today)
        self._published_row = self.add_row("发布日", self.published)
        self.published.changed.connect(self._say_days)

    def _add_duties(self, policy: PolicyDocument) -> None:
        today = self._session.today
        self.office = QCheckBox("以区政府、区政府办公室名义制订（须备案，第8条）")
        self.office.setChecked(policy.office_name)
        self.office.setAccessibleName("须备案")
        self._filing_row = self.add_row("备案", self.office)
        self.filed = OptionalDay("已备案", policy.filed_on, today)
        self._filed_row = self.add_row("", self.filed)
        self.materials = CheckGroup({name: name for name in MATERIALS}, columns=3)
        self.materials.set_values(policy.materials)
        self._materials_row = self.add_row("所附材料", self.materials)
        self._materials_row.say("跟踪解读可在施行过程中补交", "caption")
        self.online = QCheckBox("有“一网通办”办事事项（须上“阅办联动”，第16条）")
        self.online.setChecked(policy.online_service)
        self.online.setAccessibleName("须联动")
        self._linkage_row = self.add_row("联动", self.online)
        self.linked = OptionalDay("已上线", policy.linked_on, today)
        self._linked_row = self.add_row("", self.linked)
        for box in (self.office, self.online):
            box.toggled.connect(self._say_days)

    def _add_explaining(self, policy: PolicyDocument) -> None:
        self.forms = CheckGroup({name: name for name in FORMS}, columns=4)
        self.forms.set_values(policy.forms)
        self._forms_row = self.add_row("解读方式", self.forms)
        lectures = [e for e in self._session.snapshot.events if policy.key and e.policy == policy.key]
        if lectures:
            names = "、".join(f"“{event.short or event.title}”" for event in lectures[:3])
            self._forms_row.say(f"已排的公开讲堂{names}算一种", "caption")
        self.integrated = QCheckBox("已集成推送（第11条）")
        self.integrated.setChecked(policy.integrated)
        self.add_row("集成推送", self.integrated)
        self.note = QPlainTextEdit(policy.note)
        self.note.setTabChangesFocus(True)
        self.note.setFixedHeight(56)
        self.add_row("备注", self.note)

    def _say_days(self) -> None:
        """The days that follow from the day of publication, below the duties."""
        for row, box, rows, check in (
            (self._filing_row, self.office, (self._filed_row, self._materials_row), "policy_filing"),
            (self._linkage_row, self.online, (self._linked_row,), "policy_linkage"),
        ):
            for below in rows:
                below.setVisible(box.isChecked())
            due = self._due(check) if box.isChecked() else None
            row.say(f"期限 {day_label(due)}" if due else "", "caption")
        if self.isVisible():
            self.fit()

    def _due(self, check: str) -> date | None:
        published = self.published.value()
        rule = next((rule for rule in self._session.ruleset.rules if rule.check == check), None)
        if published is None or rule is None:
            return None
        return policy_due(workdays_of(self._session.snapshot), published, number(rule, "workdays"))

    def entered(self) -> PolicyDocument:
        """The document as the form has it; ``CommandError`` for a unit that is not known."""
        units = self.unit.keys()
        if len(units) > 1:
            raise CommandError("起草单位只填一个。", "", "联合发文的其他单位请写在备注里。")
        before = self._before or PolicyDocument("", "")
        return before._replace(
            title=self.title.text().strip(),
            number=self.number.text().strip(),
            issuer=self.issuer.text().strip(),
            published_on=self.published.value(),
            office_name=self.office.isChecked(),
            online_service=self.online.isChecked(),
            forms=in_old_order(self.forms, before.forms),
            filed_on=self.filed.value() if self.office.isChecked() else None,
            linked_on=self.linked.value() if self.online.isChecked() else None,
            integrated=self.integrated.isChecked(),
            materials=in_old_order(self.materials, before.materials) if self.office.isChecked() else (),
            unit=units[0] if units else None,
            note=self.note.toPlainText().strip(),
        )

    def accept_form(self) -> None:
        """The document is stored; one step."""
        session, policy = self._session, self.entered()
        if not policy.title:
            self._title_row.say("请填写文件标题")
            self.title.setFocus()
            raise CommandError("还没有填写文件标题。")
        for day, words in ((policy.filed_on, "备案"), (policy.linked_on, "上线")):
            if day is not None and day > session.today:
                raise CommandError(f"{words}日还没有到，不能先登记。", "没有保存。", "请改日期，或先不勾选。")
            if day is not None and policy.published_on is not None and day < policy.published_on:
                raise CommandError(f"{words}日早于发布日。", "没有保存。", "请核对两个日期。")
        key = policy.key or commands.new_key(session.snapshot, ItemKind.POLICY)
        session.attempt(commands.put_item, session.year, ItemKind.POLICY, policy._replace(key=key))
        self.key = key
