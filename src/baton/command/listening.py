"""Where `baton serve` listens: on a port, or on a file of this machine that the proxy opens."""

import errno
import os
import socket
from http.client import HTTPConnection, HTTPException
from pathlib import Path

from baton.command.refusal import Refusal

OF_A_FILE = "unix:"


class ToFile(HTTPConnection):
    """Speaks to a web server through a file of this machine."""

    def __init__(self, file: str, timeout: float) -> None:
        super().__init__("localhost", timeout=timeout)
        self.file = file

    def connect(self) -> None:
        self.sock = socket.socket(socket.AF_UNIX)
        self.sock.settimeout(self.timeout)
        self.sock.connect(self.file)


def take_port(host: str, port: int) -> socket.socket:
    """The port or file, ours for as long as we run and handed to each web server in turn.

    While one that died is replaced, people wait a moment and nobody is refused. Raises Refusal.
    """
    if host.startswith(OF_A_FILE):
        return _take_file(Path(host.removeprefix(OF_A_FILE)))
    taken = socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET)
    try:
        taken.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        taken.bind((host, port))
    except OSError as reason:
        taken.close()
        if reason.errno == errno.EADDRINUSE:
            raise Refusal(
                f"Something else answers on {host}:{port} already. Stop it, or choose another --port."
            ) from None
        raise Refusal(f"Baton cannot listen on {host}:{port}: {reason.strerror}.") from None
    return taken


def _take_file(file: Path) -> socket.socket:
    """Its owner and its group may open it. One that nobody listens on any more is taken over.

    gunicorn removes the name it was bound by when it ends, so it gets one of its own; the proxy's name stays.
    """
    if _somebody_listens(file):
        raise Refusal(f"Something else answers on {file} already. Stop it, or choose another file.")
    if file.exists() and not file.is_socket():
        raise Refusal(f"{file} is a file of something else. Choose another name for Baton to listen on.")
    taken = socket.socket(socket.AF_UNIX)
    own = _own_name_of(file)
    try:
        for left_behind in filter(Path.is_socket, (file, *file.parent.glob(f".{file.name}.*"))):
            left_behind.unlink()
        taken.bind(str(own))
        own.chmod(0o660)
        file.hardlink_to(own)
    except OSError as reason:
        taken.close()
        raise Refusal(f"Baton cannot listen on {file}: {reason.strerror or reason}.") from None
    return taken


def name_again(host: str) -> None:
    """Before each web server: give the file the name back that the one before removed."""
    if host.startswith(OF_A_FILE):
        file = Path(host.removeprefix(OF_A_FILE))
        if not _own_name_of(file).exists():
            _own_name_of(file).hardlink_to(file)


def address_of(host: str, port: int) -> str:
    """As it is said to whoever started it."""
    return host if host.startswith(OF_A_FILE) else f"http://{host}:{port}"


def serves_pages(host: str, port: int) -> bool:
    """Whether a process that has loaded the application answers; what it answers does not matter."""
    if host.startswith(OF_A_FILE):
        connection: HTTPConnection = ToFile(host.removeprefix(OF_A_FILE), timeout=10)
    else:
        connection = HTTPConnection(host, port, timeout=10)
    try:
        connection.request("GET", "/", headers={"Host": "localhost"})
        connection.getresponse()
    except (OSError, HTTPException):
        return False
    finally:
        connection.close()
    return True


def _somebody_listens(file: Path) -> bool:
    with socket.socket(socket.AF_UNIX) as asking:
        asking.settimeout(5)
        try:
            asking.connect(str(file))
        except (BlockingIOError, TimeoutError):
            return True  # with so many waiting that it takes nobody
        except OSError:
            return False
    return True


def _own_name_of(file: Path) -> Path:
    return file.with_name(f".{file.name}.{os.getpid()}")
