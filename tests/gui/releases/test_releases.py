"""印发稿在窗口里：先看再印发、比较、放回、改动前询问；每一步都能数得出来。"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from gui.event.inspector.inspector import Inspector
from gui.releases.question import ReleasedQuestion
from gui.releases.release_dialog import ReleaseDialog
from gui.releases.releases_dialog import EVENTS, RULES, LayBackDialog, ReleasesDialog
from gui.session.since_release import SinceRelease
from gui.session.year_session import YearSession
from gui.shell.status_line import StatusLine
from models import commands
from models.domain.errors import CommandError
from models.domain.events import EventStatus
from models.domain.snapshot import ItemKind
from models.queries import undo_title, year_snapshot
from models.releases import release_year, releases
from planners.agenda import agenda
from planners.change_kinds import ChangeKind
from planners.release_changes import plan_changes
from planners.release_concerns import ConcernKind
from planners.released_events import Departure
from planners.results import AgendaGroup

LECTURE = "A027"
THEN, LATER = datetime(2027, 6, 18, 9), datetime(2027, 6, 25, 9)


class Answers:
    """What a person answers, and what they were asked."""

    def __init__(self, *answers: tuple[bool, bool]) -> None:
        self.asked: list[tuple[str, ...]] = []
        self._answers = list(answers)

    def __call__(self, since: SinceRelease, departures: Sequence[Departure]) -> tuple[bool, bool]:
        assert since.released is not None
        self.asked.append(tuple(one.key for one in departures))
        return self._answers.pop(0)


@pytest.fixture
def released(session: YearSession) -> YearSession:
    release_year(session.store, 2027, "", date(2027, 6, 1))
    session.refresh()
    return session


def start_of(session: YearSession, key: str = LECTURE) -> datetime | None:
    return session.snapshot.event_by_key[key].starts_at


# the question


def test_a_released_event_is_moved_only_when_agreed_and_asked_about_once(released: YearSession) -> None:
    released.guard.ask = answers = Answers((False, False), (True, False))
    assert released.perform(commands.move_event, 2027, LECTURE, LATER) is None
    assert (start_of(released), released.since_release.changes) == (THEN, ())  # type: ignore[union-attr]
    released.perform(commands.move_event, 2027, LECTURE, LATER)
    released.perform(commands.move_event, 2027, LECTURE, LATER.replace(hour=10))
    assert start_of(released) == LATER.replace(hour=10)
    assert answers.asked == [(LECTURE,), (LECTURE,)]


def test_undo_and_going_back_to_what_was_released_need_no_question(released: YearSession) -> None:
    released.guard.ask = answers = Answers((True, False))
    released.perform(commands.move_event, 2027, LECTURE, LATER)
    released.undo()
    released.redo()
    released.guard.forget()
    released.perform(commands.move_event, 2027, LECTURE, THEN)
    assert (start_of(released), len(answers.asked)) == (THEN, 1)


def test_a_bulk_asks_once_for_all_and_can_be_silenced(released: YearSession) -> None:
    released.guard.ask = answers = Answers((True, True))
    planned = [e for e in released.snapshot.events if e.status is EventStatus.PLANNED and e.starts_at][:4]
    moved = (event._replace(place="改到别处") for event in planned[:3])
    done = released.perform(commands.change_events, 2027, moved, "改三场")
    assert done is not None
    assert len(done.changes) == 3
    released.perform(commands.delete_event, 2027, planned[3].key)
    assert answers.asked == [tuple(event.key for event in planned[:3])]


@pytest.mark.parametrize(
    "changed", [{"note": "内部备注"}, {"status": EventStatus.PLANNED}, {"pinned": True}, {"expected": 30}]
)
def test_what_was_not_told_to_people_is_changed_without_a_question(
    released: YearSession, changed: dict[str, object]
) -> None:
    released.guard.ask = answers = Answers()
    event = released.snapshot.event_by_key[LECTURE]._replace(**changed)  # type: ignore[arg-type]
    released.attempt(commands.change_event, 2027, event)
    assert answers.asked == []


def test_new_and_draft_events_are_free(released: YearSession) -> None:
    released.guard.ask = answers = Answers()
    event = released.snapshot.event_by_key[LECTURE]._replace(key="E-neu", host_event=None)
    released.attempt(commands.add_event, 2027, event)
    released.attempt(commands.delete_event, 2027, "E-neu")
    assert answers.asked == []


def test_a_form_says_that_nothing_was_changed(released: YearSession) -> None:
    released.guard.ask = Answers((False, False))
    event = released.snapshot.event_by_key[LECTURE]._replace(title="另一个名称")
    with pytest.raises(CommandError, match="保持与印发稿一致，没有改动"):
        released.attempt(commands.change_event, 2027, event)


def test_the_question_names_the_events_and_leaves_them_by_default(
    qtbot: QtBot, released: YearSession
) -> None:
    since = released.since_release
    assert since is not None
    found = [Departure(ItemKind.EVENT, event.key) for event in since.released.events if event.starts_at][:8]
    question = ReleasedQuestion(since, found)
    qtbot.addWidget(question)
    assert (question.back_button.text(), question.accept_button.text()) == ("不改", "改")
    words = [one.text() for one in question.findChildren(type(question.add_words("")))]
    assert any("8 场活动已印发" in text for text in words)
    assert "……另有 2 场" in words
    qtbot.keyClick(question, Qt.Key.Key_Escape)
    assert question.result() == 0


def test_a_field_of_the_inspector_goes_back_when_declined(qtbot: QtBot, released: YearSession) -> None:
    released.guard.ask = Answers((False, False), (True, False))
    inspector = Inspector(released)
    qtbot.addWidget(inspector)
    inspector.show_event(LECTURE)
    assert inspector.released.isHidden()
    fields = inspector.fields
    assert fields is not None
    title = released.snapshot.event_by_key[LECTURE].title
    fields.title.control.setText("改个名称")  # type: ignore[attr-defined]
    inspector.commit_all()
    assert fields.title.control.text() == title  # type: ignore[attr-defined]
    fields.title.control.setText("改个名称")  # type: ignore[attr-defined]
    inspector.commit_all()
    inspector.show_event(LECTURE)
    assert inspector.released.text() == f"与印发稿不同：名称 {title} → 改个名称"


def test_a_field_that_stores_itself_again_while_it_is_asked_waits_for_the_answer(
    qtbot: QtBot, released: YearSession
) -> None:
    inspector = Inspector(released)
    qtbot.addWidget(inspector)
    inspector.show_event(LECTURE)
    assert inspector.fields is not None
    edit, said = inspector.fields.title.control, []
    released.messages.toast_requested.connect(lambda *words: said.append(words))

    def ask(_since: SinceRelease, _keys: Sequence[str]) -> tuple[bool, bool]:
        edit.editingFinished.emit()  # type: ignore[attr-defined]
        said.append(edit.text())  # type: ignore[attr-defined]
        return True, False

    released.guard.ask = ask
    edit.setText("改个名称")  # type: ignore[attr-defined]
    inspector.commit_all()
    assert said == ["改个名称"]
    assert released.snapshot.event_by_key[LECTURE].title == "改个名称"


# the release


def test_releasing_freezes_marks_and_shows_in_the_status_line(qtbot: QtBot, session: YearSession) -> None:
    line = StatusLine()
    qtbot.addWidget(line)
    line.follow(session)
    assert line._release.text() == "草案 · 还没有印发稿"
    dialog = ReleaseDialog(session)
    qtbot.addWidget(dialog)
    dialog.name.setText("上半年稿")
    dialog.accept_button.click()
    (made,) = releases(session.store, 2027)
    assert (dialog.made, made.name, made.released_on) == (made, "上半年稿", date(2027, 6, 15))
    assert line._release.text() == "草案 · 上次印发：第1稿（6月15日），其后没有改动"
    session.perform(commands.move_event, 2027, LECTURE, LATER)
    assert line._release.text() == "草案 · 上次印发：第1稿（6月15日），其后改了 1 项"
    assert session.snapshot.stamps[LECTURE].sequence == 1


def test_what_is_to_be_seen_first_is_listed_and_gone_to(qtbot: QtBot, session: YearSession) -> None:
    dialog = ReleaseDialog(session)
    qtbot.addWidget(dialog)
    kinds = [concern.kind for concern in dialog.concerns]
    assert kinds == sorted(kinds, key=list(ConcernKind).index)
    assert {ConcernKind.RULE, ConcernKind.UNCONFIRMED} <= set(kinds)
    short = session.check.summary
    assert kinds.count(ConcernKind.RULE) == short.overdue + short.at_risk + short.gap
    dues = [(one.title, one.words) for one in dialog.concerns if one.kind is ConcernKind.DUE]
    entries = [
        e for e in agenda(session.check, session.snapshot) if e.finding and e.group is not AgendaGroup.DUE
    ]
    assert [entry.title for entry in entries] == [title for title, _ in dues]
    dialog.table.selectRow(kinds.index(ConcernKind.UNCONFIRMED))
    qtbot.keyClick(dialog.table, Qt.Key.Key_Return)
    assert dialog.wanted is dialog.concerns[kinds.index(ConcernKind.UNCONFIRMED)]
    assert releases(session.store, 2027) == ()


# list, comparison, laying back


@pytest.fixture
def window(qtbot: QtBot, released: YearSession) -> ReleasesDialog:
    released.perform(commands.move_event, 2027, LECTURE, LATER)
    release_year(released.store, 2027, "第二稿", date(2027, 6, 10))
    planned = next(e for e in released.snapshot.events if e.status is EventStatus.PLANNED and e.starts_at)
    released.perform(commands.set_event_status, 2027, planned.key, EventStatus.CANCELLED, "场地停用")
    dialog = ReleasesDialog(released)
    qtbot.addWidget(dialog)
    return dialog


def kinds_of(dialog: ReleasesDialog) -> list[str]:
    return [row.texts[0] for row in dialog.events.rows.rows]


def test_the_newest_is_compared_with_the_draft_and_any_two_with_each_other(window: ReleasesDialog) -> None:
    assert [row.texts[0] for row in window.list.rows.rows] == ["第2稿", "第1稿"]
    assert kinds_of(window) == ["取消"]
    window.list.selectRow(1)
    assert sorted(kinds_of(window)) == ["取消", "改期"]
    window.end.choose(2)
    window._compare()
    assert kinds_of(window) == ["改期"]
    assert window.summary.text().startswith("印发稿1（2027-06-01） → 印发稿2（2027-06-10）：改期 1")


def test_changes_are_filtered_by_kind_and_unit(window: ReleasesDialog) -> None:
    window.list.selectRow(1)
    window.kind.choose(ChangeKind.MOVED)
    window._show_changes()
    assert kinds_of(window) == ["改期"]
    assert window.changes is not None
    moved = next(change for change in window.changes.events if change.kind is ChangeKind.MOVED)
    assert set(moved.units) <= set(window.unit.values())
    window.unit.choose(moved.units[0])
    window._show_changes()
    assert kinds_of(window) == ["改期"]
    window.kind.choose(ChangeKind.POSTPONED)
    window._show_changes()
    assert (kinds_of(window), window.nothing.title) == ([], "没有符合筛选的改动")
    window._clear_filter()
    assert len(kinds_of(window)) == 2


def test_rules_and_events_can_be_gone_to(qtbot: QtBot, window: ReleasesDialog) -> None:
    window.list.selectRow(1)
    row = kinds_of(window).index("改期")
    with qtbot.waitSignal(window.event_requested) as asked:
        window.events.chosen.emit(window.events.rows.rows[row].target)
    assert asked.args == [LECTURE]
    window.parts.choose(RULES)
    assert window._tables.currentWidget() in (window.rules, window.nothing)
    window.parts.choose(EVENTS)
    assert window._tables.currentWidget() is window.events


def test_an_older_release_is_laid_back_without_a_second_question(
    qtbot: QtBot, window: ReleasesDialog
) -> None:
    session = window._session
    session.guard.ask = answers = Answers()
    draft = year_snapshot(session.store, 2027)
    contents, check = window._state(1)
    changes = plan_changes(session.snapshot, contents, session.check, check, ("草案", "印发稿1"))
    dialog = LayBackDialog(session, window._known[0], contents, changes)
    qtbot.addWidget(dialog)
    assert dialog.summary.text() == "草案将改动：改期 1 · 恢复 1"
    dialog.accept_button.click()
    assert (session.snapshot == contents, answers.asked) == (True, [])
    assert undo_title(session.store) == "放回第1稿"
    session.undo()
    assert year_snapshot(session.store, 2027) == draft


def test_a_year_without_releases_offers_the_first(qtbot: QtBot, session: YearSession) -> None:
    dialog = ReleasesDialog(session)
    qtbot.addWidget(dialog)
    assert dialog.empty.title == "2027 年度还没有印发稿"
    assert dialog._stack.currentWidget() is dialog.empty
    release_year(session.store, 2027, "", date(2027, 6, 1))
    session.refresh()
    assert dialog._stack.currentWidget() is dialog._body
    assert (kinds_of(dialog), dialog.nothing.title) == ([], "安排没有改动")


def test_a_damaged_release_is_said_and_compared_with_nothing(qtbot: QtBot, released: YearSession) -> None:
    with released.store.transaction():
        released.store.write("DROP TRIGGER release_unchanged", [()])
        released.store.write("UPDATE release SET digest = ?", [("0" * 64,)])
    fresh = YearSession(released.store, released.messages, clock=lambda: datetime(2027, 6, 15, 14))
    fresh.open_year(2027)
    dialog = ReleasesDialog(fresh)
    qtbot.addWidget(dialog)
    assert dialog.nothing.title == "这一稿不能比较"
    assert not dialog.back_button.isEnabled()
    assert fresh.since_release is not None
    assert fresh.since_release.words == "草案 · 上次印发：第1稿（6月1日），内容已损坏"
    fresh.guard.ask = answers = Answers()
    fresh.perform(commands.move_event, 2027, LECTURE, LATER)
    assert (start_of(fresh), answers.asked) == (LATER, [])


def test_one_quarter_is_released_and_checked_by_itself(qtbot: QtBot, session: YearSession) -> None:
    dialog = ReleaseDialog(session)
    qtbot.addWidget(dialog)
    everything = len(dialog.concerns)
    dialog.scope.choose(3)
    assert 0 < len(dialog.concerns) < everything
    assert dialog.table.rows.rowCount() == len(dialog.concerns)
    dialog.accept_form()
    assert dialog.made is not None
    assert dialog.made.quarter == 3
    first = next(event for event in session.snapshot.events if event.day and event.day.month == 1)
    session.attempt(commands.change_event, 2027, first._replace(place="别处"))
    since = session.since_release
    assert since is not None
    assert since.words.endswith("其后没有改动")
    planned = next(
        event
        for event in session.snapshot.events
        if event.day and event.day.month == 9 and event.status in (EventStatus.PLANNED, EventStatus.CONFIRMED)
    )
    session.attempt(commands.change_event, 2027, planned._replace(place="别处"))
    assert session.since_release is not None
    assert session.since_release.words.endswith("其后改了 1 项")
