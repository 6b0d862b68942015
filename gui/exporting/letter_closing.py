"""函件的末尾：由谁署名、落哪一天、找谁联系、要不要留出印章的位置。"""

from __future__ import annotations

from datetime import date
from typing import ClassVar

from PySide6.QtWidgets import QCheckBox, QLineEdit, QWidget

from exports.letter_files import LetterClosing
from gui.kit.boxes import in_row
from gui.kit.form import FormDialog
from gui.kit.optional_day import OptionalDay

LONGEST = 60


class ClosingRows:
    """The rows of ``form`` about the end of the letters; signature and whom to call are those of the last time."""

    last: ClassVar[LetterClosing] = LetterClosing()

    def __init__(self, form: FormDialog, office: str, today: date) -> None:
        last = ClosingRows.last
        self.issuer, self.contact, self.phone = (
            _line_edit(*texts)
            for texts in (
                (last.issuer, office, "落款"),
                (last.contact, "联系人（可不写）", "联系人"),
                (last.phone, "电话（可不写）", "联系电话"),
            )
        )
        form.add_row("落款", self.issuer)
        self.day = OptionalDay("都写这一天（不选：登记的日期，没有的为今天）", None, today, name="函件日期")
        self.day_row = form.add_row("日期", self.day)
        bar = QWidget()
        in_row((self.contact, 1), (self.phone, 1), inside=bar, margins=0, spacing=8)
        bar.setFocusProxy(self.contact)
        form.add_row("联系人和电话", bar)
        self.sealed = QCheckBox("加盖印章（落款按印章的位置排）")
        self.sealed.setChecked(last.sealed)
        form.add_row("印章", self.sealed)

    def value(self) -> LetterClosing:
        """What was entered."""
        issuer, contact, phone = (box.text().strip() for box in (self.issuer, self.contact, self.phone))
        return LetterClosing(issuer, contact, phone, self.sealed.isChecked(), self.day.value())

    def remember(self) -> None:
        """The next letters begin with this; a day is chosen each time anew."""
        ClosingRows.last = self.value()._replace(day=None)


def _line_edit(text: str, hint: str, name: str) -> QLineEdit:
    made = QLineEdit(text)
    made.setPlaceholderText(hint)
    made.setMaxLength(LONGEST)
    made.setAccessibleName(name)
    return made
