"""A document whose sending was cut off, or whose server was killed, is there whole or not at all; sent again, once."""

import socket
from collections.abc import Iterator
from dataclasses import dataclass
from random import Random

import pytest

from baton.cluster.server import connect
from tests.resilience.faults import Fault, note
from tests.resilience.ground import Ground, signed_in
from tests.site import Site, soon
from tests.visitor import Fields, Visitor

pytestmark = pytest.mark.cluster
BOUNDARY = "a-line-between-parts"
CUTS = 24
KILLS = 3
SIZE = 300_000


@dataclass(frozen=True)
class Upload:
    """A form with a file, as a browser sends it."""

    path: str
    fields: Fields
    contents: bytes
    port: int
    cookies: dict[str, str]

    @property
    def body(self) -> bytes:
        head = f"--{BOUNDARY}\r\nContent-Disposition: form-data; name="
        typed = "".join(f'{head}"{name}"\r\n\r\n{value}\r\n' for name, value in self.fields.items())
        file = f'{head}"file"; filename="letter.txt"\r\nContent-Type: text/plain\r\n\r\n'
        return f"{typed}{file}".encode() + self.contents + f"\r\n--{BOUNDARY}--\r\n".encode()

    def send(self, most: int | None = None) -> socket.socket:
        """Send it, or only so many bytes of it. Returns the connection."""
        body = self.body
        cookies = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        head = (
            f"POST {self.path} HTTP/1.1\r\nHost: 127.0.0.1\r\nCookie: {cookies}\r\nContent-Length: {len(body)}\r\n"
            f"Content-Type: multipart/form-data; boundary={BOUNDARY}\r\nConnection: close\r\n\r\n"
        )
        connection = socket.create_connection(("127.0.0.1", self.port), timeout=60)
        connection.sendall(head.encode() + body[:most])
        return connection

    def status(self) -> int:
        """Send all of it and read what comes of it; 0 when the server went away."""
        try:
            with self.send() as connection:
                said = connection.recv(4_096)
        except OSError:
            return 0
        return int(said.split()[1]) if said else 0


@pytest.fixture
def worker(database: Ground, site: Site) -> Iterator[Visitor]:
    visitor = signed_in(site.visitor(), database.people.place.worker.email)
    yield visitor
    visitor.close()


def an_upload(worker: Visitor, ground: Ground, title: str) -> Upload:
    path = f"/families/{ground.people.episodes[2].family_id}/documents/add/"
    told: Fields = {"kind": "report", "title": title, "person": "", "note": "Every word of it"}
    told |= {"dated_on-day": "1", "dated_on-month": "9", "dated_on-year": "2026"}
    form = {name: value for name, value in worker.get(path).hidden.items() if isinstance(value, str)}
    return Upload(path, form | told, b"Words that matter. " * (SIZE // 19), worker.connection.port, worker.cookies)


def kept(ground: Ground, title: str) -> int:
    """How many documents of that title there are, each proven to be whole and on record."""
    found = ground.rows(
        "select d.id, d.size, octet_length(c.file), encode(sha256(c.file), 'hex') = d.sha256 from documents_document d"
        " left join documents_contents c on c.document_id = d.id where d.title = %s", title
    )  # fmt: skip
    for number, size, held, is_whole in found:
        assert size == held
        assert is_whole
        asked = "select count(*) from platform_auditentry where action = 'add_document' and record_id = %s"
        assert ground.one(asked, number) == 1
        asked = "select count(*) from episodes_event where record = 'documents_document' and record_id = %s"
        assert ground.one(asked, number) == 1
    return len(found)


def unaudited(ground: Ground) -> int:
    """Entries without a document, documents without an entry, and files without a document."""
    query = (
        "select (select count(*) from platform_auditentry a where a.action = 'add_document' and not exists"
        " (select from documents_document d where d.id = a.record_id))"
        " + (select count(*) from documents_document d where not exists (select from platform_auditentry a"
        " where a.action = 'add_document' and a.record_id = d.id))"
        " + (select count(*) from documents_contents c where not exists"
        " (select from documents_document d where d.id = c.document_id))"
    )
    return int(ground.one(query))


def nobody_is_writing(ground: Ground) -> bool:
    with connect(ground.home, ground.database) as connection:
        asked = "select count(*) from pg_stat_activity where usename = 'baton_app' and state <> 'idle'"
        row = connection.execute(asked).fetchone()
    return bool(row and row[0] == 0)


def test_a_document_whose_sending_is_cut_off_is_not_there_and_sent_again_it_is_once(
    worker: Visitor, database: Ground, site: Site
) -> None:
    upload, random = an_upload(worker, database, "Cut off"), Random(7)
    whole = len(upload.body)
    cuts = [1, whole - 1, whole - 2, whole - 30, *(random.randrange(1, whole) for _ in range(CUTS - 4))]
    for most in cuts:
        upload.send(most).close()
    assert soon(lambda: nobody_is_writing(database))
    assert kept(database, "Cut off") == 0
    assert site.serves()
    assert {upload.status() for _ in range(3)} == {302}
    assert kept(database, "Cut off") == 1
    assert unaudited(database) == 0
    note(Fault("document cut off while it is sent", len(cuts), acknowledged=1, lost=0, unaudited=0))


def test_a_document_whose_server_is_killed_is_there_whole_or_not_and_sent_again_it_is_once(
    worker: Visitor, database: Ground, site: Site
) -> None:
    lost = 0
    for number in range(KILLS):
        title = f"Killed {number}"
        upload = an_upload(worker, database, title)
        half_way = upload.send(len(upload.body) // 2)
        others = upload.send()  # all of it: killed somewhere between reading it and the answer
        site.kill()
        for connection in (half_way, others):
            connection.close()
        assert kept(database, title) in (0, 1)
        site.start()
        worker.close()
        assert soon(lambda upload=upload: upload.status() == 302)  # type: ignore[misc]
        lost += kept(database, title) != 1
    assert lost == 0
    assert unaudited(database) == 0
    note(Fault("server killed while a document is sent", KILLS, acknowledged=KILLS, lost=lost, unaudited=0))
