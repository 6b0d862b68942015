"""佐证材料要求：每条工作线要哪几样才算齐。"""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from gui.kit.choices import CheckGroup
from gui.kit.form import FormDialog
from gui.kit.plain import button
from gui.session.year_session import YearSession
from models import commands
from models.domain.events import Campaign
from models.domain.papers import EvidenceKind
from models.domain.year import Setting
from planners.evidence import USUAL_KINDS, kinds_setting, usual_kinds

NONE = "无"
ASKABLE = tuple(kind for kind in EvidenceKind if kind is not EvidenceKind.OTHER)


class NeededKindsForm(FormDialog):
    """What a whole record holds, by campaign; one step. A questionnaire is asked for wherever one was used."""

    def __init__(self, session: YearSession, parent: QWidget | None = None) -> None:
        super().__init__("佐证材料要求", "保存", parent, width=700)
        self._session = session
        self.add_heading("佐证材料要求")
        self.add_words(
            "活动举办以后，勾选的几样都有才算“齐”。用了调查问卷的活动还要问卷；有新闻稿就不必另附报道链接。",
            "secondary",
        )
        settings = dict(session.snapshot.year_row.settings)
        self.groups: dict[Campaign, CheckGroup] = {}
        for campaign in Campaign:
            group = CheckGroup({kind.value: kind.label for kind in ASKABLE}, columns=6)
            group.set_values(kind.value for kind in usual_kinds(campaign, settings))
            self.groups[campaign] = group
            self.add_row(campaign.label, group)
        self.add_left_button(button("恢复默认", self._restore, kind="plain"))
        self.keep_drafts(session)

    def _restore(self) -> None:
        for campaign, group in self.groups.items():
            group.set_values(kind.value for kind in USUAL_KINDS[campaign])

    def accept_form(self) -> None:
        """The year asks for these kinds; what is as usual is not stored."""
        values: dict[str, Setting] = {}
        for campaign, group in self.groups.items():
            chosen = tuple(kind for kind in EvidenceKind if kind.value in group.values())
            usual = set(chosen) == set(USUAL_KINDS[campaign])
            values[kinds_setting(campaign)] = None if usual else "、".join(k.label for k in chosen) or NONE
        session = self._session
        session.attempt_and_tell(commands.change_settings, values, "修改佐证材料要求")
