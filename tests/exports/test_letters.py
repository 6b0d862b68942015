"""邀请函、反馈函：称呼遮掩，决策、会议、时间、地点、逐条意见与采纳情况；Word 与 PDF 同文。"""

from __future__ import annotations

from datetime import date, datetime

import pypdfium2  # noqa: TID253  the tests need it at once
import pytest

from exports.docx.letters import letter_docx
from exports.letters import LetterTo, letter_words
from exports.pdf.letters import letter_pdf
from models.domain.attendance import Attendance, Decision, Delegate, Invitation, Meeting, Opinion, Outcome
from models.domain.errors import CommandError
from models.domain.snapshot import YearSnapshot
from tests.exports.office_reading import HOSTILE, parts, runs_without_font, word_text
from tests.factories import year

MEETING = Meeting("m", "区政府常务会议", "第8次", datetime(2027, 3, 22, 9, 30), place="区政府301会议室")
DECISION = Decision("d", "养老服务规划", unit="区司法局", meeting="m", published_on=date(2027, 4, 21))
DELEGATE = Delegate("p", "张三丰", "13800001234", "居民")
INVITED = Invitation("i", "d", "p", date(2027, 3, 15), Attendance.PRESENT, date(2027, 4, 8))
INVITE, ANSWER = LetterTo("d", "p"), LetterTo("d", "p", feedback=True)
OPINIONS = (
    Opinion("o1", "d", "p", "多听居民意见。", Outcome.ADOPTED, "已吸收。", date(2027, 4, 1)),
    Opinion("o2", "d", "p", "缓一年实施。", Outcome.NOT_ADOPTED, "时限由上级规定。", date(2027, 4, 1)),
    Opinion("o3", "d", "p", "增加场地。"),
)


def case(**lists: object) -> YearSnapshot:
    known = {"meetings": [MEETING], "decisions": [DECISION], "delegates": [DELEGATE], "invitations": [INVITED],
             "opinions": OPINIONS}  # fmt: skip
    return year(**(known | lists))  # type: ignore[arg-type]


def pdf_text(data: bytes) -> str:
    document = pypdfium2.PdfDocument(data)
    try:
        return "".join("".join(page.get_textpage().get_text_range().split()) for page in document)
    finally:
        document.close()


def test_the_invitation_says_what_when_where_and_is_dated_when_it_was_sent() -> None:
    letter = letter_words(case(), INVITE)
    assert (letter.salutation, letter.signature, letter.day) == (
        "张*代表：",
        "宝山区人民政府办公室",
        date(2027, 3, 15),
    )
    assert letter.facts == (
        ("会议名称", "区政府常务会议第8次"),
        ("会议时间", "2027年3月22日（周一）09:30"),
        ("会议地点", "区政府301会议室"),
        ("审议事项", "养老服务规划"),
        ("承办单位", "区司法局"),
    )


def test_the_feedback_has_every_opinion_with_its_outcome_and_reply() -> None:
    letter = letter_words(case(), ANSWER)
    assert letter.day == date(2027, 4, 8)
    assert letter.after == (
        "一、您提出：多听居民意见。",
        "采纳情况：采纳。说明：已吸收。",
        "二、您提出：缓一年实施。",
        "采纳情况：未采纳。说明：时限由上级规定。",
        "三、您提出：增加场地。",
        "采纳情况：正在研究，结果另行反馈。",
        "会议有关信息已于2027年4月21日主动公开。",
        "感谢您对政府工作的关心和支持。",
    )


def test_no_feedback_is_dated_before_an_outcome_that_it_tells() -> None:
    late = OPINIONS[0]._replace(decided_on=date(2027, 4, 12))
    assert letter_words(case(opinions=(late,)), ANSWER).day == date(2027, 4, 12)
    told = [INVITED._replace(told_on=date(2027, 4, 13))]
    assert letter_words(case(opinions=(late,), invitations=told), ANSWER).day == date(2027, 4, 13)


def test_the_name_is_whole_only_where_it_is_asked_for_and_a_phone_never_appears() -> None:
    for to in (INVITE, ANSWER):
        hidden, shown = (
            b"".join(parts(letter_docx(case(), to._replace(masked=masked))).values())
            for masked in (True, False)
        )
        assert "三丰".encode() not in hidden
        assert "张三丰代表：".encode() in shown
        assert b"13800001234" not in hidden + shown
    assert "三丰" not in pdf_text(letter_pdf(case(), ANSWER))
    assert "张三丰代表：" in pdf_text(letter_pdf(case(), ANSWER._replace(masked=False)))


def test_an_erased_name_and_a_meeting_without_a_place() -> None:
    snapshot = case(
        delegates=[DELEGATE._replace(name="", phone="")],
        meetings=[MEETING._replace(place="", tentative=True)],
    )
    letter = letter_words(snapshot, INVITE._replace(masked=False))
    assert letter.salutation == "尊敬的代表："
    assert dict(letter.facts)["会议地点"] == "另行通知"
    assert dict(letter.facts)["会议时间"].endswith("（暂定）")


def test_word_and_pdf_say_the_same() -> None:
    for to in (INVITE, ANSWER):
        letter = letter_words(case(), to)
        said = (letter.title, letter.salutation, *letter.paragraphs, *(f"{n}：{v}" for n, v in letter.facts), *letter.after,
                letter.signature)  # fmt: skip
        in_word, in_pdf = (
            word_text(letter_docx(case(), to)),
            pdf_text(letter_pdf(case(), to, bundled_only=True)),
        )
        assert [line for line in said if line not in in_word] == []
        assert [line for line in said if "".join(line.split()) not in in_pdf] == []
        assert runs_without_font(letter_docx(case(), to)) == []


def test_the_same_facts_give_the_same_bytes() -> None:
    assert letter_docx(case(), ANSWER) == letter_docx(case(), ANSWER)
    assert letter_pdf(case(), ANSWER, bundled_only=True) == letter_pdf(case(), ANSWER, bundled_only=True)


def test_who_was_not_invited_or_not_there_gets_no_letter() -> None:
    with pytest.raises(CommandError, match="没有受邀"):
        letter_words(case(invitations=[]), INVITE)
    with pytest.raises(CommandError, match="没有到会"):
        letter_words(case(invitations=[INVITED._replace(attendance=Attendance.ABSENT)]), ANSWER)
    with pytest.raises(CommandError, match="没有这个决策事项"):
        letter_words(case(), ANSWER._replace(decision="x"))
    with pytest.raises(CommandError, match="没有写明信函的日期"):
        letter_words(case(invitations=[INVITED._replace(invited_on=None)]), INVITE)
    undated = case(invitations=[INVITED._replace(invited_on=None)])
    assert letter_words(undated, INVITE._replace(day=date(2027, 3, 1))).day == date(2027, 3, 1)


def test_a_letter_that_names_its_addressee_names_nobody_else() -> None:
    others = [DELEGATE, DELEGATE._replace(key="q", name="李四光", phone="13900005678")]
    said = OPINIONS[0]._replace(text="张三丰同意李四光（139 0000 5678）的意见。", reply="已与李四光说明。")
    letter = letter_words(
        case(delegates=others, opinions=[said]), ANSWER._replace(masked=False, issuer="李四光办公室")
    )
    assert letter.salutation == "张三丰代表："
    assert letter.after[0] == "您提出：张三丰同意李*（139****5678）的意见。"
    assert letter.after[1] == "采纳情况：采纳。说明：已与李*说明。"
    assert letter.signature == "李*办公室"


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_is_only_text(text: str) -> None:
    snapshot = case(
        opinions=[OPINIONS[0]._replace(text=text, reply=text)], decisions=[DECISION._replace(title=text)]
    )
    said = "".join(text.split())
    assert "".join(word_text(letter_docx(snapshot, ANSWER)).split()).count(said) >= 3
    assert letter_pdf(snapshot, INVITE, bundled_only=True).startswith(b"%PDF")
