"""导出打印：左边选种类，中间定选项，右边就是要打印、要另存的那一份。"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QResizeEvent, QShortcut, QShowEvent
from PySide6.QtWidgets import QWidget

from exports.prints import PrintKind, options_of
from gui.exporting.data_options import DataOptions
from gui.exporting.kinds import KINDS, PRINTS, kind_of
from gui.exporting.page_layout import Fit
from gui.exporting.panes import ExportPanes
from gui.exporting.previewing import AFTER_CHOICE, AFTER_TYPING, Preview, PreviewMaker
from gui.exporting.print_choices import PrintChoices, outgoing_of, pages_line
from gui.exporting.print_form import PrintFacts, PrintForm
from gui.exporting.printing import Printing
from gui.exporting.recent_list import SHOWN, SHOWN_LOW
from gui.kit.boxes import in_column
from gui.kit.empty_state import EmptyAction
from gui.kit.exporter import Exporter, Made, Outgoing, open_folder
from gui.kit.page import LEDGER, ExportTarget, Page
from gui.services.program_settings import SettingsFile
from gui.session.messages import Action, error_words
from gui.session.runner import Runner
from gui.session.year_session import YearSession
from models.domain.errors import UserError

LOW = 900
"""Height below which fewer of the recent exports are listed."""
_WITHOUT_EVENTS = frozenset({PrintKind.FINDINGS, PrintKind.YEAR, PrintKind.WALL, PrintKind.NOTICE})
"""Prints that say something also about a year without any event."""


class ExportsPage(Page):
    """Everything that leaves the office. The same bytes are seen, saved and printed."""

    lets_out = True

    def __init__(self, session: YearSession, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._runner = Runner(session.messages, self)
        self.maker = PreviewMaker(self._runner, self)
        self.choices = PrintChoices(session)
        self.exporter: Exporter | None = None
        self.printing: Printing | None = None
        self.kind = KINDS[0]
        self._lines: dict[str, str] = {}
        self._shown: Preview | None = None
        self._then: Callable[[], object] | None = None
        """What is to be done once the preview is up to date."""
        self._blank_wanted = False
        self._dirty = True
        self._facts: PrintFacts | None = None
        self._settings: SettingsFile | None = None
        self._wanted: tuple[tuple[str, object], ...] = ()
        self._kept: dict[str, dict[str, object]] = {}
        """What was chosen for the kinds of data in the open year, by the kind's key."""
        self.panes = ExportPanes(self._runner, self)
        self.kinds, self.recent, self.column = self.panes.kinds, self.panes.recent, self.panes.column
        self.pane, self.summary = self.panes.pane, self.panes.summary
        self.save_button, self.print_button = self.panes.save_button, self.panes.print_button
        in_column(self.panes, inside=self, margins=0)
        self._connect()
        self.setFocusProxy(self.kinds)
        self.kinds.show_kinds(KINDS, self._lines, self.kind.key)

    def _connect(self) -> None:
        preview = self.pane.preview
        self.panes.save_clicked.connect(self.save)
        self.panes.print_clicked.connect(self.print)
        self.kinds.key_chosen.connect(self.show_kind)
        self.kinds.entered.connect(self._focus_options)
        self.recent.folder_wanted.connect(open_folder)
        self.column.defaults_wanted.connect(self._on_defaults)
        self.maker.began.connect(self.pane.show_under_way)
        self.maker.made.connect(self._on_made)
        self.maker.failed.connect(self._on_failed)
        self.maker.broke.connect(self._on_broke)
        self._session.changed.connect(self._on_changed)
        for keys, run in (
            ("PgDown", partial(preview.step_page, 1)),
            ("PgUp", partial(preview.step_page, -1)),
            ("Ctrl++", partial(preview.step_zoom, 1)),
            ("Ctrl+=", partial(preview.step_zoom, 1)),
            ("Ctrl+-", partial(preview.step_zoom, -1)),
            ("Ctrl+0", partial(preview.choose_zoom, Fit.WIDTH)),
        ):
            made = QShortcut(QKeySequence(keys), self)
            made.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            made.activated.connect(run)

    def use_settings(self, settings: SettingsFile) -> None:
        """Saved views of the ledger are offered."""
        self._settings = settings

    def use_exporter(self, exporter: Exporter) -> None:
        """Whatever leaves goes through ``exporter``."""
        self.exporter = exporter
        self.printing = Printing(self._session, self._runner, exporter, self)
        exporter.exported.connect(self._show_recent)
        self._show_recent()

    # which kind

    def show_kind(self, key: str) -> None:
        """Show the kind called ``key`` with the options last chosen."""
        kind = kind_of(key)
        if kind is None or not self._session.has_year:
            return
        self.kind = kind
        self._then = None
        self._blank_wanted = False
        self.kinds.choose(key)
        self.maker.forget()
        self._shown = None
        if kind.print_kind is not None:
            self._show_form(kind.print_kind)
            self.panes.show_print()
            self.pane.forget()
            self._order()
        else:
            self._show_data()

    def go_to(self, target: object) -> None:
        """Show a kind (its key), or an ``ExportTarget``: a kind with some options chosen."""
        if isinstance(target, ExportTarget):
            kind = kind_of(target.kind)
            if kind is not None and kind.print_kind is not None and target.options:
                chosen = self.choices.of(kind.print_kind).changed(**dict(target.options))
                self.choices.choose(kind.print_kind, chosen)
            else:
                self._wanted = target.options
            self.show_kind(target.kind)
        elif isinstance(target, str):
            self.show_kind(target)
        self._dirty = False
        self.kinds.setFocus(Qt.FocusReason.OtherFocusReason)

    # prints

    def _show_form(self, kind: PrintKind) -> None:
        self._facts = self.choices.facts()
        form = PrintForm(
            options_of(kind),
            self._facts,
            baseline=kind is PrintKind.NOTICE,
            whole_year=kind is not PrintKind.QUARTER,
        )
        form.show_choice(self.choices.of(kind))
        form.changed.connect(self._on_option_changed)
        self.column.show_form(self.kind.words, form)

    def _order(self, delay: int = 0) -> None:
        """Have the print made with the options chosen, or say why there is none to make."""
        kind = self.kind.print_kind
        if kind is None:
            return
        if self._tell_empty(kind):
            self.maker.forget()
            self._shown = None
            self.panes.allow(ready=False)
            return
        try:
            order = self.choices.order(kind)
        except UserError as error:
            self.maker.forget()
            self._on_failed(error)
            return
        self.panes.allow(ready=True)
        self.maker.order(order, self.pane.preview.place(), delay)

    def _tell_empty(self, kind: PrintKind) -> bool:
        """Say where there is nothing to print; whether that is so."""
        if kind is PrintKind.NOTICE and self.choices.of(kind).baseline is None:
            self.pane.show_empty(
                "还没有印发稿",
                (
                    "变更通知写的是某一印发稿之后改了什么。",
                    "印发第一稿之后，这里列出新增、改期、调整、延期与取消。",
                ),
                () if self._session.read_only else (EmptyAction("印发…", self.release_requested.emit),),
            )
            return True
        if self._session.snapshot.events or kind in _WITHOUT_EVENTS or self._blank_wanted:
            return False
        self.pane.show_empty(
            f"{self._session.year} 年度还没有活动",
            (f"“{self.kind.words}”现在只有表头。",),
            (EmptyAction("去活动台账", self._to_ledger), EmptyAction("仍然预览", self._preview_blank)),
        )
        return True

    def _to_ledger(self) -> None:
        self.page_requested.emit(LEDGER, None)

    def _preview_blank(self) -> None:
        self._blank_wanted = True
        self._order()

    def _on_option_changed(self, typed: bool) -> None:  # noqa: FBT001
        form = self.column.form
        if isinstance(form, PrintForm) and self.kind.print_kind is not None:
            self.choices.choose(self.kind.print_kind, form.choice())
            self._then = None
            self._order(AFTER_TYPING if typed else AFTER_CHOICE)

    def _on_defaults(self) -> None:
        form, kind = self.column.form, self.kind.print_kind
        if isinstance(form, PrintForm) and kind is not None:
            self.choices.forget(kind)
            form.show_choice(self.choices.usual(kind))
            self._order()
        else:
            self._kept.pop(self.kind.key, None)
            self._show_data()
        self.said.emit("已恢复默认选项")

    def change(self, **values: object) -> None:
        """Choose other values for some options of the print that is shown."""
        form, kind = self.column.form, self.kind.print_kind
        if isinstance(form, PrintForm) and kind is not None:
            choice = self.choices.of(kind).changed(**values)
            self.choices.choose(kind, choice)
            form.show_choice(choice)
            self._order()

    def _on_made(self, made: Preview) -> None:
        self._shown = made
        self.pane.show_preview(made)
        self._lines[self.kind.key] = pages_line(made.pages.sizes)
        self.kinds.show_kinds(KINDS, self._lines, self.kind.key)
        self.column.foot.show_words((*made.concerns, *made.printed.warnings))
        if isinstance(self.column.form, PrintForm) and not made.order.options.title:
            self.column.form.show_title(made.pages.title)
        then, self._then = self._then, None
        if then is not None:
            then()

    def _on_failed(self, error: UserError) -> None:
        self._then = None
        self.panes.allow(ready=False)
        self.pane.show_error(f"预览失败：{error_words(error)}", self.remedies())

    def _on_broke(self) -> None:
        self._then = None
        self.panes.allow(ready=False)
        words = "预览没有做成，原因已记入日志（帮助 → 打开日志文件夹）。数据没有改动。"
        self.pane.show_error(words, (Action("重试", self._order),))

    def remedies(self) -> Sequence[Action]:
        """What may help a print that does not fit."""
        kind = self.kind.print_kind
        if kind is None:
            return ()
        names, options = options_of(kind), self.choices.of(kind).options
        actions = []
        if "spacing" in names and options.spacing != "compact":
            actions.append(Action("紧凑行距", partial(self.change, spacing="compact")))
        if "builtin_fonts" in names and not options.builtin_fonts:
            actions.append(Action("仅用内置字体", partial(self.change, builtin_fonts=True)))
        return (*actions, Action("去修改", self._to_ledger))

    # data

    def _show_data(self) -> None:
        self._facts = self.choices.facts()
        from gui.exporting.file_options import OPTIONS

        made = OPTIONS[self.kind.key](self._session, self._settings)
        made.take(self._kept.get(self.kind.key, {}))
        if self._wanted:
            made.take(dict(self._wanted))
            self._kept[self.kind.key] = made.chosen()
            self._wanted = ()
        made.changed.connect(self._on_data_changed)
        self.column.show_form(self.kind.words, made)
        self.panes.show_data(made.save_words)
        self._show_summary()

    def _on_data_changed(self) -> None:
        form = self.column.form
        if isinstance(form, DataOptions):
            self._kept[self.kind.key] = form.chosen()
            self._show_summary()

    def _show_summary(self) -> None:
        form = self.column.form
        if isinstance(form, DataOptions):
            summary = form.summary()
            self.summary.show_summary(summary)
            self.column.foot.show_words(form.concerns())
            self.panes.allow(ready=summary.ready)

    # saving and printing

    def save(self) -> None:
        """Save what is shown as a file."""
        form = self.column.form
        if not isinstance(form, DataOptions):
            self._when_made(self._save_shown)
        elif self.exporter is not None and form.summary().ready:
            form.save(self.exporter)

    def print(self) -> None:
        """Print what is shown."""
        if self.kind.print_kind is not None:
            self._when_made(self._print_shown)
        else:
            self._session.messages.toast(f"“{self.kind.words}”是文件，不能打印。左边“{PRINTS}”里的可以打印。")

    def _when_made(self, run: Callable[[], object]) -> None:
        """Now where the preview is what the options say, else as soon as it is."""
        if self.maker.waiting:
            self._then = run
        elif self._shown is not None and not self.pane.preview.stale:
            run()

    def _save_shown(self) -> None:
        if self.exporter is not None and (shown := self._shown) is not None:
            self.exporter.save(self._outgoing(shown), Made(shown.printed.data, shown.printed.warnings))

    def _print_shown(self) -> None:
        if self.printing is not None and (shown := self._shown) is not None:
            self.printing.print_pages(self._outgoing(shown), shown.pages, Made(shown.printed.data))

    def _outgoing(self, shown: Preview) -> Outgoing:
        order = shown.order
        return outgoing_of(order.kind, order.options, shown.pages.title, self._session.year)

    def _show_recent(self) -> None:
        if self.exporter is not None and self._session.has_year:
            count = SHOWN if self.height() >= LOW else SHOWN_LOW
            self.recent.show_exports(self.exporter.recent(count))

    # the year

    def _on_changed(self) -> None:
        """Shown at once where the page is seen, else when it is next."""
        self._dirty = True
        if self.isVisible():
            self.refresh()

    def refresh(self) -> None:
        """Show the year of the session as it is now, with the options chosen."""
        self._dirty = False
        if not self._session.has_year:
            return
        self._show_recent()
        if self._facts is None or self._facts.year != self._session.year:
            self.choices.forget_all()
            self._kept.clear()
            self._lines.clear()
            self.show_kind(self.kind.key)
        elif self.kind.print_kind is not None:
            self._refresh_print(self.kind.print_kind)
        else:
            self._refresh_data()

    def _refresh_print(self, kind: PrintKind) -> None:
        form = self.column.form
        if self.choices.facts() != self._facts:
            self._show_form(kind)
        elif isinstance(form, PrintForm) and self.choices.is_usual(kind):
            form.show_choice(self.choices.usual(kind))
        self._order()

    def _refresh_data(self) -> None:
        form = self.column.form
        known, self._facts = self._facts, self.choices.facts()
        if not isinstance(form, DataOptions) or (form.offers_facts and known != self._facts):
            self._show_data()
        else:
            form.refresh()
            self._show_summary()

    # keys and places

    def _focus_options(self) -> None:
        for first in self.column.controls()[:1]:
            first.setFocus(Qt.FocusReason.TabFocusReason)

    def find(self) -> None:
        """Look for text in the preview."""
        if self.kind.print_kind is not None:
            self.pane.open_search()

    def regions(self) -> list[QWidget]:
        """Kinds, options, preview, buttons."""
        widgets: list[QWidget] = [self.kinds, *self.column.controls()[:1]]
        widgets.append(self.pane.preview if self.kind.print_kind is not None else self.summary.table)
        widgets.append(self.save_button)
        return [widget for widget in widgets if widget.isVisibleTo(self)]

    def wait(self) -> None:
        """Stop what is being made."""
        self.maker.forget()
        self._runner.wait()

    def showEvent(self, event: QShowEvent) -> None:
        """Show what changed meanwhile."""
        super().showEvent(event)
        if self._dirty:
            self.refresh()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """A low window lists fewer of the recent exports."""
        super().resizeEvent(event)
        if (event.size().height() >= LOW) != (event.oldSize().height() >= LOW):
            self._show_recent()
