"""一叠函件写进一个文件夹：先逐份做好，再一份份写；文件名默认不带姓名。"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import NamedTuple

from exports.files import safe_name, write_atomically
from exports.letters import LetterTo, letter_words, why_no_feedback
from models.domain.attendance import Invitation
from models.domain.errors import StoreError
from models.domain.masking import Where, masks_of
from models.domain.snapshot import YearSnapshot


class LetterClosing(NamedTuple):
    """What stands at the end of the letters: who signs ("": the office), whom to call, room for a seal or not.

    ``day`` dates all of them; None: each the recorded one, else today.
    """

    issuer: str = ""
    contact: str = ""
    phone: str = ""
    sealed: bool = False
    day: date | None = None


class LetterOrder(NamedTuple):
    """Letters on a decision: kind, format, and for each delegate key, name and day (None: the recorded one)."""

    decision: str
    name: str
    feedback: bool
    suffix: str
    people: tuple[tuple[str, str, date | None], ...]
    masked: bool
    folder: Path
    closing: LetterClosing = LetterClosing()

    @property
    def kind(self) -> str:
        """What the letters are called."""
        return "反馈函" if self.feedback else "邀请函"

    @property
    def letters(self) -> Iterator[LetterTo]:
        """The letters, one after the other."""
        closing = self.closing
        return (
            LetterTo(
                self.decision, delegate, self.feedback, self.masked, closing.issuer, closing.day or day,
                closing.contact, closing.phone, closing.sealed,
            )
            for delegate, _, day in self.people
        )  # fmt: skip


def why_no_letter(snapshot: YearSnapshot, row: Invitation, *, feedback: bool) -> str:
    """Why there is no such letter for the delegate; "" where there is. Everybody who is called can be invited."""
    return why_no_feedback(snapshot, row) if feedback else ""


def day_of(row: Invitation, today: date, *, feedback: bool) -> date | None:
    """The day of the letter: ``today``, where nothing that is recorded gives it its day (None)."""
    recorded = row.told_on if feedback else row.invited_on
    return None if recorded else today


class WrittenLetters(NamedTuple):
    """The file names, and the characters that could only be printed as 〓."""

    names: list[str]
    missing: str = ""


def file_names(snapshot: YearSnapshot, order: LetterOrder) -> list[str]:
    """One name for each letter; without any delegate's name where names are masked."""
    name = masks_of(snapshot).text(order.name, Where.RECORD)[:40]
    return [
        f"{safe_name(f'{order.kind}-{name}-{number:02d}{_tail(order, person)}')}.{order.suffix}"
        for number, (_, person, _) in enumerate(order.people, 1)
    ]


def _tail(order: LetterOrder, name: str) -> str:
    return "" if order.masked or not name.strip() else f"-{name.strip()[:20]}"


def require_letters(snapshot: YearSnapshot, order: LetterOrder) -> None:
    """Raises ``CommandError`` where one of the letters cannot be made."""
    for to in order.letters:
        letter_words(snapshot, to)


def write_letters(
    snapshot: YearSnapshot, order: LetterOrder, step: Callable[[int, int], None] = lambda _done, _total: None
) -> WrittenLetters:
    """The letters written; nothing is written before all of them are made. ``step`` is told how many are."""
    made = []
    total = len(order.people)
    for number, to in enumerate(order.letters):
        step(number, total)
        made.append(_letter(snapshot, to, order.suffix))
    step(total, total)
    names: list[str] = []
    for name, data in zip(file_names(snapshot, order), made, strict=True):
        try:
            write_atomically(order.folder / name, data)
        except StoreError as error:
            effect = f"{error.effect}{f'前面 {len(names)} 份已写好。' if names else ''}"
            raise StoreError(error.what, effect, error.remedy) from error
        names.append(name)
    return WrittenLetters(names, _missing_glyphs(snapshot, order))


def _missing_glyphs(snapshot: YearSnapshot, order: LetterOrder) -> str:
    """The characters that the PDFs print as 〓; Word finds fonts for itself."""
    if order.suffix != "pdf":
        return ""
    from exports.pdf.letters import missing_glyphs

    made = (letter_words(snapshot, to) for to in order.letters)
    return "".join(dict.fromkeys("".join(map(missing_glyphs, made))))


def _letter(snapshot: YearSnapshot, to: LetterTo, suffix: str) -> bytes:
    if suffix == "pdf":
        from exports.pdf.letters import letter_pdf

        return letter_pdf(snapshot, to)
    from exports.docx.letters import letter_docx

    return letter_docx(snapshot, to)
