"""别的文字里的姓名、电话：一处一个勾，拿得准的先勾上；按住“显示”才看得到原文。"""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from gui.kit.plain import button, escaped, label
from gui.session.redaction import redacted_record
from models.named_texts import NamedText
from models.scrubbing_texts import FieldPlace

EXPLAINED = "勾选的，〔〕里的遮成“张*”；没勾的照旧，以后印出来也是原文。有本人电话的、本人的意见已经勾上，别的请看清说的是不是这个人。"
INDENT = 26


class NamedTextsBox(QWidget):
    """The texts that name somebody who is to be erased, each with a box."""

    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.boxes: dict[tuple[FieldPlace, str], QCheckBox] = {}
        self.words = label("", wrap=True)
        self.explained = label(EXPLAINED, "caption", wrap=True)
        self.all_button = button("全部勾选", self.tick_all, kind="plain", small=True)
        head = QHBoxLayout()
        head.addWidget(self.words, 1)
        head.addWidget(self.all_button)
        self._rows = QVBoxLayout()
        self._rows.setSpacing(6)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        column.addLayout(head)
        column.addWidget(self.explained)
        column.addLayout(self._rows)
        self._texts: Sequence[NamedText] = ()
        self._captions: list[QLabel] = []

    def show_texts(self, texts: Sequence[NamedText]) -> None:
        """List ``texts``; those that were listed before keep their ticks, new ones are ticked where certain."""
        ticked = {place: box.isChecked() for place, box in self.boxes.items()}
        while (entry := self._rows.takeAt(0)) is not None:
            if (row := entry.widget()) is not None:
                row.hide()
                row.deleteLater()
        self._texts, self.boxes, self._captions = texts, {}, []
        for one in texts:
            self._rows.addWidget(self._row(one, ticked=ticked.get(one.place, one.certain)))
        self.words.setText(f"别的文字里还写着这些姓名、电话：{len(texts)} 处")
        self.setVisible(bool(texts))
        self._on_ticked()

    def _row(self, one: NamedText, *, ticked: bool) -> QWidget:
        row = QWidget()
        column = QVBoxLayout(row)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        box = self.boxes[one.place] = QCheckBox(escaped(redacted_record(one.where)))
        box.setChecked(ticked)
        box.setAccessibleDescription(redacted_record(f"{one.masked} → {one.after}"))
        box.toggled.connect(self._on_ticked)
        caption = label(f"{one.masked}　→　{one.after}", "caption", wrap=True)
        caption.setContentsMargins(INDENT, 0, 0, 0)
        self._captions.append(caption)
        column.addWidget(box)
        column.addWidget(caption)
        return row

    def show_plain(self, shown: bool) -> None:  # noqa: FBT001
        """The texts as they are while ``shown``."""
        for one, caption in zip(self._texts, self._captions, strict=True):
            caption.setText(f"{one.before if shown else one.masked}　→　{one.after}")

    def tick_all(self) -> None:
        """All are ticked afterwards; none where all were."""
        ticked = len(self.chosen()) < len(self.boxes)
        for box in self.boxes.values():
            box.setChecked(ticked)

    def _on_ticked(self) -> None:
        self.all_button.setText("全部勾选" if len(self.chosen()) < len(self.boxes) else "全不勾选")
        self.changed.emit()

    def chosen(self) -> tuple[tuple[FieldPlace, str], ...]:
        """What is ticked."""
        return tuple(place for place, box in self.boxes.items() if box.isChecked())
