"""邀请函、反馈函：称呼遮掩，决策、会议、时间、地点、逐条意见与采纳情况；Word 与 PDF 同文。"""

from __future__ import annotations

from datetime import date, datetime

import pypdfium2  # noqa: TID253  the tests need it at once
import pytest

from exports.docx.letters import letter_docx
from exports.letters import LetterTo, closing_insets, letter_words
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
    assert letter.day == date(2027, 4, 21)  # the last fact that it states
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
    late, unpublished = (
        OPINIONS[0]._replace(decided_on=date(2027, 4, 12)),
        [DECISION._replace(published_on=None)],
    )
    snapshot = case(opinions=(late,), decisions=unpublished)
    assert letter_words(snapshot, ANSWER).day == date(2027, 4, 12)
    told = [INVITED._replace(told_on=date(2027, 4, 13))]
    later = case(opinions=(late,), decisions=unpublished, invitations=told)
    assert letter_words(later, ANSWER).day == date(2027, 4, 13)
    early = ANSWER._replace(day=date(2027, 4, 11))
    with pytest.raises(
        CommandError, match="日期（2027年4月11日）早于函里写到的意见办理日期（2027年4月12日）"
    ):
        letter_words(snapshot, early)
    unheld = case(opinions=(late._replace(decided_on=None),), decisions=unpublished)
    with pytest.raises(CommandError, match="早于函里写到的会议日期（2027年3月22日）"):
        letter_words(unheld, ANSWER._replace(day=date(2027, 3, 21)))
    assert letter_words(case(), ANSWER._replace(day=date(2027, 4, 21))).day == date(2027, 4, 21)


def test_thanks_for_coming_go_only_to_who_is_recorded_to_have_come() -> None:
    def first(attendance: Attendance | None) -> str:
        (words,) = letter_words(
            case(invitations=[INVITED._replace(attendance=attendance)]), ANSWER
        ).paragraphs
        return words

    assert first(Attendance.PRESENT).startswith("感谢您于2027年3月22日列席区政府常务会议第8次")
    assert first(Attendance.LEAVE).startswith(
        "您受邀列席区政府常务会议第8次（审议“养老服务规划”），因故请假。现将"
    )
    assert first(None) == "现将您对“养老服务规划”的意见建议研究采纳情况反馈如下："


def test_no_feedback_is_written_where_there_is_nothing_to_feed_back() -> None:
    unsaid = {"opinions": (), "decisions": [DECISION._replace(published_on=None)]}
    unrecorded = [INVITED._replace(attendance=None)]
    studied = (OPINIONS[2], OPINIONS[0]._replace(outcome=Outcome.PARTLY, reply=""))
    for lists, reason in (
        (unsaid, "没有提出意见，会议信息也还没有公开"),
        ({"opinions": (), "invitations": unrecorded}, "还没有登记是否到会，也没有登记意见"),
        ({"opinions": studied}, "意见都还没有写明采纳情况"),
    ):
        with pytest.raises(CommandError, match=reason):
            letter_words(case(**lists), ANSWER)
    published = letter_words(case(opinions=()), ANSWER)
    assert published.after[0] == "会议有关信息已于2027年4月21日主动公开。"


def test_an_outcome_without_its_reasons_is_still_being_studied() -> None:
    half = OPINIONS[0]._replace(outcome=Outcome.PARTLY, reply="")
    words = letter_words(case(opinions=(half, OPINIONS[1])), ANSWER).after
    assert words[1] == "采纳情况：正在研究，结果另行反馈。"


def test_signature_and_date_stand_as_the_standard_says() -> None:
    # a seal: the date four characters in, the signature centred above; none: two in, the date two after its start
    assert closing_insets(10, 6.5, sealed=True) == (2.25, 4)
    assert closing_insets(10, 6.5, sealed=False) == (2, 3.5)
    assert closing_insets(4, 6.5, sealed=False) == (6.5, 2)  # a long date; the signature two before its start
    assert closing_insets(20, 6.5, sealed=True) == (0, 6.75)  # no room for four
    snapshot, to = case(), ANSWER._replace(contact="李明", phone="021-56560000")
    for sealed in (False, True):
        data = letter_pdf(snapshot, to._replace(sealed=sealed), bundled_only=True)
        document = pypdfium2.PdfDocument(data)
        page = document[0].get_textpage()
        edge = document[0].get_width() - 26 / 25.4 * 72
        start, end = (
            tuple(page.get_charbox(at + step) for step in (0, len(words) - 1))
            for words in ("宝山区人民政府办公室", "2027年4月21日")
            for at in [page.get_text_range().rindex(words)]
        )
        document.close()
        signature, day = (start[0][0], start[1][2]), (end[0][0], end[1][2])
        if sealed:
            assert abs(sum(signature) - sum(day)) < 6
            assert abs(edge - day[1] - 4 * 16) < 3
        else:
            assert abs(edge - signature[1] - 2 * 16) < 3
            assert abs(day[0] - signature[0] - 2 * 16) < 3
    assert "（联系人：李明；电话：021-56560000）" in word_text(letter_docx(snapshot, to))
    assert "（联系人：李明；电话：021-56560000）" in pdf_text(letter_pdf(snapshot, to))


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
