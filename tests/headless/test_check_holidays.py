"""没有写放假安排的数据包：有通知的照通知算，没有的估算，并在日期旁说明。"""

from __future__ import annotations

import json
from typing import Any

from tests.headless.conftest import Office

POLICY: dict[str, Any] = {"key": "zc1", "title": "若干措施", "office_name": True}


def filing(office: Office, year: int, published: str) -> tuple[dict[str, Any], str]:
    """What ``check --json`` says of the holidays, and the sentence on the filing of a policy."""
    policies = [{**POLICY, "published_on": published}]
    office.imported(year=year, events=[], policies=policies)
    answer = office.run("check", year, "--today", published, "--json")
    found = json.loads(answer.out)
    (sentence,) = (one["sentence"] for one in found["findings"] if one["rule"] == "policy.filing")
    return found["holidays"], sentence


def test_a_package_without_holidays_computes_with_the_notice_that_the_program_ships(office: Office) -> None:
    holidays, sentence = filing(office, 2024, "2024-04-28")
    assert holidays["announced"] is True
    assert "2023" in holidays["notice"]
    assert "5月8日" in sentence  # 调休 4月28日 and 5月11日 are worked, 1–5 May are off
    assert "未公布" not in sentence
    assert "未公布" not in office.run("check", 2024, "--today", "2024-04-28").out


def test_across_the_turn_of_the_year_the_next_notice_counts(office: Office) -> None:
    _, sentence = filing(office, 2025, "2025-12-31")
    assert "1月8日" in sentence  # 1–3 January 2026 are off, Sunday the 4th is worked
    assert "未公布" not in sentence


def test_where_no_notice_is_out_the_statutory_days_are_off_and_the_date_says_so(office: Office) -> None:
    holidays, sentence = filing(office, 2027, "2027-09-28")
    assert holidays["announced"] is False
    assert "10月6日" in sentence  # 国庆节 1–3 October: Friday to Sunday
    assert "2027年放假安排未公布，暂按法定节日估算" in sentence


def test_an_estimate_stored_before_the_notice_was_out_gives_way_to_it(office: Office) -> None:
    stale = {"announced": False, "notice": None, "days_off": {"2024-05-01": "劳动节"}, "makeup_workdays": []}
    office.imported(year=2024, events=[], holidays=stale, policies=[{**POLICY, "published_on": "2024-04-28"}])
    found = json.loads(office.run("check", 2024, "--today", "2024-04-28", "--json").out)
    assert found["holidays"]["announced"] is True
    assert any("5月8日" in one["sentence"] for one in found["findings"] if one["rule"] == "policy.filing")
    exported = office.run("export", "json", 2024, "-o", "-").out
    assert json.loads(exported)["holidays"] == stale  # it leaves as it came
