"""问一个日子、问一季主题：总览与规则检查里“选其他日期”“改到”“复制到”“填主题”都从这里问。"""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import QPoint, QRect

from gui.kit.event_menu import EventMenus
from gui.kit.mini_calendar import MiniCalendar
from gui.kit.page import NewEvent, Page
from gui.kit.theme_editor import ThemeEditor
from gui.session import event_actions as actions
from gui.session.event_actions import DayQuestion
from gui.session.year_session import YearSession
from models import commands
from planners.proposals import Entry
from planners.wording import short_day


class DayQuestions(EventMenus):
    """Asks for days and themes in popovers of ``page`` and does what is answered, one command each."""

    def __init__(self, session: YearSession, page: Page) -> None:
        super().__init__(session, page)
        self.calendar = MiniCalendar(page)
        self.themes = ThemeEditor(page)
        self._question: DayQuestion | None = None
        self._proposed: Entry | None = None
        self._month = (1, 1)
        self.calendar.day_chosen.connect(self._on_day_chosen)
        self.calendar.month_wanted.connect(self._on_month_wanted)
        self.calendar.closed.connect(self.leave)
        self.themes.theme_entered.connect(self._on_theme_entered)
        self.themes.closed.connect(self.leave)

    def leave(self) -> None:
        """A popover was left: the keyboard goes back to where it was."""
        raise NotImplementedError

    def proposed_question(self, question: DayQuestion, proposed: Entry | None) -> DayQuestion:
        """``question`` about the event that ``proposed`` gives a day, where it stands in the year already."""
        key = proposed.event.key if proposed and proposed.event else ""
        return question._replace(event=key) if key in self._session.snapshot.event_by_key else question

    def ask(
        self, question: DayQuestion, proposed: Entry | None, month: tuple[int, int], place: QRect | QPoint
    ) -> None:
        """Ask for a day in ``month``, beside ``place`` (coordinates of the page); ``proposed`` says which is best."""
        self._question, self._proposed = question, proposed
        self._show_month(*month)
        self.calendar.open_for(place)

    def _show_month(self, year: int, month: int) -> None:
        assert self._question is not None
        self._month = (year, month)
        judged = actions.judged_month(self._session, self._question, year, month)
        moving = self._session.snapshot.event_by_key.get(self._question.event or "")
        dated = moving is not None and moving.starts_at is not None
        verb = "复制到" if self._question.copies else "移到" if dated else "排入"
        best = judged.best
        own = moving.day if moving is not None and not self._question.copies else None
        if own is not None and (own.year, own.month) == self._month and own >= self._session.today:
            best = own
        proposed = self._proposed.event.day if self._proposed and self._proposed.event else None
        if proposed is not None and (proposed.year, proposed.month) == self._month:
            best = proposed
        self.calendar.show_month(judged.days, best, self._session.today, subject=self._subject(), verb=verb)

    def _subject(self) -> str:
        assert self._question is not None
        moving = self._session.snapshot.event_by_key.get(self._question.event or "")
        if moving is None:
            group = f" · {self._question.group}" if self._question.group else ""
            return f"{self._question.campaign.label}{group}，新排一场"
        if self._question.copies:
            return f"{moving.title}，另办一场"
        if moving.day is None:
            return f"{moving.title}（待定）"
        return f"{moving.title}（原 {short_day(moving.day)}）"

    def _on_month_wanted(self, step: int) -> None:
        year, month = self._month
        if 1 <= month + step <= 12:
            self._show_month(year, month + step)

    def _on_day_chosen(self, day: date) -> None:
        self.leave()
        question, proposed = self._question, self._proposed
        if question is None:
            return
        if proposed is not None:
            actions.accept_entry(self._session, actions.entry_on(self._session, proposed, day))
        elif question.event is not None and question.copies:
            actions.copy_to(self._session, question.event, day)
        elif question.event is not None:
            actions.move_to(self._session, question.event, day)
        else:
            self._page.new_event_requested.emit(NewEvent(question.campaign, day, question.group))

    def ask_theme_at(self, quarter: int, place: QRect) -> None:
        """Ask for the theme of a quarter beside ``place``."""
        now = self._session.snapshot.year_row.quarter_themes[quarter - 1] or ""
        self.themes.ask(quarter, now, place)

    def _on_theme_entered(self, quarter: int, words: str) -> None:
        self.leave()
        year = self._session.snapshot.year
        self._session.perform(commands.set_quarter_theme, year, quarter, words or None, toast=True)
