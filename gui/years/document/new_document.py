"""导入新年度要点：问新文件，逐条对照，采用是一步可撤销的改动。"""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from gui.session.year_session import YearSession
from models import commands
from models.own_document import document_settings
from models.rulesets import document_text


def import_document(session: YearSession, parent: QWidget) -> None:
    """Ask for the document of the open year and take it; why not, where nothing can be changed."""
    if session.read_only:
        session.messages.toast(session.read_only_reason)
        return
    from gui.years.document.document_dialog import DocumentDialog

    row = session.snapshot.year_row
    before = dict(row.settings)
    dialog = DocumentDialog(session.year, session.ruleset, document_text(row.ruleset, before), parent)
    dialog.keep_drafts(session)
    if dialog.exec() and dialog.document is not None:
        values = document_settings(dialog.document, before)
        title = f"采用{dialog.document.number}"
        session.perform(commands.change_settings, session.year, values, title, toast=True)
    dialog.deleteLater()
