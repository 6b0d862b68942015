"""错误：凡预料得到的，都用中文说清楚发生了什么、意味着什么、该怎么办。"""

from __future__ import annotations


class UserError(Exception):
    """Something that can be expected, said in Chinese.

    ``what`` happened, ``effect`` of it, ``remedy``: what to do. Nothing has been changed.
    """

    def __init__(self, what: str, effect: str = "", remedy: str = "") -> None:
        self.what = what
        self.effect = effect
        self.remedy = remedy
        super().__init__("".join(part for part in (what, effect, remedy) if part))


class InputError(UserError):
    """A file or value from outside cannot be taken (exit 2); ``place`` says where in the file."""

    def __init__(self, what: str, effect: str = "", remedy: str = "", place: str = "") -> None:
        super().__init__(what, effect, remedy)
        self.place = place


class CommandError(UserError):
    """A command was refused because the facts do not allow it (exit 2)."""


class StoreError(UserError):
    """The data cannot be opened or written (exit 3); nothing is lost."""


class BusyError(StoreError):
    """Another program holds the data file at this moment; tried again later it may work."""


class ReadOnlyError(StoreError):
    """The data are open for reading only."""


class ConflictError(StoreError):
    """Somebody else changed the same item meanwhile."""
