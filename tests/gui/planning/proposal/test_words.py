"""建议的话：表里每一栏、小结、范围与换一天的人。"""

from __future__ import annotations

from datetime import date, datetime

import pytest

from gui.planning.proposal.choices import ProposalRow
from gui.planning.proposal.words import (
    diagnosis_text,
    now_words,
    place_words,
    row_sentence,
    scope_words,
    search_words,
    suggestion_words,
    summary_words,
    who_words,
)
from models.domain.attendance import Decision, Meeting
from models.domain.changes import RowChange
from models.domain.events import Campaign, Precision
from planners.autoplan.year.single import reconsider
from planners.proposals import Entry, Way
from planners.proposals_stale import Objection, Staleness
from tests.factories import check, event, sample, year
from tests.gui.overview.board_samples import sample_check
from tests.gui.planning.proposal import factories


def adding(made: object, way: Way = Way.NEW, before: object = None, **fields: object) -> Entry:
    return Entry("k", way, "补哪里", "—", (RowChange.of(before, made),), **fields)  # type: ignore[arg-type]


def test_what_is_proposed_is_as_exact_as_it_is_known() -> None:
    timed = event(day="2027-08-16", at="09:00")
    whole_day = timed._replace(precision=Precision.DAY)
    earlier = event(day="2027-08-11", key=timed.key)
    snapshot = year()
    assert [
        suggestion_words(adding(timed), snapshot),
        suggestion_words(adding(whole_day), snapshot),
        suggestion_words(adding(timed, Way.MOVE, earlier), snapshot),
        suggestion_words(adding(timed, Way.MOVE, timed._replace(ends_at=None)), snapshot),
        suggestion_words(adding(None, Way.REMOVE, timed), snapshot),
    ] == ["8月16日 周一 09:00", "8月16日 周一", "移至 8月16日 周一", "8月16日 周一 09:00", "取消"]


def test_a_decision_names_its_meeting() -> None:
    decision = Decision("D1", "滨水贯通方案", unit="区司法局")
    meeting = Meeting("M1", "区政府常务会议", "第20次", datetime(2027, 7, 26, 9))
    snapshot = year(decisions=(decision,), meetings=(meeting,))
    change = RowChange.of(decision, decision._replace(meeting="M1"))
    entry = Entry("d", Way.ASSIGN, "列席 · 滨水贯通方案", "未邀请代表", (change,))
    assert (suggestion_words(entry, snapshot), who_words(entry, snapshot), place_words(entry, snapshot)) == (
        "7月26日 周一", "区司法局 · 滨水贯通方案", "第20次",
    )  # fmt: skip


def test_a_place_goes_without_the_name_of_its_owner() -> None:
    lecture = event(venue="v1", key="N")
    assert place_words(adding(lecture), sample()) == "“宝你汇”直播间"
    assert place_words(adding(event(key="N")), sample()) == "—"


def test_what_stands_there_now_gives_way_to_what_changed() -> None:
    plain = adding(event(), human="主题未定")
    stale = ProposalRow(plain, False, objections=(Objection(Staleness.MET, "已不缺。"),))
    assert [
        now_words(ProposalRow(plain, False)),
        now_words(stale),
        now_words(stale._replace(rejected=True)),
    ] == [
        "主题未定",
        "已变化",
        "已拒绝",
    ]
    assert now_words(ProposalRow(plain._replace(now="未邀请代表"), False)) == "未邀请代表"
    assert row_sentence(stale, year()).endswith("新建，已不缺。")


def test_beyond_what_is_missing_an_entry_is_a_target() -> None:
    made = factories.proposal(sample())
    twice = next(entry for entry in made.entries if entry.label == "公开讲堂 · 11月")
    more = made._replace(entries=(*made.entries, twice._replace(key="lecture.monthly|2027-11|2")))
    assert summary_words(more, sample_check(), None) == "补 6 处缺口、宜办增 1 场、挪 1 场，已到最优"


def test_too_small_a_change_budget_names_the_one_that_would_do() -> None:
    made = factories.proposal(sample(), needed_moves=4, proved=False)
    assert summary_words(made, sample_check(), None).endswith("改动数不够，至少须改 4 场")
    assert "改动数不够：至少须改 4 场。" in diagnosis_text(made)


def test_scope_and_search_are_told() -> None:
    made = factories.proposal(sample(), terms=(("间隔", 7), ("负担", 0)), last=date(2028, 3, 31))
    assert scope_words(made).startswith("范围：6月15日—2028年3月31日")
    assert search_words(made).splitlines() == [
        "得分 11（越低越好），下界 11",
        "　间隔：7",
        "种子 0 · 运算 180000 步：同样的数据与种子得到同样的方案",
    ]


@pytest.mark.parametrize("campaign", [Campaign.COMMUNITY, Campaign.TECH_FORUM])
def test_any_event_can_be_put_on_another_day(campaign: Campaign) -> None:
    snapshot = year(event(campaign, "2027-10-14"))
    entry = adding(event(campaign, "2027-11-18", key="N1"))
    moved = reconsider(snapshot, check(snapshot), entry, date(2027, 11, 25), ()).event
    assert moved is not None
    assert moved.starts_at == datetime(2027, 11, 25, 14)
