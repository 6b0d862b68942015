"""写出日历：选项，将要写出什么，写。"""

from __future__ import annotations

from PySide6.QtWidgets import QFrame, QWidget

from gui.dialogs.calendars.options import CalendarOptions
from gui.dialogs.form import FormDialog
from gui.operations.session import YearSession
from gui.plain import label
from models.domain.errors import CommandError
from models.domain.events import Campaign


class CalendarDialog(FormDialog):
    """The options of calendars in a dialog; whoever opened it calls ``options.save`` when it is accepted."""

    def __init__(
        self,
        session: YearSession,
        parent: QWidget | None = None,
        campaign: Campaign | None = None,
        unit: str | None = None,
    ) -> None:
        super().__init__("写出日历", CalendarOptions.save_words, parent, width=600)
        self.add_heading("日历（iCal）")
        self.options = CalendarOptions(session)
        self.add_widget(self.options)
        self.summary = label("", "strong", wrap=True)
        self.concerns = label("", "warning", wrap=True)
        self.below.setContentsMargins(24, 8, 24, 8)
        self.below.setSpacing(4)
        line = QFrame(objectName="Line")
        line.setFixedHeight(1)
        self.below.addWidget(line)
        self.below.addWidget(self.summary)
        self.below.addWidget(self.concerns)
        self.options.changed.connect(self._describe)
        self.options.choose_scope(campaign, unit)
        self._describe()

    def _describe(self) -> None:
        summary = self.options.summary()
        self.summary.setText("\n".join(summary.lines))
        concerns = self.options.concerns()
        self.concerns.setText("\n".join(concerns))
        self.concerns.setVisible(bool(concerns))
        self.accept_button.setEnabled(summary.ready)
        if self.isVisible():
            self.fit()

    def accept_form(self) -> None:
        """``CommandError`` where the scope is none."""
        if problem := self.options.problem():
            raise CommandError(f"{problem}。")
