"""export letters：一个决策事项的邀请函或反馈函，每名代表一份，写进一个文件夹。"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path

from exports.letter_files import (
    LetterClosing,
    LetterOrder,
    day_of,
    require_letters,
    why_no_letter,
    write_letters,
)
from exports.letters import FEEDBACK_REMEDY
from gui.headless.arguments import Request
from gui.headless.checking import decision_of, year_asked
from gui.headless.output import folder_of, log_unmasked
from gui.headless.terminal import tell
from models.domain.errors import CommandError
from models.domain.masking import Where, masks_of
from models.domain.privacy import masked_name
from models.domain.snapshot import YearSnapshot


def run(request: Request) -> int:
    """The letters stand in the folder asked for; that they were not masked is logged before."""
    snapshot, check = year_asked(request)
    order = _order(request, snapshot, check.today)
    require_letters(snapshot, order)
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
    """Letters to all on the list of the decision who can get one; who cannot is said, with the reason."""
    assert request.decision is not None
    assert request.output is not None
    decision = decision_of(snapshot, request.decision, "没有写出函件。")
    names = {person.key: person.name for person in snapshot.delegates}
    people, left = [], []
    for row in snapshot.invitations:
        if row.decision != decision.key or row.delegate not in names:
            continue
        name = names[row.delegate]
        if why := why_no_letter(snapshot, row, feedback=request.feedback):
            left.append(f"{masked_name(name)}代表{why}")
        else:
            people.append((row.delegate, name, day_of(row, today, feedback=request.feedback)))
    name = decision.short or decision.title
    order = LetterOrder(
        decision.key, name, request.feedback, request.format or "docx", tuple(people), not request.unmask,
        Path(request.output),
        LetterClosing(request.issuer, request.contact, request.phone, request.seal, request.issued_on),
    )  # fmt: skip
    _require_people(order, left)
    return order


def _require_people(order: LetterOrder, left: Sequence[str]) -> None:
    if not order.people and left:
        raise CommandError(
            f"“{order.name}”没有可以写的{order.kind}：{'；'.join(left)}。", "没有写出函件。", FEEDBACK_REMEDY
        )
    if not order.people:
        raise CommandError(f"“{order.name}”还没有可以写给的代表。", "没有写出函件。", "请先登记代表。")
    for words in left:
        tell(f"没有写给{words}。")
