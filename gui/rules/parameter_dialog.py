"""规则参数：改之前先说会使哪些周期变为未满足，写明理由，一步可撤销。"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from datetime import date
from functools import partial
from typing import Any, NamedTuple

from PySide6.QtCore import QSignalBlocker, QTimer
from PySide6.QtWidgets import QLabel, QLineEdit, QSpinBox, QWidget

from gui.kit.bindings import Binding, Field
from gui.kit.choices import Choice
from gui.kit.controls import changed_signal, line_edit, number_edit, show_value, value_of
from gui.kit.day_edit import day_edit
from gui.kit.form import FormDialog
from gui.kit.message_bar import BarArea
from gui.kit.optional_day import OptionalDay
from gui.kit.plain import button, label
from gui.rules.pauses_row import PausesRow
from gui.services.rule_parameters import (
    chosen_value,
    counted_campaigns,
    milestones_of,
    settings_of,
    stated_origin,
    value_words,
)
from gui.session.messages import Bar
from gui.session.rule_effect import settings_effect
from gui.session.year_session import YearSession
from models import commands
from models.domain.dated_settings import changed_since
from models.domain.errors import CommandError, InputError
from models.domain.events import Campaign
from models.domain.rules import Origin, Rule, RuleKind, SettingSpec
from models.domain.setting_names import LEAD_WORKDAYS, WEEK_LIMIT, due_name, reason_name
from models.domain.year import Setting
from models.own_document import former_name
from models.rule_numbers import LONGEST_WORDS
from planners.checks.context import CheckContext
from planners.checks.milestones import duties
from planners.in_force import since_words, usual_start
from planners.parameter_effect import ParameterEffect, effect_headline
from planners.rule_rows import OWN_LOAD, RuleLine
from planners.wording import short_day

DEBOUNCE = 150
NAME_WIDTH = 160


class _Parameter(NamedTuple):
    """A setting of the form: its control, what is stored and what is its default, as the control has them.

    ``words`` says a value, ``stored`` makes a setting of it, ``changed`` begins the words of the step.
    """

    name: str
    label: str
    control: QWidget
    now: Any
    default: Any
    words: Callable[[Any], str]
    stored: Callable[[Any], Setting] = lambda value: value
    changed: str = ""
    is_day: bool = False

    @property
    def value(self) -> Any:
        """What the control says."""
        return value_of(self.control)

    @property
    def new_words(self) -> str:
        """What the step says that it is now; a day that is not the default's in full."""
        stored = self.stored(self.value)
        return self.words(self.value) if self.value in (self.default, stored) else str(stored)


def _day_words(day: date | None) -> str:
    return short_day(day) if day else "新要点印发后才知道"


def _day_stored(day: date | None) -> Setting:
    return day.isoformat() if day else None


def _origin_of_day(rule: Rule) -> Origin:
    """Where the usual day of a milestone comes from."""
    made_of = (rule.named(name) for name in ("month", "days"))
    return next((one.stated[1] if one.stated else one.origin for one in made_of if one), Origin.TEXT)


def _number(value: Setting) -> int:
    return value if isinstance(value, int) else 0


class ParameterDialog(FormDialog):
    """The settings that change how one line of the rules page is checked; ``only`` those named, where given.

    What the check would say otherwise is shown before anything is saved. Saving is one step, its name in the
    log carries the day from which the numbers hold and the reason; what is changed from 1 January on and equal to
    the default is no setting of the year any more. Days of milestones are changed for the year.
    """

    def __init__(
        self,
        session: YearSession,
        line: RuleLine,
        parent: QWidget | None = None,
        *,
        only: Collection[str] | None = None,
    ) -> None:
        super().__init__(f"规则参数：{line.title}", "保存修改", parent, width=620)
        self._session, self._codes, self._title = session, line.rules, line.title
        specs = settings_of(line, session.ruleset)
        specs = tuple(spec for spec in specs if only is None or spec.name in only)
        self.controls: dict[str, QWidget] = {}
        self._parameters: list[_Parameter] = []
        self.effect: ParameterEffect = ParameterEffect()
        self.add_heading(f"规则参数：{line.title}", line.tile if isinstance(line.tile, Campaign) else None)
        self.add_words("只改本年度。条文原文不变；改后的数在各处标为“自定”。", "caption")
        for spec in specs:
            self._add_setting(spec)
        for rule in milestones_of(line, session.ruleset) if only is None else ():
            self._add_due(rule)
        self.pauses = self._add_pauses(line) if only is None else None
        self._pause = QTimer(self, singleShot=True, interval=DEBOUNCE)
        self._pause.timeout.connect(self.show_effect)
        self.since = day_edit()
        self._dated = any(not one.is_day for one in self._parameters)
        self._add_since()
        self.add_section("改后的影响")
        self.bars = BarArea(margins=(0, 0, 0, 0))
        self.add_widget(self.bars)
        self.lines: QLabel = label("", "secondary", wrap=True)
        self.add_widget(self.lines)
        self.reason = line_edit("为什么改（必填，记入变更记录）")
        self._reason = Binding("理由", self.reason, "reason")
        self._reason.row = self._add_named("理由", self.reason)
        self.default_button = button("恢复默认", self.choose_defaults)
        self.add_left_button(self.default_button)
        self.show_effect()
        self.keep_drafts(session, line.title, *sorted(only or ()))

    # the controls

    def _add_setting(self, spec: SettingSpec) -> None:
        now = chosen_value(spec, self._session.row)
        control: Choice[Setting] | QSpinBox | QLineEdit
        is_words = isinstance(spec.default, str)
        if spec.allowed:
            control = Choice([(words, allowed) for allowed, words in spec.allowed])
        elif is_words:
            control = line_edit("用“、”隔开", LONGEST_WORDS)
        else:
            control, now = number_edit(spec.least or 0, spec.most or 999), _number(now)
            control.lineEdit().setTextMargins(4, 0, 0, 0)
        default = spec.default if spec.allowed or is_words else _number(spec.default)
        self._add(
            _Parameter(spec.name, spec.label, control, now, default, partial(value_words, spec)),
            f"{spec.label}由 {value_words(spec, now)} 改为",
            stated_origin(spec, self._session.ruleset),
        )

    def _add(self, parameter: _Parameter, changed: str, origin: Origin) -> None:
        """The row of ``parameter``; ``changed``: how the step says that it is another; ``origin`` of the default."""
        show_value(parameter.control, parameter.now)
        if isinstance(parameter.control, QLineEdit):
            parameter.control.setCursorPosition(0)
        changed_signal(parameter.control).connect(self._on_changed)
        self.controls[parameter.name] = parameter.control
        self._parameters.append(parameter._replace(changed=changed))
        row = self._add_named(parameter.label.removeprefix(self._title) or parameter.label, parameter.control)
        row.say(f"默认：{parameter.words(parameter.default)}（{origin.label}）", "caption")

    def _add_named(self, name: str, control: QWidget) -> Field:
        field = Field(name, control, NAME_WIDTH)
        self.add_widget(field)
        return field

    def _add_due(self, rule: Rule) -> None:
        name = f"{rule.title}期限"
        context = CheckContext(self._session.snapshot, self._session.today, self._session.ruleset)
        (duty,) = duties(context, rule)
        now, usual = duty.due, duty.usual
        control = day_edit() if usual else OptionalDay("先自定", now, self._session.today, name=name)
        parameter = _Parameter(
            due_name(rule.code), name, control, now, usual, _day_words, _day_stored, is_day=True
        )
        self._add(parameter, f"{name}改为", _origin_of_day(rule))

    def _add_pauses(self, line: RuleLine) -> PausesRow | None:
        if not counted_campaigns(line, self._session.ruleset):
            return None
        made = PausesRow(self._session, line)
        made.changed.connect(self.show_effect)
        self._add_named("停排期", made).say("点一段可改；改停排是单独的一步，不随下面的保存。", "caption")
        return made

    def _add_since(self) -> None:
        """The day from which the numbers hold; it follows what is changed until a person sets it."""
        self._said_since = False
        show_value(self.since, self._usual_since())
        self.since.dateChanged.connect(self._on_since)
        self._since_row = self._add_named("自哪天起", self.since)
        self._since_row.setVisible(self._dated)

    def _usual_since(self) -> date:
        names = [one.name for one in self._parameters if not one.is_day and one.value != one.now]
        names = names or [one.name for one in self._parameters if not one.is_day]
        return usual_start(names, self._session.ruleset, self._session.year, self._session.today)

    def _on_since(self) -> None:
        self._said_since = True
        self._pause.start()

    def _show_since(self) -> None:
        if not self._said_since:
            with QSignalBlocker(self.since):
                show_value(self.since, self._usual_since())
        since, today = value_of(self.since), self._session.today
        words = "这一天以后开始的周期、印发的文件、召开的会议按新数；此前的照旧，已判定的不变。"
        if since <= today.replace(day=1) and since < self._usual_since():
            words = "早于今天：已开始、已结束的周期会按新数重新判定，请看下面的影响。"
        elif since.year > self._session.year:
            words = f"今年的周期都已开始，{self._session.year} 年度不变；新建 {since.year} 年度时带去。"
        self._since_row.say(words, "warning" if words.startswith("早") else "caption")

    def choose_defaults(self) -> None:
        """Set every control to its default; nothing is saved yet."""
        for parameter in self._parameters:
            with QSignalBlocker(parameter.control):
                show_value(parameter.control, parameter.default)
        self.show_effect()

    # what would be

    def values(self) -> Mapping[str, Setting]:
        """The settings that would change, as they would be stored; None for one that is taken away."""
        entered = {one.name: one.stored(one.value) for one in self._parameters if one.value != one.now}
        days = {one.name for one in self._parameters if one.is_day}
        defaults = {one.name for one in self._parameters if one.value == one.default}
        stored, year, since = self._stored, self._session.year, value_of(self.since)
        numbers = {name: value for name, value in entered.items() if name not in days}
        if since <= date(year, 1, 1):
            numbers = {name: None if name in defaults else value for name, value in numbers.items()}
        return {
            **{name: None if name in defaults else value for name, value in entered.items() if name in days},
            **changed_since(stored, year, numbers, since),
        }

    @property
    def _stored(self) -> Mapping[str, Setting]:
        return dict(self._session.snapshot.year_row.settings)

    def _on_changed(self) -> None:
        self._pause.start()

    def show_effect(self) -> None:
        """Say what the check would say otherwise."""
        self._pause.stop()
        self._show_since()
        changed = self.values()
        self.default_button.setEnabled(any(one.value != one.default for one in self._parameters))
        if not changed:
            self.effect = ParameterEffect()
            self.bars.show_bar(Bar("info", "还没有改动。", (), "effect", closable=False))
            self.lines.hide()
            return
        try:
            self.effect, lines = settings_effect(self._session, changed)
        except InputError as error:
            self.bars.show_bar(Bar("warning", str(error), (), "effect", closable=False))
            self.lines.hide()
            return
        kind = "warning" if self.effect.is_bad else "info"
        self.bars.show_bar(Bar(kind, f"{effect_headline(self.effect)}。", (), "effect", closable=False))
        self.lines.setText("\n".join(lines))
        self.lines.setVisible(bool(lines))
        if self.isVisible():
            self.fit()

    @property
    def headline(self) -> str:
        """What is said of the effect."""
        return self.bars.texts[0] if self.bars.texts else ""

    # saving

    def accept_form(self) -> None:
        """The settings are those shown; one step that names the reason."""
        changed, reason = self.values(), self.reason.text().strip()
        if not changed:
            raise CommandError("没有改动。", "", "请先改一项，或返回。")
        if not reason:
            self._reason.refuse("请填写理由", "还没有填写理由。", "")
        settings_effect(self._session, changed)  # refuses words that no rule can be checked with
        self._require_a_place()
        parameters = [one for one in self._parameters if one.value != one.now]
        noted = {reason_name(name): None if value is None else reason for name, value in changed.items()}
        decided = {former_name(code): None for code in self._codes if former_name(code) in self._stored}
        words = "；".join(f"{one.changed} {one.new_words}" for one in parameters)
        since = value_of(self.since)
        if any(not one.is_day for one in parameters) and since > date(self._session.year, 1, 1):
            words += f"，{since_words(since, self._session.year)}"
        title = f"修改规则参数：{words}（{reason}）"
        self._session.attempt_and_tell(commands.change_settings, {**changed, **noted, **decided}, title)

    def _require_a_place(self) -> None:
        """``CommandError`` where the numbers would hold only in a year that has settings of its own."""
        since = value_of(self.since)
        if since.year > self._session.year and since.year in self._session.years:
            raise CommandError(
                f"自{since.year}年起的数不能在 {self._session.year} 年度里改：{since.year} 年度已经建好。",
                "",
                f"请打开 {since.year} 年度来改，或选 {self._session.year} 年的一天。",
            )


def parameter_dialog(session: YearSession, name: str, parent: QWidget) -> ParameterDialog:
    """The form of one setting that belongs to the whole year: ``WEEK_LIMIT`` or ``LEAD_WORKDAYS``."""
    counting = tuple(rule.code for rule in session.ruleset.rules if rule.kind is RuleKind.FREQUENCY)
    line = {
        WEEK_LIMIT: RuleLine(OWN_LOAD, "", "每周上限", "", None, own=True),
        LEAD_WORKDAYS: RuleLine(LEAD_WORKDAYS, "", "风险提前", "", None, rules=counting),
    }[name]
    return ParameterDialog(session, line, parent, only=(name,))
