"""打印的选项：范围、内容、版式、抬头与落款、隐私；只列这一种打印用得着的。"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Any, NamedTuple

from PySide6.QtCore import Signal
from PySide6.QtWidgets import (
    QButtonGroup,
    QCheckBox,
    QComboBox,
    QLineEdit,
    QRadioButton,
    QSpinBox,
    QWidget,
)

from exports.prints import Margins, Paper, PrintOptions, ReleaseMark
from gui.exporting.form_parts import OptionSection, TickRow, caption_before
from gui.kit.boxes import in_column, in_row
from gui.kit.choices import Choice, UnitEdit
from gui.kit.optional_day import OptionalDay
from gui.kit.plain import escaped, label
from models.domain.events import Campaign
from models.domain.units import Unit

QUARTERS = "一二三四"
SHORT = {
    Campaign.LECTURE: "讲堂",
    Campaign.PARK: "园区",
    Campaign.COMMUNITY: "社区",
    Campaign.CAMPUS: "校区",
    Campaign.TECH_FORUM: "问政",
    Campaign.OPEN_MONTH: "开放月",
    Campaign.HOST_MEETING: "会议",
}
USUAL_LIMIT = 12
LONGEST_TITLE = 60
_TICKS = {
    "clauses": "写明对应条款",
    "mark_unconfirmed": "标注“待确认”",
    "rule_summary": "附规则达成小结",
}
RANGE, WORDS = "范围", "抬头与落款"
_LINES = (
    ("title", "标题", "按惯例拟定", False),
    ("attachment", "附件标记", "不写", True),
    ("issuer", "编制单位", "编制单位", False),
)
"""Lines of text: the option, its name, what stands in an empty one, whether its name stands before it."""
_MASKS = {"mask_phones": "隐去联系人电话", "mask_delegates": "隐去列席代表姓名"}


class PrintChoice(NamedTuple):
    """What was chosen for a print; ``baseline`` is the release that a 变更通知 begins at."""

    options: PrintOptions
    baseline: int | None = None

    def changed(self, **values: Any) -> PrintChoice:
        """With other values for some of the options, ``baseline`` among them."""
        baseline = values.pop("baseline", self.baseline)
        return PrintChoice(self.options._replace(**values), baseline)


class PrintFacts(NamedTuple):
    """What the options are chosen from."""

    year: int
    today: date
    units: tuple[Unit, ...]
    releases: tuple[ReleaseMark, ...]
    """Oldest first."""


class PrintForm(QWidget):
    """The options of a print, those called ``names``. ``changed`` carries whether it was by typing.

    ``baseline``: it begins at a release; ``whole_year``: it need not be of one quarter.
    """

    changed = Signal(bool)

    def __init__(
        self, names: frozenset[str], facts: PrintFacts, *, baseline: bool = False, whole_year: bool = False
    ) -> None:
        super().__init__()
        self._whole_year = whole_year
        self._names = names
        self._facts = facts
        self._has_baseline = baseline
        self._read: dict[str, Callable[[], Any]] = {}
        self._write: dict[str, Callable[[Any], object]] = {}
        self._kept = PrintOptions()
        self._filling = False
        self._lines: dict[str, QLineEdit] = {}
        self._section: OptionSection | None = None
        self._column = in_column(inside=self, margins=0, spacing=6)
        for build in (
            self._build_range,
            self._build_content,
            self._build_page,
            self._build_words,
        ):
            build()
        self._put_ticks("隐私", _MASKS)
        self._column.addStretch(1)

    # what is chosen

    def show_choice(self, choice: PrintChoice) -> None:
        """Show ``choice``, without telling of it."""
        self._kept = choice.options
        self._filling = True
        try:
            for name, write in self._write.items():
                write(choice.baseline if name == "baseline" else getattr(choice.options, name))
        finally:
            self._filling = False

    def choice(self) -> PrintChoice:
        """What is chosen now; what the form does not show is as it was given."""
        values = {name: read() for name, read in self._read.items()}
        baseline = values.pop("baseline", None)
        return PrintChoice(self._kept._replace(**values), baseline)

    def show_title(self, title: str) -> None:
        """The title that is printed where none is written."""
        if "title" in self._lines:
            self._lines["title"].setPlaceholderText(title)

    def _tell(self, *_: object) -> None:
        if not self._filling:
            self.changed.emit(False)

    def _tell_typed(self, *_: object) -> None:
        if not self._filling:
            self.changed.emit(True)

    def _bind(self, name: str, read: Callable[[], Any], write: Callable[[Any], object]) -> None:
        self._read[name], self._write[name] = read, write

    def _put(self, title: str, *parts: QWidget) -> None:
        """One line in the section ``title``, which is made when something is first put into it."""
        if self._section is None or self._section.title != title:
            self._section = OptionSection(title, first=self._column.count() == 0)
            self._column.addWidget(self._section)
        self._section.add(*parts)

    def _has(self, *names: str) -> bool:
        return any(name in self._names for name in names)

    # 范围

    def _build_range(self) -> None:
        if self._has("quarter"):
            entries: list[tuple[str, Any]] = [
                (f"{self._facts.year} 年 {word}季度", n) for n, word in enumerate(QUARTERS, 1)
            ]
            everything = [(f"{self._facts.year} 年全年", None)] if self._whole_year else []
            self._put(RANGE, self._choice("quarter", "季度", [*everything, *entries]))
        if self._has("month"):
            entries = [(f"{self._facts.year} 年全年", None)]
            entries += [(f"{self._facts.year} 年 {month} 月", month) for month in range(1, 13)]
            self._put(RANGE, self._choice("month", "月份", entries))
        self._build_versions()
        if self._has("campaigns"):
            ticks = TickRow([(words, campaign) for campaign, words in SHORT.items()], "工作线")
            ticks.changed.connect(self._tell)
            self._bind("campaigns", ticks.values, ticks.set_values)
            if self._has("sittings"):
                sittings = ticks.add_box("列席")
                self._bind("sittings", sittings.isChecked, sittings.setChecked)
            self._put(RANGE, ticks)
        if self._has("units"):
            units = UnitEdit(self._facts.units, hint="不填为全部单位")
            units.setAccessibleName("单位")
            units.textChanged.connect(self._tell_typed)
            self._bind("units", units.known_keys, units.set_keys)
            self._put(RANGE, units)
            self._units, self._unknown = units, label("", "warning", wrap=True)
            self._put(RANGE, self._unknown)
            units.textChanged.connect(self._tell_unknown)
            self._tell_unknown()

    def _tell_unknown(self) -> None:
        """A name that no unit has asks for nothing: that is said."""
        unknown = self._units.unknown()
        self._unknown.setText(f"没有名为“{unknown[0]}”的单位，未按它筛选。" if unknown else "")
        self._unknown.setVisible(bool(unknown))

    def _build_versions(self) -> None:
        marks = list(reversed(self._facts.releases))
        if self._has_baseline:
            entries: list[tuple[str, Any]] = [(release_words(mark), mark.number) for mark in marks]
            control = self._choice("baseline", "从哪一稿起", entries or [("还没有印发稿", None)])
            self._put(RANGE, caption_before("从", control), control)
        if self._has("release"):
            versions: list[tuple[str, Any]] = [("当前草案", None)]
            versions += [(release_words(mark), mark) for mark in marks]
            control = self._choice("release", "哪一稿", versions)
            if not self._has_baseline:
                control.activated.connect(self._date_as_released)
            self._put(RANGE, caption_before("到" if self._has_baseline else "依据", control), control)

    def _date_as_released(self, _: int) -> None:
        """A release is dated with its day, the draft with today; a day that the user set stays."""
        if "issued_on" not in self._read:
            return
        mark: ReleaseMark | None = self._read["release"]()
        usual = {self._facts.today, *(known.day for known in self._facts.releases)}
        if self._read["issued_on"]() in usual:
            self._write["issued_on"](mark.day if mark else self._facts.today)

    # 内容

    def _build_content(self) -> None:
        if self._has("confirmed_only"):
            self._put("内容", self._states())
        self._put_ticks("内容", _TICKS)
        if self._has("clean"):
            self._put("内容", self._clean())
        if self._has("open_month_limit"):
            self._put("内容", self._limit())

    def _states(self) -> QWidget:
        holder = QWidget()
        row = in_row(inside=holder, margins=0, spacing=14)
        everything, confirmed = QRadioButton("全部状态"), QRadioButton("仅已确认")
        group = QButtonGroup(holder)
        for made in (everything, confirmed):
            group.addButton(made)
            row.addWidget(made)
        row.addStretch(1)
        everything.setChecked(True)
        confirmed.toggled.connect(self._tell)
        self._bind(
            "confirmed_only",
            confirmed.isChecked,
            lambda on: (confirmed if on else everything).setChecked(True),
        )
        return holder

    def _clean(self) -> QCheckBox:
        """The form in which a release goes out; without the summary of the rules, unless that is ticked again."""
        made = QCheckBox("印发件：题下不写稿次，不附小结")
        made.setToolTip("选了哪一份印发稿才有；草案总写明是草案")

        def on_toggled(on: bool) -> None:  # noqa: FBT001
            if on and not self._filling and "rule_summary" in self._write:
                self._write["rule_summary"](False)
            self._tell()

        made.toggled.connect(on_toggled)
        self._bind("clean", made.isChecked, made.setChecked)
        return made

    def _limit(self) -> QWidget:
        holder = QWidget()
        tick = QCheckBox("开放月只列前")
        number = QSpinBox()
        number.setRange(1, 99)
        number.setValue(USUAL_LIMIT)
        number.setAccessibleName("开放月列几场")
        in_row(tick, number, label("场"), None, inside=holder, margins=0, spacing=6)

        def write(limit: int | None) -> None:
            tick.setChecked(limit is not None)
            number.setEnabled(limit is not None)
            number.setValue(limit or USUAL_LIMIT)

        tick.toggled.connect(number.setEnabled)
        tick.toggled.connect(self._tell)
        number.valueChanged.connect(self._tell_typed)
        self._bind("open_month_limit", lambda: number.value() if tick.isChecked() else None, write)
        return holder

    # 版式

    def _build_page(self) -> None:
        row: list[QWidget] = []
        if self._has("paper"):
            row.append(self._choice("paper", "纸张", [(paper.label, paper) for paper in Paper]))
        if self._has("margins"):
            row.append(self._choice("margins", "页边", [(margins.label, margins) for margins in Margins]))
        if row:
            self._put("版式", *row)
        if self._has("spacing"):
            spacing = self._choice("spacing", "行距", [("标准行距", "standard"), ("紧凑行距", "compact")])
            self._put("版式", caption_before("行距", spacing), spacing)
        if self._has("builtin_fonts"):
            fonts = self._choice(
                "builtin_fonts", "字体", [("本机公文字体优先", False), ("仅用内置字体", True)]
            )
            self._put("版式", caption_before("字体", fonts), fonts)
            self._put(
                "版式", label("本机没有的公文字体，用随程序的思源宋体、黑体代替。", "caption", wrap=True)
            )

    # 抬头与落款

    def _build_words(self) -> None:
        for name, words, hint, named in _LINES:
            if self._has(name):
                line = self._line(name, words, hint)
                self._put(WORDS, *((caption_before(words, line), line) if named else (line,)))
        if self._has("issued_on"):
            day = OptionalDay("", None, self._facts.today, name="落款日期", gap=4, wide=True)
            day.tick.setAccessibleName("写明落款日期")
            day.changed.connect(self._tell)
            self._bind("issued_on", day.value, day.set_value)
            self._put(WORDS, caption_before("落款日期", day), day)

    def _line(self, name: str, words: str, hint: str) -> QLineEdit:
        made = QLineEdit(placeholderText=hint)
        made.setAccessibleName(words)
        made.setMaxLength(LONGEST_TITLE)
        made.textChanged.connect(self._tell_typed)
        self._bind(name, lambda: made.text().strip(), made.setText)
        self._lines[name] = made
        return made

    # controls

    def _choice(self, name: str, words: str, entries: Sequence[tuple[str, Any]]) -> QComboBox:
        made: Choice[Any] = Choice(entries)
        made.setAccessibleName(words)
        made.currentIndexChanged.connect(self._tell)
        self._bind(name, made.value, made.choose)
        return made

    def _put_ticks(self, title: str, ticks: Mapping[str, str]) -> None:
        for name, words in ticks.items():
            if self._has(name):
                made = QCheckBox(escaped(words))
                made.toggled.connect(self._tell)
                self._bind(name, made.isChecked, made.setChecked)
                self._put(title, made)


def release_words(mark: ReleaseMark) -> str:
    """印发稿3（2027-06-01）三季度计划."""
    return f"印发稿{mark.number}（{mark.day.isoformat()}）{mark.name}"
