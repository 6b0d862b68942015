"""《变更通知》（.docx）：每一处改动都在，与 PDF 同数，字体齐全，字节不变。"""

from __future__ import annotations

from datetime import timedelta

from exports.docx.notice import notice_docx
from exports.prints import PrintKind, PrintOptions, make_print
from models.domain.events import EventStatus
from planners.release_changes import PlanChanges, plan_changes
from tests.exports.office_reading import parts, runs_without_font, word_text
from tests.factories import check, event, year

STAYS = event("lecture", "2027-07-01", key="a", title="不变讲堂", lead_units=("区司法局",))
MOVES = event(
    "community", "2027-07-08", key="b", title="改期社区", lead_units=("区司法局",), towns=("顾村镇",)
)
GOES = event("campus", "2027-09-08", key="c", title="取消校区", lead_units=("区教育局",))
COMES = event("park", "2027-09-15", key="d", title="新增园区", lead_units=("区司法局",), park="南大智慧城")
BEFORE = year(STAYS, MOVES, GOES)
AFTER = year(
    STAYS,
    MOVES._replace(starts_at=MOVES.starts_at + timedelta(days=2), ends_at=MOVES.ends_at + timedelta(days=2)),
    GOES._replace(status=EventStatus.CANCELLED, status_reason="停办"),
    COMES,
)


def changes() -> PlanChanges:
    return plan_changes(BEFORE, AFTER, check(BEFORE), check(AFTER), ("印发稿1（2027-06-01）", "草案"))


def test_every_change_of_the_pdf_is_there_and_nothing_else() -> None:
    made = notice_docx(AFTER, check(AFTER), changes())
    printed = make_print(PrintKind.NOTICE, AFTER, check(AFTER), PrintOptions(), changes=changes())
    text = word_text(made.data)
    assert [title in text for title in ("改期社区", "取消校区", "新增园区", "不变讲堂")] == [
        True,
        True,
        True,
        False,
    ]
    assert made.items == printed.items
    foot = "".join(part.decode() for name, part in parts(made.data).items() if "footer" in name)
    assert printed.digest in foot
    assert runs_without_font(made.data) == []


def test_a_chosen_unit_gets_a_sheet_of_its_own() -> None:
    text = word_text(notice_docx(AFTER, check(AFTER), changes(), PrintOptions(units=("区教育局",))).data)
    assert ("取消校区" in text, "改期社区" in text) == (True, False)


def test_the_same_changes_give_the_same_bytes() -> None:
    one, other = (notice_docx(AFTER, check(AFTER), changes()).data for _ in range(2))
    assert one == other
