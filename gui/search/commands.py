"""菜单里的命令：名字、在哪个菜单、快捷键、现在能不能用。"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QMenu, QMenuBar

from planners.search_index import SearchEntry, SearchKind
from planners.text_match import squeezed

_ACCESS_KEY = re.compile(r"\(&\w\)")


class Command(NamedTuple):
    """An action of the menus and the entry by which it is found."""

    entry: SearchEntry
    action: QAction


def menu_commands(bar: QMenuBar) -> dict[str, Command]:
    """Every command of the menus that is shown, by the key of its entry."""
    found = (_command(path, action, place) for place, (path, action) in enumerate(_actions(bar)))
    return {command.entry.key: command for command in found}


def _actions(bar: QMenuBar) -> Iterator[tuple[tuple[str, ...], QAction]]:
    for action in bar.actions():
        menu = action.menu()
        if isinstance(menu, QMenu):
            yield from _inside((plain_words(action.text()),), menu)


def _inside(path: tuple[str, ...], menu: QMenu) -> Iterator[tuple[tuple[str, ...], QAction]]:
    menu.aboutToShow.emit()  # a menu that is filled when it opens is filled for us as well
    for action in menu.actions():
        inner = action.menu()
        if isinstance(inner, QMenu):
            yield from _inside((*path, plain_words(action.text())), inner)
        elif not action.isSeparator() and action.isVisible() and not action.text().startswith("（"):
            yield path, action


def plain_words(text: str) -> str:
    """The words of a menu entry without its access key: 文件(&F) gives 文件.

    >>> plain_words("导入 R&&D…(&I)")
    '导入 R&D…'
    """
    return _ACCESS_KEY.sub("", text).replace("&&", "\0").replace("&", "").replace("\0", "&")


def _command(path: tuple[str, ...], action: QAction, place: int) -> Command:
    words = plain_words(action.text())
    keys = action.shortcut().toString(QKeySequence.SequenceFormat.NativeText)
    heads = squeezed(words)
    entry = SearchEntry(
        SearchKind.COMMAND,
        " › ".join((*path, words)),
        words,
        " › ".join(path) + ("" if action.isEnabled() else " · 现在不能用"),
        heads,
        "\n".join((heads, *map(squeezed, path), squeezed(keys))),
        place,
        faded=not action.isEnabled(),
        shortcut=keys,
    )
    return Command(entry, action)
