"""export invitations、change-files：邀请文件，或变更之后一个单位一份日历，写进一个文件夹。"""

from __future__ import annotations

from exports.change_files import change_files
from exports.ical import exported_keys
from exports.invitations import invitations
from exports.sent_files import Written, write_changes, write_invitations
from gui.headless.arguments import Request
from gui.headless.checking import changes_between, sides_of, unit_of
from gui.headless.opening import data_file, hiding_people, require_data
from gui.headless.output import folder_of, mark_published
from gui.headless.terminal import tell
from models.domain.errors import StoreError
from models.queries import year_snapshot
from models.store import Store, open_store

_WORDS = {"invitations": "邀请文件", "change-files": "变更文件"}


def run(request: Request) -> int:
    """The files stand in the folder asked for, and their events are known to be published; ``StoreError`` where a
    file could not be written, the others are.
    """
    require_data(request)
    with hiding_people(open_store(data_file(request))) as store:
        written = _invitations(store, request) if request.kind == "invitations" else _changes(store, request)
    for warning in written.warnings:
        tell(f"注意：{warning}")
    what = f"{_WORDS[str(request.kind)]}：{request.output}：{written.words}"
    if written.failed:
        raise StoreError(f"{what}，没有写全。", "其余文件都已写好。", "请照所说的原因处理后再导出一次。")
    tell(f"已导出{what}")
    return 0


def _invitations(store: Store, request: Request) -> Written:
    assert request.year is not None
    snapshot = year_snapshot(store, request.year)
    campaign, unit = request.campaign, unit_of(snapshot, request.unit)
    made = invitations(snapshot, campaign=campaign, unit=unit, drafts=request.drafts)
    folder = folder_of(request)
    mark_published(store, request, snapshot, exported_keys(snapshot, campaign=campaign, unit=unit))
    return write_invitations(folder, made)


def _changes(store: Store, request: Request) -> Written:
    before, after = sides_of(store, request)
    changes = changes_between(before, after)
    made = change_files(changes, before.snapshot, after.snapshot)
    folder = folder_of(request)
    mark_published(store, request, after.snapshot, exported_keys(after.snapshot))
    return write_changes(folder, made, len(changes.all))
