"""日历服务器的回答：太大、太慢、把人带走的都不跟；密码只在被问到时给填写的那一家。"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from http.client import HTTPConnection
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import SplitResult

import pytest

from exports.server import asking
from exports.server.asking import Answer, DavClient, LeadsAwayError, TooLargeError, TooSlowError
from exports.server.uploading import ServerAccount, UploadError, upload

MULTISTATUS = b'<d:multistatus xmlns:d="DAV:"/>'


class Stub(ThreadingHTTPServer):
    """A server on this machine that answers as it is told; ``heard`` are the requests with their authorization."""

    daemon_threads = True

    def __init__(self) -> None:
        self.heard: list[tuple[str, str, str]] = []
        self.tell: Callable[[BaseHTTPRequestHandler], None] = lambda _: None
        super().__init__(("127.0.0.1", 0), _Handler)
        threading.Thread(target=self.serve_forever, args=(0.01,), daemon=True).start()

    def url(self, host: str = "127.0.0.1", scheme: str = "http", path: str = "/c/") -> str:
        return f"{scheme}://{host}:{self.server_port}{path}"


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server: Stub

    def do_PROPFIND(self) -> None:
        self.rfile.read(int(self.headers.get("Content-Length", 0)))
        self.server.heard.append((self.command, self.path, self.headers.get("Authorization", "")))
        self.server.tell(self)

    def log_message(self, *_: object) -> None:
        pass


def tell(status: int, body: bytes = b"", **headers: str) -> Callable[[BaseHTTPRequestHandler], None]:
    def told(handler: BaseHTTPRequestHandler) -> None:
        handler.send_response(status)
        for name, value in {"Content_Length": str(len(body)), **headers}.items():
            handler.send_header(name.replace("_", "-"), value)
        handler.end_headers()
        handler.wfile.write(body)

    return told


@pytest.fixture
def stub() -> Iterator[Stub]:
    made = Stub()
    yield made
    made.shutdown()
    made.server_close()


def ask(url: str, user: str = "甲", password: str = "对的") -> Answer:
    with DavClient(url, user, password) as client:
        return client.ask("PROPFIND", url, b"<a/>", {"Depth": "0"})


def test_the_answer_is_what_the_server_said(stub: Stub) -> None:
    stub.tell = tell(207, MULTISTATUS)
    answer = ask(stub.url(path="/日历/"))
    assert (answer.status, answer.tree.tag) == (207, "{DAV:}multistatus")
    assert stub.heard == [("PROPFIND", "/%E6%97%A5%E5%8E%86/", "")]


def test_name_and_password_are_given_when_they_are_asked_for(stub: Stub) -> None:
    def guarded(handler: BaseHTTPRequestHandler) -> None:
        known = handler.headers.get("Authorization", "").startswith(("Basic 55SyOuWvueeahA==", "Digest "))
        (tell(207, MULTISTATUS) if known else tell(401, WWW_Authenticate=challenge))(handler)

    stub.tell = guarded
    for wanted in ('Basic realm="a"', 'Digest realm="a", nonce="n", qop="auth", algorithm=SHA-256'):
        challenge = wanted
        assert ask(stub.url()).status == 207
    assert [heard[2].partition(" ")[0] for heard in stub.heard] == ["", "Basic", "", "Digest"]
    assert 'username="甲"' in stub.heard[-1][2].encode("latin-1").decode()


def test_a_wrong_password_is_tried_once(stub: Stub) -> None:
    stub.tell = tell(401, WWW_Authenticate='Basic realm="a"')
    assert ask(stub.url()).status == 401
    assert len(stub.heard) == 2


def test_a_redirect_within_the_host_is_followed(stub: Stub) -> None:
    def moved(handler: BaseHTTPRequestHandler) -> None:
        (tell(207, MULTISTATUS) if handler.path == "/new/" else tell(301, Location="/new/"))(handler)

    stub.tell = moved
    assert ask(stub.url()).status == 207
    assert [heard[1] for heard in stub.heard] == ["/c/", "/new/"]


@pytest.mark.parametrize(
    "place", ["http://localhost:{}/c/", "http://127.0.0.1:9/c/", "file:///etc/passwd", "/c/"]
)
def test_a_redirect_elsewhere_and_one_without_end_are_not_followed(stub: Stub, place: str) -> None:
    stub.tell = tell(302, Location=place.format(stub.server_port))
    with pytest.raises(LeadsAwayError):
        ask(stub.url())
    assert {heard[2] for heard in stub.heard} == {""}


def test_a_redirect_from_https_to_http_is_not_followed(stub: Stub, monkeypatch: pytest.MonkeyPatch) -> None:
    def plain(home: SplitResult) -> tuple[HTTPConnection, asking._Way]:
        return HTTPConnection("127.0.0.1", home.port), asking._Way()

    monkeypatch.setattr(asking, "_connected", plain)
    stub.tell = tell(302, Location=stub.url())
    with pytest.raises(LeadsAwayError):
        ask(stub.url(scheme="https"))
    assert len(stub.heard) == 1


@pytest.mark.parametrize("said", [{}, {"Transfer_Encoding": "chunked"}])
def test_an_answer_without_end_is_cut(
    stub: Stub, monkeypatch: pytest.MonkeyPatch, said: dict[str, str]
) -> None:
    def flood(handler: BaseHTTPRequestHandler) -> None:
        tell(207, Connection="close", **{"Content_Length": "99999999999", **said})(handler)
        piece = b"10000\r\n" + b" " * 0x10000 + b"\r\n"
        try:
            while True:
                handler.wfile.write(piece)
        except OSError:
            return

    monkeypatch.setattr(asking, "MOST_BYTES", 1_000_000)
    stub.tell = flood
    with pytest.raises(TooLargeError):
        ask(stub.url())


def test_an_answer_that_trickles_is_cut(stub: Stub, monkeypatch: pytest.MonkeyPatch) -> None:
    over = threading.Event()

    def trickle(handler: BaseHTTPRequestHandler) -> None:
        tell(207, Content_Length="1000000")(handler)
        try:
            while not over.wait(0.02):
                handler.wfile.write(b" ")
        except OSError:
            return

    monkeypatch.setattr(asking, "LONGEST_ANSWER", 0.3)
    stub.tell = trickle
    with pytest.raises(TooSlowError):
        ask(stub.url())
    over.set()


def test_xml_that_would_grow_is_none_and_too_many_marks_are_too_large(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    assert Answer(207, b'<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>').tree is None
    assert Answer(207, b"<a>").tree is None
    monkeypatch.setattr(asking, "MOST_MARKS", 10)
    with pytest.raises(TooLargeError):
        _ = Answer(207, b"<a/>" * 11).tree


@pytest.mark.parametrize(
    ("told", "words"),
    [
        (
            tell(302, Location="http://localhost:9/"),
            "指到了别的地址，为安全没有跟去。服务器上的日历没有改动。",
        ),
        (tell(207, b"<" * 1_000_001), "服务器的回答太大，不像一份日历。服务器上的日历没有改动。"),
        (tell(403), "这个账户没有写这个日历的权限。服务器上的日历没有改动。"),
        (tell(401, WWW_Authenticate="Digest nonsense"), "连不上服务器。"),
        (tell(207, b"<html>"), "这个地址不是一个日历。"),
    ],
)
def test_what_went_wrong_is_said(
    stub: Stub, told: Callable[[BaseHTTPRequestHandler], None], words: str
) -> None:
    stub.tell = told
    with pytest.raises(UploadError, match=words):
        upload(ServerAccount(stub.url(), "甲", "乙"), [])
