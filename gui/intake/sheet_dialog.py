"""导入报送表的预览：每行新增、修改、相同还是不收，为什么；勾选，拆分，另存退回件。"""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from pathlib import Path

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QAbstractButton, QCheckBox, QComboBox, QVBoxLayout, QWidget

from exports.files import safe_name, write_atomically
from exports.incoming import NOTHING
from exports.xlsx.columns import time_words
from exports.xlsx.reading.returned import returned_bytes
from exports.xlsx.reading.taking import as_confirmed, changes_of, step_title, summary, usual_ticks
from exports.xlsx.reading.values import SheetReading, SheetRow, SheetRowState
from gui.intake.preview import PreviewDialog
from gui.intake.rows import Place, PreviewRow
from gui.intake.words import change_lines, field_words
from gui.kit.asking import ask_where_to_save
from gui.kit.plain import button, escaped, label, plain_tip, restyle
from gui.session.messages import error_words
from gui.session.runner import Runner, RunProgress
from gui.session.year_session import YearSession
from models import commands
from models.apart import read_apart
from models.domain.errors import UserError
from models.domain.events import Campaign
from planners.taking_effect import TakingEffect, taking_effect

DEBOUNCE = 150
"""Milliseconds after a tick before its effect is worked out."""
MOST_SHOWN = 3
"""Lines of the effect that are shown; the others are in the tip."""
MOST_IN_TIP = 30
"""Lines of a tip."""
_HEADS = ("工作线", "活动名称", "时间", "牵头单位", "改动与问题")
_WIDTHS = (96, 260, 230, 170, 380)


class SheetDialog(PreviewDialog):
    """Previews ``reading`` for the open year; taking it is one step that can be undone.

    ``campaign_wanted``: the campaign that rows without one are to be read as; the dialog closes for that.
    ``confirmed``: what a department's calendar calls CONFIRMED is 已确认 to begin with.
    """

    def __init__(
        self,
        session: YearSession,
        reading: SheetReading,
        data: bytes,
        parent: QWidget | None = None,
        *,
        confirmed: bool = False,
    ) -> None:
        what = "导入部门日历" if _is_calendar(reading) else "导入报送表"
        super().__init__(f"{what}　{reading.file}", _HEADS, _WIDTHS, 7, parent)
        self._session = session
        self._as_read = self.reading = reading
        self._data = data
        self._runner = Runner(session.messages, self)
        self._rows = {row.place: row for row in reading.rows}
        self.split: set[Place] = set()
        self.campaign_wanted: Campaign | None = None
        self.split_box = QCheckBox()
        self.split_box.hide()
        self.split_box.toggled.connect(self._on_split)
        self.beside_details.addWidget(self.split_box)
        self.beside_details.addStretch(1)
        self.return_button = button("另存退回件…", self.save_returned)
        self.return_button.setEnabled(bool(reading.problems))
        self.return_button.setToolTip("把同一张表另存，有问题的格子标出来并写明原因")
        self.left_buttons.addWidget(self.return_button)
        self.return_button.setHidden(_is_calendar(reading))
        self._add_campaign_choice()
        self._add_confirmed_choice()
        self._add_effect()
        self.row_changed.connect(self._show_details)
        self.summary.setText(self._summary())
        self.say_remarks(tuple(self._remarks()))
        if _is_calendar(reading):
            self.remarks.setToolTip(plain_tip("\n".join(_not_read(reading))))
        counts = [_counts(one) for one in (reading, as_confirmed(reading))]
        self.show_counts({state: max(count[state] for count in counts) for state in SheetRowState})
        self.model.show_ticked((self._preview(row) for row in reading.rows), usual_ticks(reading))
        self.select_first()
        self.confirmed_box.setChecked(confirmed)
        self._tell_counts()
        self.show_effect()

    def _add_campaign_choice(self) -> None:
        """Where rows name no campaign, one can be chosen for all of them."""
        lacking = [row for row in self.reading.rows if any("工作线" in p.reason for p in row.refused)]
        self.campaign_box = QComboBox()
        self.campaign_box.setAccessibleName("认不出工作线的行按")
        self.campaign_box.addItem("请选择", None)
        for campaign in Campaign:
            self.campaign_box.addItem(campaign.label, campaign)
        words = label(f"{len(lacking)} 行认不出工作线，按", "secondary")
        words.setBuddy(self.campaign_box)
        for widget in (words, self.campaign_box):
            widget.setVisible(bool(lacking))
            self.left_buttons.addWidget(widget)
        self.campaign_box.activated.connect(self._on_campaign)

    def _add_confirmed_choice(self) -> None:
        """Where a department calls entries CONFIRMED, they can be taken as 已确认."""
        changed = as_confirmed(self._as_read)
        count = sum(one != other for one, other in zip(self._as_read.rows, changed.rows, strict=True))
        self.confirmed_box = QCheckBox(escaped(f"按来件把“已确认”的记为已确认（{count} 场）"))
        self.confirmed_box.setVisible(count > 0)
        self.confirmed_box.toggled.connect(self._on_confirmed)
        self.left_buttons.addWidget(self.confirmed_box)

    def _on_confirmed(self, checked: bool) -> None:  # noqa: FBT001
        """The same rows with the other status; ticks stay, and what only now changes something comes ticked."""
        before = usual_ticks(self.reading)
        self.reading = as_confirmed(self._as_read) if checked else self._as_read
        self._rows = {row.place: row for row in self.reading.rows}
        usable = {row.place for row in self.reading.rows if row.usable}
        self._show_again((self.model.ticked | (usual_ticks(self.reading) - before)) & usable)
        self._tell_counts()

    def _tell_counts(self) -> None:
        self.summary.setText(self._summary())
        for state, count in _counts(self.reading).items():
            if isinstance(made := self._filters.get(state), QAbstractButton):
                made.setText(f"{state.label} {count}")

    def _add_effect(self) -> None:
        """A line above the buttons says what taking the rows that are ticked would do."""
        self.effect = TakingEffect("")
        self.effect_label = label("", "secondary", wrap=True)
        column = self.layout()
        assert isinstance(column, QVBoxLayout)
        column.insertWidget(column.indexOf(self.refusal), self.effect_label)
        self._pause = QTimer(self, singleShot=True, interval=DEBOUNCE)
        self._pause.timeout.connect(self.show_effect)
        self.model.ticks_changed.connect(self._pause.start)

    def show_effect(self) -> None:
        """Say what the check would say otherwise."""
        self._pause.stop()
        session = self._session
        changes = changes_of(self.reading, self.model.ticked, self.split)
        self.effect = taking_effect(session.snapshot, session.check, changes)
        shown = (self.effect.headline, *self.effect.lines[:MOST_SHOWN])
        self.effect_label.setText("\n".join(shown) if self.effect.is_bad else self.effect.headline)
        self.effect_label.setToolTip(plain_tip("\n".join(self.effect.lines)))
        restyle(self.effect_label, "role", "warning" if self.effect.is_bad else "secondary")

    def _on_campaign(self, at: int) -> None:
        self.campaign_wanted = self.campaign_box.itemData(at)
        if self.campaign_wanted is not None:
            self.campaign_wanted = Campaign(self.campaign_wanted)
            self.reject()

    # words

    def _summary(self) -> str:
        reading = self.reading
        unit = self._session.snapshot.unit_name(reading.unit) if reading.unit else "没有认出"
        if _is_calendar(reading):
            over = f" · 没有读 {len(reading.passed_over)} 项" if reading.passed_over else ""
            return f"部门日历 · {summary(reading)}{over}"
        kind = "本程序的报送表" if reading.own else "单位自己的表"
        over = f" · 略过合计、注等 {len(reading.passed_over)} 行" if reading.passed_over else ""
        return f"{kind} · 填报单位：{unit} · {summary(reading)}{over}"

    def _remarks(self) -> Iterator[str]:
        yield from self.reading.remarks
        if self.reading.missing:
            names = [
                event.title
                for key in self.reading.missing[:3]
                if (event := self._session.snapshot.event_by_key.get(key)) is not None
            ]
            more = " 等" if len(self.reading.missing) > 3 else ""
            yield f"表里少了原来列出的 {len(self.reading.missing)} 场（{'、'.join(names)}{more}），计划里照旧保留。"

    def _preview(self, row: SheetRow) -> PreviewRow:
        event = row.event or row.before
        snapshot = self._session.snapshot
        texts = (
            event.campaign.label if event else "",
            event.title if event else row.title,
            time_words(event) if event else "",
            "、".join(snapshot.unit_name(key) for key in event.lead_units) if event else "",
            self._fate(row),
        )
        return PreviewRow(row.place, row.state, texts, row.usable, bool(row.warnings) or row.ask)

    def _fate(self, row: SheetRow) -> str:
        if row.refused:
            return "；".join(problem.reason for problem in row.refused)
        changed = f"改{field_words(row.fields)}" if row.fields else ""
        if row.fields == ("received",):
            changed = "内容没有变，只记下来件的新版本"
        split = f"拆分为 {len(row.split)} 场" if row.place in self.split else ""
        return "；".join(filter(None, (changed, split, *(problem.reason for problem in row.warnings))))

    def _show_details(self, shown: PreviewRow | None) -> None:
        row = self._rows.get(shown.place) if shown is not None else None
        self.split_box.setVisible(bool(row and row.split))
        if row is None:
            self.details.setText("")
            return
        lines = [f"{'不收' if problem.refused else '注意'}　{problem}" for problem in row.problems]
        if row.before is not None and row.event is not None and row.fields:
            lines += change_lines(row.before, row.event, row.fields, self._session.snapshot)
        if row.split:
            self.split_box.blockSignals(True)
            self.split_box.setText(escaped(f"拆分为 {len(row.split)} 场"))
            self.split_box.setChecked(row.place in self.split)
            self.split_box.setEnabled(row.usable)
            self.split_box.blockSignals(False)
            lines.append("拆分后：" + "；".join(time_words(event) for event in row.split[:8]))
        if row.state is SheetRowState.NEW and row.event is not None:
            lines.append(f"将新增这一场，状态“{row.event.status.label}”。")
        elif not lines:
            lines = ["与计划相同，没有改动。"]
        self.details.setText("\n".join(lines))

    def _on_split(self, checked: bool) -> None:  # noqa: FBT001
        shown = self.current_row()
        if shown is None:
            return
        self.split = self.split | {shown.place} if checked else self.split - {shown.place}
        self._show_again(set(self.model.ticked))

    def _show_again(self, ticked: set[Place]) -> None:
        """The rows as they are now; the same one stays selected."""
        at = self.table.currentIndex().row()
        self.model.show_ticked((self._preview(row) for row in self.reading.rows), ticked)
        self.table.selectRow(at)

    # what is done

    def on_accept(self) -> None:
        """The rows that are ticked are in the plan afterwards, one step; where that is refused, it is said."""
        changes = changes_of(self.reading, self.model.ticked, self.split)
        session = self._session
        try:
            done = session.attempt(
                commands.apply_changes, session.year, step_title(self.reading, changes), changes
            )
        except UserError as error:
            self.refuse(error_words(error))
            return
        if done is not None:
            session.tell_done(done)
        self.accept()

    def save_returned(self) -> None:
        """Save the same sheet with its problems marked; the original is not touched."""
        name = f"{safe_name(f'退回件 {Path(self.reading.file).stem}')}.xlsx"
        target = ask_where_to_save(self, "另存退回件", "", name, "Excel 工作簿 (*.xlsx)")
        if target is not None:
            self.make_returned(target)

    def make_returned(self, target: Path) -> None:
        """Mark the sheet in a process of its own, then write it to ``target``."""
        self.return_button.setEnabled(False)
        self._runner.run(
            "做退回件",
            partial(_returned, self._data, self.reading),
            partial(self._write_returned, target),
            failed=self._on_failed,
        )

    def _write_returned(self, target: Path, made: bytes) -> None:
        try:
            write_atomically(target, made)
        except UserError as error:
            self._on_failed(error)
            return
        self.return_button.setEnabled(True)
        self.refuse("")
        self.summary.setText(f"{self._summary()} · 已另存退回件 {target.name}")

    def _on_failed(self, error: UserError) -> None:
        self.return_button.setEnabled(True)
        self.refuse(error_words(error))


def _not_read(reading: SheetReading) -> Iterator[str]:
    """第 20 行 写材料（待办：不是活动）, for as many as a tip can hold."""
    for _, at, words in reading.passed_over[:MOST_IN_TIP]:
        yield f"第 {at} 行 {words}"
    if len(reading.passed_over) > MOST_IN_TIP:
        yield f"……另有 {len(reading.passed_over) - MOST_IN_TIP} 项"


def _returned(data: bytes, reading: SheetReading, progress: RunProgress) -> bytes:
    """The sheet with its problems marked, made in a process of its own."""
    return read_apart(returned_bytes, (data, reading), reading.file, NOTHING, partial(progress.step, 0, 0))


def _counts(reading: SheetReading) -> dict[SheetRowState, int]:
    return {state: len(reading.in_state(state)) for state in SheetRowState}


def _is_calendar(reading: SheetReading) -> bool:
    return reading.file.lower().endswith(".ics")
