"""活动详情：一栏一步，错的说在栏下，按钮随状态走。"""

from __future__ import annotations

from datetime import date, datetime

import pytest
from PySide6.QtCore import QDate, Qt, QTime
from pytestqt.qtbot import QtBot

from gui.event.inspector.fields import InspectorFields
from gui.event.inspector.inspector import Inspector
from gui.kit.bindings import Binding
from gui.ledger.page import LedgerPage
from gui.session.year_session import YearSession
from models import commands
from models.domain.events import Campaign, Event, EventStatus, SchoolStage


@pytest.fixture
def inspector(qtbot: QtBot, session: YearSession) -> Inspector:
    """The inspector on A036 (走进校区, 已排, no school), following the session as the page lets it."""
    made = Inspector(session)
    qtbot.addWidget(made)
    made.resize(440, 900)
    session.changed.connect(lambda: made.show_event(made.key))
    made.show_event("A036")
    made.show()
    return made


def fields_of(inspector: Inspector) -> InspectorFields:
    assert inspector.fields is not None
    return inspector.fields


def stored(session: YearSession, key: str = "A036") -> Event:
    return session.snapshot.event_by_key[key]


def remark(inspector: Inspector, bound: Binding) -> str:
    return inspector.row_of(bound).remark.text()


def shown_fields(inspector: Inspector) -> list[str]:
    return [b.name for b in fields_of(inspector) if not inspector.row_of(b).isHidden()]


# what is seen


@pytest.mark.parametrize(
    ("key", "names"),
    [
        ("A036", ["活动名称", "日期", "地点", "学段", "牵头单位", "责任单位", "主题"]),
        ("A008", ["活动名称", "日期", "地点", "牵头单位", "责任单位", "分类", "主题"]),
        ("A017", ["活动名称", "日期", "园区", "地点", "牵头单位", "责任单位", "主题"]),
        ("A027", ["活动名称", "日期", "街镇", "地点", "牵头单位", "责任单位", "主题"]),
        ("A045", ["活动名称", "日期", "宿主会议", "地点", "牵头单位", "责任单位", "主题"]),
    ],
)
def test_each_campaign_has_its_own_fields(inspector: Inspector, key: str, names: list[str]) -> None:
    inspector.show_event(key)
    assert shown_fields(inspector) == names


def test_an_event_says_what_it_counts_for_and_what_it_lacks(inspector: Inspector) -> None:
    fields = fields_of(inspector)
    assert inspector.counted.texts() == ("二季度 · 初中 ≥1 场（有风险） 1/1",)
    assert inspector.counted.note.text() == "第 2 条 · 走进校区"
    assert inspector.status_row.remark.text() == "6月22日前须“已确认”，否则二季度初中有落空风险"
    assert remark(inspector, fields.place).startswith("未填")
    assert "当周 3 场，未超 8 场上限" in remark(inspector, fields.when)


def test_nothing_is_shown_of_an_event_that_is_gone(inspector: Inspector, session: YearSession) -> None:
    session.perform(commands.delete_event, 2027, "A036")
    assert inspector.key == ""
    assert inspector.area.isHidden()


def test_the_history_tells_every_step_of_this_event_only(inspector: Inspector, session: YearSession) -> None:
    session.perform(commands.set_event_status, 2027, "A036", EventStatus.CONFIRMED)
    session.perform(commands.set_event_status, 2027, "A027", EventStatus.POSTPONED, "天气")
    session.undo()
    session.perform(commands.move_event, 2027, "A036", datetime(2027, 6, 23, 15, 30))
    inspector._show_history()
    assert [step.words for step in inspector.steps.steps] == [
        "日期 6月22日 → 6月23日", "状态 已排 → 已确认", "新建2027年度",
    ]  # fmt: skip


# one field, one step


def test_a_text_is_stored_when_it_is_left(inspector: Inspector, session: YearSession, qtbot: QtBot) -> None:
    edit = fields_of(inspector).theme.control
    edit.setFocus()
    edit.setText("法律科普")
    edit.textEdited.emit("法律科普")
    assert stored(session).theme == ""
    qtbot.keyClick(edit, Qt.Key.Key_Return)
    assert stored(session).theme == "法律科普"
    assert session.undo_title == "修改“未保普法”的主题" or str(session.undo_title).endswith("的主题")
    session.undo()
    assert stored(session).theme == ""
    assert edit.text() == ""


def test_what_is_left_unchanged_is_no_step(inspector: Inspector, session: YearSession, qtbot: QtBot) -> None:
    before = session.undo_title
    qtbot.keyClick(fields_of(inspector).title.control, Qt.Key.Key_Return)
    assert session.undo_title == before


def test_a_title_cannot_be_empty(inspector: Inspector, session: YearSession, qtbot: QtBot) -> None:
    fields = fields_of(inspector)
    title = stored(session).title
    fields.title.control.setText("")
    qtbot.keyClick(fields.title.control, Qt.Key.Key_Return)
    assert stored(session).title == title
    assert remark(inspector, fields.title) == "请填写活动名称"
    assert not inspector.footer.primary.isEnabled()
    fields.title.control.setText("未成年人保护")
    qtbot.keyClick(fields.title.control, Qt.Key.Key_Return)
    assert stored(session).title == "未成年人保护"
    assert inspector.footer.primary.isEnabled()


def test_an_end_before_the_start_is_refused_in_words(inspector: Inspector, session: YearSession) -> None:
    fields = fields_of(inspector)
    fields.when.time.ends.setTime(QTime(9, 0))
    fields.when.time.ends.editingFinished.emit()
    assert remark(inspector, fields.when) == "结束时间不晚于开始时间"
    assert stored(session).ends_at == datetime(2027, 6, 22, 17, 30)
    assert not inspector.footer.primary.isEnabled()


def test_another_day_counts_elsewhere_before_it_is_stored(inspector: Inspector, session: YearSession) -> None:
    fields = fields_of(inspector)
    fields.when.time.day.setDate(QDate(2027, 9, 14))
    inspector._look_again()
    texts = inspector.counted.texts()
    assert any("三季度 · 初中" in words for words in texts)
    assert any("二季度 将变为 0/1" in words for words in texts)
    fields.when.time.day.editingFinished.emit()
    assert stored(session).day == date(2027, 9, 14)


def test_a_day_for_a_postponed_event_puts_it_back_into_the_plan(
    inspector: Inspector, session: YearSession
) -> None:
    inspector.show_event("A007")
    assert not inspector.footer.primary.isEnabled()
    when = fields_of(inspector).when.time
    when.precision.setCurrentIndex(0)
    when.day.setDate(QDate(2027, 6, 25))
    when.day.editingFinished.emit()
    assert (stored(session, "A007").status, stored(session, "A007").day) == (
        EventStatus.PLANNED, date(2027, 6, 25),
    )  # fmt: skip


def test_a_school_of_the_list_is_stored_as_one_and_other_words_as_place(
    inspector: Inspector, session: YearSession
) -> None:
    place = fields_of(inspector).place
    place.box.setEditText("宝山实验学校")
    place.box.lineEdit().editingFinished.emit()
    assert (stored(session).schools, stored(session).place) == (("宝山实验学校",), "")
    place.box.setEditText("区青少年活动中心")
    place.box.lineEdit().editingFinished.emit()
    assert (stored(session).schools, stored(session).place) == ((), "区青少年活动中心")


def test_schools_not_visited_are_offered_first(inspector: Inspector, session: YearSession) -> None:
    inspector.show_event("A037")
    box = fields_of(inspector).place.box
    offered = [box.itemText(n) for n in range(box.count())]
    assert all("小学" in name or "学校" in name for name in offered)
    marked = [name.endswith("未走进") for name in offered]
    assert marked == sorted(marked, reverse=True)


def test_a_venue_is_stored_by_its_key(inspector: Inspector, session: YearSession) -> None:
    inspector.show_event("A008")
    place = fields_of(inspector).place
    name = session.snapshot.venues[0].name
    assert place.box.currentText() == name
    place.box.setEditText("区图书馆")
    place.box.lineEdit().editingFinished.emit()
    assert (stored(session, "A008").venue, stored(session, "A008").place) == (None, "区图书馆")
    place.box.setEditText(name)
    place.box.lineEdit().editingFinished.emit()
    assert (stored(session, "A008").venue, stored(session, "A008").place) == ("v1", "")


def test_stages_park_and_towns(inspector: Inspector, session: YearSession) -> None:
    fields_of(inspector).stages.control.set_values(["senior"])
    assert stored(session).stages == (SchoolStage.SENIOR,)
    inspector.show_event("A017")
    park = fields_of(inspector).park
    park.control.choose("南大智慧城")
    park.control.activated.emit(park.control.currentIndex())
    assert stored(session, "A017").park == "南大智慧城"
    inspector.show_event("A027")
    towns = fields_of(inspector).towns
    towns.control.setText("高境镇、庙行镇")
    towns.control.editingFinished.emit()
    assert stored(session, "A027").towns == ("高境镇", "庙行镇")


def test_an_unknown_unit_is_refused_in_words(inspector: Inspector, session: YearSession) -> None:
    fields = fields_of(inspector)
    fields.lead.control.setText("没有这个局")
    fields.lead.control.editingFinished.emit()
    assert remark(inspector, fields.lead) == "没有名为“没有这个局”的单位，请从提示中选择"
    assert stored(session).lead_units == ("区司法局",)


def test_partners_are_added_and_taken_away_one_by_one(inspector: Inspector, session: YearSession) -> None:
    chips = fields_of(inspector).partners.control
    chips.begin()
    chips.edit.setText("区教育局")
    chips.edit.editingFinished.emit()
    assert stored(session).responsible_units == ("区教育局",)
    chips._chips[0].click()
    assert stored(session).responsible_units == ()


def test_what_is_typed_stays_while_something_else_changes(inspector: Inspector, session: YearSession) -> None:
    theme = fields_of(inspector).theme
    theme.control.setText("写了一半")
    session.perform(commands.set_event_status, 2027, "A036", EventStatus.CONFIRMED)
    assert theme.control.text() == "写了一半"
    inspector.show_event("A027")
    assert theme.control.text() == ""


# buttons


def test_the_main_button_follows_the_status(inspector: Inspector, session: YearSession, qtbot: QtBot) -> None:
    assert (inspector.footer.primary.text(), inspector.footer.primary.isEnabled()) == ("确认活动", True)
    inspector.footer.primary.click()
    assert stored(session).status is EventStatus.CONFIRMED
    assert (inspector.footer.primary.text(), inspector.footer.primary.isEnabled()) == ("登记结果…", False)
    inspector.show_event("A020")
    assert inspector.footer.primary.text() == "修改结果…"
    with qtbot.waitSignal(inspector.result_requested) as asked:
        inspector.footer.primary.click()
    assert asked.args == ["A020"]
    session.perform(commands.set_event_status, 2027, "A036", EventStatus.CANCELLED, "并入")
    inspector.show_event("A036")
    inspector.footer.primary.click()
    assert stored(session).status is EventStatus.PLANNED


def test_status_buttons_allow_what_may_follow(
    inspector: Inspector, session: YearSession, qtbot: QtBot
) -> None:
    status = inspector.status
    assert status.button(EventStatus.PLANNED).isChecked()
    assert status.button(EventStatus.POSTPONED).isHidden()
    status.button(EventStatus.DRAFT).click()
    assert stored(session).status is EventStatus.DRAFT
    assert not status.button(EventStatus.HELD).isEnabled()
    inspector.show_event("A020")
    assert not status.button(EventStatus.PLANNED).isEnabled()
    inspector.show_event("A036")
    status.button(EventStatus.PLANNED).click()
    with qtbot.waitSignal(inspector.result_requested):
        status.button(EventStatus.HELD).click()
    assert status.button(EventStatus.PLANNED).isChecked()


def test_going_back_is_one_step_to_how_it_was_opened(
    inspector: Inspector, session: YearSession, qtbot: QtBot
) -> None:
    before = stored(session)
    assert not inspector.footer.restore.isEnabled()
    fields = fields_of(inspector)
    for words in ("甲", "乙"):
        fields.theme.control.setText(words)
        fields.theme.control.editingFinished.emit()
    inspector.status.button(EventStatus.CONFIRMED).click()
    inspector.footer.restore.click()
    assert stored(session) == before
    assert not inspector.footer.restore.isEnabled()
    session.undo()
    assert stored(session) == before._replace(theme="乙", status=EventStatus.CONFIRMED)


def test_what_cannot_be_taken_goes_with_going_back(inspector: Inspector, session: YearSession) -> None:
    fields = fields_of(inspector)
    fields.lead.control.setText("没有这个局")
    fields.lead.control.editingFinished.emit()
    assert inspector.footer.restore.isEnabled()
    inspector.footer.restore.click()
    assert fields.lead.control.text() == "区司法局"
    assert inspector.footer.primary.isEnabled()
    del session


def test_the_other_buttons_ask_the_page(inspector: Inspector, qtbot: QtBot) -> None:
    for made, signal in (
        (inspector.footer.copy, inspector.copy_requested),
        (inspector.footer.postpone, inspector.postpone_requested),
        (inspector.footer.cancel, inspector.cancel_requested),
    ):
        with qtbot.waitSignal(signal) as asked:
            made.click()
        assert asked.args == ["A036"]
    inspector.show_event("A020")
    assert not inspector.footer.postpone.isEnabled()
    assert not inspector.footer.cancel.isEnabled()


def test_nothing_can_be_changed_while_the_year_is_held(inspector: Inspector, session: YearSession) -> None:
    session.hold("正在自动排期")
    inspector.show_event("A036")
    fields = fields_of(inspector)
    assert not fields.title.control.isEnabled()
    assert not any(
        b.isEnabled()
        for b in (
            inspector.footer.primary,
            inspector.footer.postpone,
            inspector.footer.cancel,
            inspector.footer.copy,
        )
    )
    assert not inspector.status.button(EventStatus.CONFIRMED).isEnabled()
    session.hold("")
    inspector.show_event("A036")
    assert fields.title.control.isEnabled()


# keyboard, in the page


def test_ctrl_enter_stores_and_stays_ctrl_down_goes_on(
    page: LedgerPage, session: YearSession, qtbot: QtBot
) -> None:
    page.view.select("A027")
    page.open_event("A027")
    inspector = page.inspector
    fields = fields_of(inspector)
    fields.theme.control.setFocus()
    fields.theme.control.setText("民法典")
    qtbot.keyClick(fields.theme.control, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert stored(session, "A027").theme == "民法典"
    assert page.focusWidget() is fields.theme.control
    qtbot.keyClick(fields.theme.control, Qt.Key.Key_Down, Qt.KeyboardModifier.ControlModifier)
    assert (inspector.key, page.view.current_key) == ("A036", "A036")
    assert page.focusWidget() is fields.theme.control
    qtbot.keyClick(fields.theme.control, Qt.Key.Key_Up, Qt.KeyboardModifier.ControlModifier)
    assert inspector.key == "A027"


def test_papers_say_what_is_known(inspector: Inspector, session: YearSession) -> None:
    inspector.show_event("A017")
    assert inspector.papers.texts()[:2] == ("形式：调查问卷", "问卷：举办后登记")
    held = stored(session, "A016")._replace(attended=120, url="https://example.org/a")
    session.perform(commands.change_event, 2027, held)
    inspector.show_event("A016")
    assert "到场 120 人" in inspector.papers.texts()
    assert "网址：https://example.org/a" in inspector.papers.texts()
    assert stored(session, "A016").campaign is Campaign.PARK
