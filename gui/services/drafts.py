"""草稿：填了一半的表单，程序意外结束也不丢。只给自己看，放在数据文件旁。"""

import json
from contextlib import suppress
from datetime import datetime
from pathlib import Path
from typing import Any, NamedTuple

from models.domain import codec
from models.domain.events import Event
from models.domain.snapshot import ItemKind
from models.own_files import EVENT_DRAFT, FORM_DRAFTS, draft_file
from models.plain_files import read_plain, remove_plain, write_anew

FORMAT = "event-draft/1"
FORMS_FORMAT = "form-drafts/1"
LARGEST = 200_000
LARGEST_FORMS = 2_000_000


def keep_private(path: Path, plain: object) -> bool:
    """Whether ``path`` holds ``plain`` now, private to the user; what a link leads to is never written."""
    with suppress(OSError):
        write_anew(path, json.dumps(plain, ensure_ascii=False).encode("utf-8"), pause=_at_once)
        return True
    return False


def _at_once(seconds: float) -> None:
    """A form never stands still for its draft: where the file is held, the next try writes it."""


def read_private(path: Path, largest: int) -> Any:
    """What ``keep_private`` wrote; ``OSError`` or ``ValueError`` where it cannot be read or is too long."""
    return json.loads(read_plain(path, largest))


class Draft(NamedTuple):
    """A half-filled form: of which year, of a new event or not, and when it was last touched."""

    year: int
    is_new: bool
    event: Event
    at: datetime


class DraftFile:
    """The one draft of an event beside a data file. It never costs the form itself: what cannot be written is let go."""

    def __init__(self, data_file: Path) -> None:
        self.path = draft_file(data_file, EVENT_DRAFT)

    def keep(self, draft: Draft) -> None:
        """Afterwards ``draft`` is on the disk, private to the user, where the disk allows it."""
        plain = {
            "format": FORMAT,
            "year": draft.year,
            "is_new": draft.is_new,
            "at": draft.at.isoformat(timespec="seconds"),
            "event": codec.to_plain(draft.event),
        }
        keep_private(self.path, plain)

    def read(self) -> Draft | None:
        """The draft that was left behind; None where there is none that can be read."""
        try:
            plain = read_private(self.path, LARGEST)
            if plain["format"] != FORMAT:
                return None
            event = codec.from_plain(ItemKind.EVENT, plain["event"], "", [])
            at = datetime.fromisoformat(plain["at"])
            return Draft(int(plain["year"]), plain["is_new"] is True, event, at) if event else None  # type: ignore[arg-type]
        except (OSError, ValueError, KeyError, TypeError):
            return None

    def discard(self) -> None:
        """Afterwards there is no draft."""
        remove_plain(self.path)


class FormDraft(NamedTuple):
    """What was entered in a form of any kind. ``key``: kind of form, year and item; ``title``: what the form is called."""

    key: str
    year: int
    title: str
    at: datetime
    values: Any

    @property
    def kind(self) -> str:
        """The kind of the form."""
        return self.key.split("|")[0]

    @property
    def place(self) -> tuple[str, ...]:
        """The keys of the items that the form is about; "" stands for a new one."""
        return tuple(self.key.split("|")[2:])


class FormDrafts:
    """The drafts of all other forms beside a data file, in one file; it goes with the last of them."""

    def __init__(self, data_file: Path) -> None:
        self.path = draft_file(data_file, FORM_DRAFTS)

    def read(self) -> tuple[FormDraft, ...]:
        """All drafts that can be read, the newest first."""
        try:
            plain = read_private(self.path, LARGEST_FORMS)
            if plain["format"] != FORMS_FORMAT:
                return ()
            found = [
                FormDraft(str(key), int(year), str(title), datetime.fromisoformat(at), values)
                for key, year, title, at, values in plain["drafts"]
            ]
        except (OSError, ValueError, KeyError, TypeError):
            return ()
        return tuple(sorted(found, key=lambda draft: draft.at, reverse=True))

    def find(self, key: str) -> FormDraft | None:
        """The draft called ``key``."""
        return next((draft for draft in self.read() if draft.key == key), None)

    def keep(self, draft: FormDraft) -> bool:
        """Whether ``draft`` stands in the place of the one with its key now: where the disk allows it."""
        return self._write([draft, *(one for one in self.read() if one.key != draft.key)])

    def discard(self, key: str = "") -> None:
        """Afterwards there is no draft called ``key``; none at all for ""."""
        known = self.read() if self.path.exists() else ()
        left = [one for one in known if key and one.key != key]
        if left:
            if len(left) < len(known):
                self._write(left)
        else:
            remove_plain(self.path)

    def _write(self, drafts: list[FormDraft]) -> bool:
        rows = [
            [one.key, one.year, one.title, one.at.isoformat(timespec="seconds"), one.values] for one in drafts
        ]
        return keep_private(self.path, {"format": FORMS_FORMAT, "drafts": rows})
