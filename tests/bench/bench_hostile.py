"""敌意的文字与文件要多久：每种导出与平常文字之比，每种日历文件每兆字节几秒。目标：5 秒，每兆字节 2 秒；
导入 10,000 项的日历：15 秒。

python -m tests.bench.bench_hostile
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from time import process_time

from exports.ical_reading import read_calendar
from models.domain.errors import InputError
from tests.exports.every_export import EXPORTS, facts
from tests.exports.test_every_export import hostile
from tests.exports.test_ical_dialects import many_events, read
from tests.exports.test_ical_reading import HOSTILE


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


if __name__ == "__main__":
    main()
