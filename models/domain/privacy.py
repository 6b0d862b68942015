"""个人信息：一个姓名、一个电话怎样遮住（文字里的见 ``masking``），身份证号码怎样认出来（一律不收）。"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from datetime import date

from models.domain.attendance import Delegate
from models.domain.field_labels import FIELD_LABELS
from models.domain.personal_names import names_nobody
from models.domain.snapshot import Item

ERASED = "已删除"
"""What stands in place of a delegate's name after it was erased."""
_PHONE = re.compile(r"(?<!\d)\+?\d[\d\s-]{5,}\d(?!\d)")
_LONG_ID = re.compile(r"(?<![0-9A-Za-z])[1-9]\d{5}[ -]?\d{8}[ -]?\d{3}[\dXx](?![0-9A-Za-z])")
_SHORT_ID = re.compile(r"(?<![0-9A-Za-z])[1-9]\d{5}[ -]?\d{6}[ -]?\d{3}(?![0-9A-Za-z])")
_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_CHECK = "10X98765432"
_PROVINCES = frozenset(
    (*range(11, 16), *range(21, 24), *range(31, 38), *range(41, 47), *range(50, 55), *range(61, 66), 71, 81, 82, 83)
)  # fmt: skip
SHORTEST_ID = 15
_NO_WORDS = frozenset({"digest", "holidays"})
"""Fields that hold no words that anybody types."""


def masked_name(name: str) -> str:
    """The name with all but its first character hidden: 张*; what names nobody (代表甲, 居民代表) stays."""
    name = name.strip()
    if len(name) < 2 or names_nobody(name):
        return name
    return f"{name[0]}*"


def masked_phone(phone: str) -> str:
    """The phone with its middle hidden: 138****1234; one that is masked already stays as it is."""
    phone = phone.strip()
    if "*" in phone:
        return phone
    digits = [place for place, char in enumerate(phone) if char.isdigit()]
    if len(digits) < 7:
        return "*" * len(phone)
    hidden = set(digits[3:-4] if len(digits) >= 11 else digits[2:-2])
    return "".join("*" if place in hidden else char for place, char in enumerate(phone))


def masked_contact(contact: str) -> str:
    """A contact with every number in it hidden but for its first three and last digits.

    >>> masked_contact("王老师 138-1234-5678，办56781234")
    '王老师 138****5678，办567**234'
    """
    return _PHONE.sub(_covered, contact)


def _covered(match: re.Match[str]) -> str:
    digits = re.sub(r"\D", "", match.group())
    tail = 4 if len(digits) >= 11 else 3
    return f"{digits[:3]}{'*' * max(2, len(digits) - 3 - tail)}{digits[-tail:]}"


def delegate_name(delegate: Delegate, *, masked: bool = True) -> str:
    """How a delegate is called on screen and paper."""
    if not delegate.name.strip():
        return ERASED
    return masked_name(delegate.name) if masked else delegate.name


def delegate_phone(delegate: Delegate, *, masked: bool = True) -> str:
    """The phone as it may be shown; "" where there is none."""
    return masked_phone(delegate.phone) if masked else delegate.phone


def has_id_number(text: str) -> bool:
    """Whether ``text`` holds a citizen's ID number: 18 digits with birth date and check digit, or the old 15.

    Blanks and hyphens between its parts and full-width digits make no difference; phones, document
    numbers and addresses on the web are none.
    """
    if len(text) < SHORTEST_ID:
        return False
    plain = unicodedata.normalize("NFKC", text)
    return any(_is_long_id(found) for found in _bare(_LONG_ID, plain)) or any(
        _is_short_id(found) for found in _bare(_SHORT_ID, plain)
    )


def field_with_id_number(item: Item) -> str:
    """What the field of ``item`` is called that holds an ID number; "" where none does."""
    for name, value in zip(item._fields, item, strict=True):
        if name not in _NO_WORDS and any(has_id_number(text) for text in _texts(value)):
            return FIELD_LABELS.get(name, name)
    return ""


def _texts(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, tuple):
        for entry in value:
            yield from _texts(entry)


def _bare(pattern: re.Pattern[str], text: str) -> list[str]:
    return [re.sub(r"[ -]", "", found) for found in pattern.findall(text)]


def _is_long_id(digits: str) -> bool:
    total = sum(weight * int(digit) for weight, digit in zip(_WEIGHTS, digits, strict=False))
    return _is_person(digits, digits[6:14]) and _CHECK[total % 11] == digits[17].upper()


def _is_short_id(digits: str) -> bool:
    return _is_person(digits, f"19{digits[6:12]}")


def _is_person(digits: str, born: str) -> bool:
    """Whether province and birth date are possible ones."""
    try:
        day = date(int(born[:4]), int(born[4:6]), int(born[6:]))
    except ValueError:
        return False
    return int(digits[:2]) in _PROVINCES and date(1900, 1, 1) <= day <= date(2099, 12, 31)
