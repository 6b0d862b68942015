"""按代表逐人登记的三个环节：发出邀请、到会列席、反馈代表。"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from PySide6.QtWidgets import QWidget

from gui.attendance.people_fields import NamedControl
from gui.attendance.stage_form import StageForm, newly
from gui.kit.bindings import Binding, not_to_come
from gui.kit.choices import Segments
from gui.kit.optional_day import OptionalDay
from gui.kit.plain import button
from gui.session.year_session import YearSession
from models.domain.attendance import (
    Attendance,
    DecisionBody,
    Invitation,
    is_answered,
    is_called,
    is_owed_feedback,
    told_too_early,
)
from models.domain.changes import RowChange
from models.domain.privacy import delegate_name
from planners.attendance.stages import DecisionLine, Stage

NOBODY = "还没有登记代表，请先办“代表遴选”或新增代表。"
NOBODY_HEARD = "没有登记参加的人，公开即是反馈；要逐人反馈的先新增代表。"
_ATTENDANCES: tuple[tuple[str, Attendance | None], ...] = (
    ("未登记", None),
    *((one.label, one) for one in Attendance),
)


class DaysForm(StageForm):
    """A day for each delegate, kept as ``FIELD`` of the invitation; today where there is none yet."""

    TICK = FIELD = DAY = ""

    def __init__(self, session: YearSession, line: DecisionLine, parent: QWidget | None = None) -> None:
        super().__init__(session, line, parent, width=620)
        self.rows: dict[str, NamedControl] = {}
        self.days: dict[str, Binding] = {}
        gone = not_to_come(session.today, self.DAY)
        for row in line.invitations:
            name = self.name_of(row.delegate)
            day = OptionalDay(self.TICK, self._first_day(row), session.today)
            day.tick.setAccessibleName(f"{name}：{self.TICK}")
            self.days[row.key] = Binding(name, day, self.FIELD, checks=(gone,))
            self.rows[row.key] = NamedControl(name, day, 250, self.why_not(row))
            self.add_widget(self.rows[row.key])
        if not line.invitations:
            self.add_words(NOBODY if line.decision.body is DecisionBody.DISTRICT else NOBODY_HEARD, "warning")
        self.add_hold_to_show()
        self.add_warnings()
        self.opened()
        first = next((one.control for one in self.days.values() if one.control.isVisibleTo(self)), None)
        if first is not None:
            first.setFocus()

    def add_warnings(self) -> None:
        """Words below the list."""

    def _first_day(self, row: Invitation) -> date | None:
        """What the row begins with: today where nothing is stored, for a reserve only what is."""
        waits = row.key in self.line.reserves or self.why_not(row)
        return self.day_of(row) or (None if waits else self.session.today)

    def day_of(self, row: Invitation) -> date | None:
        """The day as it is stored, and holds."""
        stored: date | None = getattr(row, self.FIELD)
        return stored

    def why_not(self, row: Invitation) -> str:
        """Why nothing is recorded for this delegate; "" where it is."""
        del row
        return ""

    def makes_done(self, change: RowChange) -> bool:
        """The first day."""
        return newly(change, self.FIELD)

    def changes(self) -> Sequence[RowChange]:
        """The invitations with their days."""
        for row in self.line.invitations:
            self.days[row.key].require(row)
        return [RowChange.of(row, self.days[row.key].applied_to(row)) for row in self.line.invitations]

    def show_names(self, shown: bool) -> None:  # noqa: FBT001
        """Names in full while ``shown``."""
        for row in self.line.invitations:
            self.rows[row.key].show_name(self.name_of(row.delegate, masked=not shown))


class InvitedForm(DaysForm):
    """On which day each delegate was invited."""

    STAGE, TICK, FIELD, DAY = Stage.INVITED, "已邀请", "invited_on", "邀请日期"

    def add_warnings(self) -> None:
        """Who was forgotten, once the meeting is over."""
        line = self.line
        forgotten = [row for row in line.invitations if not is_called(row) and row.key not in line.reserves]
        if forgotten and self._is_late():
            self.add_words("会议已经开过：没有邀请的改为候补，或在“代表遴选”从名单里去掉。", "warning")

    def _is_late(self) -> bool:
        day = self.line.session_day
        return day is not None and day < self.session.today

    def _first_day(self, row: Invitation) -> date | None:
        """After the meeting nobody is invited any more."""
        return self.day_of(row) if self._is_late() else super()._first_day(row)


class ToldForm(DaysForm):
    """On which day each delegate was told; not before the opinions are studied."""

    STAGE, TICK, FIELD, DAY = Stage.TOLD, "已反馈", "told_on", "反馈日期"

    def add_warnings(self) -> None:
        """Opinions without an outcome, and feedbacks that came before it."""
        line = self.line
        self.open = sum(not is_answered(opinion) for opinion in line.opinions)
        early = sum(told_too_early(row, line.opinions) for row in line.invitations)
        if self.open:
            self.add_words(f"还有 {self.open} 条意见没有写明采纳情况，先研究再反馈。", "warning")
        elif early:
            self.add_words(f"{early} 名代表的反馈早于意见研究定下的日期，不算，要再反馈。", "warning")

    def day_of(self, row: Invitation) -> date | None:
        """When told; nothing where that was before there was an outcome."""
        return None if told_too_early(row, self.line.opinions) else row.told_on

    def why_not(self, row: Invitation) -> str:
        """Who was absent has nothing to be told, nor a reserve who was never called."""
        if row.told_on is not None or is_owed_feedback(row, self.line.opinions):
            return ""
        return "缺席，不用反馈" if row.attendance is Attendance.ABSENT else "没有邀请，不用反馈"


class PresentForm(StageForm):
    """Who came. Where somebody declined, a reserve steps in with one click."""

    STAGE = Stage.PRESENT

    def __init__(self, session: YearSession, line: DecisionLine, parent: QWidget | None = None) -> None:
        super().__init__(session, line, parent, width=700)
        day = line.session_day
        self.over = day is not None and day <= session.today
        self._step_day = day if day is not None and self.over else session.today
        self.stepping_in: set[str] = set()
        self.rows: dict[str, NamedControl] = {}
        self.came: dict[str, Segments[Attendance | None]] = {}
        for row in line.invitations:
            person = self.people.get(row.delegate)
            usual = Attendance.PRESENT if self.over and not (person and person.reserve) else None
            name = self.name_of(row.delegate)
            came = self.came[row.key] = Segments(_ATTENDANCES)
            came.setAccessibleName(f"{name}：到会")
            came.choose(row.attendance or usual)
            came.changed.connect(self._offer)
            self.rows[row.key] = NamedControl(name, came, 236)
            self.add_widget(self.rows[row.key])
        if not line.invitations:
            self.add_words(NOBODY, "warning")
        elif not self.over:
            self.add_words("会议还没有开：只登记请假，到会会后再登记。", "caption")
        self.offer = button("", self._on_step_in, small=True, icon_name="users")
        self.add_widget(self.offer)
        self.note = self.add_words("", "caption")
        self.add_hold_to_show()
        self._offer()
        self.opened()
        if self.rows:
            next(iter(self.rows.values())).setFocus()

    def show_names(self, shown: bool) -> None:  # noqa: FBT001
        """Names in full while ``shown``."""
        for row in self.line.invitations:
            self.rows[row.key].name.setText(self.name_of(row.delegate, masked=not shown))

    def _reserves(self) -> list[Invitation]:
        """The reserves that have not stepped in."""
        return [
            row
            for row in self.line.invitations
            if row.delegate in self.people
            and self.people[row.delegate].reserve
            and row.key not in self.stepping_in
            and self.came[row.key].value() is None
        ]

    def _offer(self) -> None:
        """Offer the first reserve where somebody declined."""
        gone = [
            key for key, came in self.came.items() if came.value() in (Attendance.LEAVE, Attendance.ABSENT)
        ]
        reserves = self._reserves()
        wanted = len(gone) > len(self.stepping_in) and bool(reserves)
        self.offer.setVisible(wanted)
        if wanted:
            self.offer.setText(f"请候补{delegate_name(self.people[reserves[0].delegate])}递补")
        self.note.setVisible(bool(self.stepping_in))
        when = "会议那天" if self.over else "今天"
        self.note.setText(f"递补 {len(self.stepping_in)} 人：不再是候补，没有邀请日期的记{when}。")
        if self.isVisible():
            self.fit()

    def _on_step_in(self) -> None:
        self._step_in(self._reserves()[0])

    def _step_in(self, row: Invitation) -> None:
        self.stepping_in.add(row.key)
        self.rows[row.key].name.setText(f"{self.name_of(row.delegate).removesuffix('（候补）')}（递补）")
        if self.over:
            self.came[row.key].choose(Attendance.PRESENT)
        self._offer()

    def makes_done(self, change: RowChange) -> bool:
        """Somebody came."""
        return (
            getattr(change.after, "attendance", None) is Attendance.PRESENT and change.before != change.after
        )

    def changes(self) -> Sequence[RowChange]:
        """The invitations, and the reserves that stepped in."""
        found = []
        for row in self.line.invitations:
            attendance = self.came[row.key].value()
            after = row._replace(attendance=attendance)
            if row.key in self.stepping_in:
                after = after._replace(invited_on=row.invited_on or self._step_day)
                person = self.people[row.delegate]
                found.append(RowChange.of(person, person._replace(reserve=False)))
            found.append(RowChange.of(row, after))
        return found

    def draft_shape(self) -> object:
        """Who stepped in."""
        return sorted(self.stepping_in)

    def take_shape(self, shape: object) -> None:
        """The same reserves step in."""
        for key in list(shape):  # type: ignore[call-overload]
            if key in self.rows and key not in self.stepping_in:
                self._step_in(next(row for row in self.line.invitations if row.key == key))
