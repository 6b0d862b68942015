"""出口：写到问来的地方，记一笔；写不成时字节还在；露出姓名电话先要确认。"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from gui.kit.exporter import PDF, READ_ONLY_NOTE, Exporter, Made, Outgoing, made_calendar
from gui.services.program_settings import SettingsFile
from gui.session.messages import Bar, Messages, Toast
from gui.session.runner import Runner
from gui.session.year_session import YearSession
from models.store import open_store
from tests.gui.conftest import NOW

LECTURES = ("A001", "A002")
PLAN = Outgoing("quarter", "季度活动计划", "三季度计划", PDF)
NAMES = PLAN._replace(kind="attendance", unmasked=("列席代表姓名",))


class Heard:
    """What the messages said."""

    def __init__(self, messages: Messages) -> None:
        self.toasts: list[Toast] = []
        self.bars: list[Bar] = []
        messages.toast_requested.connect(self.toasts.append)
        messages.bar_requested.connect(self.bars.append)


def answer(monkeypatch: pytest.MonkeyPatch, *paths: Path | None) -> list[str]:
    """Answers to the questions where to save; the names proposed."""
    asked: list[str] = []
    waiting = list(paths)

    def ask(_window: object, _title: str, _folder: str, name: str, _kind: str) -> Path | None:
        asked.append(name)
        return waiting.pop(0)

    monkeypatch.setattr("gui.kit.exporter.ask_where_to_save", ask)
    return asked


def confirm(monkeypatch: pytest.MonkeyPatch, *, accepted: bool) -> list[tuple[str, ...]]:
    asked: list[tuple[str, ...]] = []

    def run(dialog: object) -> int:
        asked.append(tuple(dialog.words))
        return int(accepted)

    monkeypatch.setattr("gui.kit.exporter.UnmaskedDialog.exec", run)
    return asked


Waits = Callable[[Callable[[], bool]], None]


@pytest.fixture
def wait(qtbot: QtBot) -> Waits:
    return qtbot.waitUntil


def test_a_file_is_written_logged_and_remembered(
    exporter: Exporter, session: YearSession, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, wait: Waits
) -> None:
    heard, target = Heard(session.messages), tmp_path / "计划.pdf"
    asked = answer(monkeypatch, target)
    exporter.save(PLAN, Made(b"%PDF", ("有一个字没有字形。",)))
    wait(lambda: bool(heard.toasts))
    (recent,) = exporter.recent(5)
    assert target.read_bytes() == b"%PDF"
    assert asked == ["三季度计划.pdf"]
    assert (recent.path, recent.export.name, recent.export.kind, recent.export.unmasked) == (
        target,
        "计划.pdf",
        "quarter",
        False,
    )
    assert [toast.text for toast in heard.toasts] == ["已导出 计划.pdf"]
    assert [bar.text for bar in heard.bars] == ["有一个字没有字形。"]
    target.unlink()
    assert exporter.recent(5)[0].path is None


def test_nothing_happens_where_no_place_was_chosen(
    exporter: Exporter, session: YearSession, monkeypatch: pytest.MonkeyPatch
) -> None:
    answer(monkeypatch, None)
    exporter.save(PLAN, Made(b"%PDF"))
    assert exporter.recent(5) == ()


def test_a_failed_write_keeps_the_bytes_and_the_old_file(
    exporter: Exporter, session: YearSession, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, wait: Waits
) -> None:
    heard, better = Heard(session.messages), tmp_path / "好.pdf"
    answer(monkeypatch, tmp_path / "没有" / "计划.pdf", better)
    exporter.save(PLAN, Made(b"%PDF"))
    wait(lambda: bool(heard.bars))
    (bar,) = heard.bars
    assert bar.kind == "danger"
    assert "文件夹不存在。" in bar.text
    assert [action.label for action in bar.actions] == ["另存到其他位置…", "重试"]
    assert exporter.recent(5) == ()
    bar.actions[0].run()
    wait(lambda: bool(heard.toasts))
    assert better.read_bytes() == b"%PDF"
    assert [recent.path for recent in exporter.recent(5)] == [better]


def test_a_write_can_be_tried_again_at_its_place(
    exporter: Exporter, session: YearSession, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, wait: Waits
) -> None:
    heard, target = Heard(session.messages), tmp_path / "U盘" / "计划.pdf"
    answer(monkeypatch, target)
    exporter.save(PLAN, Made(b"%PDF"))
    wait(lambda: bool(heard.bars))
    target.parent.mkdir()
    heard.bars[0].actions[1].run()
    wait(lambda: bool(heard.toasts))
    assert target.read_bytes() == b"%PDF"


@pytest.mark.parametrize("accepted", [True, False])
def test_names_leave_only_when_confirmed_and_are_logged(
    exporter: Exporter,
    session: YearSession,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    wait: Waits,
    accepted: bool,
) -> None:
    heard, target = Heard(session.messages), tmp_path / "列席.pdf"
    answer(monkeypatch, target)
    asked = confirm(monkeypatch, accepted=accepted)
    exporter.save(NAMES, Made(b"%PDF"))
    assert len(asked) == 1
    assert any("列席代表姓名" in words for words in asked[0])
    if accepted:
        wait(lambda: bool(heard.toasts))
    assert target.exists() is accepted
    assert [recent.export.unmasked for recent in exporter.recent(5)] == ([True] if accepted else [])


def test_a_calendar_marks_what_it_publishes(
    exporter: Exporter, session: YearSession, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, wait: Waits
) -> None:
    heard, target = Heard(session.messages), tmp_path / "讲堂.ics"
    answer(monkeypatch, target)
    exporter.export_events(LECTURES)
    wait(lambda: bool(heard.toasts))
    stamps = session.snapshot.stamps
    assert (stamps["A001"].exported, stamps["A027"].exported) == (True, False)
    assert target.read_bytes() == made_calendar(session.snapshot, frozenset(LECTURES)).data


def test_from_a_read_only_file_things_leave_without_a_note(
    qtbot: QtBot,
    session: YearSession,
    settings: SettingsFile,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    wait: Waits,
) -> None:
    from PySide6.QtWidgets import QWidget

    target = tmp_path / "讲堂.ics"
    with open_store(session.store.path, read_only=True) as store:
        reader = YearSession(store, Messages(), clock=lambda: NOW)
        reader.open_year(2027)
        window = QWidget()
        qtbot.addWidget(window)
        exporter = Exporter(reader, Runner(reader.messages, window), window, settings)
        heard = Heard(reader.messages)
        answer(monkeypatch, target)
        exporter.export_events(LECTURES)
        wait(lambda: bool(heard.toasts))
        assert heard.toasts[0].text == f"已导出 讲堂.ics（{READ_ONLY_NOTE}）"
        assert exporter.recent(5) == ()
        assert not reader.snapshot.stamps["A001"].exported
    assert target.exists()


def test_names_are_fit_for_every_system() -> None:
    assert PLAN._replace(name='甲/乙:"丙"').file_name == "甲_乙__丙_.pdf"
