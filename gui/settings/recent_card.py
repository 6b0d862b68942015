"""最近打开的数据文件：在不在、打开、从名单里去掉。"""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from gui.kit.plain import button, label, plain_tip, tool_button
from gui.kit.skeleton import Skeleton
from gui.session.runner import Job, Runner, RunProgress
from gui.settings.card import SettingsCard


class RecentCard(SettingsCard):
    """``file_requested`` and ``forget_requested`` carry the file."""

    file_requested = Signal(object)
    forget_requested = Signal(object)

    def __init__(self, runner: Runner) -> None:
        super().__init__("最近的数据文件", "打开另一份时，现在这份先收好。")
        self._runner = runner
        self._open_file = Path()
        self._job: Job | None = None
        self.skeleton = Skeleton(2, "正在看文件还在不在……")
        self.skeleton.hide()
        self._list = QWidget()
        self._lines = QVBoxLayout(self._list)
        self._lines.setContentsMargins(0, 0, 0, 0)
        self._lines.setSpacing(6)
        self.add_widget(self.skeleton)
        self.add_widget(self._list)

    def show_files(self, files: Iterable[str], open_file: Path) -> None:
        """Show the files, the newest first; whether they are there is found out in the background."""
        self._open_file = open_file
        paths = tuple(map(Path, files))
        self._job = self._runner.run("查看最近的文件", partial(_there, paths), self._on_found, quiet=True)
        self._job.slow.connect(self._on_slow)

    def _on_slow(self) -> None:
        self._list.hide()
        self.skeleton.show()

    def _on_found(self, found: tuple[tuple[Path, bool], ...]) -> None:
        self.skeleton.hide()
        while (item := self._lines.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.hide()
                widget.deleteLater()
        for path, there in found:
            self._lines.addWidget(self._line(path, there=there))
        if not found:
            self._lines.addWidget(label("还没有打开过别的数据文件。", "secondary"))
        self._list.show()

    def _line(self, path: Path, *, there: bool) -> QWidget:
        line = QWidget()
        row = QHBoxLayout(line)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        words = QVBoxLayout()
        words.setSpacing(0)
        name, folder = label(path.name, "strong"), label(str(path.parent), "caption")
        for shown in (name, folder):
            shown.setToolTip(plain_tip(str(path)))
            shown.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
            words.addWidget(shown)
        row.addLayout(words, 1)
        if path == self._open_file:
            row.addWidget(label("现在打开的", "good"))
            return line
        if there:
            made = button("打开", partial(self._request, path), small=True)
            made.setAccessibleName(f"打开 {path.name}")
            row.addWidget(made)
        else:
            row.addWidget(label("文件不在了", "warning"))
        forget = tool_button("close", f"从名单里去掉 {path.name}", partial(self._forget, path))
        row.addWidget(forget, 0, Qt.AlignmentFlag.AlignVCenter)
        return line

    def _request(self, path: Path, _checked: bool = False) -> None:  # noqa: FBT001, FBT002
        self.file_requested.emit(path)

    def _forget(self, path: Path, _checked: bool = False) -> None:  # noqa: FBT001, FBT002
        self.forget_requested.emit(path)


def _there(paths: tuple[Path, ...], _: RunProgress) -> tuple[tuple[Path, bool], ...]:
    return tuple((path, _is_there(path)) for path in paths)


def _is_there(path: Path) -> bool:
    try:
        return path.exists()
    except OSError:
        return False
