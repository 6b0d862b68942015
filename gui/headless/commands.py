"""一个命令一个文件；这里只按名字叫它们，并把错误变成退出码。"""

from __future__ import annotations

import importlib
import os
import shlex
import subprocess
from collections.abc import Mapping
from pathlib import Path

from gui.headless.argument_values import PRINTS
from gui.headless.arguments import PROGRAM, Request
from gui.headless.terminal import finish_results, say_no_more, tell, tell_error
from models.datafile import DamagedError
from models.domain.errors import StoreError, UserError

DONE, FOUND, REFUSED, NO_DATA = 0, 1, 2, 3

_MODULES: Mapping[str, str] = {
    "new": "new_year",
    "check": "check_plan",
    "import": "import_package",
    "export json": "export_json",
    "export ics": "export_ics",
    "export ics-folder": "export_ics",
    **{f"export {kind}": "export_print" for kind in PRINTS},
    "export evidence-pack": "export_evidence",
    "export xlsx": "export_office",
    "export template": "export_office",
    "export docx": "export_office",
    "export letters": "export_letters",
    "export invitations": "export_sent",
    "export change-files": "export_sent",
    "backup": "backup_data",
    "restore": "restore_data",
    "verify": "verify_data",
    "plan": "plan_year",
    "solve": "solve_problem",
    "release": "release_plan",
    "changes": "plan_differences",
    "erase": "erase_persons",
    "clean": "clean_evidence",
}


def run_command(request: Request) -> int:
    """The command is carried out or refused in words; its exit code."""
    name = f"{request.command} {request.kind}" if request.kind else str(request.command)
    try:
        _require_foreign_target(request)
        # Only the module of this command, so that a check does not wait for the PDF library.
        code = int(importlib.import_module(f"gui.headless.{_MODULES[name]}").run(request))
        finish_results()
    except StoreError as error:
        tell_error(error)
        _tell_way_back(request, error)
        return NO_DATA
    except UserError as error:
        tell_error(error)
        return REFUSED
    except BrokenPipeError:
        say_no_more()
        return DONE
    return code


def _tell_way_back(request: Request, error: StoreError) -> None:
    """The command that restores what was refused as damaged, ready to be typed."""
    if isinstance(error, DamagedError) and error.backup is not None:
        words = [*(("--data", request.data) if request.data else ()), "restore", str(error.backup)]
        typed = subprocess.list2cmdline(words) if os.name == "nt" else shlex.join(words)
        tell(f"  恢复的命令：{PROGRAM} {typed}")


def _require_foreign_target(request: Request) -> None:
    """Nothing is asked to be written over what the program keeps: said before anything is done."""
    if request.output in (None, "", "-"):
        return
    from gui.headless.opening import data_file
    from models.own_files import require_foreign

    require_foreign(data_file(request), Path(str(request.output)).expanduser())
