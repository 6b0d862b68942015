"""命令行的词：哪些命令，各带什么参数。只读参数，不做事。"""

from __future__ import annotations

import argparse
from collections.abc import Callable, Collection, Mapping, Sequence
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
    words: Sequence[str] = ()
    all_open: bool = False
    clean: bool = False
    frequencies: bool = False
    issuer: str = ""
    contact: str = ""
    phone: str = ""
    seal: bool = False


def read_arguments(arguments: Sequence[str]) -> Request:
    """The request in ``arguments``; ends the program (``SystemExit``) after help (0) and wrong words (2)."""
    parser = _parser()
    options, rest = parser.parse_known_args(list(arguments))
    if rest:
        parser.error(f"unrecognized arguments: {' '.join(rest)}")
    request = Request(**vars(options))
    if request.command == "export":
        _require_sense(parser, request)
    if request.command == "check" and request.year is None and not request.all_open:
        parser.error("the following arguments are required: 年度")
    if request.command == "new" and request.today is not None and request.copy is None:
        parser.error("--today 只与 --copy 同用")
    if request.against is not None and (request.from_release or request.to_release):
        parser.error("--against 与 --from、--to 不同用")
    return request


class _Argument(NamedTuple):
    """A word or an option of a command; without ``metavar`` it is a switch. ``more`` goes to argparse as it is."""

    name: str
    metavar: str = ""
    read: Callable[[str], object] | None = None
    help: str | None = None
    more: Mapping[str, object] = {}


class _Command(NamedTuple):
    """A command: what it is for, the words it needs and the options it takes, in the order of its help."""

    name: str
    purpose: str
    words: tuple[_Argument, ...] = ()
    options: tuple[_Argument, ...] = ()


def _sides(where: str) -> tuple[_Argument, ...]:
    start, end = (
        f"从第几稿比起（默认最后一稿，或 --to 的前一稿）{where}",
        f"比到第几稿（默认现在的草案）{where}",
    )
    return (
        _Argument("--from", "稿", read_release, start, {"dest": "from_release"}),
        _Argument("--to", "稿", read_release, end, {"dest": "to_release"}),
    )


_DATA = _Argument("--data", "数据文件", read_named, "默认在用户数据文件夹里")
_YEAR = _Argument("year", "年度", read_year)
_TODAY = _Argument("--today", "日期", read_day, "当作今天，如 2027-06-15")
_JSON = _Argument("--json", help="给程序读的形式")
_SEARCH = (
    _Argument("--seed", "数", read_seed, "随机数的种子（默认 0）；同样的种子得同样的方案"),
    _Argument("--effort", "步数", read_effort, "搜索多少步（默认按问题大小）"),
    _Argument("--seconds", "秒", read_seconds, "至多搜索多少秒；到时交出已有的最好方案"),
)
_SCOPE = (
    _Argument("--quarter", "季度", read_quarter, "1–4，用于 quarter、docx、evidence-pack；parks、attendance、findings、evidence 可不写（全年）"),
    _Argument("--month", "月份", read_month, "1–12，用于 wall（默认全年各月）"),
    _Argument("--campaign", "工作线", read_campaign, "如 lecture 或 公开讲堂，用于 ics、invitations、xlsx、docx 和按工作线选的印件"),
    _Argument("--unit", "单位", help="编号、名称或别名，用于 ics、invitations、xlsx、template、docx 和印件"),
    _Argument("--notice", help="变更通知：由 --from 那一稿至 --to 那一稿，只用于 docx"),
    _Argument("--drafts", help="连同草拟的活动（标【草案】），用于 ics、ics-folder、invitations"),
    _Argument("--release", "稿", read_release, "第几份印发稿（默认现在的草案），用于日历、docx 和印件"),
    *_sides("，用于 notice、docx --notice 和 change-files"),
)  # fmt: skip
"""What of the year is exported."""
_FORM = (
    _Argument("--unmask", help="写出姓名、电话全文，用于 json、attendance、lectures、letters；记入导出记录"),
    _Argument("--paper", "纸张", read_paper, "A4 或 A3，用于印件（默认按印件的惯例）"),
    _Argument("--margins", "版式", read_margins, "公文附件 或 普通打印，用于印件（默认按印件的惯例）"),
    _Argument("--title", "标题", help="用于印件和 docx（默认按惯例拟定）"),
    _Argument("--clean", help="印发件：题下不写稿次，不附频次核对，与 --release（变更通知为 --to）同用，用于印件和 docx"),
    _Argument("--frequencies", help="连同频次核对，与 --clean 同用"),
    _Argument("--date", "日期", read_day, "只是落款日期，用于印件、docx（默认今天，印发稿为印发日）和 letters（默认登记的日期，没有的为今天）",
              {"dest": "issued_on"}),
    _Argument("--decision", "事项", help="编号、全称或简称，用于 letters"),
    _Argument("--issuer", "落款", help="由谁署名，用于 letters（默认设置里的办公室名称）"),
    _Argument("--contact", "联系人", help="函末附注里的联系人，用于 letters"),
    _Argument("--phone", "电话", help="函末附注里的电话，用于 letters"),
    _Argument("--seal", help="按加盖印章的位置排落款，用于 letters"),
    _Argument("--feedback", help="写反馈函（默认邀请函），用于 letters"),
    _Argument("--format", "格式", read_format, "docx 或 pdf，用于 letters（默认 docx）"),
    _Argument("--deadlines", help="连同时限，作为全天日程，用于 ics、ics-folder"),
    _Argument("--todos", help="连同时限，作为待办（VTODO），用于 ics、ics-folder"),
)  # fmt: skip
"""How it is written."""
_COMMANDS = (
    _Command("new", "新建年度", (_YEAR,), (
        _Argument("--ruleset", "年份", read_year, "沿用哪一年的规则集（默认 2024）"),
        _Argument("--copy", "上一年度", read_year, "带来那一年的单位与口径，活动排到同周同日，逐场写明理由"),
        _Argument("--today", "日期", read_day, "当作今天，如 2027-11-20，只用于 --copy"),
    )),
    _Command("check", "按规则检查一年的计划", (_YEAR._replace(more={"nargs": "?", "default": None}),), (
        _TODAY,
        _Argument("--all-open", help="列出各年度还没有办完的事；不写年度时只列这些"),
        _JSON,
    )),
    _Command("rule", "年度自己的规则：列出、新增、修改、撤去；不带 --apply 时只说会怎样", (
        _YEAR,
        _Argument("words", "做什么", None, (
            "不写则列出；add 项=值 …；change 编号 项=值 …；withdraw 编号。项：名称、依据（要点的条号，或文件全称和条号；"
            "不写为自定）、条文、性质（提示、刚性）、种类（频次、节点、时限）、工作线、周期、分别（全区、街镇、单位、学段、主题分类）、"
            "分组（甲、乙）、场数、宜办、日期（1-31）、重复（每年、只这一年、每半年、每季度、每月）、谁报（全区、单位、街镇）、"
            "工作日（5）、自（活动举办、政策文件发布、要点印发）、起算（2027-07-01）、改自（改动自哪天起，此前照旧）、例子"
        ), {"nargs": "*"}),
    ), (
        _TODAY,
        _Argument("--apply", help="真正保存，作为可撤销的一步"),
        _JSON,
    )),
    _Command("import", "导入年度数据包、报送表、决策目录或部门日历；不带 --apply 时只列出会改什么", (
        _Argument("file", "文件", help="年度数据包（.json）；报送表、决策目录（.xlsx）；部门日历（.ics）"),
    ), (
        _Argument("--year", "年度", read_year, "数据包须是这一年的；.xlsx、.ics 导入到这一年"),
        _Argument("--campaign", "工作线", read_campaign, "没写工作线的行按它，用于 .xlsx 和 .ics"),
        _Argument("--confirmed", help="按来件把“已确认”的记为已确认，用于 .ics"),
        _Argument("--apply", help="真正导入，作为可撤销的一步"),
        _JSON,
    )),
    _Command("export", "导出", (
        _Argument("kind", "种类", read_kind, (
            "json 年度数据包；ics 日历；ics-folder 日历文件夹；印件（PDF）：quarter 季度活动计划、year 年度总览、"
            "lectures 年度直播企划、parks 走进园区、communities 走进社区、campuses 走进校区、"
            "open-month 政府开放月活动表、attendance 列席情况汇总、wall 月历、findings 规则检查单、"
            "evidence 佐证清单、notice 变更通知；docx 季度活动计划、变更通知（Word）；letters 列席函件（文件夹）；"
            "invitations 邀请文件（文件夹）；change-files 变更文件（文件夹，一个单位一份日历）；xlsx 台账；"
            "template 报送表；evidence-pack 季度佐证材料（文件夹或 .zip）"
        )),
        _YEAR,
    ), (
        _Argument("-o", "文件", None, "写到哪里（文件或文件夹）；- 为标准输出；已有的文件会被替换",
                  {"dest": "output", "required": True}),
        _Argument("--today", "日期", read_day, "结论、期限按哪一天算，如 2027-06-15（默认今天，印发稿为印发日）"),
        *_SCOPE,
        *_FORM,
    )),
    _Command("backup", "备份数据文件，核对过才算数", (), (
        _Argument("-o", "文件", None, "默认在数据文件旁的“备份”文件夹里", {"dest": "output"}),
    )),
    _Command("restore", "从备份恢复；现有的数据文件先挪到一旁", (_Argument("file", "备份文件"),), (
        _Argument("--erase", help="备份里若有此后删去过姓名、电话的代表，恢复时再次删去"),
    )),
    _Command("verify", "检查数据文件是否完好"),
    _Command("plan", "自动排期；不带 --apply 时只提建议", (_YEAR,), (
        _Argument("--from", "日期", read_day, "从哪天起排（默认明天）", {"dest": "first"}),
        _TODAY,
        _Argument("--moves", "场数", read_moves, "至多可挪动多少场已排的活动（默认一场都不挪）"),
        _Argument("--apply", help="采纳勾选的各项，作为可撤销的一步"),
        *_SEARCH,
        _JSON,
    )),
    _Command("solve", "求解一个排期问题文件，不用年度数据", (
        _Argument("file", "问题文件", read_named, "outreach-plan-problem/1（.json）"),
    ), (
        _Argument("-o", "文件", read_named, "方案写到哪里；- 为标准输出；已有的文件会被替换",
                  {"dest": "output", "required": True}),
        *_SEARCH,
    )),
    _Command("release", "把一年或一个季度的计划冻结为下一份印发稿，从此不变", (_YEAR,), (
        _Argument("--name", "名称", help="默认为“2027年第3稿”"),
        _Argument("--quarter", "季度", read_quarter, "1–4，只印发、只冻结这个季度（默认全年）"),
        _Argument("--today", "日期", read_day, "印发日期（默认今天）"),
        _JSON,
    )),
    _Command("changes", "两份印发稿之间、或印发稿与草案之间的差别", (_YEAR,), (
        *_sides(""),
        _Argument("--against", "文件", read_named,
                  "同事手里的 .ics、本程序的印件（.pdf、.docx），或写着校验码的文本：是哪一稿，缺什么"),
        _TODAY,
        _JSON,
    )),
    _Command("erase", "删去一个决策事项里已反馈的代表的姓名、电话，不能撤销；不带 --apply 时只列出是谁、会改哪些文字", (
        _YEAR,
        _Argument("decision", "事项", help="编号、全称或简称"),
    ), (
        _Argument("--apply", help="真正删去，连同以前的备份里的"),
        _Argument("--others", help="连同登记过而不在任何事项里的代表"),
        _Argument("--keep-backups", help="以前的备份不动，里面仍有姓名、电话"),
        _Argument("--text", "编号", None, "连同这一处拿不准的文字也遮住；编号在不带 --apply 时列出，可写多次",
                  {"action": "append"}),
        _Argument("--all-texts", help="连同列出的每一处拿不准的文字"),
        _Argument("--unmask", help="列出时写出原文，不遮姓名、电话"),
    )),
    _Command("clean", "清理没有用到的佐证文件；不带 --apply 时只列出是哪些，连同缺了的文件", (), (
        _Argument("--apply", help="真正移走"),
        _JSON,
    )),
)  # fmt: skip


def _parser() -> ChineseParser:
    parser = ChineseParser(
        prog=PROGRAM,
        argument_default=argparse.SUPPRESS,
        description="宝公开排期：政务公开活动的年度排期、规则检查与印发。不带命令时打开窗口。",
        epilog="""退出码：
  0  完成
  1  check 发现刚性规则逾期、有风险或待补；plan、solve 有排不进的；verify 发现损坏；佐证材料未齐；import 有不收的行；
     erase 有备份没有改成；clean 有文件缺失或没有移走
  2  用法或输入有误，什么都没改
  3  数据打不开或写不进，什么都没丢""",
    )
    _add(parser.options, _DATA)
    commands = parser.add_subparsers(title="命令", dest="command", metavar="命令", parser_class=ChineseParser)
    for name, purpose, words, options in _COMMANDS:
        # What is not given is left out of the answer: the defaults are those of ``Request``.
        command = commands.add_parser(
            name,
            prog=f"{PROGRAM} {name}",
            help=purpose,
            description=purpose,
            argument_default=argparse.SUPPRESS,
        )
        group = command.add_argument_group("参数")
        for word in words:
            _add(group, word)
        for option in options if name == "solve" else (_DATA, *options):
            _add(command.options, option)
    return parser


def _add(group: argparse._ArgumentGroup, argument: _Argument) -> None:
    name, metavar, read, purpose, more = argument
    settings: Any = {"metavar": metavar, "type": read, **more} if metavar else {"action": "store_true"}
    group.add_argument(name, help=purpose, **settings)


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
    if request.clean and not (request.release or request.to_release):
        parser.error("--clean 印的是印发件，请用 --release（变更通知用 --to）写明哪一稿")
    if request.frequencies and not request.clean:
        parser.error("--frequencies 只与 --clean 同用")
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
    closing = request.issuer or request.contact or request.phone or request.seal
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
        (closing, ("letters",), "--issuer、--contact、--phone、--seal 只用于 export letters"),
        (request.clean, (*PRINTS, "docx"), "--clean 只用于印件和 export docx"),
        (request.title, (*PRINTS, "docx"), "--title 只用于印件和 export docx"),
        (request.issued_on, (*PRINTS, "docx", "letters"), "--date 只用于印件、export docx 和 export letters"),
    )


def _listed(kinds: frozenset[str]) -> str:
    return "、".join(kind for kind in KINDS if kind in kinds)
