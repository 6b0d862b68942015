"""列席函件：给一个决策事项的代表逐人写邀请函、反馈函；写给谁、放在哪里在接下来的小表里选。"""

from __future__ import annotations

from gui.exporting.data_options import DataOptions, Summary
from gui.exporting.form_parts import OptionSection
from gui.exporting.letters_dialog import open_letters
from gui.kit.choices import Choice, Segments
from gui.kit.exporter import Exporter
from gui.kit.plain import label
from gui.session.redaction import redacted_record
from models.domain.attendance import DecisionBody
from planners.attendance.stages import DecisionLine, decision_lines
from planners.wording import short_day

KINDS = (("邀请函", False), ("反馈函", True))
_NOBODY = "还没有登记列席代表的决策事项"


class LetterOptions(DataOptions):
    """Which decision, and which of the two letters."""

    save_words = "生成…"

    def build(self) -> None:
        """The decisions that have delegates, the two kinds."""
        section = OptionSection("范围", first=True)
        self.decision: Choice[str | None] = Choice(self._entries())
        self.decision.setAccessibleName("决策事项")
        section.add(self.decision)
        self.kind: Segments[bool] = Segments(KINDS)
        section.add(self.kind)
        section.add(label("每人一份，姓名默认遮住；格式、写给谁、放在哪里，下一步选。", "caption", wrap=True))
        self._column.addWidget(section)
        self.decision.currentIndexChanged.connect(self.changed)
        self.kind.changed.connect(self.changed)
        self.keep(decision=self.decision, kind=self.kind)

    def _entries(self) -> list[tuple[str, str | None]]:
        entries: list[tuple[str, str | None]] = [
            (redacted_record(line.decision.short or line.decision.title), line.decision.key)
            for line in self._lines()
        ]
        return entries or [(_NOBODY, None)]

    def _lines(self) -> list[DecisionLine]:
        session = self._session
        lines = decision_lines(session.snapshot, session.ruleset, session.today, DecisionBody)
        return [line for line in lines if line.invitations]

    def _line(self) -> DecisionLine | None:
        key = self.decision.value()
        return next((line for line in self._lines() if line.decision.key == key), None)

    def summary(self) -> Summary:
        """To whom the letters go and what is recorded of them."""
        from gui.session.redaction import delegate_words

        line = self._line()
        if line is None:
            return Summary(
                f"{self._session.year} 年列席函件", (f"{_NOBODY}。请先在“公众列席”里登记代表。",), ready=False
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
        return Summary(title, (f"名单上有 {len(rows)} 人。",), ("代表", "邀请", "到会", "反馈"), tuple(rows))

    def save(self, exporter: Exporter) -> None:
        """Ask to whom and where to; the letters are written then."""
        if (line := self._line()) is not None:
            open_letters(self._session, line.decision.key, self.window(), feedback=self.kind.value())
