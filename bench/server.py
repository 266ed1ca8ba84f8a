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
    """Somebody signed in, on one lasting connection.

    It speaks just as much HTTP as our server answers: the standard library's client takes three milliseconds for what
    a browser does in none of the server's time.
    """

    port: int
    cookies: dict[str, str]
    connection: socket.socket | None = None

    def __post_init__(self) -> None:
        self.cookies = dict(self.cookies)

    def get(self, path: str) -> str:
        return self._ask("GET", path, "")

    def post(self, path: str, fields: dict[str, str]) -> str:
        return self._ask("POST", path, urlencode(fields))

    def _ask(self, method: str, path: str, body: str) -> str:
        cookies = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        lines = [f"{method} {path} HTTP/1.1", f"Host: 127.0.0.1:{self.port}", f"Cookie: {cookies}"]
        if body:
            lines += ["Content-Type: application/x-www-form-urlencoded", f"Content-Length: {len(body)}"]
        head, text = self._send_again_if_closed("\r\n".join([*lines, "", body]).encode())
        status = head.split(" ", 2)[1]
        if status not in ("200", "302"):
            raise RuntimeError(f"{method} {path} answered {status}: {text[:500]}")
        for line in head.split("\r\n"):
            if line.lower().startswith("set-cookie:"):
                name, value = line.partition(":")[2].strip().split(";")[0].split("=", 1)
                self.cookies[name] = value
        return text

    def _send_again_if_closed(self, question: bytes) -> tuple[str, str]:
        """A server may close a resting connection just as it is used again; browsers open another, and so do we."""
        if self.connection is not None:
            try:
                return _answer(self.connection, question)
            except ConnectionError:
                self.connection.close()
        self.connection = socket.create_connection(("127.0.0.1", self.port), timeout=30)
        self.connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        return _answer(self.connection, question)


def _answer(connection: socket.socket, question: bytes) -> tuple[str, str]:
    """The head of the answer, and its text: every page says how long it is."""
    connection.sendall(question)
    told = b""
    while b"\r\n\r\n" not in told:
        told += _more(connection)
    head, _, text = told.partition(b"\r\n\r\n")
    length = int(head.lower().partition(b"content-length:")[2].split(b"\r\n")[0])
    while len(text) < length:
        text += _more(connection)
    return head.decode(), text.decode()


def _more(connection: socket.socket) -> bytes:
    more = connection.recv(1 << 18)
    if not more:
        raise ConnectionError("the server closed the connection")
    return more


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
