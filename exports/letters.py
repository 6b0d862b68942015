"""邀请函与反馈函的文字：写给一名列席代表，讲一个决策事项；Word 与 PDF 都用它。"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from typing import NamedTuple

from exports.pdf.text import clean
from exports.pdf.times import day_line, day_words
from models.domain.attendance import (
    Attendance,
    Decision,
    Delegate,
    Invitation,
    Meeting,
    Opinion,
    Outcome,
    is_answered,
    own_opinions,
)
from models.domain.errors import CommandError
from models.domain.masking import masks_of
from models.domain.privacy import masked_name
from models.domain.snapshot import ItemKind, YearSnapshot
from models.domain.text import LONGEST_TEXT, quoted

UNSET = "另行通知"
FEEDBACK_REMEDY = "请先登记到会和意见的采纳情况；没有意见的，会议信息公开后再写。"


class Letter(NamedTuple):
    """A letter: title, salutation, paragraphs, closing, signature and date. ``facts`` are named lines.

    ``note`` is the 附注 with whom to call; ``sealed``: signature and date leave room for the seal.
    """

    title: str
    salutation: str
    paragraphs: tuple[str, ...]
    facts: tuple[tuple[str, str], ...]
    after: tuple[str, ...]
    signature: str
    day: date
    note: str = ""
    sealed: bool = False

    @property
    def words(self) -> tuple[str, ...]:
        """All that stands in it, in order."""
        facts = (f"{name}：{value}" for name, value in self.facts)
        last = (self.signature, *((self.note,) if self.note else ()))
        return (self.title, self.salutation, *self.paragraphs, *facts, *self.after, *last)


class LetterTo(NamedTuple):
    """A letter that is asked for: on which decision and to which delegate (keys), invitation or ``feedback``.

    ``masked``: 张*代表 instead of the whole name. ``issuer`` signs, else the office of the district; ``day`` dates
    it, else the day that is recorded. ``contact`` and ``phone`` are an official's, of whom the 附注 tells.
    """

    decision: str
    delegate: str
    feedback: bool = False
    masked: bool = True
    issuer: str = ""
    day: date | None = None
    contact: str = ""
    phone: str = ""
    sealed: bool = False


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
    note: str


def letter_words(snapshot: YearSnapshot, to: LetterTo) -> Letter:
    """The invitation to the meeting on the decision, or what became of the delegate's opinions on it (§20).

    Raises ``CommandError`` where the delegate is not invited, has no feedback to get (``why_no_feedback``), where
    nothing dates the letter, or where its day is before a fact that it states.
    """
    case = _case(snapshot, to)
    letter = _feedback(case, to) if to.feedback else _invitation(case, to)
    return letter._replace(note=case.note, sealed=to.sealed)


def why_no_feedback(snapshot: YearSnapshot, row: Invitation) -> str:
    """Why there is nothing to feed back to the delegate on the decision; "" where there is (§20).

    An outcome of something they said, or, to who was there or on leave, that the meeting was made public.
    """
    own = own_opinions(row, snapshot.opinions)
    if row.attendance is Attendance.ABSENT:
        return "没有到会，没有可以反馈的意见"
    if own:
        return "" if any(map(is_answered, own)) else "意见都还没有写明采纳情况"
    if row.attendance is None:
        return "还没有登记是否到会，也没有登记意见"
    decision = snapshot.item(ItemKind.DECISION, row.decision)
    published = isinstance(decision, Decision) and decision.published_on is not None
    return "" if published else "没有提出意见，会议信息也还没有公开"


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
    after = (
        *_opinion_words(case.opinions), *_published(case.decision), "感谢您对政府工作的关心和支持。",
    )  # fmt: skip
    paragraphs = (f"{_came(case)}{_spoke(case)}",)
    day = _feedback_day(case, to)
    return Letter("列席意见建议反馈函", case.salutation, paragraphs, (), after, case.issuer, day)


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
    if to.feedback and (why := why_no_feedback(snapshot, invitation)):
        raise CommandError(f"这名代表{why}。", "没有写出反馈函。", FEEDBACK_REMEDY)
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
        _line(masks.text(to.issuer)) or usual_issuer(seen),
        _note(_line(masks.text(to.contact)), _line(to.phone)),
    )


def usual_issuer(snapshot: YearSnapshot) -> str:
    """Who signs the letters where nobody else is asked for."""
    return _line(snapshot.year_row.office)


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


def _feedback_day(case: _LetterCase, to: LetterTo) -> date:
    """The day asked for, else when the delegate was told; never before a fact that the letter states."""
    stated = sorted(_stated(case), key=lambda fact: fact[1])
    if to.day is not None and stated and to.day < stated[-1][1]:
        what, last = stated[-1]
        raise CommandError(
            f"反馈函的日期（{day_line(to.day)}）早于函里写到的{what}（{day_line(last)}）。",
            "没有写出反馈函。",
            "请改日期，或等到那一天之后再写。",
        )
    recorded = (case.invitation.told_on, *(day for _, day in stated))
    return _day(case.decision, to.day or max((day for day in recorded if day), default=None))


def _stated(case: _LetterCase) -> Iterator[tuple[str, date]]:
    """The facts with a day that the letter states."""
    day = case.meeting.day if case.meeting is not None else None
    if day is not None and case.invitation.attendance is not None:
        yield "会议日期", day
    for opinion in case.opinions:
        if is_answered(opinion) and opinion.decided_on is not None:
            yield "意见办理日期", opinion.decided_on
    if case.decision.published_on is not None:
        yield "会议信息公开日期", case.decision.published_on


def _came(case: _LetterCase) -> str:
    """Thanks for coming to who is recorded to have come; nothing of it where nobody recorded it."""
    attendance, title = case.invitation.attendance, _line(case.decision.title)
    if attendance is None:
        return ""
    meeting = case.meeting
    body = _line(f"{meeting.body}{meeting.number}") if meeting else "有关会议"
    if attendance is Attendance.LEAVE:
        return f"您受邀列席{body}（审议{quoted(title)}），因故请假。"
    when = f"于{day_line(meeting.day)}" if meeting is not None and meeting.day is not None else ""
    return f"感谢您{when}列席{body}，参与{quoted(title)}的审议。"


def _spoke(case: _LetterCase) -> str:
    if not case.opinions:
        return "您没有提出意见建议，现将有关情况告知如下："
    whose = f"您对“{_line(case.decision.title)}”的" if case.invitation.attendance is None else "您的"
    return f"现将{whose}意见建议研究采纳情况反馈如下："


def _note(contact: str, phone: str) -> str:
    """（联系人：李明；电话：56560000）; "" where neither is known."""
    parts = [f"{name}：{value}" for name, value in (("联系人", contact), ("电话", phone)) if value]
    return f"（{'；'.join(parts)}）" if parts else ""


_OUTCOMES = {Outcome.ADOPTED: "采纳", Outcome.PARTLY: "部分采纳", Outcome.NOT_ADOPTED: "未采纳"}
_INSET = 2.0
_NUMERALS = "一二三四五六七八九十"


def _opinion_words(opinions: Sequence[Opinion]) -> tuple[str, ...]:
    words: list[str] = []
    for at, opinion in enumerate(opinions):
        number = f"{_NUMERALS[at]}、" if at < len(_NUMERALS) else f"{at + 1}."
        words.append(f"{number if len(opinions) > 1 else ''}您提出：{_line(opinion.text)}")
        if opinion.outcome is None or not is_answered(opinion):
            words.append("采纳情况：正在研究，结果另行反馈。")
            continue
        reply = _line(opinion.reply)
        words.append(f"采纳情况：{_OUTCOMES[opinion.outcome]}。" + (f"说明：{reply}" if reply else ""))
    return tuple(words)


def _published(decision: Decision) -> tuple[str, ...]:
    if decision.published_on is None:
        return ()
    return (f"会议有关信息已于{day_line(decision.published_on)}主动公开。",)


def closing_insets(signature: float, day: float, *, sealed: bool) -> tuple[float, float]:
    """How far signature and date stand from the right edge of the text, all in characters (GB/T 9704-2012, 7.3.5).

    Without a seal the signature stands two characters in and the date begins two characters after it; a date
    that is too long for that stands two characters in. With one the date stands four in, the signature centred
    above it.
    """
    if sealed:
        inset = max(4 + (day - signature) / 2, 0.0)
        return inset, inset + (signature - day) / 2
    if signature - day >= _INSET:
        return _INSET, signature - day
    return max(2 * _INSET + day - signature, 0.0), _INSET
