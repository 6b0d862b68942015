"""看懂报送表里的时间：到哪一步知道到哪一步，看不懂的说看不懂，从不猜。"""

from __future__ import annotations

import re
from datetime import date, datetime, time, timedelta
from typing import NamedTuple

from exports.xlsx.reading.plain import half_width
from models.domain.events import Precision
from models.domain.periods import month_period, quarter_period
from models.domain.workdays import WEEKDAYS
from planners.wording import QUARTERS

HALVES = ((time(9, 0), time(12, 0)), (time(13, 30), time(17, 0)))
"""What 上午 and 下午 are taken to be (as in the window's own field)."""

MOST_DAYS = 31
"""The longest list of single days that is offered for splitting."""


class NotUnderstoodError(ValueError):
    """A time that cannot be taken; ``str`` says why. ``wrong``: it says something that cannot be, not just unknown words."""

    def __init__(self, why: str, *, wrong: bool = False) -> None:
        super().__init__(why)
        self.wrong = wrong


class SaidTime(NamedTuple):
    """When something takes place, as far as the words say; ``raw`` are the words themselves.

    ``warnings`` say what looks odd. ``several``: the single days of 「8月26、27日」, to be split; the times of
    ``SaidTime`` itself are then those of the first day.
    """

    starts_at: datetime | None
    ends_at: datetime | None
    precision: Precision
    tentative: bool = False
    raw: str = ""
    warnings: tuple[str, ...] = ()
    several: tuple[SaidTime, ...] = ()


class _Day(NamedTuple):
    """A day that was named, and where in the text it ended."""

    day: date
    weekday: str = ""


_UNCERTAIN = re.compile(r"[(]?(?:时间)?(?:暂定|拟定|初定|暂拟|拟|预计|左右|待确认)[)]?")
_UNSET = re.compile(r"(?:时间)?(?:待定|未定|另行通知|待通知|待安排|另定|暂无|[-—–]+|/|无)?")
_YEARED = r"(?:(?P<year>\d{4}|\d{2})\s*(?:年度?|[./-])\s*)?"
_MONTH_DAY = r"(?P<month>\d{1,2})\s*(?:月|[./-])\s*(?P<day>\d{1,2})\s*[日号]?"
_ISO = re.compile(r"(?P<year>\d{4})\s*[-/.年]\s*(?P<month>\d{1,2})\s*[-/.月]\s*(?P<day>\d{1,2})\s*日?")
_DATE = re.compile(_YEARED + _MONTH_DAY)
_LATER_DAY = re.compile(
    r"\s*(?:(?P<month>\d{1,2})\s*月)?\s*(?P<day>\d{1,2})\s*(?:[日号]|(?![\d:.点时月年日号]))"
)
_WEEKDAY = re.compile(r"\s*[(]?\s*(?:星期|周|礼拜)(?P<weekday>[一二三四五六日天])\s*[)]?")
_QUARTER = re.compile(r"(?:(?P<year>\d{4})\s*年度?)?\s*第?(?P<quarter>[一二三四1-4])季度?")
_TEN_DAYS = re.compile(r"(?:(?P<year>\d{4})\s*年)?\s*(?P<month>\d{1,2})\s*月份?的?(?P<part>[上中下])旬")
_MONTH = re.compile(r"(?:(?P<year>\d{4})\s*[年./-])?\s*(?P<month>\d{1,2})\s*月份?(?P<part>初|底|末)?(?:内)?")
_CLOCK = re.compile(
    r"\s*(?:每[天日])?\s*(?P<half>上午|早上|早晨|中午|下午|傍晚|晚上|晚)?\s*"
    r"(?:(?P<hour>\d{1,2})\s*(?::\s*(?P<minute>\d{2})(?::\d{2})?|[点时](?P<half_past>半)?(?:(?P<minutes>\d{1,2})分?)?整?))"
)
_HALF = re.compile(r"\s*[(]?(?P<half>上午|早上|下午|晚上|晚|全天)[)]?")
_DASH = re.compile(r"\s*(?:至|到|—+|–|-+|~+|〜)\s*")
_COMMA = re.compile(r"\s*[、,和及;]\s*")
_PAST_NOON = ("下午", "傍晚", "晚上", "晚")


def read_time(text: str, year: int) -> SaidTime:
    """The time that ``text`` says for a plan of ``year``; raises ``NotUnderstoodError`` with the reason.

    A day without a year is one of ``year``; a day of another year is refused (its end may lie in the next).
    """
    raw = text.strip()
    plain = half_width(raw)
    certain = _UNCERTAIN.sub(" ", plain)
    tentative = certain != plain
    plain = certain.strip()
    if _UNSET.fullmatch(plain.strip(" ()。.")):
        return SaidTime(None, None, Precision.UNSET, tentative, raw)
    if plain.startswith("即日起"):
        return SaidTime(
            None, None, Precision.UNSET, tentative=True, raw=raw, warnings=("没有写明从哪天开始",)
        )
    for read in (_vague, _dated):
        if (found := read(plain, year)) is not None:
            several = tuple(one._replace(tentative=tentative, raw=raw) for one in found.several)
            return found._replace(tentative=found.tentative or tentative, raw=raw, several=several)
    raise NotUnderstoodError("没有看懂这个时间")


def read_moment(value: datetime | date, year: int) -> SaidTime:
    """The time of a real date in a cell, to the minute; midnight says no more than the day."""
    if not isinstance(value, datetime):
        value = datetime(value.year, value.month, value.day)
    moment = _to_minute(value)
    _require_year(moment.date(), year)
    raw = f"{moment.year}年{moment.month}月{moment.day}日" + (
        f"{moment:%H:%M}" if moment.time() != time() else ""
    )
    if moment.time() == time():
        return SaidTime(moment, moment + timedelta(days=1), Precision.DAY, raw=raw)
    return SaidTime(moment, None, Precision.TIME, raw=raw)


def read_number(value: float, year: int, epoch: datetime) -> SaidTime:
    """The time of a number: a serial date, or 5.15 for 15 May; 5.1 may be the 1st or the 10th and is refused."""
    if 20_000 <= value < 80_000:
        return read_moment(epoch + timedelta(days=value), year)
    text = repr(value)
    if value.is_integer() or not re.fullmatch(r"(1[0-2]|[1-9])\.\d{1,2}", text):
        raise NotUnderstoodError("这个数字不是日期")
    month, _, day = text.partition(".")
    if len(day) == 1 and day in "123":
        raise NotUnderstoodError(f"可能是{month}月{day}日，也可能是{month}月{day}0日，请写明", wrong=True)
    return read_time(text, year)


def read_clock(text: str) -> tuple[time | None, time | None, str]:
    """Start and end of 9:00—11:00, 下午2点; the half of the day where no clock is said (上午, 下午, 全天, "")."""
    plain = half_width(text)
    starts, ends, half, at = _clock(plain, 0)
    if plain[at:].strip(" ()"):
        raise NotUnderstoodError("没有看懂这个钟点")
    return starts, ends, half


def with_clock(when: SaidTime, starts: time | None, ends: time | None, half: str) -> SaidTime:
    """``when`` at a clock time said in another column."""
    if when.starts_at is None or when.precision is not Precision.DAY:
        return when
    made = _on_day(when.starts_at.date(), starts, ends, half)
    several = tuple(with_clock(one, starts, ends, half) for one in when.several)
    return made._replace(
        tentative=when.tentative, raw=when.raw, warnings=(*when.warnings, *made.warnings), several=several
    )


# ── 只知道大概的 ──


def _vague(plain: str, year: int) -> SaidTime | None:
    if match := _QUARTER.fullmatch(plain):
        _require_said_year(match["year"], year)
        named = match["quarter"]
        quarter = QUARTERS.index(named) + 1 if named in QUARTERS else int(named)
        return _span(
            quarter_period(year, quarter).first, quarter_period(year, quarter).last, Precision.QUARTER
        )
    if match := _TEN_DAYS.fullmatch(plain):
        _require_said_year(match["year"], year)
        month = _month(match["month"])
        period = month_period(year, month)
        first, last = {"上": (1, 10), "中": (11, 20), "下": (21, period.last.day)}[match["part"]]
        return _span(date(year, month, first), date(year, month, last), Precision.TEN_DAYS)
    if match := _MONTH.fullmatch(plain):
        _require_said_year(match["year"], year)
        period = month_period(year, _month(match["month"]))
        found = _span(period.first, period.last, Precision.MONTH)
        if match["part"]:
            return found._replace(tentative=True, warnings=(f"“月{match['part']}”按整月记，原话留着",))
        return found
    return None


def _span(first: date, last: date, precision: Precision) -> SaidTime:
    return SaidTime(_midnight(first), _midnight(last) + timedelta(days=1), precision)


def _midnight(day: date) -> datetime:
    return datetime(day.year, day.month, day.day)


def _month(text: str) -> int:
    month = int(text)
    if not 1 <= month <= 12:
        raise NotUnderstoodError(f"没有{month}月", wrong=True)
    return month


# ── 有日期的 ──


def _dated(plain: str, year: int) -> SaidTime | None:
    first, at = _date(plain, 0, year)
    if first is None:
        return None
    warnings = list(_weekday_warning(first))
    others, at, separator = _later_days(plain, at, first, year)
    for other in others:
        warnings += _weekday_warning(other)
    if separator == "to" and others:
        found, at = _days_to(plain, at, first, others[0])
    else:
        starts, ends, half, at = _clock(plain, at)
        found = _on_day(first.day, starts, ends, half)
        ended, at = _end_on_another_day(plain, at, found, first, year)
        if ended is not None:
            found = ended
        if others:
            days = (first, *others)
            several = tuple(_on_day(one.day, starts, ends, half) for one in days)
            found = found._replace(several=several)
            warnings.append(f"写了 {len(days)} 天，可以拆分为 {len(days)} 场")
    rest = plain[at:].strip(" ()。,;")
    if re.search(r"\d", rest):
        raise NotUnderstoodError(f"没有看懂“{rest[:20]}”")
    if rest:
        warnings.append(f"时间后面还写着“{rest[:20]}”，原话留着")
    _require_order(found)
    return found._replace(warnings=(*warnings, *found.warnings))


def _date(plain: str, at: int, year: int) -> tuple[_Day | None, int]:
    match = _ISO.match(plain, at) or _DATE.match(plain, at)
    if match is None:
        return None, at
    said = match["year"]
    number = year if said is None else int(said) if len(said) == 4 else 2000 + int(said)
    day = _real_day(number, int(match["month"]), int(match["day"]))
    _require_year(day, year)
    return _with_weekday(plain, match.end(), day)


def _with_weekday(plain: str, at: int, day: date) -> tuple[_Day, int]:
    match = _WEEKDAY.match(plain, at)
    return (_Day(day, match["weekday"]), match.end()) if match else (_Day(day), at)


def _later_days(plain: str, at: int, first: _Day, year: int) -> tuple[list[_Day], int, str]:
    """The further days of a list (「、27日」) or the last one of a span (至28日); "to" for a span."""
    found: list[_Day] = []
    if match := _DASH.match(plain, at):
        later, end = _later_day(plain, match.end(), first, year)
        if later is not None and not _CLOCK.match(plain, match.end()):
            return [later], end, "to"
        return [], at, ""
    while len(found) < MOST_DAYS and (match := _COMMA.match(plain, at)):
        later, end = _later_day(plain, match.end(), found[-1] if found else first, year)
        if later is None:
            break
        found.append(later)
        at = end
    return found, at, "and"


def _later_day(plain: str, at: int, before: _Day, year: int) -> tuple[_Day | None, int]:
    if match := _ISO.match(plain, at) or re.compile(r"(?P<year>)" + _MONTH_DAY).match(plain, at):
        number = int(match["year"]) if match["year"] else year
        return _with_weekday(plain, match.end(), _real_day(number, int(match["month"]), int(match["day"])))
    match = _LATER_DAY.match(plain, at)
    if match is None:
        return None, at
    day = _real_day(before.day.year, int(match["month"] or before.day.month), int(match["day"]))
    return _with_weekday(plain, match.end(), day)


def _days_to(plain: str, at: int, first: _Day, last: _Day) -> tuple[SaidTime, int]:
    """From one day to another; a clock after it (每天9:00—11:00) stays in the words."""
    if last.day < first.day:
        raise NotUnderstoodError("结束日早于开始日", wrong=True)
    end = _midnight(last.day) + timedelta(days=1)
    found = SaidTime(_midnight(first.day), end, Precision.DAY)
    starts, ends, half, after = _clock(plain, at)
    if starts is not None:
        if first.day == last.day:
            return _on_day(first.day, starts, ends, half), after
        return found._replace(warnings=("每天的钟点留在原话里",)), after
    return found, after


def _end_on_another_day(
    plain: str, at: int, found: SaidTime, first: _Day, year: int
) -> tuple[SaidTime | None, int]:
    """7月30日19:00至8月8日19:00."""
    match = _DASH.match(plain, at)
    if (
        match is None
        or found.starts_at is None
        or (found.ends_at is not None and found.precision is Precision.TIME)
    ):
        return None, at
    later, after = _later_day(plain, match.end(), first, year)
    if later is None:
        return None, at
    starts, _, half, after = _clock(plain, after)
    if starts is None:
        moment = _midnight(later.day) + timedelta(days=1)
        warnings: tuple[str, ...] = ("没有写明哪个钟点结束",) if not half else ()
    else:
        moment, warnings = datetime.combine(later.day, starts), ()
    return found._replace(
        ends_at=moment, warnings=(*found.warnings, *warnings, *_weekday_warning(later))
    ), after


def _on_day(day: date, starts: time | None, ends: time | None, half: str) -> SaidTime:
    if starts is not None:
        moment = datetime.combine(day, starts)
        end = datetime.combine(day, ends) if ends else None
        if end is not None and end <= moment:
            raise NotUnderstoodError("结束的钟点不晚于开始", wrong=True)
        return SaidTime(moment, end, Precision.TIME)
    if half in ("上午", "下午"):
        first, last = HALVES[half == "下午"]
        return SaidTime(datetime.combine(day, first), datetime.combine(day, last), Precision.HALF_DAY)
    warnings = (f"“{half}”按当天记，原话留着",) if half and half != "全天" else ()
    return SaidTime(_midnight(day), _midnight(day) + timedelta(days=1), Precision.DAY, warnings=warnings)


def _clock(plain: str, at: int) -> tuple[time | None, time | None, str, int]:
    """Start, end, half of the day and where they end; a half without a clock is only told."""
    first = _CLOCK.match(plain, at)
    if first is None:
        if match := _HALF.match(plain, at):
            half = {"早上": "上午", "晚": "晚上"}.get(match["half"], match["half"])
            return None, None, half, match.end()
        return None, None, "", at
    starts = _clock_time(first, first["half"] or "")
    at = first.end()
    dash = _DASH.match(plain, at)
    second = _CLOCK.match(plain, dash.end()) if dash else None
    if second is None:
        if (begin := re.compile(r"\s*(?:开始|起|举行)").match(plain, at)) is not None:
            at = begin.end()
        return starts, None, "", at
    half = second["half"] or first["half"] or ""
    ends = _clock_time(second, half)
    if not second["half"] and half in ("上午", "早上", "早晨") and ends <= starts:
        ends = _clock_time(second, "下午")
    return starts, ends, "", second.end()


def _clock_time(match: re.Match[str], half: str) -> time:
    hour = int(match["hour"])
    minute = int(match["minute"] or match["minutes"] or (30 if match["half_past"] else 0))
    if (half in _PAST_NOON and hour < 12) or (half == "中午" and hour < 11):
        hour += 12
    if hour == 24 and minute == 0:
        return time(23, 59)
    if hour > 23 or minute > 59:
        raise NotUnderstoodError(f"没有 {hour}:{minute:02d} 这个钟点", wrong=True)
    return time(hour, minute)


# ── 核对 ──


def _real_day(year: int, month: int, day: int) -> date:
    try:
        return date(year, month, day)
    except ValueError:
        raise NotUnderstoodError(f"没有 {year}年{month}月{day}日 这一天", wrong=True) from None


def _require_year(day: date, year: int) -> None:
    if day.year != year:
        raise NotUnderstoodError(f"是{day.year}年的，不在{year}年度", wrong=True)


def _require_said_year(said: str | None, year: int) -> None:
    if said is not None and int(said) != year:
        raise NotUnderstoodError(f"是{said}年的，不在{year}年度", wrong=True)


def _require_order(found: SaidTime) -> None:
    if found.starts_at and found.ends_at and found.ends_at <= found.starts_at:
        raise NotUnderstoodError("结束时间不晚于开始时间", wrong=True)


def _weekday_warning(day: _Day) -> tuple[str, ...]:
    said = day.weekday.replace("天", "日")
    actual = WEEKDAYS[day.day.weekday()]
    if not said or said == actual:
        return ()
    return (f"{day.day.month}月{day.day.day}日是星期{actual}，表中写的是星期{said}",)


def _to_minute(moment: datetime) -> datetime:
    """A serial date is a fraction of a day: 14:00 comes as 13:59:59.999."""
    return (moment + timedelta(seconds=30)).replace(second=0, microsecond=0)
