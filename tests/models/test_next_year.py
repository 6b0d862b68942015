"""下一年：带来单位与口径，留下活动与说明；缺的参考单位另列。"""

from __future__ import annotations

from models.holidays import holidays_for
from models.next_year import following_year, missing_reference_units
from models.reference import reference_units
from models.rulesets import ruleset_for
from planners.parameter_effect import with_settings
from tests.factories import sample


def test_units_and_readings_come_along_events_and_explanations_do_not() -> None:
    old = with_settings(sample(), {"lecture.minimum": 2, "explanation:x|y|z|": "已说明"})
    made = following_year(old, 2028, ruleset_for(2028))
    assert made.year_row.settings == (("lecture.minimum", 2),)
    assert made.year_row.holidays == holidays_for(2028)
    assert made.year_row.quarter_themes == (None, None, None, None)
    assert (made.units, made.venues, made.schools) == (old.units, old.venues, old.schools)
    assert (made.events, made.exemptions, made.policies) == ((), (), ())


def test_only_units_unknown_by_name_and_alias_are_missing() -> None:
    units = reference_units()
    assert missing_reference_units(units) == ()
    assert missing_reference_units(units[1:]) == units[:1]
    renamed = (units[0]._replace(key="x", name="新名", aliases=(units[0].name,)), *units[1:])
    assert missing_reference_units(renamed) == ()
