"""数据文件的版本与升级：一步一个文件，一步一个事务，SQL 冻结不改。"""

from __future__ import annotations

from models.migrations import m0001_initial, m0002_releases_and_papers

STEPS: tuple[tuple[int, tuple[str, ...]], ...] = (
    (1, m0001_initial.STATEMENTS),
    (2, m0002_releases_and_papers.STATEMENTS),
)
"""(version after the step, its statements), in order."""

CURRENT_VERSION = STEPS[-1][0]
