"""真的程序：C 语言环境、管道、不带窗口。"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.headless.conftest import SMALL_YEAR

ROOT = Path(__file__).resolve().parent.parent.parent
C_LOCALE = {
    key: value for key, value in os.environ.items() if key not in ("PYTHONUTF8", "PYTHONIOENCODING")
} | {
    "LC_ALL": "C",
    "LANG": "C",
}


def program(*words: str, folder: Path) -> subprocess.CompletedProcess[bytes]:
    """``python main.py`` with ``words``, run from ``folder`` in the C locale."""
    command = [sys.executable, str(ROOT / "main.py"), *words]
    return subprocess.run(command, cwd=folder, env=C_LOCALE, capture_output=True, check=False)


def test_chinese_names_and_texts_survive_the_c_locale(tmp_path: Path) -> None:
    (tmp_path / "年度.json").write_text(json.dumps(SMALL_YEAR), encoding="utf-8")
    done = program("--data", "数据.db", "import", "年度.json", "--apply", folder=tmp_path)
    assert (done.returncode, done.stderr.decode()) == (0, f"已导入，可以撤销。{os.linesep}")
    written = program("--data", "数据.db", "export", "json", "2027", "-o", "-", folder=tmp_path)
    assert (written.returncode, written.stderr) == (0, b"")
    assert json.loads(written.stdout)["events"][0]["title"] == "民法典解读"
    wrong = program("check", "明年", folder=tmp_path)
    assert (wrong.returncode, wrong.stdout) == (2, b"")
    assert "年度：“明年”不对" in wrong.stderr.decode()


def test_no_command_loads_the_window_library(tmp_path: Path) -> None:
    (tmp_path / "年度.json").write_text(json.dumps(SMALL_YEAR), encoding="utf-8")
    words = [
        ["import", "年度.json", "--apply"],
        ["check", "2027"],
        ["export", "ics", "2027", "-o", "a.ics"],
        ["verify"],
    ]
    code = (
        "import sys; sys.path.insert(0, sys.argv[1]); import main\n"
        f"for words in {words!r}: main.main(['--data', 'd.db', *words])\n"
        "loaded = [name for name in ('PySide6', 'reportlab', 'icalendar', 'pypdfium2') if name in sys.modules]\n"
        "sys.exit(f'{loaded}' if loaded else 0)"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, str(ROOT)], cwd=tmp_path, capture_output=True, check=False
    )
    assert (done.returncode, (tmp_path / "a.ics").exists()) == (0, True), done.stderr.decode()


def test_a_reader_that_leaves_early_ends_the_program_in_peace(tmp_path: Path) -> None:
    events = [SMALL_YEAR["events"][0] | {"key": f"A{number}"} for number in range(2000)]
    (tmp_path / "年度.json").write_text(json.dumps(SMALL_YEAR | {"events": events}), encoding="utf-8")
    assert program("--data", "d.db", "import", "年度.json", "--apply", folder=tmp_path).returncode == 0
    command = [sys.executable, str(ROOT / "main.py"), "--data", "d.db", "export", "json", "2027", "-o", "-"]
    with subprocess.Popen(
        command, cwd=tmp_path, env=C_LOCALE, stdout=subprocess.PIPE, stderr=subprocess.PIPE
    ) as running:
        assert running.stdout is not None
        assert running.stderr is not None
        assert running.stdout.read(10) == b'{\n "format'
        running.stdout.close()
        assert running.stderr.read() == b""
    assert running.returncode == 0


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="这个系统没有 /dev/full")
def test_a_full_disk_behind_the_output_is_said(tmp_path: Path) -> None:
    (tmp_path / "年度.json").write_text(json.dumps(SMALL_YEAR), encoding="utf-8")
    assert program("--data", "d.db", "import", "年度.json", "--apply", folder=tmp_path).returncode == 0
    command = [sys.executable, str(ROOT / "main.py"), "--data", "d.db", "check", "2027"]
    with Path("/dev/full").open("wb") as full:
        done = subprocess.run(
            command, cwd=tmp_path, env=C_LOCALE, stdout=full, stderr=subprocess.PIPE, check=False
        )
    assert (done.returncode, done.stderr.decode().splitlines()[0]) == (3, "错误：结果没有写完。")
