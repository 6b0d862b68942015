"""新建年度的草稿：与数据文件放在一起，退出后从那一步接着填。"""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Any, NamedTuple

from gui.services.drafts import keep_private, read_private
from gui.years.wizard.answers import Answers, FirstRound, HolidaySource
from gui.years.wizard.problems import STEPS
from models.domain import codec
from models.domain.snapshot import ItemKind
from models.domain.year import Year
from models.own_files import YEAR_DRAFT, draft_file
from models.plain_files import remove_plain

FORMAT = "new-year-draft/1"
LARGEST = 2_000_000


class YearDraft(NamedTuple):
    """Half-given answers and when they were touched last."""

    answers: Answers
    at: datetime


class YearDraftFile:
    """The one draft of a new year beside a data file; what cannot be written or read is let go."""

    def __init__(self, data_file: Path) -> None:
        self.path = draft_file(data_file, YEAR_DRAFT)

    def keep(self, draft: YearDraft) -> bool:
        """Whether ``draft`` is on the disk now, private to the user."""
        return keep_private(self.path, _to_plain(draft))

    def read(self) -> YearDraft | None:
        """The draft that was left; None where there is none that can be read."""
        try:
            return _from_plain(read_private(self.path, LARGEST))
        except (OSError, ValueError, KeyError, TypeError):
            return None

    def discard(self) -> None:
        """Afterwards there is no draft."""
        remove_plain(self.path)


_LISTS = (ItemKind.UNIT, ItemKind.VENUE, ItemKind.SCHOOL)


def _to_plain(draft: YearDraft) -> dict[str, Any]:
    answers = draft.answers
    row = Year(
        answers.year,
        answers.district,
        answers.ruleset,
        answers.holidays,
        (answers.themes[0], answers.themes[1], answers.themes[2], answers.themes[3]),
        answers.settings,
    )
    return {
        "format": FORMAT,
        "at": draft.at.isoformat(timespec="seconds"),
        "step": answers.step,
        "previous": answers.previous,
        "switched_off": [list(pair) for pair in answers.switched_off],
        "source": answers.source.value,
        "notice_text": answers.notice_text,
        "left_out": sorted(answers.left_out),
        "first_round": answers.first_round.value,
        "year": codec.to_plain(row),
        **{kind.value: [codec.to_plain(item) for item in getattr(answers, kind.value)] for kind in _LISTS},
    }


def _from_plain(plain: dict[str, Any]) -> YearDraft | None:
    """The draft as it was kept, also where a year could not be made of it yet (two units of one name)."""
    if plain["format"] != FORMAT:
        return None
    problems: list[codec.Problem] = []
    row = codec.from_plain(ItemKind.YEAR, plain["year"], "", problems)
    lists: Any = [
        [codec.from_plain(kind, item, "", problems) for item in plain[kind.value]] for kind in _LISTS
    ]
    if problems or not isinstance(row, Year):
        return None
    themes = tuple(theme or "" for theme in row.quarter_themes)
    answers = Answers(
        row.year,
        row.district,
        row.ruleset,
        plain["previous"] if isinstance(plain["previous"], int) else None,
        row.settings,
        tuple((str(code), str(reason)) for code, reason in plain["switched_off"]),
        HolidaySource(plain["source"]),
        row.holidays,
        str(plain["notice_text"]),
        tuple(lists[0]),
        frozenset(map(str, plain["left_out"])),
        tuple(lists[1]),
        tuple(lists[2]),
        (themes[0], themes[1], themes[2], themes[3]),
        FirstRound(plain["first_round"]),
        max(0, min(len(STEPS) - 1, int(plain["step"]))),
    )
    return YearDraft(answers, datetime.fromisoformat(plain["at"]))
