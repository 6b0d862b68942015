"""佐证材料包：一个季度的清单、每场活动一个文件夹；装成压缩包，或写进一个文件夹。"""

from __future__ import annotations

from exports.evidence_pack import nothing_to_pack, pack_name, packed_events
from gui.exporting.data_options import DataOptions, Summary
from gui.exporting.evidence_packing import ZIP_KIND, EvidencePacking
from gui.exporting.form_parts import OptionSection, caption_before
from gui.kit.choices import Choice
from gui.kit.exporter import Exporter, Outgoing
from gui.kit.plain import label
from gui.session.runner import Runner
from models.domain.events import Event
from models.domain.periods import quarter_of
from planners.evidence import evidence_by_event, kinds_lacking

QUARTERS = "一二三四"
ROWS_SHOWN = 40
WHAT_IS_SHOWN = "佐证原件里的姓名、电话与照片"


class EvidenceOptions(DataOptions):
    """The quarter, and whether it becomes a .zip or a folder."""

    offers_facts = False

    def build(self) -> None:
        """Quarter and form."""
        session = self._session
        self._runner = Runner(session.messages, self)
        quarters = [(f"{session.year} 年 {word}季度", n) for n, word in enumerate(QUARTERS, 1)]
        self.quarter = Choice[int](quarters)
        self.quarter.setAccessibleName("季度")
        last = session.today.replace(day=1) if session.today.year == session.year else None
        self.quarter.choose(quarter_of(last) if last else 4)
        self.form = Choice[bool]([("压缩包（.zip）", True), ("文件夹", False)])
        section = OptionSection("范围", first=True)
        section.add(self.quarter)
        section.add(label("办过的活动，和已有材料的活动。", "caption", wrap=True))
        self._column.addWidget(section)
        section = OptionSection("内容")
        section.add(caption_before("装成", self.form), self.form)
        section.add(
            label("一份清单（PDF），每场活动一个文件夹；缺的、读不出的写进“缺件说明”。", "caption", wrap=True)
        )
        self._column.addWidget(section)
        section = OptionSection("隐私")
        section.add(label(f"原件照原样装入，会露出{WHAT_IS_SHOWN}；保存前要确认。", wrap=True))
        self._column.addWidget(section)
        self.keep(quarter=self.quarter, zipped=self.form)
        for choice in (self.quarter, self.form):
            choice.currentIndexChanged.connect(self.changed)

    def _events(self) -> tuple[Event, ...]:
        return packed_events(self._session.snapshot, self.quarter.value())

    def _rows(self) -> list[tuple[str, str, str, str]]:
        snapshot = self._session.snapshot
        settings, known = dict(snapshot.year_row.settings), evidence_by_event(snapshot)
        rows = []
        for event in self._events():
            there = known.get(event.key, ())
            lacking = "、".join(kind.label for kind in kinds_lacking(event, there, settings))
            day = f"{event.day.month}月{event.day.day}日" if event.day else "待定"
            rows.append((day, event.title, f"{len(there)} 件", lacking or "齐"))
        return rows

    def summary(self) -> Summary:
        """What there is of each event, and what is lacking."""
        rows = self._rows()
        incomplete = sum(row[3] != "齐" for row in rows)
        if not rows:
            why = nothing_to_pack(self._session.snapshot, self.quarter.value())
            return Summary(self._name(), (why,), ready=False)
        state = f"其中 {incomplete} 场材料未齐。" if incomplete else "材料齐全。"
        heads = ("日期", "活动名称", "已有", "缺")
        shown = tuple(rows[:ROWS_SHOWN])
        return Summary(
            self._name(), (f"共 {len(rows)} 场活动，{state}",), heads, shown, len(rows) - len(shown)
        )

    def concerns(self) -> tuple[str, ...]:
        """How many events lack something."""
        incomplete = sum(row[3] != "齐" for row in self._rows())
        return (f"{incomplete} 场活动材料未齐，包里会写明缺什么。",) if incomplete else ()

    def _name(self) -> str:
        return pack_name(self._session.snapshot, self.quarter.value())

    def outgoing(self) -> Outgoing:
        """Called after quarter and year."""
        return Outgoing("evidence-pack", "佐证材料包", self._name(), ZIP_KIND, (WHAT_IS_SHOWN,))

    def save(self, exporter: Exporter) -> None:
        """Confirm, ask where to, and pack in the background."""
        outgoing = self.outgoing()
        if exporter.confirm(outgoing):
            packing = EvidencePacking(self._session, self._runner, self, exporter, outgoing)
            packing.folder = exporter.folder
            packing.ask(self.quarter.value(), zipped=self.form.value())
