"""年度节点一张卡：依据的原文、谁来办；定期的各次列在下面，平时只显示要办的一次。"""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QGridLayout

from gui.kit.boxes import in_column, take_out
from gui.kit.icons import IconSign
from gui.kit.plain import button, label, restyle
from gui.policies.milestone_line import MilestoneLine, role_of, state_words
from gui.policies.model import LOOKS
from gui.session.year_session import YearSession
from models.domain.rules import clause_words
from planners.milestone_rows import MilestoneRow
from planners.policy_rows import OPEN_STATES


class MilestoneCard(QFrame):
    """What the document asks, who does it, and a line for each time; ``lines`` by the milestone's name."""

    def __init__(self, rows: Sequence[MilestoneRow], session: YearSession) -> None:
        super().__init__()
        self.setObjectName("Card")
        named = len(rows) > 1
        self._title = rows[0].title.rpartition(" · ")[0] if named else rows[0].title
        self.setAccessibleName(self._title)
        self.lines = {row.code: MilestoneLine(row, session, named=named) for row in rows}
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(14, 10, 14, 10)
        self._grid.setHorizontalSpacing(10)
        self._grid.setVerticalSpacing(4)
        self._sign: IconSign | None = None
        self._state = label("", "secondary")
        self._basis = label("", "secondary", wrap=True)
        self.fold = button("", self._toggle, kind="flat", small=True)
        self._grid.addWidget(label(self._title, "strong"), 0, 1)
        self._grid.addWidget(self._state, 0, 2, Qt.AlignmentFlag.AlignRight)
        self._grid.addWidget(self._basis, 1, 1, 1, 2)
        self._grid.addLayout(in_column(*self.lines.values(), margins=0, spacing=2), 2, 1, 1, 2)
        self._grid.addWidget(self.fold, 3, 1, Qt.AlignmentFlag.AlignLeft)
        self.fold.setVisible(named)
        self._grid.setColumnStretch(1, 1)
        self._unfolded = False
        self.show_rows(rows)

    def show_rows(self, rows: Sequence[MilestoneRow]) -> None:
        """Show the times as ``rows`` say."""
        for row in rows:
            self.lines[row.code].show_row(row)
        self._rows = tuple(rows)
        waiting = [row for row in rows if row.state in OPEN_STATES]
        self._foremost = (waiting or [*rows])[0]
        self._show_head(done=len(rows) - len(waiting))
        self._show_lines()

    def unfold(self, code: str) -> None:
        """The time called ``code`` is seen."""
        self._unfolded = self._unfolded or code != self._foremost.code
        self._show_lines()

    def _show_head(self, done: int) -> None:
        row = self._foremost
        icon, color = LOOKS[row.state]
        if self._sign is not None:
            take_out(self._grid, self._sign)
        self._sign = IconSign(icon or "dashed-circle", color, room=(18, 20))
        self._grid.addWidget(self._sign, 0, 0)
        times = len(self._rows)
        words = f"已办 {done}/{times} 次" if times > 1 else state_words(row)
        self._state.setText(words)
        restyle(self._state, "role", role_of(row))
        quote = clause_words(row.clause) + (f"　“{row.quote}”" if row.quote else "")
        who = f"责任单位：{row.reporter}" if row.reporter else ""
        note = "" if row.reports else row.note
        self._basis.setText(" · ".join(filter(None, (quote, who, note))))

    def _show_lines(self) -> None:
        for code, line in self.lines.items():
            line.setVisible(self._unfolded or code == self._foremost.code)
        self.fold.setText("只看要办的一次" if self._unfolded else f"展开全部 {len(self._rows)} 次")
        self.fold.setAccessibleName(f"{self._title}，{self.fold.text()}")

    def _toggle(self) -> None:
        self._unfolded = not self._unfolded
        self._show_lines()
