"""左栏：条文清单，每条说要什么、缺几项、满足几分之几。"""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter
from PySide6.QtWidgets import QStyle, QStyleOptionViewItem, QWidget

from gui.kit.icons import paint_icon
from gui.kit.list_models import Index, KeyedDelegate, KeyedList, paint_chosen, value_at
from gui.kit.marks import draw_text, elided, metrics, text_width
from gui.kit.theme import theme
from gui.rules.looks import ROW_LOOKS
from models.domain.rules import OWN_CLAUSE, clause_words
from planners.rule_rows import RowState, RuleLine

PAD = 16
_COUNTED = (RowState.OVERDUE, RowState.AT_RISK, RowState.GAP)


def count_words(line: RuleLine) -> str:
    """What stands at the right of the second line, the counted marks apart: 8/12, 提示 3, 待办 1."""
    parts = []
    if waiting := line.count(RowState.OPEN):
        parts.append(f"待办 {waiting}")
    elif line.hints and not line.total:
        parts.append(f"提示 {len(line.hints)}")
    if line.total:
        parts.append(f"{line.passed}/{line.total}")
    return "  ".join(parts)


def _clause(line: RuleLine) -> str:
    """第2条; 自定; 另有依据 for a rule that another document asks for: its name has no room here."""
    words = clause_words(line.clause) or OWN_CLAUSE
    return words if line.own or line.clause.isdigit() else "另有依据"


class ClauseDelegate(KeyedDelegate):
    """Paints heads and lines."""

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """Two lines of text, a head one."""
        del option
        if isinstance(value_at(index), str):
            return QSize(100, round(metrics(theme().font(14)).height() + 20))
        return QSize(100, round(metrics(theme().font(14)).height() + metrics(theme().font(12)).height() + 21))

    def paint_head(self, painter: QPainter, rect: QRectF, words: str) -> None:
        """Paint the name of a document."""
        font = theme().font(14, serif=True, bold=True)
        draw_text(painter, rect.left() + PAD - 4, rect.center().y() + 3, words, font, theme().color("ink2"))

    def paint_value(self, painter: QPainter, rect: QRectF, value: RuleLine, state: QStyle.StateFlag) -> None:
        """Paint title and clause, below them what is asked and the counts."""
        selected = bool(state & QStyle.StateFlag.State_Selected)
        hovered = bool(state & QStyle.StateFlag.State_MouseOver)
        focused = bool(state & QStyle.StateFlag.State_HasFocus)
        box = rect.adjusted(6, 1, -6, -1)
        paint_chosen(painter, box, selected=selected, hovered=hovered, focused=focused, bar=5)
        title, small = theme().font(14, bold=True), theme().font(12)
        left, right = rect.left() + PAD, rect.right() - PAD
        middle = box.top() + 7 + metrics(title).height() / 2
        clause = _clause(value)
        edge = right - text_width(small, clause)
        draw_text(painter, edge, middle, clause, small, theme().color("ink3"))
        draw_text(
            painter, left, middle, elided(value.title, title, edge - left - 8), title, theme().color("ink")
        )
        middle = box.bottom() - 7 - metrics(small).height() / 2
        edge = _paint_counts(painter, value, right, middle)
        draw_text(
            painter, left, middle, elided(value.asks, small, edge - left - 2), small, theme().color("ink2")
        )


def _paint_counts(painter: QPainter, line: RuleLine, right: float, middle: float) -> float:
    """Marks with numbers, then how many are met; returns where they begin."""
    small, bold = theme().font(12), theme().font(12, bold=True)
    words = count_words(line)
    edge = right - text_width(small, words)
    calm = not line.rows and line.total and line.passed == line.total
    draw_text(painter, edge, middle, words, small, theme().color("success" if calm else "ink2"))
    if words:
        edge -= 9
    for state in reversed(_COUNTED):
        count = line.count(state)
        if not count:
            continue
        look = ROW_LOOKS[state]
        number = str(count)
        edge -= text_width(bold, number)
        draw_text(painter, edge, middle, number, bold, theme().color(look.color))
        edge -= 17
        paint_icon(painter, look.icon, QRectF(edge, middle - 7, 14, 14), theme().color(look.color))
        edge -= 7
    return edge


class ClauseList(KeyedList):
    """The clauses; Enter or → goes on to the findings of the one selected.

    ``space_pressed`` asks to unfold what is met.
    """

    space_pressed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("条文清单", _words, ClauseDelegate(), parent)
        self.setObjectName("ClauseList")

    def show_lines(self, document: str, lines: Sequence[RuleLine], key: str) -> None:
        """Show ``lines``, clauses under ``document``, then 本单位自定; the one called ``key`` is chosen."""
        clauses = [line for line in lines if not line.own]
        own = [line for line in lines if line.own]
        values: list[RuleLine | str] = [document, *clauses] if clauses else []
        values += ["本单位自定", *own] if own else []
        self.show_values(values, key)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Space unfolds."""
        if event.key() == Qt.Key.Key_Space:
            self.space_pressed.emit()
        else:
            super().keyPressEvent(event)


def _words(value: RuleLine | str) -> str:
    if isinstance(value, str):
        return value
    counts = [f"{state.label} {value.count(state)}" for state in _COUNTED if value.count(state)]
    if value.hints:
        counts.append(f"提示 {len(value.hints)}")
    met = f"满足 {value.passed}/{value.total}" if value.total else ""
    return "，".join(part for part in (value.title, _clause(value), value.asks, *counts, met) if part)
