"""敌意的文字与文件要多久：每种导出与平常文字之比，每种日历文件每兆字节几秒；Word 文档、通知、要点在子进程里
要多久、占多少内存。目标：5 秒，每兆字节 2 秒；导入 10,000 项的日历：15 秒；内存 300 MB。

python -m tests.bench.bench_hostile
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from threading import Thread
from time import perf_counter, process_time, sleep

from exports.ical_reading import read_calendar
from exports.text_file import text_of
from models.apart import read_apart
from models.domain.errors import InputError
from models.rulesets import document_text, ruleset_for
from planners.new_document import compare
from planners.notice_text import LONGEST_NOTICE, parse_notice
from tests.exports.every_export import EXPORTS, facts
from tests.exports.hostile_documents import READ, REFUSED
from tests.exports.test_every_export import hostile
from tests.exports.test_ical_dialects import many_events, read
from tests.exports.test_ical_reading import HOSTILE

COMMAS = "".join(f"{number}.{'，' * 10_000}\n" for number in range(1, 12))
"""A document that has as many phrases as characters."""


def seconds(work: Callable[[], object]) -> float:
    """The processor time of ``work``."""
    begin = process_time()
    with suppress(InputError):
        work()
    return process_time() - begin


def main() -> None:
    """Print the times."""
    plain, strange = facts(("办事指南", "惠企政策", "一老一小")), hostile()
    for name, make in EXPORTS.items():
        make(plain)  # fonts and templates are read once
        usual, taken = seconds(lambda make=make: make(plain)), seconds(lambda make=make: make(strange))
        print(f"{name:16} {taken:6.2f} s  {taken / usual:6.1f} x")
    for name, data in HOSTILE.items():
        taken = seconds(lambda data=data: read_calendar(data))
        print(f"{name:16} {taken:6.2f} s  {taken / len(data) * 1e6:6.2f} s/MB")
    large = many_events(10_000)
    print(f"{'10,000 events':16} {seconds(lambda: read(large)):6.2f} s")
    for name, data in {**READ, **REFUSED}.items():
        print(f"{name + '.docx':22} {apart(text_of, data, name, '没有读。')}")
    print(f"{'document':22} {apart(compare, document_text(2024), COMMAS, ruleset_for(2027))}")
    longest = ("元旦：" + "1月1日至2月28日、" * LONGEST_NOTICE)[:LONGEST_NOTICE]
    for name, text in (("spans", longest), ("digits", "1" * LONGEST_NOTICE)):
        print(
            f"{'notice ' + name:22} {seconds(lambda text=text: parse_notice(text, 2027)):6.3f} s in the window"
        )


def apart(reader: Callable[..., object], *arguments: object) -> str:
    """Seconds and memory of a reading in a process of its own, and the longest that this one stood still."""
    told: list[object] = []
    beats: list[float] = []

    def read() -> None:
        with suppress(InputError):
            told.append(read_apart(_measured, (reader, arguments), "x", "没有读。"))

    thread, begin = Thread(target=read), perf_counter()
    thread.start()
    while thread.is_alive():
        before = perf_counter()
        sleep(0.001)
        beats.append(perf_counter() - before)
    what = told[0] if told else "ended in words"
    return f"{perf_counter() - begin:6.2f} s, still {max(beats):5.3f} s, {what}"


def _measured(reader: Callable[..., object], arguments: tuple[object, ...]) -> str:
    import resource

    taken = seconds(lambda: reader(*arguments))
    return f"{taken:.2f} s CPU, {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MB"


if __name__ == "__main__":
    main()
