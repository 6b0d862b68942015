"""导入报送表的预览：每行新增、修改、相同还是不收，为什么；勾选，拆分，另存退回件。"""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from pathlib import Path

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QCheckBox, QComboBox, QVBoxLayout, QWidget

from exports.files import safe_name, write_atomically
from exports.incoming import NOTHING
from exports.xlsx.columns import time_words
from exports.xlsx.reading.returned import returned_bytes
from exports.xlsx.reading.taking import as_confirmed, changes_of, usual_ticks
from exports.xlsx.reading.values import FileKind, FileReading, FileRow, RowFate
from gui.intake.preview import PreviewDialog
from gui.intake.rows import Place
from gui.kit.asking import ask_where_to_save
from gui.kit.plain import button, escaped, label, plain_tip, restyle
from gui.session.messages import error_words
from gui.session.runner import Runner, RunProgress
from gui.session.year_session import YearSession
from models.apart import read_apart
from models.domain.changes import RowChange
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
        reading: FileReading,
        data: bytes,
        parent: QWidget | None = None,
        *,
        confirmed: bool = False,
    ) -> None:
        title = f"导入{reading.kind.label}　{reading.file}"
        super().__init__(session, session.snapshot, reading, title, _HEADS, _WIDTHS, parent)
        self._as_read = reading
        is_calendar = reading.kind is FileKind.CALENDAR
        self._data = data
        self._runner = Runner(session.messages, self)
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
        self.return_button.setHidden(is_calendar)
        self._add_campaign_choice()
        self._add_confirmed_choice()
        self._add_effect()
        self.summary.setText(self._summary())
        self.say_remarks(tuple(self._remarks()))
        if is_calendar:
            self.remarks.setToolTip(plain_tip("\n".join(_not_read(reading))))
        counts = [_counts(one) for one in (reading, as_confirmed(reading))]
        self.show_counts({state: max(count[state] for count in counts) for state in RowFate})
        self.model.show_ticked(reading.rows, usual_ticks(reading))
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
        usable = {row.place for row in self.reading.rows if row.usable}
        self._show_again((self.model.ticked | (usual_ticks(self.reading) - before)) & usable)
        self._tell_counts()

    def _tell_counts(self) -> None:
        self.summary.setText(self._summary())
        for state, count in _counts(self.reading).items():
            if (made := self._filters.get(state)) is not None:
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
        self.effect = taking_effect(session.snapshot, session.check, self.changes())
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
        if reading.kind is FileKind.CALENDAR:
            over = f" · 没有读 {len(reading.passed_over)} 项" if reading.passed_over else ""
            return f"部门日历 · {reading.summary}{over}"
        kind = "本程序的报送表" if reading.own else "单位自己的表"
        over = f" · 略过合计、注等 {len(reading.passed_over)} 行" if reading.passed_over else ""
        return f"{kind} · 填报单位：{unit} · {reading.summary}{over}"

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

    def columns(self, row: FileRow) -> tuple[str, ...]:
        event = row.after
        if event is None:
            return "", row.title, "", ""
        units = "、".join(self._snapshot.unit_name(key) for key in event.lead_units)
        return event.campaign.label, event.title, time_words(event), units

    def fate(self, row: FileRow, also: str = "") -> str:
        return super().fate(row, f"拆分为 {len(row.split)} 场" if row.place in self.split else also)

    def lines(self, row: FileRow) -> list[str]:
        lines = super().lines(row)
        if row.split:
            lines.append("拆分后：" + "；".join(time_words(event) for event in row.split[:8]))
        if row.state is RowFate.NEW:
            lines.append(f"将新增这一场，状态“{row.after.status_label}”。")
        return lines

    def show_details(self) -> None:
        """Beside them, where the row names several days, whether it is to become several events."""
        super().show_details()
        row = self.current_row()
        self.split_box.setVisible(bool(row and row.split))
        if row is not None and row.split:
            self.split_box.blockSignals(True)
            self.split_box.setText(escaped(f"拆分为 {len(row.split)} 场"))
            self.split_box.setChecked(row.place in self.split)
            self.split_box.setEnabled(row.usable)
            self.split_box.blockSignals(False)

    def _on_split(self, checked: bool) -> None:  # noqa: FBT001
        shown = self.current_row()
        if shown is None:
            return
        self.split = self.split | {shown.place} if checked else self.split - {shown.place}
        self._show_again(set(self.model.ticked))

    def _show_again(self, ticked: set[Place]) -> None:
        """The rows as they are now; the same one stays selected."""
        at = self.table.currentIndex().row()
        self.model.show_ticked(self.reading.rows, ticked)
        self.table.selectRow(at)

    # what is done

    def changes(self) -> tuple[RowChange, ...]:
        return changes_of(self.reading, self.model.ticked, self.split)

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


def _not_read(reading: FileReading) -> Iterator[str]:
    """第 20 行 写材料（待办：不是活动）, for as many as a tip can hold."""
    for _, at, words in reading.passed_over[:MOST_IN_TIP]:
        yield f"第 {at} 行 {words}"
    if len(reading.passed_over) > MOST_IN_TIP:
        yield f"……另有 {len(reading.passed_over) - MOST_IN_TIP} 项"


def _returned(data: bytes, reading: FileReading, progress: RunProgress) -> bytes:
    """The sheet with its problems marked, made in a process of its own."""
    return read_apart(returned_bytes, (data, reading), reading.file, NOTHING, partial(progress.step, 0, 0))


def _counts(reading: FileReading) -> dict[RowFate, int]:
    return {state: len(reading.in_state(state)) for state in RowFate}
