"""到别的年度去办一件事，办完回来。"""

from __future__ import annotations

from functools import partial

from gui.session.messages import Action
from gui.session.year_session import YearSession

_WAY_BACK = "way-back"


def visit(session: YearSession, year: int | None) -> bool:
    """Open ``year`` (None: it is open), in which something is to be done, with the way back offered.

    False where it cannot be opened, which was told.
    """
    before = session.year
    if year in (None, before):
        return True
    session.open_year(year)
    if session.year != year:
        return False
    back = Action(f"回到 {before} 年度", partial(session.open_year, before))
    words = f"这是 {year} 年度的事，现在打开的是 {year} 年度。"
    session.messages.bar("info", words, [back], topic=_WAY_BACK)

    def left() -> None:  # another year was opened: the way back leads nowhere any more
        session.year_changed.disconnect(left)
        session.messages.withdraw(_WAY_BACK)

    session.year_changed.connect(left)
    return True
