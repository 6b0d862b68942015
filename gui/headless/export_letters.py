"""export letters：一个决策事项的邀请函或反馈函，每名代表一份，写进一个文件夹。"""

from __future__ import annotations

from datetime import date
from pathlib import Path

from exports.letter_files import LetterOrder, day_of, may_get, write_letters
from gui.headless.arguments import Request
from gui.headless.checking import decision_of, year_asked
from gui.headless.output import folder_of, log_unmasked
from gui.headless.terminal import tell
from models.domain.errors import CommandError
from models.domain.masking import Where, masks_of
from models.domain.snapshot import YearSnapshot


def run(request: Request) -> int:
    """The letters stand in the folder asked for; that they were not masked is logged before."""
    snapshot, check = year_asked(request)
    order = _order(request, snapshot, check.today)
    folder = folder_of(request)
    if request.unmask:
        name = masks_of(snapshot).text(order.name, Where.RECORD)
        note = f"{order.kind}：{name}（{len(order.people)} 份）"
        log_unmasked(request, "letters", note)
    written = write_letters(snapshot, order._replace(folder=folder))
    if written.missing:
        tell(
            f"注意：{order.kind}里没有字形的字印作“〓”：{'、'.join(written.missing)}。请改用 --format docx。"
        )
    tell(f"已导出{order.kind} {len(written.names)} 份：{folder}")
    return 0


def _order(request: Request, snapshot: YearSnapshot, today: date) -> LetterOrder:
    """Letters to all on the list of the decision who can get one."""
    assert request.decision is not None
    assert request.output is not None
    decision = decision_of(snapshot, request.decision, "没有写出函件。")
    feedback = request.feedback
    names = {person.key: person.name for person in snapshot.delegates}
    people = tuple(
        (row.delegate, names[row.delegate], day_of(row, today, feedback=feedback))
        for row in snapshot.invitations
        if row.decision == decision.key and row.delegate in names and may_get(row, feedback=feedback)
    )
    name = decision.short or decision.title
    if not people:
        raise CommandError(f"“{name}”还没有可以写给的代表。", "没有写出函件。", "请先登记代表。")
    return LetterOrder(
        decision.key, name, feedback, request.format or "docx", people, not request.unmask,
        Path(request.output),
    )  # fmt: skip
