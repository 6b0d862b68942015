"""放假通知：从粘贴的原文里读出放假日与调休上班日；没读懂的逐行列出，不猜。"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, timedelta
from typing import NamedTuple

from models.domain.workdays import WEEKDAYS
from models.domain.year import Holidays
from planners.wording import short_day

LONGEST_NOTICE = 10_000
"""Characters of a text that is read as a notice; they have about a thousand."""
FESTIVALS = ("元旦", "春节", "清明节", "劳动节", "端午节", "中秋节", "国庆节")
LONGEST = 60
"""So many days on end at most: a longer span is a slip of the pen."""

_DIGITS = str.maketrans("０１２３４５６７８９", "0123456789")
_SPACE = re.compile(r"[\s\u3000]+")
_TITLE = re.compile(r"国务院办公厅关于(\d{4})年部分节假日安排的通知")
_NUMBER = re.compile(r"国办发(?:明电)?[〔\[［（(](\d{4})[〕\]］）)](\d{1,4})号")
_SIGNED = re.compile(r"(?:国务院办公厅)?(\d{4})年(\d{1,2})月(\d{1,2})日(?:印发)?")
_NAMES = "元旦|春节|清明|“?五一|劳动|端午|中秋|国庆"
_ITEM = re.compile(rf"(?=[一二三四五六七八九十]{{1,2}}、(?:{_NAMES}))")
_HEAD = re.compile(
    rf"(?:[一二三四五六七八九十]{{1,2}}、|\d{{1,2}}[.．、])?((?:{_NAMES})[^：:，。0-9]{{0,20}})[：:](.+)"
)
_DATE = r"(?:(\d{4})年)?(?:(\d{1,2})月)?(\d{1,2})日(?:[（(]([^）)]*)[）)])?"
_SPAN = re.compile(rf"{_DATE}(?:(?:至|到|[-–—－~～]){{1,2}}{_DATE})?")
_VERB = re.compile(r"(?:均|都|照常|正常)?(放假|补休|上班)(?:公休)?(?:调休|补休)?(?:(\d{1,3})天)?")
_COUNT = re.compile(r"共(\d{1,3})天")
_EMPTY = re.compile(r"(?:与周末连休|不调休|含周末)")
_WEEKDAY = re.compile(r"(?:周|星期)([一二三四五六日天])")
_TELLING = re.compile(r"\d日|放假|上班|补休|调休")


class Unread(NamedTuple):
    """A line (from 1; 0: the text as a whole) that was not understood or cannot be right, and why."""

    line: int
    text: str
    why: str

    @property
    def words(self) -> str:
        """The line and what is the matter, in one sentence."""
        return f"第 {self.line} 行：{self.why}（“{self.text}”）" if self.line else self.why


class Notice(NamedTuple):
    """What a notice says. ``unread``: what must be looked at by a person; ``notes``: what asks for nothing.

    ``missing``: the festivals of which nothing was read. Days of a sentence with a mistake in it are not taken.
    """

    year: int
    title: str = ""
    number: str = ""
    days_off: tuple[tuple[date, str], ...] = ()
    makeup_workdays: tuple[date, ...] = ()
    unread: tuple[Unread, ...] = ()
    notes: tuple[Unread, ...] = ()
    missing: tuple[str, ...] = ()

    @property
    def name(self) -> str:
        """《国务院办公厅关于…的通知》（国办发明电〔…〕…号), as far as it is known."""
        return (f"《{self.title}》" if self.title else "") + (f"（{self.number}）" if self.number else "")

    def holidays(self) -> Holidays:
        """The arrangement of the year as announced."""
        return Holidays(
            announced=True,
            notice=self.name or f"{self.year}年放假安排（粘贴的通知）",
            days_off=self.days_off,
            makeup_workdays=self.makeup_workdays,
        )


class _MistakeError(Exception):
    """Why a sentence cannot be taken."""


class _Days(NamedTuple):
    """Days of one clause: off, or worked."""

    days: tuple[date, ...]
    off: bool


def parse_notice(text: str, year: int) -> Notice:
    """What ``text`` says of the days off in ``year``; days without a year are those of the notice's own year.

    Never raises: what cannot be read is in ``unread``, line by line.
    """
    if len(text) > LONGEST_NOTICE:
        return Notice(year, unread=(Unread(0, "", f"有 {len(text)} 字，太长，不像一份通知。"),))
    bare = _SPACE.sub("", text.translate(_DIGITS))
    title, number = _TITLE.search(bare), _NUMBER.search(bare)
    own = int(title[1]) if title else year
    reader = _NoticeReader(own)
    for line, piece in _pieces(text):
        reader.read(line, piece)
    unread = reader.unread
    if own != year:
        unread.insert(0, Unread(0, "", f"这是 {own} 年的通知，要的是 {year} 年的。"))
    if not reader.off:
        unread.append(Unread(0, "", "没有读到放假安排。请粘贴通知全文，每个节日一行。"))
    names = "".join(reader.off.values())
    missing = tuple(name for name in FESTIVALS if reader.off and name not in names)
    return Notice(
        own,
        title[0] if title else "",
        number[0] if number else "",
        tuple(sorted(reader.off.items())),
        tuple(sorted(reader.worked)),
        tuple(unread),
        tuple(reader.notes),
        missing,
    )


def _pieces(text: str) -> Iterator[tuple[int, str]]:
    """The items and other lines with the number of their line; several items on one line are told apart."""
    for number, line in enumerate(text.splitlines(), 1):
        bare = _SPACE.sub("", line.translate(_DIGITS))
        yield from ((number, piece) for piece in _ITEM.split(bare) if piece)


class _NoticeReader:
    """Gathers days, line by line."""

    def __init__(self, year: int) -> None:
        self._year = year
        self.off: dict[date, str] = {}
        self.worked: set[date] = set()
        self.unread: list[Unread] = []
        self.notes: list[Unread] = []

    def read(self, line: int, text: str) -> None:
        """Take what one line says."""
        head = _HEAD.fullmatch(text)
        if head is not None:
            for sentence in filter(None, re.split(r"[。；;]", head[2])):
                self._sentence(line, _full_name(head[1]), sentence)
        elif _is_frame(text):
            return
        elif re.search(r"\d[日月]", text) or re.match(r"[一二三四五六七八九十]{1,2}、", text):
            self.unread.append(Unread(line, text, "没有读懂，不在“节日：日期放假”的写法之内"))

    def _sentence(self, line: int, name: str, sentence: str) -> None:
        if sentence.startswith("鼓励"):
            self.notes.append(Unread(line, sentence, "鼓励的内容，不作放假日"))
            return
        try:
            found = _days_of(sentence, self._year)
            self._require_free(found)
        except _MistakeError as mistake:
            self.unread.append(Unread(line, sentence, str(mistake)))
            return
        for days in found:
            if days.off:
                self.off.update(dict.fromkeys(days.days, name))
            else:
                self.worked.update(days.days)
        if not found and _TELLING.search(sentence):
            self.unread.append(Unread(line, sentence, "没有读懂"))

    def _require_free(self, found: list[_Days]) -> None:
        """No day both off and worked; nobody is told to work on a day that is worked anyhow."""
        for days in found:
            for day in days.days:
                if (days.off and day in self.worked) or (not days.off and day in self.off):
                    raise _MistakeError(f"{short_day(day)}又放假又上班")
                if not days.off and day.weekday() < 5:
                    raise _MistakeError(f"{short_day(day)}是周{WEEKDAYS[day.weekday()]}，本来就上班")


def _full_name(name: str) -> str:
    """国庆节、中秋节 as it stands; 清明 and 国际劳动节 as the festival is called."""
    parts = [re.sub(r"[“”]", "", part) for part in re.split(r"[、和]", name)]
    return "、".join(next((f for f in FESTIVALS if f.removesuffix("节") in part), part) for part in parts)


def _is_frame(text: str) -> bool:
    """Title, number, salutation, preamble, signature."""
    if _SIGNED.fullmatch(text) or _NUMBER.fullmatch(text) or _TITLE.fullmatch(text):
        return True
    return "通知如下" in text or text.startswith(("各省", "节假日期间", "经国务院批准"))


def _days_of(sentence: str, year: int) -> list[_Days]:
    """The days that a sentence sets, clause by clause; none where it speaks of something else."""
    found: list[_Days] = []
    for clause in filter(None, re.split(r"[，,]", sentence)):
        if count := _COUNT.fullmatch(clause):
            _require_count(found, int(count[1]))
        elif not _EMPTY.fullmatch(clause):
            found.append(_clause(clause, year))
    return found


def _require_count(found: list[_Days], count: int) -> None:
    days = sum(len(days.days) for days in found if days.off)
    if days != count:
        raise _MistakeError(f"写着共 {count} 天，日期却是 {days} 天")


def _clause(clause: str, year: int) -> _Days:
    """Dates and spans joined by 、, then 放假, 补休 or 上班."""
    days: list[date] = []
    position, month = 0, None
    while match := _SPAN.match(clause, position):
        span, month = _span(match, year, month)
        days += span
        position = match.end()
        if position < len(clause) and clause[position] in "、和及":
            position += 1
    verb = _VERB.fullmatch(clause, position)
    if not days or verb is None:
        raise _MistakeError("没有读懂")
    off = verb[1] != "上班"
    if verb[2] and int(verb[2]) != len(days):
        raise _MistakeError(f"写着{verb[1]} {verb[2]} 天，日期却是 {len(days)} 天")
    return _Days(tuple(days), off)


def _span(match: re.Match[str], year: int, month: int | None) -> tuple[list[date], int]:
    """The days of one date or span; a date without a month has that of the one before it."""
    groups = match.groups()
    first_month = int(groups[1]) if groups[1] else month
    if first_month is None:
        raise _MistakeError("日期没有写月份")
    first_year = int(groups[0]) if groups[0] else year
    if groups[6] is None:
        day = _date(first_year, first_month, int(groups[2]), groups[3])
        return [day], first_month
    last_month = int(groups[5]) if groups[5] else first_month
    last_year = int(groups[4]) if groups[4] else (first_year if groups[0] else year)
    if not groups[0] and last_month < first_month:
        first_year = last_year - 1
    elif not groups[4] and last_month < first_month:
        last_year = first_year + 1
    first = _date(first_year, first_month, int(groups[2]), groups[3])
    last = _date(last_year, last_month, int(groups[6]), groups[7])
    if not 0 <= (last - first).days < LONGEST:
        raise _MistakeError(f"{short_day(first)}至{short_day(last)}，起止不对")
    return [first + timedelta(days=n) for n in range((last - first).days + 1)], last_month


def _date(year: int, month: int, day: int, remark: str | None) -> date:
    """The day, where there is such a one and its weekday is as written."""
    try:
        found = date(year, month, day)
    except ValueError:
        raise _MistakeError(f"没有 {year}年{month}月{day}日这一天") from None
    written = _WEEKDAY.search(remark or "")
    if written and WEEKDAYS[found.weekday()] != written[1].replace("天", "日"):
        raise _MistakeError(f"写着周{written[1]}，{year}年{month}月{day}日是周{WEEKDAYS[found.weekday()]}")
    return found
