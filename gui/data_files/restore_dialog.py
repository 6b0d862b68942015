"""从备份恢复：挑一份备份；现有的数据先放到一边，不会丢。"""

from __future__ import annotations

from pathlib import Path

from PySide6.QtWidgets import QListWidget, QListWidgetItem, QWidget

from gui.kit.asking import ask_what_to_open
from gui.kit.form import FormDialog
from gui.kit.plain import button
from models import backups
from models.domain.errors import CommandError
from models.domain.text import size_words


class RestoreDialog(FormDialog):
    """Lists the backups of a data file, newest first; ``chosen`` is the one to restore.

    ``selected``: the backup that is selected at first, else the newest.
    """

    def __init__(self, data_file: Path, parent: QWidget | None = None, selected: Path | None = None) -> None:
        super().__init__("从备份恢复", "恢复这一份", parent, width=580)
        self._data_file = data_file
        self.chosen: Path | None = None
        self.add_heading("从备份恢复")
        self.add_words("恢复后，数据回到备份时的样子。现有的数据文件改名留在备份文件夹里，不会删除。")
        self.list = QListWidget()
        self.list.setAccessibleName("备份，新的在前")
        self.list.setMinimumHeight(220)
        self.list.itemDoubleClicked.connect(self._on_accept)
        self.add_widget(self.list)
        self._infos = backups.list_backups(data_file)
        for info in self._infos:
            words = f"{info.made_at:%Y-%m-%d %H:%M}　{info.reason}　{size_words(info.size)}"
            self.list.addItem(QListWidgetItem(words))
        if self._infos:
            paths = [info.path for info in self._infos]
            self.list.setCurrentRow(paths.index(selected) if selected in paths else 0)
        else:
            self.add_words("这个数据文件还没有备份。", "warning")
        self.accept_button.setEnabled(bool(self._infos))
        self.add_left_button(button("选择其他文件…", self._on_other))
        self.list.setFocus()

    def accept_form(self) -> None:
        """A sound backup is chosen; ``CommandError`` says what is wrong with one that is not."""
        path = self._infos[self.list.currentRow()].path
        if problems := backups.verify(path):
            raise CommandError("这份备份没有通过核对：", problems[0], "请另选一份。")
        self.chosen = path

    def _on_other(self) -> None:
        folder = str(backups.backup_folder(self._data_file))
        chosen = ask_what_to_open(self, "选择备份文件", folder, "备份 (*.db)")
        if chosen is not None:
            self.chosen = chosen
            self.accept()
