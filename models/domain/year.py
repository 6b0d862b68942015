"""年度本身：规则集、放假安排、季度主题、停排与豁免。"""

from collections.abc import Mapping
from datetime import date
from typing import NamedTuple

from models.domain.events import Campaign, Event
from models.domain.setting_names import OFFICE

Setting = str | int | float | bool | None
"""A value of the year's settings; the names are those of the rule set, ``explanation:…``,
``done:…``, ``due:…`` and ``reason:…`` (why a setting was changed)."""


class Holidays(NamedTuple):
    """The year's arrangement of days off and make-up workdays (调休).

    ``announced`` is False while the State Council notice is not out: the days are then an estimate
    (statutory days only) and whatever leans on them is marked.
    """

    announced: bool = False
    notice: str | None = None
    days_off: tuple[tuple[date, str], ...] = ()
    makeup_workdays: tuple[date, ...] = ()


class Year(NamedTuple):
    """The one row of the year itself."""

    year: int
    district: str = "宝山区"
    ruleset: int = 2024
    holidays: Holidays = Holidays()
    quarter_themes: tuple[str | None, str | None, str | None, str | None] = (None, None, None, None)
    settings: tuple[tuple[str, Setting], ...] = ()

    @property
    def key(self) -> str:
        """The year as text: items of every list have a ``key``."""
        return str(self.year)

    @property
    def office(self) -> str:
        """The name with which prints and letters are signed: 宝山区人民政府办公室 where no other is set."""
        usual = f"{self.district}人民政府办公室" if self.district else ""
        return str(self.setting(OFFICE) or "").strip() or usual

    def setting(self, name: str, default: Setting = None) -> Setting:
        """The value stored under ``name``, else ``default``."""
        return dict(self.settings).get(name, default)

    def with_settings(self, values: Mapping[str, Setting]) -> "Year":
        """The year with these settings beside its others; None takes a setting away."""
        kept = {name: value for name, value in self.settings if name not in values}
        merged = kept | {name: value for name, value in values.items() if value is not None}
        return self._replace(settings=tuple(sorted(merged.items(), key=lambda setting: setting[0])))


class BlockedPeriod(NamedTuple):
    """停排: days (both ends included) on which nothing is to be planned.

    Empty ``units``, ``venues`` and ``campaigns`` mean everybody; otherwise only those named.
    """

    key: str
    first: date
    last: date
    reason: str = ""
    units: tuple[str, ...] = ()
    venues: tuple[str, ...] = ()
    campaigns: tuple[Campaign, ...] = ()

    def days_near(self, year: int) -> tuple[date, ...]:
        """Its days from the year before ``year`` to the year after: further off nothing is planned."""
        first = max(self.first, date(year - 1, 1, 1)).toordinal()
        return tuple(
            map(date.fromordinal, range(first, min(self.last, date(year + 1, 12, 31)).toordinal() + 1))
        )

    def concerns(self, event: Event) -> bool:
        """Whether the period is one for ``event``, whatever its day."""
        if self.campaigns and event.campaign not in self.campaigns:
            return False
        if not self.units and not self.venues:
            return True
        return bool({*event.units, *event.towns} & set(self.units)) or event.venue in self.venues


class Exemption(NamedTuple):
    """A registered 豁免 of one rule, period (both ends included) and group, with its reason."""

    rule: str
    first: date
    last: date
    group: str | None = None
    reason: str = ""

    @property
    def key(self) -> str:
        """Rule, period and group name an exemption: there is no second one for the same cell."""
        return f"{self.rule}|{self.first.isoformat()}|{self.last.isoformat()}|{self.group or ''}"
