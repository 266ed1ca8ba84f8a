"""A clamd so small that it knows one virus: EICAR's test string; later another. It speaks INSTREAM as clamd does."""

import socketserver
import struct
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from tests.documents.files import EICAR

OLD, NEW = 27820, 27821  # numbers of its signatures
WORM = b"a worm that the old signatures do not know"
MOST = 1024 * 1024  # a limit of its own, as clamd's StreamMaxLength


class Answering(socketserver.StreamRequestHandler):
    """One question: the command, pieces each with its length before it, a length of nothing."""

    server: Any

    def handle(self) -> None:
        command = self._command()
        if command == b"zVERSION" and not self.server.is_mute:
            self.wfile.write(f"ClamAV 1.0.9/{self.server.signatures}/Sat Nov 21 09:26:04 2026\0".encode())
            return
        self.server.asked += 1
        if self.server.is_mute or command != b"zINSTREAM":
            return
        sent = b"".join(iter(self._piece, b""))
        if len(sent) > MOST:
            self.wfile.write(b"INSTREAM size limit exceeded. ERROR\0")
        elif EICAR.encode() in sent or (self.server.signatures > OLD and WORM in sent):
            self.wfile.write(b"stream: Eicar-Test-Signature FOUND\0")
        else:
            self.wfile.write(b"stream: OK\0")

    def _command(self) -> bytes:
        said = b""
        while not said.endswith(b"\0"):
            said += self.rfile.read(1)
        return said[:-1]

    def _piece(self) -> bytes:
        (length,) = struct.unpack("!L", self.rfile.read(4))
        return self.rfile.read(length)


class Tcp(socketserver.ThreadingTCPServer):
    daemon_threads = True
    asked, is_mute, signatures = 0, False, OLD


class Unix(socketserver.ThreadingUnixStreamServer):
    daemon_threads = True
    asked, is_mute, signatures = 0, False, OLD


@contextmanager
def a_clamd(folder: Path | None = None) -> Iterator[tuple[str, Any]]:
    """Its address and the server: on a port of its own, or on a socket in a folder."""
    server: Any = Unix(str(folder / "clamd.ctl"), Answering) if folder else Tcp(("127.0.0.1", 0), Answering)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    try:
        yield (f"unix:{folder}/clamd.ctl" if folder else f"tcp://127.0.0.1:{server.server_address[1]}"), server
    finally:
        server.shutdown()
        server.server_close()
