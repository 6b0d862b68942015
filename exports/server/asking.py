"""问日历服务器：每个回答的大小和时间都有限；不跟到别处，也不从加密跟到不加密，密码只给填写的那一家。"""

from __future__ import annotations

import hashlib
from base64 import b64encode
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from email.message import Message
from http.client import HTTPConnection, HTTPException, HTTPResponse, HTTPSConnection
from socket import SHUT_RDWR
from threading import Event, Timer
from types import MappingProxyType
from typing import Any, NamedTuple
from urllib.parse import SplitResult, quote, unquote, urljoin, urlsplit
from urllib.request import (
    AbstractDigestAuthHandler,
    HTTPPasswordMgr,
    Request,
    getproxies,
    parse_http_list,
    parse_keqv_list,
    proxy_bypass,
)

TIMEOUT = 15
"""Seconds that the server may be silent."""
LONGEST_ANSWER = 60
"""Seconds that one answer may take, however it trickles."""
MOST_BYTES = 30_000_000
"""Of one answer."""
MOST_MARKS = 1_000_000
"""Of the XML in one answer."""
_MOST_MOVES = 3
_CHUNK = 1 << 16
_MOVED = (301, 302, 307, 308)
_DIGESTS = {"MD5": hashlib.md5, "SHA-256": hashlib.sha256}


class LeadsAwayError(Exception):
    """The server sends to another host, or from https to http: not followed."""


class TooLargeError(Exception):
    """The answer has more bytes or marks than one may have."""


class TooSlowError(Exception):
    """The answer was not whole in time."""


class Answer(NamedTuple):
    """What the server said."""

    status: int
    body: bytes = b""

    @property
    def tree(self) -> Any:
        """The XML in it, without entities; None where it is none."""
        from defusedxml.common import DefusedXmlException
        from defusedxml.ElementTree import DefusedXMLParser

        if self.body.count(b"<") > MOST_MARKS:
            raise TooLargeError
        parser = DefusedXMLParser(forbid_dtd=True)
        try:
            for at in range(0, len(self.body), _CHUNK):  # the window gets its turn between two pieces
                parser.feed(self.body[at : at + _CHUNK])
            return parser.close()
        except (SyntaxError, ValueError, DefusedXmlException):
            return None


class _Way(NamedTuple):
    """What a request through a proxy says beside what it says to the server."""

    prefix: str = ""
    headers: Mapping[str, str | bytes] = MappingProxyType({})


class _Known(HTTPPasswordMgr):
    """Name and password, whatever the server calls what they open."""

    def __init__(self, user: str, password: str) -> None:
        super().__init__()
        self._known = user, password

    def find_user_password(self, realm: str, authuri: str) -> tuple[str | None, str | None]:  # noqa: ARG002
        return self._known


class _Digest(AbstractDigestAuthHandler):
    """RFC 7616, as far as servers of calendars use it; names and passwords in any script."""

    def get_algorithm_impls(self, algorithm: str) -> tuple[Callable[[str], str], Callable[[str, str], str]]:
        made = _DIGESTS[algorithm.upper()]

        def digest(text: str) -> str:
            return made(text.encode()).hexdigest()

        return digest, lambda secret, data: digest(f"{secret}:{data}")


class DavClient:
    """Asks the host of ``url``. Name and password are sent there only, and only when they are asked for."""

    def __init__(self, url: str, user: str, password: str) -> None:
        self._home = urlsplit(url)
        self._user, self._password = user, password
        self._digest = _Digest(_Known(user, password))
        self._challenge = ""
        self._connection: HTTPConnection | None = None
        self._way = _Way()

    def __enter__(self) -> DavClient:
        """The client; its connection is closed in the end."""
        return self

    def __exit__(self, *_: object) -> None:
        self._close()

    def ask(self, method: str, url: str, body: bytes, headers: Mapping[str, str]) -> Answer:
        """The answer; a redirect within the host is followed, also from http to its https.

        ``LeadsAwayError``, ``TooLargeError``, ``TooSlowError``; ``OSError`` and ``HTTPException`` where none came.
        """
        for _ in range(_MOST_MOVES + 1):
            answer, answered = self._asked(method, url, body, headers)
            if answer.status == 401 and self._takes(answered.get_all("WWW-Authenticate") or []):
                answer, answered = self._asked(method, url, body, headers)
            place = answered.get("Location", "")
            if answer.status not in _MOVED or not place:
                return answer
            url = urljoin(url, place)
            self._move(urlsplit(url))
        raise LeadsAwayError

    def _move(self, there: SplitResult) -> None:
        home = self._home
        if there.hostname != home.hostname or there.scheme not in {home.scheme, "https"}:
            raise LeadsAwayError
        if there.scheme == home.scheme and there.port != home.port:
            raise LeadsAwayError
        if there.scheme != home.scheme:
            self._close()
            self._home = there

    def _takes(self, challenges: list[str]) -> bool:
        """Whether one of the challenges is new and can be met; it is met from now on."""
        known = {challenge.split(" ", 1)[0].lower(): challenge for challenge in challenges}
        wanted = known.get("digest") or known.get("basic", "")
        met = bool(self._challenge) and "stale=true" not in wanted.lower()
        if met or not wanted or not self._user:
            return False
        self._challenge = wanted
        return True

    def _authorization(self, method: str, url: str) -> str:
        if not self._challenge:
            return ""
        kind, _, details = self._challenge.partition(" ")
        if kind.lower() == "basic":
            return "Basic " + b64encode(f"{self._user}:{self._password}".encode()).decode()
        asked = parse_keqv_list([part for part in parse_http_list(details) if "=" in part])
        answer = self._digest.get_authorization(Request(url, method=method), asked)  # noqa: S310
        if answer is None:
            raise ValueError(details)
        return f"Digest {answer}"

    def _asked(
        self, method: str, url: str, body: bytes, headers: Mapping[str, str]
    ) -> tuple[Answer, Message]:
        sent: dict[str, str | bytes] = {"User-Agent": "bao-gongkai-paiqi", "Accept": "*/*", **headers}
        if authorization := self._authorization(method, url):
            sent["Authorization"] = authorization.encode()
        reused = self._connection is not None
        try:
            return self._exchanged(method, url, body, sent)
        except (HTTPException, ConnectionError):
            self._close()
            if not reused:
                raise
        return self._exchanged(method, url, body, sent)  # the server had let go of a connection left open

    def _exchanged(
        self, method: str, url: str, body: bytes, headers: Mapping[str, str | bytes]
    ) -> tuple[Answer, Message]:
        if self._connection is None:
            self._connection, self._way = _connected(self._home)
        parts = urlsplit(url)
        target = parts._replace(scheme="", netloc="", fragment="").geturl() or "/"
        plain = quote(target, safe="%/:=&?~#+!$,;'@()*[]")
        with _in_time(self._connection):
            self._connection.request(method, self._way.prefix + plain, body, {**headers, **self._way.headers})
            response = self._connection.getresponse()
            answer = Answer(response.status, _limited(response))
        if response.will_close:
            self._close()
        return answer, response.headers

    def _close(self) -> None:
        if self._connection is not None:
            self._connection.close()
            self._connection = None


def _limited(response: HTTPResponse) -> bytes:
    pieces, size = [], 0
    while piece := response.read(_CHUNK):
        size += len(piece)
        if size > MOST_BYTES:
            raise TooLargeError
        pieces.append(piece)
    return b"".join(pieces)


@contextmanager
def _in_time(connection: HTTPConnection) -> Iterator[None]:
    """After ``LONGEST_ANSWER`` seconds the connection is cut, whatever it is doing: ``TooSlowError``."""
    if connection.sock is None:
        connection.connect()
    late, socket = Event(), connection.sock

    def cut() -> None:
        late.set()
        with suppress(OSError):
            socket.shutdown(SHUT_RDWR)

    timer = Timer(LONGEST_ANSWER, cut)
    timer.daemon = True
    timer.start()
    try:
        yield
    except (OSError, HTTPException, ValueError) as error:
        raise (TooSlowError() if late.is_set() else error) from error
    finally:
        timer.cancel()
    if late.is_set():
        raise TooSlowError


def _connected(home: SplitResult) -> tuple[HTTPConnection, _Way]:
    """A connection to the host, through the proxy that the system names."""
    host, secure = home.hostname or "", home.scheme == "https"
    kind = HTTPSConnection if secure else HTTPConnection
    named = "" if proxy_bypass(host) else getproxies().get(home.scheme, "")
    proxy = urlsplit(named if "://" in named or not named else f"http://{named}")
    if not proxy.hostname:
        return kind(host, home.port, timeout=TIMEOUT), _Way()
    said = {}
    if proxy.username:
        words = f"{unquote(proxy.username)}:{unquote(proxy.password or '')}"
        said["Proxy-Authorization"] = "Basic " + b64encode(words.encode()).decode()
    connection = kind(proxy.hostname, proxy.port or 80, timeout=TIMEOUT)
    if not secure:
        return connection, _Way(f"http://{home.netloc}", said)
    connection.set_tunnel(host, home.port or 443, said)
    return connection, _Way()
