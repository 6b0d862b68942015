"""活动的附属材料：佐证材料与“科创问政”专区的内容。"""

from datetime import date
from typing import NamedTuple

from models.domain.events import Labelled


class EvidenceKind(Labelled):
    """What a piece of evidence is; one of each of the first five makes the record of an event whole."""

    SIGN_IN = "sign_in", "签到表"
    PHOTO = "photo", "现场照片"
    LINK = "link", "报道链接"
    QUESTIONNAIRE = "questionnaire", "调查问卷"
    PRESS = "press", "新闻稿"
    DISCLOSURE = "disclosure", "公开清单"
    OTHER = "other", "其他"


class Evidence(NamedTuple):
    """佐证材料 of an event: a file kept beside the data file under its content hash, or a link.

    ``digest`` is the SHA-256 of the file in hexadecimal, empty for a link. ``dated_on`` is the day of
    the paper itself, ``added_on`` the day it was put here.
    """

    key: str
    event: str
    kind: EvidenceKind
    title: str = ""
    file_name: str = ""
    digest: str = ""
    size: int = 0
    link: str = ""
    dated_on: date | None = None
    added_on: date | None = None
    note: str = ""


class Zone(NamedTuple):
    """What a “科创问政” zone explains (§3: 背景、依据、目的、创新做法), who explains each, and its leaflets.

    ``event`` is the zone's own event, which names the meeting that carries it in ``host_event``.
    """

    key: str
    event: str
    background: str = ""
    background_by: str = ""
    basis: str = ""
    basis_by: str = ""
    purpose: str = ""
    purpose_by: str = ""
    practice: str = ""
    practice_by: str = ""
    leaflets: tuple[str, ...] = ()
