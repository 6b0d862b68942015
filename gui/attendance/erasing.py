"""以前的备份里也删去个人信息：在后台逐份改写，改不成的说出名字。"""

from __future__ import annotations

from functools import partial

from PySide6.QtWidgets import QWidget

from gui.kit.exporter import open_folder
from gui.session.messages import Action, Messages
from gui.session.runner import CancelledError, Runner, RunProgress
from gui.session.year_session import YearSession
from models.backup_scrubbing import Erased, ScrubReport, erased_in, scrub_backups
from models.domain.errors import UserError
from models.own_files import backup_folder

TITLE = "从以前的备份里删去个人信息"


def erase_from_backups(session: YearSession, window: QWidget) -> None:
    """Start to take everybody who was ever erased out of the backups, and say in the end how it went."""
    known = getattr(window, "runner", None)
    runner = known if isinstance(known, Runner) else Runner(session.messages, window)
    erased = erased_in(session.store)
    runner.run(TITLE, partial(_scrubbed, erased), partial(_tell, session.messages, erased))


def _scrubbed(erased: Erased, progress: RunProgress) -> ScrubReport:
    try:
        return scrub_backups(erased, progress.step)
    except CancelledError:
        raise UserError(
            "已停止，有的备份还没有改写。",
            "没改写的备份里仍有姓名和电话。",
            "请再打开“删除个人信息”，只勾选备份，把它做完。",
        ) from None


def _tell(messages: Messages, erased: Erased, report: ScrubReport) -> None:
    if not report.failed:
        messages.withdraw(TITLE)
        messages.toast(report.words)
        return
    words = f"{report.words}，{len(report.failed)} 份没有改成，里面可能还有：{report.failures}。"
    show = Action("打开备份文件夹", partial(open_folder, backup_folder(erased.data_file)))
    messages.bar("warning", words, [show], topic=TITLE)
