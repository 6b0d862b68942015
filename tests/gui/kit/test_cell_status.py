"""一格的现况与全年的数：现在要办、规则页、总览的卡片与检查单说的是同一场、同一天、同一个数。"""

from __future__ import annotations

from datetime import date

import pytest

from exports.pdf.rule_checklist import rule_checklist
from exports.prints import PrintKind, usual_options
from gui.headless.check_plan import check_as_json, check_as_text
from gui.kit.card_contents import CardContents, card_contents
from gui.overview.board_contents import board_contents
from models.domain.events import EventStatus
from models.domain.snapshot import YearSnapshot
from planners.agenda import agenda
from planners.cell_status import cell_status
from planners.parameter_effect import with_settings
from planners.results import AgendaAction, AgendaEntry, AgendaGroup, CellState
from planners.rule_row_words import Fix
from planners.rule_rows import RowState, RuleRow, rule_lines
from planners.year_count import year_count
from tests.factories import TODAY, cell, check, event, sample, year

TWO_LECTURES = (
    event("lecture", "2027-06-18", key="first", short="先办的", lead_units=("区司法局",)),
    event("lecture", "2027-06-28", key="last", short="后办的", lead_units=("区司法局",)),
)
"""Neither is confirmed, one is enough."""


def june_of(agenda_of: YearSnapshot) -> AgendaEntry:
    entries = agenda(check(agenda_of), agenda_of)
    return next(e for e in entries if e.cell and (e.cell.rule, e.cell.first.month) == ("lecture.monthly", 6))


def row_of(snapshot: YearSnapshot) -> RuleRow:
    lines = rule_lines(check(snapshot), snapshot)
    rows = next(line for line in lines if line.key == "lecture.monthly").rows
    return next(row for row in rows if row.cell is not None and row.cell.first.month == 6)


def card_of(snapshot: YearSnapshot) -> CardContents:
    checked = check(snapshot)
    line = next(line for line in board_contents(snapshot, checked).lines if line.key == "lecture")
    return card_contents(line, line.cell_at(6), snapshot, checked, None)


@pytest.mark.parametrize(
    ("first", "minimum", "named", "until"),
    [
        ("planned", 1, "first", "6月18日举办，剩 3 个工作日"),
        ("planned", 2, "first", "6月18日举办，剩 3 个工作日"),
        ("confirmed", 2, "last", "6月28日举办，剩 9 个工作日"),
    ],
)
def test_the_event_to_confirm_and_the_days_left_are_the_same_everywhere(
    first: str, minimum: int, named: str, until: str
) -> None:
    one, two = TWO_LECTURES
    snapshot = year(one._replace(status=EventStatus(first)), two, settings={"lecture.minimum": minimum})
    entry, row, card = june_of(snapshot), row_of(snapshot), card_of(snapshot)
    assert (entry.event, row.event, card.event) == (named, named, named)
    assert (entry.action, row.fix) == (AgendaAction.CONFIRM, Fix.CONFIRM)
    assert entry.deadline == until
    day, left = until.split("举办，")
    assert row.words.until == f"{day}（{left}）"
    assert until in card.lines[0]
    june = cell(check(snapshot), "lecture.monthly", "2027-06-01")
    said = check_as_json(check(snapshot), snapshot)["cells"][check(snapshot).cells.index(june)]
    assert until in said["sentence"]
    assert (said["status"]["event"], said["status"]["action"]) == (named, "confirm")


def test_when_the_first_falls_through_the_next_one_is_to_be_confirmed() -> None:
    one, two = TWO_LECTURES
    snapshot = year(one._replace(status=EventStatus.CANCELLED), two)
    assert (june_of(snapshot).event, row_of(snapshot).event, card_of(snapshot).event) == ("last",) * 3


def test_a_lecture_that_is_over_is_not_to_be_confirmed_while_one_is_to_come() -> None:
    past = event("lecture", "2027-06-10", key="past")
    snapshot = year(past, TWO_LECTURES[1])
    assert (june_of(snapshot).event, row_of(snapshot).event, card_of(snapshot).event) == ("last",) * 3


def test_where_all_lectures_are_over_a_result_is_to_be_recorded_instead() -> None:
    snapshot = year(event("lecture", "2027-06-10", key="past", short="办过的"))
    entry, row, card = june_of(snapshot), row_of(snapshot), card_of(snapshot)
    assert (entry.event, row.event, card.event) == ("past",) * 3
    assert (entry.action, row.fix, card.buttons[0].text) == (AgendaAction.RECORD, Fix.RECORD, "登记结果…")
    assert entry.deadline == "6月10日已过，结果未登记"
    assert row.words.until == "6月10日（已过 5 天）"


@pytest.mark.parametrize(
    ("rule", "first", "group", "missing", "lacks_theme", "until", "left", "action"),
    [
        ("lecture.monthly", "2027-06-01", None, 1, False, date(2027, 6, 30), 12, AgendaAction.SCHEDULE),
        ("campus.stages", "2027-01-01", "高中", 1, False, date(2027, 3, 31), 0, AgendaAction.EXPLAIN),
        ("park.quarterly", "2027-10-01", None, 1, True, date(2027, 12, 31), 62, AgendaAction.SET_THEME),
        ("lecture.monthly", "2027-05-01", None, 0, False, None, 0, None),
    ],
)
def test_a_cell_says_what_is_missing_until_when_and_what_to_do(
    rule: str,
    first: str,
    group: str | None,
    missing: int,
    lacks_theme: bool,
    until: date | None,
    left: int,
    action: AgendaAction | None,
) -> None:
    found = cell_status(cell(check(sample()), rule, first, group), sample(), TODAY)
    assert (found.missing, found.lacks_theme, found.until, found.left, found.action) == (
        missing,
        lacks_theme,
        until,
        left,
        action,
    )


def groups_of(snapshot: YearSnapshot) -> list[AgendaGroup]:
    return [entry.group for entry in agenda(check(snapshot), snapshot)]


def year_with_milestones() -> YearSnapshot:
    """The sample with two milestones that come soon."""
    return with_settings(
        sample(), {"due:year.training.general": "2027-06-20", "due:year.cases.selection": "2027-06-25"}
    )


def test_what_is_short_is_counted_the_same_on_every_page_and_milestones_beside() -> None:
    snapshot = year_with_milestones()
    checked, usual = check(snapshot), groups_of(sample()).count(AgendaGroup.DUE)
    count = year_count(checked, agenda(checked, snapshot))
    rows = [row.state for line in rule_lines(checked, snapshot) for row in line.rows]
    groups = groups_of(snapshot)
    assert (count.overdue, count.at_risk, count.gap) == (1, 2, 5)
    assert [rows.count(state) for state in (RowState.OVERDUE, RowState.AT_RISK, RowState.GAP)] == [1, 2, 5]
    assert groups.count(AgendaGroup.GAP) == count.gap
    assert groups.count(AgendaGroup.DUE) == count.beside == usual + 2
    assert check_as_json(checked, snapshot)["counts"] == {
        "cells": 40, "overdue": 1, "at_risk": 2, "gap": 5, "explained": 0, "beside": 8,
    }  # fmt: skip
    assert "连同事项：逾期 1 · 有风险 2 · 待补 5，另有近期时限 8 项" in check_as_text(checked, snapshot)
    (paper,) = rule_checklist(snapshot, checked, usual_options(PrintKind.FINDINGS, snapshot, TODAY))
    assert "（逾期1、有风险2、待补5、" in paper.leads[1]
    assert "另有事项" not in paper.leads[1]


def test_a_missed_period_with_its_explanation_stays_overdue_and_is_not_urgent() -> None:
    key = "explanation:lecture.monthly|2027-01-01|2027-01-31|"
    bare, explained = (
        year_count(check(s), agenda(check(s), s)) for s in (year(), year(settings={key: "设备故障"}))
    )
    assert explained.overdue == bare.overdue
    assert explained.urgent == bare.urgent - 1
    assert explained.of(CellState.OVERDUE) == explained.overdue
