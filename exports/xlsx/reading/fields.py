"""读一行：每一格成为活动的一个字段，或说明为什么不收。"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import date, datetime, time
from typing import Any, NamedTuple

from exports.xlsx.columns import SheetField, time_words
from exports.xlsx.reading.grid import Grid, Value, value_text
from exports.xlsx.reading.heads import Head
from exports.xlsx.reading.names import Names, campaign_in, campaign_of, parts_of, stages_of
from exports.xlsx.reading.plain import bare, half_width, one_line
from exports.xlsx.reading.times import (
    NotUnderstoodError,
    SaidTime,
    read_clock,
    read_moment,
    read_number,
    read_time,
    with_clock,
)
from exports.xlsx.reading.values import CellProblem
from models.domain.codec import TOO_LONG, overlong_lines
from models.domain.events import Campaign, Event, Precision, SchoolStage
from models.domain.snapshot import YearSnapshot
from models.domain.text import LONGEST_LINE
from models.domain.workdays import WEEKDAYS

MOST_PEOPLE = 1_000_000
_ID_NUMBER = re.compile(
    r"(?<!\d)\d{6}(?:18|19|20)\d{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])\d{3}[\dXx](?!\d)"
)
_COUNT = re.compile(
    r"(?:约|大约|预计|不少于|至少|每场)?(\d{1,7})(?:-(\d{1,7}))?(?:余|多|左右)?(?:名|位)?(?:人次?|人)?(?:左右|/场)?"
)
_TEXT_FIELDS = (
    SheetField.THEME,
    SheetField.THEME_CLASS,
    SheetField.AUDIENCE,
    SheetField.SIGNUP,
    SheetField.NOTE,
)
_UNKNOWN_PLACE = ("待定", "未定", "另行通知")


class ReadRow(NamedTuple):
    """A row as it was read, before it is compared: the values of an event and what was not understood.

    ``said``: fields that the sheet says something about. ``kept``: columns the unit left as they were written
    out. ``key``: the key our template gave the row. ``title``: what to call the row.
    """

    sheet: str
    row: int
    title: str
    key: str
    values: Mapping[str, Any]
    kept: frozenset[SheetField]
    problems: tuple[CellProblem, ...]
    several: tuple[SaidTime, ...] = ()
    time_not_understood: bool = False

    @property
    def refused(self) -> bool:
        """Whether a cell is such that the row cannot be taken."""
        return any(problem.refused for problem in self.problems)


class RowReader:
    """Reads the rows of one table."""

    def __init__(
        self,
        snapshot: YearSnapshot,
        names: Names,
        epoch: datetime,
        grid: Grid,
        head: Head,
        campaign: Campaign | None,
        unit: str | None,
        base: Mapping[str, Mapping[SheetField, str]],
    ) -> None:
        self._snapshot = snapshot
        self._names = names
        self._epoch = epoch
        self._grid = grid
        self._head = head
        self._campaign = campaign
        self._unit = unit
        self._base = base
        self._problems: list[CellProblem] = []
        self._row = 0

    def pass_heading(self, words: str) -> None:
        """A heading between the rows (二、走进社区) names the campaign of those below it."""
        if (campaign := campaign_in(words)) is not None:
            self._campaign = campaign

    def read(self, row: int) -> ReadRow:
        """The row's values; cells of merged columns count for each of their rows."""
        self._row, self._problems = row, []
        key = self._grid.text(row, self._head.key).strip() if self._head.key else ""
        base = self._base.get(key, {})
        kept = frozenset(field for field, text in base.items() if self._unchanged(field, text))
        values: dict[str, Any] = {}
        known = key in self._snapshot.event_by_key
        for read in _READERS:
            read(self, values, kept if known else frozenset())
        when, understood = self._read_when(kept if known else frozenset(), known=known)
        if when is not None:
            values |= {
                "starts_at": when.starts_at,
                "ends_at": when.ends_at,
                "precision": when.precision,
                "tentative": when.tentative,
                "raw_time": when.raw,
            }
        self._refuse_identities(values)
        self._refuse_overlong(values)
        title = one_line(values.get("title") or self._text(SheetField.TITLE)) or f"第 {row} 行"
        several = when.several if when is not None else ()
        return ReadRow(
            self._grid.name,
            row,
            title,
            key,
            values,
            kept,
            tuple(self._problems),
            several,
            time_not_understood=not understood,
        )

    def _unchanged(self, field: SheetField, written: str) -> bool:
        column = self._head.columns.get(field)
        return column is not None and half_width(self._grid.text(self._row, column)) == half_width(written)

    # cells

    def _value(self, field: SheetField | str) -> Value:
        column = self._head.columns.get(field)
        return None if column is None else self._grid.at(self._row, column)

    def _text(self, field: SheetField | str) -> str:
        return value_text(self._value(field)).strip()

    def _say(
        self, field: SheetField | str, reason: str, value: str | None = None, *, refused: bool = False
    ) -> None:
        column = self._head.columns.get(field, 0)
        head = self._head.words.get(column, field.label if isinstance(field, SheetField) else "")
        shown = one_line(self._text(field) if value is None else value)
        self._problems.append(CellProblem(self._row, column, head, shown, reason, refused))

    # fields

    def _read_title(self, values: dict[str, Any], kept: frozenset[SheetField]) -> None:
        if SheetField.TITLE in kept:
            return
        title = re.sub(r"\s*\n\s*", "", self._text(SheetField.TITLE))
        if not title:
            self._say(SheetField.TITLE, "没有写活动名称", refused=True)
        elif len(title) > LONGEST_LINE:
            self._say(SheetField.TITLE, f"活动名称超过 {LONGEST_LINE} 字", refused=True)
        else:
            values["title"] = title

    def _read_campaign(self, values: dict[str, Any], kept: frozenset[SheetField]) -> None:
        if SheetField.CAMPAIGN in kept:
            return
        words = self._text(SheetField.CAMPAIGN)
        campaign = campaign_of(words) if words else self._campaign
        if campaign is None and words and campaign_of(words) is None and self._campaign is not None:
            self._say(SheetField.CAMPAIGN, f"没有认出工作线，按“{self._campaign.label}”")
            campaign = self._campaign
        if campaign is None:
            reason = "没有认出是哪条工作线" if words else "没有写是哪条工作线，表名里也没有"
            self._say(SheetField.CAMPAIGN, reason, refused=True)
        else:
            values["campaign"] = campaign

    def _read_units(self, values: dict[str, Any], kept: frozenset[SheetField]) -> None:
        lead = self._units(SheetField.LEAD, values, kept)
        if SheetField.LEAD not in kept and not self._text(SheetField.LEAD) and lead is not None:
            if self._unit is None:
                self._say(SheetField.LEAD, "没有写牵头单位，也没有认出填报单位", refused=True)
            else:
                values["lead_units"] = (self._unit,)
        self._units(SheetField.RESPONSIBLE, values, kept)
        if "lead_units" in values and "responsible_units" in values:
            leads = values["lead_units"]
            values["responsible_units"] = tuple(
                key for key in values["responsible_units"] if key not in leads
            )

    def _units(
        self, field: SheetField, values: dict[str, Any], kept: frozenset[SheetField]
    ) -> tuple[str, ...] | None:
        if field in kept:
            return None
        if field not in self._head.columns:
            return () if field is SheetField.LEAD else None
        found = self._names.units(self._text(field))
        for word in found.unknown:
            like = self._names.like(word)
            hint = f"，是否为“{like}”" if like else "，请用规范名称，或先在单位名录里添加"
            self._say(field, f"没有这个单位{hint}", word, refused=True)
        values[field.value] = found.keys
        return found.keys

    def _read_towns(self, values: dict[str, Any], kept: frozenset[SheetField]) -> None:
        if SheetField.TOWN in kept or SheetField.TOWN not in self._head.columns:
            return
        words = self._text(SheetField.TOWN)
        if bare(words) in ("各街镇", "全区", "全区各街镇", "12个街镇"):
            values["towns"] = tuple(
                unit.key for unit in self._snapshot.units if unit.key in self._names.towns
            )
            return
        found = self._names.units(words)
        for word in found.unknown:
            like = self._names.like(word)
            self._say(
                SheetField.TOWN, f"没有这个街镇{f'，是否为“{like}”' if like else ''}", word, refused=True
            )
        parks = [key for key in found.keys if key in self._names.parks]
        values["towns"] = tuple(key for key in found.keys if key in self._names.towns)
        if parks:
            values["park"] = parks[0]
        for key in found.keys:
            if key not in self._names.towns and key not in self._names.parks:
                self._say(SheetField.TOWN, "这个单位不是街镇", self._snapshot.unit_name(key), refused=True)

    def _read_stages(self, values: dict[str, Any], kept: frozenset[SheetField]) -> None:
        if SheetField.STAGE in kept or SheetField.STAGE not in self._head.columns:
            return
        stages, unknown = stages_of(self._text(SheetField.STAGE))
        for word in unknown:
            known = "、".join(stage.label for stage in SchoolStage)
            self._say(SheetField.STAGE, f"学段只有{known}", word, refused=True)
        values["stages"] = stages

    def _read_place(self, values: dict[str, Any], kept: frozenset[SheetField]) -> None:
        if SheetField.PLACE in kept or SheetField.PLACE not in self._head.columns:
            return
        place = re.sub(r"\s*\n\s*", " ", self._text(SheetField.PLACE))
        values["place"] = "" if bare(place) in _UNKNOWN_PLACE else place
        if (school := self._names.school(place)) is not None:
            values["schools"] = (school,)
        unit = self._names.unit(place)
        if unit in self._names.towns and "towns" not in values and SheetField.TOWN not in self._head.columns:
            values["towns"] = (unit,)
        if unit in self._names.parks:
            values["park"] = unit

    def _read_forms(self, values: dict[str, Any], kept: frozenset[SheetField]) -> None:
        if SheetField.FORM in self._head.columns and SheetField.FORM not in kept:
            parts = list(dict.fromkeys(parts_of(self._text(SheetField.FORM))))
            online = "线上" in parts
            values["forms"] = tuple(
                part for part in parts if part not in ("线上", "线下", "线上线下", "线上+线下")
            )
            values["online_only"] = online and "线下" not in parts
        if SheetField.PLATFORM in self._head.columns and SheetField.PLATFORM not in kept:
            values["platforms"] = tuple(dict.fromkeys(parts_of(self._text(SheetField.PLATFORM))))

    def _read_texts(self, values: dict[str, Any], kept: frozenset[SheetField]) -> None:
        for field in _TEXT_FIELDS:
            if field in self._head.columns and field not in kept:
                values[field.value] = self._text(field)
        if SheetField.CONTACT in self._head.columns and SheetField.CONTACT not in kept:
            more = (value_text(self._grid.at(self._row, column)).strip() for column in self._head.contacts)
            values["contact"] = " ".join(filter(None, (self._text(SheetField.CONTACT), *more)))

    def _read_expected(self, values: dict[str, Any], kept: frozenset[SheetField]) -> None:
        if SheetField.EXPECTED not in self._head.columns or SheetField.EXPECTED in kept:
            return
        words = half_width(self._text(SheetField.EXPECTED)).replace(" ", "").replace(",", "")
        if not words or words in ("待定", "不限", "-", "/"):
            values["expected"] = None
            return
        match = _COUNT.fullmatch(words)
        if match is None or int(match[1]) > MOST_PEOPLE:
            self._say(SheetField.EXPECTED, "没有看懂人数，这一格没有收")
        elif match[2]:
            self._say(SheetField.EXPECTED, f"写了一个范围，记作 {match[1]} 人")
            values["expected"] = int(match[1])
        else:
            values["expected"] = int(match[1])

    def _refuse_identities(self, values: dict[str, Any]) -> None:
        """No ID number ever comes in, wherever it stands."""
        for name, value in list(values.items()):
            texts = value if isinstance(value, tuple) else (value,)
            if any(isinstance(text, str) and _ID_NUMBER.search(text) for text in texts):
                column = next(
                    (
                        c
                        for f, c in self._head.columns.items()
                        if isinstance(f, SheetField) and f.value == name
                    ),
                    0,
                )
                head = self._head.words.get(column, "")
                self._problems.append(
                    CellProblem(
                        self._row, column, head, "******", "里面有身份证号，请删去后再报", refused=True
                    )
                )
                del values[name]

    def _refuse_overlong(self, values: dict[str, Any]) -> None:
        """What is longer than one line stays out, and is said: the rest of the row is taken."""
        for field in self._head.columns:
            if isinstance(field, SheetField) and overlong_lines(field.value, values.get(field.value)):
                self._say(field, f"{TOO_LONG}，这一格没有收")
                del values[field.value]

    # time

    def _read_when(self, kept: frozenset[SheetField], *, known: bool) -> tuple[SaidTime | None, bool]:
        """The time of the row; None where it is kept, or nothing is said."""
        if SheetField.TIME in kept:
            return None, True
        field: SheetField | str = SheetField.TIME if SheetField.TIME in self._head.columns else "start"
        try:
            when = self._cell_time(self._value(field))
            when = self._with_clock_column(when)
            when = self._with_end_column(when)
        except NotUnderstoodError as error:
            if error.wrong or known:
                self._say(field, f"{error}", refused=True)
                return None, False
            self._say(field, f"{error}，按待定收下，原话留着")
            return SaidTime(None, None, Precision.UNSET, raw=self._text(field)[:200]), False
        for warning in when.warnings:
            self._say(field, warning)
        return when, True

    def _cell_time(self, value: Value) -> SaidTime:
        year = self._snapshot.year
        if isinstance(value, datetime | date):
            return read_moment(value, year)
        if isinstance(value, time):
            raise NotUnderstoodError("只有钟点，没有日期")
        if isinstance(value, int | float) and not isinstance(value, bool):
            return read_number(float(value), year, self._epoch)
        return read_time(value_text(value), year)

    def _with_clock_column(self, when: SaidTime) -> SaidTime:
        value = self._value("clock")
        if value is None or not value_text(value).strip():
            return when
        text = f"{value:%H:%M}" if isinstance(value, datetime | time) else value_text(value)
        if when.starts_at is None and not when.raw:
            return read_time(text, self._snapshot.year)
        try:
            starts, ends, half = read_clock(text)
        except NotUnderstoodError:
            self._say("clock", "没有看懂这个钟点")
            return when
        return with_clock(when, starts, ends, half)

    def _with_end_column(self, when: SaidTime) -> SaidTime:
        value = self._value("end")
        if when.starts_at is None or value is None or not value_text(value).strip():
            return when
        if isinstance(value, time):
            ends = datetime.combine(when.starts_at.date(), value)
        else:
            try:
                end = self._cell_time(value)
            except NotUnderstoodError:
                _, _, _ = read_clock(value_text(value))
                starts, _, _ = read_clock(value_text(value))
                if starts is None:
                    raise
                end = SaidTime(datetime.combine(when.starts_at.date(), starts), None, Precision.TIME)
            if end.starts_at is None:
                return when
            ends = end.starts_at if end.precision is Precision.TIME else end.ends_at or end.starts_at
        if ends <= when.starts_at:
            raise NotUnderstoodError("结束时间不晚于开始时间", wrong=True)
        return when._replace(ends_at=ends)


_READERS: tuple[Callable[[RowReader, dict[str, Any], frozenset[SheetField]], None], ...] = (
    RowReader._read_title,  # noqa: SLF001
    RowReader._read_campaign,  # noqa: SLF001
    RowReader._read_units,  # noqa: SLF001
    RowReader._read_towns,  # noqa: SLF001
    RowReader._read_stages,  # noqa: SLF001
    RowReader._read_place,  # noqa: SLF001
    RowReader._read_forms,  # noqa: SLF001
    RowReader._read_texts,  # noqa: SLF001
    RowReader._read_expected,  # noqa: SLF001
)


def said_exactly(event: Event, raw: str) -> bool:
    """Whether the words of the source say no more than day and clock of ``event`` do."""
    if event.precision not in (Precision.TIME, Precision.HALF_DAY, Precision.DAY) or event.starts_at is None:
        return False
    weekday = WEEKDAYS[event.starts_at.weekday()]
    plain = re.sub(rf"\(?(?:星期|周){weekday}\)?", "", _squeezed(raw))
    full = _squeezed(time_words(event))
    return plain in (full, full.removeprefix(f"{event.starts_at.year}年"))


def _squeezed(words: str) -> str:
    """Words of a time without blanks, with one kind of dash, hours without a zero in front."""
    plain = re.sub(r"[—–~〜]+|至", "-", half_width(words).replace(" ", ""))
    return re.sub(r"(?<!\d)0(\d:)", r"\1", plain)
