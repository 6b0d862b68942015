"""日历服务器：地址、用户名、密码；密码只进系统的密码库，没有就每次问。"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QCheckBox, QLineEdit, QWidget

from gui.exporting import passwords
from gui.kit.form import FormDialog
from gui.session.runner import Runner, RunProgress
from gui.session.year_session import YearSession
from models import commands
from models.domain.errors import CommandError

if TYPE_CHECKING:
    from exports.server.uploading import ServerAccount

SERVER_SETTING, USER_SETTING = "calendar.server", "calendar.server_user"
"""Settings of the year: the address of the calendar and who writes to it; the password is never a setting."""
TYPING_PAUSE = 400


class ServerDialog(FormDialog):
    """Asks where to upload to; ``account`` is the answer."""

    def __init__(self, session: YearSession, parent: QWidget | None = None) -> None:
        super().__init__("上传到日历服务器", "上传", parent, width=560)
        self._session = session
        self._runner = Runner(session.messages, self)
        self.account: ServerAccount | None = None
        row = session.snapshot.year_row
        self.add_heading("上传到日历服务器（CalDAV）")
        self.add_words(
            "一项一次上传，已有的改、没有的加，取消的标出；重复上传不会成双。别人放在同一日历里的不动。",
            "secondary",
        )
        self.url = QLineEdit(str(row.setting(SERVER_SETTING, "") or ""))
        self.url.setPlaceholderText("https://dav.example.gov.cn/用户/日历/")
        self._url_row = self.add_row("日历地址", self.url)
        self.user = QLineEdit(str(row.setting(USER_SETTING, "") or ""))
        self.add_row("用户名", self.user)
        self.password = QLineEdit(echoMode=QLineEdit.EchoMode.Password)
        self._password_row = self.add_row("密码", self.password)
        self.remember = QCheckBox("记在这台电脑的密码库里")
        self.remember.setEnabled(False)
        self.add_row("", self.remember)
        self._pause = QTimer(self, singleShot=True, interval=TYPING_PAUSE)
        self._pause.timeout.connect(self._look_up)
        for field in (self.url, self.user):
            field.textChanged.connect(self._on_typed)
        self._on_typed()
        (self.password if self.url.text() and self.user.text() else self.url).setFocus()

    def _on_typed(self) -> None:
        plain = self.url.text().strip().lower()
        local = plain.startswith(("http://127.0.0.1", "http://localhost", "http://[::1]"))
        unsafe = plain.startswith("http://") and not local
        self._url_row.say(
            "http:// 不加密，密码会在网上明文传送；请尽量用 https://" if unsafe else "", "warning"
        )
        self._pause.start()
        if self.isVisible():
            self.fit()

    def _look_up(self) -> None:
        """In the background: a password store may ask its user, or be slow."""
        wanted = self.url.text().strip(), self.user.text().strip()
        self._runner.run(
            "查密码库", partial(_known_password, *wanted), partial(self._on_known, wanted), quiet=True
        )

    def _on_known(self, wanted: tuple[str, str], known: tuple[bool, str]) -> None:
        usable, password = known
        self.remember.setEnabled(usable)
        if not usable:
            self._password_row.say("这台电脑没有可靠的密码库，密码每次都要填，不会写进任何文件", "caption")
            self.fit()
        if (
            password
            and wanted == (self.url.text().strip(), self.user.text().strip())
            and not self.password.text()
        ):
            self.password.setText(password)
            self.remember.setChecked(True)

    def accept_form(self) -> None:
        """``account`` is what was entered; ``UserError`` where it cannot be one."""
        from exports.server.uploading import ServerAccount, check_address

        url = check_address(self.url.text())
        user = self.user.text().strip()
        if not user or not self.password.text():
            raise CommandError("请填写用户名和密码。", "没有上传。")
        session = self._session
        row = session.snapshot.year_row
        if not session.read_only and (row.setting(SERVER_SETTING), row.setting(USER_SETTING)) != (url, user):
            values = {SERVER_SETTING: url, USER_SETTING: user}
            session.attempt(commands.change_settings, session.year, values, "记下日历服务器")
        self.account = ServerAccount(url, user, self.password.text())


def _known_password(url: str, user: str, _: RunProgress) -> tuple[bool, str]:
    """Whether passwords can be remembered here, and the one that was."""
    address = url if url.endswith("/") else url + "/"
    return passwords.can_remember(), passwords.remembered_password(address, user) if url and user else ""
