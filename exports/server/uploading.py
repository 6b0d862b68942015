"""上传到 CalDAV 服务器：一个 UID 一次 PUT，已有的改、没有的加，可以重复，不会成双 (RFC 4791)。"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Sequence
from http.client import HTTPException
from typing import Any, NamedTuple
from urllib.parse import urljoin, urlsplit

from exports.calendar_present import cancelled_block
from exports.ical import whole_calendar
from exports.ical_reading import STAMPS, Component, moment_of, read_calendar
from exports.server.asking import (
    LONGEST_ANSWER,
    TIMEOUT,
    Answer,
    DavClient,
    LeadsAwayError,
    TooLargeError,
    TooSlowError,
)
from exports.server.items import ServerItem
from models.domain.errors import InputError, UserError
from models.domain.snapshot import YearSnapshot
from models.domain.text import quoted

_DAV, _CALDAV = "{DAV:}", "{urn:ietf:params:xml:ns:caldav}"
_KIND_QUERY = (
    '<?xml version="1.0" encoding="utf-8"?><propfind xmlns="DAV:"><prop><resourcetype/></prop></propfind>'
)
_CONTENTS_QUERY = (
    '<?xml version="1.0" encoding="utf-8"?>'
    '<C:calendar-query xmlns="DAV:" xmlns:C="urn:ietf:params:xml:ns:caldav"><prop><getetag/><C:calendar-data/>'
    '</prop><C:filter><C:comp-filter name="VCALENDAR"/></C:filter></C:calendar-query>'
)
_TIMES = frozenset({"DTSTART", "DTEND", "DUE"})
_LEFT_TO_SERVERS = STAMPS | {"TRIGGER", "ACTION"}

Step = Callable[[int, int], object]


class ServerAccount(NamedTuple):
    """A calendar on a server, and who writes to it. The password is never written anywhere by us."""

    url: str
    user: str
    password: str

    def __repr__(self) -> str:
        """Without the password: a trace is no place for it."""
        return f"ServerAccount({self.url!r}, {self.user!r})"


class UploadReport(NamedTuple):
    """How many were added, changed, left as they were; ``newer``: titles of which the server has a later state."""

    added: int = 0
    changed: int = 0
    unchanged: int = 0
    newer: tuple[str, ...] = ()

    @property
    def words(self) -> str:
        """For people."""
        parts = [f"新增 {self.added}", f"更新 {self.changed}", f"{self.unchanged} 项没有变化"]
        if self.newer:
            parts.append(f"{len(self.newer)} 项服务器上的更新，未改")
        return " · ".join(parts)


class UploadError(UserError):
    """The upload did not get to its end; ``sent`` of ``total`` items are on the server and stay right."""

    def __init__(self, what: str, remedy: str, sent: int, total: int) -> None:
        self.sent, self.total = sent, total
        effect = f"已上传 {sent} 项，共 {total} 项；已上传的有效。" if sent else "服务器上的日历没有改动。"
        again = "再上传一次会接着做，不会重复。" if sent else ""
        super().__init__(what, effect, remedy + again)


class _UploadRefusedError(Exception):
    """What the server or the way to it said, in words: what happened and what to do."""

    def __init__(self, what: str, remedy: str) -> None:
        super().__init__(what)
        self.what, self.remedy = what, remedy


class _Kept(NamedTuple):
    """What the server holds of one UID."""

    href: str
    etag: str
    component: Component


def check_address(url: str) -> str:
    """``url`` as it is used; ``InputError`` where it is no web address, or carries a password."""
    plain = url.strip()
    try:
        parts = urlsplit(plain)
        host = parts.hostname
        _ = parts.port
    except ValueError:
        host, parts = None, urlsplit("")
    if parts.scheme not in ("http", "https") or not host or not plain.isprintable():
        raise InputError(
            "服务器地址不对。",
            "没有上传。",
            "请填写日历的完整地址，如 https://dav.example.gov.cn/zwgk/calendar/。",
        )
    if parts.username or parts.password:
        raise InputError("地址里不要写用户名和密码。", "没有上传。", "请填在下面的栏里。")
    return plain if plain.endswith("/") else plain + "/"


def upload(
    account: ServerAccount,
    items: Sequence[ServerItem],
    snapshot: YearSnapshot | None = None,
    step: Step | None = None,
) -> UploadReport:
    """Afterwards the calendar holds ``items``, each UID once, cancelled ones marked.

    What says the same already is not sent. With ``snapshot`` the items are its whole year: what the server has
    of that year beside them is cancelled there. Whatever ``step`` raises stops the work between two items.
    ``UploadError`` tells how many went; the same call goes on from there. Calendars of others are not touched.
    """
    url = check_address(account.url)
    sent = 0
    try:
        with DavClient(url, account.user, account.password) as client:
            _require_calendar(client, url)
            kept = dict(_contents(client, url))
            work = [*items, *(_leftovers(snapshot, kept, items) if snapshot else ())]
            report = UploadReport()
            for done, item in enumerate(work):
                if step is not None:
                    step(done, len(work))
                report = _put(client, url, item, kept.get(item.uid), report)
                sent = report.added + report.changed
            return report
    except _UploadRefusedError as error:
        raise UploadError(error.what, error.remedy, sent, len(items)) from error


def _require_calendar(client: DavClient, url: str) -> None:
    response, tree = _asked_for_tree(client, "PROPFIND", url, _KIND_QUERY, "0")
    if (
        tree is None
        or response.status != 207
        or tree.find(f".//{_DAV}resourcetype/{_CALDAV}calendar") is None
    ):
        raise _UploadRefusedError(
            "这个地址不是一个日历。", "请在服务器的网页上复制日历自己的地址（不是账户或网页的）。"
        )


def _contents(client: DavClient, url: str) -> Iterator[tuple[str, _Kept]]:
    """UID → what the server holds; what cannot be read there is nobody's business of ours."""
    response, tree = _asked_for_tree(client, "REPORT", url, _CONTENTS_QUERY, "1")
    if tree is None or response.status != 207:
        raise _UploadRefusedError(
            f"服务器没有给出日历的内容（{response.status}）。", "请稍后再试，或请服务器的管理员看一看。"
        )
    for answer in tree.iter(f"{_DAV}response"):
        href, data = answer.findtext(f"{_DAV}href"), answer.findtext(f".//{_CALDAV}calendar-data")
        if not href or not data:
            continue
        try:
            read = read_calendar(data.encode())
        except InputError:
            continue
        for (_, uid), component in read.newest().items():
            place = urljoin(url, href)
            if urlsplit(place).netloc == urlsplit(url).netloc:
                yield uid, _Kept(place, answer.findtext(f".//{_DAV}getetag") or "", component)


def _leftovers(
    snapshot: YearSnapshot, kept: dict[str, _Kept], items: Sequence[ServerItem]
) -> Iterator[ServerItem]:
    """What an earlier upload of the year left and is no longer in it, cancelled."""
    from exports.ical_deadlines import data_changed_at

    wanted = {item.uid for item in items}
    for uid, there in kept.items():
        ours = uid.startswith(f"{snapshot.year}-") and uid.endswith(f"@{snapshot.installation}")
        if ours and uid not in wanted and not there.component.cancelled:
            block = cancelled_block(there.component, data_changed_at(snapshot))
            yield ServerItem(uid, there.component.text("SUMMARY"), whole_calendar((), [block], method=""))


def _put(
    client: DavClient, url: str, item: ServerItem, there: _Kept | None, report: UploadReport
) -> UploadReport:
    """The item sent where it says something else than the server; a state changed meanwhile is not overwritten."""
    (new,) = read_calendar(item.data).components
    if there is not None:
        if there.component.sequence > new.sequence:
            return report._replace(newer=(*report.newer, item.title))
        if _same(new, there.component):
            return report._replace(unchanged=report.unchanged + 1)
    target = there.href if there else url + hashlib.sha256(item.uid.encode()).hexdigest()[:40] + ".ics"
    condition = {"If-None-Match": "*"} if there is None else {"If-Match": there.etag} if there.etag else {}
    headers = {"Content-Type": "text/calendar; charset=utf-8", **condition}
    response = _asked(client, "PUT", target, item.data, headers)
    if response.status not in (200, 201, 204):
        raise _put_refused(response.status, item.title)
    if there is None:
        return report._replace(added=report.added + 1)
    return report._replace(changed=report.changed + 1)


def _same(new: Component, old: Component) -> bool:
    """Whether the server says the same. Servers write values anew: texts and times count, not their spelling."""
    return new.sequence == old.sequence and _meaning(new) == _meaning(old)


def _meaning(component: Component) -> frozenset[tuple[str, str]]:
    return frozenset(
        (line.name, str(moment_of(line)) if line.name in _TIMES else component.text(line.name))
        for line in component.lines
        if line.name not in _LEFT_TO_SERVERS
    )


def _put_refused(status: int, title: str) -> _UploadRefusedError:
    if status in (409, 412):
        return _UploadRefusedError(f"服务器上的{quoted(title)}刚被别人改过。", "请再上传一次。")
    if status in (413, 507):
        return _UploadRefusedError(
            f"服务器上的空间不够，没有收下{quoted(title)}。", "请请服务器的管理员清出空间后再上传。"
        )
    return _UploadRefusedError(
        f"服务器没有收下{quoted(title)}（{status}）。", "请稍后再上传，或请服务器的管理员看一看。"
    )


def _asked_for_tree(client: DavClient, method: str, url: str, query: str, depth: str) -> tuple[Answer, Any]:
    """The server's answer and the XML in it; None where that is none."""
    headers = {"Depth": depth, "Content-Type": "text/xml; charset=utf-8"}
    answer = _asked(client, method, url, query.encode(), headers)
    try:
        return answer, answer.tree
    except TooLargeError as error:
        raise _too_large() from error


def _asked(client: DavClient, method: str, url: str, body: bytes, headers: dict[str, str]) -> Answer:
    """The server's answer; ``_RefusedError`` where there is none, or it does not let us in."""
    try:
        answer = client.ask(method, url, body, headers)
    except LeadsAwayError as error:
        raise _UploadRefusedError(
            "服务器把日历指到了别的地址，为安全没有跟去。", "请向管理员要日历现在的完整地址。"
        ) from error
    except TooLargeError as error:
        raise _too_large() from error
    except TooSlowError as error:
        raise _UploadRefusedError(
            f"服务器 {LONGEST_ANSWER} 秒没有答完。", "请检查网络，稍后再试。"
        ) from error
    except (OSError, ValueError, LookupError, HTTPException) as error:
        raise _unreachable(error) from error
    if answer.status == 401:
        raise _UploadRefusedError("用户名或密码不对。", "请重新填写。")
    if answer.status == 403:
        raise _UploadRefusedError("这个账户没有写这个日历的权限。", "请换一个账户，或请服务器的管理员开通。")
    return answer


def _too_large() -> _UploadRefusedError:
    return _UploadRefusedError("服务器的回答太大，不像一份日历。", "请核对地址，或另建一个日历来上传。")


def _unreachable(error: Exception) -> _UploadRefusedError:
    """Why no answer came: the certificate, the time, or no way at all."""
    names = {type(link).__name__ for link in _causes(error)}
    if any("SSL" in name or "Certificate" in name for name in names) or "CERTIFICATE" in str(error).upper():
        return _UploadRefusedError(
            "服务器的证书不可信，为安全没有连接。", "请核对地址；单位自签的证书请先由管理员装到系统里。"
        )
    if any("Timeout" in name for name in names):
        return _UploadRefusedError(f"服务器 {TIMEOUT} 秒没有应答。", "请检查网络，稍后再试。")
    return _UploadRefusedError("连不上服务器。", "请检查地址和网络。")


def _causes(error: BaseException | None) -> Iterator[BaseException]:
    seen = 0
    while error is not None and seen < 10:
        yield error
        error, seen = error.__cause__ or error.__context__, seen + 1
