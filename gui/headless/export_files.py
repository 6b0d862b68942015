"""export json、xlsx、template、evidence-pack：年度数据包、台账、报送表模板、一个季度的佐证材料。

姓名、电话默认遮住，--unmask 才写全，记入导出记录。
"""

from __future__ import annotations

from pathlib import Path

from gui.headless.arguments import Request
from gui.headless.checking import unit_of, year_asked
from gui.headless.opening import data_file
from gui.headless.output import log_unmasked, put_out
from gui.headless.terminal import print_result, tell
from models.domain.errors import InputError

# What writes a kind is imported where it is: none waits for the library of another.


def run_package(request: Request) -> int:
    """The whole year stands in the package asked for; that it was not masked is logged before."""
    from exports.package import write_package

    snapshot, _ = year_asked(request)
    data = write_package(snapshot, masked=not request.unmask)
    if request.unmask:
        log_unmasked(request, "package")
    put_out(request, data, f"{request.year} 年度数据包，{len(snapshot.events)} 项活动")
    return 0


def run_ledger(request: Request) -> int:
    """Every event, or those of one campaign or unit, stands by month in the workbook asked for."""
    from exports.xlsx.ledger import ledger_bytes
    from planners.ledger_filter import EVERYTHING, conditions, filtered
    from planners.ledger_groups import Grouping, Order, grouped
    from planners.ledger_rows import ledger_rows

    snapshot, check = year_asked(request)
    chosen = EVERYTHING._replace(campaign=request.campaign, unit=unit_of(snapshot, request.unit))
    rows = filtered(ledger_rows(snapshot, check), chosen, {}, ())
    groups = grouped(rows, Grouping.MONTH, Order(), snapshot, check.ruleset)
    words = "，".join(condition.words for condition in conditions(chosen, snapshot))
    data = ledger_bytes(snapshot, check.ruleset, groups, conditions=words)
    put_out(request, data, f"{snapshot.year}年活动台账，{len(rows)} 场")
    return 0


def run_template(request: Request) -> int:
    """The form for a unit (its events listed), or an empty one, stands in the workbook asked for."""
    from exports.xlsx.template import prefilled, template_bytes

    snapshot, _ = year_asked(request)
    unit = unit_of(snapshot, request.unit)
    count = len(prefilled(snapshot, unit))
    name = f"{snapshot.unit_name(unit)}，已列出 {count} 场" if unit else "空白"
    put_out(request, template_bytes(snapshot, unit), f"{snapshot.year}年报送表模板（{name}）")
    return 0


def run_evidence(request: Request) -> int:
    """The pack stands where it was asked for; 1 and one line each for what is lacking."""
    from exports.evidence_pack import evidence_pack
    from models.evidence_files import EvidenceFolder

    assert request.quarter is not None
    assert request.output is not None
    if request.output == "-":
        raise InputError(
            "材料包是一个文件夹或压缩包，不能写到标准输出。", "没有写出文件。", "请用 -o 写明位置。"
        )
    snapshot, check = year_asked(request)
    folder = EvidenceFolder(data_file(request).absolute())
    target = Path(request.output).expanduser().absolute()
    pack = evidence_pack(snapshot, check, request.quarter, folder.read, target)
    for line in pack.lacking:
        print_result(line)
    state = "材料齐全" if pack.complete else f"缺 {len(pack.lacking)} 处"
    tell(f"已写出 {pack.target}：{pack.events} 场活动，{pack.files} 份文件，{state}。")
    return 0 if pack.complete else 1
