"""栏与值的绑定：原样进出，填错的话写在栏下，没存的看得出，正在写的不被盖掉。"""

from __future__ import annotations

from datetime import date, time
from typing import Any, NamedTuple

import pytest
from PySide6.QtWidgets import QCheckBox, QWidget
from pytestqt.qtbot import QtBot

from gui.kit.bindings import Binding, Bindings, Field, needed, not_to_come
from gui.kit.choices import CheckGroup, Choice, Segments, UnitEdit
from gui.kit.controls import (
    clock_edit,
    combo_edit,
    line_edit,
    note_edit,
    number_edit,
    show_value,
    value_of,
)
from gui.kit.day_edit import day_edit
from gui.kit.optional_day import OptionalDay
from models.domain.errors import CommandError
from models.domain.units import Unit, UnitKind

TODAY = date(2027, 6, 15)
UNITS = [Unit("a", "区司法局", UnitKind.DEPARTMENT), Unit("b", "区教育局", UnitKind.DEPARTMENT)]


class Thing(NamedTuple):
    key: str
    title: str = ""
    forms: tuple[str, ...] = ()
    day: date | None = None
    unit: str | None = None


CONTROLS: dict[str, tuple[Any, Any]] = {
    "line": (line_edit, "一行"),
    "note": (lambda: note_edit(60), "两行\n字"),
    "combo": (lambda: combo_edit(["甲"]), "乙"),
    "number": (lambda: number_edit(0, 9), 7),
    "tick": (lambda: QCheckBox("勾"), True),
    "day": (day_edit, TODAY),
    "clock": (clock_edit, time(9, 30)),
    "optional day": (lambda: OptionalDay("已定", None, TODAY), date(2027, 5, 1)),
    "choice": (lambda: Choice([("甲", 1), ("乙", 2)]), 2),
    "segments": (lambda: Segments([("甲", 1), ("乙", 2)]), 2),
    "ticks": (lambda: CheckGroup({"a": "甲", "b": "乙"}), ("b",)),
    "units": (lambda: UnitEdit(UNITS), ("b", "a")),
    "one unit": (lambda: UnitEdit(UNITS, single=""), "b"),
}


@pytest.fixture
def form(qtbot: QtBot, themed: None) -> QWidget:
    made = QWidget()
    qtbot.addWidget(made)
    return made


def bound(form: QWidget, name: str, control: QWidget, *fields: str, **how: Any) -> Binding:
    made = Binding(name, control, *fields, **how)
    made.row = Field(name, control)
    made.row.setParent(form)
    return made


@pytest.mark.parametrize("kind", CONTROLS)
def test_what_is_shown_in_a_control_is_read_from_it(qtbot: QtBot, themed: None, kind: str) -> None:
    make, value = CONTROLS[kind]
    control = make()
    qtbot.addWidget(control)
    said: list[None] = []
    Binding(kind, control, "title").entered.connect(lambda: said.append(None))
    show_value(control, value)
    assert value_of(control) == value
    assert said


def test_ticks_of_the_same_set_keep_their_order(form: QWidget) -> None:
    ticks = bound(form, "形式", CheckGroup({"a": "甲", "b": "乙"}), "forms")
    thing = Thing("t", forms=("b", "a"))
    ticks.show(thing)
    assert ticks.applied_to(thing).forms == ("b", "a")
    ticks.control.set_values(("a",))  # type: ignore[attr-defined]
    assert ticks.applied_to(thing).forms == ("a",)


def test_a_field_that_cannot_be_taken_says_so_below_it_until_it_is_mended(form: QWidget) -> None:
    title = bound(form, "名称", line_edit(), "title", checks=(needed("请填写名称", "还没有填写名称。"),))
    with pytest.raises(CommandError, match="还没有填写名称。没有保存。"):
        title.require(Thing("t"))
    assert title.row is not None
    assert title.row.remark.text() == "请填写名称"
    show_value(title.control, "讲堂")
    title.require(Thing("t"))
    assert title.row.remark.text() == ""


def test_other_words_below_a_field_stay_while_nothing_is_wrong(form: QWidget) -> None:
    title = bound(form, "名称", line_edit(), "title")
    title.say("提示", "caption")
    title.require(Thing("t"))
    assert title.row is not None
    assert title.row.remark.text() == "提示"


def test_a_day_to_come_is_refused_unless_it_stands_there_already(form: QWidget) -> None:
    checks = (not_to_come(TODAY, "公开日期"),)
    day = bound(form, "公开", OptionalDay("已公开", None, TODAY), "day", checks=checks)
    coming = date(2027, 6, 16)
    show_value(day.control, coming)
    refusal = day.refusal(Thing("t"))
    assert refusal is not None
    assert refusal.what == "公开日期还没有到，不能先登记。"
    assert day.refusal(Thing("t", day=coming)) is None


@pytest.mark.parametrize(
    ("words", "below"),
    [("区没有局", "没有名为“区没有局”的单位，请从提示中选择"), ("区司法局、区教育局", "承办单位只填一个")],
)
def test_names_of_units_are_checked(form: QWidget, words: str, below: str) -> None:
    unit = bound(form, "承办单位", UnitEdit(UNITS, single=""), "unit")
    show_value(unit.control, None)
    unit.control.setText(words)  # type: ignore[attr-defined]
    refusal = unit.refusal(Thing("t"))
    assert refusal is not None
    assert refusal.below == below


def test_what_is_typed_stays_while_something_else_is_stored(form: QWidget) -> None:
    title = bound(form, "名称", line_edit(), "title")
    title.show_stored(Thing("t", "旧"))
    assert not title.is_dirty
    show_value(title.control, "写了一半")
    title.show_stored(Thing("t", "旧", day=TODAY))
    assert (value_of(title.control), title.is_dirty) == ("写了一半", True)
    title.show_stored(Thing("t", "别处改的"))
    assert (value_of(title.control), title.is_dirty) == ("别处改的", False)
    show_value(title.control, "又写")
    title.reset()
    assert value_of(title.control) == "别处改的"


def test_a_value_has_only_the_fields_that_belong_to_it(form: QWidget) -> None:
    fields = Bindings(form)
    title = fields.add(bound(form, "名称", line_edit(), "title"))
    day = OptionalDay("已定", None, TODAY)
    fields.add(bound(form, "日期", day, "day", belongs=lambda thing: thing.title == "有日期"))
    fields.add(bound(form, "别的", line_edit(), "of_another_kind"))
    fields.show(Thing("t", "无", day=TODAY))
    day.set_value(date(2027, 1, 1))
    assert fields.applied_to(Thing("t", "无", day=TODAY)).day == TODAY
    show_value(title.control, "有日期")
    assert fields.applied_to(Thing("t", "无", day=TODAY)) == Thing("t", "有日期", day=date(2027, 1, 1))
