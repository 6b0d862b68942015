"""窗口上的字：打开的年度里谁的姓名、电话写进了别的文字，提示、消息、菜单与标签里都遮住。

Forms show what is written in them as it is: it could not be changed otherwise.
"""

from __future__ import annotations

from models.domain.masking import NOBODY, Masks, Where

_hidden: list[Masks] = [NOBODY]


def hide(masks: Masks) -> None:
    """From now on the people of ``masks`` are hidden in the window."""
    _hidden[0] = masks


def seen(text: str, where: Where = Where.WORDS) -> str:
    """``text`` as it may be looked at."""
    return _hidden[0].text(text, where)


def seen_record(text: str) -> str:
    """``text`` from the record of attendance as it may be looked at."""
    return seen(text, Where.RECORD)
