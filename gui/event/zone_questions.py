"""专区随会议走时要问的：专区有自己的时间怎么办；要把专区挪开会议那天怎么办；在会议上设专区。"""

from __future__ import annotations

from datetime import datetime
from functools import partial

from PySide6.QtCore import QObject, Signal

from gui.session.messages import Action
from gui.session.year_session import YearSession
from models import commands
from models.domain.changes import ChangeSet
from models.domain.errors import CommandError, UserError
from models.domain.events import Campaign, Event, EventStatus
from models.domain.snapshot import ItemKind
from models.domain.text import quoted
from models.hosting import ZoneDayError, has_own_time
from planners.wording import moment_label, short_day
from planners.zones import new_zone, zone_of

TOPIC = "zone"


class ZoneQuestions(QObject):
    """Asks what a command cannot know. ``event_requested`` carries a zone's key: its form is wanted."""

    event_requested = Signal(str)

    def __init__(self, session: YearSession, parent: QObject) -> None:
        super().__init__(parent)
        self._session = session

    def remedies(self, error: UserError) -> list[Action]:
        """连同会议移动, where a zone was to leave the day of its meeting."""
        if not isinstance(error, ZoneDayError) or error.starts_at is None or self._session.read_only:
            return []
        host = self._session.snapshot.event_by_key.get(error.host)
        if host is None or host.status in (EventStatus.HELD, EventStatus.CANCELLED):
            return []
        clock = host.starts_at.time() if host.starts_at else error.starts_at.time()
        start = datetime.combine(error.starts_at.date(), clock)
        words = f"连同会议移到{short_day(start.date())}"
        return [Action(words, partial(self._move_host, host.key, start))]

    def _move_host(self, key: str, start: datetime) -> None:
        session = self._session
        session.messages.withdraw("error")
        session.perform(commands.move_event, session.year, key, start, toast=True)

    def look_at(self, done: ChangeSet) -> None:
        """After the step ``done``: ask about zones that went along at a time of their own."""
        events = self._session.snapshot.event_by_key if self._session.has_year else {}
        asked = [zone for change in done.changes if (zone := _own_time(change.before, change.after, events))]
        if not asked:
            self._session.messages.withdraw(TOPIC)
            return
        zone = asked[0]
        assert zone.starts_at is not None
        more = f"等 {len(asked)} 个专区" if len(asked) > 1 else ""
        text = (
            f"专区{quoted(zone.short or zone.title)}{more}原来有自己的时间，已随会议改为"
            f"{moment_label(zone.starts_at)}。时间对吗？"
        )
        self._session.messages.bar(
            "info",
            text,
            [
                Action("就这样", partial(self._session.messages.withdraw, TOPIC)),
                Action("与会议同时", partial(self._same_time, zone.key)),
                Action("改时间…", partial(self._edit, zone.key)),
            ],
            topic=TOPIC,
        )

    def _edit(self, key: str) -> None:
        self._session.messages.withdraw(TOPIC)
        self.event_requested.emit(key)

    def _same_time(self, key: str) -> None:
        session = self._session
        session.messages.withdraw(TOPIC)
        zone = session.snapshot.event_by_key.get(key)
        host = session.snapshot.event_by_key.get(zone.host_event or "") if zone else None
        if zone is None or host is None:
            session.messages.toast("这个专区已不在计划里。")
            return
        after = zone._replace(starts_at=host.starts_at, ends_at=host.ends_at, precision=host.precision)
        title = f"专区{quoted(zone.short or zone.title)}与会议同时"
        session.perform(commands.change_event, session.year, after, title, toast=True)

    def set_up(self, host: str) -> str | None:
        """A zone at the meeting ``host``, one step; the key of the zone, the one there is where one is."""
        session = self._session
        event = session.snapshot.event_by_key.get(host)
        if event is None:
            session.messages.toast("这场会议已不在计划里。")
            return None
        if (known := zone_of(session.snapshot, host)) is not None:
            return known.key
        if event.status is EventStatus.CANCELLED:
            session.messages.error(
                CommandError("会议已取消，不能在那里设专区。", "没有改动。", "请先恢复会议。")
            )
            return None
        zone = new_zone(event, commands.new_key(session.snapshot, ItemKind.EVENT))
        title = f"在{quoted(event.short or event.title)}设置专区"
        done = session.perform(commands.add_event, session.year, zone, title, toast=True)
        return zone.key if done is not None else None


def _own_time(before: object, after: object, events: dict[str, Event]) -> Event | None:
    """The zone that went along with its meeting though it had a time of its own; None for any other change."""
    if not isinstance(before, Event) or not isinstance(after, Event):
        return None
    host = events.get(after.host_event or "")
    went = before.day is not None and after.day is not None and before.day != after.day
    if after.campaign is not Campaign.TECH_FORUM or host is None or not went:
        return None
    return after if has_own_time(after, host) else None
