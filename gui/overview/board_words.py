"""悬停时说的话：活动全貌与一格的状态，都能在别处找到。"""

from __future__ import annotations

from gui.kit.event_words import decision_words, event_words
from gui.overview.board_canvas import BoardHit, BoardHitKind
from gui.services.board_values import BoardContents, BoardLine
from models.domain.attendance import Decision
from models.domain.snapshot import ItemKind, YearSnapshot
from planners.masked import shown_on_screen
from planners.results import YearCheck
from planners.wording import cell_sentence, day_label


def hit_words(hit: BoardHit, contents: BoardContents, snapshot: YearSnapshot, check: YearCheck) -> str:
    """The tooltip of a place on the board, delegates masked; "" where there is nothing to add."""
    snapshot, check, _ = shown_on_screen(snapshot, check)
    if hit.kind is BoardHitKind.CHIP:
        event = snapshot.event_by_key.get(hit.key)
        return event_words(event, snapshot, check) if event else ""
    if hit.kind is BoardHitKind.DECISION:
        decision = snapshot.item(ItemKind.DECISION, hit.key)
        return decision_words(decision, snapshot, check) if isinstance(decision, Decision) else ""
    if hit.kind is BoardHitKind.MONTH:
        return _month_words(hit.month, contents)
    if hit.kind is BoardHitKind.WEEK:
        return _week_words(hit.key, contents)
    return _cell_words(contents.lines[hit.row], hit.month, snapshot, check)


def _cell_words(line: BoardLine, month: int, snapshot: YearSnapshot, check: YearCheck) -> str:
    cell = line.cell_at(month)
    sentences = [cell_sentence(one, check, snapshot) for one in cell.cells]
    hidden = [
        f"{chip.day.month}月{chip.day.day}日 {chip.title}{'（有冲突）' if chip.conflict else ''}"
        for chip in line.chips_at(month)
    ]
    return "\n".join([*sentences[:6], *hidden[:8]])


def _month_words(month: int, contents: BoardContents) -> str:
    head = contents.months[month - 1]
    words = f"{month}月 {head.workdays} 个工作日"
    if head.left is not None:
        words += f"，剩 {head.left} 个（含今天）"
    return "\n".join(
        (words, *(("放假安排未公布，按法定节日估算",) if head.estimated else ()), *head.milestones)
    )


def _week_words(monday: str, contents: BoardContents) -> str:
    for day, counts in contents.loads:
        if day.isoformat() == monday:
            parts = [f"{campaign.label} {count}" for campaign, count in counts if count]
            total = sum(count for _, count in counts)
            over = f"，超过每周上限 {contents.week_limit} 场" if total > contents.week_limit else ""
            return f"第 {day.isocalendar().week} 周（{day_label(day)}起）{total} 场{over}\n" + "、".join(
                parts
            )
    return ""
