"""删除个人信息：反馈之后把代表的姓名、电话删净，连同以前的备份里的，不能撤销，先问清。"""

from __future__ import annotations

from PySide6.QtWidgets import QCheckBox, QWidget

from gui.attendance.masked import HoldToShow
from gui.attendance.named_texts import NamedTextsBox
from gui.kit.form import FormDialog
from gui.session.redaction import decision_name, delegate_words, redacted_record
from gui.session.year_session import YearSession
from models.backup_scrubbing import backups_beside, erased_in
from models.delegates import erase_delegates, may_be_erased, without_invitation
from models.domain.attendance import Delegate
from models.domain.errors import CommandError
from models.named_texts import texts_naming
from planners.attendance.stages import DecisionLine

KNOWN = "我知道不能撤销"
MOST_NAMED = 4
KEPT = "类别、到会、意见与采纳情况保留。"
OUT_OF_REACH = "另存到别处的备份、已导出的印件和数据包，程序够不着，请另行清理。"


class EraseDialog(FormDialog):
    """Lists whose name and phone can be erased and whose not, and erases them once that is understood.

    ``with_backups``: the backups made before are to be rewritten as well, when the dialog was accepted. That
    alone can be asked for where somebody was erased earlier.
    """

    def __init__(self, session: YearSession, line: DecisionLine, parent: QWidget | None = None) -> None:
        super().__init__("删除个人信息", "删除", parent, width=560)
        self._session = session
        self.add_heading(f"删除个人信息：{redacted_record(decision_name(line.decision))}")
        self.add_words(f"从数据文件和变更记录里删去姓名和电话；{KEPT}", "secondary")
        self.boxes: dict[str, QCheckBox] = {}
        self._earlier = bool(erased_in(session.store).people)
        waiting = self._list_people(line)
        self.others = self._offer_others()
        self.texts = NamedTextsBox()
        self.texts.changed.connect(self._allow)
        self.add_widget(self.texts)
        self.show_button = HoldToShow()
        self.show_button.shown.connect(self.texts.show_plain)
        self.add_left_button(self.show_button)
        self.backups = self._offer_backups(len(backups_beside(session.store.path)))
        self.known = QCheckBox(KNOWN)
        self.known.toggled.connect(self._allow)
        self.add_widget(self.known)
        self.accept_button.setProperty("kind", "danger")
        self._on_people()
        if not (self.boxes or self._idle or (self._earlier and self.with_backups)):
            why = f"{waiting} 名代表还没有反馈，" if waiting else ""
            self.refuse(f"{why}现在没有可以删除的。")
        if session.read_only:
            self.refuse(session.read_only_reason)
        first = next(iter(self.boxes.values()), None)
        (first or self.back_button).setFocus()

    def _list_people(self, line: DecisionLine) -> int:
        """How many still wait for their feedback."""
        snapshot = self._session.snapshot
        people = {person.key: person for person in snapshot.delegates}
        here = [people[row.delegate] for row in line.invitations if row.delegate in people]
        waiting: list[Delegate] = []
        erased = 0
        for person in dict.fromkeys(here):
            if not (person.name or person.phone):
                erased += 1
            elif may_be_erased(snapshot.invitations, snapshot.opinions, person.key):
                box = self.boxes[person.key] = QCheckBox(delegate_words(person))
                box.setChecked(True)
                box.toggled.connect(self._on_people)
                self.add_widget(box)
            else:
                waiting.append(person)
        if waiting:
            self.add_words("还不能删除（还没有反馈，第20条；别的事项里没有反馈的也算）：", "warning")
            for person in waiting:
                self.add_words(f"　{delegate_words(person)}", "secondary")
        if erased:
            self.add_words(f"另有 {erased} 人已经删过。", "caption")
        return len(waiting)

    def _offer_others(self) -> QCheckBox | None:
        """Those whom no decision has, for nobody else ever asks for their data to go; not ticked."""
        self._idle = without_invitation(self._session.snapshot)
        if not self._idle:
            return None
        named = "、".join(map(delegate_words, self._idle[:MOST_NAMED]))
        more = f"等 {len(self._idle)} 人" if len(self._idle) > MOST_NAMED else ""
        box = QCheckBox(f"也删去登记过而不在任何事项里的 {len(self._idle)} 人")
        box.toggled.connect(self._on_people)
        self.add_widget(box)
        self.add_words(named + more, "caption")
        return box

    def _offer_backups(self, count: int) -> QCheckBox:
        box = QCheckBox(f"也从以前的 {count} 份备份里删去")
        box.setChecked(count > 0)
        box.setEnabled(bool(self.boxes or self._idle) or self._earlier)
        box.toggled.connect(self._allow)
        if count:
            self.add_section("以前的备份")
            self.add_widget(box)
            self.add_words(
                "逐份改写、核对过才替换，别的内容不变；改不成的原样留着，会告诉你是哪一份。", "caption"
            )
        self.add_words(OUT_OF_REACH, "caption")
        return box

    def chosen(self) -> list[str]:
        """The delegates whose data go."""
        idle = self._idle if self.others is not None and self.others.isChecked() else ()
        return [*(key for key, box in self.boxes.items() if box.isChecked()), *(one.key for one in idle)]

    @property
    def with_backups(self) -> bool:
        """Whether the backups made before are to be rewritten."""
        return self.backups.isChecked()

    def _on_people(self) -> None:
        """List where those chosen are named besides."""
        session = self._session
        self.texts.show_texts(texts_naming(session.store, session.year, self.chosen()))
        self.show_button.setVisible(bool(self.texts.boxes))
        self._allow()
        if self.isVisible():
            self.fit()

    def _allow(self) -> None:
        chosen = self.chosen()
        backups_only = not chosen and self._earlier and self.with_backups
        texts = f"，改 {count} 处文字" if chosen and (count := len(self.texts.chosen())) else ""
        what = f"删除 {len(chosen)} 人的信息{texts}" if chosen else "从备份里删去" if backups_only else "删除"
        self.accept_button.setText(what)
        self.known.setEnabled(bool(self.boxes or self._idle) or backups_only)
        allowed = (bool(chosen) or backups_only) and self.known.isChecked() and not self._session.read_only
        self.accept_button.setEnabled(allowed)

    def accept_form(self) -> None:
        """Name and phone of those chosen are nowhere in the data file."""
        chosen, session = self.chosen(), self._session
        if not self.known.isChecked():
            raise CommandError(f"请先勾选“{KNOWN}”。", "没有删除。")
        if chosen:
            texts = self.texts.chosen()
            session.attempt(erase_delegates, session.year, chosen, texts)
            also = f"另改 {len(texts)} 处文字，" if texts else ""
            session.messages.toast(f"已删除 {len(chosen)} 名代表的个人信息，{also}不能撤销。")
