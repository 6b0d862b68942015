"""时限的算例：发布后5个工作日、印发后30日、次年第一季度。"""

from __future__ import annotations

from datetime import date

import pytest

from models.domain.workdays import Workdays
from models.holidays import holidays_for
from planners.deadlines import calendar_due, policy_due

WORKDAYS = Workdays.from_holidays({year: holidays_for(year) for year in range(2024, 2028)})


@pytest.mark.parametrize(
    ("published", "due"),
    [
        (date(2024, 4, 28), date(2024, 5, 8)),
        (date(2024, 9, 27), date(2024, 10, 10)),
        (date(2025, 1, 23), date(2025, 2, 6)),
        (date(2026, 2, 14), date(2026, 2, 28)),
    ],
)
def test_a_document_is_due_on_the_fifth_working_day_after_its_publication(published: date, due: date) -> None:
    assert policy_due(WORKDAYS, published, 5) == due


@pytest.mark.parametrize(
    ("issued", "due"), [(date(2024, 4, 28), date(2024, 5, 28)), (date(2026, 9, 2), date(2026, 10, 8))]
)
def test_thirty_days_after_issue_are_rolled_forward(issued: date, due: date) -> None:
    assert calendar_due(WORKDAYS, issued, 30) == due
