"""日历出去以前：哪些活动从此算已发布。"""

from __future__ import annotations

from collections.abc import Sequence

from gui.headless.arguments import Request
from gui.headless.terminal import tell
from models.commands import mark_exported
from models.domain.snapshot import YearSnapshot
from models.store import Store


def mark_published(store: Store, request: Request, snapshot: YearSnapshot, keys: Sequence[str]) -> None:
    """What was not published before is marked so, or it is said why that cannot be; a release marked its own."""
    fresh = [key for key in keys if not snapshot.stamps[key].exported]
    if not fresh or request.release is not None or request.to_release is not None:
        return
    if not store.read_only:
        mark_exported(store, snapshot.year, fresh)
        return
    tell(f"注意：{store.read_only_reason}其中 {len(fresh)} 项没有登记为“已发布”，请之后再导出一次。")
