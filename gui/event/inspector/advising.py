"""活动详情里，没有填错的一栏下面说什么。"""

from __future__ import annotations

from gui.event.day_words import ROUGHLY_KNOWN, day_words
from gui.event.inspector.fields import InspectorFields
from gui.kit.bindings import Binding
from gui.session.year_session import YearSession
from models.domain.events import Campaign, Event, EventStatus
from planners.event_advice import Advice, place_advice
from planners.ledger_rows import lacks_place


def field_advice(bound: Binding, fields: InspectorFields, event: Event, session: YearSession) -> Advice:
    """What is to be known of the field ``bound`` while ``event`` is what has been entered so far."""
    if bound is fields.when:
        return _day_advice(event, session)
    if _is_its_place(bound, fields, event):
        return place_advice(event, session.snapshot, lacking=lacks_place(event, session.snapshot))
    if bound is fields.stages and not event.stages and event.campaign is Campaign.CAMPUS:
        return Advice("未选学段，不计入学段的检查", "warning")
    if bound is fields.host_meeting and not event.host_event and event.campaign is Campaign.TECH_FORUM:
        return Advice("须挂靠一场重要会议（第3条）", "warning")
    if bound is fields.lead and not event.lead_units:
        return Advice("未填牵头单位", "warning")
    return Advice()


def _is_its_place(bound: Binding, fields: InspectorFields, event: Event) -> bool:
    """Whether the field says where an event of this campaign is: the park, the towns, else the place."""
    own = {Campaign.PARK: fields.park, Campaign.COMMUNITY: fields.towns}
    return bound is own.get(event.campaign, fields.place)


def _day_advice(event: Event, session: YearSession) -> Advice:
    if event.starts_at is None:
        return Advice("没有定日期，放在待定区", "warning")
    day = event.starts_at.date()
    if day.year != session.year:
        return Advice(f"这一天不在 {session.year} 年度里，不计入本年度的检查", "warning")
    if event.day is None:
        return Advice(ROUGHLY_KNOWN)
    if event.status is EventStatus.CANCELLED:
        return Advice()
    return Advice(*day_words(session, event))
