"""Cost of hiding delegates: a year of 3,000 events searched for 40 delegates, CPU time, beside reading its texts.

    python -m tests.bench.bench_masking

Goals: the year of the sample's texts within 5 ms where nobody is named; the patterns once within 15 ms.
"""

from __future__ import annotations

import re
import time
from collections.abc import Callable

from models.domain import masking
from models.domain.attendance import Delegate
from models.domain.masking import Masks, masks_of
from models.domain.snapshot import YearSnapshot
from tests.factories import check, sample

EVENTS, PEOPLE, ROUNDS = 3_000, 40, 15
SURNAMES, GIVEN = (
    "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦尤许何吕施张",
    "伟芳娜秀英敏静丽强磊军洋勇艳杰娟涛明超兰霞平刚桂",
)
LONG_NOTE = "走进社区活动：民法典宣讲与政策咨询，现场答疑，组织居民参加体验，安排志愿者引导。" * 3


def people() -> list[Delegate]:
    """Names of three characters, every fourth of two, each with a mobile number."""
    found = []
    for number in range(PEOPLE):
        given = GIVEN[number % len(GIVEN)] + ("" if number % 4 == 0 else GIVEN[(number * 7 + 3) % len(GIVEN)])
        name = SURNAMES[number % len(SURNAMES)] + given
        found.append(Delegate(f"p{number}", name, f"13{900_000_000 + number * 7_654_321}"))
    return found


def year(note: str = "", named: int = 0) -> YearSnapshot:
    """The events of the sample over and over, ``note`` in each, the first delegate in ``named`` of them."""
    like, persons = sample(), people()
    events = [
        event._replace(
            key=f"X{number}", note=f"{event.note}{note}{persons[0].name if number < named else ''}"
        )
        for number, event in enumerate((like.events * (EVENTS // len(like.events) + 1))[:EVENTS])
    ]
    return YearSnapshot(like.year_row, units=like.units, events=events, delegates=persons)


def best(work: Callable[[], object]) -> float:
    """The least CPU time of several rounds, in ms."""
    times = []
    for _ in range(ROUNDS):
        start = time.process_time()
        work()
        times.append(time.process_time() - start)
    return min(times) * 1000


def compiled(persons: list[Delegate]) -> Masks:
    """Masks made from nothing, ready for use."""
    re.purge()
    masking._masks.cache_clear()
    masks = masks_of(YearSnapshot(sample().year_row, delegates=persons))
    masks.text(persons[0].name)
    return masks


def main() -> None:
    """Print a line for each case."""
    persons = people()
    masks = compiled(persons)
    print(f"{'patterns of 40 delegates':40} {best(lambda: compiled(persons)):7.2f} ms")
    for words, made in (
        ("3,000 events, texts of the sample", year()),
        ("… one names a delegate", year(named=1)),
        ("… 300 name one", year(named=300)),
        ("… long notes", year(LONG_NOTE)),
    ):
        texts = sum(len(text) for event in made.events for text in event if isinstance(text, str))
        print(f"{words:40} {best(lambda made=made: masks.year(made)):7.2f} ms   {texts:,} characters")
    print(f"{'the sample itself':40} {best(lambda: masks.year(sample())):7.2f} ms")
    print(f"{'its check, for comparison':40} {best(lambda: check(sample())):7.2f} ms")


if __name__ == "__main__":
    main()
