"""The real web server over the benchmark's database, and clients that speak to it as a browser does."""

import http.client
import os
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from urllib.parse import urlencode

from baton.command.serving import web_command

WORKERS, THREADS = 2, 4


@contextmanager
def web_server(database: str) -> Iterator[int]:
    """Run gunicorn as `baton serve` does, over this database; yields its port."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = int(free.getsockname()[1])
    command = web_command(bind=f"127.0.0.1:{port}", workers=WORKERS, threads=THREADS)
    source = os.path.join(os.path.dirname(os.path.dirname(os.path.abspath(__file__))), "src")
    process = subprocess.Popen(
        command, env={**os.environ, "PYTHONPATH": source, "BATON_DATABASE": database}, stderr=subprocess.DEVNULL
    )
    try:
        _wait_until_it_answers(port)
        yield port
    finally:
        process.terminate()
        process.wait(10)


@dataclass
class Visitor:
    """Somebody signed in, on one lasting connection."""

    port: int
    cookies: dict[str, str]

    def __post_init__(self) -> None:
        self.cookies = dict(self.cookies)
        self.connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)

    def get(self, path: str) -> str:
        return self._ask("GET", path, None)

    def post(self, path: str, fields: dict[str, str]) -> str:
        return self._ask("POST", path, urlencode(fields))

    def _ask(self, method: str, path: str, body: str | None) -> str:
        headers = {"Cookie": "; ".join(f"{name}={value}" for name, value in self.cookies.items())}
        if body is not None:
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        response = self._send_again_if_closed(method, path, body, headers)
        text = response.read().decode()
        if response.status not in (200, 302):
            raise RuntimeError(f"{method} {path} answered {response.status}: {text[:500]}")
        for header in response.headers.get_all("Set-Cookie") or ():
            name, value = header.split(";")[0].split("=", 1)
            self.cookies[name] = value
        return text

    def _send_again_if_closed(
        self, method: str, path: str, body: str | None, headers: dict[str, str]
    ) -> http.client.HTTPResponse:
        """A server may close a resting connection just as it is used again; browsers open another, and so do we."""
        try:
            self.connection.request(method, path, body, headers)
            return self.connection.getresponse()
        except (ConnectionError, http.client.RemoteDisconnected):
            self.connection.close()
            self.connection.request(method, path, body, headers)
            return self.connection.getresponse()


def hidden(page: str, name: str) -> str:
    """The value of a hidden field of a page."""
    return page.split(f'name="{name}" value="')[1].split('"')[0]


def _wait_until_it_answers(port: int) -> None:
    for _ in range(200):
        try:
            connection = http.client.HTTPConnection("127.0.0.1", port, timeout=5)
            connection.request("GET", "/healthy/")
            if connection.getresponse().status == 200:
                return
        except OSError:
            time.sleep(0.1)
    raise RuntimeError("the server did not start")
