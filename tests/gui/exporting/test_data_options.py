"""不是打印的种类：摘要说的就是写出去的；台账与筛选一致，报送表认得单位。"""

from __future__ import annotations

from datetime import date
from io import BytesIO

import pytest
from pytestqt.qtbot import QtBot

from gui.exporting.file_options import (
    AS_SEEN,
    EvidenceOptions,
    LedgerOptions,
    LetterOptions,
    PackageOptions,
    TemplateOptions,
    WordNoticeOptions,
    WordOptions,
)
from gui.exporting.letters_dialog import LettersDialog
from gui.exporting.page import ExportsPage
from gui.kit.page import ExportTarget
from gui.services.ledger_memory import LedgerMemory, SavedView, to_plain
from gui.services.program_settings import SettingsFile
from gui.session.year_session import YearSession
from models import commands
from models.domain.events import Campaign, EventStatus
from models.reference import blank_year
from models.releases import release_year
from planners.ledger_filter import LedgerFilter
from planners.ledger_groups import Grouping
from tests.exports.office_reading import word_text

LECTURES = SavedView("讲堂", LedgerFilter(campaign=Campaign.LECTURE), Grouping.NONE)


def foot_of(data: bytes) -> str:
    from docx import Document

    return "".join(one.text for one in Document(BytesIO(data)).sections[0].footer.paragraphs)


def rows_in(data: bytes) -> int:
    from openpyxl import load_workbook

    sheet = load_workbook(BytesIO(data)).worksheets[0]
    return sum(any(cell.value for cell in row) for row in sheet.iter_rows())


def test_the_whole_ledger_is_written_by_month(session: YearSession) -> None:
    options = LedgerOptions(session)
    summary = options.summary()
    count = len(session.snapshot.events)
    assert summary.lines[0].startswith(f"共 {count} 场，")
    assert len(summary.rows) + summary.more == count
    assert options.outgoing().file_name == "2027年活动台账.xlsx"


def test_a_saved_view_is_offered_and_followed(session: YearSession, settings: SettingsFile) -> None:
    settings.change(ledger=to_plain(LedgerMemory((LECTURES,))))
    options = LedgerOptions(session, settings)
    told: list[None] = []
    options.changed.connect(lambda: told.append(None))
    options.views.choose(LECTURES)
    lectures = sum(event.campaign is Campaign.LECTURE for event in session.snapshot.events)
    assert told
    assert options.grouping.value() is Grouping.NONE
    assert options.summary().lines == (f"共 {lectures} 场。",)
    assert options.outgoing().file_name == "2027年活动台账（讲堂）.xlsx"
    assert rows_in(options.maker()().data) == lectures + 2  # title and heads


@pytest.mark.qt_log_ignore("propagateSizeHints", extend=True)  # the offscreen platform says so
def test_what_the_ledger_shows_comes_along(page: ExportsPage, session: YearSession) -> None:
    page.go_to(ExportTarget("ledger", (("view", LECTURES._replace(name="")),)))
    options = page.column.form
    assert isinstance(options, LedgerOptions)
    assert options.views.currentText() == AS_SEEN
    lectures = sum(event.campaign is Campaign.LECTURE for event in session.snapshot.events)
    assert page.summary.texts[1] == f"共 {lectures} 场。"


def test_the_ledger_follows_a_change(session: YearSession) -> None:
    options = LedgerOptions(session)
    before = len(options.maker()().data)
    session.perform(commands.delete_event, 2027, "A001")
    options.refresh()
    assert options.summary().lines[0].startswith(f"共 {len(session.snapshot.events)} 场")
    assert len(options.maker()().data) != before


def test_a_sheet_for_a_unit_lists_its_events(session: YearSession) -> None:
    options = TemplateOptions(session)
    blank = options.summary()
    options.unit.setText("区司法局")
    filled = options.summary()
    assert (blank.rows, blank.ready, blank.title) == ((), True, "2027 年度报送表（空白）")
    assert len(filled.rows) > 0
    assert filled.lines == (f"已列出 {len(filled.rows)} 场活动，其余行空着待填。",)
    assert options.outgoing().file_name == "2027年报送表（区司法局）.xlsx"


def test_a_sheet_for_nobody_known_is_not_made(session: YearSession) -> None:
    options = TemplateOptions(session)
    answers = []
    for text in ("没有的局", "区司法局、区教育局"):
        options.unit.setText(text)
        answers.append((options.summary().ready, options._remark.text()))
    assert answers == [(False, "没有名为“没有的局”的单位。"), (False, "一次只做一个单位的表。")]


@pytest.mark.parametrize(
    "chosen",
    [
        {},
        {"quarter": 1, "campaigns": (Campaign.PARK,)},
        {"units": ("区司法局",)},
        {"sittings": False},
        {"open_month_limit": 5},
    ],
)
def test_a_word_plan_counts_what_its_document_lists(session: YearSession, chosen: dict[str, object]) -> None:
    options = WordOptions(session)
    options.form.show_choice(options.form.choice().changed(**chosen))
    summary = options.summary()
    quarter = "一" if "quarter" in chosen else "三"
    assert summary.title == f"2027 年{quarter}季度活动计划（Word）"
    assert options.outgoing().file_name == f"2027年{quarter}季度活动计划.docx"
    total = sum(int(count) for _, count in summary.rows)
    assert summary.lines[0] == f"共 {total} 项，与 PDF 相同。"
    assert f"本表共 {total} 项" in foot_of(options.maker()().data)


def changed_since_release(session: YearSession) -> tuple[str, ...]:
    """A release, then an event with two units (keys given) renamed and another one cancelled."""
    release_year(session.store, 2027, "三季度计划", date(2027, 6, 15))
    session.refresh()
    planned = [one for one in session.snapshot.events if one.status is EventStatus.PLANNED]
    shared = next(one for one in planned if len({*one.lead_units, *one.units}) > 1)
    other = next(one for one in planned if not {*one.units} & {*shared.units})
    session.perform(commands.change_event, 2027, shared._replace(title="崭新的名字"))
    off = other._replace(status=EventStatus.CANCELLED, status_reason="场地维修")
    session.perform(commands.change_event, 2027, off)
    return shared.units


def test_a_word_notice_counts_what_its_document_lists(session: YearSession) -> None:
    units = changed_since_release(session)
    options = WordNoticeOptions(session)
    for chosen in ((), units, units[:1]):
        options.form.show_choice(options.form.choice().changed(units=chosen))
        summary = options.summary()
        total = sum(int(count) for _, count in summary.rows)
        assert summary.lines[0] == f"从印发稿1（2027-06-15）到草案。共 {total} 项，与 PDF 相同。"
        assert total == (2 if not chosen else len(chosen))
        data = options.maker()().data
        assert f"本表共 {total} 项" in foot_of(data)
        assert ("崭新的名字" in word_text(data), "场地维修" in word_text(data)) == (True, not chosen)
    assert options.outgoing().file_name == "2027年变更通知.docx"


@pytest.mark.qt_log_ignore("propagateSizeHints", extend=True)  # the offscreen platform says so
def test_a_word_notice_waits_for_a_release(page: ExportsPage, session: YearSession) -> None:
    page.go_to("docx-notice")
    assert page.summary.texts[1].startswith("还没有印发稿。")
    assert not page.save_button.isEnabled()
    changed_since_release(session)
    page.refresh()
    assert page.save_button.isEnabled()
    assert "共 2 项" in page.summary.texts[1]
    page.go_to(ExportTarget("docx-notice", (("release", page.choices.facts().releases[0]),)))
    assert "没有变更" in page.summary.texts[1]
    form = page.column.form
    assert isinstance(form, WordNoticeOptions)
    assert form.outgoing().file_name == "2027年变更通知（印发稿1）.docx"


def test_a_package_says_whose_names_are_in_it(session: YearSession) -> None:
    options = PackageOptions(session)
    assert options.outgoing().unmasked == ()
    options.unmasked.setChecked(True)
    assert options.outgoing().unmasked == ("联系人电话、列席代表姓名与电话",)


def test_a_quarter_without_held_events_has_no_pack(session: YearSession) -> None:
    options = EvidenceOptions(session)
    assert options.quarter.value() == 2
    assert options.summary().ready
    options.take({"quarter": 4, "zipped": False})
    assert (options.summary().ready, options.form.value()) == (False, False)


def test_letters_are_written_to_the_delegates_of_a_decision(
    session: YearSession, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    options = LetterOptions(session)
    qtbot.addWidget(options)
    options.decision.choose("d1")
    summary = options.summary()
    assert (summary.ready, summary.lines) == (True, ("名单上有 2 人。",))
    assert [row[1:] for row in summary.rows] == [("3月15日", "到会", "4月8日")] * 2
    options.kind.choose(True)
    asked: list[tuple[str, bool]] = []
    monkeypatch.setattr(
        LettersDialog, "exec", lambda self: asked.append((self.order().name, self.kind.value()))
    )
    options.save(None)  # type: ignore[arg-type]
    assert asked == [("养老服务设施布局专项规划（示例）", True)]


def test_without_delegates_there_are_no_letters(session: YearSession) -> None:
    commands.create_year(session.store, blank_year(2028))
    session.open_year(2028)
    summary = LetterOptions(session).summary()
    assert (summary.ready, summary.lines) == (
        False,
        ("还没有登记列席代表的决策事项。请先在“公众列席”里登记代表。",),
    )
