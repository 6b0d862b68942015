"""新建年度的答案：六步填的都在一个值里；由它得出年度的内容，随时可以存成草稿。"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import NamedTuple

from models.domain.events import Labelled
from models.domain.rules import RuleSet
from models.domain.setting_names import reason_name
from models.domain.snapshot import YearSnapshot
from models.domain.units import School, Unit, Venue
from models.domain.year import Exemption, Holidays, Setting, Year
from models.holidays import holidays_for, neighbour_holidays, shipped_holidays
from models.next_year import kept_settings, missing_reference_units
from models.own_document import YEAR, is_of_document
from models.reference import reference_units, reference_venues
from models.rulesets import ruleset_for
from planners.checks import check_year
from planners.results import Cell, YearCheck

DISTRICT = "宝山区"
RULESET = 2024


class HolidaySource(Labelled):
    """Where the days off come from."""

    KNOWN = "known", "随程序提供"
    PASTED = "pasted", "粘贴的通知"
    CLICKED = "clicked", "逐日点选"


class FirstRound(Labelled):
    """How the new year gets its first events."""

    COPY = "copy", "沿用上年同周同日"
    AUTO = "auto", "自动排期"
    BLANK = "blank", "空白"


class Answers(NamedTuple):
    """Everything that was answered so far.

    ``previous``: the year whose units and readings were taken over; None: the reference data. ``settings``
    hold the readings that differ from the rule set's own, with their reasons; ``switched_off`` code and
    reason of the rules that are exempted for the year. ``left_out``: keys of units that do not take part.
    ``step``: the step on which the user is, from 0.
    """

    year: int
    district: str = DISTRICT
    ruleset: int = RULESET
    previous: int | None = None
    settings: tuple[tuple[str, Setting], ...] = ()
    switched_off: tuple[tuple[str, str], ...] = ()
    source: HolidaySource = HolidaySource.KNOWN
    holidays: Holidays = Holidays()
    notice_text: str = ""
    units: tuple[Unit, ...] = ()
    left_out: frozenset[str] = frozenset()
    venues: tuple[Venue, ...] = ()
    schools: tuple[School, ...] = ()
    themes: tuple[str, str, str, str] = ("", "", "", "")
    first_round: FirstRound = FirstRound.AUTO
    step: int = 0

    @property
    def rules(self) -> RuleSet:
        """The rules as they would apply."""
        return ruleset_for(self.year, self.ruleset, dict(self.settings))

    @property
    def chosen_units(self) -> tuple[Unit, ...]:
        """The units that take part."""
        return tuple(unit for unit in self.units if unit.key not in self.left_out)

    def setting(self, name: str) -> Setting:
        """The value of a setting: what was chosen, else the rule set's own."""
        chosen = dict(self.settings).get(name)
        if chosen is not None:
            return chosen
        return next(spec.default for spec in self.rules.settings if spec.name == name)


def first_answers(year: int, previous: YearSnapshot | None) -> Answers:
    """What is proposed before anything was answered."""
    answers = with_year(Answers(year), year)
    return based_on(answers, previous)


def with_year(answers: Answers, year: int) -> Answers:
    """The same for another year; days off that were not entered by hand are those of the new one."""
    if answers.source is not HolidaySource.KNOWN and year == answers.year:
        return answers
    return answers._replace(
        year=year, source=HolidaySource.KNOWN, holidays=known_holidays(year), notice_text=""
    )


def known_holidays(year: int) -> Holidays:
    """What the program knows of the days off; nothing beyond the table of lunar dates."""
    from models.domain.errors import InputError

    try:
        return holidays_for(year)
    except InputError:
        return Holidays()


def is_announced(year: int) -> bool:
    """Whether the program ships the notice of the year."""
    return shipped_holidays(year) is not None


def based_on(answers: Answers, previous: YearSnapshot | None) -> Answers:
    """The same with the units, schools and readings of ``previous``, or the reference data for None."""
    if previous is None:
        return answers._replace(
            previous=None,
            settings=_own_document(answers),
            units=reference_units(),
            left_out=frozenset(),
            venues=reference_venues(),
            schools=(),
            first_round=FirstRound.AUTO if answers.first_round is FirstRound.COPY else answers.first_round,
        )
    added = missing_reference_units(previous.units)
    row = previous.year_row
    return answers._replace(
        previous=previous.year,
        district=row.district,
        settings=_sorted({**dict(kept_settings(row, answers.rules)), **dict(_own_document(answers))}),
        units=(*previous.units, *added),
        left_out=frozenset(unit.key for unit in added),
        venues=previous.venues,
        schools=previous.schools,
        first_round=FirstRound.COPY,
    )


def _own_document(answers: Answers) -> tuple[tuple[str, Setting], ...]:
    """The settings of the document that was imported for this very year."""
    if dict(answers.settings).get(YEAR) != answers.year:
        return ()
    return tuple((name, value) for name, value in answers.settings if is_of_document(name))


def with_setting(answers: Answers, name: str, value: Setting, reason: str = "") -> Answers:
    """The same with the setting chosen; the rule set's own value needs neither setting nor reason."""
    spec = next(spec for spec in answers.rules.settings if spec.name == name)
    kept = {n: v for n, v in answers.settings if n not in (name, reason_name(name))}
    if value != spec.default:
        kept[name] = value
        if reason.strip():
            kept[reason_name(name)] = reason.strip()
    return answers._replace(settings=_sorted(kept))


def with_settings(answers: Answers, values: Mapping[str, Setting]) -> Answers:
    """The same with each named setting at its value; None takes a setting away."""
    merged = {**dict(answers.settings), **values}
    return answers._replace(settings=_sorted({n: v for n, v in merged.items() if v is not None}))


def _sorted(settings: Mapping[str, Setting]) -> tuple[tuple[str, Setting], ...]:
    return tuple(sorted(settings.items(), key=lambda setting: setting[0]))


def contents(answers: Answers) -> YearSnapshot:
    """The year as it would be made, without events."""
    bare = _without_exemptions(answers)
    if not answers.switched_off:
        return bare
    return _snapshot(answers, exemptions(answers, check_year(bare, date(answers.year, 1, 1), answers.rules)))


def checked(answers: Answers) -> YearCheck:
    """The year as it would be made, checked on its first day: how many checkpoints it has."""
    return check_year(contents(answers), date(answers.year, 1, 1), answers.rules)


def exemptions(answers: Answers, check: YearCheck) -> tuple[Exemption, ...]:
    """An exemption for every cell of the rules that are switched off, with the reason given."""
    reasons = dict(answers.switched_off)
    cells: Iterable[Cell] = (cell for cell in check.cells if cell.rule in reasons)
    found = {
        made.key: made
        for made in (Exemption(c.rule, c.first, c.last, c.group, reasons[c.rule].strip()) for c in cells)
    }
    return tuple(found.values())


def _without_exemptions(answers: Answers) -> YearSnapshot:
    return _snapshot(answers, ())


def _snapshot(answers: Answers, exempted: tuple[Exemption, ...]) -> YearSnapshot:
    units = answers.chosen_units
    known = {unit.key for unit in units}
    themes = tuple(theme.strip() or None for theme in answers.themes)
    row = Year(
        answers.year,
        answers.district.strip(),
        answers.ruleset,
        answers.holidays,
        (themes[0], themes[1], themes[2], themes[3]),
        answers.settings,
    )
    return YearSnapshot(
        row,
        units=units,
        venues=[v if v.unit is None or v.unit in known else v._replace(unit=None) for v in answers.venues],
        schools=answers.schools,
        exemptions=exempted,
        neighbours=neighbour_holidays(answers.year),
    )
