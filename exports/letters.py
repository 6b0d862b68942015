"""邀请函与反馈函的文字：写给一名列席代表，讲一个决策事项；Word 与 PDF 都用它。"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from exports.pdf.text import clean
from exports.pdf.times import day_words
from models.domain.attendance import Attendance, Decision, Delegate, Invitation, Meeting, Opinion, Outcome
from models.domain.errors import CommandError
from models.domain.masking import masks_of
from models.domain.privacy import masked_name
from models.domain.snapshot import ItemKind, YearSnapshot
from models.domain.text import LONGEST_TEXT

UNSET = "另行通知"


class Letter(NamedTuple):
    """A letter: title, salutation, paragraphs, closing, signature and date. ``facts`` are named lines."""

    title: str
    salutation: str
    paragraphs: tuple[str, ...]
    facts: tuple[tuple[str, str], ...]
    after: tuple[str, ...]
    signature: str
    day: date

    @property
    def words(self) -> tuple[str, ...]:
        """All that stands in it, in order."""
        facts = (f"{name}：{value}" for name, value in self.facts)
        return (self.title, self.salutation, *self.paragraphs, *facts, *self.after, self.signature)


class LetterTo(NamedTuple):
    """A letter that is asked for: on which decision and to which delegate (keys), invitation or ``feedback``.

    ``masked``: 张*代表 instead of the whole name. ``issuer`` signs, else the office of the district; ``day`` dates
    it, else the day that is recorded.
    """

    decision: str
    delegate: str
    feedback: bool = False
    masked: bool = True
    issuer: str = ""
    day: date | None = None


class _LetterCase(NamedTuple):
    """What a letter is about, and who signs it."""

    decision: Decision
    delegate: Delegate
    invitation: Invitation
    meeting: Meeting | None
    opinions: tuple[Opinion, ...]
    unit: str
    salutation: str
    issuer: str


def letter_words(snapshot: YearSnapshot, to: LetterTo) -> Letter:
    """The invitation to the meeting on the decision, or what became of the delegate's opinions on it (§20).

    Raises ``CommandError`` where the delegate is not invited, has no feedback to get (absent), or where nothing
    dates the letter.
    """
    case = _case(snapshot, to)
    return _feedback(case, to) if to.feedback else _invitation(case, to)


def _invitation(case: _LetterCase, to: LetterTo) -> Letter:
    day = _day(case.decision, to.day or case.invitation.invited_on)
    body = _line(case.meeting.body if case.meeting else "区政府常务会议")
    paragraphs = (
        (
            f"为推进重大行政决策公众参与，现邀请您作为{_group(case.delegate)}列席{body}，"
            f"听取“{_line(case.decision.title)}”的审议情况，并就该事项提出意见建议。有关安排如下："
        ),
    )
    after = (
        (
            "请您会前阅知有关材料，按时到会并遵守会议纪律。您在会上提出的意见建议，承办单位将逐条研究，采纳情况会后向您书面反馈。"
            "如因故不能到会，请提前告知。"
        ),
        "专此函邀。",
    )
    return Letter("列席会议邀请函", case.salutation, paragraphs, _facts(case), after, case.issuer, day)


def _feedback(case: _LetterCase, to: LetterTo) -> Letter:
    """Each opinion with outcome and reply; one that is still being studied says so."""
    if case.invitation.attendance is Attendance.ABSENT:
        raise CommandError("这名代表没有到会，没有可以反馈的意见。", "没有写出反馈函。")
    day = _day(case.decision, to.day or _told(case))
    after = (
        *_opinion_words(case.opinions), *_published(case.decision), "感谢您对政府工作的关心和支持。",
    )  # fmt: skip
    return Letter("列席意见建议反馈函", case.salutation, (_thanks(case),), (), after, case.issuer, day)


def _case(snapshot: YearSnapshot, to: LetterTo) -> _LetterCase:
    """What the letter is about, everybody's name but the addressee's hidden in its texts, and all phones."""
    addressee = snapshot.item(ItemKind.DELEGATE, to.delegate)
    masks = masks_of(snapshot, but=None if to.masked else to.delegate)
    seen = masks.year(snapshot)
    decision, delegate = seen.item(ItemKind.DECISION, to.decision), seen.item(ItemKind.DELEGATE, to.delegate)
    if not (isinstance(decision, Decision) and isinstance(delegate, Delegate)):
        raise CommandError("没有这个决策事项或代表。", "没有写出信函。", "它可能已被删除，请刷新后再看。")
    about = (to.decision, to.delegate)
    invitation = next((row for row in seen.invitations if (row.decision, row.delegate) == about), None)
    if invitation is None:
        raise CommandError("这名代表没有受邀列席这个事项。", "没有写出信函。", "请先登记邀请。")
    assert isinstance(addressee, Delegate)
    meeting = seen.item(ItemKind.MEETING, decision.meeting) if decision.meeting else None
    return _LetterCase(
        decision,
        delegate,
        invitation,
        meeting if isinstance(meeting, Meeting) else None,
        tuple(opinion for opinion in seen.opinions if (opinion.decision, opinion.delegate) == about),
        _line(seen.unit_name(decision.unit)) if decision.unit else "",
        _salutation(addressee, masked=to.masked),
        _line(masks.text(to.issuer)) or f"{_line(seen.year_row.district)}人民政府办公室",
    )


def _day(decision: Decision, day: date | None) -> date:
    if day is None:
        raise CommandError(
            f"没有写明信函的日期：“{_line(decision.title)[:30]}”。", "没有写出信函。", "请先登记日期。"
        )
    return day


def _line(text: str) -> str:
    """On one line, whole: a letter has as many pages as it needs, and nobody's opinion is cut in it."""
    return clean(text, LONGEST_TEXT).text.replace("\n", " ")


def _salutation(delegate: Delegate, *, masked: bool) -> str:
    """张*代表：; the whole name only where it is asked for; 尊敬的代表： where the name was erased."""
    name = _line(delegate.name)
    if not name:
        return "尊敬的代表："
    return f"{masked_name(name) if masked else name}代表："


def _group(delegate: Delegate) -> str:
    group = _line(delegate.group)
    return f"{group}代表" if group and not group.endswith("代表") else group or "利益相关方代表"


def _facts(case: _LetterCase) -> tuple[tuple[str, str], ...]:
    meeting = case.meeting
    time, place = UNSET, UNSET
    if meeting is not None and meeting.starts_at is not None:
        start = meeting.starts_at
        time = (
            f"{start.year}年{day_words(start.date())}{start:%H:%M}{'（暂定）' if meeting.tentative else ''}"
        )
    if meeting is not None and meeting.place:
        place = _line(meeting.place)
    facts = (
        ("会议名称", _line(f"{meeting.body}{meeting.number}") if meeting else UNSET),
        ("会议时间", time),
        ("会议地点", place),
        ("审议事项", _line(case.decision.title)),
        ("承办单位", case.unit),
    )
    return tuple((name, value) for name, value in facts if value)


def _told(case: _LetterCase) -> date | None:
    """When the delegate was told, never before the last outcome that the letter tells."""
    return max((day for day in (case.invitation.told_on, _last_decided(case)) if day), default=None)


def _last_decided(case: _LetterCase) -> date | None:
    """The day of the last outcome, else that of the meeting."""
    days = [opinion.decided_on for opinion in case.opinions if opinion.decided_on]
    meeting_day = case.meeting.starts_at.date() if case.meeting and case.meeting.starts_at else None
    return max(days) if days else meeting_day


def _thanks(case: _LetterCase) -> str:
    meeting = case.meeting
    when = ""
    if meeting is not None and meeting.starts_at is not None:
        when = f"于{meeting.starts_at.month}月{meeting.starts_at.day}日"
    body = _line(f"{meeting.body}{meeting.number}") if meeting else "有关会议"
    if case.invitation.attendance is Attendance.LEAVE:
        came = f"您受邀列席{body}（审议“{_line(case.decision.title)}”），因故请假。"
    else:
        came = f"感谢您{when}列席{body}，参与“{_line(case.decision.title)}”的审议。"
    spoke = "现将您的意见建议研究采纳情况反馈如下："
    return came + (spoke if case.opinions else "您没有提出意见建议，现将有关情况告知如下：")


_OUTCOMES = {Outcome.ADOPTED: "采纳", Outcome.PARTLY: "部分采纳", Outcome.NOT_ADOPTED: "未采纳"}
_NUMERALS = "一二三四五六七八九十"


def _opinion_words(opinions: Sequence[Opinion]) -> tuple[str, ...]:
    words: list[str] = []
    for at, opinion in enumerate(opinions):
        number = f"{_NUMERALS[at]}、" if at < len(_NUMERALS) else f"{at + 1}."
        words.append(f"{number if len(opinions) > 1 else ''}您提出：{_line(opinion.text)}")
        if opinion.outcome is None:
            words.append("采纳情况：正在研究，结果另行反馈。")
            continue
        reply = _line(opinion.reply)
        words.append(f"采纳情况：{_OUTCOMES[opinion.outcome]}。" + (f"说明：{reply}" if reply else ""))
    return tuple(words)


def _published(decision: Decision) -> tuple[str, ...]:
    if decision.published_on is None:
        return ()
    day = decision.published_on
    return (f"会议有关信息已于{day.year}年{day.month}月{day.day}日主动公开。",)


def day_line(day: date) -> str:
    """2027年3月15日."""
    return f"{day.year}年{day.month}月{day.day}日"
