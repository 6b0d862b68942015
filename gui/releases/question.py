"""已印发，改动后将与印发稿不同：改，还是不改。"""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QCheckBox, QWidget

from gui.kit.form import FormDialog
from gui.session.since_release import SinceRelease
from models.domain.attendance import Decision, Meeting
from models.domain.events import Event
from models.domain.snapshot import ItemKind, YearSnapshot
from models.domain.text import quoted
from planners.change_words import meeting_name
from planners.released_events import Departure
from planners.wording import QUARTERS, short_day, time_label

MOST_NAMED = 6


class ReleasedQuestion(FormDialog):
    """Asks once for all that a step changes; Esc and 不改 leave it as it was released."""

    def __init__(
        self, since: SinceRelease, departures: Sequence[Departure], parent: QWidget | None = None
    ) -> None:
        super().__init__("已印发的安排", "改", parent, width=520)
        release = since.release
        self.add_heading(f"{_counted(departures)}已印发，改动后将与印发稿不同")
        self.add_words(
            f"最后一稿：第{release.number}稿{quoted(release.name)}，{release.released_on.isoformat()}印发。",
            "secondary",
        )
        assert since.released is not None
        for departure in departures[:MOST_NAMED]:
            self.add_words(f"· {_named(since.released, departure)}")
        if len(departures) > MOST_NAMED:
            unit = "场" if _events_among(departures) == len(departures) else "项"
            self.add_words(f"……另有 {len(departures) - MOST_NAMED} {unit}")
        mark = "改过的活动标“与印发稿不同”，并" if _events_among(departures) else "改过的"
        self.add_words(f"印发稿本身不变；{mark}列入变更通知。改动可以撤销。", "secondary")
        self.never = QCheckBox("本次不再问（到关闭数据文件为止）")
        self.add_widget(self.never)
        self.back_button.setText("不改")
        self.back_button.setFocus()


def _events_among(departures: Sequence[Departure]) -> int:
    return sum(departure.kind is ItemKind.EVENT for departure in departures)


def _counted(departures: Sequence[Departure]) -> str:
    """这场活动; 3 场活动; where there is something else among them 3 项安排."""
    events, count = _events_among(departures), len(departures)
    if events == count:
        return f"{count} 场活动" if count > 1 else "这场活动"
    return f"{count} 项安排" if count > 1 else "这项安排"


def _named(released: YearSnapshot, departure: Departure) -> str:
    """What it is, and what was released of it."""
    if departure.kind is ItemKind.YEAR:
        quarter = int(departure.key) - 1
        theme = released.year_row.quarter_themes[quarter]
        return f"第{QUARTERS[quarter]}季度走进园区主题（印发时：{theme}）"
    item = released.item(departure.kind, departure.key)
    if isinstance(item, Event):
        when = time_label(item) if item.starts_at is not None else "日期待定"
        return f"{item.title or item.short or item.campaign.label}（印发时：{when}）"
    if isinstance(item, Decision):
        meeting = released.item(ItemKind.MEETING, item.meeting) if item.meeting else None
        where = _meeting_words(meeting) if isinstance(meeting, Meeting) else "还没有上会"
        return f"列席事项{quoted(item.short or item.title)}（印发时：{where}）"
    assert isinstance(item, Meeting)
    return f"列席会议{quoted(meeting_name(item))}（印发时：{_day_words(item)}）"


def _meeting_words(meeting: Meeting) -> str:
    return f"{meeting_name(meeting)}，{_day_words(meeting)}"


def _day_words(meeting: Meeting) -> str:
    at = meeting.starts_at
    return f"{short_day(at.date())} {at:%H:%M}" if at is not None else "日期待定"


def ask_about_released(
    parent: QWidget, since: SinceRelease, departures: Sequence[Departure]
) -> tuple[bool, bool]:
    """Whether to change what was released, and whether to ask no more."""
    question = ReleasedQuestion(since, departures, parent)
    agreed = bool(question.exec())
    never = question.never.isChecked()
    question.deleteLater()
    return agreed, agreed and never
