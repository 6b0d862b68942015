"""一个真的 CalDAV 服务器，在本机的空闲端口上，在一个线程里；可以让它在第几次写入之后拒绝。"""

from __future__ import annotations

import threading
import warnings
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any
from urllib.request import HTTPBasicAuthHandler, HTTPPasswordMgrWithDefaultRealm, Request, build_opener
from wsgiref.simple_server import WSGIRequestHandler, WSGIServer, make_server

with warnings.catch_warnings():  # Radicale asks for what Python 3.12 calls deprecated
    warnings.simplefilter("ignore", DeprecationWarning)
    from radicale import config
    from radicale.app import Application

USER, PASSWORD = "zwgk", "对的密码"


class _Quiet(WSGIRequestHandler):
    def log_message(self, *_: Any) -> None:
        pass


class Radicale:
    """Radicale over a folder. ``puts`` counts what was written; ``refuse_after`` puts it answers 503."""

    def __init__(self, folder: Path) -> None:
        users = folder / "users"
        users.write_text(f"{USER}:{PASSWORD}\n", encoding="utf-8")
        configuration = config.load()
        configuration.update(
            {
                "auth": {
                    "type": "htpasswd",
                    "htpasswd_filename": str(users),
                    "htpasswd_encryption": "plain",
                    "delay": "0",
                },
                "storage": {"filesystem_folder": str(folder / "data")},
                "logging": {"level": "critical"},
            },
            "test",
        )
        self._application = Application(configuration)
        self.puts = 0
        self.refuse_after: int | None = None
        self._server: WSGIServer = make_server("127.0.0.1", 0, self._answer, handler_class=_Quiet)
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.01,), daemon=True)
        self._thread.start()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self._server.server_port}/{USER}/plan/"

    @property
    def root(self) -> str:
        return f"http://127.0.0.1:{self._server.server_port}/{USER}/"

    def _answer(self, environ: dict[str, Any], start: Callable[..., Any]) -> Iterable[bytes]:
        if environ["REQUEST_METHOD"] == "PUT":
            if self.refuse_after is not None and self.puts >= self.refuse_after:
                environ["wsgi.input"].read(int(environ.get("CONTENT_LENGTH") or 0))
                start("500 Internal Server Error", [("Content-Length", "0")])
                return [b""]
            self.puts += 1
        return self._application(environ, start)

    def make_calendar(self) -> None:
        self.ask("MKCALENDAR", self.url)

    def ask(self, method: str, url: str) -> bytes:
        passwords = HTTPPasswordMgrWithDefaultRealm()
        passwords.add_password(None, url, USER, PASSWORD)
        handler = HTTPBasicAuthHandler(passwords)
        with build_opener(handler).open(Request(url, method=method)) as answer:
            return answer.read()

    def contents(self) -> bytes:
        """The whole calendar as any other program gets it."""
        return self.ask("GET", self.url)

    def stop(self) -> None:
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()
