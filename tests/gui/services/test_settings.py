"""程序设置：记得住，读不懂的退回默认，绝不拦住工作。"""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from gui.services.program_settings import (
    RECENT_LIMIT,
    Searched,
    Settings,
    SettingsFile,
    read_settings,
    write_settings,
)


def test_settings_come_back_as_they_were_written() -> None:
    chosen = Settings("dark", 1.15, (10, 20, 1366, 728), True, "文件夹", ("甲.db", "乙.db"))
    chosen = chosen._replace(work_hours=(7, 21), searched=(Searched("甲.db", "event", 2027, "A027"),))
    assert read_settings(write_settings(chosen)) == chosen


@pytest.mark.parametrize(
    "text",
    ["", "not json", "[]", '{"format": "settings/2", "mode": "dark"}', '{"mode": "dark"}', "\x80"],
)
def test_a_file_that_is_not_ours_gives_the_defaults(text: str) -> None:
    assert read_settings(text) == Settings()


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("mode", "pink"),
        ("mode", 1),
        ("text_scale", 7),
        ("text_scale", True),
        ("geometry", [0, 0, -5, 10]),
        ("geometry", [1e400, 0, 5, 10]),
        ("geometry", "1234"),
        ("maximized", "yes"),
        ("last_folder", 5),
        ("recent", ["a" * 5000]),
        ("work_hours", [9, 11]),
        ("work_hours", [8.0, 18]),
        ("work_hours", [8, 25]),
        ("searched", [["a.db", "event", "2027", "A1"]]),
        ("searched", [["a.db", "event"]]),
    ],
)
def test_one_bad_value_costs_only_itself(name: str, value: object) -> None:
    plain = {"format": "settings/1", "mode": "dark", "text_scale": 1.3, name: value}
    read = read_settings(json.dumps(plain))
    assert getattr(read, name) == getattr(Settings(), name)
    assert (read.mode, read.text_scale)[name == "mode"] in ("dark", 1.3)


def test_a_change_is_there_at_the_next_start(tmp_path: Path) -> None:
    path = tmp_path / "new" / "settings.json"
    SettingsFile(path).change(mode="dark", text_scale=1.3)
    assert SettingsFile(path).values == Settings(mode="dark", text_scale=1.3)


def test_a_place_that_cannot_be_written_is_told_and_the_change_still_holds(tmp_path: Path) -> None:
    blocked = tmp_path / "file"
    blocked.write_text("")
    settings = SettingsFile(blocked / "settings.json")
    settings.change(mode="dark")
    assert settings.values.mode == "dark"
    assert settings.problem.startswith("设置没有保存")


def test_the_newest_file_comes_first_and_only_so_many_are_kept(tmp_path: Path) -> None:
    settings = SettingsFile(tmp_path / "settings.json")
    for number in range(RECENT_LIMIT + 2):
        settings.remember_file(Path(f"{number}.db"))
    settings.remember_file(Path("5.db"))
    assert settings.values.recent == ("5.db", "9.db", "8.db", "7.db", "6.db", "4.db", "3.db", "2.db")
