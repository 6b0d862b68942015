"""到用时才找：信号先接上，做事的对象等到第一次要用才做。"""

from __future__ import annotations

from collections.abc import Callable
from operator import attrgetter


def later(owner: object, path: str) -> Callable[..., object]:
    """Calls what ``owner`` has at ``path`` (``desk.edit_event``) by then, with exactly what it is given."""
    find = attrgetter(path)

    def call(*given: object) -> object:
        return find(owner)(*given)

    return call
