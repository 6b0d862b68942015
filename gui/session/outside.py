"""从外面读文字：大小先看，内容在有限的子进程里认；等的时候窗口照常画，随时能停。"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtCore import QEventLoop, Qt, QTimer
from PySide6.QtWidgets import QProgressDialog, QWidget

from exports.text_file import LARGEST, text_of
from gui.session.messages import Messages
from gui.session.runner import CancelledError, Runner, RunProgress
from models.apart import read_apart, whole_file
from models.domain.errors import UserError

_PATIENCE = 500
"""Milliseconds after which 停止 is shown."""


def text_in_file(parent: QWidget, path: Path, nothing: str) -> str:
    """The words of the file, a paragraph a line; ``UserError`` where it is no text, or the user stopped."""
    return str(waited(parent, f"读入“{path.name}”", partial(_read, path, nothing)))


def _read(path: Path, nothing: str, progress: RunProgress) -> str:
    data = whole_file(path, LARGEST, nothing)
    return read_apart(text_of, (data, path.name, nothing), path.name, nothing, partial(progress.step, 0, 0))


def waited(parent: QWidget, title: str, work: Callable[[RunProgress], Any]) -> Any:
    """What ``work`` gives, done on a thread while the window paints on; it raises what ``work`` raised.

    What is typed waits; after half a second the work can be stopped: ``CancelledError``.
    """
    got: list[Any] = []
    refused: list[UserError] = []
    loop, runner = QEventLoop(), Runner(Messages(), parent)
    job = runner.run(title, work, got.append, failed=refused.append)
    job.ended.connect(loop.quit)
    QTimer.singleShot(_PATIENCE, loop, loop.quit)
    loop.exec(QEventLoop.ProcessEventsFlag.ExcludeUserInputEvents)
    if job.running:
        bar = QProgressDialog(f"正在{title}……", "停止", 0, 0, parent)
        bar.setWindowModality(Qt.WindowModality.WindowModal)
        bar.canceled.connect(job.progress.cancel)
        bar.show()
        loop.exec()
        bar.deleteLater()
    runner.deleteLater()
    if refused:
        raise refused[0]
    if not got:
        raise CancelledError("已停止。", "没有改动。")
    return got[0]
