"""每一步自己说得出哪里不行：空话是没有问题。"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection
from typing import NamedTuple

from gui.years.wizard.answers import Answers, FirstRound, HolidaySource
from models.domain.setting_names import REASON
from models.domain.snapshot import ItemKind
from models.domain.units import UnitKind
from models.domain.year import Holidays
from models.own_document import YEAR, is_of_document
from models.place_lists import names_problem, units_problem
from planners.notice_text import parse_notice

STEPS = ("年度与单位", "规则依据", "节假日与调休", "单位与街镇", "主题与学段", "首轮排期")


class WizardStep(NamedTuple):
    """A step in the stepper: its name, what was answered, and whether it can be left."""

    name: str
    caption: str
    problem: str


def steps(answers: Answers, known: Collection[int]) -> tuple[WizardStep, ...]:
    """The six steps as they are answered now; ``known``: the years that the data file has."""
    captions = (_year(answers), _rules(answers), _holidays(answers), _units(answers), _themes(answers))
    return tuple(
        WizardStep(name, caption, problem(number, answers, known))
        for number, (name, caption) in enumerate(
            zip(STEPS, (*captions, answers.first_round.label), strict=True)
        )
    )


def problem(step: int, answers: Answers, known: Collection[int]) -> str:
    """Why the step cannot be left; "" where it can."""
    return (
        lambda: _year_problem(answers, known),
        lambda: _rules_problem(answers),
        lambda: _holidays_problem(answers),
        lambda: _units_problem(answers),
        lambda: _schools_problem(answers),
        lambda: _round_problem(answers),
    )[step]()


def _year_problem(answers: Answers, known: Collection[int]) -> str:
    if answers.year in known:
        return f"{answers.year} 年度已经有了，请换一个年份。"
    return "" if answers.district.strip() else "请写明哪个区。"


def _rules_problem(answers: Answers) -> str:
    titles = {rule.code: rule.title for rule in answers.rules.rules}
    for code, reason in answers.switched_off:
        if not reason.strip():
            return f"停用“{titles.get(code, code)}”须写明理由。"
    least, most = answers.setting("open_month.target"), answers.setting("open_month.most")
    if isinstance(least, int) and isinstance(most, int) and least > most:
        return f"开放月场次的下限 {least} 大于上限 {most}。"
    return ""


def _holidays_problem(answers: Answers) -> str:
    return holidays_problem(answers.year, answers.source, answers.holidays, answers.notice_text)


def holidays_problem(year: int, source: HolidaySource, holidays: Holidays, notice_text: str) -> str:
    """Why an arrangement cannot be taken; "" where it can."""
    if source is HolidaySource.PASTED:
        notice = parse_notice(notice_text, year)
        if notice.unread:
            return notice.unread[0].words
    return "" if holidays.days_off else f"没有 {year} 年的放假日，请粘贴通知或点选。"


def _units_problem(answers: Answers) -> str:
    return units_problem(answers.chosen_units)


def _schools_problem(answers: Answers) -> str:
    return names_problem(answers.schools, ItemKind.SCHOOL.label)


def _round_problem(answers: Answers) -> str:
    if answers.first_round is FirstRound.COPY and answers.previous is None:
        return "没有上年可以沿用，请选另一种。"
    return ""


def _year(answers: Answers) -> str:
    taken = f" · 带来 {answers.previous} 年设置" if answers.previous else ""
    return f"{answers.year} · {answers.district}{taken}"


def _rules(answers: Answers) -> str:
    chosen = (name for name, _ in answers.settings if not name.startswith(REASON))
    own = sum(not is_of_document(name) for name in chosen) + len(answers.switched_off)
    document = f"{dict(answers.settings).get(YEAR, answers.ruleset)} 年要点"
    return f"{document} · 改 {own} 处" if own else document


def _holidays(answers: Answers) -> str:
    if not answers.holidays.announced:
        return "按法定节日估算"
    return f"放假 {len(answers.holidays.days_off)} 天 · 调休 {len(answers.holidays.makeup_workdays)} 天"


def _units(answers: Answers) -> str:
    kinds = Counter(unit.kind for unit in answers.chosen_units)
    return f"{kinds[UnitKind.TOWN]} 街镇 · {kinds[UnitKind.DEPARTMENT]} 委办局"


def _themes(answers: Answers) -> str:
    decided = sum(bool(theme.strip()) for theme in answers.themes)
    return f"主题 {decided}/4 · 学校 {len(answers.schools)} 所"
