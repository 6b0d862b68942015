"""建议表的各栏，和一格的画法：勾选框、色块、名称，箭头与日期框。"""

from __future__ import annotations

from enum import IntEnum

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPen
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem, QTableView

from gui.kit.headed_model import ROOT, HeadedModel
from gui.kit.icons import paint_icon
from gui.kit.marks import draw_centred, draw_text, fitted, metrics, paint_box, text_width
from gui.kit.theme import theme
from gui.kit.tiles import ATTENDANCE, paint_tile
from gui.planning.proposal.choices import Choices, ProposalRow
from gui.planning.proposal.words import now_words, place_words, row_sentence, suggestion_words, who_words
from gui.session.redaction import redacted

Index = QModelIndex | QPersistentModelIndex
CHECK_LEFT, CHECK_SIDE = 15, 16
TILE_LEFT, TILE_SIDE = 41, 18
NAME_LEFT = 66
ARROW_ROOM = 24
HEADS = ("补哪里", "现在", "建议", "单位 · 主题", "地点", "方式")


class ProposalColumn(IntEnum):
    """The columns, from left to right."""

    WHERE = 0
    NOW = 1
    SUGGESTION = 2
    WHO = 3
    PLACE = 4
    WAY = 5


class ProposalDelegate(QStyledItemDelegate):
    """Paints the cells of a row; the selected one has a bar at its left."""

    def __init__(self, view: QTableView) -> None:
        super().__init__(view)
        self._view = view
        self.compact = False

    def row_height(self) -> int:
        """Height of a row in the present text size."""
        return round(metrics(theme().font(13)).height() + (18 if self.compact else 25))

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """Wide enough for the whole text."""
        del option
        return QSize(round(cell_width(index)), self.row_height())

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Paint one cell."""
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        rect, row = QRectF(option.rect), _row(index)
        selected = bool(option.state & QStyle.StateFlag.State_Selected)
        active = selected and self._view.hasFocus()
        _paint_ground(
            painter, rect, first=index.column() == ProposalColumn.WHERE, selected=selected, active=active
        )
        _PAINTERS[ProposalColumn(index.column())](painter, rect, row, str(index.data() or ""))
        painter.restore()


def check_rect(rect: QRectF) -> QRectF:
    """The tick box in the first cell of a row."""
    return QRectF(rect.left() + CHECK_LEFT, rect.center().y() - CHECK_SIDE / 2, CHECK_SIDE, CHECK_SIDE)


def cell_width(index: Index) -> float:
    """The width a cell asks for."""
    text = str(index.data() or "")
    if index.column() == ProposalColumn.WHERE:
        return NAME_LEFT + text_width(theme().font(13, bold=True), text) + 12
    if index.column() == ProposalColumn.NOW:
        return text_width(theme().font(13, bold=True), text) + 18 + ARROW_ROOM
    if index.column() == ProposalColumn.SUGGESTION:
        return text_width(theme().font(13, bold=True), text) + 18 + 24
    return text_width(theme().font(13), text) + 20


def _row(index: Index) -> ProposalRow:
    model = index.model()
    assert isinstance(model, ProposalModel)
    return model.row(index)


def _paint_ground(painter: QPainter, rect: QRectF, *, first: bool, selected: bool, active: bool) -> None:
    if selected:
        painter.fillRect(rect, theme().color("selected" if active else "hover"))
    painter.setPen(QPen(theme().color("grid"), 1))
    bottom = rect.bottom() - 0.5
    painter.drawLine(QPointF(rect.left(), bottom), QPointF(rect.right(), bottom))
    if selected and first:
        bar = QRectF(rect.left(), rect.top(), 4, rect.height())
        painter.fillRect(bar, theme().color("primaryFill" if active else "controlBorder"))


def _paint_where(painter: QPainter, rect: QRectF, row: ProposalRow, text: str) -> None:
    _paint_check(painter, check_rect(rect), row)
    middle = rect.center().y()
    tile = QRectF(rect.left() + TILE_LEFT, round(middle - TILE_SIDE / 2), TILE_SIDE, TILE_SIDE)
    paint_tile(painter, row.entry.campaign or ATTENDANCE, tile, 0.5 if row.rejected else 1.0)
    font = theme().font(13, bold=True)
    room = rect.right() - rect.left() - NAME_LEFT - 6
    if row.locked:
        room -= 18
    name = fitted(text, font, room)
    end = draw_text(painter, rect.left() + NAME_LEFT, middle, name, font, _ink(row))
    if row.locked:
        paint_icon(painter, "lock", QRectF(end + 4, middle - 7, 14, 14), theme().color("primary"))
    if row.rejected:
        painter.setPen(QPen(_ink(row), 1))
        painter.drawLine(QPointF(rect.left() + NAME_LEFT, middle), QPointF(end, middle))


def _paint_check(painter: QPainter, box: QRectF, row: ProposalRow) -> None:
    frame = box.adjusted(0.5, 0.5, -0.5, -0.5)
    if row.ticked:
        paint_box(painter, frame, "primaryFill", "primaryFill", 3)
        paint_icon(painter, "check", box.adjusted(1, 1, -1, -1), theme().color("onPrimary"))
        return
    paint_box(
        painter,
        frame,
        "surface" if row.can_be_ticked else "surfaceAlt",
        "controlBorder" if row.can_be_ticked else "gridStrong",
        3,
    )


def _ink(row: ProposalRow, name: str = "ink") -> QColor:
    return theme().color("ink3" if row.rejected else name)


def _paint_now(painter: QPainter, rect: QRectF, row: ProposalRow, text: str) -> None:
    stale = row.is_stale and not row.rejected
    font = theme().font(13, bold=stale)
    left = rect.left()
    if stale:
        paint_icon(
            painter, "triangle-warn", QRectF(left, rect.center().y() - 7, 14, 14), theme().color("warning")
        )
        left += 18
    color = theme().color("warning") if stale else _ink(row, "ink2")
    room = rect.right() - ARROW_ROOM - left
    draw_text(painter, left, rect.center().y(), fitted(text, font, room), font, color)
    arrow = QRectF(rect.right() - ARROW_ROOM + 1, rect.center().y() - 8, 16, 16)
    paint_icon(painter, "arrow-right", arrow, _ink(row, "ink2"))


def _paint_suggestion(painter: QPainter, rect: QRectF, row: ProposalRow, text: str) -> None:
    middle = rect.center().y()
    font = theme().font(13, bold=True)
    height = round(metrics(font).height() + 7)
    room = rect.width() - 8
    text = fitted(text, font, room - 16)
    box = QRectF(
        rect.left(),
        round(middle - height / 2),
        min(room, round(text_width(font, text) + 17)),
        height,
    ).adjusted(0.5, 0.5, -0.5, -0.5)
    ground, line = "surfaceAlt" if row.rejected else "infoBg", "primary" if row.ticked else "controlBorder"
    paint_box(painter, box, ground, line, 4, 1.2, dashed=not row.ticked)
    color = theme().color("primary") if row.ticked else _ink(row, "ink2")
    draw_centred(painter, box.center().x(), middle, text, font, color)


def _paint_text(painter: QPainter, rect: QRectF, row: ProposalRow, text: str) -> None:
    font = theme().font(13)
    words = fitted(text, font, rect.width() - 8)
    draw_text(painter, rect.left(), rect.center().y(), words, font, _ink(row))


def _paint_way(painter: QPainter, rect: QRectF, row: ProposalRow, text: str) -> None:
    font = theme().font(12)
    words = fitted(text, font, rect.width() - 4)
    draw_text(painter, rect.left(), rect.center().y(), words, font, _ink(row, "ink2"))


_PAINTERS = {
    ProposalColumn.WHERE: _paint_where,
    ProposalColumn.NOW: _paint_now,
    ProposalColumn.SUGGESTION: _paint_suggestion,
    ProposalColumn.WHO: _paint_text,
    ProposalColumn.PLACE: _paint_text,
    ProposalColumn.WAY: _paint_way,
}


class ProposalModel(HeadedModel):
    """The rows of ``choices``. Ticking goes through it; everything else only follows."""

    def __init__(self, choices: Choices) -> None:
        super().__init__(HEADS)
        self._choices = choices
        self._texts: dict[int, tuple[str, ...]] = {}
        choices.row_changed.connect(self._on_row_changed)

    def row(self, index: Index) -> ProposalRow:
        """The row at ``index``."""
        return self._choices.row(index.row())

    def rowCount(self, parent: Index = ROOT) -> int:
        """One row an entry."""
        return 0 if parent.isValid() else len(self._choices.rows)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Text and tick of a cell; the whole row in words for screen readers and tooltips."""
        if not index.isValid():
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return self.texts(index.row())[index.column()]
        row = self.row(index)
        if role == Qt.ItemDataRole.CheckStateRole and index.column() == ProposalColumn.WHERE:
            return Qt.CheckState.Checked if row.ticked else Qt.CheckState.Unchecked
        if role == Qt.ItemDataRole.AccessibleTextRole and index.column() == ProposalColumn.WHERE:
            return row_sentence(row, self._choices.session.snapshot)
        return None

    def texts(self, number: int) -> tuple[str, ...]:
        """The texts of a row, kept until it changes."""
        if number not in self._texts:
            row, snapshot = self._choices.row(number), self._choices.session.snapshot
            entry = row.entry
            words = (
                entry.label,
                now_words(row),
                suggestion_words(entry, snapshot),
                who_words(entry, snapshot),
                place_words(entry, snapshot),
                entry.way.label,
            )
            self._texts[number] = tuple(map(redacted, words))
        return self._texts[number]

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Every row can be selected; the first column has the tick."""
        flags = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
        if index.isValid() and index.column() == ProposalColumn.WHERE and self.row(index).can_be_ticked:
            flags |= Qt.ItemFlag.ItemIsUserCheckable
        return flags

    def setData(self, index: Index, value: object, role: int = Qt.ItemDataRole.EditRole) -> bool:
        """Tick or untick a row."""
        if role != Qt.ItemDataRole.CheckStateRole or not index.isValid():
            return False
        self._choices.tick(index.row(), on=Qt.CheckState(value) == Qt.CheckState.Checked)
        return True

    def _on_row_changed(self, number: int) -> None:
        self._texts.pop(number, None)
        self.tell_row(number)
