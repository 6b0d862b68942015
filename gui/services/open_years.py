"""各年度还没有办完的事：从数据文件里读出一年，检查，挑出没办的；窗口和命令行同用。"""

from __future__ import annotations

import logging
from datetime import date

from gui.services.logs import trace_words
from models import queries
from models.datafile import DamagedError
from models.domain.errors import BusyError, UserError
from models.domain.snapshot import YearSnapshot
from models.rulesets import ruleset_for
from models.store import Store
from planners.checks import check_year
from planners.open_years import OpenYear, open_year


def read_open_year(store: Store, year: int, today: date) -> OpenYear:
    """What is open in ``year`` on ``today``; what cannot be known of it is said in ``problem`` and hinders nothing.

    ``BusyError`` while another program holds the data file.
    """
    try:
        snapshot, problem = _as_far_as_readable(store, year)
        row = snapshot.year_row
        check = check_year(snapshot, today, ruleset_for(year, row.ruleset, dict(row.settings)))
        return open_year(snapshot, check)._replace(problem=problem)
    except BusyError:
        raise
    except UserError as error:
        return OpenYear(year, problem=f"{year} 年度没有办完的事没有列出：{error.what}")
    except Exception as error:  # noqa: BLE001  another year must not stop this one; it is logged
        words = trace_words(type(error), error.__traceback__)  # places only: no value goes into the log
        logging.getLogger(__name__).error("%s", words)  # noqa: TRY400
        return OpenYear(year, problem=f"{year} 年度没有办完的事没有列出：规则检查没有做完，原因已写进日志。")


def _as_far_as_readable(store: Store, year: int) -> tuple[YearSnapshot, str]:
    try:
        return queries.year_snapshot(store, year), ""
    except DamagedError:
        part = queries.readable_part(store, year)
        return part.snapshot, f"{year} 年度有 {len(part.left_out)} 处读不懂，其中没有办完的事没有列出。"


def open_years(store: Store, today: date, *, but: int | None = None) -> tuple[OpenYear, ...]:
    """What is open in every year of the data file, that of the year ``but`` apart."""
    return tuple(read_open_year(store, year, today) for year in queries.years(store) if year != but)
