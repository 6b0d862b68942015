"""登记结果与活动详情里的佐证材料：拖上来就加入，一步登记，返回就当没加过。"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent, QGuiApplication
from pytestqt.qtbot import QtBot

from exports.package import write_package
from gui.event.evidence.paper_form import PaperForm
from gui.event.inspector.evidence_section import EvidenceSection
from gui.event.result_dialog import ResultDialog
from gui.session.year_session import YearSession
from models import commands
from models.domain.changes import RowChange
from models.domain.events import EventStatus
from models.domain.papers import Evidence, EvidenceKind
from models.domain.snapshot import ItemKind
from models.evidence import add_evidence
from models.evidence_files import EvidenceFolder

HELD = "A021"


@pytest.fixture
def held(session: YearSession) -> str:
    """An event held in spring."""
    return next(
        event.key for event in session.snapshot.events if event.status is EventStatus.HELD and event.url == ""
    )


def dropped(*files: Path, text: str = "") -> QDropEvent:
    data = QMimeData()
    if files:
        data.setUrls([QUrl.fromLocalFile(str(path)) for path in files])
    else:
        data.setText(text)
    dropped.kept = data  # type: ignore[attr-defined]  Qt does not keep it alive
    return QDropEvent(
        QPointF(5, 5),
        Qt.DropAction.CopyAction,
        data,
        Qt.MouseButton.LeftButton,
        Qt.KeyboardModifier.NoModifier,
    )


def file(tmp_path: Path, name: str, data: bytes = b"scan") -> Path:
    path = tmp_path / name
    path.write_bytes(data)
    return path


def folder_of(session: YearSession) -> EvidenceFolder:
    return EvidenceFolder(session.store.path)


def kept(session: YearSession) -> int:
    return sum(path.is_file() for path in folder_of(session).folder.rglob("*"))


def opened(qtbot: QtBot, session: YearSession, key: str) -> ResultDialog:
    dialog = ResultDialog(session, session.snapshot.event_by_key[key])
    qtbot.addWidget(dialog)
    return dialog


def idle(qtbot: QtBot, dialog: ResultDialog) -> None:
    qtbot.waitUntil(lambda: not dialog.evidence.adder.busy)


def test_files_dropped_on_the_form_are_stored_with_the_result_in_one_step(
    qtbot: QtBot, session: YearSession, held: str, tmp_path: Path
) -> None:
    before = write_package(session.snapshot)
    dialog = opened(qtbot, session, held)
    dialog.dropEvent(dropped(file(tmp_path, "签到表.pdf"), file(tmp_path, "IMG_1.jpg", b"picture")))
    idle(qtbot, dialog)
    assert [row.item.kind for row in dialog.evidence_list.rows.values()] == [
        EvidenceKind.SIGN_IN,
        EvidenceKind.PHOTO,
    ]
    assert "还缺" in dialog.evidence_list.state.text()
    dialog.attended.setValue(66)
    dialog.url.setText("https://www.shbsq.gov.cn/1")
    dialog.accept_button.click()
    stored = [item for item in session.snapshot.evidence if item.event == held]
    assert [(i.file_name, i.size, i.dated_on) for i in stored] == [
        ("签到表.pdf", 4, session.snapshot.event_by_key[held].day),
        ("IMG_1.jpg", 7, session.snapshot.event_by_key[held].day),
    ]
    assert {item.added_on for item in stored} == {session.today}
    assert session.snapshot.event_by_key[held].attended == 66
    assert folder_of(session).read(stored[0].digest) == b"scan"
    session.undo()
    assert write_package(session.snapshot) == before
    session.redo()
    assert folder_of(session).read(stored[1].digest) == b"picture"


def test_a_result_registered_before_is_changed(qtbot: QtBot, session: YearSession, held: str) -> None:
    before = opened(qtbot, session, held)
    before.accept_button.click()
    after = opened(qtbot, session, held)
    assert (after.windowTitle(), after.accept_button.text()) == ("修改结果", "保存结果")


def test_a_form_that_is_left_keeps_nothing(
    qtbot: QtBot, session: YearSession, held: str, tmp_path: Path
) -> None:
    dialog = opened(qtbot, session, held)
    dialog.dropEvent(dropped(file(tmp_path, "签到表.pdf")))
    idle(qtbot, dialog)
    assert kept(session) == 1
    dialog.back_button.click()
    assert kept(session) == 0
    assert not session.snapshot.evidence


def test_leaving_never_takes_a_file_that_other_evidence_has(
    qtbot: QtBot, session: YearSession, held: str, tmp_path: Path
) -> None:
    path = file(tmp_path, "签到表.pdf")
    stored = folder_of(session).add(path)
    other = next(e.key for e in session.snapshot.events if e.status is EventStatus.HELD and e.key != held)
    item = Evidence("F1", other, EvidenceKind.SIGN_IN, digest=stored.digest, size=4)
    session.attempt(add_evidence, session.year, [item])
    dialog = opened(qtbot, session, held)
    dialog.dropEvent(dropped(path))
    idle(qtbot, dialog)
    assert len(dialog.evidence_list.rows) == 1
    dialog.back_button.click()
    assert folder_of(session).read(stored.digest) == b"scan"


def test_the_same_content_is_not_listed_twice_for_an_event(
    qtbot: QtBot, session: YearSession, held: str, tmp_path: Path
) -> None:
    dialog = opened(qtbot, session, held)
    for name in ("签到表.pdf", "又一份签到表.pdf"):
        dialog.dropEvent(dropped(file(tmp_path, name)))
        idle(qtbot, dialog)
    assert [row.item.file_name for row in dialog.evidence_list.rows.values()] == ["签到表.pdf"]
    assert "“又一份签到表.pdf”已经在了" in dialog.refusal_text()


def test_what_cannot_be_evidence_is_said_in_the_form_and_the_rest_is_taken(
    qtbot: QtBot, session: YearSession, held: str, tmp_path: Path
) -> None:
    dialog = opened(qtbot, session, held)
    dialog.dropEvent(dropped(file(tmp_path, "<b>恶意&.exe"), file(tmp_path, "照片.png")))
    idle(qtbot, dialog)
    assert "<b>恶意&.exe" in dialog.refusal_text()
    assert [row.item.file_name for row in dialog.evidence_list.rows.values()] == ["照片.png"]


def test_a_kind_can_be_changed_and_a_piece_left_out_before_it_is_stored(
    qtbot: QtBot, session: YearSession, held: str, tmp_path: Path
) -> None:
    dialog = opened(qtbot, session, held)
    dialog.dropEvent(dropped(file(tmp_path, "a.pdf", b"1"), file(tmp_path, "b.pdf", b"2")))
    idle(qtbot, dialog)
    first, second = dialog.evidence_list.rows.values()
    first.kind.choose(EvidenceKind.PRESS)
    first.kind.activated.emit(first.kind.currentIndex())
    dialog.evidence_list.rows[second.item.key].remove_button.click()
    dialog.accept_button.click()
    (stored,) = session.snapshot.evidence
    assert (stored.file_name, stored.kind) == ("a.pdf", EvidenceKind.PRESS)
    assert kept(session) == 1


def test_a_url_that_is_none_is_refused_at_its_field(qtbot: QtBot, session: YearSession, held: str) -> None:
    dialog = opened(qtbot, session, held)
    dialog.url.setText("javascript:alert(1)")
    dialog.accept_button.click()
    assert dialog.result() == 0
    assert "不是网址" in dialog.refusal_text()


def test_a_pasted_link_becomes_evidence(
    qtbot: QtBot, session: YearSession, held: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(PaperForm, "exec", lambda form: form._on_accept() or form.result())
    QGuiApplication.clipboard().setText("https://www.shbsq.gov.cn/2")
    dialog = opened(qtbot, session, held)
    qtbot.keyClick(dialog.evidence_list, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    (row,) = dialog.evidence_list.rows.values()
    assert (row.item.kind, row.item.link) == (EvidenceKind.LINK, "https://www.shbsq.gov.cn/2")


# the inspector


def test_in_the_inspector_every_act_is_a_step(
    qtbot: QtBot, session: YearSession, held: str, tmp_path: Path
) -> None:
    section = EvidenceSection(session)
    qtbot.addWidget(section)
    session.changed.connect(lambda: section.show_event(held))
    section.show_event(held)
    section.list.dropEvent(dropped(file(tmp_path, "签到表.pdf")))
    qtbot.waitUntil(lambda: bool(session.snapshot.evidence))
    (item,) = session.snapshot.evidence
    row = section.list.rows[item.key]
    row.kind.choose(EvidenceKind.DISCLOSURE)
    row.kind.activated.emit(row.kind.currentIndex())
    assert session.snapshot.evidence[0].kind is EvidenceKind.DISCLOSURE
    section.list.rows[item.key].remove_button.click()
    assert not section.list.rows
    session.undo()
    assert session.snapshot.evidence[0].kind is EvidenceKind.DISCLOSURE
    assert list(section.list.rows) == [item.key]


def test_a_file_that_is_gone_is_said_at_its_row(
    qtbot: QtBot, session: YearSession, held: str, tmp_path: Path
) -> None:
    stored = folder_of(session).add(file(tmp_path, "签到表.pdf"))
    item = Evidence("F1", held, EvidenceKind.SIGN_IN, file_name="签到表.pdf", digest=stored.digest, size=4)
    session.attempt(add_evidence, session.year, [item])
    folder_of(session).forget(stored)
    section = EvidenceSection(session)
    qtbot.addWidget(section)
    section.show_event(held)
    assert "文件不在" in section.list.rows["F1"].facts.whole
    said: list[str] = []
    session.messages.said.connect(said.append)
    section.list.rows["F1"].open_button.click()
    assert "不在了" in said[0]


def test_opening_gives_a_copy_to_the_system(
    qtbot: QtBot, session: YearSession, held: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    urls: list[QUrl] = []
    monkeypatch.setattr(
        "gui.event.evidence.adding.QDesktopServices.openUrl", lambda url: urls.append(url) or True
    )
    stored = folder_of(session).add(file(tmp_path, "x.pdf"))
    item = Evidence(
        "F1", held, EvidenceKind.SIGN_IN, file_name="../签到:表.pdf", digest=stored.digest, size=4
    )
    session.attempt(add_evidence, session.year, [item])
    section = EvidenceSection(session)
    qtbot.addWidget(section)
    section.show_event(held)
    section.list.rows["F1"].open_button.click()
    shown = Path(urls[0].toLocalFile())
    assert shown.read_bytes() == b"scan"
    assert shown.parent.parent.name == "查看"
    assert shown != folder_of(session).path_of(stored.digest)


@pytest.mark.parametrize(
    "hostile",
    [
        {"link": "javascript:alert(1)"},
        {"link": "file:///etc/passwd"},
        {"digest": "../../../etc/passwd", "size": 3},
    ],
)
def test_evidence_of_a_hostile_package_is_never_opened(
    qtbot: QtBot,
    session: YearSession,
    held: str,
    monkeypatch: pytest.MonkeyPatch,
    hostile: dict[str, Any],
) -> None:
    urls: list[QUrl] = []
    monkeypatch.setattr(
        "gui.event.evidence.adding.QDesktopServices.openUrl", lambda url: urls.append(url) or True
    )
    item = Evidence("F1", held, EvidenceKind.LINK, title="<img src=x>", **hostile)
    change = RowChange(ItemKind.EVIDENCE, "F1", None, item)
    session.attempt(commands.apply_changes, 2027, "导入", [change])
    section = EvidenceSection(session)
    qtbot.addWidget(section)
    section.show_event(held)
    assert section.list.rows["F1"].title.text() == "<img src=x>"
    bars: list[object] = []
    session.messages.bar_requested.connect(bars.append)
    section.list.rows["F1"].open_button.click()
    assert urls == []
    assert len(bars) == 1


@pytest.mark.parametrize(
    ("name", "data"), [("现场照片.exe", b"scan"), ("照片.bat", b"scan"), ("照片.jpg", b"MZ\0\0")]
)
def test_a_program_that_lies_in_an_old_file_is_shown_by_its_true_name_and_never_opened(
    qtbot: QtBot,
    session: YearSession,
    held: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    name: str,
    data: bytes,
) -> None:
    urls: list[QUrl] = []
    monkeypatch.setattr(
        "gui.event.evidence.adding.QDesktopServices.openUrl", lambda url: urls.append(url) or True
    )
    monkeypatch.setattr("models.writing.wrong_name", lambda item: "")
    monkeypatch.setattr("models.evidence_files.program_in", lambda content, name: "")
    stored = folder_of(session).add(file(tmp_path, "x.jpg", data))
    item = Evidence("F1", held, EvidenceKind.PHOTO, "现场.jpg", name, stored.digest, stored.size)
    session.attempt(add_evidence, session.year, [item])
    monkeypatch.undo()
    monkeypatch.setattr(
        "gui.event.evidence.adding.QDesktopServices.openUrl", lambda url: urls.append(url) or True
    )
    section = EvidenceSection(session)
    qtbot.addWidget(section)
    section.show_event(held)
    row = section.list.rows["F1"]
    assert (row.title.whole, row.file_name.whole, row.file_name.isVisibleTo(section)) == (
        "现场.jpg",
        name,
        True,
    )
    assert row.problem == ("" if name == "照片.jpg" else f"文件“{name}”不是可以作佐证的文件类型")
    said: list[str] = []
    session.messages.said.connect(said.append)
    row.open_button.click()
    assert urls == []
    assert f"“{name}”" in said[0]
    assert "没有打开" in said[0]
