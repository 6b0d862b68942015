"""单位、学校与场地的窗口：改名、新增、删去、粘贴，一步保存，只读与空着的样子。"""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from gui.session.year_session import YearSession
from gui.years.units import venues_model
from gui.years.units.items_model import ItemsModel
from gui.years.units.units_dialog import UnitsDialog
from gui.years.units.units_model import UnitColumn
from models import commands
from models.domain.errors import CommandError
from models.domain.events import SchoolStage
from models.domain.snapshot import ItemKind
from models.domain.units import UnitKind

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints", extend=True)
Open = Callable[[], UnitsDialog]


@pytest.fixture
def opened(session: YearSession, qtbot: QtBot) -> Open:
    def made() -> UnitsDialog:
        dialog = UnitsDialog(session)
        qtbot.addWidget(dialog)
        dialog.show()
        return dialog

    return made


def row_of(model: ItemsModel, name: str) -> int:  # type: ignore[type-arg]
    return next(n for n, item in enumerate(model.items) if item.name == name)


def select(dialog: UnitsDialog, kind: ItemKind, name: str) -> None:
    dialog.show_tab(kind)
    pane = dialog.tabs.currentWidget()
    pane.table.clearSelection()
    pane.table.selectRow(pane.rows.mapFromSource(pane.model.index(row_of(pane.model, name), 0)).row())


def test_a_renamed_bureau_keeps_its_events_and_its_former_name(opened: Open, session: YearSession) -> None:
    dialog = opened()
    model = dialog.units.model
    held = [event.key for event in session.snapshot.events if "区医保局" in event.units]
    assert model.setData(model.index(row_of(model, "区医保局"), UnitColumn.NAME), "区医疗保障局")
    dialog.show_effect()
    assert dialog.headline == "“区医保局”改名“区医疗保障局”。不改变任何检查结果。"
    revision = session.snapshot.revision
    dialog.accept_form()
    unit = session.snapshot.unit_by_key["区医保局"]
    assert (unit.name, unit.aliases) == ("区医疗保障局", ("区医保局",))
    assert [event.key for event in session.snapshot.events if "区医保局" in event.units] == held
    assert held
    assert session.snapshot.revision == revision + 1
    assert session.undo_title == "修改单位、学校与场地：“区医保局”改名“区医疗保障局”"
    session.undo()
    assert session.snapshot.unit_by_key["区医保局"].name == "区医保局"


def test_published_events_move_in_calendars_with_the_name_of_their_place(
    opened: Open, session: YearSession
) -> None:
    event = next(e for e in session.snapshot.events if e.venue == "v1" and not e.place)
    commands.mark_exported(session.store, 2027, [event.key])
    session.refresh()
    dialog = opened()
    model = dialog.venues.model
    assert model.setData(model.index(0, venues_model.VenueColumn.NAME), "“宝你汇”二号直播间")
    dialog.accept_form()
    stamp = session.snapshot.stamps[event.key]
    assert (stamp.sequence, stamp.exported) == (1, True)


def test_everything_is_added_changed_and_pasted_in_one_step(
    opened: Open, session: YearSession, qtbot: QtBot
) -> None:
    dialog = opened()
    before = session.snapshot
    dialog.units.add_item()
    units = dialog.units.model
    assert units.setData(units.index(len(units.items) - 1, UnitColumn.NAME), "区数据局")
    QApplication.clipboard().setText("甲中学\n\n乙中学\n")
    dialog.show_tab(ItemKind.SCHOOL)
    qtbot.keyClick(dialog.schools.table, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    schools = dialog.schools.model
    last = len(schools.items) - 1
    assert schools.setData(schools.index(last, 2), Qt.CheckState.Checked, Qt.ItemDataRole.CheckStateRole)
    QApplication.clipboard().setText("宝山文化馆\t牡丹江路1号\t300\t区数据局\n街心广场\t\t很多")
    dialog.show_tab(ItemKind.VENUE)
    qtbot.keyClick(dialog.venues.table, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    assert [dialog.tabs.tabText(n) for n in range(3)] == ["单位与街镇 47", "学校 7", "场地 3"]
    dialog.accept_form()
    after = session.snapshot
    assert after.revision == before.revision + 1
    assert [unit.name for unit in after.units[len(before.units) :]] == ["区数据局"]
    assert [(s.name, s.stages) for s in after.schools[-2:]] == [
        ("甲中学", ()), ("乙中学", (SchoolStage.JUNIOR,)),
    ]  # fmt: skip
    hall, square = after.venues[-2:]
    assert (hall.name, hall.address, hall.capacity, hall.unit) == (
        "宝山文化馆", "牡丹江路1号", 300, after.units[-1].key,
    )  # fmt: skip
    assert (square.name, square.capacity, square.unit) == ("街心广场", None, None)
    session.undo()
    assert (session.snapshot.units, session.snapshot.venues) == (before.units, before.venues)
    assert session.snapshot.schools == before.schools


def test_what_is_in_use_stays_and_its_users_are_named(opened: Open, session: YearSession) -> None:
    dialog = opened()
    select(dialog, ItemKind.VENUE, "区政务服务中心“宝你汇”直播间")
    dialog.venues.remove_selected()
    words = dialog.refusal_text()
    users = sum(event.venue == "v1" for event in session.snapshot.events)
    assert words.startswith("场地“区政务服务中心‘宝你汇’直播间”还在用：")
    assert f"活动 {users} 项（" in words
    assert words.endswith("没有删去，请先在那里改选别的。")
    assert len(dialog.venues.model.items) == 1
    assert dialog.changes() == ()


def test_what_nobody_uses_goes_and_its_key_is_not_given_again(opened: Open, session: YearSession) -> None:
    dialog = opened()
    dialog.schools.model.add(["甲校"])
    dialog.accept_form()
    key = session.snapshot.schools[-1].key
    again = opened()
    select(again, ItemKind.SCHOOL, "甲校")
    again.schools.remove_selected()
    again.schools.model.add(["乙校"])
    assert again.schools.model.items[-1].key != key
    again.accept_form()
    assert [school.name for school in session.snapshot.schools[-1:]] == ["乙校"]
    assert session.undo_title == "修改单位、学校与场地：新增学校 1 所、删去学校 1 所"


def test_another_kind_says_what_it_changes_before_it_is_saved(opened: Open, session: YearSession) -> None:
    commands.change_settings(session.store, 2027, {"community.group": "town"})
    session.refresh()
    dialog = opened()
    model = dialog.units.model
    assert model.setData(model.index(row_of(model, "罗泾镇"), UnitColumn.KIND), "其他")
    dialog.show_effect()
    assert dialog.headline.startswith("改单位 1 个。将使检查点由 ")
    dialog.accept_form()
    assert session.snapshot.unit_by_key["罗泾镇"].kind is UnitKind.OTHER


def test_two_units_of_one_name_are_refused(opened: Open, session: YearSession) -> None:
    dialog = opened()
    dialog.units.model.add(["区司法局"])
    dialog.show_effect()
    assert dialog.headline == "“区司法局”有两个单位在用，请改名或去掉一个。"
    revision = session.snapshot.revision
    with pytest.raises(CommandError, match="两个单位"):
        dialog.accept_form()
    assert session.snapshot.revision == revision


def test_going_back_with_changes_is_asked_about_once(opened: Open, session: YearSession) -> None:
    dialog = opened()
    dialog.units.model.add(["区数据局"])
    dialog.reject()
    assert dialog.isVisible()
    assert dialog.refusal_text() == "有 1 处改动还没有保存。再按一次“返回”就放弃，或点“保存”。"
    dialog.reject()
    assert not dialog.isVisible()
    assert all(unit.name != "区数据局" for unit in session.snapshot.units)


def test_read_only_lists_are_seen_and_cannot_be_changed(opened: Open, session: YearSession) -> None:
    session.hold("正在排期")
    dialog = opened()
    model = dialog.units.model
    assert dialog.headline == "现在只能看：正在排期。"
    assert not dialog.accept_button.isEnabled()
    assert not dialog.units.add_button.isEnabled()
    assert not model.flags(model.index(0, UnitColumn.NAME)) & Qt.ItemFlag.ItemIsEditable
    assert not model.setData(model.index(0, UnitColumn.NAME), "改名")
    dialog.units.paste("甲局")
    select(dialog, ItemKind.SCHOOL, "上海市吴淞中学")
    dialog.schools.remove_selected()
    assert dialog.changes() == ()
    dialog.reject()
    assert not dialog.isVisible()


def test_an_empty_list_says_how_to_begin_and_a_search_that_finds_nothing_how_to_go_on(
    opened: Open, session: YearSession
) -> None:
    for school in session.snapshot.schools:
        for event in session.snapshot.events:
            if school.key in event.schools:
                commands.change_event(session.store, 2027, event._replace(schools=()))
                session.refresh()
    dialog = opened()
    dialog.schools.model.remove(range(len(dialog.schools.model.items)))
    assert dialog.schools.empty.title == "还没有学校"
    assert dialog.schools.empty.isVisibleTo(dialog.schools)
    QApplication.clipboard().setText("甲校")
    dialog.schools.paste_clipboard()
    assert dialog.schools.table.isVisibleTo(dialog.schools)
    dialog.units.search.setText("没有这样的")
    assert dialog.units.empty.title == "没有符合的单位"
    dialog.units.search.setText("sfj")
    assert dialog.units.rows.rowCount() == 1
    assert dialog.units.table.isVisibleTo(dialog.units)
