"""拼音首字母：多音字全算，标点没有。"""

from __future__ import annotations

from gui.services.pinyin import characters_by_letter, initials_of


def test_a_character_has_the_initials_of_all_its_readings() -> None:
    assert initials_of("法") == "f"
    assert set("hx") <= set(initials_of("行"))
    assert initials_of("“") == ""


def test_characters_are_listed_under_each_of_their_letters() -> None:
    found = characters_by_letter(["法律", "杨行镇A"])
    assert found["f"] == "法"
    assert "行" in found["h"]
    assert "行" in found["x"]
    assert "a" not in found
