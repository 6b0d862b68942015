"""写出日历：发布文件、日历文件夹、邀请、变更文件、上传；都在后台，先说相差什么，再写。"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import partial
from pathlib import Path
from typing import Any, NamedTuple

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from exports.sent_files import MOST_NAMED, Written, write_changes, write_invitations
from gui.exporting import passwords
from gui.kit.asking import ask_for_folder, ask_where_to_save
from gui.kit.exporter import CALENDAR, READ_ONLY_NOTE, Exporter, Made, Outgoing, open_folder
from gui.kit.form import FormDialog
from gui.services.calendar_orders import (
    CalendarOrder,
    CalendarPlan,
    fresh_keys,
    order_bytes,
    order_folder,
    order_items,
)
from gui.session.messages import Action
from gui.session.plan_versions import MakePlan, plan_maker
from gui.session.runner import CancelledError, Runner, RunProgress, Work
from gui.session.year_session import YearSession
from models import commands
from models.apart import read_apart, whole_file
from models.domain.errors import InputError, UserError
from models.domain.snapshot import YearSnapshot
from models.domain.text import quoted
from models.releases import releases


class Prepared(NamedTuple):
    """A publish file before it is written; ``difference`` from the file that is there: None where none is."""

    data: bytes
    published: tuple[str, ...]
    difference: str | None


class Calendars(QObject):
    """Writes and uploads calendars. Everything is said in messages; nothing blocks the window."""

    def __init__(self, session: YearSession, exporter: Exporter, window: QWidget) -> None:
        super().__init__(window)
        self._session = session
        self._exporter = exporter
        self._window = window
        self._runner = Runner(session.messages, self)

    # one file

    def save_file(self, order: CalendarOrder, release: int | None) -> None:
        """Ask where to, show what changes in the file that is there, write."""
        make = file_maker(self._session, order, release)
        outgoing = Outgoing("ical", "日历", order_name(self._session.snapshot, order, release), CALENDAR)
        target = ask_where_to_save(
            self._window, f"导出 {outgoing.name}", self._exporter.folder, outgoing.file_name, outgoing.pattern
        )
        if target is not None:
            work = partial(_prepared, make, order, target)
            self._run("准备日历", work, partial(self._write_prepared, outgoing, target))

    def _write_prepared(self, outgoing: Outgoing, target: Path, prepared: Prepared) -> None:
        """The file that is there is replaced once it was seen what that changes."""
        difference = prepared.difference
        if difference is not None and not DifferenceDialog(target.name, difference, self._window).exec():
            return
        made = Made(prepared.data, published=prepared.published)
        self._exporter.write(outgoing, target, made)

    # folders

    def write_folder(self, order: CalendarOrder, release: int | None) -> None:
        """Ask for the folder; afterwards it holds the calendars of the year, campaigns and units."""
        whole = order._replace(campaign=None, unit=None)
        self._fill("ical-folder", "日历文件夹", "选一个共享文件夹", whole, (release,), _folder_written)

    def save_invitations(self, order: CalendarOrder, release: int | None) -> None:
        """Ask for the folder; afterwards it holds a REQUEST or CANCEL for each event of the scope."""
        self._fill("invitations", "邀请文件", "选一个文件夹", order, (release,), _invitations_written)

    def save_changes(self, base: int, release: int | None) -> None:
        """Ask for the folder; afterwards it holds a calendar of what changed since ``base`` for each unit."""

        def write(before: MakePlan, after: MakePlan, _: CalendarOrder, *where: Any) -> Written:
            return _changes_written(before, after, *where)

        self._fill("changes", "变更文件", "选一个文件夹", CalendarOrder(), (base, release), write)

    def _fill(
        self,
        kind: str,
        words: str,
        which: str,
        order: CalendarOrder,
        states: tuple[int | None, ...],
        write: Callable[..., Written],
    ) -> None:
        """Ask for the folder, then ``write`` what is made of ``states`` into it; the last is what is published."""
        target = ask_for_folder(self._window, f"{words}：{which}", self._exporter.folder)
        if target is None:
            return
        self._exporter.folder = str(target)
        makes = [plan_maker(self._session, state) for state in states]
        if self._marked(order, states[-1]):
            outgoing = Outgoing(kind, words, f"{self._session.year}年{words}", CALENDAR)
            work = partial(write, *makes, order, target)
            self._run(f"写{words}", work, partial(self._tell, outgoing, target))

    def _marked(self, order: CalendarOrder, release: int | None) -> bool:
        """Published events are marked before anything leaves; False where that is refused, told in a message."""
        session = self._session
        if release is not None or session.store.read_only:
            return True
        try:
            plan = CalendarPlan(session.snapshot, session.check)
            fresh = list(fresh_keys(order, plan))
            session.patiently(partial(commands.mark_exported, session.store, session.year, fresh))
        except UserError as error:
            session.messages.error(error)
            return False
        return True

    def _tell(self, outgoing: Outgoing, target: Path, written: Written) -> None:
        session = self._session
        if not session.has_year:
            return
        session.refresh()
        session.messages.withdraw("error")
        logged = self._exporter.note(outgoing, outgoing.name, target)
        words = f"{outgoing.words}：{written.words}"
        show = Action("打开所在文件夹", partial(open_folder, target))
        session.messages.toast(words if logged else f"{words}（{READ_ONLY_NOTE}）", show)
        if written.warnings:
            session.messages.bar("warning", _named(written.warnings), [show], topic="calendars")
        else:
            session.messages.withdraw("calendars")

    # a server

    def ask_and_upload(self, order: CalendarOrder, release: int | None) -> None:
        """Ask for address, user and password; then upload."""
        from gui.exporting.server_dialog import ServerDialog

        dialog = ServerDialog(self._session, self._window)
        if dialog.exec() and dialog.account is not None:
            self.upload(order, release, dialog.account, remember=dialog.remember.isChecked())

    def upload(self, order: CalendarOrder, release: int | None, account: Any, *, remember: bool) -> None:
        """Upload in the background; the password goes nowhere but to the server and the system's store."""
        make = plan_maker(self._session, release)
        if self._marked(order, release):
            actions = (
                Action("再上传一次", partial(self.upload, order, release, account, remember=remember)),
                Action("重新填写…", partial(self.ask_and_upload, order, release)),
            )
            self._run(
                "上传日历",
                partial(_uploaded, make, order, account, remember),
                self._tell_uploaded,
                partial(self._tell_stopped, actions),
            )

    def _tell_uploaded(self, words: str) -> None:
        session = self._session
        session.messages.withdraw("upload")
        if session.has_year:
            session.refresh()
            outgoing = Outgoing("upload", "上传", f"{session.year}年日历（上传）", CALENDAR)
            self._exporter.note(outgoing, outgoing.name)
        session.messages.toast(f"已上传日历：{words}")

    def _tell_stopped(self, actions: Iterable[Action], error: UserError) -> None:
        self._session.messages.bar("danger", str(error), actions, topic="upload")

    # work

    def _run(
        self,
        title: str,
        work: Work,
        done: Callable[[Any], object],
        failed: Callable[[UserError], object] | None = None,
    ) -> None:
        self._runner.run(title, work, done, failed=failed).tell_steps()


class DifferenceDialog(FormDialog):
    """Says what changes in the file that is there; it is replaced only when this is accepted."""

    def __init__(self, name: str, difference: str, parent: QWidget | None = None) -> None:
        super().__init__("改写日历文件", "改写", parent, width=480)
        self.add_heading(f"与现有的{quoted(name)}相比")
        self.difference = self.add_words(difference, "strong")
        self.add_words(
            "按 UID 和序号比较。收件人的程序照这些更新；原有文件在新文件写好之后才被替换。", "secondary"
        )


def file_maker(session: YearSession, order: CalendarOrder, release: int | None) -> MakePlan:
    """``plan_maker`` for a publish file, with the releases before it: what has left since then is in it, off.

    A damaged release is left out and told.
    """
    make = plan_maker(session, release)
    if order.campaign is None and order.unit is None and not order.deadlines and not order.todos:
        return make  # nothing leaves the calendar of the whole year without a trace
    earlier = []
    for one in releases(session.store, session.year):
        if release is not None and one.number >= release:
            break
        try:
            earlier.append(plan_maker(session, one.number))
        except UserError as error:
            session.messages.bar("warning", str(error), topic="calendars")
    return partial(_with_earlier, make, tuple(earlier))


def _with_earlier(make: MakePlan, earlier: tuple[MakePlan, ...]) -> CalendarPlan:
    return make()._replace(earlier=tuple(one() for one in earlier))


def order_name(snapshot: YearSnapshot, order: CalendarOrder, release: int | None) -> str:
    """The file name without its suffix: 2027年公开讲堂（区司法局） 印发稿3."""
    part = order.campaign.label if order.campaign else "全部活动"
    unit = f"（{snapshot.unit_name(order.unit)}）" if order.unit else ""
    return f"{snapshot.year}年{part}{unit}{f' 印发稿{release}' if release is not None else ''}"


def _prepared(make: MakePlan, order: CalendarOrder, target: Path, progress: RunProgress) -> Prepared:
    plan = make()
    data = order_bytes(order, plan)
    difference = _difference(target, data, progress) if target.is_file() else None
    return Prepared(data, fresh_keys(order, plan), difference)


def _difference(target: Path, data: bytes, progress: RunProgress) -> str:
    """What changes in the file that is there, which may be anyone's: it is read in a process of its own."""
    from exports.calendar_difference import calendar_difference
    from exports.ical_reading import MOST_BYTES

    try:
        asked = whole_file(target, MOST_BYTES, ""), data
        step = partial(progress.step, 0, 0)
        return read_apart(calendar_difference, asked, target.name, "", step).words
    except InputError as error:
        return f"无法比较：{error.what}"


def _folder_written(make: MakePlan, order: CalendarOrder, target: Path, progress: RunProgress) -> Written:
    from exports.calendar_folder import write_folder

    plan = make()
    report = write_folder(
        target, plan.snapshot, order_folder(order, plan), _Counted(progress, "写日历文件夹")
    )
    return Written(report.words, (f"没有写成：{report.failures}",) if report.failed else ())


def _invitations_written(
    make: MakePlan, order: CalendarOrder, target: Path, progress: RunProgress
) -> Written:
    from exports.invitations import invitations

    plan = make()
    made = invitations(
        plan.snapshot, campaign=order.campaign, unit=order.unit, drafts=order.drafts, alarms=order.alarms
    )
    return write_invitations(target, made, _Counted(progress, "写邀请文件"))


def _changes_written(
    make_before: MakePlan, make_after: MakePlan, target: Path, progress: RunProgress
) -> Written:
    from exports.change_files import change_files
    from planners.release_changes import plan_changes

    before, after = make_before(), make_after()
    changes = plan_changes(before.snapshot, after.snapshot, before.check, after.check, ("", ""))
    made = change_files(changes, before.snapshot, after.snapshot)
    return write_changes(target, made, len(changes.all), _Counted(progress, "写变更文件"))


def _uploaded(
    make: MakePlan,
    order: CalendarOrder,
    account: Any,
    remember: bool,  # noqa: FBT001
    progress: RunProgress,
) -> str:
    from exports.server.uploading import upload

    plan = make()
    whole = plan.snapshot if (order.campaign, order.unit) == (None, None) else None
    report = upload(account, order_items(order, plan), whole, _Counted(progress, "上传日历"))
    words = report.words
    if remember and not passwords.remember_password(account.url, account.user, account.password):
        words += "；这台电脑没有可靠的密码库，密码没有记住"
    if not remember:
        passwords.forget_password(account.url, account.user)
    return words


class _Counted:
    """Reports progress; a stop on the way is told with what has been done already, which stays."""

    def __init__(self, progress: RunProgress, title: str) -> None:
        self._progress = progress
        self._title = title

    def __call__(self, done: int, total: int) -> None:
        try:
            self._progress.step(done, total)
        except CancelledError as error:
            if not done:
                raise
            raise UserError(
                f"已停止{self._title}。",
                f"处理了 {done} 项，共 {total} 项；做好的有效。",
                "再做一次会接着做，不会重复。",
            ) from error


def _named(warnings: tuple[str, ...]) -> str:
    more = f"；另有 {len(warnings) - MOST_NAMED} 项" if len(warnings) > MOST_NAMED else ""
    return "；".join(warnings[:MOST_NAMED]) + more
