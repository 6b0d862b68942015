"""菜单的条目：动作、单选与访问键。"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtGui import QAction, QActionGroup, QKeySequence
from PySide6.QtWidgets import QMenu, QMenuBar

from gui.kit.plain import escaped

TEXT_SIZES = (("标准", 1.0), ("大", 1.15), ("特大", 1.3))
COLOR_MODES = (("跟随系统", "system"), ("浅色", "light"), ("深色", "dark"))


def add_action(menu: QMenu, words: str, run: Callable[[], object], shortcut: str = "") -> QAction:
    """An entry of ``menu``; ``run`` is a bound method or a partial of one."""
    action = menu.addAction(escaped(words))
    action.triggered.connect(partial(_call, run))
    if shortcut:
        action.setShortcut(QKeySequence(shortcut))
    return action


def _call(run: Callable[[], object], _checked: bool = False) -> None:  # noqa: FBT001, FBT002
    run()


def add_choices(
    menu: QMenu, choices: tuple[tuple[str, object], ...], chosen: object, run: Callable[[object], object]
) -> QActionGroup:
    """Entries of which one is chosen."""
    group = QActionGroup(menu)
    for words, value in choices:
        action = add_action(menu, words, partial(run, value))
        action.setCheckable(True)
        action.setData(value)
        action.setChecked(value == chosen)
        group.addAction(action)
    return group


def show_choice(group: QActionGroup, value: object) -> None:
    """Tick the entry of ``value``, without doing anything else."""
    for action in group.actions():
        action.setChecked(action.data() == value)


def add_menu(bar: QMenuBar, words: str, letter: str) -> QMenu:
    """A menu with its access key: 文件(F)."""
    return bar.addMenu(f"{words}(&{letter})")
