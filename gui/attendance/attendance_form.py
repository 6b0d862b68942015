"""公众列席各表单共有的：一步保存、未保存先问、只读、身份证号码写在栏目下面。"""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QLabel, QWidget

from gui.kit.bindings import Binding
from gui.kit.form import FormDialog
from gui.session.redaction import redacted_record
from gui.session.year_session import YearSession
from models import commands
from models.domain.changes import RowChange
from models.domain.errors import CommandError, UserError
from models.domain.events import Campaign
from models.domain.privacy import has_id_number
from models.domain.snapshot import ItemKind, YearSnapshot


def fresh_keys(snapshot: YearSnapshot, kind: ItemKind, count: int) -> list[str]:
    """So many keys of ``kind`` that the year does not have."""
    first = commands.new_key(snapshot, kind)
    taken = {item.key for item in snapshot.items(kind)}
    prefix, number = first[:1], int(first[1:])
    found: list[str] = []
    while len(found) < count:
        key = f"{prefix}{number:04d}"
        if key not in taken:
            found.append(key)
        number += 1
    return found


class AttendanceForm(FormDialog):
    """A form whose entries become one step. Subclasses give ``changes`` and ``step_title``.

    What was entered is thrown away only when asked a second time; ``ask_twice`` does the same for what
    should be known before it is stored.
    """

    ASKS_TWICE = True

    def __init__(
        self,
        session: YearSession,
        title: str,
        parent: QWidget | None = None,
        *,
        width: int = 600,
        accept_text: str = "保存",
    ) -> None:
        super().__init__(title, accept_text, parent, width=width)
        self.session = session
        self._accept_text = accept_text
        self._asked: set[str] = set()

    def opened(self, *place: str) -> None:
        """The form of the items ``place`` stands as it was opened: from here on what differs is unsaved, and kept as a draft."""
        self.keep_drafts(self.session, *place)
        if self.session.read_only:
            self.accept_button.setEnabled(False)
            self.refuse(self.session.read_only_reason)

    def add_heading(self, words: str, campaign: Campaign | None = None) -> QLabel:
        """As in every form, delegates masked as in the record of attendance."""
        return super().add_heading(redacted_record(words), campaign)

    def add_words(self, words: str, role: str = "") -> QLabel:
        """As in every form, delegates masked as in the record of attendance."""
        return super().add_words(redacted_record(words), role)

    # what subclasses say

    def changes(self) -> Sequence[RowChange]:
        """What is stored; ``UserError`` where it cannot be."""
        raise NotImplementedError

    def step_title(self) -> str:
        """What the step is called."""
        raise NotImplementedError

    # storing

    def accept_form(self) -> None:
        """All entries are stored as one step."""
        session = self.session
        wanted = [one for one in self.changes() if one.before != one.after]
        if not wanted:
            return
        try:
            session.attempt_and_tell(commands.apply_changes, self.step_title(), wanted)
        except UserError as error:
            self._say_below(error)
            raise

    def _say_below(self, error: UserError) -> None:
        """An ID number is refused below its field."""
        for binding in self.findChildren(Binding):
            if has_id_number(str(binding.value())):
                binding.point_out(error.what)
                return

    def ask_twice(self, words: str, confirm: str) -> None:
        """``CommandError`` with ``words`` the first time; stored where ``confirm`` is pressed."""
        if words in self._asked:
            return
        self._asked.add(words)
        self.accept_button.setText(confirm)
        raise CommandError(words, "", f"仍要这样做，请按“{confirm}”。")
