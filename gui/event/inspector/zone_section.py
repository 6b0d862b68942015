"""活动详情里的“科创问政”专区：写明了几点、缺什么；会议上还没有专区的可以设。"""

from __future__ import annotations

from PySide6.QtCore import Signal

from gui.kit.plain import button
from gui.kit.sections import Line, Section
from models.domain.events import Campaign, Event, EventStatus
from models.domain.snapshot import YearSnapshot
from models.domain.text import quoted
from planners import wording
from planners.zones import zone_lines, zone_of, zones_at


class ZoneSection(Section):
    """The zone of a meeting, or the contents of a zone. ``open_clicked``: its contents are wanted."""

    open_clicked = Signal()

    def __init__(self) -> None:
        super().__init__("专区内容")
        self.open_button = button("专区内容…", self.open_clicked.emit, kind="flat", small=True)
        self.head.addWidget(self.open_button)
        self.hide()

    def show_event(self, event: Event, snapshot: YearSnapshot, *, can_change: bool) -> None:
        """Show what belongs to ``event``; nothing for other campaigns."""
        zone = zone_of(snapshot, event.key)
        is_host = event.campaign is Campaign.HOST_MEETING
        self.setVisible(event.campaign is Campaign.TECH_FORUM or is_host)
        if zone is None:
            self.show_lines(self._without(event, snapshot) if is_host else ())
            self.open_button.setText("设置专区…")
            may = can_change and is_host and event.status is not EventStatus.CANCELLED
            self.open_button.setVisible(may)
            return
        lines = [
            Line("check" if good else "triangle-warn", "success" if good else "warning", words)
            for good, words in zone_lines(snapshot, zone)
        ]
        if is_host:
            head = f"专区{quoted(zone.short or zone.title)}{wording.time_label(zone)} · {zone.status_label}"
            lines[0] = Line("check", "success", head)
        self.show_lines(lines)
        self.open_button.setText("专区内容…")
        self.open_button.show()

    @staticmethod
    def _without(event: Event, snapshot: YearSnapshot) -> tuple[Line, ...]:
        cancelled = len(zones_at(snapshot, event.key))
        words = "会议上还没有“科创问政”专区" + ("（原有的已取消）" if cancelled else "")
        return (Line("info", "ink3", words),)
