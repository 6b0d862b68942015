"""写出日历的窗口：照实说，先说相差什么，后台写，密码只进密码库。"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QMimeData, QUrl
from PySide6.QtWidgets import QDialog, QWidget
from pytestqt.qtbot import QtBot

from exports.ical import calendar_bytes
from exports.ical_reading import read_calendar
from gui.exporting import calendars, passwords
from gui.exporting.addresses_dialog import AddressesDialog
from gui.exporting.calendar_options import CalendarOptions
from gui.exporting.calendar_words import Receiver, verdict
from gui.exporting.calendars import Calendars
from gui.exporting.server_dialog import SERVER_SETTING, ServerDialog
from gui.kit.exporter import Exporter
from gui.releases.drifting import DriftDialog, Drifting
from gui.services.calendar_orders import CalendarOrder, Product
from gui.session.runner import Runner
from gui.session.year_session import YearSession
from models import commands
from models.domain.events import Campaign, EventStatus
from models.releases import release_year, released_snapshot
from tests.exports.server.radicale_server import PASSWORD, USER, Radicale


class Said:
    """What was said in messages."""

    def __init__(self, session: YearSession) -> None:
        self.toasts: list[str] = []
        self.bars: list[str] = []
        session.messages.toast_requested.connect(lambda toast: self.toasts.append(toast.text))
        self.offers: list[str] = []
        session.messages.bar_requested.connect(lambda bar: self.bars.append(bar.text))
        session.messages.bar_requested.connect(
            lambda bar: self.offers.extend(one.label for one in bar.actions)
        )


@pytest.fixture
def said(session: YearSession) -> Said:
    return Said(session)


@pytest.fixture
def host(qtbot: QtBot) -> QWidget:
    made = QWidget()
    qtbot.addWidget(made)
    return made


@pytest.fixture
def work(session: YearSession, host: QWidget) -> Calendars:
    runner = Runner(session.messages, host)
    return Calendars(session, Exporter(session, runner, host), host)


def options_of(session: YearSession, qtbot: QtBot) -> CalendarOptions:
    made = CalendarOptions(session)
    qtbot.addWidget(made)
    return made


def later_event(session: YearSession):
    return next(
        event for event in session.snapshot.events
        if event.status is EventStatus.PLANNED and event.is_timed and event.day > date(2027, 7, 1)
    )  # fmt: skip


def test_it_counts_what_it_would_publish(qtbot: QtBot, session: YearSession) -> None:
    options = options_of(session, qtbot)
    first = options.summary().lines[0]
    options.campaign_choice.choose(Campaign.TECH_FORUM)
    forums = options.summary().lines[0]
    assert first == "共 94 场，其中 94 场首次发布，0 场是取消或延期。"
    assert forums == "共 5 场，其中 5 场首次发布，0 场是取消或延期。"
    options.unit_edit.setText("区司法局")
    assert not options.summary().ready
    options.unit_edit.setText("区司法局、区医保局")
    assert (options.unit_remark.text(), options.summary().ready) == ("一次只导出一个单位", False)
    options.unit_edit.setText("区气象局某")
    assert options.unit_remark.text() == "没有名为“区气象局某”的单位"
    options.campaign_choice.choose(None)
    options.unit_edit.setText("区司法局")
    assert options.order()[:2] == (None, "区司法局")
    assert options.summary().ready


def test_every_receiver_is_told_the_truth_for_every_product() -> None:
    for product in Product:
        for receiver in Receiver:
            assert verdict(product, receiver).words
    states = {receiver: verdict(Product.FILE, receiver).state for receiver in Receiver}
    assert states == {
        Receiver.SUBSCRIPTION: "good", Receiver.IMPORT: "warning", Receiver.OUTLOOK: "warning",
        Receiver.NEXTCLOUD: "warning", Receiver.GOOGLE: "good", Receiver.ANDROID: "warning", Receiver.WORK_CHAT: "caption",
    }  # fmt: skip
    assert "成双" in verdict(Product.FILE, Receiver.OUTLOOK).words
    assert verdict(Product.INVITATIONS, Receiver.OUTLOOK).state == "good"
    assert all(verdict(product, Receiver.WORK_CHAT).state == "caption" for product in Product)


def test_the_difference_from_the_last_release_is_shown(qtbot: QtBot, session: YearSession) -> None:
    release_year(session.store, 2027, "", date(2027, 6, 1))
    event = later_event(session)
    session.perform(commands.move_event, 2027, event.key, event.starts_at.replace(hour=18))
    options = options_of(session, qtbot)
    qtbot.waitUntil(lambda: "与印发稿1（2027-06-01）相比：更新 1" in "\n".join(options.summary().lines))
    options.product_choice.choose(Product.CHANGES)
    assert options.summary().lines[0] == "改期 1"


def test_a_file_that_is_there_is_replaced_only_when_its_changes_were_seen(
    qtbot: QtBot,
    session: YearSession,
    work: Calendars,
    said: Said,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    target = tmp_path / "x.ics"
    monkeypatch.setattr("gui.exporting.calendars.ask_where_to_save", lambda *_: target)
    work.save_file(CalendarOrder(), None)
    qtbot.waitUntil(lambda: said.toasts == ["已导出 x.ics"])
    assert session.snapshot.stamps["A001"].exported
    first = target.read_bytes()
    event = later_event(session)
    session.perform(commands.move_event, 2027, event.key, event.starts_at.replace(hour=18))
    asked: list[str] = []

    def answer(dialog: calendars.DifferenceDialog) -> int:
        asked.append(dialog.difference.text())
        return int(QDialog.DialogCode.Rejected if len(asked) == 1 else QDialog.DialogCode.Accepted)

    monkeypatch.setattr(calendars.DifferenceDialog, "exec", answer)
    work.save_file(CalendarOrder(), None)
    qtbot.waitUntil(lambda: asked == ["更新 1"])
    assert target.read_bytes() == first
    work.save_file(CalendarOrder(), None)
    qtbot.waitUntil(lambda: len(said.toasts) == 2)
    assert target.read_bytes() == calendar_bytes(session.snapshot) != first


def test_folder_invitations_and_change_files(
    qtbot: QtBot,
    session: YearSession,
    work: Calendars,
    said: Said,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    places = iter([tmp_path / "folder", tmp_path / "invitations", tmp_path / "changes"])
    monkeypatch.setattr("gui.exporting.calendars.ask_for_folder", lambda *_: next(places))
    for name in ("folder", "invitations", "changes"):
        (tmp_path / name).mkdir()
    work.write_folder(CalendarOrder(deadlines=True), None)
    qtbot.waitUntil(lambda: len(said.toasts) == 1)
    assert said.toasts[0].startswith("日历文件夹：写了 ")
    assert len(list((tmp_path / "folder").iterdir())) > 20
    values = {"calendar.organizer": "z@example.cn", "mail:区司法局": "sf@example.cn"}
    session.attempt(commands.change_settings, 2027, values)
    work.save_invitations(CalendarOrder(unit="区司法局"), None)
    qtbot.waitUntil(lambda: len(said.toasts) == 2)
    made = list((tmp_path / "invitations").iterdir())
    assert made
    assert all(b"ATTENDEE" in path.read_bytes() for path in made)
    release_year(session.store, 2027, "", date(2027, 6, 1))
    event = later_event(session)
    session.perform(commands.set_event_status, 2027, event.key, EventStatus.CANCELLED, "台风")
    work.save_changes(1, None)
    qtbot.waitUntil(lambda: len(said.toasts) == 3)
    (one,) = {
        read_calendar(path.read_bytes()).components[0].cancelled for path in (tmp_path / "changes").iterdir()
    }
    assert one


def test_invitations_ask_who_invites_before_the_folder_and_sum_up_who_is_left_out(
    qtbot: QtBot,
    session: YearSession,
    host: QWidget,
    said: Said,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    form = options_of(session, qtbot)
    form.product_choice.choose(Product.INVITATIONS)
    exporter = Exporter(session, Runner(session.messages, host), host)
    asked: list[str] = []

    def answer(values: dict[str, str]) -> None:
        monkeypatch.setattr(AddressesDialog, "exec", lambda _: asked.append("addresses"))
        monkeypatch.setattr("gui.exporting.calendars.ask_for_folder", lambda *_: asked.append("folder"))
        if values:
            session.attempt(commands.change_settings, 2027, values)
        form.save(exporter)

    answer({})
    assert asked == ["addresses"]
    answer({"calendar.organizer": "z@example.cn", "mail:区司法局": "sf@example.cn"})
    assert asked == ["addresses", "folder"]
    monkeypatch.setattr("gui.exporting.calendars.ask_for_folder", lambda *_: tmp_path)
    form.save(exporter)
    qtbot.waitUntil(lambda: len(said.bars) == 1)
    assert "项没有写，有关单位都没有填邮箱：“" in said.bars[0]
    assert said.bars[0].count("没有填邮箱") == 1


def test_addresses_are_one_step_and_checked(qtbot: QtBot, session: YearSession) -> None:
    dialog = AddressesDialog(session)
    qtbot.addWidget(dialog)
    dialog.organizer.setText("不是邮箱")
    dialog.accept_button.click()
    assert "不是邮箱地址" in dialog.refusal_text()
    dialog.organizer.setText("zwgk@example.gov.cn")
    dialog.table.item(0, 1).setText("a@example.gov.cn")
    dialog.accept_button.click()
    first = session.snapshot.units[0].key
    assert session.snapshot.year_row.setting(f"mail:{first}") == "a@example.gov.cn"
    session.undo()
    assert session.snapshot.year_row.setting("calendar.organizer") is None


# a server


class Keyring:
    """A password store in memory."""

    priority = 5

    def __init__(self) -> None:
        self.kept: dict[tuple[str, str], str] = {}

    def get_password(self, service: str, name: str) -> str | None:
        return self.kept.get((service, name))

    def set_password(self, service: str, name: str, password: str) -> None:
        self.kept[service, name] = password

    def delete_password(self, service: str, name: str) -> None:
        del self.kept[service, name]


@pytest.fixture
def server(tmp_path: Path) -> Iterator[Radicale]:
    folder = tmp_path / "server"
    folder.mkdir()
    made = Radicale(folder)
    made.make_calendar()
    yield made
    made.stop()


def test_an_upload_half_way_can_be_repeated_and_the_password_is_in_no_file(
    qtbot: QtBot,
    session: YearSession,
    work: Calendars,
    said: Said,
    server: Radicale,
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
) -> None:
    store = Keyring()
    monkeypatch.setattr(passwords, "_backend", lambda: store)
    dialog = ServerDialog(session)
    qtbot.addWidget(dialog)
    dialog.url.setText(server.url)
    dialog.user.setText(USER)
    dialog.password.setText(PASSWORD)
    dialog.accept_button.click()
    assert session.snapshot.year_row.setting(SERVER_SETTING) == server.url
    order = CalendarOrder(campaign=Campaign.TECH_FORUM)
    server.refuse_after = 2
    work.upload(order, None, dialog.account, remember=True)
    qtbot.waitUntil(lambda: any("已上传 2 项，共 5 项" in text for text in said.bars))
    assert said.offers[-2:] == ["再上传一次", "重新填写…"]
    server.refuse_after = None
    work.upload(order, None, dialog.account, remember=True)
    qtbot.waitUntil(lambda: said.toasts == ["已上传日历：新增 3 · 更新 0 · 2 项没有变化"])
    assert len(read_calendar(server.contents()).newest()) == 5
    assert list(store.kept.values()) == [PASSWORD]
    session.store.close()
    ours = [path for path in tmp_path.iterdir() if path.is_file()]
    assert ours
    assert not any(PASSWORD.encode() in path.read_bytes() for path in ours)


def test_a_remembered_password_is_filled_in(
    qtbot: QtBot, session: YearSession, monkeypatch: pytest.MonkeyPatch
) -> None:
    store = Keyring()
    monkeypatch.setattr(passwords, "_backend", lambda: store)
    assert passwords.remember_password("https://a.cn/", "u", "geheim")
    dialog = ServerDialog(session)
    qtbot.addWidget(dialog)
    dialog.url.setText("https://a.cn")
    dialog.user.setText("u")
    qtbot.waitUntil(lambda: dialog.password.text() == "geheim")
    assert dialog.remember.isChecked()


def test_without_a_store_nothing_is_remembered(monkeypatch: pytest.MonkeyPatch) -> None:
    class Broken(Keyring):
        def set_password(self, service: str, name: str, password: str) -> None:
            raise RuntimeError

    monkeypatch.setattr(passwords, "_backend", lambda: None)
    assert (passwords.can_remember(), passwords.remember_password("u", "n", "p")) == (False, False)
    monkeypatch.setattr(passwords, "_backend", Broken)
    assert (passwords.remember_password("u", "n", "p"), passwords.remembered_password("u", "n")) == (
        False,
        "",
    )
    passwords.forget_password("u", "n")


def test_wrong_entries_are_refused(
    qtbot: QtBot, session: YearSession, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(passwords, "_backend", lambda: None)
    dialog = ServerDialog(session)
    qtbot.addWidget(dialog)
    dialog.url.setText("ftp://a")
    dialog.accept_button.click()
    assert dialog.refusal_text().startswith("服务器地址不对。")
    dialog.url.setText("http://a.cn/")
    assert "明文" in dialog._url_row.remark.text()
    dialog.accept_button.click()
    assert dialog.refusal_text().startswith("请填写用户名和密码。")
    assert dialog.account is None


# drift


def test_a_dropped_calendar_is_told(
    qtbot: QtBot, session: YearSession, host: QWidget, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(DriftDialog, "open", lambda _: None)
    release_year(session.store, 2027, "", date(2027, 6, 1))
    theirs = tmp_path / "同事.ics"
    theirs.write_bytes(calendar_bytes(released_snapshot(session.store, 2027, 1)))
    event = later_event(session)
    session.perform(commands.move_event, 2027, event.key, event.starts_at.replace(hour=18))
    Drifting(session, Runner(session.messages, host), host).check_file(theirs)
    qtbot.waitUntil(lambda: bool(host.findChildren(DriftDialog)))
    (dialog,) = host.findChildren(DriftDialog)
    assert dialog.answer.text() == "这份日历与印发稿1（2027-06-01）一致。与草案相比：不同 1。"
    assert dialog.table.rowCount() == 1
    dialog.choice.setCurrentIndex(0)
    assert (dialog.table.rowCount(), dialog.nothing.isHidden()) == (0, False)
    dialog.close()


@pytest.mark.parametrize(
    "data", [b"\x00\x01", b"BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nUID:x\r\nEND:VEVENT\r\nEND:VCALENDAR"]
)
def test_what_cannot_be_checked_is_told(
    qtbot: QtBot, session: YearSession, host: QWidget, said: Said, tmp_path: Path, data: bytes
) -> None:
    (tmp_path / "x.ics").write_bytes(data)
    Drifting(session, Runner(session.messages, host), host).check_file(tmp_path / "x.ics")
    qtbot.waitUntil(lambda: bool(said.bars))
    assert "没有核对。" in said.bars[0]


def test_calendars_and_sheets_can_be_dropped() -> None:
    from gui.shell.main_window import dropped_file

    def dragged(*names: str) -> Any:
        data = QMimeData()
        data.setUrls([QUrl.fromLocalFile(f"/a/{name}") for name in names])
        return dropped_file(data)

    names = ("x.ics", "x.XLSX", "计划.PDF", "计划.docx", "x.txt")
    assert [dragged(name) for name in names] == [Path(f"/a/{name}") for name in names]
    assert [dragged("x.doc"), dragged("a.ics", "b.ics"), dragged()] == [None] * 3


def test_a_check_number_can_be_dropped_as_words() -> None:
    from gui.shell.main_window import dropped_code

    def dragged(text: str) -> str:
        data = QMimeData()
        data.setText(text)
        return dropped_code(data)

    assert dragged("内容校验码 63512A36　草案") == "内容校验码 63512A36　草案"
    assert (dragged("没有校验码"), dragged("63512A36" + " " * 3000)) == ("", "")
    files = QMimeData()
    files.setUrls([QUrl.fromLocalFile("/a/63512A36")])
    assert dropped_code(files) == ""


def test_a_print_that_is_checked_tells_its_release(
    qtbot: QtBot, session: YearSession, host: QWidget, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(DriftDialog, "open", lambda _: None)
    release = release_year(session.store, 2027, "", date(2027, 6, 1))
    (tmp_path / "页脚.txt").write_text(f"印发稿1 {release.digest[:8]}", encoding="utf-8")
    Drifting(session, Runner(session.messages, host), host).check_file(tmp_path / "页脚.txt")
    qtbot.waitUntil(lambda: bool(host.findChildren(DriftDialog)))
    (dialog,) = host.findChildren(DriftDialog)
    assert dialog.answer.text() == f"校验码 {release.digest[:8].upper()}与印发稿1（2027-06-01）一致。"
    dialog.close()
