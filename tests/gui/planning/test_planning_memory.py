"""记住的条件：每年一份，写下读回一字不差；读不懂的退回默认。"""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path

import pytest

from gui.planning.memory import PlanningMemory, Remembered, from_plain, to_plain
from gui.services.program_settings import SettingsFile, read_settings, write_settings
from gui.session.year_session import YearSession
from models import commands
from models.domain.events import Campaign, Event
from models.domain.snapshot import ItemKind
from planners.proposals import Conditions, Weighing

LOCKED = Event("new-1", Campaign.LECTURE, "讲堂", starts_at=datetime(2027, 11, 24, 14))
ASKED = Conditions(
    first=date(2027, 7, 1),
    last=date(2027, 9, 30),
    campaigns=(Campaign.LECTURE, Campaign.COMMUNITY),
    units=("区医保局",),
    blocked=(date(2027, 8, 3), date(2027, 8, 5)),
    targets=False,
    weighing=Weighing.HABIT,
    movable=True,
    max_moves=3,
    locked=(("lecture|11", LOCKED),),
    rejected=("park|4",),
    decisions=False,
    seed=17,
)


@pytest.fixture
def memory(session: YearSession, tmp_path: Path) -> PlanningMemory:
    return PlanningMemory(SettingsFile(tmp_path / "settings.json"), session)


def test_conditions_come_back_as_they_were_at_the_next_start(
    memory: PlanningMemory, session: YearSession, tmp_path: Path
) -> None:
    memory.keep(ASKED, {"park|4": "走进园区 · 四季度", "lecture|11": "公开讲堂 · 11月"})
    later = PlanningMemory(SettingsFile(tmp_path / "settings.json"), session).read()
    assert later.conditions == ASKED
    assert (later.name_of("park|4"), later.name_of("unknown")) == ("走进园区 · 四季度", "unknown")


def test_the_settings_name_no_delegate_and_a_locked_event_keeps_its_words(
    memory: PlanningMemory, session: YearSession, tmp_path: Path
) -> None:
    delegate = session.snapshot.delegates[0]
    session.attempt(
        commands.put_item, 2027, ItemKind.DELEGATE, delegate._replace(name="欧阳娜娜", phone="13912345678")
    )
    event = session.snapshot.events[0]._replace(note="请欧阳娜娜（13912345678）到场")
    session.attempt(commands.put_item, 2027, ItemKind.EVENT, event)
    memory.lock("move:1", event, "改期 · 欧阳娜娜谈养老")
    stored = (tmp_path / "settings.json").read_text(encoding="utf-8")
    assert ("欧阳娜娜" in stored, "13912345678" in stored, "欧*谈养老" in stored) == (False, False, True)
    later = PlanningMemory(SettingsFile(tmp_path / "settings.json"), session).read()
    assert later.conditions.locked == (("move:1", event),)


def test_days_of_the_scope_that_have_come_are_left_out(memory: PlanningMemory, session: YearSession) -> None:
    memory.keep(ASKED._replace(first=session.today, last=session.today))
    now = memory.read().conditions
    assert (now.first, now.last) == (None, None)


def test_rejected_and_locked_entries_are_remembered_and_let_go(memory: PlanningMemory) -> None:
    memory.lock("a", LOCKED, "公开讲堂 · 11月")
    memory.reject("b", "走进园区 · 四季度")
    memory.reject("b", "走进园区 · 四季度")
    now = memory.read()
    assert (now.conditions.locked, now.conditions.rejected) == ((("a", LOCKED),), ("b",))
    memory.reject("a", "公开讲堂 · 11月")
    assert (memory.read().conditions.locked, memory.read().conditions.rejected) == ((), ("b", "a"))
    memory.restore("a")
    memory.restore("b")
    assert memory.read() == Remembered()


def test_another_data_file_of_the_same_year_has_its_own(
    memory: PlanningMemory, session: YearSession, monkeypatch: pytest.MonkeyPatch
) -> None:
    memory.keep(ASKED)
    monkeypatch.setattr(session.snapshot, "installation", "another")
    assert memory.read().conditions == Conditions()


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("first", "7月"),
        ("campaigns", ["no such line"]),
        ("campaigns", "lecture"),
        ("blocked", [3]),
        ("targets", "yes"),
        ("weighing", "heavy"),
        ("max_moves", -1),
        ("seed", True),
        ("locked", [["a"]]),
        ("rejected", {}),
    ],
)
def test_what_cannot_be_read_has_its_default_and_costs_nothing_else(field: str, value: object) -> None:
    plain = to_plain(Remembered(ASKED)) | {field: value}
    expected = ASKED._replace(**{field: getattr(Conditions(), field)})
    assert from_plain(plain).conditions == expected


def test_settings_with_anything_else_under_planning_are_still_settings() -> None:
    for wrong in ([], {"2027": 3}, "x"):
        text = write_settings(read_settings("")._replace(planning=wrong, last_folder="/tmp/f"))  # type: ignore[arg-type]
        found = read_settings(text)
        assert (found.planning, found.last_folder) == ({}, "/tmp/f")
