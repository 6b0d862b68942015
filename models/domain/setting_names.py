"""年度设置的键名，一处：时限与办结日、登记说明、改动理由、日历提醒。"""

from __future__ import annotations

OFFICE = "office"
"""How the office signs what it prints and writes; without it, the office of the district's government."""
EXPLANATION = "explanation:"
"""登记说明 of a missed period, by the key of the period."""
REASON = "reason:"
"""Why another setting was changed, by the name of that setting."""
WEEK_LIMIT = "week_limit"
"""How many events the district holds in a week at most."""
LEAD_WORKDAYS = "lead_workdays"
"""So many working days before a period ends it is at risk."""
SOON_WORKDAYS = "soon_workdays"
"""The deadline of a single paper or meeting is 临近 within so many working days."""
ALARM_TIME = "calendar.workday_alarm"
"""Time of day of the reminder on the working day before (15:00), "" for none."""
ALARM_MINUTES = "calendar.minutes_alarm"
"""Minutes of the reminder ahead of the start (30), null for none."""


def due_name(code: str, *parts: str) -> str:
    """The day by which a milestone is to be reached, where the office has set one of its own.

    ``parts``: the first day of the period of one that comes back.
    """
    return "|".join((f"due:{code}", *filter(None, parts)))


def done_name(code: str, *parts: str) -> str:
    """The day on which a milestone was reached; ``parts``: in which period, and the unit that reported."""
    return "|".join((f"done:{code}", *filter(None, parts)))


def reason_name(setting: str) -> str:
    """Why ``setting`` was changed."""
    return REASON + setting


def explanation_name(period: str) -> str:
    """登记说明 of the missed period with the key ``period``."""
    return EXPLANATION + period
