"""季度材料包从窗口导出，材料要求可以改。"""

from __future__ import annotations

from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from exports.evidence_pack import INDEX
from gui.event.evidence.needed_form import NeededKindsForm
from gui.exporting.evidence_packing import EvidencePacking
from gui.session.messages import Bar, Toast
from gui.session.runner import Runner
from gui.session.year_session import YearSession
from models.domain.events import Campaign, EventStatus
from models.domain.papers import Evidence, EvidenceKind
from models.evidence import add_evidence
from models.evidence_files import EvidenceFolder
from planners.evidence import missing_by_event


@pytest.fixture(autouse=True)
def plain_index(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("exports.evidence_pack._printed_index", lambda *_: b"%PDF")


def packing(qtbot: QtBot, session: YearSession) -> tuple[EvidencePacking, Runner, list[Toast], list[Bar]]:
    from PySide6.QtWidgets import QWidget

    window = QWidget()
    qtbot.addWidget(window)
    runner = Runner(session.messages, window)
    toasts: list[Toast] = []
    bars: list[Bar] = []
    session.messages.toast_requested.connect(toasts.append)
    session.messages.bar_requested.connect(bars.append)
    return EvidencePacking(session, runner, window), runner, toasts, bars


def test_the_pack_is_written_in_the_background_and_what_is_lacking_is_said(
    qtbot: QtBot, session: YearSession, tmp_path: Path
) -> None:
    held = next(
        e for e in session.snapshot.events if e.status is EventStatus.HELD and e.day and e.day.month == 2
    )
    source = tmp_path / "签到表.pdf"
    source.write_bytes(b"scan")
    stored = EvidenceFolder(session.store.path).add(source)
    item = Evidence(
        "F1", held.key, EvidenceKind.SIGN_IN, file_name="签到表.pdf", digest=stored.digest, size=4
    )
    session.attempt(add_evidence, 2027, [item])
    pack, runner, toasts, bars = packing(qtbot, session)
    pack.start(1, tmp_path / "包")
    qtbot.waitUntil(lambda: not runner.busy and bool(toasts))
    assert (tmp_path / "包" / INDEX).read_bytes() == b"%PDF"
    assert [path.read_bytes() for path in (tmp_path / "包").rglob("签到表.pdf")] == [b"scan"]
    assert "1 份文件" in toasts[0].text
    assert bars[0].kind == "warning"
    assert "缺" in bars[0].text


def test_a_folder_that_is_gone_is_said_and_a_quarter_without_events_is_not_packed(
    qtbot: QtBot, session: YearSession, tmp_path: Path
) -> None:
    pack, runner, toasts, bars = packing(qtbot, session)
    pack.start(1, tmp_path / "没有" / "包")
    qtbot.waitUntil(lambda: not runner.busy and bool(bars))
    assert "文件夹不存在" in bars[0].text
    pack.ask(4, zipped=False)
    assert "没有材料" in toasts[-1].text


def test_what_a_record_needs_can_be_chosen_and_is_usual_again(qtbot: QtBot, session: YearSession) -> None:
    before = session.snapshot
    form = NeededKindsForm(session)
    qtbot.addWidget(form)
    form.accept_button.click()
    assert session.snapshot.year_row == before.year_row
    form = NeededKindsForm(session)
    qtbot.addWidget(form)
    form.groups[Campaign.LECTURE].set_values(())
    form.groups[Campaign.PARK].set_values((EvidenceKind.PHOTO.value, EvidenceKind.SIGN_IN.value))
    form.accept_button.click()
    settings = dict(session.snapshot.year_row.settings)
    assert (settings["evidence:lecture"], settings["evidence:park"]) == ("无", "签到表、现场照片")
    lectures = {e.key for e in session.snapshot.events if e.campaign is Campaign.LECTURE}
    assert not lectures & set(missing_by_event(session.snapshot))
    form = NeededKindsForm(session)
    qtbot.addWidget(form)
    form._restore()
    form.accept_button.click()
    assert session.snapshot.year_row == before.year_row
