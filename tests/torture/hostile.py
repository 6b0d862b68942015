"""P14、P15：敌意的文件不卡住窗口、不吃内存、不读别的文件、不碰网络；敌意的文字到哪里都只是文字。"""

from __future__ import annotations

import json
import os
import resource
import subprocess
import sys
import time
from collections.abc import Mapping
from contextlib import suppress
from functools import partial
from io import BytesIO
from pathlib import Path
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile

from exports.files import safe_name
from models.domain.errors import UserError
from tests.exports.test_every_export import HOSTILE as TEXTS
from tests.exports.test_every_export import (
    NAMES,
    test_hostile_text_is_text_in_every_export,
    test_nothing_in_an_export_is_active,
    test_text_that_never_passed_the_border_breaks_no_sink,
)
from tests.exports.test_ical_reading import HOSTILE as CALENDARS
from tests.exports.test_sheet_guard import test_what_is_not_let_in_is_said
from tests.torture.interposed import ROOT
from tests.torture.promise import Failures, Row, Trial, said_in_words

STILL = 0.2
"""Seconds that the window may stand still."""
MEMORY = 300
"""Megabytes that reading a file may take."""
_EVENT = b"BEGIN:VEVENT\nUID:%d\nDTSTART:20270617T060000Z\nSUMMARY:x\n%s\nEND:VEVENT\n"


def _calendar(*lines: bytes) -> bytes:
    return b"BEGIN:VCALENDAR\nVERSION:2.0\n" + b"".join(lines) + b"END:VCALENDAR\n"


def _zipped(name: str, content: bytes) -> bytes:
    target = BytesIO()
    with ZipFile(target, "w", ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", b"<Types/>")
        archive.writestr("xl/workbook.xml", b"<workbook/>")
        archive.writestr(name, content)
    return target.getvalue()


def hostile_files() -> Mapping[str, bytes]:
    """Files from outside that mean no good, by their names."""
    rules = (b"RRULE:FREQ=SECONDLY", b"RRULE:FREQ=DAILY;INTERVAL=0", b"RRULE:FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30",
             b"RRULE:FREQ=DAILY;UNTIL=99991231T235959Z", b"RRULE:FREQ=DAILY;COUNT=999999999", b"DURATION:P999999999W",
             b"DTEND:99991231T235959Z", b"ATTACH:file:///etc/passwd", b"DESCRIPTION:" + b"x" * 2_000_000,
             b"RDATE:" + b",".join([b"20270617T060000Z"] * 50_000))  # fmt: skip
    made = {f"日历{n}.ics": _calendar(_EVENT % (n, line)) for n, line in enumerate(rules)}
    made |= {f"{name}.ics": data for name, data in CALENDARS.items()}
    made["六万项.ics"] = _calendar(*(_EVENT % (n, b"") for n in range(60_000)))
    refused = next(mark for mark in test_what_is_not_let_in_is_said.pytestmark if mark.name == "parametrize")
    made |= {f"工作簿{n}.xlsx": data for n, (data, _) in enumerate(refused.args[1])}
    doctype = b'<?xml version="1.0"?><!DOCTYPE a [' + b"".join(
        b'<!ENTITY e%d "%s">' % (n, b"&e%d;" % (n - 1) * 10 if n else b"x" * 100) for n in range(9)
    ) + b"]><a>&e8;</a>"  # fmt: skip
    made["实体.xlsx"] = _zipped("xl/worksheets/sheet1.xml", doctype)
    made["炸弹.xlsx"] = _zipped("xl/worksheets/sheet1.xml", b"<a>" + b" " * 90_000_000)
    made["外链.xlsx"] = _zipped("xl/_rels/workbook.xml.rels", b'<Relationships><Relationship Target="http://127.0.0.1:9/x" TargetMode="External"/></Relationships>')  # fmt: skip
    return made


def files_from_outside(trial: Trial) -> list[Row]:
    """P14 with figures: read as the window reads them, with its heart beating; then with all that is opened watched."""
    folder = trial.fresh("外来")
    files = hostile_files()
    chosen = dict(list(files.items())[: max(4, trial.rounds)])
    for name, data in chosen.items():
        (folder / name).write_bytes(data)
    done = subprocess.run(
        [sys.executable, "-m", __name__, str(folder)], cwd=ROOT, capture_output=True, text=True, check=False,
        env=os.environ | {"QT_QPA_PLATFORM": "offscreen"},
    )  # fmt: skip
    if done.returncode:
        return [Row("敌意的文件", 0, [done.stderr[-1500:]])]
    told: list[dict[str, Any]] = [json.loads(line) for line in done.stdout.splitlines()]
    failures: Failures = [f"{one['name']}：{one['problem']}" for one in told if one["problem"]]
    slow, large = max(told, key=lambda one: one["still"]), max(one["memory"] for one in told)
    failures += [f"{one['name']}：窗口停了 {one['still']:.2f} 秒" for one in told if one["still"] > STILL]
    failures += [f"读文件的进程用了 {large:.0f} MB"] if large > MEMORY else []
    figure = f"窗口最多停 {slow['still']:.3f} 秒（{slow['name']}），读的进程最多 {large:.0f} MB"
    return [Row("敌意的 .ics、.xlsx，窗口的心跳", len(told), failures, figure), _watched(trial)]


def _watched(trial: Trial) -> Row:
    """Nothing but the program itself is opened while such a file is read, and nobody is called."""
    code = "import sys; from tests.torture.hostile import watch; sys.exit(watch())"
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=False)
    lines = done.stdout.splitlines()
    if not lines or done.returncode:
        return Row("敌意的文件读了什么", 0, [done.stderr[-800:]])
    return Row("敌意的文件读了什么、叫了谁", int(lines[0]), lines[1:])


def watch() -> int:
    """Print how many files were read here, and what was opened that should not be."""
    import site
    import sysconfig

    from exports.incoming import read_incoming
    from tests.exports.watching import watched
    from tests.factories import sample

    small = {name: data for name, data in hostile_files().items() if len(data) < 100_000}
    known = (
        str(ROOT),
        *site.getsitepackages(),
        sysconfig.get_path("stdlib"),
        sysconfig.get_path("platlib"),
        "/usr/share/zoneinfo",
        "/proc/",
        "/dev/",
    )
    year, strange = sample(), []
    for name, data in small.items():
        with watched() as heard, suppress(UserError):
            read_incoming(data, year, name)
        strange += [f"{name}：{one}" for one in heard if not one.startswith(known)]
    print(len(small), *strange, sep="\n")
    return 0


def beat(folder: Path) -> None:
    """Read every file of ``folder`` as the window does; a line each: how long the window stood still, and what was wrong."""
    from PySide6.QtCore import QEventLoop, QTimer
    from PySide6.QtWidgets import QApplication

    from exports.incoming import EITHER
    from gui.intake.sheets import read_file
    from gui.session.messages import Messages
    from gui.session.runner import Runner
    from tests.factories import sample

    application, year = QApplication([]), sample()
    runner, last, longest = Runner(Messages()), time.monotonic(), 0.0

    def tick() -> None:
        nonlocal last, longest
        now = time.monotonic()
        longest, last = max(longest, now - last), now

    heart = QTimer(interval=5)
    heart.timeout.connect(tick)
    heart.start()
    for path in sorted(folder.iterdir()):
        loop, said = QEventLoop(), []
        last, longest = time.monotonic(), 0.0
        runner.run(
            path.name, partial(read_file, path, year, EITHER, None), said.append, failed=said.append
        ).ended.connect(loop.quit)
        loop.exec()
        application.processEvents()
        wrong = isinstance(said[0], UserError) and not said_in_words(said[0]) if said else True
        problem = f"不是人话：{said[:1]}" if wrong else ""
        memory = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
        print(
            json.dumps({"name": path.name, "still": longest, "memory": memory, "problem": problem}),
            flush=True,
        )


# ── 敌意的文字 ──


def texts_and_sinks(trial: Trial) -> list[Row]:
    """P15 with figures."""
    failures: Failures = []
    names = NAMES[: max(3, trial.rounds)]
    for name in names:
        for test in (
            test_hostile_text_is_text_in_every_export,
            test_nothing_in_an_export_is_active,
            test_text_that_never_passed_the_border_breaks_no_sink,
        ):
            if test is test_text_that_never_passed_the_border_breaks_no_sink and name == "package json":
                continue  # it is the border
            try:
                test(name)
            except AssertionError as error:
                failures.append(f"{name}：{test.__name__} {str(error)[:200]}")
    rows = [Row(f"{len(TEXTS)} 种文字 × {len(names)} 种写出", len(TEXTS) * len(names), failures)]
    return [*rows, _file_names(trial), _in_the_window()]


def _file_names(trial: Trial) -> Row:
    folder, failures = trial.fresh("名"), []
    for text in TEXTS:
        path = folder / safe_name(text)
        if path.parent != folder or len(path.name.encode()) >= 200:
            failures.append(f"文件名：{text[:30]!r}")
            continue
        path.write_bytes(b"x")
    return Row("敌意的文字作文件名", len(TEXTS), failures)


def _in_the_window() -> Row:
    """Every page, label, tool tip and search of a window on a year that is called so."""
    done = subprocess.run(
        [sys.executable, "-c", "from tests.torture.hostile import look; look()"], cwd=ROOT, capture_output=True, text=True,
        check=False, env=os.environ | {"QT_QPA_PLATFORM": "offscreen"},
    )  # fmt: skip
    lines = done.stdout.splitlines()
    if done.returncode or not lines:
        return Row("敌意的文字在窗口里", 0, [done.stderr[-1500:]])
    return Row("敌意的文字在窗口各页：标签、提示、搜索", int(lines[0]), lines[1:])


def look() -> None:
    """Print how many texts were looked at in the window, and those that are shown as markup."""
    from tempfile import TemporaryDirectory

    from PySide6.QtCore import Qt
    from PySide6.QtWidgets import QApplication, QLabel, QWidget

    from gui.services.program_settings import SettingsFile
    from gui.session.year_session import YearSession
    from gui.shell.main_window import MainWindow
    from gui.shell.pages import PAGES
    from models import commands
    from models.store import open_store
    from tests.exports.every_export import TODAY
    from tests.exports.test_every_export import hostile
    from tests.gui.conftest import NOW

    del TODAY
    application = QApplication([])
    wrong, seen = [], 0
    with TemporaryDirectory() as place:
        folder = Path(place)
        with open_store(folder / "数据.db") as store:
            commands.create_year(store, hostile().now)
        window = MainWindow(
            lambda store, messages: YearSession(store, messages, clock=lambda: NOW),
            SettingsFile(folder / "设置.json"),
            folder,
            folder / "数据.db",
        )
        window.open_with(lambda: open_store(folder / "数据.db"))
        for entry in PAGES:
            window.pages.show_page(entry.name) if hasattr(window, "pages") else window.show_page(entry.name)
            application.processEvents()
            window.grab()
            for widget in window.findChildren(QWidget):
                tip = widget.toolTip()
                seen += bool(tip)
                if "<img" in tip and Qt.mightBeRichText(tip):
                    wrong.append(f"{entry.name}：提示 {tip[:60]}")
                if isinstance(widget, QLabel):
                    seen += 1
                    rich = widget.textFormat() != Qt.TextFormat.PlainText and Qt.mightBeRichText(
                        widget.text()
                    )
                    wrong += (
                        [f"{entry.name}：标签 {widget.text()[:60]}"]
                        if rich and "<img" in widget.text()
                        else []
                    )
        print(seen, *wrong, sep="\n", flush=True)
        os._exit(0)


if __name__ == "__main__":
    beat(Path(sys.argv[1]))
