"""导出记录：最新的在前，只属于那一年，只读时不写。"""

from __future__ import annotations

from pathlib import Path

import pytest

from models import commands
from models.domain.attendance import Delegate
from models.domain.errors import ReadOnlyError
from models.domain.snapshot import ItemKind
from models.export_log import LONGEST_NAME, log_export, recent_exports
from models.queries import revision
from models.store import Store, open_store


def test_the_newest_exports_of_a_year_come_first(store: Store) -> None:
    before = revision(store)
    first = log_export(store, 2027, "quarter", "三季度计划.pdf", unmasked=False)
    log_export(store, 2026, "quarter", "旧的.pdf", unmasked=False)
    second = log_export(store, 2027, "attendance", "列席.pdf", unmasked=True)
    assert recent_exports(store, 2027) == (second, first)
    assert recent_exports(store, 2027, 1) == (second,)
    assert (first.user, first.unmasked, second.unmasked) == ("张三", False, True)
    assert revision(store) == before


def test_names_are_cleaned_and_kept_short(store: Store) -> None:
    logged = log_export(store, 2027, "quarter", "甲\u202e\x00" + "乙" * 300, unmasked=False)
    assert logged.name == "甲" + "乙" * (LONGEST_NAME - 1)
    assert recent_exports(store, 2027) == (logged,)


def test_a_name_of_a_delegate_is_not_logged(store: Store) -> None:
    commands.put_item(store, 2027, ItemKind.DELEGATE, Delegate("p1", "欧阳娜娜", "13912345678"))
    logged = log_export(store, 2027, "letters", "反馈函-欧阳娜娜-13912345678.docx", unmasked=True)
    assert logged.name == "反馈函-欧*-139****5678.docx"
    assert recent_exports(store, 2027)[0] == logged


def test_a_file_that_is_only_read_is_not_written_to(store: Store, path: Path) -> None:
    logged = log_export(store, 2027, "quarter", "甲.pdf", unmasked=False)
    with open_store(path, read_only=True) as reader:
        with pytest.raises(ReadOnlyError):
            log_export(reader, 2027, "quarter", "乙.pdf", unmasked=False)
        assert recent_exports(reader, 2027) == (logged,)


@pytest.mark.parametrize(
    "spoilt", ["at = '坏'", "at = X'FF'", "user = CAST(X'EDA080' AS TEXT)", "name = X'00'"]
)
def test_an_entry_that_cannot_be_read_hides_no_other(store: Store, spoilt: str) -> None:
    log_export(store, 2027, "quarter", "旧.pdf", unmasked=False)
    store.connection.execute(f"UPDATE export_log SET {spoilt}")
    newest = log_export(store, 2027, "quarter", "新.pdf", unmasked=False)
    assert recent_exports(store, 2027) == (newest,)


def test_an_export_is_logged_beside_a_delegate_that_cannot_be_read(store: Store) -> None:
    store.connection.execute("UPDATE delegate SET reserve = 7 WHERE key = 'p2'")
    logged = log_export(store, 2027, "package", "读得懂的部分.json", unmasked=True)
    assert recent_exports(store, 2027) == (logged,)
