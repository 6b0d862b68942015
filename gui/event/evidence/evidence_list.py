"""佐证材料的清单：一条一行，可改种类、打开、移除；文件拖上来、网址贴上来就加入。"""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import QMimeData, Qt, QUrl, Signal
from PySide6.QtGui import (
    QDragEnterEvent,
    QDragLeaveEvent,
    QDropEvent,
    QGuiApplication,
    QKeyEvent,
    QKeySequence,
)
from PySide6.QtWidgets import QFrame, QHBoxLayout, QProgressBar, QVBoxLayout, QWidget

from gui.event.evidence.words import evidence_name, facts_of
from gui.kit.choices import Choice
from gui.kit.elided import ElidedLabel
from gui.kit.plain import button, label, restyle, tool_button
from gui.session.redaction import redacted
from models.domain.papers import Evidence, EvidenceKind
from models.domain.programs import true_name
from models.domain.text import quoted


def files_in(data: QMimeData) -> list[Path]:
    """The files of this machine that are dropped or pasted."""
    return [Path(url.toLocalFile()) for url in data.urls() if url.isLocalFile()]


def link_in(data: QMimeData) -> str:
    """The web address that is dropped or pasted; "" where there is none."""
    texts = [url.toString() for url in data.urls() if not url.isLocalFile()]
    texts.append(data.text().strip())
    return next((text for text in texts if QUrl(text).scheme() in ("http", "https") and " " not in text), "")


class EvidenceRow(QWidget):
    """One piece of evidence."""

    opened, removed, edited = Signal(str), Signal(str), Signal(str)
    kind_chosen = Signal(str, object)

    def __init__(self, item: Evidence, problem: str, *, editable: bool) -> None:
        super().__init__()
        self.item, self.problem, self.editable = item, problem, editable
        name = redacted(evidence_name(item))
        self.kind = Choice([(kind.label, kind) for kind in EvidenceKind])
        self.kind.choose(item.kind)
        self.kind.setAccessibleName(f"{quoted(name)}的种类")
        self.kind.setFixedWidth(self.kind.fontMetrics().horizontalAdvance("调查问卷") + 54)
        self.kind.setEnabled(editable)
        self.kind.activated.connect(self._on_kind)
        self.title = ElidedLabel(name)
        self.file_name = ElidedLabel(true_name(item), "caption", Qt.TextElideMode.ElideMiddle)
        self.facts = ElidedLabel(problem or facts_of(item), "error" if problem else "caption")
        self.open_button = tool_button(
            "arrow-right" if item.link else "folder", f"打开{quoted(name)}", self._on_open
        )
        self.edit_button = tool_button("edit", f"修改{quoted(name)}的名称与日期", self._on_edit)
        self.remove_button = tool_button("trash", f"移除{quoted(name)}", self._on_remove)
        words = QVBoxLayout()
        words.setSpacing(0)
        names = QHBoxLayout()
        names.setSpacing(8)
        names.addWidget(self.title, 1)
        names.addWidget(self.file_name, 1)
        self.file_name.setVisible(bool(true_name(item)))
        words.addLayout(names)
        words.addWidget(self.facts)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 2, 0, 2)
        row.setSpacing(8)
        row.addWidget(self.kind)
        row.addLayout(words, 1)
        buttons = QHBoxLayout()
        buttons.setSpacing(2)
        for made in (self.open_button, self.edit_button, self.remove_button):
            buttons.addWidget(made)
        row.addLayout(buttons)
        self.edit_button.setVisible(editable)
        self.remove_button.setVisible(editable)

    def _on_kind(self) -> None:
        self.kind_chosen.emit(self.item.key, self.kind.value())

    def _on_open(self) -> None:
        self.opened.emit(self.item.key)

    def _on_edit(self) -> None:
        self.edited.emit(self.item.key)

    def _on_remove(self) -> None:
        self.removed.emit(self.item.key)


class EvidenceList(QFrame):
    """The evidence of one event. What is asked for is told by signals that carry a piece's key.

    ``files_given`` carries paths (button, drop or paste), ``link_given`` a web address or "" to ask for one.
    """

    opened, removed, edited = Signal(str), Signal(str), Signal(str)
    kind_chosen = Signal(str, object)
    files_wanted = Signal()
    files_given = Signal(object)
    link_given = Signal(str)
    stop_clicked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("EvidenceList")
        self.setAccessibleName("佐证材料")
        self.setAcceptDrops(True)
        self._editable = True
        self.rows: dict[str, EvidenceRow] = {}
        self.state = label("", "caption", wrap=True)
        self._rows = QVBoxLayout()
        self._rows.setSpacing(0)
        self.hint = label("把文件拖到这里，或按“加入文件…”；网址可以直接粘贴。", "caption", wrap=True)
        self.add_button = button("加入文件…", self.files_wanted.emit, small=True, icon_name="plus")
        self.link_button = button("加入链接…", partial(self.link_given.emit, ""), kind="plain", small=True)
        self.bar = QProgressBar(textVisible=False)
        self.bar.setAccessibleName("正在加入文件")
        self.stop_button = button("停止", self.stop_clicked.emit, kind="flat", small=True)
        buttons = QHBoxLayout()
        buttons.setSpacing(8)
        for made in (self.add_button, self.link_button):
            buttons.addWidget(made)
        buttons.addWidget(self.bar, 1)
        buttons.addWidget(self.stop_button)
        buttons.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(10, 8, 10, 8)
        column.setSpacing(6)
        column.addWidget(self.state)
        column.addLayout(self._rows)
        column.addWidget(self.hint)
        column.addLayout(buttons)
        self.show_progress(None)

    def show_items(
        self, items: Sequence[Evidence], problems: dict[str, str], state: str, look: str, *, editable: bool
    ) -> None:
        """Show ``items``; ``problems`` by key say which files are missing, ``state`` (in ``look``) what is lacking."""
        self._editable = editable
        restyle(self.state, "role", look)
        self.state.setText(state)
        self.state.setVisible(bool(state))
        kept: dict[str, EvidenceRow] = {}
        for number, item in enumerate(items):
            row = self.rows.pop(item.key, None)
            if row is None or (row.item, row.problem, row.editable) != (
                item,
                problems.get(item.key, ""),
                editable,
            ):
                if row is not None:
                    self._drop(row)
                row = self._make_row(item, problems.get(item.key, ""), editable=editable)
            kept[item.key] = row
            self._rows.insertWidget(number, row)
        for row in self.rows.values():
            self._drop(row)
        self.rows = kept
        self.hint.setVisible(editable and not items)
        self.add_button.setVisible(editable)
        self.link_button.setVisible(editable)

    def _make_row(self, item: Evidence, problem: str, *, editable: bool) -> EvidenceRow:
        row = EvidenceRow(item, problem, editable=editable)
        row.opened.connect(self.opened)
        row.removed.connect(self.removed)
        row.edited.connect(self.edited)
        row.kind_chosen.connect(self.kind_chosen)
        return row

    def _drop(self, row: EvidenceRow) -> None:
        self._rows.removeWidget(row)
        if row.isAncestorOf(self.focusWidget() or self):
            self.add_button.setFocus()
        row.hide()
        row.deleteLater()

    def show_progress(self, percent: int | None) -> None:
        """Show how far the copying is; None where nothing is copied."""
        for made in (self.bar, self.stop_button):
            made.setVisible(percent is not None)
        self.add_button.setEnabled(percent is None)
        self.bar.setValue(percent or 0)

    # drag, drop and paste

    def _take(self, data: QMimeData) -> bool:
        if files := files_in(data):
            self.files_given.emit(files)
        elif link := link_in(data):
            self.link_given.emit(link)
        else:
            return False
        return True

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Files and web addresses may be dropped."""
        if self._editable and (files_in(event.mimeData()) or link_in(event.mimeData())):
            restyle(self, "over", "true")
            event.acceptProposedAction()

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        """Nothing was dropped."""
        del event
        restyle(self, "over", "")

    def dropEvent(self, event: QDropEvent) -> None:
        """Take what is dropped."""
        restyle(self, "over", "")
        if self._editable and self._take(event.mimeData()):
            event.acceptProposedAction()

    def paste(self) -> bool:
        """Take the files or the web address of the clipboard; whether there were any."""
        return self._editable and self._take(QGuiApplication.clipboard().mimeData())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Ctrl+V takes what the clipboard holds."""
        if event.matches(QKeySequence.StandardKey.Paste) and self.paste():
            return
        super().keyPressEvent(event)
