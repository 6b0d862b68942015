"""现在要办的清单：几组，各有组头与条目。"""

from collections.abc import Sequence
from typing import NamedTuple

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, Qt

from models.domain.rules import clause_words
from planners.proposals import Entry
from planners.results import AgendaAction, AgendaEntry, AgendaGroup
from planners.wording import short_day

Index = QModelIndex | QPersistentModelIndex


class TodoRow(NamedTuple):
    """A group head (``entry`` None, ``count`` its entries) or an entry with the words of its button."""

    group: AgendaGroup
    count: int = 0
    entry: AgendaEntry | None = None
    button: str = ""
    primary: bool = False


def todo_rows(entries: Sequence[AgendaEntry], suggestions: Sequence[Entry | None]) -> tuple[TodoRow, ...]:
    """Heads and entries in the order of ``entries``; ``suggestions`` has one for each entry."""
    rows: list[TodoRow] = []
    for group in AgendaGroup:
        own = [
            (entry, suggestion)
            for entry, suggestion in zip(entries, suggestions, strict=True)
            if entry.group is group
        ]
        if own:
            rows.append(TodoRow(group, len(own)))
            rows += [_entry_row(entry, suggestion) for entry, suggestion in own]
    return tuple(rows)


def _entry_row(entry: AgendaEntry, suggestion: Entry | None) -> TodoRow:
    if entry.action is not AgendaAction.SCHEDULE or entry.year is not None:
        return TodoRow(entry.group, entry=entry, button=entry.action.label)
    day = suggestion.event.day if suggestion and suggestion.event else None
    words = f"排入 {short_day(day)}" if day else "自动补"
    return TodoRow(
        entry.group,
        entry=entry,
        button=words,
        primary=suggestion is not None and entry.group is AgendaGroup.AT_RISK,
    )


class TodoModel(QAbstractListModel):
    """The rows of 现在要办; heads cannot be selected."""

    def __init__(self) -> None:
        super().__init__()
        self._rows: tuple[TodoRow, ...] = ()

    def set_rows(self, rows: Sequence[TodoRow]) -> None:
        """Show ``rows``."""
        self.beginResetModel()
        self._rows = tuple(rows)
        self.endResetModel()

    def row(self, index: Index) -> TodoRow:
        """The row at ``index``."""
        return self._rows[index.row()]

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        """Heads and entries."""
        return 0 if parent.isValid() else len(self._rows)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """The words of a row, for screen readers."""
        if not index.isValid():
            return None
        row = self._rows[index.row()]
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return row_words(row)
        return None

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Only entries can be selected."""
        if index.isValid() and self._rows[index.row()].entry is None:
            return Qt.ItemFlag.NoItemFlags
        return super().flags(index)


def row_words(row: TodoRow) -> str:
    """A row in one line."""
    if row.entry is None:
        return f"{row.group.label} {row.count} 项"
    entry = row.entry
    clause = clause_words(entry.clause)
    return "，".join(part for part in (entry.title, entry.line, entry.deadline, clause, row.button) if part)
