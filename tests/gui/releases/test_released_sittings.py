"""列席会议、列席事项、季度主题印发之后：改动前先问，其后的改动数得到，比较的窗口里看得到、去得到。"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

import pytest
from pytestqt.qtbot import QtBot

from gui.releases.question import ReleasedQuestion
from gui.releases.releases_dialog import LayBackDialog, ReleasesDialog
from gui.session.since_release import SinceRelease
from gui.session.year_session import YearSession
from models import commands
from models.domain.attendance import Decision, Meeting
from models.domain.snapshot import ItemKind
from models.queries import undo_title, year_snapshot
from models.releases import release_year
from planners.change_kinds import ChangeKind
from planners.release_changes import plan_changes
from planners.released_events import Departure

LATER = datetime(2027, 9, 29, 9, 30)


class Answers:
    """Says yes or no, and remembers what it was asked."""

    def __init__(self, *answers: bool) -> None:
        self.asked: list[tuple[tuple[str, str], ...]] = []
        self._answers = list(answers)

    def __call__(self, since: SinceRelease, departures: Sequence[Departure]) -> tuple[bool, bool]:
        self.asked.append(tuple((one.kind.value, one.key) for one in departures))
        return self._answers.pop(0), False


@pytest.fixture
def released(session: YearSession) -> YearSession:
    release_year(session.store, 2027, "", date(2027, 6, 1))
    session.refresh()
    return session


def meeting(session: YearSession, key: str = "m6") -> Meeting:
    found = session.snapshot.item(ItemKind.MEETING, key)
    assert isinstance(found, Meeting)
    return found


def decision(session: YearSession, key: str = "d6") -> Decision:
    found = session.snapshot.item(ItemKind.DECISION, key)
    assert isinstance(found, Decision)
    return found


def move(session: YearSession, at: datetime = LATER) -> object:
    moved = meeting(session)._replace(starts_at=at)
    return session.perform(commands.put_item, 2027, ItemKind.MEETING, moved)


def words(session: YearSession) -> str:
    assert session.since_release is not None
    return session.since_release.words


def test_a_released_meeting_moves_only_when_agreed_and_is_counted(released: YearSession) -> None:
    released.guard.ask = answers = Answers(False, True)
    assert words(released) == "草案 · 上次印发：第1稿（6月1日），其后没有改动"
    assert move(released) is None
    assert words(released).endswith("其后没有改动")
    move(released)
    move(released, LATER.replace(hour=14))
    assert answers.asked == [(("meetings", "m6"),)] * 2
    assert meeting(released).starts_at == LATER.replace(hour=14)
    assert words(released).endswith("其后改了 1 项")
    released.undo()
    released.undo()
    assert words(released).endswith("其后没有改动")


def test_a_decision_exempted_and_a_theme_changed_are_asked_about_and_counted(released: YearSession) -> None:
    released.guard.ask = answers = Answers(True, True)
    exempted = decision(released)._replace(exemption="涉密", exempted_by="司法局")
    released.perform(commands.put_item, 2027, ItemKind.DECISION, exempted)
    released.perform(commands.set_quarter_theme, 2027, 3, "新主题换了")
    assert answers.asked == [(("decisions", "d6"),), (("year", "3"),)]
    assert words(released).endswith("其后改了 2 项")


def test_the_question_names_what_was_released(qtbot: QtBot, released: YearSession) -> None:
    since = released.since_release
    assert since is not None
    theme = released.snapshot.year_row.quarter_themes[2]
    asked = (
        Departure(ItemKind.MEETING, "m6"),
        Departure(ItemKind.DECISION, "d6"),
        Departure(ItemKind.YEAR, "3"),
    )
    question = ReleasedQuestion(since, asked)
    qtbot.addWidget(question)
    said = [one.text() for one in question.findChildren(type(question.add_words("")))]
    assert "3 项安排已印发，改动后将与印发稿不同" in said
    assert "· 列席会议“区政府常务会议第23次”（印发时：9月27日 09:30）" in said
    subject = decision(released).short or decision(released).title
    assert f"· 列席事项“{subject}”（印发时：区政府常务会议第23次，9月27日 09:30）" in said
    assert f"· 第三季度走进园区主题（印发时：{theme}）" in said
    single = ReleasedQuestion(since, asked[:1])
    qtbot.addWidget(single)
    said = [one.text() for one in single.findChildren(type(single.add_words("")))]
    assert "这项安排已印发，改动后将与印发稿不同" in said


def test_the_dialog_lists_them_and_goes_to_them(qtbot: QtBot, released: YearSession) -> None:
    move(released)
    released.perform(commands.set_quarter_theme, 2027, 3, "新主题换了")
    dialog = ReleasesDialog(released)
    qtbot.addWidget(dialog)
    rows = dialog.events.rows.rows
    assert [row.texts[:3] for row in rows] == [
        ("改期", "9月29日", "区政府常务会议第23次"),
        ("调整", "三季度", "第三季度走进园区主题"),
    ]
    assert dialog.summary.text().startswith("印发稿1（2027-06-01） → 草案：改期 1 · 调整 1；")
    assert dialog.detail.text().startswith(
        "改期列席会议“区政府常务会议第23次”：时间 9月27日 09:30 → 9月29日 09:30"
    )
    unit = decision(released).unit
    assert unit in dialog.unit.values()
    with qtbot.waitSignal(dialog.sitting_requested) as asked:
        dialog.events.chosen.emit(rows[0].target)
    assert asked.args == ["m6"]
    dialog.events.chosen.emit(rows[1].target)
    assert dialog.message.text() == ""


def test_laying_back_takes_them_back_as_one_step_without_a_question(
    qtbot: QtBot, released: YearSession
) -> None:
    move(released)
    released.perform(commands.set_quarter_theme, 2027, 3, "新主题换了")
    released.guard.ask = answers = Answers()
    dialog = ReleasesDialog(released)
    qtbot.addWidget(dialog)
    contents, check = dialog._state(1)
    changes = plan_changes(released.snapshot, contents, released.check, check, ("草案", "印发稿1"))
    assert (changes.count(ChangeKind.MOVED), changes.count(ChangeKind.CHANGED)) == (1, 1)
    draft = year_snapshot(released.store, 2027)
    back = LayBackDialog(released, dialog._known[0], contents, changes)
    qtbot.addWidget(back)
    assert back.summary.text() == "草案将改动：改期 1 · 调整 1"
    back.accept_button.click()
    assert (released.snapshot == contents, answers.asked) == (True, [])
    assert words(released).endswith("其后没有改动")
    assert undo_title(released.store) == "放回第1稿"
    released.undo()
    assert year_snapshot(released.store, 2027) == draft
