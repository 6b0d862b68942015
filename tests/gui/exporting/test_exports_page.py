"""导出打印：看到的就是存下、打印的那一份；改一项就更新，页码与大小不变；做不成时说清。"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QCheckBox, QLineEdit
from pytestqt.qtbot import QtBot

from exports.prints import Paper, PrintKind, PrintOptions, options_of
from gui.exporting.data_options import DataOptions
from gui.exporting.file_options import EvidenceOptions, LedgerOptions
from gui.exporting.kinds import DATA, KINDS
from gui.exporting.page import ExportsPage
from gui.exporting.page_layout import Fit
from gui.exporting.print_choices import file_title, pages_line, unmasked
from gui.exporting.print_form import PrintForm
from gui.kit.exporter import Made, Outgoing
from gui.kit.page import ExportTarget
from gui.services.calendar_orders import Product
from gui.services.ledger_memory import LedgerMemory, SavedView, to_plain
from gui.services.program_settings import SettingsFile
from gui.session.year_session import YearSession
from models import commands
from models.domain.errors import UserError
from models.domain.events import EventStatus
from models.reference import blank_year
from models.releases import release_year
from planners.ledger_filter import LedgerFilter
from planners.ledger_groups import Grouping
from tests.gui.exporting.conftest import MakePage

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints", extend=True)  # the offscreen platform says so


def form_of(page: ExportsPage) -> PrintForm:
    form = page.column.form
    assert isinstance(form, PrintForm)
    return form


def tick(page: ExportsPage, words: str) -> QCheckBox:
    return next(box for box in form_of(page).findChildren(QCheckBox) if box.text() == words)


def line(page: ExportsPage, name: str) -> QLineEdit:
    return next(edit for edit in form_of(page).findChildren(QLineEdit) if edit.accessibleName() == name)


def settled(qtbot: QtBot, page: ExportsPage) -> None:
    qtbot.waitUntil(lambda: not page.maker.waiting)


def text_of(page: ExportsPage) -> Callable[[str], int]:
    pages = page.pane.preview.pages
    assert pages is not None
    return lambda words: len(pages.find(words))


# kinds


def test_every_kind_is_listed_under_its_head(page: ExportsPage) -> None:
    rows = [getattr(value, "words", value) for value in page.kinds.rows.values]
    prints = [kind.words for kind in KINDS if kind.group != DATA]
    data = [kind.words for kind in KINDS if kind.group == DATA]
    assert rows == ["打印与 PDF", *prints, "日历与数据", *data]
    assert prints[0] == "季度活动计划"


@pytest.mark.parametrize("kind", [kind for kind in KINDS if kind.key not in ("notice", "docx-notice")])
def test_every_kind_shows_what_will_leave(
    qtbot: QtBot, page: ExportsPage, kind: object, monkeypatch: pytest.MonkeyPatch
) -> None:
    page.show_kind(kind.key)
    settled(qtbot, page)
    assert page.column.title.text() == kind.words
    assert page.save_button.isEnabled()
    if kind.print_kind is not None:
        assert page.pane.preview.count > 0
        assert page.pane.bars.texts == ()
        assert page.print_button.isVisible()
    else:
        assert "2027" in page.summary.texts[0]
        assert not page.print_button.isVisible()


def test_arrows_go_through_the_kinds(qtbot: QtBot, page: ExportsPage) -> None:
    page.kinds.setFocus()
    qtbot.keyClick(page.kinds, Qt.Key.Key_Down)
    assert page.kind.key == KINDS[1].key
    settled(qtbot, page)
    qtbot.keyClick(page.kinds, Qt.Key.Key_Up)
    assert page.kind.key == "quarter"


def test_enter_goes_from_the_kinds_to_their_options(qtbot: QtBot, page: ExportsPage) -> None:
    entered = page.regions()[1]
    assert entered.accessibleName() == "季度"
    with qtbot.waitSignal(page.kinds.entered):
        qtbot.keyClick(page.kinds, Qt.Key.Key_Return)
    assert page.focusWidget() is entered


def test_the_wheel_never_changes_an_option(page: ExportsPage) -> None:
    from PySide6.QtCore import QPoint, QPointF
    from PySide6.QtGui import QWheelEvent

    combo = page.regions()[1]
    before = form_of(page).choice()
    here = QPointF(combo.rect().center())
    turned = QWheelEvent(
        here,
        QPointF(combo.mapToGlobal(here.toPoint())),
        QPoint(),
        QPoint(0, -120),
        Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    QCoreApplication.sendEvent(combo, turned)
    assert form_of(page).choice() == before


def test_a_kind_shows_paper_and_pages_once_it_was_made(page: ExportsPage) -> None:
    count = page.pane.preview.count
    assert page.kinds.rows.values[1].line == f"A4 横 · {count} 页"


def test_one_comes_to_a_kind_with_options_chosen(qtbot: QtBot, page: ExportsPage) -> None:
    page.go_to(ExportTarget("quarter", (("quarter", 2),)))
    settled(qtbot, page)
    assert form_of(page).choice().options.quarter == 2
    assert text_of(page)("2027年第二季度") >= 1


# options and preview


def test_a_changed_option_shows_in_the_preview(qtbot: QtBot, page: ExportsPage) -> None:
    assert text_of(page)("走进园区") > 0
    tick(page, "园区").setChecked(False)
    settled(qtbot, page)
    assert text_of(page)("研发费用加计扣除") == 0
    assert page.pane.bar.status.text().startswith("预览已更新 · ")


def test_typing_is_waited_for(qtbot: QtBot, page: ExportsPage) -> None:
    made: list[object] = []
    page.maker.made.connect(made.append)
    qtbot.keyClicks(line(page, "标题"), "abc")
    assert made == []
    qtbot.waitUntil(lambda: bool(made))
    settled(qtbot, page)
    assert len(made) == 1
    assert text_of(page)("abc") >= 1


def test_page_and_zoom_stay_when_it_is_made_anew(qtbot: QtBot, page: ExportsPage) -> None:
    preview = page.pane.preview
    preview.choose_zoom(1.5)
    preview.go_to_page(3)
    tick(page, "写明对应条款").toggle()
    settled(qtbot, page)
    assert (preview.page, preview.zoom, page.pane.bar.page_field.text()) == (3, 1.5, "3")


def test_defaults_come_back(qtbot: QtBot, page: ExportsPage) -> None:
    usual = form_of(page).choice()
    tick(page, "园区").setChecked(False)
    line(page, "编制单位").setText("另一个单位")
    assert form_of(page).choice() != usual
    page.column.defaults_button.click()
    assert form_of(page).choice() == usual
    settled(qtbot, page)


def test_what_was_chosen_is_kept_while_another_kind_is_shown(qtbot: QtBot, page: ExportsPage) -> None:
    tick(page, "园区").setChecked(False)
    chosen = form_of(page).choice()
    page.show_kind("package")
    page.show_kind("quarter")
    settled(qtbot, page)
    assert form_of(page).choice() == chosen


def data_form(page: ExportsPage, key: str) -> DataOptions:
    page.show_kind(key)
    form = page.column.form
    assert isinstance(form, DataOptions)
    return form


CHANGED: dict[str, dict[str, object]] = {
    "ical": {"product": Product.FOLDER, "deadlines": True, "minutes": 45, "unit": "区教育局"},
    "ledger": {"grouping": Grouping.UNIT},
    "template": {"unit": "区教育局"},
    "letters": {"decision": "d2", "kind": True},
    "evidence-pack": {"quarter": 1, "zipped": False},
    "package": {"unmasked": True},
}


@pytest.mark.parametrize("key", [kind.key for kind in KINDS if kind.group == DATA])
def test_every_kind_of_data_keeps_what_was_chosen(qtbot: QtBot, page: ExportsPage, key: str) -> None:
    form = data_form(page, key)
    usual = form.chosen()
    wanted = dict(CHANGED.get(key, {}))
    if key in ("docx", "docx-notice"):
        choice = usual["choice"]
        wanted["choice"] = choice.changed(quarter=4, issuer="区委办")
    form.take(wanted)
    form.changed.emit()
    chosen = form.chosen()
    assert chosen != usual
    data_form(page, "ledger" if key != "ledger" else "package")
    page.show_kind("year")
    settled(qtbot, page)
    assert data_form(page, key).chosen() == chosen
    page.column.defaults_button.click()
    again = page.column.form
    assert isinstance(again, DataOptions)
    assert again.chosen() == usual
    assert data_form(page, key).chosen() == usual


def test_the_data_of_another_year_begin_with_the_usual(page: ExportsPage, session: YearSession) -> None:
    form = data_form(page, "package")
    form.take({"unmasked": True})
    assert form.chosen() == {"unmasked": True}
    commands.create_year(session.store, blank_year(2028))
    session.open_year(2028)
    page.refresh()
    assert data_form(page, "package").chosen() == {"unmasked": False}


def test_the_view_of_the_ledger_is_kept_by_its_name(
    make_page: MakePage, session: YearSession, settings: SettingsFile
) -> None:
    view = SavedView("六月", LedgerFilter(first=date(2027, 6, 1), last=date(2027, 6, 30)), Grouping.UNIT)
    settings.change(ledger=to_plain(LedgerMemory().with_view(view)))
    page = make_page(session)
    form = data_form(page, "ledger")
    assert isinstance(form, LedgerOptions)
    form.views.setCurrentIndex(1)
    form.grouping.choose(Grouping.NONE)
    data_form(page, "package")
    again = data_form(page, "ledger")
    assert isinstance(again, LedgerOptions)
    assert (again.views.currentText(), again.views.count()) == ("六月", 2)
    assert again.grouping.value() is Grouping.NONE


def test_the_last_line_of_work_cannot_be_taken_away(page: ExportsPage) -> None:
    for words in ("讲堂", "园区", "社区", "校区", "问政", "开放月", "会议"):
        tick(page, words).setChecked(False)
    assert tick(page, "会议").isChecked()
    assert len(form_of(page).choice().options.campaigns) == 1


def test_the_form_shows_only_what_means_something_and_loses_nothing(qtbot: QtBot, page: ExportsPage) -> None:
    for kind in PrintKind:
        form = PrintForm(options_of(kind), page._facts, whole_year=True)
        given = PrintOptions(
            quarter=2 if "quarter" in options_of(kind) else None,
            paper=Paper.A3,
            title="甲",
            issuer="乙",
            issued_on=date(2027, 6, 1),
            mask_phones=False,
            open_month_limit=7,
            spacing="compact",
            builtin_fonts=True,
            units=("区司法局",),
        )
        form.show_choice(form.choice()._replace(options=given))
        assert form.choice().options == given
        form.deleteLater()


def test_a_change_of_the_data_is_shown_at_the_same_place(
    qtbot: QtBot, page: ExportsPage, session: YearSession
) -> None:
    page.pane.preview.go_to_page(2)
    event = session.snapshot.event_by_key["A027"]
    lecture = next(
        event
        for event in session.snapshot.events
        if event.day and event.day.month in (7, 8, 9) and event.status is EventStatus.PLANNED
    )
    del event
    session.perform(commands.change_event, 2027, lecture._replace(title="崭新的名字"))
    settled(qtbot, page)
    assert text_of(page)("崭新的名字") == 1
    assert page.pane.preview.page == 2


# pages, zoom, search


def test_pages_are_walked_and_entered(qtbot: QtBot, page: ExportsPage) -> None:
    bar, preview = page.pane.bar, page.pane.preview
    assert (bar.count.text(), bar.up_button.isEnabled()) == (f"/ {preview.count} 页", False)
    bar.down_button.click()
    assert (preview.page, bar.page_field.text(), bar.up_button.isEnabled()) == (2, "2", True)
    bar.page_field.setFocus()
    bar.page_field.selectAll()
    qtbot.keyClicks(bar.page_field, f"{preview.count}")
    qtbot.keyClick(bar.page_field, Qt.Key.Key_Return)
    assert preview.page == preview.count
    qtbot.keyClick(preview, Qt.Key.Key_Home)
    assert preview.page == 1
    qtbot.keyClick(preview, Qt.Key.Key_PageDown)
    assert preview.page == 2


def test_zoom_goes_in_steps_and_back_to_the_width(page: ExportsPage) -> None:
    bar, preview = page.pane.bar, page.pane.preview
    wide = preview.factor
    bar.in_button.click()
    assert preview.factor > wide
    assert bar.width_button.text() == f"{round(preview.factor * 100)}%"
    bar.whole_button.click()
    assert preview.zoom is Fit.PAGE
    bar.width_button.click()
    assert (preview.zoom, preview.factor, bar.width_button.text()) == (Fit.WIDTH, wide, "适合页宽")


def test_words_are_found_in_the_preview(qtbot: QtBot, page: ExportsPage) -> None:
    page.find()
    page.pane.bar.search.setText("待确认")
    qtbot.waitUntil(lambda: page.pane.found[0] > 1)
    count = page.pane.found[0]
    assert page.pane.bar.found.text() == f"1/{count}"
    qtbot.keyClick(page.pane.bar.search, Qt.Key.Key_Return, Qt.KeyboardModifier.ShiftModifier)
    assert page.pane.bar.found.text() == f"{count}/{count}"
    page.pane.bar.search.setText("没有这几个字")
    qtbot.waitUntil(lambda: page.pane.bar.found.text() == "没有找到")
    qtbot.keyClick(page.pane.bar.search, Qt.Key.Key_Escape)
    assert (page.pane.found[0], page.pane.bar.search.isVisible()) == (0, False)


def test_the_page_is_painted_as_the_pdf_has_it(qtbot: QtBot, page: ExportsPage) -> None:
    preview = page.pane.preview
    grabbed = preview.viewport().grab().toImage()
    rect = preview._page_rect(0).toRect()
    image = preview.pictures.picture(0, preview._pixels(0))
    assert image is not None
    for x, y in ((5, 5), (200, 150), (rect.width() // 2, 200)):
        assert grabbed.pixelColor(rect.left() + x, rect.top() + y) == image.pixelColor(x, y)
    assert grabbed.pixelColor(rect.left() + 3, rect.top() + 3) == QColor("white")


# saving and printing


def test_the_file_and_the_printer_get_what_is_seen(
    qtbot: QtBot, page: ExportsPage, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    target = tmp_path / "计划.pdf"
    printed: list[bytes] = []
    monkeypatch.setattr("gui.kit.exporter.ask_where_to_save", lambda *_: target)
    monkeypatch.setattr(
        page.printing, "print_pages", lambda _o, pages, made: printed.extend((pages.data, made.data))
    )
    page.save()
    page.print()
    qtbot.waitUntil(lambda: page.recent.names == ["计划.pdf"])
    seen = page.pane.preview.pages.data
    assert target.read_bytes() == seen
    assert printed == [seen, seen]


def test_saving_waits_for_the_newest_preview(
    qtbot: QtBot, page: ExportsPage, monkeypatch: pytest.MonkeyPatch
) -> None:
    saved: list[tuple[Outgoing, Made]] = []
    monkeypatch.setattr(page.exporter, "save", lambda outgoing, made: saved.append((outgoing, made)))
    before = page.pane.preview.pages.data
    tick(page, "园区").setChecked(False)
    page.save()
    assert saved == []
    qtbot.waitUntil(lambda: bool(saved))
    assert saved[0][1].data == page.pane.preview.pages.data != before
    assert saved[0][0].file_name == "宝山区2027年第三季度政务公开活动计划.pdf"


def test_names_and_numbers_that_can_be_read_are_told() -> None:
    options = PrintOptions(mask_phones=False, mask_delegates=False)
    assert unmasked(PrintKind.ATTENDANCE, options) == ("联系人电话", "列席代表姓名")
    assert unmasked(PrintKind.QUARTER, options) == ()
    assert unmasked(PrintKind.ATTENDANCE, PrintOptions()) == ()


def test_a_file_is_called_after_title_or_kind() -> None:
    kind, options = PrintKind.PARKS, PrintOptions(quarter=3)
    assert file_title(kind, options, "某标题", 2027) == "某标题"
    assert file_title(kind, options, "", 2027) == "2027年三季度走进园区季度计划"


def test_paper_and_pages_in_words() -> None:
    from PySide6.QtCore import QSizeF

    assert pages_line([QSizeF(841.9, 595.3)] * 2) == "A4 横 · 2 页"
    assert pages_line([QSizeF(841.9, 1190.6)]) == "A3 竖 · 1 页"


# what may go wrong


def test_a_print_that_fails_is_said_and_the_last_one_stays_grey(
    qtbot: QtBot, page: ExportsPage, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object, **__: object) -> None:
        raise UserError("第 3 页表格行高超过页面。", "“备注”列最长。")

    before = page.pane.preview.pages
    with monkeypatch.context() as broken:
        broken.setattr("exports.prints.make_print", fail)
        tick(page, "园区").setChecked(False)
        settled(qtbot, page)
    assert page.pane.bars.texts == ("预览失败：第 3 页表格行高超过页面。“备注”列最长。",)
    assert (page.pane.preview.pages, page.pane.preview.stale) == (before, True)
    saved: list[object] = []
    monkeypatch.setattr(page.exporter, "save", lambda *given: saved.append(given))
    page.save()
    assert saved == []
    tick(page, "园区").setChecked(True)
    settled(qtbot, page)
    assert (page.pane.bars.texts, page.pane.preview.stale) == ((), False)


def test_compact_lines_are_offered_against_an_overflow(
    qtbot: QtBot, page: ExportsPage, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(
        "exports.prints.make_print", lambda *_, **__: (_ for _ in ()).throw(UserError("太高。"))
    )
    tick(page, "园区").setChecked(False)
    settled(qtbot, page)
    labels = [action.label for action in page.remedies()]
    assert labels == ["紧凑行距", "仅用内置字体", "去修改"]
    page.remedies()[0].run()
    assert form_of(page).choice().options.spacing == "compact"
    settled(qtbot, page)


def test_a_year_without_events_says_so_and_can_still_be_printed(
    qtbot: QtBot, make_page: MakePage, session: YearSession
) -> None:
    commands.create_year(session.store, blank_year(2029))
    session.open_year(2029)
    page = make_page(session)
    assert page.pane.empty.title == "2029 年度还没有活动"
    assert not page.save_button.isEnabled()
    page._preview_blank()
    settled(qtbot, page)
    assert page.pane.preview.count >= 1
    assert page.save_button.isEnabled()


def test_another_year_begins_anew(qtbot: QtBot, page: ExportsPage, session: YearSession) -> None:
    tick(page, "园区").setChecked(False)
    commands.create_year(session.store, blank_year(2029))
    session.open_year(2029)
    assert page.pane.empty.title == "2029 年度还没有活动"
    session.open_year(2027)
    settled(qtbot, page)
    assert form_of(page).choice().options.campaigns == ()


def test_a_released_plan_can_be_printed_as_it_was(
    qtbot: QtBot, page: ExportsPage, session: YearSession
) -> None:
    release_year(session.store, 2027, "三季度计划", date(2027, 6, 15))
    lecture = next(
        event
        for event in session.snapshot.events
        if event.day and event.day.month in (7, 8, 9) and event.status is EventStatus.PLANNED
    )
    session.refresh()
    (mark,) = page.choices.facts().releases
    session.perform(commands.change_event, 2027, lecture._replace(title="崭新的名字"))
    page.change(release=mark)
    settled(qtbot, page)
    assert (text_of(page)("崭新的名字"), text_of(page)("（草案）"), text_of(page)("频次核对")) == (0, 0, 1)
    usual = text_of(page)("印发稿1")
    tick = next(box for box in form_of(page).findChildren(QCheckBox) if box.text().startswith("印发件"))
    tick.click()
    settled(qtbot, page)
    assert not form_of(page).choice().options.rule_summary
    assert text_of(page)("频次核对") == 0
    assert 0 < text_of(page)("印发稿1") < usual  # in the feet only
    tick.click()
    page.change(release=None)
    settled(qtbot, page)
    assert text_of(page)("崭新的名字") == 1


def test_a_notice_begins_at_a_release_and_tells_what_changed(
    qtbot: QtBot, page: ExportsPage, session: YearSession
) -> None:
    page.go_to("notice")
    assert page.pane.empty.title == "还没有印发稿"
    assert not page.print_button.isEnabled()
    release_year(session.store, 2027, "三季度计划", date(2027, 6, 15))
    session.refresh()
    lecture = next(
        event
        for event in session.snapshot.events
        if event.day and event.day.month in (7, 8, 9) and event.status is EventStatus.PLANNED
    )
    session.perform(commands.change_event, 2027, lecture._replace(title="崭新的名字"))
    settled(qtbot, page)
    assert page.print_button.isEnabled()
    assert (text_of(page)("崭新的名字"), text_of(page)("至2027年6月15日的安排（尚未另行印发）")) == (1, 1)


def test_settings_remember_where_files_went_but_not_too_many(tmp_path: Path) -> None:
    settings = SettingsFile(tmp_path / "s.json")
    for number in range(70):
        settings.remember_export(f"a:{number}", tmp_path / f"{number}.pdf")
    again = SettingsFile(tmp_path / "s.json").values.exports
    assert (len(again), next(iter(again)), again["a:69"]) == (60, "a:10", str(tmp_path / "69.pdf"))


def test_a_release_leaves_the_options_of_data_as_they_were(page: ExportsPage, session: YearSession) -> None:
    page.go_to(ExportTarget("evidence-pack", (("quarter", 1), ("zipped", False))))
    release_year(session.store, 2027, "上半年稿", date(2027, 6, 15))
    page.refresh()
    form = page.column.form
    assert isinstance(form, EvidenceOptions)
    assert (form.quarter.value(), form.form.value()) == (1, False)


def test_what_is_no_print_says_so(page: ExportsPage, session: YearSession) -> None:
    said: list[str] = []
    session.messages.said.connect(said.append)
    page.show_kind("ledger")
    page.print()
    assert said == ["“台账 Excel”是文件，不能打印。左边“打印与 PDF”里的可以打印。"]


def test_data_kinds_make_their_files(page: ExportsPage) -> None:
    made = {}
    for kind in KINDS:
        if kind.group == DATA and kind.key in ("package", "ledger", "template", "docx"):
            page.show_kind(kind.key)
            form = page.column.form
            assert isinstance(form, DataOptions)
            made[kind.key] = (form.outgoing().file_name, form.maker()().data[:2])
    assert made == {
        "package": ("2027年度数据包.json", b"{\n"),
        "ledger": ("2027年活动台账.xlsx", b"PK"),
        "template": ("2027年报送表（空白）.xlsx", b"PK"),
        "docx": ("2027年三季度活动计划.docx", b"PK"),
    }
