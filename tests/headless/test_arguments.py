"""命令行的词：帮助与错误都是中文，还没有的命令如实说。"""

from __future__ import annotations

import re
import sys
from datetime import date
from types import ModuleType

import pytest

import main
from exports.prints import PrintKind, options_of
from gui.headless.argument_values import PRINTS
from gui.headless.arguments import (
    OF_A_CAMPAIGN,
    OF_A_QUARTER,
    OF_A_QUARTER_OR_ALL,
    OF_A_UNIT,
    WITH_PERSONS,
    Request,
    read_arguments,
)
from gui.headless.chinese_parser import chinese_error
from models.domain.events import Campaign
from tests.headless.conftest import Office

COMMANDS = (
    "new",
    "check",
    "rule",
    "import",
    "export",
    "backup",
    "restore",
    "verify",
    "plan",
    "solve",
    "release",
    "changes",
    "erase",
    "clean",
)
ARGPARSE_ENGLISH = re.compile(
    r"usage|error|optional|positional|options|arguments|choose|invalid|required|expected|show", re.IGNORECASE
)


def test_no_command_opens_the_window_on_the_data_file(monkeypatch: pytest.MonkeyPatch) -> None:
    opened: list[str | None] = []
    window = ModuleType("gui.shell.app")
    window.run_window = lambda where: opened.append(where) or 7  # type: ignore[attr-defined]
    monkeypatch.setitem(sys.modules, "gui.shell.app", window)
    assert (main.main(["--data", "甲.db"]), main.main([])) == (7, 7)
    assert opened == ["甲.db", None]


def test_words_become_a_request() -> None:
    words = "--data 甲.db export ics 2027 --campaign 公开讲堂 --unit 区司法局 --drafts -o 乙.ics"
    assert read_arguments(words.split()) == Request(
        data="甲.db",
        command="export",
        kind="ics",
        year=2027,
        campaign=Campaign.LECTURE,
        unit="区司法局",
        drafts=True,
        output="乙.ics",
    )
    assert read_arguments(["check", "2027", "--today", "2027-06-15", "--json", "--data", "甲.db"]) == Request(
        data="甲.db", command="check", year=2027, today=date(2027, 6, 15), json=True
    )


def test_help_lists_what_is_there_and_nothing_to_come(office: Office) -> None:
    code, out, err = office.run("--help")
    assert (code, err) == (0, "")
    listed = re.findall(r"^    (\S+) ", out, re.MULTILINE)
    assert tuple(listed) == COMMANDS


@pytest.mark.parametrize("words", [(), *((command,) for command in COMMANDS)])
def test_help_is_chinese(office: Office, words: tuple[str, ...]) -> None:
    code, out, err = office.run(*words, "--help")
    assert (code, err, out.startswith("用法：python main.py")) == (0, "", True)
    assert ARGPARSE_ENGLISH.findall(out) == []


@pytest.mark.parametrize(
    ("words", "reason"),
    [
        ("fly", "命令：没有 'fly'，用 -h 看有哪些"),
        ("check", "缺少参数：年度"),
        ("check 二〇二七", "年度：“二〇二七”不对，年份应为 2000–2100 的整数"),
        ("check 1999", "年度：“1999”不对，年份应为 2000–2100 的整数"),
        ("check 2027 --today 2027-02-30", "--today：“2027-02-30”不对，日期应写成 2027-06-15，且有这一天"),
        ("check 2027 --today 20270615", "--today：“20270615”不对，日期应写成 2027-06-15，且有这一天"),
        ("check 2027 --today", "--today 后面要跟一个值"),
        ("check 2027 --json=1", "--json 后面不能跟值：'1'"),
        ("check 2027 --tod 2027-06-15", "不认识的参数：--tod 2027-06-15"),
        ("check 2027 2028", "不认识的参数：2028"),
        ("export json 2027", "缺少参数：-o"),
        (
            "export poster 2027 -o x",
            "种类：没有“poster”，可用：json、ics、ics-folder、invitations、change-files、quarter、year、lectures、parks、communities、campuses、open-month、attendance、wall、findings、evidence、notice、docx、letters、xlsx、template、evidence-pack",
        ),
        ("export quarter 2027 -o x", "export quarter 要用 --quarter 写明季度（1–4）"),
        ("export quarter 2027 --quarter 5 -o x", "--quarter：“5”不对，季度应为 1–4"),
        (
            "export json 2027 --quarter 2 -o x",
            "--quarter 只用于 export quarter、parks、attendance、findings、evidence、docx、evidence-pack",
        ),
        ("export letters 2027 -o x", "export letters 要用 --decision 写明事项（编号、全称或简称）"),
        ("export letters 2027 --decision d1 -o -", "export letters 要写到一个文件夹，不能是标准输出"),
        ("export json 2027 --feedback -o x", "--decision、--feedback、--format 只用于 export letters"),
        ("export ics 2027 --title 标题 -o x", "--title 只用于印件和 export docx"),
        ("export json 2027 --drafts -o x", "--drafts 只用于 export ics、ics-folder、invitations"),
        ("solve", "缺少参数：问题文件, -o"),
        ("solve x.json", "缺少参数：-o"),
        ("solve x.json -o y --seed -1", "--seed：“-1”不对，种子应为 0–4294967295 的整数"),
        ("solve x.json -o y --seed 1.5", "--seed：“1.5”不对，种子应为 0–4294967295 的整数"),
        ("solve x.json -o y --effort 多", "--effort：“多”不对，步数应为 0–10¹² 的整数"),
        ("solve x.json -o y --seconds 0", "--seconds：“0”不对，秒数应大于 0、至多 86400"),
        ("solve x.json -o y --seconds nan", "--seconds：“nan”不对，秒数应大于 0、至多 86400"),
        (
            "export json 2027 --unit 区司法局 -o x",
            "--unit 只用于 export ics、invitations、quarter、lectures、parks、communities、campuses、open-month、attendance、wall、evidence、notice、docx、xlsx、template",
        ),
    ],
)
def test_wrong_words_are_named_in_chinese(office: Office, words: str, reason: str) -> None:
    code, out, err = office.run(*words.split())
    assert (code, out) == (2, "")
    assert (err.startswith("用法：python main.py"), err.splitlines()[-1]) == (True, f"错误：{reason}")
    assert ARGPARSE_ENGLISH.findall(err.replace("--", "").replace("export", "")) == []
    assert not office.data.exists()


def test_an_empty_data_file_name_is_not_taken_for_the_usual_one(office: Office) -> None:
    answer = office.run("--data", "", "verify")
    assert (answer.code, answer.err.splitlines()[-1]) == (2, "错误：--data：没有写明文件")


def test_an_unknown_campaign_names_the_known_ones(office: Office) -> None:
    answer = office.run("export", "ics", 2027, "--campaign", "讲堂", "-o", "x")
    assert answer.code == 2
    assert all(campaign.label in answer.err and campaign.value in answer.err for campaign in Campaign)


def test_every_print_is_a_kind_with_the_options_that_mean_something_for_it() -> None:
    assert {kind.value for kind in PrintKind} == set(PRINTS)
    for kind in PrintKind:
        names = options_of(kind)
        assert (kind.value in OF_A_CAMPAIGN, kind.value in OF_A_UNIT) == (
            "campaigns" in names,
            "units" in names,
        )
        assert (kind.value in OF_A_QUARTER | OF_A_QUARTER_OR_ALL) == ("quarter" in names)
        assert (kind.value == "wall") == ("month" in names)
        assert {"paper", "margins"} <= names
        masked = bool({"mask_phones", "mask_delegates"} & names)
        assert (kind.value in WITH_PERSONS) == masked


def test_a_message_that_argparse_may_yet_invent_is_shown_as_it_is() -> None:
    assert chinese_error("a new sentence") == "a new sentence"
