"""交进来的文件：报送表、决策事项目录还是部门日历，认出来读成行。"""

from __future__ import annotations

from pathlib import Path

from exports.ical_import import read_events
from exports.ical_reading import MOST_BYTES as MOST_OF_CALENDAR
from exports.office_guard import MOST_BYTES as MOST_OF_SHEET
from exports.xlsx.reading.catalogue import is_catalogue, read_catalogue
from exports.xlsx.reading.submission import read_submission
from exports.xlsx.reading.values import FileReading
from models.domain.events import Campaign
from models.domain.snapshot import YearSnapshot

CATALOGUE, EITHER = "catalogue", "either"
"""What a workbook is asked for as: one or the other."""
NOTHING = "没有导入。"


def most_bytes(path: Path) -> int:
    """How large such a file may be."""
    return MOST_OF_CALENDAR if _is_calendar(path.name) else MOST_OF_SHEET


def read_incoming(
    data: bytes,
    snapshot: YearSnapshot,
    name: str,
    kind: str = EITHER,
    campaign: Campaign | None = None,
    confirmed: bool = False,  # noqa: FBT001, FBT002  it travels to another process by place
) -> FileReading:
    """What the file says to the plan; ``InputError`` where it cannot be read."""
    if _is_calendar(name):
        return read_events(data, snapshot, name, campaign=campaign, confirmed=confirmed)
    if kind == CATALOGUE or is_catalogue(data, name):
        return read_catalogue(data, snapshot, name)
    return read_submission(data, snapshot, name, campaign=campaign)


def _is_calendar(name: str) -> bool:
    return name.lower().endswith(".ics")
