"""安全启动：年度读不出来时的一页。说哪一行读不懂，给出撤销、恢复、核对、导出读得懂的部分。"""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QPlainTextEdit, QWidget

from gui.kit.boxes import in_column, in_row
from gui.kit.flow_layout import FlowLayout
from gui.kit.plain import button, escaped, label, restyle
from gui.session.redaction import redacted
from gui.session.year_session import Trouble, YearSession
from models.domain.text import quoted
from models.queries import undo_touches

WIDTH = 820
MOST_LINES = 16
"""So many lines of rows are seen at once; the rest scrolls."""


class SafeStartPage(QWidget):
    """What can be done while a year cannot be read. ``year_requested`` carries another year of the file."""

    undo_requested = Signal()
    restore_requested = Signal()
    verify_requested = Signal()
    export_requested = Signal()
    open_requested = Signal()
    year_requested = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("FirstRun")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._title = label(role="heading", wrap=True)
        self._words = label(role="secondary", wrap=True)
        self.rows = QPlainTextEdit(readOnly=True, tabChangesFocus=True)
        self.rows.setAccessibleName("读不懂的行")
        self.undo_button = button("", self.undo_requested.emit)
        self.restore_button = button("从备份恢复…", self.restore_requested.emit)
        self.export_button = button("导出读得懂的部分…", self.export_requested.emit)
        self.verify_button = button("核对数据文件", self.verify_requested.emit)
        self.open_button = button("打开其他文件…", self.open_requested.emit)
        self._years = QWidget()
        self._year_buttons = FlowLayout(self._years)
        self._year_buttons.setContentsMargins(0, 0, 0, 0)
        self._lay_out()

    def _lay_out(self) -> None:
        column = QWidget()
        column.setMaximumWidth(WIDTH)
        inside = in_column(self._title, self._words, self.rows, inside=column, spacing=12)
        actions = QWidget()
        lines = FlowLayout(actions)
        lines.setContentsMargins(0, 0, 0, 0)
        for pressed in (
            self.undo_button, self.restore_button, self.export_button, self.verify_button, self.open_button
        ):  # fmt: skip
            lines.addWidget(pressed)
        inside.addWidget(actions)
        inside.addWidget(self._years)
        inside.addStretch(1)
        in_row(None, (column, 100), None, inside=self, margins=(24, 64, 24, 64))

    def show_trouble(self, session: YearSession, trouble: Trouble) -> None:
        """Say what is wrong, and offer first what most likely mends it."""
        self._title.setText(f"{trouble.year} 年度读不出来")
        self._words.setText(f"{_cause(trouble)}恢复时现有的文件放在一边，撤销了的可以重做，导出不改数据。")
        self.rows.setPlainText(redacted("\n".join(map(str, trouble.rows))))
        self.rows.setVisible(bool(trouble.rows))
        self.rows.setFixedHeight(
            self.rows.fontMetrics().lineSpacing() * min(2 * len(trouble.rows) + 2, MOST_LINES)
        )
        title = session.undo_title
        self.undo_button.setText(escaped(f"撤销最后一步{quoted(title)}"))
        self.undo_button.setVisible(title is not None)
        mends = title is not None and undo_touches(session.store, trouble.rows)
        first, other = (
            (self.undo_button, self.restore_button) if mends else (self.restore_button, self.undo_button)
        )
        restyle(first, "kind", "primary" if trouble.rows else "")
        restyle(other, "kind", "")
        self.restore_button.setEnabled(not session.read_only)
        self._offer_years(session, trouble.year)
        self.setFocusProxy(first)

    def _offer_years(self, session: YearSession, but: int) -> None:
        while (item := self._year_buttons.takeAt(0)) is not None:
            if (old := item.widget()) is not None:
                old.hide()
                old.deleteLater()
        for year in session.years():
            made = button("再读一次" if year == but else f"打开 {year} 年度")
            made.setProperty("year", year)
            made.clicked.connect(self._on_year)
            self._year_buttons.addWidget(made)

    def _on_year(self) -> None:
        self.year_requested.emit(self.sender().property("year"))


def _cause(trouble: Trouble) -> str:
    if not trouble.rows:
        return trouble.words
    return f"有 {len(trouble.rows)} 处内容读不懂，逐条列在下面；程序没有改动它们，其余内容都在。"
