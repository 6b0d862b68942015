"""第一步 年度与单位：哪一年、哪个区、从哪里带来单位与设置。"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtWidgets import QVBoxLayout, QWidget

from gui.kit.bindings import Field
from gui.kit.choices import Choice
from gui.kit.controls import line_edit, number_edit
from gui.kit.plain import label
from gui.years.wizard.answers import Answers, based_on, with_year
from gui.years.wizard.step_page import StepPage, card
from models.domain.snapshot import YearSnapshot

LEAST, MOST = 2000, 2100


class YearStep(StepPage):
    """Year, district, and the year whose units and readings are brought along."""

    def __init__(self, known: Sequence[int], year: Callable[[int], YearSnapshot]) -> None:
        super().__init__(
            "新建哪一年", "带来上一年的单位、学校和口径，只改有变化的；活动在最后一步决定要不要沿用。"
        )
        self._known = tuple(known)
        self._year = year
        self.year = number_edit(LEAST, MOST)
        self.district = line_edit("", 20)
        entries: list[tuple[str, int | None]] = [
            (f"{known} 年度（本数据文件）", known) for known in reversed(self._known)
        ]
        self.base: Choice[int | None] = Choice([*entries, ("区里的参考资料（单位、街镇、场所）", None)])
        box = card()
        box.setMaximumWidth(760)
        column = QVBoxLayout(box)
        column.setContentsMargins(20, 18, 20, 18)
        column.setSpacing(12)
        self._year_field = Field("年份", self.year)
        self._base_field = Field("带来", self.base)
        for field in (self._year_field, Field("区", self.district), self._base_field):
            column.addWidget(field)
        self.column.addSpacing(6)
        self.column.addWidget(box)
        self.column.addWidget(
            label("年度建好之后，单位、口径、放假安排和主题都可以再改；新建本身可以一步撤销。", "caption")
        )
        self.column.addStretch(1)
        self.year.valueChanged.connect(self._on_changed)
        self.district.textChanged.connect(self._on_changed)
        self.base.currentIndexChanged.connect(self._on_changed)
        self.still_wheel()

    def fill(self, answers: Answers) -> None:
        """Show year, district and base."""
        self.year.setValue(answers.year)
        self.district.setText(answers.district)
        self.base.choose(answers.previous)
        self._tell()

    def read(self, answers: Answers) -> Answers:
        """Another base brings its units and readings; they replace what was there."""
        chosen = self.base.value()
        if chosen != answers.previous:
            answers = based_on(answers, None if chosen is None else self._year(chosen))
            self.district.setText(answers.district)
        return with_year(answers, self.year.value())._replace(district=self.district.text())

    def first_field(self) -> QWidget | None:
        """The year."""
        return self.year

    def _on_changed(self) -> None:
        if not self.is_quiet:
            self._tell()
            self.changed.emit()

    def _tell(self) -> None:
        year, base = self.year.value(), self.base.value()
        taken = year in self._known
        self._year_field.say(
            f"{year} 年度已经有了，请换一个年份。" if taken else "", "error" if taken else "caption"
        )
        if base is None:
            self._base_field.say("街镇、委办局、园区和别名取自程序附带的资料，下面逐步核对。", "caption")
            return
        snapshot = self._year(base)
        words = f"{len(snapshot.units)} 个单位、{len(snapshot.schools)} 所学校、{len(snapshot.venues)} 处场地和改过的口径；{len(snapshot.events)} 场活动可在最后一步沿用。"
        self._base_field.say(words, "caption")
