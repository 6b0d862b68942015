"""政策文件及其报备、联动、解读 (§8, §9, §11, §16)。"""

from datetime import date
from typing import NamedTuple


class PolicyDocument(NamedTuple):
    """A policy document published in the year.

    ``office_name``: issued in the name of 区政府 or 区政府办公室, so that §8 (备案) applies;
    ``online_service``: has a 一网通办 item, so that §16 (阅办联动) applies. ``materials`` are the kinds
    filed with it (§8), of which 跟踪解读 may stay open; ``unit`` drafted it.
    """

    key: str
    title: str
    number: str = ""
    issuer: str = ""
    published_on: date | None = None
    office_name: bool = False
    online_service: bool = False
    forms: tuple[str, ...] = ()
    filed_on: date | None = None
    linked_on: date | None = None
    integrated: bool = False
    materials: tuple[str, ...] = ()
    unit: str | None = None
    note: str = ""


MATERIALS = ("草案解读", "精细化解读", "跟踪解读")
"""What §8 has filed with a document; the last may stay open."""

INTERPRETATIONS = (
    "文字解读", "图文解读", "音视频解读", "动漫解读", "问答解读", "新闻发布会", "专家解读", "媒体评论",
)  # fmt: skip
"""Forms of interpretation that are offered (§9); a document may have others."""
