"""政策文件及其报备、联动、解读 (§8, §9, §11, §16)。"""

from __future__ import annotations

from datetime import date
from typing import NamedTuple


class PolicyDocument(NamedTuple):
    """A policy document published in the year.

    ``office_name``: issued in the name of 区政府 or 区政府办公室, so that §8 (备案) applies;
    ``online_service``: has a 一网通办 item, so that §16 (阅办联动) applies.
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
