"""诊断：没补上的每一项为什么、试过什么办法，写成一页文字，便于转给别人看。"""

from __future__ import annotations

from collections.abc import Iterator

from gui.planning.proposal.words import scope_words, search_words
from planners.proposals import Open, Proposal


def diagnosis_text(proposal: Proposal) -> str:
    """The open demands of a proposal with causes, constraints and repairs; no names of persons."""
    return "\n".join(_lines(proposal)) + "\n"


def _lines(proposal: Proposal) -> Iterator[str]:
    yield f"{proposal.title} · {proposal.year} 年度 · 诊断"
    yield f"依据：{proposal.today.isoformat()} 的数据，第 {proposal.revision} 次改动之后"
    yield scope_words(proposal)
    yield f"已有建议 {len(proposal.entries)} 项，没有补上 {len(proposal.open)} 项"
    if words := search_words(proposal):
        yield words
    if proposal.needed_moves is not None:
        yield f"改动数不够：至少须改 {proposal.needed_moves} 场。"
    for title, person in (("仍无法满足", False), ("暂不处理", True)):
        found = [one for one in proposal.open if one.for_person is person]
        if found:
            yield ""
            yield f"{title} {len(found)} 项"
            for number, one in enumerate(found, 1):
                yield from _open_lines(number, one)


def _open_lines(number: int, one: Open) -> Iterator[str]:
    yield f"{number}. {one.label}（{one.cause.label}）：{one.text}"
    if one.blocking:
        yield f"   相关约束：{'、'.join(one.blocking)}"
    for repair in one.repairs:
        relaxed = f"（放宽 {'、'.join(repair.relax)}）" if repair.relax else ""
        yield f"   可试：{repair.text}{relaxed}"
