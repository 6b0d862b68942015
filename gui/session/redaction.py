"""窗口上的字：打开的年度里谁的姓名、电话写进了别的文字，提示、消息、菜单与标签里都遮住。

Forms show what is written in them as it is: it could not be changed otherwise.
"""

from __future__ import annotations

from models.domain.attendance import Decision, Delegate
from models.domain.masking import NOBODY, Masks, Where
from models.domain.privacy import delegate_name, delegate_phone


class _Veil:
    """Whom the window hides, and whether it does not for the moment."""

    masks: Masks = NOBODY
    lifted = False


def hide(masks: Masks) -> None:
    """From now on the people of ``masks`` are hidden in the window, whatever is held."""
    _Veil.masks, _Veil.lifted = masks, False


def reveal(shown: bool) -> None:  # noqa: FBT001
    """Nobody is hidden in what is written while ``shown``: the user holds the button that shows names."""
    _Veil.lifted = shown


def redacted(text: str, where: Where = Where.WORDS) -> str:
    """``text`` as it may be looked at."""
    return text if _Veil.lifted else _Veil.masks.text(text, where)


def redacted_record(text: str) -> str:
    """``text`` from the record of attendance as it may be looked at."""
    return redacted(text, Where.RECORD)


def decision_name(decision: Decision) -> str:
    """How a decision is called in headings and steps."""
    return decision.short or decision.title


def delegate_words(delegate: Delegate, *, masked: bool = True) -> str:
    """张* · 学生家长 · 138****1234."""
    phone = delegate_phone(delegate, masked=masked)
    group = redacted_record(delegate.group)
    parts = (delegate_name(delegate, masked=masked), group, phone)
    return " · ".join(part for part in parts if part)
