"""export 的各种印件：每种都写得出，印发稿照那一稿印，通知从最后一稿比起，露出姓名要记下。"""

from __future__ import annotations

import re

import pytest

from gui.headless.argument_values import PRINTS
from models.export_log import recent_exports
from models.store import open_store
from tests.exports.office_reading import word_text
from tests.exports.pdf_reading import sizes, squeezed
from tests.headless.conftest import SMALL_YEAR, Office


def move_lecture(office: Office, day: int) -> None:
    lecture, other = SMALL_YEAR["events"]
    times = {"starts_at": f"2027-06-{day}T14:00", "ends_at": f"2027-06-{day}T16:00"}
    office.imported(events=[lecture | times, other])


def printed(office: Office, kind: str, *words: object) -> str:
    target = office.folder / f"{kind}.pdf"
    answer = office.run("export", kind, 2027, *words, "-o", target)
    assert (answer.code, answer.out) == (0, ""), answer.err
    return squeezed(target.read_bytes())


@pytest.mark.parametrize("kind", [kind for kind in PRINTS if kind != "notice"])
def test_every_kind_is_written_as_a_draft(office: Office, kind: str) -> None:
    office.imported()
    words = ("--quarter", 2) if kind == "quarter" else ("--month", 6) if kind == "wall" else ()
    text = printed(office, kind, *words)
    assert "（草案）" in text
    assert "本表共" in text


def test_paper_and_margins_can_be_chosen_and_wrong_words_are_told(office: Office) -> None:
    office.imported()
    target = office.folder / "x.pdf"
    first, bodies = [], set()
    for words in ((), ("--margins", "普通打印"), ("--paper", "A3"), ("--paper", "a3", "--margins", "plain")):
        assert office.run("export", "quarter", 2027, "--quarter", 3, *words, "-o", target).code == 0
        first.append(sizes(target.read_bytes())[0])
        bodies.add(target.read_bytes())
    assert first == [(297, 210), (297, 210), (420, 297), (420, 297)]
    assert len(bodies) == 4
    answer = office.run("export", "quarter", 2027, "--quarter", 3, "--paper", "B5", "-o", target)
    assert (answer.code, "没有“B5”，可用：A4（a4）、A3（a3）" in answer.err) == (2, True)
    answer = office.run("export", "ics", 2027, "--paper", "A3", "-o", target)
    assert (answer.code, "--paper、--margins 只用于印件" in answer.err) == (2, True)


def test_a_release_is_printed_as_it_was(office: Office) -> None:
    office.imported()
    assert office.run("release", 2027, "--name", "定稿", "--today", "2027-01-05").code == 0
    text = printed(office, "year", "--release", 1)
    assert "印发稿1“定稿”（2027年1月5日）" in text
    assert "草案" not in text


def test_a_notice_starts_from_the_last_release_and_needs_one(office: Office) -> None:
    office.imported()
    answer = office.run("export", "notice", 2027, "-o", office.folder / "x.pdf")
    assert (answer.code, "还没有印发稿" in answer.err) == (2, True)
    office.run("release", 2027, "--today", "2027-01-05")
    text = printed(office, "notice", "--today", "2027-01-20")
    assert "由印发稿1（2027-01-05）至2027年1月20日的安排（尚未另行印发）。没有变更。" in text
    assert ("草案" in text, "尚未印发" in text) == (False, True)


def test_a_notice_tells_what_changed_between_two_releases_as_pdf_and_as_word(office: Office) -> None:
    office.imported()
    office.run("release", 2027, "--today", "2027-01-05")
    move_lecture(office, 24)
    office.run("release", 2027, "--today", "2027-02-05")
    move_lecture(office, 25)
    word = office.folder / "通知.docx"
    for words, told, absent in (
        (("--from", 1, "--to", 2), "由印发稿1（2027-01-05）至印发稿2（2027-02-05）。改期1项。", "6月25日"),
        (("--to", 2), "由印发稿1（2027-01-05）至印发稿2（2027-02-05）。改期1项。", "6月25日"),
        (("--from", 1), "由印发稿1（2027-01-05）至2027年3月1日的安排（尚未另行印发）。改期1项。", "6月24日"),
        ((), "由印发稿2（2027-02-05）至2027年3月1日的安排（尚未另行印发）。改期1项。", "6月17日"),
    ):
        text = printed(office, "notice", *words, "--today", "2027-03-01")
        assert (told in text, absent in text) == (True, False)
        assert (
            office.run("export", "docx", 2027, "--notice", *words, "--today", "2027-03-01", "-o", word).code
            == 0
        )
        in_word = "".join(word_text(word.read_bytes()).split())
        assert (told in in_word, absent in in_word) == (True, False)
    assert "印发稿2“2027年第2稿”" in printed(office, "notice", "--from", 1, "--to", 2)


@pytest.mark.parametrize(
    ("words", "reason"),
    [
        (
            ("notice", "--release", 1),
            "变更通知、变更文件不用 --release，请用 --from、--to 写明从哪一稿比到哪一稿",
        ),
        (
            ("quarter", "--quarter", 2, "--from", 1),
            "--from、--to 只用于 export notice、export docx --notice 和 export change-files",
        ),
    ],
)
def test_the_two_sides_belong_to_notices_alone(
    office: Office, words: tuple[object, ...], reason: str
) -> None:
    answer = office.run("export", words[0], 2027, *words[1:], "-o", "x.pdf")
    assert (answer.code, answer.err.splitlines()[-1]) == (2, f"错误：{reason}")


def test_a_release_that_is_not_there_is_refused(office: Office) -> None:
    office.imported()
    answer = office.run("export", "year", 2027, "--release", 7, "-o", office.folder / "x.pdf")
    assert (answer.code, (office.folder / "x.pdf").exists()) == (2, False)


def test_names_that_can_be_read_are_logged(office: Office) -> None:
    office.imported()
    printed(office, "attendance")
    printed(office, "attendance", "--unmask")
    with open_store(office.data) as store:
        assert [(one.kind, one.name, one.unmasked) for one in recent_exports(store, 2027)] == [
            ("attendance", "attendance.pdf", True)
        ]


def test_the_day_of_the_conclusions_is_another_than_the_printed_date(office: Office) -> None:
    office.imported()
    words = ("--quarter", 2, "--today", "2027-07-15")
    text = printed(office, "quarter", *words)
    assert "2027年7月15日" in text
    assert "走进校区·高中·二季度：至少1场00逾期" in text
    dated = printed(office, "quarter", *words, "--date", "2027-03-28")
    assert ("2027年3月28日" in dated, "2027年7月15日" in dated) == (True, False)
    assert "走进校区·高中·二季度：至少1场00逾期" in dated
    early = printed(office, "quarter", "--quarter", 2, "--today", "2027-01-15", "--date", "2027-07-15")
    assert "逾期" not in early


def test_a_release_goes_out_in_a_clean_form(office: Office) -> None:
    office.imported()
    target = office.folder / "x.pdf"
    answer = office.run("export", "quarter", 2027, "--quarter", 2, "--clean", "-o", target)
    assert (answer.code, "--clean 印的是印发件，请用 --release" in answer.err) == (2, True)
    assert office.run("release", 2027, "--name", "定稿", "--today", "2027-01-05").code == 0
    usual = printed(office, "quarter", "--quarter", 2, "--release", 1)
    title = "宝山区2027年第二季度政务公开活动计划"
    assert (f"{title}印发稿1“定稿”（2027年1月5日）" in usual, "频次核对" in usual) == (True, True)
    clean = printed(office, "quarter", "--quarter", 2, "--release", 1, "--clean")
    assert (f"{title}编制单位" in clean, "草案" in clean, "频次核对" in clean) == (True, False, False)
    assert re.search("内容校验码[0-9A-F]{8}印发稿1", clean)  # the foot still tells which it is
    asked = printed(office, "quarter", "--quarter", 2, "--release", 1, "--clean", "--frequencies")
    assert (f"{title}编制单位" in asked, "频次核对" in asked) == (True, True)
    word = office.folder / "x.docx"
    words = ("export", "docx", 2027, "--quarter", 2, "--release", 1, "--clean", "-o", word)
    assert office.run(*words).code == 0
    assert ("印发稿1" in word_text(word.read_bytes()), "频次核对" in word_text(word.read_bytes())) == (
        False,
        False,
    )


def test_the_quarters_plan_names_what_has_no_day_yet_and_may_come_into_it(office: Office) -> None:
    lecture, visit = SMALL_YEAR["events"]
    undated = {
        "key": "A003",
        "campaign": "park",
        "title": "科技园专场",
        "status": "planned",
        "lead_units": ["sf"],
    }
    office.imported(events=[lecture, visit, undated])
    assert office.run("release", 2027, "--today", "2027-01-05").code == 0
    postponed = {key: lecture[key] for key in ("key", "campaign", "title", "lead_units")}
    office.imported(
        events=[{**postponed, "status": "postponed", "status_reason": "场地检修"}, visit, undated]
    )
    today = ("--today", "2027-05-10")
    text = printed(office, "quarter", "--quarter", 2, *today)
    assert "另有2项没有定下日期，可能列入本季度，未列在表内" in text
    assert "公开讲堂“民法典解读”（已延期，原定6月17日）；走进园区“科技园专场”（日期待定）" in text
    text = printed(office, "quarter", "--quarter", 3, *today)
    assert ("科技园专场" in text, "民法典解读" in text) == (True, False)
    assert "科技园专场" not in printed(office, "quarter", "--quarter", 1, *today)  # it is over


def test_what_was_held_as_planned_is_no_change_to_tell(office: Office) -> None:
    office.imported()
    assert office.run("release", 2027, "--today", "2027-01-05").code == 0
    lecture, visit = SMALL_YEAR["events"]
    office.imported(events=[{**lecture, "status": "held", "attended": 60}, visit])
    assert "没有改动" in office.run("changes", 2027, "--today", "2027-06-20").out
    text = printed(office, "notice", "--today", "2027-06-20")
    assert ("没有变更。" in text, "民法典解读" in text, "按调整后的内容准备" in text) == (True, False, False)


def test_on_a_hand_over_the_new_unit_takes_over_and_the_old_one_knows_who_did(office: Office) -> None:
    lecture, visit = SMALL_YEAR["events"]
    units = [
        *SMALL_YEAR["units"],
        {"key": "jy", "name": "区教育局", "kind": "department"},
        {"key": "nd", "name": "南大智慧城", "kind": "park"},
    ]
    park = {**lecture, "campaign": "park", "park": "nd"}
    office.imported(units=units, events=[park, visit])
    assert office.run("release", 2027, "--today", "2027-01-05").code == 0
    office.imported(units=units, events=[{**park, "lead_units": ["jy"]}, visit])
    today = ("--today", "2027-06-01")
    old, new = (printed(office, "notice", *today, "--unit", unit) for unit in ("区司法局", "区教育局"))
    assert "移交1项" in old
    assert "改由区教育局承办" in old
    assert "南大智慧城承办" not in old
    assert "不再承办，停止准备，向区教育局移交，最迟6月16日（周三）交接完毕" in old
    assert "由区司法局移交，本单位接手承办，最迟6月16日（周三）交接完毕" in new
    late = printed(office, "notice", "--today", "2027-06-16", "--unit", "区教育局")
    assert "由区司法局移交，本单位接手承办，即日交接" in late
