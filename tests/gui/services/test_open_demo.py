"""打开演示：没人动过的随日子更新，动过的原样留着。"""

from __future__ import annotations

from datetime import date
from pathlib import Path

from gui.services.opening import demo_of, open_demo
from models import commands, queries


def test_a_demo_that_nobody_changed_is_brought_to_the_day(tmp_path: Path) -> None:
    spring, winter = date(2026, 4, 20), date(2027, 1, 20)
    open_demo(tmp_path / "demo.db", spring).close()
    with open_demo(tmp_path / "demo.db", winter) as store:
        assert queries.years(store) == (2027,)
        assert queries.year_snapshot(store, 2027) == demo_of(winter)
        steps = len(queries.change_log(store))
    with open_demo(tmp_path / "demo.db", winter) as store:
        assert len(queries.change_log(store)) == steps


def test_what_somebody_changed_in_it_is_kept(tmp_path: Path) -> None:
    with open_demo(tmp_path / "demo.db", date(2026, 4, 20)) as store:
        commands.set_quarter_theme(store, 2026, 4, "绿色低碳")
        changed = queries.year_snapshot(store, 2026)
    with open_demo(tmp_path / "demo.db", date(2026, 9, 1)) as store:
        assert queries.year_snapshot(store, 2026) == changed
