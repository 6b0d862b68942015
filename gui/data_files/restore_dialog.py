"""从备份恢复：挑一份备份；现有的数据先放到一边，不会丢；删净过的姓名要回来的，说出来并可再次删去。"""

from __future__ import annotations

from pathlib import Path

from PySide6.QtWidgets import QCheckBox, QListWidget, QListWidgetItem, QWidget

from gui.kit.asking import ask_what_to_open
from gui.kit.form import FormDialog
from gui.kit.plain import button
from models import backups
from models.domain.errors import CommandError, StoreError
from models.domain.text import size_words
from models.own_files import backup_folder
from models.restoring import names_coming_back
from models.thinning import revision_words


class RestoreDialog(FormDialog):
    """Lists the backups of a data file, that with the newest change first; ``chosen`` is the one to restore.

    ``selected``: the backup that is selected at first, else the newest.
    """

    def __init__(self, data_file: Path, parent: QWidget | None = None, selected: Path | None = None) -> None:
        super().__init__("从备份恢复", "恢复这一份", parent, width=580)
        self._data_file = data_file
        self._paths: list[Path] = []
        self.chosen: Path | None = None
        self.add_heading("从备份恢复")
        self.add_words("恢复后，数据回到备份时的样子。现有的数据文件改名留在备份文件夹里，不会删除。")
        self.add_words(f"恢复到：{data_file}", "caption")
        self.list = QListWidget()
        self.list.setAccessibleName("备份，改动最新的在前")
        self.list.setMinimumHeight(220)
        self.list.itemDoubleClicked.connect(self._on_accept)
        self.add_widget(self.list)
        self._none = self.add_words("这个数据文件还没有备份。", "warning")
        self._warning = self.add_words("", "warning")
        self.erase_box = QCheckBox("恢复时再次删去他们的姓名、电话")
        self.erase_box.setChecked(True)
        self.add_widget(self.erase_box)
        infos = backups.list_backups(data_file)
        for info in infos:
            number = revision_words(info, newest=info is infos[0])
            made = f"{info.made_at:%Y-%m-%d %H:%M}　{info.reason}"
            self._add(info.path, f"{made}　改动号 {number}　{size_words(info.size)}")
        self.list.currentRowChanged.connect(self._on_selected)
        self._on_selected(-1)
        if self._paths:
            self.list.setCurrentRow(self._paths.index(selected) if selected in self._paths else 0)
        self.add_left_button(button("选择其他文件…", self._on_other))
        self.list.setFocus()

    @property
    def erases(self) -> bool:
        """Whether those are to be erased again whom the chosen backup would bring back."""
        return self.erase_box.isChecked() and not self.erase_box.isHidden()

    def accept_form(self) -> None:
        """A sound backup is chosen; ``CommandError`` says what is wrong with one that is not."""
        path = self._paths[self.list.currentRow()]
        if problems := backups.verify(path):
            raise CommandError("这份备份没有通过核对：", problems[0], "请另选一份。")
        self.chosen = path

    def _add(self, path: Path, words: str) -> None:
        self._paths.append(path)
        self.list.addItem(QListWidgetItem(words))

    def _on_selected(self, row: int) -> None:
        """Say whether erased names come back with the backup; what cannot be read is refused when it is accepted."""
        self.refuse("")
        coming_back = ""
        if row >= 0:
            try:
                coming_back = names_coming_back(self._data_file, self._paths[row])
            except StoreError as error:
                self.refuse(str(error))
        self._warning.setText(f"这份备份里有此后删去过姓名、电话的代表：{coming_back}。")
        for part in (self._warning, self.erase_box):
            part.setVisible(bool(coming_back))
        self._none.setVisible(not self._paths)
        self.accept_button.setEnabled(row >= 0)
        if self.isVisible():
            self.fit()

    def _on_other(self) -> None:
        folder = str(backup_folder(self._data_file))
        chosen = ask_what_to_open(self, "选择备份文件", folder, "备份 (*.db)")
        if chosen is None:
            return
        if chosen not in self._paths:
            self._add(chosen, str(chosen))
        self.list.setCurrentRow(self._paths.index(chosen))
