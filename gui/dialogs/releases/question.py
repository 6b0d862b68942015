"""已印发，改动后将与印发稿不同：改，还是不改。"""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QCheckBox, QWidget

from gui.dialogs.form import FormDialog
from gui.operations.since_release import SinceRelease
from models.domain.events import Event
from planners.wording import time_label

MOST_NAMED = 6


class ReleasedQuestion(FormDialog):
    """Asks once for all events of a step; Esc and 返回 leave them as they were released."""

    def __init__(self, since: SinceRelease, keys: Sequence[str], parent: QWidget | None = None) -> None:
        super().__init__("已印发的活动", "改", parent, width=520)
        release = since.release
        count = f"{len(keys)} 场活动" if len(keys) > 1 else "这场活动"
        self.add_heading(f"{count}已印发，改动后将与印发稿不同")
        self.add_words(
            f"最后一稿：第{release.number}稿“{release.name}”，{release.released_on.isoformat()}印发。",
            "secondary",
        )
        for key in keys[:MOST_NAMED]:
            self.add_words(f"· {_named(since.released[key])}")
        if len(keys) > MOST_NAMED:
            self.add_words(f"……另有 {len(keys) - MOST_NAMED} 场")
        self.add_words(
            "印发稿本身不变；改过的活动标“与印发稿不同”，并列入变更通知。改动可以撤销。", "secondary"
        )
        self.never = QCheckBox("本次不再问（到关闭数据文件为止）")
        self.add_widget(self.never)
        self.back_button.setText("不改")
        self.back_button.setFocus()

    def accept_form(self) -> None:
        """Nothing to check: the answer is the button."""


def _named(event: Event) -> str:
    when = time_label(event) if event.starts_at is not None else "日期待定"
    return f"{event.title or event.short or event.campaign.label}（印发时：{when}）"


def ask_about_released(parent: QWidget, since: SinceRelease, keys: Sequence[str]) -> tuple[bool, bool]:
    """Whether to change the events, and whether to ask no more."""
    question = ReleasedQuestion(since, keys, parent)
    agreed = bool(question.exec())
    never = question.never.isChecked()
    question.deleteLater()
    return agreed, agreed and never
