from __future__ import annotations

import doctest

from hypothesis import given
from hypothesis import strategies as st

from models.domain import text
from models.domain.text import clean_text

ANYTHING = st.text(st.characters(exclude_categories=()), max_size=40)


def test_the_examples_in_the_docstrings_hold() -> None:
    assert doctest.testmod(text) == doctest.TestResults(failed=0, attempted=4)


def test_control_bidi_and_broken_characters_go_and_the_rest_stays() -> None:
    hostile = "\ufeff公开\u202e讲堂\x00\x1f\x7f\x85\u2028\u200f\u2066\ud800\ufffe，𠮷\t蕰藻浜\n"
    assert clean_text(hostile) == "公开讲堂，𠮷\t蕰藻浜\n"


def test_a_letter_parted_from_its_accent_by_a_removed_character_is_composed_all_the_same() -> None:
    assert clean_text("e\x01\u0301") == "é"


@given(ANYTHING)
def test_cleaning_twice_changes_nothing_more(words: str) -> None:
    cleaned = clean_text(words)
    assert clean_text(cleaned) == cleaned
    cleaned.encode()
