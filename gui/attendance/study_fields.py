"""一条意见的研究：转给哪个单位、哪天转去、采纳没有、说明、哪天定的。"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from gui.attendance.attendance_form import require_past, single_unit
from gui.attendance.people_fields import note_edit
from gui.kit.bindings import Field
from gui.kit.choices import Choice, UnitEdit
from gui.kit.form import FormDialog
from gui.kit.optional_day import OptionalDay
from gui.session.year_session import YearSession
from models.domain.attendance import Opinion, Outcome
from models.domain.errors import CommandError
from planners import wording
from planners.attendance.stages import clocks_of

OUTCOMES: tuple[tuple[str, Outcome | None], ...] = (
    ("待研究", None),
    *((one.label, one) for one in Outcome),
)
NEEDS_REPLY = (Outcome.PARTLY, Outcome.NOT_ADOPTED)


class StudyFields:
    """The fields of one opinion's outcome; the day of the decision is today once an outcome is chosen."""

    def __init__(self, session: YearSession, opinion: Opinion) -> None:
        self._session, self._opinion = session, opinion
        today = session.today
        self.outcome: Choice[Outcome | None] = Choice(OUTCOMES)
        self.outcome.choose(opinion.outcome)
        self.reply = note_edit(opinion.reply, 60, "采纳在哪里，或为什么不采纳")
        self.unit = UnitEdit(session.snapshot.units, hint="由哪个单位研究")
        self.unit.set_keys((opinion.unit,) if opinion.unit else ())
        self.referred = OptionalDay("已转", opinion.referred_on, today)
        self.decided = OptionalDay("已定", opinion.decided_on, today)
        self.outcome.currentIndexChanged.connect(self._on_outcome)
        self.referred.changed.connect(self._say_due)

    def rows(self, form: FormDialog) -> Iterator[tuple[Callable[[], str] | None, Field]]:
        """Add the fields to ``form``; each with what is written in it, None where nothing can be."""
        self._unit_row = form.add_row("研究单位", self.unit)
        self._referred_row = form.add_row("转研究", self.referred)
        self._outcome_row = form.add_row("采纳", self.outcome)
        self._reply_row = form.add_row("说明", self.reply)
        self._decided_row = form.add_row("研究定于", self.decided)
        self._say_due()
        yield None, self._referred_row
        yield self.reply.toPlainText, self._reply_row

    def _say_due(self) -> None:
        day = clocks_of(self._session.snapshot, self._session.ruleset).opinion_due(
            self._opinion._replace(referred_on=self.referred.value())
        )
        late = day is not None and day < self._session.today and self.outcome.value() is None
        words = f"{wording.day_label(day)}前答复{'，已过' if late else ''}" if day else ""
        self._referred_row.say(words, "warning" if late else "caption")

    def _on_outcome(self) -> None:
        outcome = self.outcome.value()
        if outcome is not None and self.decided.value() is None:
            self.decided.set_value(self._session.today)
        if outcome is None:
            self.decided.set_value(None)
        words = f"“{outcome.label}”须写明说明（第20条）" if outcome in NEEDS_REPLY and outcome else ""
        self._reply_row.say("" if self.reply.toPlainText().strip() else words, "caption")
        self._say_due()

    def studied(self, opinion: Opinion) -> Opinion:
        """``opinion`` with what is entered; ``CommandError`` where a reply is lacking or a day is to come."""
        outcome, reply = self.outcome.value(), self.reply.toPlainText().strip()
        self._reply_row.say("")
        if outcome in NEEDS_REPLY and outcome and not reply:
            self._reply_row.say(f"“{outcome.label}”须写明说明（第20条）")
            self.reply.setFocus()
            raise CommandError(f"“{outcome.label}”须写明说明。", "没有保存。", "请填写说明。")
        decided = self.decided.value()
        was_undated = opinion.outcome is not None and opinion.decided_on is None
        self._decided_row.say("")
        if outcome is not None and decided is None and not was_undated:
            self._decided_row.say("请写明哪天定的：在那之后的反馈才算")
            self.decided.setFocus()
            raise CommandError("采纳情况还没有写明哪天定的。", "没有保存。", "请填写“研究定于”。")
        today = self._session.today
        require_past(self.referred.value(), today, "转研究的日期", opinion.referred_on)
        require_past(decided, today, "研究定下的日期", opinion.decided_on)
        return opinion._replace(
            outcome=outcome,
            reply=reply,
            unit=single_unit(self._unit_row, self.unit, "研究单位"),
            referred_on=self.referred.value(),
            decided_on=decided if outcome is not None else None,
        )
