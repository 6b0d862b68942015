"""一份政策文件：名称、文号、发布日、备案与联动、解读方式、集成推送。"""

from __future__ import annotations

from datetime import date

from PySide6.QtWidgets import QCheckBox, QWidget

from gui.kit.bindings import needed, not_to_come
from gui.kit.choices import CheckGroup, UnitEdit
from gui.kit.controls import line_edit, note_edit
from gui.kit.form import FormDialog
from gui.kit.optional_day import OptionalDay
from gui.session.year_session import YearSession
from models import commands
from models.domain.errors import CommandError
from models.domain.policies import INTERPRETATIONS, MATERIALS, PolicyDocument
from models.domain.snapshot import ItemKind
from models.domain.text import quoted
from models.domain.workdays import workdays_of
from planners.checks.context import number
from planners.checks.policies import LECTURE_FORM
from planners.deadlines import policy_due
from planners.wording import day_label, estimate_mark

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
        self._add_names()
        self._add_duties()
        self._add_explaining(shown)
        self.fields.show(shown)
        self.published.changed.connect(self._say_days)
        for box in (self.office, self.online):
            box.toggled.connect(self._say_days)
        self._say_days()
        self.keep_drafts(session, shown.key)
        self.title.setFocus()

    def _add_names(self) -> None:
        lacking = needed("请填写文件标题", "还没有填写文件标题。", "")
        self.title = self.bind("文件", line_edit("文件标题（必填）"), "title", checks=(lacking,))
        self.number = self.bind("文号", line_edit("如 宝府规〔2027〕3号"), "number")
        self.issuer = self.bind("发文机关", line_edit("如 宝山区人民政府办公室"), "issuer")
        others = "联合发文的其他单位请写在备注里。"
        unit = UnitEdit(self._session.snapshot.units, hint="起草部门", single=others)
        self.unit = self.bind("起草单位", unit, "unit")
        day = OptionalDay("已定", None, self._session.today)
        self.published = self.bind("发布日", day, "published_on")

    def _add_duties(self) -> None:
        today = self._session.today
        office = QCheckBox("以区政府、区政府办公室名义制订（须备案，第8条）")
        office.setAccessibleName("须备案")
        self.office = self.bind("备案", office, "office_name")
        gone = not_to_come(today, "备案日")
        self.filed = self.bind("", OptionalDay("已备案", None, today), "filed_on", checks=(gone,))
        self.materials = self.bind("所附材料", CheckGroup({name: name for name in MATERIALS}, 3), "materials")
        self.row_of(self.materials).say("跟踪解读可在施行过程中补交", "caption")
        online = QCheckBox("有“一网通办”办事事项（须上“阅办联动”，第16条）")
        online.setAccessibleName("须联动")
        self.online = self.bind("联动", online, "online_service")
        gone = not_to_come(today, "上线日")
        self.linked = self.bind("", OptionalDay("已上线", None, today), "linked_on", checks=(gone,))

    def _add_explaining(self, policy: PolicyDocument) -> None:
        self.forms = self.bind("解读方式", CheckGroup({name: name for name in FORMS}, 4), "forms")
        lectures = [e for e in self._session.snapshot.events if policy.key and e.policy == policy.key]
        if lectures:
            names = "、".join(quoted(event.short or event.title) for event in lectures[:3])
            self.row_of(self.forms).say(f"已排的公开讲堂{names}算一种", "caption")
        self.integrated = self.bind("集成推送", QCheckBox("已集成推送（第11条）"), "integrated")
        self.note = self.bind("备注", note_edit(56), "note")

    def _say_days(self) -> None:
        """The days that follow from the day of publication, below the duties."""
        for box, controls, check in (
            (self.office, (self.filed, self.materials), "policy_filing"),
            (self.online, (self.linked,), "policy_linkage"),
        ):
            for below in controls:
                self.row_of(below).setVisible(box.isChecked())
            due = self._due(check) if box.isChecked() else None
            self.row_of(box).say(self._due_words(due) if due else "", "caption")
        if self.isVisible():
            self.fit()

    def _due(self, check: str) -> date | None:
        published = self.published.value()
        if published is None or (rule := self._session.ruleset.on(published).checked_by(check)) is None:
            return None
        return policy_due(workdays_of(self._session.snapshot), published, number(rule, "workdays"))

    def _due_words(self, due: date) -> str:
        leans = workdays_of(self._session.snapshot).is_estimated(due)
        return f"期限 {day_label(due, self._session.snapshot.year)}" + (
            f"（{estimate_mark(due.year)}）" if leans else ""
        )

    def entered(self) -> PolicyDocument:
        """The document as the form has it; ``CommandError`` where it cannot be stored."""
        before = self._before or PolicyDocument("", "")
        made = self.fields.applied_to(before)
        made = made if made.office_name else made._replace(filed_on=None, materials=())
        made = made if made.online_service else made._replace(linked_on=None)
        self.fields.require(before)
        for day, words in ((made.filed_on, "备案"), (made.linked_on, "上线")):
            if day is not None and made.published_on is not None and day < made.published_on:
                raise CommandError(f"{words}日早于发布日。", "没有保存。", "请核对两个日期。")
        return made

    def accept_form(self) -> None:
        """The document is stored; one step."""
        session, policy = self._session, self.entered()
        key = policy.key or commands.new_key(session.snapshot, ItemKind.POLICY)
        session.attempt(commands.put_item, session.year, ItemKind.POLICY, policy._replace(key=key))
        self.key = key
