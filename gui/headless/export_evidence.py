"""export evidence-pack：一个季度的佐证材料，一份清单、每场活动一个文件夹。"""

from __future__ import annotations

from pathlib import Path

from exports.evidence_pack import evidence_pack
from gui.headless.arguments import Request
from gui.headless.checking import check_of
from gui.headless.opening import data_file, open_for_reading
from gui.headless.terminal import print_result, tell
from models.domain.errors import InputError
from models.evidence_files import EvidenceFolder
from models.queries import year_snapshot


def run(request: Request) -> int:
    """The pack stands where it was asked for; 1 and one line each for what is lacking."""
    assert request.year is not None
    assert request.quarter is not None
    assert request.output is not None
    if request.output == "-":
        raise InputError(
            "材料包是一个文件夹或压缩包，不能写到标准输出。", "没有写出文件。", "请用 -o 写明位置。"
        )
    with open_for_reading(request) as store:
        snapshot = year_snapshot(store, request.year)
    folder = EvidenceFolder(data_file(request).absolute())
    target = Path(request.output).expanduser().absolute()
    pack = evidence_pack(snapshot, check_of(snapshot, request.today), request.quarter, folder.read, target)
    for line in pack.lacking:
        print_result(line)
    state = "材料齐全" if pack.complete else f"缺 {len(pack.lacking)} 处"
    tell(f"已写出 {pack.target}：{pack.events} 场活动，{pack.files} 份文件，{state}。")
    return 0 if pack.complete else 1
