"""日历的话：收件人的程序会怎么做，照实说，没有核实过的就说没有核实；摘要里的一行。"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import NamedTuple

from exports.ical import CalendarEntry
from exports.ical_event import span_of, standing_of
from gui.services.calendar_orders import Product
from models.domain.events import Labelled
from models.domain.snapshot import YearSnapshot
from planners.change_words import changed_day, changed_title
from planners.release_changes import Change


class Receiver(Labelled):
    """What the receiver opens the calendar with (GNOME 日历 subscribes too, KOrganizer imports)."""

    SUBSCRIPTION = "subscription", "订阅：Thunderbird、手机等"
    IMPORT = "import", "导入：Thunderbird 等"
    OUTLOOK = "outlook", "Outlook 桌面版"
    NEXTCLOUD = "nextcloud", "Nextcloud 等日历服务器"
    GOOGLE = "google", "导入：谷歌日历、khal"
    ANDROID = "android", "导入：安卓手机"
    WORK_CHAT = "work_chat", "钉钉、企业微信"


class ReceiverVerdict(NamedTuple):
    """``state``: good, warning or caption (not known), and the words."""

    state: str
    words: str


_SUBSCRIBE = "让对方订阅共享文件夹里的那个文件（名称不变）：以后就地改写，改期、取消会自动跟上。"
_OWN_CALENDAR = "请导入到单独的一个日历；再次导入之前先清空它，或改用日历文件夹订阅。"
_INVITED = "打开即更新：改期、取消会改到原来那一项上。一项一个文件，只发给有关单位。"
_UNKNOWN = "没有核实过，不作保证。请先用一项活动试：发一次，改期后再发一次，看有没有跟着改。"
_UNKNOWN_INVITED = ReceiverVerdict("caption", "邀请文件在这个程序里没有核实过。请先用一项活动试一次。")
_ON_SERVER = "各人订阅服务器上的同一个日历：上传后改期、取消自动跟上，不会成双。"

_FILES: Mapping[Receiver, ReceiverVerdict] = {
    Receiver.SUBSCRIPTION: ReceiverVerdict("good", f"订阅的文件改写后会更新。{_SUBSCRIBE}"),
    Receiver.IMPORT: ReceiverVerdict(
        "warning", f"第二次导入会跳过已有的活动：只加新的，改期的仍是旧时间。{_OWN_CALENDAR}"
    ),
    Receiver.OUTLOOK: ReceiverVerdict(
        "warning", "含多项活动的文件再次打开会成双，或另开一个日历；改期不会改过去。请改发“邀请文件”。"
    ),
    Receiver.NEXTCLOUD: ReceiverVerdict(
        "warning", "网页上的导入会拒收已有的活动，改期改不过去。请改用“上传到日历服务器”。"
    ),
    Receiver.GOOGLE: ReceiverVerdict("good", "再次导入会更新原有的活动，包括改期和取消。"),
    Receiver.ANDROID: ReceiverVerdict(
        "warning", f"有几种安卓程序再次导入会成双。请改用订阅。{_OWN_CALENDAR}"
    ),
    Receiver.WORK_CHAT: ReceiverVerdict("caption", _UNKNOWN),
}


def verdict(product: Product, receiver: Receiver) -> ReceiverVerdict:
    """What ``receiver`` will do with a second, changed ``product``."""
    if receiver is Receiver.WORK_CHAT:
        return ReceiverVerdict("caption", _UNKNOWN)
    if product is Product.SERVER:
        if receiver in (Receiver.SUBSCRIPTION, Receiver.NEXTCLOUD):
            return ReceiverVerdict("good", _ON_SERVER)
        return ReceiverVerdict("caption", f"{_ON_SERVER}这个程序能否订阅 CalDAV 日历没有核实过。")
    if product is Product.INVITATIONS:
        return ReceiverVerdict("good", _INVITED) if receiver is Receiver.OUTLOOK else _UNKNOWN_INVITED
    if product is Product.FOLDER:
        if receiver is Receiver.SUBSCRIPTION:
            return ReceiverVerdict("good", _SUBSCRIBE)
        known = _FILES[receiver]
        return ReceiverVerdict(known.state, f"文件夹是给订阅用的。若是导入其中一个文件：{known.words}")
    return _FILES[receiver]


_STATES = {"CONFIRMED": "已确认", "TENTATIVE": "暂定"}


def row_of(entry: CalendarEntry, *, drafts: bool) -> tuple[str, ...]:
    """Day, title and state of an event as the calendar will have it; how often it changed after it was published."""
    start = span_of(entry.event, entry.stamp).start
    day = f"{start.month}月{start.day}日"
    standing = standing_of(entry.event, drafts=drafts)
    off = entry.withdrawn or not standing.on
    state = (
        (standing.mark.strip("【】") if standing.mark and not entry.withdrawn else "已取消")
        if off
        else _STATES[standing.status]
    )
    when = f"{day} {start:%H:%M}" if isinstance(start, datetime) else day
    changed = f"{entry.stamp.sequence} 次" if entry.stamp.sequence else "—"
    return when, entry.event.title, state, changed


def change_row(change: Change, snapshot: YearSnapshot) -> tuple[str, ...]:
    """Day, title, what became of it, and the units."""
    units = "、".join(map(snapshot.unit_name, change.units))
    return changed_day(change), changed_title(change), change.kind.label, units
