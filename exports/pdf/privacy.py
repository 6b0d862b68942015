"""联系人里的电话：打印前遮住中间的数字。"""

from __future__ import annotations

import re

_PHONE = re.compile(r"(?<!\d)\+?\d[\d\s-]{5,}\d(?!\d)")


def contact_words(contact: str, *, masked: bool) -> str:
    """A contact as it is printed; masked, of every number only the first three and last digits are left.

    >>> contact_words("王老师 138-1234-5678，办56781234", masked=True)
    '王老师 138****5678，办567**234'
    """
    return _PHONE.sub(_covered, contact) if masked else contact


def _covered(match: re.Match[str]) -> str:
    digits = re.sub(r"\D", "", match.group())
    tail = 4 if len(digits) >= 11 else 3
    return f"{digits[:3]}{'*' * max(2, len(digits) - 3 - tail)}{digits[-tail:]}"
