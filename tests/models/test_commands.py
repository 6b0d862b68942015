from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from typing import Any

import pytest

from exports.package import write_package
from models import commands
from models.commands import ALLOWED_NEXT
from models.domain.attendance import Opinion, Outcome
from models.domain.changes import ChangeSet, RowChange
from models.domain.errors import CommandError, ConflictError
from models.domain.events import Campaign, Event, EventStatus
from models.domain.snapshot import ItemKind, YearSnapshot
from models.domain.units import Unit, Venue
from models.domain.year import Exemption, Holidays, Year
from models.queries import change_log, revision, year_snapshot, years
from models.store import Store
from tests.models.conftest import Clock
from tests.models.years import HOST, LECTURE, VISIT, small_year

NEW = Event(
    "E9", Campaign.PARK, "走进机器人产业园", "机器人园", datetime(2027, 9, 9, 14), datetime(2027, 9, 9, 16)
)


def event(store: Store, key: str) -> Event:
    return year_snapshot(store, 2027).event_by_key[key]


def refused(store: Store, command: Callable[..., object], *args: Any) -> CommandError:
    """The refusal of a command that left everything as it was."""
    before, entries = year_snapshot(store, 2027), revision(store)
    with pytest.raises(CommandError) as caught:
        command(store, *args)
    assert year_snapshot(store, 2027) == before
    assert revision(store) == entries
    return caught.value


def test_a_new_year_holds_its_contents_and_is_one_entry_of_the_log(store: Store, clock: Clock) -> None:
    assert years(store) == (2027,)
    assert year_snapshot(store, 2027) == small_year()
    (entry,) = change_log(store)
    assert (entry.number, entry.year, entry.title, entry.user) == (1, 2027, "新建2027年度", "张三")
    assert entry.at == clock.now
    assert len(entry.changes) == sum(len(small_year().items(kind)) for kind in ItemKind)


def test_a_year_that_is_there_is_not_made_again(store: Store) -> None:
    assert refused(store, commands.create_year, small_year()).what == "2027 年度已经有了。"


def test_two_years_live_side_by_side(store: Store) -> None:
    commands.create_year(store, small_year(2028), "复制上年")
    assert years(store) == (2027, 2028)
    commands.delete_event(store, 2028, "E1")
    assert year_snapshot(store, 2027) == small_year()
    assert len(year_snapshot(store, 2028).events) == 2


def test_a_deleted_year_is_gone_with_everything(store: Store) -> None:
    commands.delete_year(store, 2027)
    assert years(store) == ()
    assert store.rows("SELECT count(*) FROM event") == [(0,)]


def test_a_command_answers_with_what_it_changed(store: Store, clock: Clock) -> None:
    done = commands.add_event(store, 2027, NEW)
    assert done == ChangeSet(
        2027,
        "新建“机器人园”",
        (RowChange(ItemKind.EVENT, "E9", None, NEW, position=4),),
        2,
        clock.now,
        "张三",
    )
    assert change_log(store)[0] == done
    assert year_snapshot(store, 2027).events == (LECTURE, VISIT, HOST, NEW)


def test_a_change_that_changes_nothing_is_not_logged(store: Store) -> None:
    assert commands.change_event(store, 2027, LECTURE) == ChangeSet(2027, "修改“民法典”", ())
    assert revision(store) == 1


def test_a_key_that_is_taken_and_an_event_that_is_gone_are_conflicts(store: Store) -> None:
    with pytest.raises(ConflictError, match="活动“E1”已被别处改过"):
        commands.add_event(store, 2027, LECTURE)
    stale = RowChange(ItemKind.EVENT, "E1", LECTURE._replace(note="旧"), LECTURE._replace(note="新"))
    with pytest.raises(ConflictError):
        commands.apply_changes(store, 2027, "改", [stale])
    assert "没有活动“E8”" in refused(store, commands.delete_event, 2027, "E8").what
    assert year_snapshot(store, 2027) == small_year()


def test_several_events_change_in_one_step(store: Store) -> None:
    moved = [LECTURE._replace(pinned=True), HOST._replace(note="已定")]
    done = commands.change_events(store, 2027, moved, "改两场")
    assert len(done.changes) == 2
    assert year_snapshot(store, 2027).events == (moved[0], VISIT, moved[1])


def test_one_item_twice_in_one_step_is_refused(store: Store) -> None:
    twice = [RowChange(ItemKind.EVENT, "E9", None, NEW)] * 2
    assert "在同一步里改了两次" in refused(store, commands.apply_changes, 2027, "改", twice).what


def test_moving_keeps_the_length_and_says_where_to(store: Store) -> None:
    done = commands.move_event(store, 2027, "E1", datetime(2027, 6, 17, 9))
    assert done.title == "移动“民法典”到6月17日"
    assert event(store, "E1") == LECTURE._replace(
        starts_at=datetime(2027, 6, 17, 9), ends_at=datetime(2027, 6, 17, 11)
    )


def test_an_event_held_or_cancelled_is_not_moved(store: Store) -> None:
    assert "已举办" in refused(store, commands.move_event, 2027, "E2", datetime(2027, 6, 1)).what
    commands.set_event_status(store, 2027, "E1", EventStatus.CANCELLED, "场地停用")
    assert "已取消" in refused(store, commands.move_event, 2027, "E1", datetime(2027, 6, 1)).what


def test_a_postponed_event_loses_its_date_and_gets_a_new_one(store: Store) -> None:
    commands.set_event_status(store, 2027, "E1", EventStatus.POSTPONED, "讲师出差")
    waiting = LECTURE._replace(
        status=EventStatus.POSTPONED,
        status_reason="讲师出差",
        starts_at=None,
        ends_at=None,
        raw_time="原定 6月16日",
    )
    assert event(store, "E1") == waiting
    commands.move_event(store, 2027, "E1", datetime(2027, 7, 1, 14))
    assert event(store, "E1") == waiting._replace(
        status=EventStatus.PLANNED, starts_at=datetime(2027, 7, 1, 14)
    )


def test_a_postponed_event_may_keep_its_date(store: Store) -> None:
    commands.set_event_status(store, 2027, "E1", EventStatus.POSTPONED, "改期待定", keep_date=True)
    assert event(store, "E1").starts_at == LECTURE.starts_at


def test_every_status_changes_only_to_an_allowed_one(store: Store) -> None:
    for start in EventStatus:
        for end in EventStatus:
            key = f"{start}-{end}"
            commands.add_event(store, 2027, NEW._replace(key=key, status=start))
            if end is start or end in ALLOWED_NEXT[start]:
                commands.set_event_status(store, 2027, key, end, "原因")
                assert event(store, key).status is end
            else:
                error = refused(store, commands.set_event_status, 2027, key, end, "原因")
                assert error.what == f"“机器人园”现为{start.label}，不能改为{end.label}。"


@pytest.mark.parametrize("status", [EventStatus.POSTPONED, EventStatus.CANCELLED])
def test_postponing_and_cancelling_need_a_reason(store: Store, status: EventStatus) -> None:
    error = refused(store, commands.set_event_status, 2027, "E1", status, "  ")
    assert error.what == f"{status.label}须填写原因。"
    refused(store, commands.change_event, 2027, LECTURE._replace(status=status))


def test_an_event_without_a_day_is_neither_confirmed_nor_held(store: Store) -> None:
    assert "还没有日期" in refused(store, commands.set_event_status, 2027, "E3", EventStatus.CONFIRMED).what
    undated = NEW._replace(starts_at=None, ends_at=None, status=EventStatus.HELD)
    assert "还没有日期" in refused(store, commands.add_event, 2027, undated).what


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"ends_at": datetime(2027, 6, 16, 13)}, "结束时间不晚于开始时间"),
        ({"starts_at": None}, "有结束时间却没有开始时间"),
        ({"host_event": "E1"}, "不能以自己为所在的会议活动"),
        ({"title": "长" * 20_001}, "文字过长"),
        ({"expected": -1}, "应为 0–10000000 的整数"),
        ({"venue": "v9"}, "的 venue 指向不存在的场地“v9”"),
        ({"towns": ("gc", "xx")}, "的 towns 指向不存在的单位“xx”"),
    ],
)
def test_an_event_that_cannot_be_kept_is_refused(store: Store, change: dict[str, Any], said: str) -> None:
    assert said in refused(store, commands.change_event, 2027, LECTURE._replace(**change)).what


def test_hostile_text_is_normalised_before_it_is_stored(store: Store) -> None:
    done = commands.change_event(store, 2027, LECTURE._replace(note="e\u0301\u202e\x00", place="\r\n"))
    assert event(store, "E1") == LECTURE._replace(note="é", place="\n")
    assert done.changes[0].after == LECTURE._replace(note="é", place="\n")


def test_no_step_takes_an_event_out_of_its_year(store: Store) -> None:
    event = year_snapshot(store, 2027).event_by_key["E1"]
    assert event.starts_at is not None
    late = datetime(2028, 3, 2, 9)
    for command, argument in (
        (commands.move_event, ("E1", late)),
        (commands.change_event, (event._replace(starts_at=late, ends_at=None),)),
        (commands.add_event, (NEW._replace(starts_at=late, ends_at=None),)),
    ):
        error = refused(store, command, 2027, *argument)
        assert (error.what, error.remedy) == (
            "2028年3月2日不在2027年度内。",
            "请改用2027年的日期，或在2028年度里新建。",
        )
    assert year_snapshot(store, 2027).event_by_key["E1"] == event


def test_an_event_that_came_from_elsewhere_with_a_day_outside_can_be_edited(store: Store) -> None:
    event = year_snapshot(store, 2027).event_by_key["E1"]
    outside = event._replace(starts_at=datetime(2026, 12, 31, 9), ends_at=None)
    commands.apply_changes(store, 2027, "并入", [RowChange(ItemKind.EVENT, "E1", event, outside)])
    commands.change_event(store, 2027, outside._replace(note="跨年"))
    assert year_snapshot(store, 2027).event_by_key["E1"].note == "跨年"


def test_nothing_is_written_into_a_year_that_is_not_there(store: Store) -> None:
    assert refused(store, commands.add_event, 2031, NEW).what == "数据文件里没有 2031 年度。"
    assert "没有 2031 年度" in refused(store, commands.delete_year, 2031).what
    other = RowChange(ItemKind.YEAR, "2031", None, Year(2031))
    assert "不能写进 2027 年度" in refused(store, commands.apply_changes, 2027, "改", [other]).what


@pytest.mark.parametrize(
    ("kind", "key", "users"),
    [
        (ItemKind.UNIT, "sf", "单位“sf”还被场地引用：v1。"),
        (ItemKind.UNIT, "yq", "单位“yq”还被活动引用：E2。"),
        (ItemKind.VENUE, "v1", "场地“v1”还被停排日引用：b1。"),
        (ItemKind.SCHOOL, "s1", "学校“s1”还被活动引用：E2。"),
        (ItemKind.POLICY, "y1", "政策文件“y1”还被活动引用：E1。"),
        (ItemKind.EVENT, "E3", "活动“E3”还被活动引用：E2。"),
        (ItemKind.MEETING, "m1", "会议“m1”还被决策事项引用：d1。"),
        (ItemKind.DECISION, "d1", "决策事项“d1”还被邀请引用：i1。"),
        (ItemKind.DELEGATE, "p1", "列席代表“p1”还被邀请引用：i1。"),
    ],
)
def test_what_is_still_referred_to_is_not_deleted_and_its_users_are_named(
    store: Store, kind: ItemKind, key: str, users: str
) -> None:
    assert refused(store, commands.remove_item, 2027, kind, key).what == users


def test_a_key_inside_another_key_is_no_reference(store: Store) -> None:
    commands.put_item(store, 2027, ItemKind.UNIT, Unit("s", "s"))
    commands.put_item(store, 2027, ItemKind.UNIT, Unit('"f', "引号"))
    commands.remove_item(store, 2027, ItemKind.UNIT, "s")
    commands.remove_item(store, 2027, ItemKind.UNIT, '"f')
    assert year_snapshot(store, 2027) == small_year()


def test_many_deletions_at_once_are_checked_as_one(store: Store) -> None:
    units = [Unit(f"n{n}", f"单位{n}") for n in range(40)]
    add = [RowChange.of(None, unit) for unit in units]
    commands.apply_changes(store, 2027, "加", add)
    drop = [RowChange.of(unit, None) for unit in units]
    users = [
        RowChange(ItemKind.EVENT, f"X{n}", None, NEW._replace(key=f"X{n}", towns=("n7",))) for n in range(7)
    ]
    commands.apply_changes(store, 2027, "用", users)
    assert refused(store, commands.apply_changes, 2027, "删", drop).what == (
        "单位“n7”还被活动引用：X0、X1、X2、X3、X4 等 7 项。"
    )
    everything = drop + [change.inverted() for change in users]
    commands.apply_changes(store, 2027, "删", everything)
    assert year_snapshot(store, 2027) == small_year()


def test_the_row_of_the_year_is_not_deleted_under_its_contents(store: Store) -> None:
    error = refused(store, commands.remove_item, 2027, ItemKind.YEAR, "2027")
    assert error.what == "2027 年度还有单位。"


def test_an_item_is_put_new_and_changed_in_its_place(store: Store) -> None:
    assert commands.put_item(store, 2027, ItemKind.VENUE, Venue("v3", "会堂")).title == "新增场地“会堂”"
    assert commands.put_item(store, 2027, ItemKind.VENUE, Venue("v1", "新会堂")).title == "修改场地“新会堂”"
    assert [venue.name for venue in year_snapshot(store, 2027).venues] == ["新会堂", "区图书馆", "会堂"]


@pytest.mark.parametrize("outcome", [Outcome.PARTLY, Outcome.NOT_ADOPTED])
def test_an_opinion_not_wholly_adopted_needs_its_reply(store: Store, outcome: Outcome) -> None:
    opinion = Opinion("o2", "d1", "p1", "减少油炸", outcome, " ")
    error = refused(store, commands.put_item, 2027, ItemKind.OPINION, opinion)
    assert error.what == f"“{outcome.label}”须写明说明（第20条）。"
    change = RowChange(ItemKind.OPINION, "o2", None, opinion)
    refused(store, commands.apply_changes, 2027, "采纳", [change])
    commands.put_item(store, 2027, ItemKind.OPINION, opinion._replace(reply="成本过高"))
    commands.put_item(store, 2027, ItemKind.OPINION, Opinion("o3", "d1", "p1", "好", Outcome.ADOPTED))
    assert len(year_snapshot(store, 2027).opinions) == 3


def test_themes_holidays_and_settings_are_those_of_the_year(store: Store) -> None:
    commands.set_quarter_theme(store, 2027, 2, " 人才服务 ")
    commands.set_quarter_theme(store, 2027, 4, "")
    commands.set_holidays(store, 2027, Holidays(announced=False))
    commands.change_settings(store, 2027, {"lead": None, "plan": True, "strict": 1})
    row = year_snapshot(store, 2027).year_row
    assert row.quarter_themes == ("营商环境", "人才服务", None, None)
    assert row.holidays == Holidays(announced=False)
    assert row.settings == (("community.scope", "district"), ("plan", True), ("share", 0.5), ("strict", 1))
    assert [type(value) for _, value in row.settings] == [str, bool, float, int]
    assert [entry.title for entry in change_log(store)] == [
        "修改设置", "更新2027年放假安排", "设定第四季度主题", "设定第二季度主题", "新建2027年度",
    ]  # fmt: skip
    assert refused(store, commands.set_quarter_theme, 2027, 5, "x").what == "没有第 5 季度。"


def test_a_setting_stored_as_null_stays_when_others_change(store: Store) -> None:
    row = small_year().year_row
    commands.put_item(store, 2027, ItemKind.YEAR, row._replace(settings=(("a", None),)))
    commands.change_settings(store, 2027, {"b": 1})
    assert year_snapshot(store, 2027).year_row.settings == (("a", None), ("b", 1))


def test_an_exemption_needs_a_reason_and_a_period_that_is_not_over(store: Store) -> None:
    exemption = Exemption("lecture.monthly", date(2027, 8, 1), date(2027, 8, 31), None, "8月停办")
    assert (
        "须写明理由"
        in refused(store, commands.exempt, 2027, exemption._replace(reason=" "), date(2027, 6, 1)).what
    )
    assert "已经结束" in refused(store, commands.exempt, 2027, exemption, date(2027, 9, 1)).what
    commands.exempt(store, 2027, exemption, date(2027, 8, 31))
    assert year_snapshot(store, 2027).exemptions[-1] == exemption
    commands.withdraw_exemption(store, 2027, exemption.key)
    assert year_snapshot(store, 2027) == small_year()


def test_an_explanation_is_kept_as_a_setting_and_taken_away_by_empty_words(store: Store) -> None:
    cell = ("lecture.monthly", date(2027, 2, 1), date(2027, 2, 28), None)
    commands.explain(store, 2027, *cell, " 春节 ")
    name = "explanation:lecture.monthly|2027-02-01|2027-02-28|"
    assert year_snapshot(store, 2027).year_row.setting(name) == "春节"
    commands.explain(store, 2027, *cell, "")
    assert year_snapshot(store, 2027) == small_year()


def test_importing_makes_the_year_equal_to_the_package_the_order_included(store: Store) -> None:
    small = small_year()
    wanted = YearSnapshot(
        small.year_row._replace(settings=(("strict", 1),)),
        units=(Unit("zz", "新单位"), *reversed(small.units)),
        venues=small.venues[1:],
        events=(HOST, NEW, VISIT._replace(schools=())),
        meetings=small.meetings,
    )
    commands.import_year(store, wanted)
    assert write_package(year_snapshot(store, 2027)) == write_package(wanted)
    assert revision(store) == 2
    commands.undo(store)
    assert write_package(year_snapshot(store, 2027)) == write_package(small)
    commands.redo(store)
    assert write_package(year_snapshot(store, 2027)) == write_package(wanted)


def test_importing_the_same_again_changes_nothing(store: Store) -> None:
    assert commands.import_year(store, small_year()).changes == ()
    assert revision(store) == 1


def test_importing_only_another_order_is_a_step(store: Store) -> None:
    small = small_year()
    turned = YearSnapshot(small.year_row, **_lists(small) | {"units": tuple(reversed(small.units))})
    assert commands.differences(small, turned) == ()
    commands.import_year(store, turned)
    assert year_snapshot(store, 2027).units == turned.units


def _lists(snapshot: YearSnapshot) -> dict[str, Any]:
    return {kind.value: snapshot.items(kind) for kind in ItemKind if kind is not ItemKind.YEAR}


def test_importing_a_new_year_creates_it(store: Store) -> None:
    commands.import_year(store, small_year(2028))
    assert year_snapshot(store, 2028) == small_year(2028)


def test_a_new_key_is_one_the_year_never_had(store: Store) -> None:
    key = commands.new_key(year_snapshot(store, 2027), ItemKind.EVENT)
    commands.add_event(store, 2027, NEW._replace(key=key))
    commands.delete_event(store, 2027, key)
    assert commands.new_key(year_snapshot(store, 2027), ItemKind.EVENT) not in {"E1", "E2", "E3", key}


def test_importing_an_export_of_reading_changes_nothing(store: Store) -> None:
    before = store.path.read_bytes()
    write_package(year_snapshot(store, 2027))
    assert store.path.read_bytes() == before


def test_no_door_takes_an_exemption_of_a_period_that_is_over(store: Store) -> None:
    over = Exemption("lecture.monthly", date(2024, 1, 1), date(2024, 1, 31), None, "停办")
    ahead = Exemption("lecture.monthly", date(2090, 8, 1), date(2090, 8, 31), None, "停办")
    commands.create_year(store, YearSnapshot(Year(2024)))
    late = YearSnapshot(Year(2024), exemptions=(over,))
    assert "已经结束" in refused(store, commands.import_year, late).what
    assert "已经结束" in refused(store, commands.put_item, 2024, ItemKind.EXEMPTION, over).what
    changes = [RowChange.of(None, over)]
    assert "已经结束" in refused(store, commands.apply_changes, 2024, "导入", changes).what
    assert year_snapshot(store, 2024).exemptions == ()
    commands.put_item(store, 2027, ItemKind.EXEMPTION, ahead)
    moved = ahead._replace(reason="改了理由")
    commands.put_item(store, 2027, ItemKind.EXEMPTION, moved)
    assert moved in year_snapshot(store, 2027).exemptions


def test_a_unit_that_is_renamed_keeps_the_exemption_of_a_period_that_is_over(store: Store) -> None:
    over = Exemption("community.coverage", date(2024, 1, 1), date(2024, 12, 31), "旧名", "合并")
    commands.create_year(store, YearSnapshot(Year(2024), exemptions=(over,)))
    renamed = over._replace(group="新名")
    commands.apply_changes(store, 2024, "改名", [RowChange.of(over, None), RowChange.of(None, renamed)])
    assert year_snapshot(store, 2024).exemptions == (renamed,)
