"""示例年度的总览内容，各测试共用。"""

from __future__ import annotations

from datetime import datetime
from functools import lru_cache

from gui.overview.board_contents import board_contents
from gui.services.board_values import BoardContents, BoardFilter, BoardLine
from gui.session.messages import Messages
from gui.session.year_session import YearSession
from models.store import Store
from planners.results import YearCheck
from tests.factories import check, sample

NOW = datetime(2027, 6, 15, 14, 32)


@lru_cache(maxsize=1)
def sample_check() -> YearCheck:
    """The sample year checked on 2027-06-15."""
    return check(sample())


def sample_contents(chosen: BoardFilter = BoardFilter()) -> BoardContents:  # noqa: B008
    """What the board shows of the sample year."""
    return board_contents(sample(), sample_check(), chosen)


def line(key: str, contents: BoardContents | None = None) -> BoardLine:
    """The line called ``key``."""
    (found,) = (one for one in (contents or sample_contents()).lines if one.key == key)
    return found


def sample_session(store: Store) -> YearSession:
    """A session on the sample year, at 14:32 on 2027-06-15."""
    session = YearSession(store, Messages(), clock=_now)
    session.open_year(2027)
    return session


def _now() -> datetime:
    return NOW
