"""命令行的词：哪些命令，各带什么参数。只读参数，不做事。"""

from __future__ import annotations

import argparse
from collections.abc import Collection, Sequence
from datetime import date
from typing import Any, NamedTuple

from gui.headless.argument_values import (
    FOLDERS,
    KINDS,
    PRINTS,
    read_campaign,
    read_day,
    read_effort,
    read_format,
    read_kind,
    read_margins,
    read_month,
    read_moves,
    read_named,
    read_paper,
    read_quarter,
    read_release,
    read_seconds,
    read_seed,
    read_year,
)
from gui.headless.chinese_parser import ChineseParser
from models.domain.events import Campaign

PROGRAM = "python main.py"
OF_A_QUARTER = frozenset({"quarter", "docx", "evidence-pack"})
OF_A_QUARTER_OR_ALL = frozenset({"parks", "attendance", "findings", "evidence"})
OF_A_CAMPAIGN = frozenset(
    {"ics", "invitations", "xlsx", "docx", "quarter", "wall", "year", "evidence", "notice"}
)
OF_A_CALENDAR = frozenset({"ics", "ics-folder"})
OF_A_UNIT = frozenset({"ics", "invitations", "xlsx", "docx", "template", *PRINTS}) - {"year", "findings"}
WITH_PERSONS = frozenset({"json", "attendance", "lectures", "letters"})
WITH_DRAFTS = OF_A_CALENDAR | {"invitations"}
BETWEEN_RELEASES = frozenset({"notice", "change-files"})
_QUARTERLY = OF_A_QUARTER | OF_A_QUARTER_OR_ALL
_RELEASED = OF_A_CALENDAR | {"docx", *PRINTS}


class Request(NamedTuple):
    """What the command line asks for; ``command`` None: the window."""

    data: str | None = None
    command: str | None = None
    year: int | None = None
    ruleset: int = 2024
    today: date | None = None
    json: bool = False
    file: str | None = None
    apply: bool = False
    confirmed: bool = False
    kind: str | None = None
    quarter: int | None = None
    campaign: Campaign | None = None
    unit: str | None = None
    drafts: bool = False
    output: str | None = None
    seed: int = 0
    seconds: float | None = None
    effort: int | None = None
    first: date | None = None
    moves: int | None = None
    copy: int | None = None
    name: str = ""
    from_release: int | None = None
    to_release: int | None = None
    against: str | None = None
    release: int | None = None
    notice: bool = False
    deadlines: bool = False
    todos: bool = False
    month: int | None = None
    unmask: bool = False
    erase: bool = False
    paper: str | None = None
    margins: str | None = None
    decision: str | None = None
    keep_backups: bool = False
    others: bool = False
    text: Sequence[str] = ()
    all_texts: bool = False
    feedback: bool = False
    format: str | None = None
    title: str = ""
    issued_on: date | None = None


def read_arguments(arguments: Sequence[str]) -> Request:
    """The request in ``arguments``; ends the program (``SystemExit``) after help (0) and wrong words (2)."""
    parser = _parser()
    options, rest = parser.parse_known_args(list(arguments))
    if rest:
        parser.error(f"unrecognized arguments: {' '.join(rest)}")
    request = Request(**vars(options))
    if request.command == "export":
        _require_sense(parser, request)
    if request.command == "new" and request.today is not None and request.copy is None:
        parser.error("--today 只与 --copy 同用")
    if request.against is not None and (request.from_release or request.to_release):
        parser.error("--against 与 --from、--to 不同用")
    return request


def _parser() -> ChineseParser:
    parser = ChineseParser(
        prog=PROGRAM,
        description="宝公开排期：政务公开活动的年度排期、规则检查与印发。不带命令时打开窗口。",
        epilog="""退出码：
  0  完成
  1  check 发现刚性规则逾期、有风险或待补；plan、solve 有排不进的；verify 发现损坏；佐证材料未齐；import 有不收的行；
     erase 有备份没有改成；clean 有文件缺失或没有移走
  2  用法或输入有误，什么都没改
  3  数据打不开或写不进，什么都没丢""",
    )
    parser.options.add_argument("--data", metavar="数据文件", type=read_named, help="默认在用户数据文件夹里")
    commands = parser.add_subparsers(title="命令", dest="command", metavar="命令", parser_class=ChineseParser)
    for add in (
        _add_new,
        _add_check,
        _add_import,
        _add_export,
        _add_backup,
        _add_restore,
        _add_verify,
        _add_plan,
        _add_solve,
        _add_release,
        _add_changes,
        _add_erase,
        _add_clean,
    ):
        add(commands)
    return parser


def _command(commands: Any, name: str, purpose: str) -> ChineseParser:
    parser: ChineseParser = commands.add_parser(
        name, prog=f"{PROGRAM} {name}", help=purpose, description=purpose
    )
    parser.options.add_argument(
        "--data",
        metavar="数据文件",
        type=read_named,
        default=argparse.SUPPRESS,
        help="默认在用户数据文件夹里",
    )
    return parser


def _words(parser: ChineseParser) -> argparse._ArgumentGroup:
    return parser.add_argument_group("参数")


def _add_new(commands: Any) -> None:
    parser = _command(commands, "new", "新建年度")
    _words(parser).add_argument("year", metavar="年度", type=read_year)
    parser.options.add_argument(
        "--ruleset", metavar="年份", type=read_year, default=2024, help="沿用哪一年的规则集（默认 2024）"
    )
    parser.options.add_argument(
        "--copy",
        metavar="上一年度",
        type=read_year,
        help="带来那一年的单位与口径，活动排到同周同日，逐场写明理由",
    )
    parser.options.add_argument(
        "--today", metavar="日期", type=read_day, help="当作今天，如 2027-11-20，只用于 --copy"
    )


def _add_check(commands: Any) -> None:
    parser = _command(commands, "check", "按规则检查一年的计划")
    _words(parser).add_argument("year", metavar="年度", type=read_year)
    parser.options.add_argument("--today", metavar="日期", type=read_day, help="当作今天，如 2027-06-15")
    _add_json(parser)


def _add_import(commands: Any) -> None:
    parser = _command(
        commands, "import", "导入年度数据包、报送表、决策目录或部门日历；不带 --apply 时只列出会改什么"
    )
    _words(parser).add_argument(
        "file", metavar="文件", help="年度数据包（.json）；报送表、决策目录（.xlsx）；部门日历（.ics）"
    )
    parser.options.add_argument(
        "--year", metavar="年度", type=read_year, help="数据包须是这一年的；.xlsx、.ics 导入到这一年"
    )
    parser.options.add_argument(
        "--campaign", metavar="工作线", type=read_campaign, help="没写工作线的行按它，用于 .xlsx 和 .ics"
    )
    parser.options.add_argument(
        "--confirmed", action="store_true", help="按来件把“已确认”的记为已确认，用于 .ics"
    )
    parser.options.add_argument("--apply", action="store_true", help="真正导入，作为可撤销的一步")
    _add_json(parser)


def _add_export(commands: Any) -> None:
    parser = _command(commands, "export", "导出")
    words = _words(parser)
    words.add_argument(
        "kind",
        metavar="种类",
        type=read_kind,
        help="json 年度数据包；ics 日历；ics-folder 日历文件夹；印件（PDF）：quarter 季度活动计划、year 年度总览、lectures 年度直播企划、parks 走进园区、communities 走进社区、campuses 走进校区、open-month 政府开放月活动表、attendance 列席情况汇总、wall 月历、findings 规则检查单、evidence 佐证清单、notice 变更通知；docx 季度活动计划、变更通知（Word）；letters 列席函件（文件夹）；invitations 邀请文件（文件夹）；change-files 变更文件（文件夹，一个单位一份日历）；xlsx 台账；template 报送表；evidence-pack 季度佐证材料（文件夹或 .zip）",
    )
    words.add_argument("year", metavar="年度", type=read_year)
    options = parser.options
    options.add_argument(
        "-o",
        dest="output",
        metavar="文件",
        required=True,
        help="写到哪里（文件或文件夹）；- 为标准输出；已有的文件会被替换",
    )
    _add_scope(options)
    _add_form(options)


def _add_scope(options: Any) -> None:
    """What of the year is exported."""
    options.add_argument(
        "--quarter",
        metavar="季度",
        type=read_quarter,
        help="1–4，用于 quarter、docx、evidence-pack；parks、attendance、findings、evidence 可不写（全年）",
    )
    options.add_argument("--month", metavar="月份", type=read_month, help="1–12，用于 wall（默认全年各月）")
    options.add_argument(
        "--campaign",
        metavar="工作线",
        type=read_campaign,
        help="如 lecture 或 公开讲堂，用于 ics、invitations、xlsx、docx 和按工作线选的印件",
    )
    options.add_argument(
        "--unit", metavar="单位", help="编号、名称或别名，用于 ics、invitations、xlsx、template、docx 和印件"
    )
    options.add_argument(
        "--notice", action="store_true", help="变更通知：由 --from 那一稿至 --to 那一稿，只用于 docx"
    )
    options.add_argument(
        "--drafts",
        action="store_true",
        help="连同草拟的活动（标【草案】），用于 ics、ics-folder、invitations",
    )
    options.add_argument(
        "--release",
        metavar="稿",
        type=read_release,
        help="第几份印发稿（默认现在的草案），用于日历、docx 和印件",
    )
    _add_sides(options, "，用于 notice、docx --notice 和 change-files")


def _add_form(options: Any) -> None:
    """How it is written."""
    options.add_argument(
        "--unmask",
        action="store_true",
        help="写出姓名、电话全文，用于 json、attendance、lectures、letters；记入导出记录",
    )
    options.add_argument(
        "--paper", metavar="纸张", type=read_paper, help="A4 或 A3，用于印件（默认按印件的惯例）"
    )
    options.add_argument(
        "--margins",
        metavar="版式",
        type=read_margins,
        help="公文附件 或 普通打印，用于印件（默认按印件的惯例）",
    )
    options.add_argument("--title", metavar="标题", default="", help="用于印件和 docx（默认按惯例拟定）")
    options.add_argument(
        "--date", dest="issued_on", metavar="日期", type=read_day,
        help="落款日期，用于印件和 docx（默认今天，印发稿为印发日）",
    )  # fmt: skip
    options.add_argument("--decision", metavar="事项", help="编号、全称或简称，用于 letters")
    options.add_argument("--feedback", action="store_true", help="写反馈函（默认邀请函），用于 letters")
    options.add_argument(
        "--format", metavar="格式", type=read_format, help="docx 或 pdf，用于 letters（默认 docx）"
    )
    options.add_argument(
        "--deadlines", action="store_true", help="连同时限，作为全天日程，用于 ics、ics-folder"
    )
    options.add_argument(
        "--todos", action="store_true", help="连同时限，作为待办（VTODO），用于 ics、ics-folder"
    )


def _add_release(commands: Any) -> None:
    parser = _command(commands, "release", "把一年的计划冻结为下一份印发稿，从此不变")
    _words(parser).add_argument("year", metavar="年度", type=read_year)
    parser.options.add_argument("--name", metavar="名称", default="", help="默认为“2027年第3稿”")
    parser.options.add_argument("--today", metavar="日期", type=read_day, help="印发日期（默认今天）")
    _add_json(parser)


def _add_changes(commands: Any) -> None:
    parser = _command(commands, "changes", "两份印发稿之间、或印发稿与草案之间的差别")
    _words(parser).add_argument("year", metavar="年度", type=read_year)
    options = parser.options
    _add_sides(options, "")
    options.add_argument(
        "--against",
        metavar="文件",
        type=read_named,
        help="同事手里的 .ics、本程序的印件（.pdf、.docx），或写着校验码的文本：是哪一稿，缺什么",
    )
    options.add_argument("--today", metavar="日期", type=read_day, help="当作今天，如 2027-06-15")
    _add_json(parser)


def _add_sides(options: argparse._ArgumentGroup, where: str) -> None:
    options.add_argument(
        "--from",
        dest="from_release",
        metavar="稿",
        type=read_release,
        help=f"从第几稿比起（默认最后一稿，或 --to 的前一稿）{where}",
    )
    options.add_argument(
        "--to",
        dest="to_release",
        metavar="稿",
        type=read_release,
        help=f"比到第几稿（默认现在的草案）{where}",
    )


def _add_backup(commands: Any) -> None:
    parser = _command(commands, "backup", "备份数据文件，核对过才算数")
    parser.options.add_argument("-o", dest="output", metavar="文件", help="默认在数据文件旁的“备份”文件夹里")


def _add_restore(commands: Any) -> None:
    parser = _command(commands, "restore", "从备份恢复；现有的数据文件先挪到一旁")
    _words(parser).add_argument("file", metavar="备份文件")
    parser.options.add_argument(
        "--erase", action="store_true", help="备份里若有此后删去过姓名、电话的代表，恢复时再次删去"
    )


def _add_verify(commands: Any) -> None:
    _command(commands, "verify", "检查数据文件是否完好")


def _add_erase(commands: Any) -> None:
    purpose = "删去一个决策事项里已反馈的代表的姓名、电话，不能撤销；不带 --apply 时只列出是谁、会改哪些文字"
    parser = _command(commands, "erase", purpose)
    words = _words(parser)
    words.add_argument("year", metavar="年度", type=read_year)
    words.add_argument("decision", metavar="事项", help="编号、全称或简称")
    options = parser.options
    options.add_argument("--apply", action="store_true", help="真正删去，连同以前的备份里的")
    options.add_argument("--others", action="store_true", help="连同登记过而不在任何事项里的代表")
    options.add_argument("--keep-backups", action="store_true", help="以前的备份不动，里面仍有姓名、电话")
    options.add_argument(
        "--text",
        metavar="编号",
        action="append",
        default=[],
        help="连同这一处拿不准的文字也遮住；编号在不带 --apply 时列出，可写多次",
    )
    options.add_argument("--all-texts", action="store_true", help="连同列出的每一处拿不准的文字")
    options.add_argument("--unmask", action="store_true", help="列出时写出原文，不遮姓名、电话")


def _add_clean(commands: Any) -> None:
    parser = _command(
        commands, "clean", "清理没有用到的佐证文件；不带 --apply 时只列出是哪些，连同缺了的文件"
    )
    parser.options.add_argument("--apply", action="store_true", help="真正移走")
    _add_json(parser)


def _add_plan(commands: Any) -> None:
    parser = _command(commands, "plan", "自动排期；不带 --apply 时只提建议")
    _words(parser).add_argument("year", metavar="年度", type=read_year)
    options = parser.options
    options.add_argument("--from", dest="first", metavar="日期", type=read_day, help="从哪天起排（默认明天）")
    options.add_argument("--today", metavar="日期", type=read_day, help="当作今天，如 2027-06-15")
    options.add_argument(
        "--moves", metavar="场数", type=read_moves, help="至多可挪动多少场已排的活动（默认一场都不挪）"
    )
    options.add_argument("--apply", action="store_true", help="采纳勾选的各项，作为可撤销的一步")
    _add_search(parser)
    _add_json(parser)


def _add_solve(commands: Any) -> None:
    purpose = "求解一个排期问题文件，不用年度数据"
    parser: ChineseParser = commands.add_parser(
        "solve", prog=f"{PROGRAM} solve", help=purpose, description=purpose
    )
    _words(parser).add_argument(
        "file", metavar="问题文件", type=read_named, help="outreach-plan-problem/1（.json）"
    )
    parser.options.add_argument(
        "-o",
        dest="output",
        metavar="文件",
        type=read_named,
        required=True,
        help="方案写到哪里；- 为标准输出；已有的文件会被替换",
    )
    _add_search(parser)


def _add_search(parser: ChineseParser) -> None:
    options = parser.options
    options.add_argument(
        "--seed",
        metavar="数",
        type=read_seed,
        default=0,
        help="随机数的种子（默认 0）；同样的种子得同样的方案",
    )
    options.add_argument("--effort", metavar="步数", type=read_effort, help="搜索多少步（默认按问题大小）")
    options.add_argument(
        "--seconds", metavar="秒", type=read_seconds, help="至多搜索多少秒；到时交出已有的最好方案"
    )


def _add_json(parser: ChineseParser) -> None:
    parser.options.add_argument("--json", action="store_true", help="给程序读的形式")


def _require_sense(parser: ChineseParser, request: Request) -> None:
    """Each kind takes its own options only."""
    if request.notice:
        if request.kind != "docx" or request.quarter is not None:
            parser.error("--notice 只用于 export docx，不与 --quarter 同用")
    elif request.kind in OF_A_QUARTER and request.quarter is None:
        parser.error(f"export {request.kind} 要用 --quarter 写明季度（1–4）")
    if request.kind == "letters" and not request.decision:
        parser.error("export letters 要用 --decision 写明事项（编号、全称或简称）")
    compared = request.notice or request.kind in BETWEEN_RELEASES
    if compared and request.release:
        parser.error("变更通知、变更文件不用 --release，请用 --from、--to 写明从哪一稿比到哪一稿")
    if not compared and (request.from_release or request.to_release):
        parser.error("--from、--to 只用于 export notice、export docx --notice 和 export change-files")
    for given, kinds, words in _takers(request):
        if given and request.kind not in kinds:
            parser.error(words)
    if request.kind in FOLDERS and request.output == "-":
        parser.error(f"export {request.kind} 要写到一个文件夹，不能是标准输出")


def _takers(request: Request) -> tuple[tuple[object, Collection[str], str], ...]:
    """Each option, the kinds that take it, and what is said to the others. No option is 0 where it was given."""
    printed = request.paper or request.margins
    deadlines = request.deadlines or request.todos
    letters = request.decision or request.feedback or request.format
    worded = request.title or request.issued_on
    return (
        (request.quarter, _QUARTERLY, f"--quarter 只用于 export {_listed(_QUARTERLY)}"),
        (request.campaign, OF_A_CAMPAIGN, f"--campaign 只用于 export {_listed(OF_A_CAMPAIGN)}"),
        (request.unit, OF_A_UNIT, f"--unit 只用于 export {_listed(OF_A_UNIT)}"),
        (request.month, ("wall",), "--month 只用于 export wall"),
        (request.unmask, WITH_PERSONS, f"--unmask 只用于 export {_listed(WITH_PERSONS)}"),
        (request.release, _RELEASED, "--release 只用于 export ics、ics-folder、docx 和印件"),
        (printed, PRINTS, "--paper、--margins 只用于印件"),
        (request.drafts, WITH_DRAFTS, f"--drafts 只用于 export {_listed(WITH_DRAFTS)}"),
        (deadlines, OF_A_CALENDAR, "--deadlines、--todos 只用于 export ics、ics-folder"),
        (letters, ("letters",), "--decision、--feedback、--format 只用于 export letters"),
        (worded, (*PRINTS, "docx"), "--title、--date 只用于印件和 export docx"),
    )


def _listed(kinds: frozenset[str]) -> str:
    return "、".join(kind for kind in KINDS if kind in kinds)
