"""谁可以引用谁：从源码里查，函数里的引用也算。"""

from __future__ import annotations

import ast
import sys
from collections.abc import Iterator
from functools import cache
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
CLOCK_CALLS = {("date", "today"), ("datetime", "now"), ("datetime", "utcnow"), ("time", "time")}
STOPWATCHES = {"monotonic", "perf_counter", "process_time", "thread_time"}
WAITS = {"waitSignal", "waitUntil"}

# room → what it may import beside the standard library (a prefix covers what is below it)
ALLOWED = {
    "models/domain": {"models.domain"},
    "models": {"models", "peewee", "playhouse", "platformdirs"},
    "planners": {"models.domain", "planners"},
    "planners/autoplan/exact": {"models.domain", "planners", "highspy", "numpy"},
    "exports": {
        "models.domain",
        "planners",
        "exports",
        "icalendar",
        "dateutil",
        "reportlab",
        "pypdfium2",
        "openpyxl",
        "defusedxml",
        "docx",
    },
    "exports/server": {"models.domain", "planners", "exports", "defusedxml"},
    "gui/headless": {"models", "planners", "exports", "gui.headless", "gui.services"},
    "gui/services": {"models", "planners", "exports", "gui.services", "platformdirs", "pypinyin"},
    "gui": {
        "models",
        "planners",
        "exports",
        "gui",
        "PySide6",
        "shiboken6",
        "platformdirs",
        "pypinyin",
        "keyring",
        "pypdfium2",
    },
    "main.py": {"gui", "models.domain"},
}
FORBIDDEN = {"gui": {"models.tables", "models.rows"}, "gui/headless": {"models.tables", "models.rows"}}


def room_of(path: Path) -> str:
    """The innermost room of the table above that holds ``path``."""
    relative = path.relative_to(ROOT).as_posix()
    return max((room for room in ALLOWED if relative == room or relative.startswith(room + "/")), key=len)


def sources() -> list[Path]:
    """Every Python file of the program itself."""
    folders = [ROOT / name for name in ("models", "planners", "exports", "gui")]
    return sorted([ROOT / "main.py", *(path for folder in folders for path in folder.rglob("*.py"))])


@cache
def imports(path: Path) -> tuple[tuple[int, str], ...]:
    """Line and dotted name of every import in ``path``; ``from a import b`` gives ``a.b``."""
    return tuple(_imports(path))


def _imports(path: Path) -> Iterator[tuple[int, str]]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from ((node.lineno, alias.name) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}:{node.lineno}: relative import"
            yield from ((node.lineno, f"{node.module}.{alias.name}") for alias in node.names)


def covered(name: str, prefixes: set[str]) -> bool:
    return any(name == prefix or name.startswith(prefix + ".") for prefix in prefixes)


def violations(path: Path) -> list[str]:
    room = room_of(path)
    found = []
    for line, name in imports(path):
        if name.split(".")[0] in sys.stdlib_module_names:
            continue
        if not covered(name, ALLOWED[room]) or covered(name, FORBIDDEN.get(room, set())):
            found.append(f"{path.relative_to(ROOT)}:{line}: {room} must not import {name}")
    return found


def test_every_room_imports_only_what_the_table_allows() -> None:
    assert [line for path in sources() for line in violations(path)] == []


# A room of the window may import itself and those before it; a feature never another one, the shell every one.
BELOW = ("services", "session", "kit")


def features() -> set[str]:
    """The rooms of ``gui`` that are sorted by what a person does."""
    rooms = {path.name for path in (ROOT / "gui").iterdir() if (path / "__init__.py").exists()}
    return rooms - {*BELOW, "shell", "headless"}


def crossings(path: Path) -> list[str]:
    """What ``path``, a file of ``gui``, imports from a room that it may not know."""
    room = path.relative_to(ROOT / "gui").parts[0]
    if room in ("shell", "headless"):
        return []
    known = {*BELOW[: BELOW.index(room) + 1]} if room in BELOW else {*BELOW, room}
    asked = [(line, name.split(".")) for line, name in imports(path)]
    return [
        f"{path.relative_to(ROOT)}:{line}: {room} must not import {'.'.join(parts)}"
        for line, parts in asked
        if parts[0] == "gui" and len(parts) > 1 and parts[1] not in known
    ]


def test_no_feature_of_the_window_knows_another() -> None:
    assert {"overview", "calendar", "ledger", "rules", "attendance", "event", "years"} <= features()
    paths = [path for path in (ROOT / "gui").rglob("*.py") if path.parent != ROOT / "gui"]
    assert [line for path in paths for line in crossings(path)] == []


def test_a_feature_that_knows_another_is_found(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tests.test_architecture.ROOT", tmp_path)
    bad = tmp_path / "gui" / "ledger" / "bad.py"
    bad.parent.mkdir(parents=True)
    bad.write_text("if TYPE_CHECKING:\n    from gui.calendar.page import CalendarPage\n", encoding="utf-8")
    assert crossings(bad) == ["gui/ledger/bad.py:2: ledger must not import gui.calendar.page.CalendarPage"]
    low = tmp_path / "gui" / "session" / "low.py"
    low.parent.mkdir(parents=True)
    low.write_text("from gui.kit.plain import label\nfrom gui.services.logs import log\n", encoding="utf-8")
    assert crossings(low) == ["gui/session/low.py:1: session must not import gui.kit.plain.label"]


def circle(paths: list[Path]) -> list[str]:
    """Modules among ``paths`` that know each other, one way round; type-checking imports count. [] where there are none."""
    names = {".".join(path.relative_to(ROOT).with_suffix("").parts): path for path in paths}
    known = {name: {_module(one, names) for _, one in imports(path)} - {""} for name, path in names.items()}
    try:
        TopologicalSorter(known).prepare()
    except CycleError as error:
        return list(error.args[1])
    return []


def _module(name: str, names: dict[str, Path]) -> str:
    """The module that an import of ``name`` reads: ``name`` itself, or the one that holds it."""
    return name if name in names else name.rpartition(".")[0] if name.rpartition(".")[0] in names else ""


def test_no_modules_know_each_other() -> None:
    assert circle(sources()) == []


def test_modules_that_know_each_other_are_found(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tests.test_architecture.ROOT", tmp_path)
    made = {
        "a": "from b import x",
        "b": "if TYPE_CHECKING:\n    from c import y",
        "c": "import a",
        "d": "import a",
    }
    for name, text in made.items():
        (tmp_path / f"{name}.py").write_text(text, encoding="utf-8")
    assert set(circle(sorted(tmp_path.glob("*.py")))) == {"a", "b", "c"}


def test_a_forbidden_import_inside_a_function_is_found(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tests.test_architecture.ROOT", tmp_path)
    bad = tmp_path / "planners" / "bad.py"
    bad.parent.mkdir()
    bad.write_text("def f():\n    import peewee\n    from models.store import Store\n", encoding="utf-8")
    assert violations(bad) == [
        "planners/bad.py:2: planners must not import peewee",
        "planners/bad.py:3: planners must not import models.store.Store",
    ]


def test_planners_read_no_clock_and_no_file() -> None:
    found = []
    for path in (ROOT / "planners").rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if not isinstance(node, ast.Call):
                continue
            call = node.func
            if isinstance(call, ast.Attribute) and isinstance(call.value, ast.Name):
                if (call.value.id, call.attr) in CLOCK_CALLS:
                    found.append(f"{path.relative_to(ROOT)}:{node.lineno}")
            elif isinstance(call, ast.Name) and call.id == "open":
                found.append(f"{path.relative_to(ROOT)}:{node.lineno}")
    assert found == []


def test_no_test_reads_a_clock_or_limits_a_wait() -> None:
    """What takes how long is for ``tests/bench`` and ``tests/torture``; how long a test waits is said once, in ``tests/gui/conftest.py``."""
    found = []
    for path in (ROOT / "tests").rglob("*.py"):
        if path.parent.name in {"bench", "torture"} or path == ROOT / "tests" / "gui" / "conftest.py":
            continue
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and _depends_on_time(node):
                found.append(f"{path.relative_to(ROOT)}:{node.lineno}")
    assert found == []


def _depends_on_time(call: ast.Call) -> bool:
    name = ast.unparse(call.func).split(".")
    limited = any(keyword.arg == "timeout" for keyword in call.keywords)
    return tuple(name[-2:]) in CLOCK_CALLS or name[-1] in STOPWATCHES or (name[-1] in WAITS and limited)


def test_no_module_shadows_the_standard_library_or_a_dependency() -> None:
    taken = set(sys.stdlib_module_names) | {"icalendar", "reportlab", "peewee", "openpyxl", "docx"}
    names = {path.stem for path in sources() if path.stem != "__init__"}
    allowed = {"queries", "errors"}
    assert (names & taken) - allowed == set()


SETTINGS_CALLED_LIKE_A_RULE = {"campus.stages"}
"""Names of settings of the year that a rule happens to share."""


def test_no_module_names_a_rule_by_its_code() -> None:
    """What a rule means is asked of its fields, so that a rule set may have others."""
    from models.rulesets import available_rulesets, ruleset_for

    codes = {rule.code for year in available_rulesets() for rule in ruleset_for(year, year).rules}
    named = [
        f"{path.relative_to(ROOT)}:{node.lineno} {node.value}"
        for path in sources()
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Constant) and node.value in codes - SETTINGS_CALLED_LIKE_A_RULE
    ]
    assert named == []
