"""erase：只列出、真正删去、备份一并改写或不动，还没反馈的不删，改不成的备份说出名字。"""

from __future__ import annotations

from pathlib import Path

import pytest

from exports.package import write_package
from models.backups import backup
from models.queries import year_snapshot
from models.store import open_store
from tests.headless.conftest import Office, Outcome

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


@pytest.mark.usefixtures("connections")
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


# what others texts say

NAMED = {
    **CASE,
    "events": [
        {"key": "A001", "campaign": "lecture", "title": "欧阳标记谈学校", "audience": "居民代表、欧阳标记",
         "starts_at": "2027-06-17T14:00", "status": "draft", "note": f"联系{NAME} 138-0000-1234"},
    ],
    "units": [{"key": "u1", "name": "欧阳标记工作室", "kind": "other"}],
    "opinions": [{"key": "o1", "decision": "d1", "delegate": "p1", "text": f"{NAME}说校门太窄", "outcome": "adopted",
                  "decided_on": "2027-05-10"}],
}  # fmt: skip


@pytest.fixture
def named(office: Office) -> Office:
    """One who was told is named in texts of all kinds, and in a backup."""
    office.imported(**NAMED)
    with open_store(office.data) as store:
        backup(store)
    (office.folder / "年度.json").unlink()
    return office


def codes(answer: Outcome, what: str) -> dict[str, str]:
    """The lists of texts in ``answer``: code → the rest of the line."""
    lines = (line.split("：", 1) for line in answer.out.splitlines() if line.startswith(f"{what} "))
    return {head.removeprefix(f"{what} "): rest for head, rest in lines}


def test_the_dry_run_lists_each_text_that_changes_and_each_that_is_asked_for(named: Office) -> None:
    answer = named.run("erase", 2027, "学校布局")
    assert sorted(codes(answer, "会改").values()) == [
        "意见“学校布局”（2027年）的意见：〔欧*〕说校门太窄 → 欧*说校门太窄",
        "活动“欧*谈学校”（2027年）的备注：联系〔欧*〕 〔138****1234〕 → 联系欧* 138****1234",
    ]
    assert sorted(codes(answer, "不改，除非写明").values()) == [
        "活动“欧*谈学校”（2027年）的参与对象：居民代表、〔欧*〕 → 居民代表、欧*",
        "活动“欧*谈学校”（2027年）的名称：〔欧*〕谈学校 → 欧*谈学校",
    ]
    assert "2 处拿不准说的是不是这个人：要改请加 --text 编号，全改加 --all-texts。" in answer.err
    assert "工作室" not in answer.out
    plain = named.run("erase", 2027, "学校布局", "--unmask").out
    assert f"居民代表、〔{NAME}〕 → 居民代表、欧*" in plain
    assert named.run("erase", 2027, "学校布局").out == answer.out


@pytest.mark.parametrize("backups", [True, False])
def test_only_the_texts_named_change_in_the_data_and_in_the_backups(named: Office, *, backups: bool) -> None:
    left = codes(named.run("erase", 2027, "d1"), "不改，除非写明")
    (title,) = (code for code, rest in left.items() if "的名称" in rest)
    answer = named.run("erase", 2027, "d1", "--apply", "--text", title)
    assert answer.code == 0
    assert "已删去 1 名代表的姓名和电话，另改 3 处文字，不能撤销。" in answer.out
    assert list(codes(answer, "没有改，里面照旧")) == [code for code in left if code != title]
    newest = max((named.folder / "备份").glob("*.db"))
    with open_store(newest if backups else named.data, read_only=True) as store:
        snapshot = year_snapshot(store, 2027)
    (event,) = snapshot.events
    assert (event.title, event.audience) == ("欧*谈学校", f"居民代表、{NAME}")
    assert event.note == "联系欧* 138****1234"
    assert snapshot.opinions[0].text == "欧*说校门太窄"
    assert snapshot.units[-1].name == "欧阳标记工作室"
    assert naming(named, PHONE) == []


def test_all_texts_leaves_the_name_only_in_what_units_are_called(named: Office) -> None:
    assert codes(named.run("erase", 2027, "d1", "--apply", "--all-texts"), "没有改，里面照旧") == {}
    with open_store(named.data, read_only=True) as store:
        snapshot = year_snapshot(store, 2027)
    assert write_package(snapshot).decode().count(NAME) == snapshot.units[-1].name.count(NAME) == 1


def test_a_code_that_names_no_text_changes_nothing(named: Office) -> None:
    before = named.data.read_bytes()
    answer = named.run("erase", 2027, "d1", "--apply", "--text", "zzz")
    assert (answer.code, answer.out) == (2, "")
    assert "没有编号为“zzz”的文字。" in answer.err
    assert named.data.read_bytes() == before


def test_a_group_as_a_name_is_refused_by_the_import_with_the_field_for_it(office: Office) -> None:
    package = office.package(delegates=[{"key": "p1", "name": "居民代表"}])
    answer = office.run("import", package, "--apply")
    assert answer.code == 2
    assert "“居民代表”是群体、身份或单位，不是姓名" in answer.err
    assert "请写在“类别”里" in answer.err


@pytest.mark.parametrize("again", [False, True])
def test_a_backup_from_before_the_erasure_says_who_comes_back_and_can_erase_them(
    case: Office, again: bool
) -> None:
    (kept,) = (case.folder / "备份").glob("*_手动.db")
    assert case.run("erase", 2027, "d1", "--apply", "--keep-backups").code == 0
    answer = case.run("restore", kept, *(["--erase"] if again else []))
    assert answer.code == 0
    assert "（2027 年度 1 人）" in answer.err
    assert ("已再次删去" in answer.err, "加上 --erase" in answer.err) == (again, not again)
    assert NAME not in answer.err
    assert (case.data in naming(case, NAME), case.data in naming(case, PHONE)) == (not again, not again)
    assert case.run("verify").code == 0
    if not again:
        assert case.run("restore", kept, "--erase").code == 0
        assert case.data not in naming(case, NAME)


def test_where_nobody_was_erased_nothing_is_said_about_it(case: Office) -> None:
    (kept,) = (case.folder / "备份").glob("*_手动.db")
    assert "删去" not in case.run("restore", kept, "--erase").err
