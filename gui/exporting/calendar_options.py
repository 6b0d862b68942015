"""日历的选项：做成什么、收件人用什么、范围、内容、提醒；照实说对方的程序会怎么做。"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from typing import Any, TypeVar

from PySide6.QtCore import QTime
from PySide6.QtWidgets import QCheckBox, QSpinBox, QTimeEdit, QWidget

from exports.ical_event import Alarms
from gui.exporting.calendar_words import Receiver, change_row, row_of, verdict
from gui.exporting.calendars import Calendars, file_maker, order_name
from gui.exporting.data_options import DataOptions, ExportSummary
from gui.kit.boxes import in_row
from gui.kit.choices import Choice, UnitEdit
from gui.kit.exporter import CALENDAR, Exporter, Made, Outgoing
from gui.kit.plain import button, label, restyle
from gui.kit.theme import theme
from gui.services.calendar_orders import CalendarOrder, Product, order_bytes
from gui.session.plan_versions import MakePlan, plan_maker, released_plan
from gui.session.runner import Runner, RunProgress
from models.domain.errors import UserError
from models.domain.events import Campaign
from models.domain.snapshot import YearSnapshot
from models.releases import Release, released_snapshot, releases

MOST_ROWS = 40
Widget = TypeVar("Widget", bound=QWidget)


class CalendarOptions(DataOptions):
    """The options of calendars in the export centre.

    ``order()``, ``product``, ``release`` and ``base`` say what is chosen, ``summary()`` what will be written;
    ``save(exporter)`` asks where to and does it in the background. ``changed``: the summary is another one.
    """

    save_words = "写出日历…"

    def build(self) -> None:
        """The controls, as the year's settings have them."""
        self._runner = Runner(self._session.messages, self)
        self._releases: tuple[Release, ...] = releases(self._session.store, self._session.year)
        self._kept: dict[int, YearSnapshot] = {}
        self._taking = False
        self._later: dict[str, QWidget] = {}
        self._difference: tuple[object, str] = (None, "")
        self._build_product()
        self._build_scope()
        self._build_contents()
        self._build_alarms()
        self._show_product()

    def _build_product(self) -> None:
        products = [one for one in Product if one is not Product.CHANGES or self._releases]
        self.product_choice = _named("做成什么", Choice([(product.label, product) for product in products]))
        receivers = [(receiver.label, receiver) for receiver in Receiver]
        self.receiver_choice = _named("收件人用什么打开", Choice(receivers))
        self.verdict = label("", "caption", wrap=True)
        self.addresses_button = button("单位邮箱…", self._edit_addresses, small=True)
        question = label("收件人用什么打开", "secondary")
        section = self.section("做成什么", self.product_choice, question, self.receiver_choice, self.verdict)
        row = in_row(self.addresses_button, None)
        section.add(row)
        self.keep(product=self.product_choice, receiver=self.receiver_choice)
        self.product_choice.currentIndexChanged.connect(self._show_product)
        self.receiver_choice.currentIndexChanged.connect(self._show_verdict)

    def _build_scope(self) -> None:
        newest_first = [(one.label, one.number) for one in reversed(self._releases)]
        drafts: list[tuple[str, int | None]] = [("草案（现在的计划）", None)]
        self.release_choice = _named("哪一稿", Choice([*drafts, *newest_first]))
        compared = [(f"与{words}相比", number) for words, number in newest_first]
        self.base_choice = _named("与哪一稿相比", Choice(compared or [("—", 0)]))
        everything: list[tuple[str, Campaign | None]] = [("全部工作线", None)]
        campaigns = [*everything, *((one.label, one) for one in Campaign)]
        self.campaign_choice = _named("工作线", Choice(campaigns))
        units = self._session.snapshot.units
        self.unit_edit = _named("单位", UnitEdit(units, hint="全部单位；可填一个单位"))
        self.unit_remark = label("", "error", wrap=True)
        scope = self.release_choice, self.base_choice, self.campaign_choice, self.unit_edit
        self.section("范围", *scope, self.unit_remark)
        self._later.update(zip(("release", "base", "campaign", "unit"), scope, strict=True))

    def _build_contents(self) -> None:
        self.deadlines_box = QCheckBox("时限，作为全天日程")
        self.todos_box = QCheckBox("时限，作为待办（VTODO）")
        self.drafts_box = QCheckBox("草拟的活动，标【草案】")
        boxes = self.deadlines_box, self.todos_box, self.drafts_box
        self._contents = self.section("内容", *boxes)
        self._later.update(zip(("deadlines", "todos", "drafts"), boxes, strict=True))

    def _build_alarms(self) -> None:
        from exports.ical import alarms_of

        alarms = alarms_of(self._session.snapshot.year_row)
        at, before = alarms.workday_before, alarms.minutes_before
        self._alarms = self.section("提醒")
        self.workday_box = QCheckBox("前一个工作日", checked=at is not None)
        self.workday_time = _named("前一个工作日几点提醒", QTimeEdit(displayFormat="HH:mm"))
        self.workday_time.setTime(QTime(at.hour, at.minute) if at else QTime(15, 0))
        self.minutes_box = QCheckBox("开始之前", checked=before is not None)
        minutes = QSpinBox(minimum=0, maximum=1440, singleStep=5, suffix=" 分钟")
        self.minutes = _named("开始之前多少分钟提醒", minutes)
        self.minutes.setValue(30 if before is None else before)
        for box, field in ((self.workday_box, self.workday_time), (self.minutes_box, self.minutes)):
            self._alarms.add(box, field)
            field.setEnabled(box.isChecked())
            field.lineEdit().setTextMargins(8, 0, 0, 0)
            field.setMaximumWidth(round(150 * theme().scale))
            box.toggled.connect(field.setEnabled)
        self.offer(**self._later, workday=self.workday_box, workday_time=self.workday_time)
        self.offer(before=self.minutes_box, minutes=self.minutes)

    # what is chosen

    @property
    def product(self) -> Product:
        """What they are made into."""
        return self.product_choice.value()

    @property
    def release(self) -> int | None:
        """The number of the release; None for the draft."""
        return self.release_choice.value()

    @property
    def base(self) -> int:
        """The release with which the plan is compared, for change files."""
        return self.base_choice.value()

    def order(self) -> CalendarOrder:
        """Scope, contents and reminders."""
        keys = self.unit_edit.known_keys()
        whole = self.product in (Product.FOLDER, Product.CHANGES)
        at = self.workday_time.time().toPython()
        return CalendarOrder(
            campaign=None if whole else self.campaign_choice.value(),
            unit=None if whole or not keys else keys[0],
            deadlines=self.deadlines_box.isChecked() and self._takes_deadlines,
            todos=self.todos_box.isChecked() and self._takes_deadlines,
            drafts=self.drafts_box.isChecked() and self.product is not Product.CHANGES,
            alarms=Alarms(
                at if self.workday_box.isChecked() else None,
                self.minutes.value() if self.minutes_box.isChecked() else None,
            ),
        )

    @property
    def _takes_deadlines(self) -> bool:
        return self.product in (Product.FILE, Product.FOLDER, Product.SERVER)

    def problem(self) -> str:
        """Why it cannot be written as it is chosen; "" where it can."""
        if self.product in (Product.FOLDER, Product.CHANGES):
            return ""
        if unknown := self.unit_edit.unknown():
            return f"没有名为“{unknown[0]}”的单位"
        return "一次只导出一个单位" if len(self.unit_edit.known_keys()) > 1 else ""

    # what is shown

    def _show_product(self) -> None:
        product = self.product
        whole = product in (Product.FOLDER, Product.CHANGES)
        self.campaign_choice.setVisible(not whole)
        self.unit_edit.setVisible(not whole)
        self.base_choice.setVisible(product is Product.CHANGES)
        self.addresses_button.setVisible(product is Product.INVITATIONS)
        self.deadlines_box.setVisible(self._takes_deadlines)
        self.todos_box.setVisible(self._takes_deadlines)
        self._contents.setVisible(product is not Product.CHANGES)
        self._alarms.setVisible(product is not Product.CHANGES)
        self._show_verdict()
        self._tell()

    def _show_verdict(self) -> None:
        said = verdict(self.product, self.receiver_choice.value())
        restyle(self.verdict, "role", said.state)
        self.verdict.setText(said.words)

    def take(self, options: Mapping[str, Any]) -> None:
        """Choose all of it, then say once that it changed."""
        self._taking = True
        super().take(options)
        self._taking = False
        self._tell()

    def _tell(self) -> None:
        if self._taking:
            return
        problem = self.problem()
        self.unit_remark.setText(problem)
        self.unit_remark.setVisible(bool(problem))
        self._compare()
        self.changed.emit()

    def _edit_addresses(self) -> None:
        from gui.exporting.addresses_dialog import AddressesDialog

        AddressesDialog(self._session, self.window()).exec()
        self.changed.emit()

    # the summary

    def _snapshot(self, number: int | None) -> YearSnapshot:
        if number is None:
            return self._session.snapshot
        if number not in self._kept:
            self._kept[number] = released_snapshot(self._session.store, self._session.year, number)
        return self._kept[number]

    def _plan_maker(self, number: int | None) -> MakePlan:
        """Like ``plan_maker``, but a release is read once only."""
        if number is None:
            return plan_maker(self._session, None)
        day = next(release.released_on for release in self._releases if release.number == number)
        return partial(released_plan, self._snapshot(number), day, number)

    def summary(self) -> ExportSummary:
        """What will be written now: how many, which are published for the first time, the first rows."""
        try:
            snapshot = self._snapshot(self.release)
            if self.product is Product.CHANGES:
                return self._changes_summary(snapshot)
        except UserError as error:
            return ExportSummary("日历", (str(error),), ready=False)
        return self._events_summary(snapshot)

    def _events_summary(self, snapshot: YearSnapshot) -> ExportSummary:
        from exports.ical import entries_of
        from exports.ical_event import span_of, standing_of

        order = self.order()
        entries = entries_of(snapshot, campaign=order.campaign, unit=order.unit, drafts=order.drafts)
        off = [entry.withdrawn or not standing_of(entry.event, drafts=order.drafts).on for entry in entries]
        new = sum(not entry.stamp.exported for entry in entries)
        lines = [f"共 {len(entries)} 场，其中 {new} 场首次发布，{sum(off)} 场是取消或延期。"]
        if not order.drafts:
            lines.append("草拟的不写入。")
        if order.deadlines or order.todos:
            lines.append("时限写在活动之后，按日期排列。")
        if self.product is Product.INVITATIONS:
            lines += self._invitation_lines(snapshot)
        if self._difference[1]:
            lines.append(self._difference[1])
        entries = tuple(sorted(entries, key=lambda entry: str(span_of(entry.event, entry.stamp).start)))
        rows = tuple(row_of(entry, drafts=order.drafts) for entry in entries[:MOST_ROWS])
        ready = bool(entries or order.deadlines or order.todos) and not self.problem()
        title = order_name(snapshot, order, self.release)
        return ExportSummary(
            title,
            tuple(lines),
            ("日期", "活动", "状态", "发布后改动"),
            rows,
            max(len(entries) - MOST_ROWS, 0),
            ready,
        )

    def _invitation_lines(self, snapshot: YearSnapshot) -> list[str]:
        from exports.invitations import organizer_of, unit_party

        organizer = organizer_of(snapshot)
        known = sum(unit_party(snapshot, unit.key) is not None for unit in snapshot.units)
        sender = f"发件：{organizer.name} {organizer.address}" if organizer else "还没有填发件邮箱"
        return [
            f"{sender}。{len(snapshot.units)} 个单位中 {known} 个填了邮箱。只邀请单位，从不邀请列席代表。"
        ]

    def _changes_summary(self, snapshot: YearSnapshot) -> ExportSummary:
        from planners.change_kinds import ChangeKind
        from planners.release_changes import changes_to_tell

        found = changes_to_tell(self._snapshot(self.base), snapshot)
        kinds = [change.kind for change in found]
        counts = " · ".join(f"{kind.label} {n}" for kind in ChangeKind if (n := kinds.count(kind)))
        units = {unit for change in found for unit in change.units}
        lines = (
            counts or "两稿之间没有变化。",
            f"涉及 {len(units)} 个单位，一个单位一个文件，只有它自己的活动和列席会议。",
        )
        rows = tuple(change_row(change, snapshot) for change in found[:MOST_ROWS])
        more = max(len(found) - MOST_ROWS, 0)
        title = f"{snapshot.year}年变更文件"
        return ExportSummary(title, lines, ("日期", "活动或事项", "变化", "单位"), rows, more, bool(found))

    def _compare(self) -> None:
        """In the background: what changes for those who hold the last release."""
        order = self.order()
        last = self._releases[-1] if self._releases else None
        wanted = (order, self.release, last and last.number)
        if (
            last is None
            or self.release == last.number
            or self.product in (Product.CHANGES, Product.INVITATIONS)
        ):
            self._difference = (None, "")
        elif self._difference[0] != wanted and not self.problem():
            self._difference = (wanted, "")
            try:
                makes = self._plan_maker(last.number), self._plan_maker(self.release)
            except UserError:
                return
            work = partial(_difference_words, *makes, order, last.label)
            self._runner.run("比较日历", work, partial(self._on_compared, wanted), quiet=True)

    def _on_compared(self, wanted: object, words: str) -> None:
        if self._difference[0] == wanted:
            self._difference = (wanted, words)
            self.changed.emit()

    def concerns(self) -> tuple[str, ...]:
        """What is to be seen first."""
        from exports.invitations import organizer_of

        found = []
        if self.product is Product.INVITATIONS and organizer_of(self._session.snapshot) is None:
            found.append("先填写发件邮箱和单位邮箱，才能写出邀请文件。")
        if verdict(self.product, self.receiver_choice.value()).state == "warning":
            found.append("所选的收件程序不会照这种文件更新，见上面的说明。")
        return tuple(found)

    # the work

    def outgoing(self) -> Outgoing:
        """As what it leaves."""
        return Outgoing(
            "ical", "日历", order_name(self._session.snapshot, self.order(), self.release), CALENDAR
        )

    def maker(self) -> Callable[[], Made]:
        """The bytes of the publish file."""
        order = self.order()
        return partial(_made, file_maker(self._session, order, self.release), order)

    def _may_invite(self) -> bool:
        """Whether it is known who invites; where it is not, it is asked first."""
        from exports.invitations import organizer_of

        if organizer_of(self._session.snapshot) is None:
            self._edit_addresses()
        return organizer_of(self._session.snapshot) is not None

    def save(self, exporter: Exporter) -> None:
        """Ask where to (or for the server) and do it."""
        window: Any = exporter.parent()
        work = Calendars(self._session, exporter, window)
        order, release = self.order(), self.release
        try:
            if self.product is Product.FILE:
                work.save_file(order, release)
            elif self.product is Product.FOLDER:
                work.write_folder(order, release)
            elif self.product is Product.INVITATIONS:
                if self._may_invite():
                    work.save_invitations(order, release)
            elif self.product is Product.CHANGES:
                work.save_changes(self.base, release)
            else:
                work.ask_and_upload(order, release)
        except UserError as error:
            self._session.messages.error(error)


def _named(words: str, control: Widget) -> Widget:
    control.setAccessibleName(words)
    return control


def _made(make: MakePlan, order: CalendarOrder) -> Made:
    return Made(order_bytes(order, make()))


def _difference_words(
    make_before: MakePlan, make_after: MakePlan, order: CalendarOrder, label_before: str, _: RunProgress
) -> str:
    from exports.calendar_difference import calendar_difference

    earlier = make_before()
    try:
        before: bytes | None = order_bytes(order, earlier)
    except UserError:
        before = None
    try:
        plan = make_after()
        after = order_bytes(order, plan._replace(earlier=(earlier,)) if plan.release is None else plan)
    except UserError:
        return ""
    return f"与{label_before}相比：{calendar_difference(before, after).words}"
