"""宝公开排期：没有命令就打开窗口，有命令就不开窗口地做完。"""

from __future__ import annotations

import sys
from collections.abc import Sequence

# What is needed is imported where it is: a command does not wait for Qt, the window not for the commands.


def main(arguments: Sequence[str] | None = None) -> int:
    """Do what the words of the command line ask; the exit code (0 done, 1 found, 2 refused, 3 no data)."""
    words = sys.argv[1:] if arguments is None else list(arguments)
    if not words:
        return open_window(None)
    if len(words) == 2 and words[0] == "--data" and not words[1].startswith("-"):
        return open_window(words[1])
    return run_words(words)


def open_window(data: str | None) -> int:
    """Show the window on the data file ``data``; 0 when it was closed."""
    from gui.shell.app import run_window

    return run_window(data)


def run_words(words: Sequence[str]) -> int:
    """Do what ``words`` ask, as ``main``, whatever they are."""
    from gui.headless.arguments import read_arguments
    from gui.headless.terminal import speak_utf8

    speak_utf8()
    try:
        request = read_arguments(words)
    except SystemExit as stop:  # argparse ends so after --help and after wrong words
        return int(stop.code or 0)
    if request.command is None:
        return open_window(request.data)
    from gui.headless.commands import run_command

    return run_command(request)


if __name__ == "__main__":
    if getattr(sys, "frozen", False):
        from multiprocessing import freeze_support

        freeze_support()  # a bundle starts itself anew to plan a year
    sys.exit(main())
