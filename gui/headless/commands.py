"""哪个命令在哪个文件；这里只按名字叫它们，并把错误变成退出码。"""

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

_PLACES: Mapping[str, str] = {
    "new": "new_year.run",
    "check": "check_plan.run",
    "rule": "own_rules.run",
    "import": "import_package.run",
    "export json": "export_files.run_package",
    "export ics": "export_ics.run",
    "export ics-folder": "export_ics.run",
    **{f"export {kind}": "export_print.run" for kind in PRINTS},
    "export docx": "export_print.run_word",
    "export evidence-pack": "export_files.run_evidence",
    "export xlsx": "export_files.run_ledger",
    "export template": "export_files.run_template",
    "export letters": "export_letters.run",
    "export invitations": "export_sent.run",
    "export change-files": "export_sent.run",
    "backup": "keep_data.run_backup",
    "restore": "keep_data.run_restore",
    "verify": "keep_data.run_verify",
    "plan": "plan_year.run",
    "solve": "solve_problem.run",
    "release": "release_plan.run",
    "changes": "plan_differences.run",
    "erase": "erase_persons.run",
    "clean": "clean_evidence.run",
}
"""The module of each command here, and its function."""


def run_command(request: Request) -> int:
    """The command is carried out or refused in words; its exit code."""
    name = f"{request.command} {request.kind}" if request.kind else str(request.command)
    try:
        _require_foreign_target(request)
        # Only the module of this command, so that a check does not wait for the PDF library.
        module, function = _PLACES[name].split(".")
        code = int(getattr(importlib.import_module(f"gui.headless.{module}"), function)(request))
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
