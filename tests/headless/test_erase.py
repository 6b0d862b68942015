"""erase：只列出、真正删去、备份一并改写或不动，还没反馈的不删，改不成的备份说出名字。"""

from __future__ import annotations

from pathlib import Path

import pytest

from models.backups import backup
from models.store import open_store
from tests.headless.conftest import Office

NAME, PHONE = "欧阳标记", "13800001234"
CASE = {
    "decisions": [{"key": "d1", "title": "学校布局调整专项规划", "short": "学校布局", "body": "district"}],
    "delegates": [
        {"key": "p1", "name": NAME, "phone": PHONE, "group": "学生家长"},
        {"key": "p2", "name": "司马未告", "phone": "13900005678"},
        {"key": "p3", "name": "诸葛旁人", "phone": "13700004321"},
    ],
    "invitations": [
        {"key": "i1", "decision": "d1", "delegate": "p1", "invited_on": "2027-04-20",
         "attendance": "present", "told_on": "2027-05-20"},
        {"key": "i2", "decision": "d1", "delegate": "p2", "invited_on": "2027-04-20",
         "attendance": "present", "told_on": None},
    ],
}  # fmt: skip


@pytest.fixture
def case(office: Office) -> Office:
    """A decision with two delegates, one of whom was told, and a backup of it."""
    office.imported(**CASE)
    with open_store(office.data) as store:
        backup(store)
    (office.folder / "年度.json").unlink()
    return office


def naming(office: Office, secret: str) -> list[Path]:
    """The files of the office in whose bytes ``secret`` stands."""
    return [
        path for path in office.folder.rglob("*") if path.is_file() and secret.encode() in path.read_bytes()
    ]


def test_without_apply_it_is_only_listed_masked(case: Office) -> None:
    answer = case.run("erase", 2027, "学校布局")
    assert answer.out.splitlines() == [
        "可以删去：p1 · 欧* · 学生家长 · 138****1234",
        "还没有反馈，不能删去：p2 · 司* · 139****5678",
    ]
    assert "没有改动；要删去请加 --apply，同时改写" in answer.err
    assert (answer.code, len(naming(case, NAME)) >= 2) == (0, True)


def test_apply_takes_them_out_of_the_data_and_every_backup(case: Office) -> None:
    answer = case.run("erase", 2027, "d1", "--apply")
    assert answer.code == 0
    assert "已删去 1 名代表的姓名和电话，不能撤销。" in answer.out
    assert "份已删去，" in answer.out
    assert "程序够不着，请另行清理" in answer.err
    assert [naming(case, secret) for secret in (NAME, PHONE)] == [[], []]
    assert len(naming(case, "司马未告")) == len(naming(case, "诸葛旁人")) >= 2
    assert case.run("verify").code == 0
    assert case.run("erase", 2027, "学校布局调整专项规划", "--apply").code == 0


def test_backups_may_be_kept_and_cleaned_later(case: Office) -> None:
    answer = case.run("erase", 2027, "d1", "--apply", "--keep-backups")
    assert answer.out.splitlines()[0].startswith("已删去 1 名")
    assert {path.parent.name for path in naming(case, NAME)} == {"备份"}
    assert case.run("erase", 2027, "d1", "--apply").code == 0
    assert naming(case, NAME) == []


def test_a_backup_that_cannot_be_rewritten_is_named(case: Office) -> None:
    (bad,) = (path for path in naming(case, NAME) if path.name.endswith("_手动.db"))
    bad.write_bytes(bad.read_bytes()[:-1000])
    answer = case.run("erase", 2027, "d1", "--apply")
    assert answer.code == 1
    assert f"这份备份没有改成，里面可能还有：{bad}：" in answer.out
    assert naming(case, NAME) == [bad]


def test_those_of_no_decision_go_only_when_asked_for(case: Office) -> None:
    assert "p3" not in case.run("erase", 2027, "d1").out
    assert "可以删去：p3 · 诸* · 137****4321" in case.run("erase", 2027, "d1", "--others").out
    assert "已删去 2 名" in case.run("erase", 2027, "d1", "--others", "--apply").out
    assert naming(case, "诸葛旁人") == []


def test_an_unknown_decision_is_refused(case: Office) -> None:
    answer = case.run("erase", 2027, "没有这项", "--apply")
    assert (answer.code, answer.out) == (2, "")
    assert "没有决策事项“没有这项”" in answer.err
