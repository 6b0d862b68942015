"""一条意见的研究：转给哪个单位、哪天转去、采纳没有、说明、哪天定的。"""

from __future__ import annotations

from gui.kit.bindings import Binding, Bindings, not_to_come
from gui.kit.choices import Choice, UnitEdit
from gui.kit.controls import note_edit
from gui.kit.form import FormDialog
from gui.kit.optional_day import OptionalDay
from gui.kit.theme import theme
from gui.session.year_session import YearSession
from models.domain.attendance import Opinion, Outcome
from planners import wording
from planners.attendance.stages import clocks_of

OUTCOMES: tuple[tuple[str, Outcome | None], ...] = (
    ("待研究", None),
    *((one.label, one) for one in Outcome),
)
NEEDS_REPLY = (Outcome.PARTLY, Outcome.NOT_ADOPTED)


class StudyFields(Bindings):
    """The rows of one opinion's outcome at the end of ``form``; the day of the decision is today once an outcome is chosen."""

    def __init__(self, session: YearSession, opinion: Opinion, form: FormDialog) -> None:
        super().__init__(form)
        self._session, self._opinion = session, opinion
        today = session.today
        unit = UnitEdit(session.snapshot.units, hint="由哪个单位研究", single="")
        self.referred = OptionalDay("已转", None, today)
        self.outcome: Choice[Outcome | None] = Choice(OUTCOMES)
        self.reply = note_edit(round(60 * theme().scale), "采纳在哪里，或为什么不采纳")
        self.decided = OptionalDay("已定", None, today)
        gone = not_to_come(today, "转研究的日期")
        for binding in (
            Binding("研究单位", unit, "unit"),
            Binding("转研究", self.referred, "referred_on", checks=(gone,)),
            Binding("采纳", self.outcome, "outcome"),
            Binding("说明", self.reply, "reply"),
            Binding("研究定于", self.decided, "decided_on", checks=(not_to_come(today, "研究定下的日期"),)),
        ):
            form.add_field(self.add(binding))
        self.show(opinion)
        self.outcome.currentIndexChanged.connect(self._on_outcome)
        self.referred.changed.connect(self._say_due)
        self._say_due()

    def _say_due(self) -> None:
        day = clocks_of(self._session.snapshot, self._session.ruleset).opinion_due(
            self._opinion._replace(referred_on=self.referred.value())
        )
        late = day is not None and day < self._session.today and self.outcome.value() is None
        words = (
            f"{wording.day_label(day, self._session.snapshot.year)}前答复{'，已过' if late else ''}"
            if day
            else ""
        )
        self.of(self.referred).say(words, "warning" if late else "caption")

    def _on_outcome(self) -> None:
        outcome = self.outcome.value()
        if outcome is not None and self.decided.value() is None:
            self.decided.set_value(self._session.today)
        if outcome is None:
            self.decided.set_value(None)
        words = f"“{outcome.label}”须写明说明（第20条）" if outcome in NEEDS_REPLY and outcome else ""
        self.of(self.reply).say("" if self.reply.toPlainText().strip() else words, "caption")
        self._say_due()

    def studied(self, opinion: Opinion) -> Opinion:
        """``opinion`` with what is entered; ``CommandError`` where a reply is lacking or a day is to come."""
        after = self.applied_to(opinion)
        outcome = after.outcome
        if outcome in NEEDS_REPLY and not after.reply:
            words = f"“{outcome.label}”须写明说明"
            self.of(self.reply).refuse(f"{words}（第20条）", f"{words}。", remedy="请填写说明。")
        self.of(self.reply).say("")
        was_undated = opinion.outcome is not None and opinion.decided_on is None
        if outcome is not None and after.decided_on is None and not was_undated:
            self.of(self.decided).refuse(
                "请写明哪天定的：在那之后的反馈才算",
                "采纳情况还没有写明哪天定的。",
                remedy="请填写“研究定于”。",
            )
        self.of(self.decided).say("")
        self.require(opinion)
        return after if outcome is not None else after._replace(decided_on=None)
