"""专区内容：政策背景、决策依据、出台目的、创新做法，各由谁讲；现场发哪些宣传页。"""

from __future__ import annotations

from PySide6.QtWidgets import QVBoxLayout, QWidget

from gui.kit.bindings import Binding, Bindings, Field
from gui.kit.controls import line_edit, note_edit
from gui.kit.form import FormDialog
from gui.kit.plain import label
from gui.session.year_session import YearSession
from models import commands
from models.domain.errors import CommandError
from models.domain.events import Campaign, Event
from models.domain.papers import Zone
from models.domain.snapshot import ItemKind
from models.domain.text import quoted
from planners import wording
from planners.zones import Point, ZonePoint, contents_of, points_of, zone_with

LONGEST = 2000


class PointEdit(QWidget):
    """The words of a point and who explains them."""

    def __init__(self, point: Point) -> None:
        super().__init__()
        name = point.point.label
        self.text = note_edit(64, _HINTS[point.point])
        self.text.setAccessibleName(name)
        self.by = line_edit("讲解人：单位、职务或姓名", 60)
        self.by.setAccessibleName(f"{name}：讲解人")
        self.fields = Bindings(self)
        self.fields.add(Binding(name, self.text, "text"))
        self.fields.add(Binding(name, self.by, "by"))
        self.fields.show(point)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        column.addWidget(self.text)
        column.addWidget(self.by)
        self.setFocusProxy(self.text)

    def value(self, point: ZonePoint) -> Point:
        """What is entered."""
        return self.fields.applied_to(Point(point))


_HINTS = {
    ZonePoint.BACKGROUND: "为什么现在出台",
    ZonePoint.BASIS: "依据哪些上级文件、调研与论证",
    ZonePoint.PURPOSE: "要解决什么问题，谁受益",
    ZonePoint.PRACTICE: "与以往、与别处有什么不同",
}


class ZoneDialog(FormDialog):
    """What is written down of the zone ``event``; stored in one step."""

    ASKS_TWICE = True

    def __init__(self, session: YearSession, event: Event, parent: QWidget | None = None) -> None:
        super().__init__("专区内容", "保存", parent, width=680)
        self._session, self._event = session, event
        self._before = contents_of(session.snapshot, event.key)
        self.add_heading(f"专区内容：{event.short or event.title}", Campaign.TECH_FORUM)
        self.add_words(self._where(), "secondary")
        rule = session.ruleset.checked_by("zone_without_host")
        if rule is not None:
            self.add_quote(rule.quote, rule.clause)
        self.points: dict[ZonePoint, PointEdit] = {}
        self._rows: dict[ZonePoint, Field] = {}
        for point in points_of(self._before):
            edit = self.points[point.point] = PointEdit(point)
            self._rows[point.point] = self.add_row(point.point.label, edit)
            edit.fields.changed.connect(self._look_again)
        self.leaflets = note_edit(64, "一行一种，如 政策一图读懂")
        self.leaflets.setPlainText("\n".join(self._before.leaflets if self._before else ()))
        self.leaflets.textChanged.connect(self._look_again)
        self.add_row("宣传页", self.leaflets)
        self._note = label("", "caption", wrap=True)
        self.add_widget(self._note)
        if session.read_only:
            self.accept_button.setEnabled(False)
            self.refuse(session.read_only_reason)
        self._look_again()
        self.keep_drafts(session, event.key)
        self.points[ZonePoint.BACKGROUND].text.setFocus()

    def _where(self) -> str:
        host = self._session.snapshot.event_by_key.get(self._event.host_event or "")
        if host is None:
            return "还没有宿主会议：请在活动表单里选定现场设专区的会议。"
        return f"设在{quoted(host.title)}现场，{wording.time_label(host)}；会议改期、延期、取消时专区随同。"

    def _look_again(self) -> None:
        """Say which points are still open; only a hint."""
        self._leaving = False
        self.back_button.setText("返回")
        open_points = 0
        for point, row in self._rows.items():
            value = self.points[point].value(point)
            open_points += not value.text
            row.say("已写明，还没有定讲解人" if value.text and not value.by else "", "warning")
        words = (
            "四点都已写明。" if not open_points else f"四点中还有 {open_points} 点没写，可以先保存，随后补。"
        )
        self._note.setText(words)

    def entered(self) -> Zone:
        """The contents as entered; the key is a free one where nothing was stored yet."""
        key = commands.new_key(self._session.snapshot, ItemKind.ZONE)
        zone = self._before or Zone(key, self._event.key)
        lines = (line.strip() for line in self.leaflets.toPlainText().splitlines())
        leaflets = tuple(dict.fromkeys(line for line in lines if line))
        return zone_with(zone, tuple(edit.value(point) for point, edit in self.points.items()), leaflets)

    def accept_form(self) -> None:
        """The contents are stored as entered; an empty form takes them away."""
        zone, session = self.entered(), self._session
        for point in points_of(zone):
            if len(point.text) > LONGEST:
                self.points[point.point].text.setFocus()
                raise CommandError(
                    f"“{point.point.label}”太长，至多 {LONGEST} 字。", "没有保存。", "请删减后再保存。"
                )
        name = self._event.short or self._event.title
        empty = zone == Zone(zone.key, zone.event)
        if empty and self._before is None:
            return
        if empty:
            words = f"清空{quoted(name)}的专区内容"
            session.attempt_and_tell(commands.remove_item, ItemKind.ZONE, zone.key, words)
        else:
            session.attempt_and_tell(commands.put_item, ItemKind.ZONE, zone, f"修改{quoted(name)}的专区内容")
