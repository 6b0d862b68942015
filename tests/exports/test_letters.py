"""邀请函、反馈函：称呼遮掩，决策、会议、时间、地点、逐条意见与采纳情况；Word 与 PDF 同文。"""

from __future__ import annotations

from datetime import date, datetime

import pypdfium2  # noqa: TID253  the tests need it at once
import pytest

from exports.docx.letters import feedback_letter, invitation_letter
from exports.letters import feedback_words, invitation_words
from exports.pdf.letters import feedback_pdf, invitation_pdf
from models.domain.attendance import Attendance, Decision, Delegate, Invitation, Meeting, Opinion, Outcome
from models.domain.errors import CommandError
from models.domain.snapshot import YearSnapshot
from tests.exports.office_reading import HOSTILE, parts, runs_without_font, word_text
from tests.factories import year

MEETING = Meeting("m", "区政府常务会议", "第8次", datetime(2027, 3, 22, 9, 30), place="区政府301会议室")
DECISION = Decision("d", "养老服务规划", unit="区司法局", meeting="m", published_on=date(2027, 4, 21))
DELEGATE = Delegate("p", "张三丰", "13800001234", "居民")
INVITED = Invitation("i", "d", "p", date(2027, 3, 15), Attendance.PRESENT, date(2027, 4, 8))
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
    letter = invitation_words(case(), "d", "p")
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
    letter = feedback_words(case(), "d", "p")
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


def test_the_name_is_whole_only_where_it_is_asked_for_and_a_phone_never_appears() -> None:
    for make in (invitation_letter, feedback_letter):
        hidden, shown = (
            b"".join(parts(make(case(), "d", "p", masked=masked)).values()) for masked in (True, False)
        )
        assert "三丰".encode() not in hidden
        assert "张三丰代表：".encode() in shown
        assert b"13800001234" not in hidden + shown
    assert "三丰" not in pdf_text(feedback_pdf(case(), "d", "p"))
    assert "张三丰代表：" in pdf_text(feedback_pdf(case(), "d", "p", masked=False))


def test_an_erased_name_and_a_meeting_without_a_place() -> None:
    snapshot = case(
        delegates=[DELEGATE._replace(name="", phone="")],
        meetings=[MEETING._replace(place="", tentative=True)],
    )
    letter = invitation_words(snapshot, "d", "p", masked=False)
    assert letter.salutation == "尊敬的代表："
    assert dict(letter.facts)["会议地点"] == "另行通知"
    assert dict(letter.facts)["会议时间"].endswith("（暂定）")


def test_word_and_pdf_say_the_same() -> None:
    for words, word, pdf in (
        (invitation_words, invitation_letter, invitation_pdf),
        (feedback_words, feedback_letter, feedback_pdf),
    ):
        letter = words(case(), "d", "p")
        said = (letter.title, letter.salutation, *letter.paragraphs, *(f"{n}：{v}" for n, v in letter.facts), *letter.after,
                letter.signature)  # fmt: skip
        in_word, in_pdf = (
            word_text(word(case(), "d", "p")),
            pdf_text(pdf(case(), "d", "p", bundled_only=True)),
        )
        assert [line for line in said if line not in in_word] == []
        assert [line for line in said if "".join(line.split()) not in in_pdf] == []
        assert runs_without_font(word(case(), "d", "p")) == []


def test_the_same_facts_give_the_same_bytes() -> None:
    assert feedback_letter(case(), "d", "p") == feedback_letter(case(), "d", "p")
    assert feedback_pdf(case(), "d", "p", bundled_only=True) == feedback_pdf(
        case(), "d", "p", bundled_only=True
    )


def test_who_was_not_invited_or_not_there_gets_no_letter() -> None:
    with pytest.raises(CommandError, match="没有受邀"):
        invitation_words(case(invitations=[]), "d", "p")
    with pytest.raises(CommandError, match="没有到会"):
        feedback_words(case(invitations=[INVITED._replace(attendance=Attendance.ABSENT)]), "d", "p")
    with pytest.raises(CommandError, match="没有这个决策事项"):
        feedback_words(case(), "x", "p")
    with pytest.raises(CommandError, match="没有写明信函的日期"):
        invitation_words(case(invitations=[INVITED._replace(invited_on=None)]), "d", "p")
    assert invitation_words(
        case(invitations=[INVITED._replace(invited_on=None)]), "d", "p", day=date(2027, 3, 1)
    ).day == date(2027, 3, 1)


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_is_only_text(text: str) -> None:
    snapshot = case(
        opinions=[OPINIONS[0]._replace(text=text, reply=text)], decisions=[DECISION._replace(title=text)]
    )
    said = "".join(text.split())
    assert "".join(word_text(feedback_letter(snapshot, "d", "p")).split()).count(said) >= 3
    assert invitation_pdf(snapshot, "d", "p", bundled_only=True).startswith(b"%PDF")
