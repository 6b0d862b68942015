"""表单对话框：内容可滚动、页脚固定、错误写在页脚上方；不超过窗口的 92 %。"""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication, QKeyEvent
from PySide6.QtWidgets import (
    QDialog,
    QFormLayout,
    QFrame,
    QHBoxLayout,
    QLabel,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from gui.plain import button, label, restyle
from models.domain.errors import UserError

LARGEST_SHARE = 0.92


class FormDialog(QDialog):
    """A titled form. Subclasses add rows and override ``accept_form``, which raises ``UserError`` to refuse."""

    def __init__(self, title: str, accept_text: str, parent: QWidget | None = None, width: int = 560) -> None:
        super().__init__(parent)
        self.setWindowTitle(title)
        self._width = width
        self.form = QFormLayout()
        self.form.setContentsMargins(20, 16, 20, 16)
        self.form.setHorizontalSpacing(14)
        self.form.setVerticalSpacing(9)
        self.form.setLabelAlignment(Qt.AlignmentFlag.AlignRight)
        self.form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        self._refusal = label(role="error", wrap=True)
        self._refusal.hide()
        self.accept_button = button(accept_text, self._on_accept, kind="primary")
        self.accept_button.setDefault(True)
        self._build()

    def _build(self) -> None:
        content = QWidget()
        content.setLayout(self.form)
        scroll = QScrollArea()
        scroll.setWidget(content)
        scroll.setWidgetResizable(True)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        footer = QFrame(objectName="Footer")
        row = QHBoxLayout(footer)
        row.setContentsMargins(20, 10, 20, 10)
        row.addWidget(self._refusal, 1)
        row.addStretch(0)
        row.addWidget(button("返回", self.reject))
        row.addWidget(self.accept_button)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(scroll, 1)
        layout.addWidget(footer)
        self._content = content

    def add_row(self, name: str, field: QWidget) -> QLabel:
        """A labelled field with room for a remark under it; the remark's label."""
        remark = label(role="error", wrap=True)
        remark.hide()
        box = QVBoxLayout()
        box.setSpacing(2)
        box.addWidget(field)
        box.addWidget(remark)
        caption = label(name)
        caption.setBuddy(field)
        field.setAccessibleName(name)
        self.form.addRow(caption, box)
        return remark

    def showEvent(self, event: object) -> None:
        """Fit the content, at most 92 % of the screen or the window above."""
        super().showEvent(event)  # type: ignore[arg-type]
        parent = self.parentWidget()
        room = parent.window().size() if parent else QGuiApplication.primaryScreen().availableSize()
        wanted = self._content.sizeHint().height() + 70
        self.resize(
            min(self._width, int(room.width() * LARGEST_SHARE)),
            min(wanted, int(room.height() * LARGEST_SHARE)),
        )

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Ctrl+Enter accepts from every field."""
        enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if enter and event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self._on_accept()
            return
        super().keyPressEvent(event)

    def accept_form(self) -> None:
        """Carry out what the form says; ``UserError`` keeps the dialog open with its words."""
        raise NotImplementedError

    def refuse(self, words: str) -> None:
        """Show why the form cannot be accepted."""
        self._refusal.setText(words)
        self._refusal.setVisible(bool(words))

    def refusal_text(self) -> str:
        """Why the form was refused last; "" where it was not."""
        return self._refusal.text()

    def _on_accept(self) -> None:
        if not self.accept_button.isEnabled():
            return
        try:
            self.accept_form()
        except UserError as error:
            self.refuse(str(error))
            return
        self.accept()


def show_remark(remark: QLabel, field: QWidget, words: str, state: str = "error") -> None:
    """Show ``words`` under ``field`` in the look of ``state`` (error, warning, good); empty takes them away."""
    restyle(remark, "role", state)
    remark.setText(words)
    remark.setVisible(bool(words))
    restyle(field, "state", state if words and state != "good" else "")
