"""年度总览的内容：行、格、块、表头的值。"""

from __future__ import annotations

from datetime import date

from gui.overview.board_chip_painter import more_color
from gui.overview.board_contents import board_contents
from gui.services.board_values import BoardFilter, Pause, QuarterHead, TownState
from gui.services.event_chips import conflicting_events, short_title
from models.domain.events import EventStatus
from models.domain.snapshot import ItemKind, YearSnapshot
from models.domain.year import Exemption
from planners.attendance.stages import STAGES, steps_done
from planners.results import CellState
from tests.factories import check, event, sample, year
from tests.gui.overview.board_samples import line, sample_check, sample_contents


def test_the_sample_has_nine_lines_in_five_groups() -> None:
    assert [(one.group, one.title) for one in sample_contents().lines] == [
        ("直播课", "公开讲堂"),
        ("走进三区", "走进园区"),
        ("走进三区", "走进社区"),
        ("走进三区", "走进校区 · 小学"),
        ("走进三区", "走进校区 · 初中"),
        ("走进三区", "走进校区 · 高中"),
        ("专区", "科创问政"),
        ("开放", "政府开放月"),
        ("列席", "公众列席"),
    ]


def test_rule_words_and_counts_of_the_row_headers() -> None:
    assert [(one.words, one.short_words, one.counts) for one in sample_contents().lines] == [
        ("每月 ≥1 场 · 宜 2 场", "每月 ≥1，宜 2", "办6 · 排5 · 缺2"),
        ("每季 ≥1 场 · 须定主题", "每季 ≥1，定主题", "办4 · 排3 · 缺1季"),
        ("每月 ≥1 场 · 8月除外", "每月 ≥1，除8月", "办7 · 排5 · 缺1"),
        ("每季 ≥1 场", "每季 ≥1 场", "办2 · 排2"),
        ("每季 ≥1 场", "每季 ≥1 场", "办1 · 排2 · 缺1"),
        ("每季 ≥1 场", "每季 ≥1 场", "办1 · 排1 · 缺2"),
        ("须挂靠宿主会议", "须挂靠宿主会议", ""),
        ("8月集中 · 30–80 场", "8月 30–80 场", "46 场 / 27 单位"),
        ("目录 8 项 · 例外 1", "目录 8 项 · 例外 1", ""),
    ]


def test_quarter_summaries_name_what_is_missing_and_its_colour() -> None:
    assert sample_contents().quarters == (
        QuarterHead("满足 9/10 · 逾期 1", CellState.OVERDUE),
        QuarterHead("满足 7/10 · 风险 2", CellState.AT_RISK),
        QuarterHead("已排 9/10 · 缺 1", None),
        QuarterHead("已排 6/10 · 缺 4", None),
    )


def test_month_heads_count_working_days_and_those_left() -> None:
    months = sample_contents().months
    assert [head.workdays for head in months] == [21, 15, 23, 21, 19, 21, 22, 22, 22, 17, 22, 23]
    assert [head.left for head in months if head.left is not None] == [12]


def test_the_lecture_cell_of_june_is_at_risk_and_offers_the_ghost_there() -> None:
    cell = line("lecture").cell_at(6)
    assert (cell.first, cell.last, cell.state, cell.count, cell.note, cell.ghost) == (
        6,
        6,
        CellState.AT_RISK,
        "0/1",
        "剩 12 个工作日",
        6,
    )


def test_a_reached_target_is_marked() -> None:
    assert [month for month in range(1, 13) if line("lecture").cell_at(month).badge] == [3]


def test_quarter_cells_span_three_months_and_say_what_they_lack() -> None:
    cells = line("campus:高中").cells
    assert [(c.first, c.last, c.count, c.note, c.ghost) for c in cells] == [
        (1, 3, "0/1", "3月31日到期未办，待登记说明", None),
        (4, 6, "1/1", "", None),
        (7, 9, "1/1", "", None),
        (10, 12, "0/1", "", 11),
    ]


def test_a_campus_ghost_of_the_third_quarter_stands_in_september() -> None:
    assert line("campus:初中").cell_at(7).ghost == 9


def test_the_theme_of_a_quarter_is_shown_and_missed() -> None:
    assert [cell.theme for cell in line("park").cells] == [
        "营商环境与惠企政策",
        "人才服务与科技创新",
        "税费优惠与融资服务",
        "",
    ]


def test_august_of_the_communities_is_exempt_with_a_short_reason() -> None:
    cell = line("community").cell_at(8)
    assert (cell.state, cell.count, cell.note) == (CellState.EXEMPT, "", "集中开放月")


def test_twelve_town_ticks_tell_held_planned_and_none() -> None:
    states = [tick.state for tick in line("community").ticks]
    assert [states.count(state) for state in TownState] == [7, 4, 1]


def test_school_holidays_are_a_pause_of_the_campus_lines() -> None:
    assert line("campus:小学").pauses == (Pause(7, 8, "暑假（自定停排）"),)
    assert line("lecture").pauses == ()


def test_august_counts_events_by_day() -> None:
    counts = line("open_month").day_counts
    assert (len(counts), sum(counts), counts[10], line("open_month").target) == (31, 46, 7, "30–80")


def test_a_zone_without_a_host_is_marked() -> None:
    (chip,) = line("tech_forum").chips_at(11)
    assert (chip.text, chip.conflict) == ("16 无宿主", True)


def uninvited() -> YearSnapshot:
    """The sample, but nobody was invited to the decision whose meeting was in April: what it missed is missed."""
    kept = {kind.value: sample().items(kind) for kind in ItemKind if kind is not ItemKind.YEAR}
    for kind in (ItemKind.INVITATION, ItemKind.OPINION):
        kept[kind.value] = tuple(one for one in kept[kind.value] if one.decision != "d2")
    return YearSnapshot(sample().year_row, **kept)


def test_attendance_chips_carry_nine_steps_and_the_late_one() -> None:
    (chip,) = line("attendance").chips_at(4)
    assert (len(chip.steps), chip.late, chip.status) == (len(STAGES), False, EventStatus.HELD)
    (chip,) = line("attendance", board_contents(uninvited(), check(uninvited()))).chips_at(4)
    assert (len(chip.steps), chip.late, chip.status) == (len(STAGES), True, EventStatus.HELD)


def test_steps_of_a_decision_without_a_meeting_begin_with_the_catalogue() -> None:
    decision = sample().decisions[0]._replace(meeting=None, selected_on=None, published_on=None, key="x")
    assert steps_done(decision, sample()) == (True, *[False] * 8)


def test_short_title_leaves_out_brackets_and_quotes() -> None:
    assert short_title("“无废城市”建设实施方案（示例）") == "无废城市"


def test_an_event_whose_day_has_passed_without_a_result_is_to_be_recorded() -> None:
    snapshot = year(event("lecture", "2027-06-10"), event("lecture", "2027-06-20"))
    chips = line("lecture", board_contents(snapshot, check(snapshot))).chips_at(6)
    assert [(chip.day.day, chip.unrecorded) for chip in chips] == [(10, True), (20, False)]


def test_conflicting_events_stand_first_so_that_none_is_hidden() -> None:
    clash = {"venue": "v1", "at": "09:00"}
    snapshot = year(
        event("lecture", "2027-09-01", key="a"),
        event("lecture", "2027-09-20", key="b", **clash),
        event("lecture", "2027-09-20", key="c", **clash),
    )
    checked = check(snapshot)
    chips = line("lecture", board_contents(snapshot, checked)).chips_at(9)
    assert ([chip.key for chip in chips], conflicting_events(checked)) == (["b", "c", "a"], {"b", "c"})
    assert (more_color(chips[1:]), more_color(chips[2:]), more_color(())) == ("danger", "primary", "primary")


def test_unit_filter_keeps_only_the_lines_with_its_events() -> None:
    contents = sample_contents(BoardFilter(unit="区司法局"))
    keys = {chip.key for one in contents.lines for month in one.chips for chip in month}
    expected = {
        e.key for e in sample().events if "区司法局" in e.units and e.day and e.campaign != "host_meeting"
    }
    assert keys == expected


def test_a_pill_keeps_the_lines_in_that_state() -> None:
    titles = [one.title for one in sample_contents(BoardFilter(state=CellState.GAP)).lines]
    assert titles == ["公开讲堂", "走进园区", "走进社区", "走进校区 · 初中", "走进校区 · 高中"]


def test_the_overdue_pill_also_keeps_late_decisions() -> None:
    overdue = BoardFilter(state=CellState.OVERDUE)
    assert [one.title for one in sample_contents(overdue).lines] == ["走进校区 · 高中"]
    titles = [one.title for one in board_contents(uninvited(), check(uninvited()), overdue).lines]
    assert titles == ["走进校区 · 高中", "公众列席"]


def test_only_unmet_hides_the_lines_without_a_problem() -> None:
    titles = [one.title for one in sample_contents(BoardFilter(unmet_only=True)).lines]
    assert "走进校区 · 小学" not in titles
    assert "公开讲堂" in titles


def test_one_campus_line_where_the_stages_are_not_counted_apart() -> None:
    snapshot = year(settings={"campus.per_stage": False})
    checked = sample_check()
    plain = checked._replace(cells=tuple(c for c in checked.cells if c.rule != "campus.stages"))
    titles = [one.title for one in board_contents(snapshot, plain).lines]
    assert [title for title in titles if title.startswith("走进校区")] == ["走进校区"]


def test_an_exempted_cell_says_its_reason() -> None:
    exemption = Exemption("lecture.monthly", date(2027, 11, 1), date(2027, 11, 30), None, "场地改造")
    snapshot = year(exemptions=(exemption,))
    cell = line("lecture", board_contents(snapshot, check(snapshot))).cell_at(11)
    assert (cell.state, cell.note, cell.ghost) == (CellState.EXEMPT, "场地改造", None)
