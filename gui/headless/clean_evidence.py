"""clean：没有用到的佐证文件移到一旁，缺了的说出名字。"""

from __future__ import annotations

from typing import Any

from exports.files import safe_name
from gui.headless.arguments import Request
from gui.headless.opening import open_for_reading, open_for_writing
from gui.headless.terminal import print_json, print_result, tell
from models.domain.text import size_words
from models.evidence_cleaning import CleanReport, EvidenceState, evidence_state, move_unused


def run(request: Request) -> int:
    """What nothing needs lies aside afterwards; without ``--apply`` it is only listed.

    1 where an evidence file is missing or one could not be moved.
    """
    report: CleanReport | None = None
    if request.apply:
        with open_for_writing(request) as store:
            state = evidence_state(store.path, store.clock())
            report = move_unused(store, safe_name)
    else:
        with open_for_reading(request) as store:
            state = evidence_state(store.path, store.clock())
    if request.json:
        print_json(_as_json(state, report))
    else:
        _say(state, report)
    return 1 if state.missing or (report is not None and report.failed) else 0


def _say(state: EvidenceState, report: CleanReport | None) -> None:
    for file in state.unused:
        print_result(f"没有用到：{file.name}（{file.digest[:8]}，{size_words(file.size)}）")
    for sentence in state.missing:
        print_result(sentence)
    tell(
        f"用着 {state.used} 份；撤销、印发稿、备份可能用到或刚加入的 {state.needed} 份，不动；"
        f"没有用到 {len(state.unused)} 份，共 {size_words(state.size)}。"
    )
    if report is None:
        if state.unused:
            tell("没有移走；要移走请加 --apply。")
        return
    for failure in report.failed:
        print_result(f"没有移走：{failure}")
    if report.moved:
        print_result(f"已移走 {report.moved} 份：{report.folder}")
        tell("确认不再需要后，请自己删去那个文件夹。")


def _as_json(state: EvidenceState, report: CleanReport | None) -> dict[str, Any]:
    moved = report is not None and report.moved
    return {
        "used": state.used,
        "needed": state.needed,
        "unused": [{"digest": file.digest, "name": file.name, "size": file.size} for file in state.unused],
        "missing": list(state.missing),
        "moved": report.moved if report is not None else None,
        "moved_to": str(report.folder) if report is not None and moved else None,
        "failed": list(report.failed) if report is not None else [],
    }
