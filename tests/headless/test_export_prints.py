"""export 的各种印件：每种都写得出，印发稿照那一稿印，通知从最后一稿比起，露出姓名要记下。"""

from __future__ import annotations

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
    text = printed(office, "notice")
    assert "由印发稿1（2027-01-05）至草案。没有变更。" in text


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
        (("--from", 1), "由印发稿1（2027-01-05）至草案。改期1项。", "6月24日"),
        ((), "由印发稿2（2027-02-05）至草案。改期1项。", "6月17日"),
    ):
        text = printed(office, "notice", *words)
        assert (told in text, absent in text) == (True, False)
        assert office.run("export", "docx", 2027, "--notice", *words, "-o", word).code == 0
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
