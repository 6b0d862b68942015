"""文字筛选：词、标点、拼音首字母与多音字。"""

from __future__ import annotations

import pytest

from planners.text_match import haystack, matches, needles

BY_LETTER = {"f": "法放", "l": "律陆", "h": "行杭", "x": "行学", "y": "杨"}
TEXT = haystack(("“法律”进校园", "杨行镇", "Python 讲座"))


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("", True),
        ("法律", True),
        ("律法", False),
        ("fl", True),
        ("FL", True),
        ("法l", True),
        ("lj", False),
        ("yh", True),
        ("yx", True),
        ("python", True),
        ("法律 杨行", True),
        ("法律 罗店", False),
        ("律进", True),
        ("园杨", False),
        ("（法律）", True),
        ("[f", False),
    ],
)
def test_every_word_must_be_found_as_it_is_or_by_initials(query: str, found: bool) -> None:
    text = TEXT if query != "[f" else haystack(("讲座",))
    assert matches(text, needles(query, BY_LETTER)) is found
