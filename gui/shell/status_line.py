"""状态栏：保存情况、规则依据、节假日来源、演示标记。"""

from __future__ import annotations

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QLabel, QSizePolicy, QStatusBar, QWidget

from gui.kit.elided import ElidedLabel
from gui.kit.plain import label, restyle
from gui.session.redaction import redacted_record
from gui.session.year_session import YearSession
from planners.in_force import undecided_count

SPOKEN_FOR = 6000
"""Milliseconds that the words of a message stay in the line."""
AROUND_SPOKEN = 40


class SpokenLabel(QLabel):
    """Words at the right, cut at their end to the room there is at the moment."""

    def __init__(self) -> None:
        super().__init__()
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint as much as fits."""
        del event
        painter = QPainter(self)
        room = max(0, self.width() - 8)
        words = self.fontMetrics().elidedText(self.text(), Qt.TextElideMode.ElideRight, room)
        painter.setPen(self.palette().color(self.foregroundRole()))
        painter.drawText(self.rect(), Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, words)
        painter.end()


class Fact(ElidedLabel):
    """As wide as its words, or as there is room."""

    def __init__(self) -> None:
        super().__init__()
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)


class StatusLine(QStatusBar):
    """Says at every moment what is saved and what the checks lean on."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setSizeGripEnabled(False)
        self._session: YearSession | None = None
        self._saved = label()
        self._rules, self._holidays = Fact(), Fact()
        self._mark = label()
        self._mark.setProperty("mark", "demo")
        self._saved.setProperty("mark", "")
        self._release = label()
        self._spoken = SpokenLabel()
        for widget in (self._saved, self._release, self._rules, self._holidays):
            self.addWidget(widget)
        self.addWidget(self._spoken, 1)
        self.addPermanentWidget(self._mark)
        self._silence = QTimer(self, singleShot=True, interval=SPOKEN_FOR)
        self._silence.timeout.connect(self._fall_silent)

    def say(self, words: str) -> None:
        """Show for a while what was just said to the user, delegates masked, cut to the room there is."""
        self._spoken.setText(redacted_record(words))
        self._silence.start()
        self._fit()

    def _fall_silent(self) -> None:
        self._spoken.clear()
        self._fit()

    def _fit(self) -> None:
        """What the checks lean on steps aside for what is said, as far as that needs the room."""
        facts = (self._holidays, self._rules)
        wanted = self._spoken.fontMetrics().horizontalAdvance(self._spoken.text())
        others = sum(shown.sizeHint().width() for shown in (self._saved, self._release, self._mark))
        room = self.width() - others - (wanted and min(wanted + AROUND_SPOKEN, self.width() // 2))
        for number, fact in enumerate(facts):
            needed = sum(one.sizeHint().width() for one in facts[number:])
            fact.setVisible(not wanted or needed <= room)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Share the new width."""
        super().resizeEvent(event)
        self._fit()

    @property
    def spoken(self) -> str:
        """What was said last, while it is shown."""
        return self._spoken.text()

    def follow(self, session: YearSession | None) -> None:
        """Afterwards the line speaks of ``session``."""
        self._session = session
        if session is not None:
            session.changed.connect(self.tell)
            session.saved.connect(self.tell)
            session.held.connect(self.tell)
        self.tell()

    def tell(self) -> None:
        """Say how things stand now."""
        session = self._session
        self._saved.setText(saved_words(session))
        restyle(self._saved, "mark", "bad" if session and session.save_problem else "")
        known = session is not None and session.has_year
        since = session.since_release if session and known else None
        self._release.setText(since.words if since else "草案 · 还没有印发稿" if known else "")
        self._rules.show_text(rules_words(session) if session and known else "")
        self._holidays.show_text(holidays_words(session) if session and known else "")
        self._mark.setText("演示数据 · 非真实活动安排" if session and session.is_demo else "")
        self._fit()


def saved_words(session: YearSession | None) -> str:
    """已保存 14:32, 未保存 and why, 只读."""
    if session is None:
        return "没有打开数据"
    if session.read_only:
        return session.hold_reason or "只读"
    if session.save_problem:
        return f"未保存：{session.save_problem}"
    return f"已保存 {session.saved_at:%H:%M}" if session.saved_at else "已保存"


def rules_words(session: YearSession) -> str:
    """规则依据：宝府办〔2024〕14号 · 规则集 2024 · 沿用; how many rules nobody has decided on since."""
    ruleset = session.ruleset
    carried = "沿用" if ruleset.carried_over else ""
    parts = (f"规则依据：{ruleset.document}", f"规则集 {ruleset.year}", carried, undecided_count(ruleset))
    return " · ".join(filter(None, parts))


def holidays_words(session: YearSession) -> str:
    """节假日：2027（未公布，按法定节日估算）."""
    holidays = session.snapshot.holidays
    source = holidays.notice or "按法定节日估算"
    return f"节假日：{session.year}（{source if holidays.announced else '未公布，' + source}）"
