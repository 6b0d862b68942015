"""问一个文件：存到哪里、打开哪一个；系统没有自己的窗口时，用 Qt 的，文字也是中文。"""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QStandardPaths
from PySide6.QtWidgets import QFileDialog, QWidget

_WORDS = (
    (QFileDialog.DialogLabel.LookIn, "位置："),
    (QFileDialog.DialogLabel.FileName, "文件名："),
    (QFileDialog.DialogLabel.FileType, "类型："),
    (QFileDialog.DialogLabel.Reject, "取消"),
)


def ask_where_to_save(window: QWidget, title: str, folder: str, name: str, kind: str) -> Path | None:
    """Where a new file called ``name`` is to go; None when the user changed their mind.

    ``kind`` is words and pattern, ``日历文件 (*.ics)``; its suffix is added where none was written. Qt asks
    before an existing file is replaced.
    """
    dialog = _dialog(window, title, folder, kind)
    dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
    dialog.setDefaultSuffix(kind.partition("*.")[2].rstrip(")"))
    dialog.setLabelText(QFileDialog.DialogLabel.Accept, "保存")
    dialog.selectFile(name)
    return _answer(dialog)


def ask_what_to_open(window: QWidget, title: str, folder: str, kind: str) -> Path | None:
    """The existing file that the user chose; None when they changed their mind."""
    dialog = _dialog(window, title, folder, kind)
    dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
    dialog.setLabelText(QFileDialog.DialogLabel.Accept, "打开")
    return _answer(dialog)


def ask_for_files(window: QWidget, title: str, folder: str, kind: str) -> list[Path]:
    """The existing files that the user chose; none when they changed their mind."""
    dialog = _dialog(window, title, folder, kind)
    dialog.setFileMode(QFileDialog.FileMode.ExistingFiles)
    dialog.setLabelText(QFileDialog.DialogLabel.Accept, "加入")
    chosen = dialog.selectedFiles() if dialog.exec() else []
    dialog.deleteLater()
    return [Path(name) for name in chosen]


def ask_for_folder(window: QWidget, title: str, folder: str) -> Path | None:
    """The existing folder that the user chose; None when they changed their mind."""
    dialog = _dialog(window, title, folder, "")
    dialog.setFileMode(QFileDialog.FileMode.Directory)
    dialog.setOption(QFileDialog.Option.ShowDirsOnly)
    dialog.setLabelText(QFileDialog.DialogLabel.Accept, "选这个文件夹")
    return _answer(dialog)


def documents_folder() -> str:
    """Where the user keeps documents."""
    return QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation) or str(
        Path.home()
    )


def _dialog(window: QWidget, title: str, folder: str, kind: str) -> QFileDialog:
    start = folder if folder and Path(folder).is_dir() else documents_folder()
    dialog = QFileDialog(window, title, start if Path(start).is_dir() else str(Path.home()), kind)
    for part, words in _WORDS:
        dialog.setLabelText(part, words)
    return dialog


def _answer(dialog: QFileDialog) -> Path | None:
    chosen = dialog.selectedFiles() if dialog.exec() else []
    dialog.deleteLater()
    return Path(chosen[0]) if chosen else None
