"""数据：文件在哪里、是否完好、有哪些备份；列出与核对都在后台，等得久了画骨架。"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import NamedTuple

from PySide6.QtCore import QItemSelectionModel, QModelIndex, Qt, Signal
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView

from gui.kit.flow_layout import in_lines
from gui.kit.message_bar import BarArea
from gui.kit.plain import button, label
from gui.kit.skeleton import Skeleton
from gui.kit.theme import theme
from gui.session.messages import Bar
from gui.session.runner import Job, Runner, RunProgress
from gui.settings.backup_rows import BackupColumn, BackupRows, Verdicts
from gui.settings.card import SettingsCard
from models.backups import BackupInfo, list_backups, verify
from models.domain.text import size_words
from models.own_files import backup_folder

ROWS_SHOWN = 6


class Listed(NamedTuple):
    """What lies beside a data file; ``problem`` says why it could not be listed."""

    size: int
    infos: tuple[BackupInfo, ...]
    problem: str = ""


class DataCard(SettingsCard):
    """Where the data lie and what backups there are. What changes files is asked for by signals.

    ``restore_requested`` carries a backup, ``folder_requested`` a folder.
    """

    open_requested = Signal()
    backup_requested = Signal()
    restore_requested = Signal(object)
    other_backup_requested = Signal()
    folder_requested = Signal(object)
    clean_requested = Signal()

    def __init__(self, runner: Runner) -> None:
        super().__init__("数据与备份", "改动随手就存好；每天第一次打开时自动备份，旧的逐步清理。")
        self._runner = runner
        self._data_file = Path()
        self._listing: Job | None = None
        self._checking: Job | None = None
        self.path = label(role="strong", wrap=True)
        self.path.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.state = label(role="caption", wrap=True)
        self.bars = BarArea(margins=(0, 0, 0, 0))
        self.rows = BackupRows()
        self.table = QTableView()
        self.skeleton = Skeleton(3, "正在列出备份……")
        self.none = label("还没有备份。可以现在备份一份。", "secondary", wrap=True)
        self.now_button = button("立即备份", self.backup_requested.emit, kind="primary", small=True)
        self.restore_button = button("恢复所选…", self._on_restore, small=True)
        self.check_button = button("核对所选", self.check_selected, small=True)
        self.check_file_button = button("核对数据文件", self.check_file, small=True)
        self.clean_button = button("清理佐证文件…", self.clean_requested.emit, small=True)
        self._lay_out()

    def _lay_out(self) -> None:
        self.add_widget(self.path)
        self.add_widget(self.state)
        self.add_widget(
            in_lines(
                button("打开所在文件夹", self._on_data_folder, small=True),
                button("打开其他数据文件…", self.open_requested.emit, small=True),
                self.check_file_button,
                self.clean_button,
            )
        )
        self.add_widget(self.bars)
        self.add_widget(label("备份", "strong"))
        self._dress_table()
        for part in (self.table, self.skeleton, self.none):
            self.add_widget(part)
        self.skeleton.hide()
        self.none.hide()
        self.add_widget(
            in_lines(
                self.now_button,
                self.restore_button,
                self.check_button,
                button("从其他文件恢复…", self.other_backup_requested.emit, small=True),
                button("打开备份文件夹", self._on_backup_folder, small=True),
            )
        )

    def _dress_table(self) -> None:
        table = self.table
        table.setObjectName("Backups")
        table.setModel(self.rows)
        table.setAccessibleName("备份，新的在前")
        table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        table.setShowGrid(False)
        table.setTabKeyNavigation(False)
        table.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        table.verticalHeader().hide()
        header = table.horizontalHeader()
        header.setHighlightSections(False)
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        for column in BackupColumn:
            wide = column is BackupColumn.MADE
            mode = QHeaderView.ResizeMode.Stretch if wide else QHeaderView.ResizeMode.ResizeToContents
            header.setSectionResizeMode(column, mode)
        table.selectionModel().selectionChanged.connect(self._allow)
        table.activated.connect(self._on_activated)
        theme().changed.connect(self._fit_table)

    def _fit_table(self) -> None:
        """As high as its rows, no more than six: the rest scrolls."""
        height = round(theme().size("row.compact") * theme().scale)
        self.table.verticalHeader().setDefaultSectionSize(height)
        count = min(ROWS_SHOWN, max(1, len(self.rows.rows)))
        self.table.setFixedHeight(self.table.horizontalHeader().sizeHint().height() + count * height + 4)

    # what is shown

    def show_file(self, data_file: Path, *, can_back_up: bool) -> None:
        """Show where the data lie; the backups are listed in the background."""
        other = data_file != self._data_file
        self._data_file = data_file
        self.path.setText(str(data_file))
        self.now_button.setEnabled(can_back_up)
        self.clean_button.setEnabled(data_file.exists())
        if other:
            self.rows.show_rows(())
            self.bars.clear()
        self.list_again()

    def list_again(self) -> None:
        """List the backups anew; the old list stays until the new one is there."""
        job = self._runner.run("列出备份", partial(_listed, self._data_file), self._on_listed, quiet=True)
        job.slow.connect(self._on_slow)
        self._listing = job

    def _on_slow(self) -> None:
        if not self.rows.rows:
            self.table.hide()
            self.none.hide()
            self.skeleton.show()

    def _on_listed(self, listed: Listed) -> None:
        chosen = self.chosen
        self.skeleton.hide()
        newest = f"，最近一份 {listed.infos[0].made_at:%m月%d日 %H:%M}" if listed.infos else ""
        size = f"{size_words(listed.size)} · " if listed.size else ""
        self.state.setText(f"{size}备份 {len(listed.infos)} 份{newest}")
        self.rows.show_rows(listed.infos)
        self.table.setVisible(bool(listed.infos))
        self.none.setVisible(not listed.infos and not listed.problem)
        self._fit_table()
        places = [n for n, info in enumerate(listed.infos) if chosen is None or info.path == chosen.path]
        if places:
            self.select(places[0])
        self._allow()
        if listed.problem:
            self._say("warning", listed.problem)

    # the chosen backup

    @property
    def chosen(self) -> BackupInfo | None:
        """The backup that is selected."""
        found = self.table.selectionModel().selectedRows()
        return self.rows.rows[found[0].row()] if found else None

    def select(self, row: int) -> None:
        """Select a backup."""
        flags = QItemSelectionModel.SelectionFlag
        self.table.selectionModel().setCurrentIndex(
            self.rows.index(row, 0), flags.ClearAndSelect | flags.Rows
        )

    def _allow(self) -> None:
        chosen = self.chosen
        sound = chosen is not None and not self.rows.problems_of(chosen.path)
        self.restore_button.setEnabled(sound)
        self.check_button.setEnabled(chosen is not None)

    def _on_activated(self, index: QModelIndex) -> None:
        del index
        if self.restore_button.isEnabled():
            self._on_restore()

    def _on_restore(self) -> None:
        if self.chosen is not None:
            self.restore_requested.emit(self.chosen.path)

    # looking whether files are sound

    def check_selected(self) -> None:
        """Look whether the selected backup is sound, in the background."""
        if self.chosen is not None:
            self._check(self.chosen.path, self._on_backup_checked)

    def check_file(self) -> None:
        """Look whether the data file is sound, in the background."""
        self._check(self._data_file, self._on_file_checked)

    def _check(self, path: Path, done: Callable[[Verdicts], object]) -> None:
        for pressed in (self.check_button, self.check_file_button):
            pressed.setEnabled(False)
        self._checking = self._runner.run(f"核对 {path.name}", partial(_verified, path), done)
        self._checking.ended.connect(self._on_check_ended)

    def _on_check_ended(self) -> None:
        self.check_file_button.setEnabled(True)
        self._allow()

    def _on_backup_checked(self, verdicts: Verdicts) -> None:
        self.rows.show_verdicts(verdicts)
        self._allow()
        ((path, problems),) = verdicts.items()
        self._say_verdict(f"备份 {path.name}", problems, "请另选一份来恢复，并查看磁盘是否有问题。")

    def _on_file_checked(self, verdicts: Verdicts) -> None:
        ((_, problems),) = verdicts.items()
        self._say_verdict("数据文件", problems, "请从一份完好的备份恢复；现有的文件会放在一边，不会丢。")

    def _say_verdict(self, name: str, problems: tuple[str, ...], remedy: str) -> None:
        if problems:
            self._say("danger", f"{name}没有通过核对：{problems[0]}{remedy}")
        else:
            self._say("info", f"{name}完好。")

    def _say(self, kind: str, words: str) -> None:
        self.bars.show_bar(Bar(kind, words, (), "verdict"))

    def _on_data_folder(self) -> None:
        self.folder_requested.emit(self._data_file.parent)

    def _on_backup_folder(self) -> None:
        self.folder_requested.emit(backup_folder(self._data_file))


def _listed(data_file: Path, _: RunProgress) -> Listed:
    try:
        size = data_file.stat().st_size if data_file.exists() else 0
        return Listed(size, list_backups(data_file))
    except OSError as error:
        return Listed(
            0, (), f"备份没有列出来：{error.strerror or error}。数据没有改动，请检查磁盘后重新打开本页。"
        )


def _verified(path: Path, _: RunProgress) -> Verdicts:
    return {path: verify(path)}
