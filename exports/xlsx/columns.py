"""报送表的各列：表头、宽、填写说明，以及一场活动在各列里的字。"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import NamedTuple

from models.domain.events import Event, Labelled, Precision
from models.domain.snapshot import YearSnapshot


class SheetField(Labelled):
    """What a column of a 报送表 says."""

    NUMBER = "number", "序号"
    CAMPAIGN = "campaign", "工作线"
    TITLE = "title", "活动名称"
    TIME = "time", "活动时间"
    PLACE = "place", "活动地点"
    LEAD = "lead_units", "牵头单位"
    RESPONSIBLE = "responsible_units", "责任单位"
    TOWN = "towns", "街镇"
    STAGE = "stages", "学段"
    THEME = "theme", "主题"
    THEME_CLASS = "theme_class", "主题分类"
    FORM = "forms", "形式"
    PLATFORM = "platforms", "直播平台"
    AUDIENCE = "audience", "参与对象"
    EXPECTED = "expected", "拟参与人数"
    SIGNUP = "signup", "报名方式"
    CONTACT = "contact", "联系人及电话"
    NOTE = "note", "备注"


WIDTHS: Mapping[SheetField, float] = {
    SheetField.NUMBER: 6, SheetField.CAMPAIGN: 12, SheetField.TITLE: 32, SheetField.TIME: 30, SheetField.PLACE: 22, SheetField.LEAD: 18,
    SheetField.RESPONSIBLE: 18, SheetField.TOWN: 12, SheetField.STAGE: 8, SheetField.THEME: 18, SheetField.THEME_CLASS: 13, SheetField.FORM: 14,
    SheetField.PLATFORM: 16, SheetField.AUDIENCE: 16, SheetField.EXPECTED: 11, SheetField.SIGNUP: 16, SheetField.CONTACT: 18, SheetField.NOTE: 20,
}  # fmt: skip
REQUIRED = (SheetField.CAMPAIGN, SheetField.TITLE, SheetField.TIME)
COLUMNS = tuple(SheetField)
JOINT = "、"


class Filled(NamedTuple):
    """A row of the sheet: the key of its event and the words of its columns."""

    key: str
    texts: tuple[str, ...]


def filled_row(event: Event, snapshot: YearSnapshot, number: int) -> Filled:
    """What the sheet says about ``event``."""
    return Filled(
        event.key,
        tuple(
            str(number) if field is SheetField.NUMBER else text_in(field, event, snapshot)
            for field in COLUMNS
        ),
    )


def text_in(field: SheetField, event: Event, snapshot: YearSnapshot) -> str:
    """The words of ``event`` in the column of ``field``."""
    return _TEXTS[field](event, snapshot)


def time_words(event: Event) -> str:
    """The time as it is written into a sheet: read back it gives the same time.

    2027年5月12日14:00—16:00, 5月中旬, 第二季度, 待定; an uncertain one ends in （暂定）.
    """
    words = _time(event)
    return f"{words}（暂定）" if event.tentative and words != "待定" and "暂定" not in words else words


def _time(event: Event) -> str:
    start, end = event.starts_at, event.ends_at
    if start is None:
        return event.raw_time or "待定"
    day = f"{start.year}年{start.month}月{start.day}日"
    if event.precision is Precision.TIME:
        if end is None:
            return f"{day}{start:%H:%M}"
        if end.date() == start.date():
            return f"{day}{start:%H:%M}—{end:%H:%M}"
        return f"{day}{start:%H:%M}至{end.year}年{end.month}月{end.day}日{end:%H:%M}"
    if event.precision is Precision.HALF_DAY:
        return f"{day}{'上午' if start.hour < 12 else '下午'}"
    if event.precision is Precision.DAY:
        days = (end - start).days if end else 1
        if days <= 1 or end is None:
            return day
        last = end.fromordinal(end.toordinal() - 1)
        return f"{day}至{last.year}年{last.month}月{last.day}日"
    return f"{start.year}年{event.day_words}" if event.days else event.raw_time or "待定"


def _names(keys: tuple[str, ...], snapshot: YearSnapshot) -> str:
    return JOINT.join(snapshot.unit_name(key) for key in keys)


def _joined(name: str) -> Callable[[Event, YearSnapshot], str]:
    """The words of a list of the event."""
    return lambda event, _: JOINT.join(getattr(event, name))


def _plain(name: str) -> Callable[[Event, YearSnapshot], str]:
    """A text of the event as it is."""
    return lambda event, _: str(getattr(event, name))


def _forms(event: Event, _: YearSnapshot) -> str:
    return JOINT.join((*event.forms, *(("线上",) if event.online_only else ())))


_TEXTS: Mapping[SheetField, Callable[[Event, YearSnapshot], str]] = {
    SheetField.NUMBER: lambda _, __: "",
    SheetField.CAMPAIGN: lambda event, _: event.campaign.label,
    SheetField.TITLE: _plain("title"),
    SheetField.TIME: lambda event, _: time_words(event),
    SheetField.PLACE: lambda event, snapshot: event.place or snapshot.place_of(event),
    SheetField.LEAD: lambda event, snapshot: _names(event.lead_units, snapshot),
    SheetField.RESPONSIBLE: lambda event, snapshot: _names(event.responsible_units, snapshot),
    SheetField.TOWN: lambda event, snapshot: _names(event.towns, snapshot),
    SheetField.STAGE: lambda event, _: JOINT.join(stage.label for stage in event.stages),
    SheetField.THEME: _plain("theme"),
    SheetField.THEME_CLASS: _plain("theme_class"),
    SheetField.FORM: _forms,
    SheetField.PLATFORM: _joined("platforms"),
    SheetField.AUDIENCE: _plain("audience"),
    SheetField.EXPECTED: lambda event, _: "" if event.expected is None else str(event.expected),
    SheetField.SIGNUP: _plain("signup"),
    SheetField.CONTACT: _plain("contact"),
    SheetField.NOTE: _plain("note"),
}
