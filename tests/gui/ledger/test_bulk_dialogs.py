"""成批改：一步撤销，改之前说清影响与不改的。"""

from __future__ import annotations

from datetime import date

import pytest
from PySide6.QtCore import QDate
from pytestqt.qtbot import QtBot

from gui.ledger.bulk_dialogs import BulkDayDialog, BulkStatusDialog, BulkUnitDialog
from gui.ledger.page import LedgerPage
from gui.session.year_session import YearSession
from models.domain.errors import CommandError
from models.domain.events import Event, EventStatus

KEYS = ("A010", "A019", "A029")


def events(session: YearSession, *keys: str) -> list[Event]:
    return [session.snapshot.event_by_key[key] for key in keys or KEYS]


def test_shifting_by_a_week_is_one_step_and_undone_exactly(session: YearSession, qtbot: QtBot) -> None:
    before = session.snapshot
    dialog = BulkDayDialog(session, events(session))
    qtbot.addWidget(dialog)
    assert dialog.days == 7
    assert dialog.accept_button.text() == "改 3 场"
    dialog.accept_form()
    assert [event.day for event in events(session)] == [
        date(2027, 9, 29),
        date(2027, 9, 16),
        date(2027, 9, 24),
    ]
    assert session.undo_title == "移动 3 场，往后 1 周"
    session.undo()
    assert session.snapshot == before


def test_shifting_back_by_days(session: YearSession, qtbot: QtBot) -> None:
    dialog = BulkDayDialog(session, events(session))
    qtbot.addWidget(dialog)
    dialog.direction.choose(-1)
    dialog.unit.choose(1)
    dialog.count.setValue(2)
    dialog.accept_form()
    assert events(session, "A010")[0].day == date(2027, 9, 20)
    assert session.undo_title == "移动 3 场，往前 2 天"


def test_all_on_one_day_with_what_it_makes_worse(session: YearSession, qtbot: QtBot) -> None:
    dialog = BulkDayDialog(session, events(session, "A010", "A012"))
    qtbot.addWidget(dialog)
    dialog.way.choose(True)
    dialog.day.setDate(QDate(2027, 10, 21))
    dialog.preview()
    assert "公开讲堂 · 9月 将变为 0/1" in dialog.effect.texts[0]
    assert "公开讲堂 · 12月 将变为 0/1" in dialog.effect.texts[0]
    dialog.accept_form()
    assert {event.day for event in events(session, "A010", "A012")} == {date(2027, 10, 21)}
    assert session.undo_title == "移动 2 场到10月21日"


def test_what_cannot_be_moved_is_named_and_left(session: YearSession, qtbot: QtBot) -> None:
    dialog = BulkDayDialog(session, events(session, "A010", "A020", "A007"))
    qtbot.addWidget(dialog)
    assert dialog.accept_button.text() == "改 1 场"
    assert dialog.skipped.text().startswith("2 场不改：")
    assert "已举办，日期不能改" in dialog.skipped.text()
    assert dialog.effect.texts == ("不影响刚性规则，也没有新的冲突。",)


def test_new_conflicts_are_named(session: YearSession, qtbot: QtBot) -> None:
    dialog = BulkDayDialog(session, events(session, "A010", "A011"))
    qtbot.addWidget(dialog)
    dialog.way.choose(True)
    dialog.day.setDate(QDate(2027, 9, 23))
    dialog.preview()
    assert "同一时段有 2 场：“养老补贴”、“专项资金”" in dialog.effect.texts[0]


def test_nothing_left_to_change_cannot_be_accepted(session: YearSession, qtbot: QtBot) -> None:
    dialog = BulkDayDialog(session, events(session, "A020"))
    qtbot.addWidget(dialog)
    assert not dialog.accept_button.isEnabled()


@pytest.mark.parametrize(
    ("way", "title", "lead", "partners"),
    [
        ("lead", "修改 3 场的牵头单位", ("区经委",), ()),
        ("add", "修改 3 场的责任单位", ("区商务委",), ("区经委",)),
    ],
)
def test_units_of_several_events(
    session: YearSession, qtbot: QtBot, way: str, title: str, lead: tuple[str, ...], partners: tuple[str, ...]
) -> None:
    dialog = BulkUnitDialog(session, events(session))
    qtbot.addWidget(dialog)
    dialog.way.choose(way)
    dialog.units.setText("区经委")
    dialog.preview()
    dialog.accept_form()
    changed = events(session, "A019")[0]
    assert (changed.lead_units, changed.responsible_units) == (lead, partners)
    assert session.undo_title == title


def test_a_unit_must_be_known(session: YearSession, qtbot: QtBot) -> None:
    dialog = BulkUnitDialog(session, events(session))
    qtbot.addWidget(dialog)
    assert not dialog.accept_button.isEnabled()
    dialog.units.setText("没有这个局")
    with pytest.raises(CommandError, match="没有名为"):
        dialog.change()


def test_cancelling_several_needs_a_reason(session: YearSession, qtbot: QtBot) -> None:
    dialog = BulkStatusDialog(session, events(session), EventStatus.CANCELLED)
    qtbot.addWidget(dialog)
    assert "将变为 0/1" in dialog.effect.texts[0]
    with pytest.raises(CommandError, match="原因"):
        dialog.accept_form()
    dialog.reason.setCurrentText("并入其他活动")
    dialog.accept_form()
    assert {event.status for event in events(session)} == {EventStatus.CANCELLED}
    assert {event.status_reason for event in events(session)} == {"并入其他活动"}
    assert session.undo_title == "3 场改为已取消"


# from the page


@pytest.fixture
def shown(monkeypatch: pytest.MonkeyPatch) -> list[object]:
    """The dialogs that were shown, none of which waits for an answer."""
    dialogs: list[object] = []

    def show(dialog: object) -> None:
        dialogs.append(dialog)

    for kind in (BulkStatusDialog, BulkDayDialog, BulkUnitDialog):
        monkeypatch.setattr(kind, "exec", show)
    return dialogs


def test_a_harmless_status_is_set_at_once(
    page: LedgerPage, session: YearSession, shown: list[object]
) -> None:
    before = session.snapshot
    page.actions_.set_statuses(KEYS, EventStatus.CONFIRMED)
    assert shown == []
    assert {event.status for event in events(session)} == {EventStatus.CONFIRMED}
    assert session.undo_title == "3 场改为已确认"
    session.undo()
    assert session.snapshot == before


def test_one_that_makes_a_rule_worse_is_asked_about_first(
    page: LedgerPage, session: YearSession, shown: list[object]
) -> None:
    page.actions_.set_statuses(KEYS, EventStatus.DRAFT)
    assert [type(dialog) for dialog in shown] == [BulkStatusDialog]
    assert {event.status for event in events(session)} == {EventStatus.PLANNED}


def test_one_that_not_all_can_take_is_asked_about_first(page: LedgerPage, shown: list[object]) -> None:
    page.actions_.set_statuses((*KEYS, "A020"), EventStatus.CONFIRMED)
    assert len(shown) == 1


def test_the_bar_opens_the_forms(page: LedgerPage, shown: list[object]) -> None:
    page.view.select("A010")
    page.bulk.day.click()
    page.bulk.unit.click()
    page.actions_.cancel(KEYS)
    assert [type(dialog) for dialog in shown] == [BulkDayDialog, BulkUnitDialog, BulkStatusDialog]
