"""佐证材料齐不齐。"""

from __future__ import annotations

from typing import Any

from models.domain.events import Campaign, Event, EventStatus
from models.domain.papers import Evidence, EvidenceKind
from models.domain.snapshot import YearSnapshot
from planners.evidence import guessed_kind, kinds_setting, missing_by_event, needed_kinds
from tests.factories import event, year

K = EvidenceKind


def held(**fields: Any) -> Event:
    return event(Campaign.PARK, "2027-03-05", key="E1", status=EventStatus.HELD, **fields)


def missing_kinds(snapshot: YearSnapshot, event: Event) -> tuple[EvidenceKind, ...]:
    """What the record of one event lacks."""
    return missing_by_event(snapshot).get(event.key, ())


def test_a_visit_needs_list_photo_and_link_and_a_questionnaire_where_one_was_used() -> None:
    assert needed_kinds(held()) == (K.SIGN_IN, K.PHOTO, K.LINK)
    assert needed_kinds(held(forms=("调查问卷",))) == (K.SIGN_IN, K.PHOTO, K.LINK, K.QUESTIONNAIRE)
    assert needed_kinds(event(Campaign.HOST_MEETING)) == ()


def test_what_is_there_is_missing_no_more_and_press_stands_for_a_link() -> None:
    evidence = (
        Evidence("F1", "E1", K.PRESS, digest="a" * 64),
        Evidence("F2", "E2", K.PHOTO, link="https://a.cn"),
    )
    assert missing_kinds(year(held(), evidence=evidence), held()) == (K.SIGN_IN, K.PHOTO)
    assert missing_kinds(year(held(url="https://a.cn")), held(url="https://a.cn")) == (K.SIGN_IN, K.PHOTO)


def test_nothing_is_asked_of_what_was_not_held() -> None:
    planned = event(Campaign.PARK, key="E1")
    assert missing_kinds(year(planned), planned) == ()


def test_the_year_can_ask_for_other_kinds_or_none() -> None:
    name = kinds_setting(Campaign.PARK)
    assert missing_kinds(year(held(), settings={name: "新闻稿、公开清单"}), held()) == (K.PRESS, K.DISCLOSURE)
    assert missing_kinds(year(held(), settings={name: "无"}), held()) == ()


def test_all_events_at_once_say_the_same_as_one_by_one() -> None:
    evidence = tuple(
        Evidence(f"F{kind}", "E1", kind, link="https://a.cn") for kind in (K.SIGN_IN, K.PHOTO, K.LINK)
    )
    other = event(Campaign.COMMUNITY, "2027-04-05", key="E2", status=EventStatus.HELD)
    snapshot = year(held(), other, event(key="E3"), evidence=evidence)
    assert missing_by_event(snapshot) == {"E2": missing_kinds(snapshot, other)}


def test_the_name_of_a_file_proposes_its_kind() -> None:
    names = ("签到表扫描.jpg", "IMG_0012.JPG", "满意度问卷.xlsx", "新闻通稿.docx", "公开清单.pdf", "scan.pdf")
    assert [guessed_kind(name, (K.SIGN_IN,)) for name in names] == [
        K.SIGN_IN, K.PHOTO, K.QUESTIONNAIRE, K.PRESS, K.DISCLOSURE, K.SIGN_IN,
    ]  # fmt: skip
    assert guessed_kind("scan.pdf") is K.OTHER
