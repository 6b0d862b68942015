"""建议过时：原活动动过、缺口已补、当日被占才算；原来就这样的不算。"""

from __future__ import annotations

from datetime import date

from models.domain.changes import RowChange
from models.domain.events import Campaign
from models.domain.snapshot import YearSnapshot
from models.domain.year import BlockedPeriod
from planners.proposals import Entry, Target, Way
from planners.proposals_stale import Objection, Staleness, YearNow, fresh_objections, objections
from tests.factories import check, event, year

SEPTEMBER = Target("lecture.monthly", date(2027, 9, 1), date(2027, 9, 30))
NEW = event(Campaign.LECTURE, "2027-09-15", key="N1", venue="v1", lead_units=("区司法局",))


def adding(target: Target | None = SEPTEMBER) -> Entry:
    return Entry("k", Way.NEW, "公开讲堂 · 9月", "—", (RowChange.of(None, NEW),), (target,) if target else ())


def kinds(snapshot: YearSnapshot, entry: Entry) -> list[Staleness]:
    return [objection.kind for objection in objections(YearNow(snapshot, check(snapshot)), entry)]


def test_a_gap_and_a_free_day_leave_nothing_to_object() -> None:
    assert kinds(year(), adding()) == []


def test_an_event_that_was_changed_or_deleted() -> None:
    old = event(key="A1", short="民法典")
    moving = Entry("k", Way.MOVE, "", "", (RowChange.of(old, old._replace(place="区图书馆")),))
    changed = year(old._replace(note="改过"))
    assert objections(YearNow(changed, check(changed)), moving) == (
        Objection(Staleness.CHANGED, "“民法典”已被改过。"),
    )
    assert objections(YearNow(year(), check(year())), moving)[0].text == "“民法典”已被删除。"


def test_of_the_year_itself_only_what_the_entry_changes_counts() -> None:
    row = year(themes=("一", "二", "三", None)).year_row
    change = RowChange.of(row, row._replace(quarter_themes=("一", "二", "三", "四")))
    theming = Entry("k", Way.NEW, "", "", (change,))
    other_setting = year(themes=("一", "二", "三", None), settings={"week_limit": 9})
    other_theme = year(themes=("一", "二", "三", "五"))
    assert kinds(other_setting, theming) == []
    assert kinds(other_theme, theming) == [Staleness.CHANGED]


def test_a_cell_that_is_no_longer_short() -> None:
    filled = year(event(Campaign.LECTURE, "2027-09-08"))
    assert objections(YearNow(filled, check(filled)), adding())[0] == Objection(
        Staleness.MET, "“公开讲堂 · 9月”已不缺。"
    )


def test_a_day_whose_venue_or_unit_is_taken() -> None:
    venue = year(event(Campaign.PARK, "2027-09-15", at="15:00", venue="v1", short="专场"))
    unit = year(event(Campaign.PARK, "2027-09-15", at="15:00", lead_units=("区司法局",)))
    later = year(event(Campaign.PARK, "2027-09-15", at="17:00", venue="v1"))
    assert "同一场地已有“专场”" in objections(YearNow(venue, check(venue)), adding())[0].text
    assert [kinds(snapshot, adding()) for snapshot in (venue, unit, later)] == [
        [Staleness.TAKEN],
        [Staleness.TAKEN],
        [],
    ]


def test_a_day_that_is_blocked_now_for_its_campaign() -> None:
    day = date(2027, 9, 15)
    ours = year(blocked=(BlockedPeriod("b", day, day, "检修", campaigns=(Campaign.LECTURE,)),))
    theirs = year(blocked=(BlockedPeriod("b", day, day, "检修", units=("区教育局",)),))
    assert (kinds(ours, adding()), kinds(theirs, adding())) == ([Staleness.TAKEN], [])


def test_a_day_that_has_passed() -> None:
    snapshot = year()
    late = objections(YearNow(snapshot, check(snapshot, date(2027, 9, 16))), adding())
    assert [objection.text for objection in late] == ["9月15日已过。"]


def test_what_was_known_when_the_proposal_was_made_is_no_news() -> None:
    met = year(event(Campaign.LECTURE, "2027-09-08"))
    known = objections(YearNow(met, check(met)), adding())
    assert fresh_objections(YearNow(met, check(met)), adding(), known) == ()


def test_without_knowing_that_an_entry_for_the_target_is_left_in_peace() -> None:
    one = year(event(Campaign.LECTURE, "2027-09-08"))
    two = year(event(Campaign.LECTURE, "2027-09-08"), event(Campaign.LECTURE, "2027-09-22"))
    assert fresh_objections(YearNow(one, check(one)), adding(), None) == ()
    assert [o.kind for o in fresh_objections(YearNow(two, check(two)), adding(), None)] == [Staleness.MET]
