"""草稿：填了一半的活动表单，程序意外结束也不丢。"""

import json
from contextlib import suppress
from datetime import datetime
from pathlib import Path
from typing import NamedTuple

from models.domain import codec
from models.domain.errors import StoreError
from models.domain.events import Event
from models.domain.snapshot import ItemKind

FORMAT = "event-draft/1"
LARGEST = 200_000


class Draft(NamedTuple):
    """A half-filled form: of which year, of a new event or not, and when it was last touched."""

    year: int
    is_new: bool
    event: Event
    at: datetime


class DraftFile:
    """The one draft beside a data file. It never costs the form itself: what cannot be written is let go."""

    def __init__(self, data_file: Path) -> None:
        self.path = data_file.with_name(f"{data_file.stem}.draft.json")

    def keep(self, draft: Draft) -> None:
        """Afterwards ``draft`` is on the disk, private to the user, where the disk allows it."""
        from exports.files import write_atomically

        plain = {
            "format": FORMAT,
            "year": draft.year,
            "is_new": draft.is_new,
            "at": draft.at.isoformat(timespec="seconds"),
            "event": codec.to_plain(draft.event),
        }
        with suppress(StoreError, OSError):
            if not self.path.exists():
                self.path.touch(mode=0o600)
            write_atomically(self.path, json.dumps(plain, ensure_ascii=False).encode("utf-8"))

    def read(self) -> Draft | None:
        """The draft that was left behind; None where there is none that can be read."""
        try:
            if self.path.stat().st_size > LARGEST:
                return None
            plain = json.loads(self.path.read_text(encoding="utf-8"))
            if plain["format"] != FORMAT:
                return None
            event = codec.from_plain(ItemKind.EVENT, plain["event"], "", [])
            at = datetime.fromisoformat(plain["at"])
            return Draft(int(plain["year"]), plain["is_new"] is True, event, at) if event else None  # type: ignore[arg-type]
        except (OSError, ValueError, KeyError, TypeError):
            return None

    def discard(self) -> None:
        """Afterwards there is no draft."""
        with suppress(OSError):
            self.path.unlink(missing_ok=True)
