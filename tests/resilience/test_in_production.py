"""The shape that real people's records run in: the proxy in front, the pooler behind, and the files of deploy/."""

import os
import re
import shutil
import socket
import ssl
import subprocess
import tempfile
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import NamedTuple
from urllib.parse import quote

import pytest

from baton.cluster.connection import APP, OWNER
from baton.cluster.home import PACKAGE
from baton.cluster.secrets import secret
from tests.resilience.ground import Ground, signed_in
from tests.site import Site, environment_of_baton, free_port, soon

pytestmark = pytest.mark.cluster
LOGROTATE = shutil.which("logrotate", path=f"{os.environ['PATH']}:/usr/sbin")
DEPLOY = PACKAGE.parent.parent / "deploy"
EXPOSED_AT_MOST = 15
ROUNDS = 8
PEOPLE_EACH = 3
CERTIFICATE = ("openssl req -x509 -newkey rsa:2048 -nodes -days 2 -subj /CN=baton.council.example "
               "-keyout key.pem -out fullchain.pem")  # fmt: skip


@pytest.fixture
def folder() -> Iterator[Path]:
    """One that the account of PostgreSQL may enter."""
    with tempfile.TemporaryDirectory(prefix="baton-", dir="/tmp") as made:
        Path(made).chmod(0o777)
        yield Path(made)


@pytest.fixture
def pooler(quick_ground: Ground, folder: Path) -> Iterator[str]:
    """PgBouncer as deploy/pgbouncer.ini has it, with two connections for everybody; yields how it is reached."""
    program = shutil.which("pgbouncer", path=f"{os.environ['PATH']}:/usr/sbin")
    if not program:
        pytest.skip("pgbouncer is not installed: pooled connections are not tried")
    home = quick_ground.home
    text = (DEPLOY / "pgbouncer.ini").read_text()
    for pattern, ours in (
        (r"baton = .*", f"baton = host={home.sockets} port=5432 dbname={quick_ground.database}"),
        (r"unix_socket_dir = .*", f"unix_socket_dir = {folder}"),
        (r"auth_file = .*", f"auth_file = {folder / 'userlist.txt'}"),
        (r"default_pool_size = .*", "default_pool_size = 2"),
        (r"server_tls_.*\n", ""),
    ):
        text, changed = re.subn(pattern, ours, text)
        assert changed, f"deploy/pgbouncer.ini has no {pattern}"
    (folder / "pgbouncer.ini").write_text(text)
    users = "".join(f'"{role}" "{secret(home.secrets, role)}"\n' for role in (APP, OWNER))
    (folder / "userlist.txt").write_text(users)
    command = [program, str(folder / "pgbouncer.ini")]
    if os.geteuid() == 0:
        command[1:1] = ["-u", "postgres"]
    with (folder / "log").open("wb") as log:
        process = subprocess.Popen(command, stdout=log, stderr=log)
    try:
        assert soon(lambda: "listening on" in (folder / "log").read_text()), (folder / "log").read_text()
        assert "listening on unix:" in (folder / "log").read_text()
        assert "listening on 1" not in (folder / "log").read_text(), "no port"
        yield f"host={folder}&port=6432"
    finally:
        process.terminate()
        process.wait(10)


def test_on_pooled_connections_nobody_is_taken_for_another(quick_ground: Ground, pooler: str, tmp_path: Path) -> None:
    """People of two teams ask in turn over two connections: each sees their own family and not the other's."""
    password = {role: quote(secret(quick_ground.home.secrets, role), safe="") for role in (APP, OWNER)}
    address = {role: f"postgresql://{role}:{password[role]}@/baton?{pooler}" for role in (APP, OWNER)}
    environment = environment_of_baton(
        DATABASE_URL=address[APP], DATABASE_OWNER_URL=address[OWNER], BATON_POOLED="1", BATON_PLACE="dorset"
    )
    site = Site(environment, tmp_path / "log", workers=2, threads=4)
    site.start()
    people = quick_ground.people
    own = {
        people.place.worker.email: (people.episodes[0].family_id, "Quillfeather"),
        people.place.stranger.email: (people.episode_of_others.family_id, "Wintersgill"),
    }

    def walk(email: str) -> list[int]:
        visitor, (mine, name) = signed_in(site.visitor(), email), own[email]
        ((theirs, their_name),) = (each for whose, each in own.items() if whose != email)
        statuses = []
        for _ in range(ROUNDS):
            shown, refused, home = (visitor.get(path) for path in (f"/families/{mine}/", f"/families/{theirs}/", "/"))
            assert name in shown.text
            assert their_name not in shown.text + refused.text + home.text
            statuses += [shown.status, refused.status, home.status]
        visitor.close()
        return statuses

    try:
        with ThreadPoolExecutor(2 * PEOPLE_EACH) as threads:
            answers = [status for each in threads.map(walk, [*own] * PEOPLE_EACH) for status in each]
        assert answers == [200, 404, 200] * (2 * PEOPLE_EACH * ROUNDS)
        connections = "select count(*) from pg_stat_activity where usename = 'baton_app' and datname = %s"
        assert quick_ground.one(connections, quick_ground.database) <= 2
    finally:
        site.stop()


class WithFile(Site):
    """The site also listens on a file, as behind the proxy of deploy/, beside its log."""

    def command(self) -> list[str]:
        return [*super().command(), "--bind", f"unix:{self.environment['TRIED_IN']}/web.sock"]


class Ports(NamedTuple):
    proxy: int
    baton: int


@pytest.fixture
def behind(quick_ground: Ground, folder: Path, tmp_path: Path) -> Iterator[Ports]:
    """nginx as deploy/nginx.conf has it, in front of a site behind TLS; yields both their ports."""
    program = shutil.which("nginx", path=f"{os.environ['PATH']}:/usr/sbin")
    if not program or not shutil.which("openssl"):
        pytest.skip("nginx is not installed: the proxy is not tried")
    subprocess.run(CERTIFICATE.split(), cwd=folder, check=True, capture_output=True)
    told = {"BATON_TLS": "1", "BATON_HOSTS": "baton.council.example,127.0.0.1", "TRIED_IN": str(folder)}
    site = WithFile(quick_ground.environment | told, tmp_path / "log")
    port, plain = free_port(), free_port()
    text = (DEPLOY / "nginx.conf").read_text()
    for before, after in (
        ("listen 443 ssl http2", f"listen 127.0.0.1:{port} ssl http2"), ("listen 80", f"listen 127.0.0.1:{plain}"),
        ("unix:/run/baton/", f"unix:{folder}/"), ("/etc/ssl/baton", str(folder)),
    ):  # fmt: skip
        assert before in text
        text = text.replace(before, after)
    text = re.sub(r"\n *listen \[::\].*", "", text)
    (folder / "nginx.conf").write_text(
        f"pid {folder}/pid; error_log {folder}/log; daemon off; worker_processes 1;\n"
        f"events {{}}\nhttp {{ {''.join(f'{name}_temp_path {folder}/{name};' for name in TEMPORARY)}\n{text}\n}}\n"
    )
    site.start()
    process = subprocess.Popen([program, "-c", str(folder / "nginx.conf"), "-e", str(folder / "log")])
    try:
        assert soon(lambda: (folder / "pid").exists() and (folder / "pid").read_text().strip())
        yield Ports(proxy=port, baton=site.port)
    finally:
        process.terminate()
        process.wait(10)
        site.stop()


@pytest.fixture
def proxy(behind: Ports) -> int:
    return behind.proxy


TEMPORARY = ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")


def asked(port: int, path: str, *more: str) -> str:
    """The head and the text of an answer through the proxy; '' when there is none."""
    address = f"https://baton.council.example:{port}{path}"
    there = ["--connect-to", f"baton.council.example:{port}:127.0.0.1:{port}", "-k", "-s", "-i"]
    return subprocess.run(["curl", *there, *more, address], capture_output=True, text=True, check=False).stdout


@pytest.mark.skipif(not shutil.which("curl"), reason="curl is not installed")
def test_the_proxy_of_deploy_serves_pages_and_keeps_what_is_for_the_machine(proxy: int) -> None:
    said = asked(proxy, "/sign-in/")
    assert said.startswith("HTTP/2 200")
    assert "__Host-csrftoken" in said
    assert "strict-transport-security: max-age=31536000" in said
    for path in ("/ready/", "/healthy/", "/metrics/"):
        assert asked(proxy, path).startswith("HTTP/2 404")
    assert asked(proxy, "/sign-in/", "--tls-max", "1.2").startswith("HTTP/2 200")
    assert asked(proxy, "/sign-in/", "--tlsv1.1", "--tls-max", "1.1") == ""
    assert asked(proxy, "/sign-in/", "--tls-max", "1.2", "--ciphers", "AES256-SHA256") == ""
    # Were what a visitor says passed on, Baton would lead them to https again and again.
    assert asked(proxy, "/sign-in/", "-H", "X-Forwarded-Proto: http").startswith("HTTP/2 200")


HIDDEN = "GET /hidden/ HTTP/1.1\r\nHost: baton.council.example\r\n\r\n"
IN_CHUNKS = f"0\r\n\r\n{HIDDEN}"
# Each says in two ways, or in none that is sound, where it ends; behind one of the ends a second request hides.
UNCLEAR = {
    "a length and chunks": (f"Content-Length: {len(IN_CHUNKS)}\r\nTransfer-Encoding: chunked", IN_CHUNKS),
    "chunks and a length": ("Transfer-Encoding: chunked\r\nContent-Length: 5", IN_CHUNKS),
    "two lengths": (f"Content-Length: 0\r\nContent-Length: {len(HIDDEN)}", HIDDEN),
    "a length that is two": (f"Content-Length: 0, {len(HIDDEN)}", HIDDEN),
    "a length with a sign": (f"Content-Length: +{len(HIDDEN)}", HIDDEN),
    "chunks by another name": ("Transfer-Encoding: xchunked", IN_CHUNKS),
    "chunks twice": ("Transfer-Encoding: chunked\r\nTransfer-Encoding: identity", IN_CHUNKS),
    "chunks before a space": ("Transfer-Encoding : chunked", IN_CHUNKS),
    "chunks on the next line": ("X-Before: a\r\n Transfer-Encoding: chunked", IN_CHUNKS),
    "a chunk with a strange length": ("Transfer-Encoding: chunked", f"0x0\r\n\r\n{HIDDEN}"),
    "a bare end of line": (f"X-Before: a\nTransfer-Encoding: chunked\r\nContent-Length: {len(IN_CHUNKS)}", IN_CHUNKS),
}


@pytest.mark.parametrize("through", ["the proxy", "Baton alone"])
def test_a_request_that_ends_in_two_places_hides_no_other(behind: Ports, through: str) -> None:
    """It is refused, or answered and the connection ended: whatever hid behind it is answered by nobody."""
    for name, (headers, body) in UNCLEAR.items():
        said = f"POST /sign-in/ HTTP/1.1\r\nHost: baton.council.example\r\n{headers}\r\n\r\n{body}"
        told = _told_over_a_line(behind.proxy if through == "the proxy" else behind.baton, said, through == "the proxy")
        first, *more = [*re.findall(r"^HTTP/1\.1 (\d+) ", told, re.MULTILINE), "400"]
        assert first in ("400", "403", "501", "301"), f"{name}: {told[:2000]}"
        assert set(more) <= {"400"}, f"{name}: {told[:2000]}"
        assert "/hidden/" not in told, f"{name}: {told[:2000]}"


def _told_over_a_line(port: int, said: str, with_tls: bool) -> str:
    """Everything that comes back until the other side ends the connection. Fails where it does not."""
    line: socket.socket = socket.create_connection(("127.0.0.1", port), timeout=10)
    if with_tls:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
        context.check_hostname, context.verify_mode = False, ssl.CERT_NONE
        line = context.wrap_socket(line, server_hostname="baton.council.example")
    told = b""
    with line:
        try:
            line.sendall(said.encode())
            while piece := line.recv(65536):
                told += piece
        except (ConnectionError, ssl.SSLError):
            pass
    return told.decode(errors="replace")


def test_each_unit_reaches_its_own_machine_and_what_the_operator_names() -> None:
    for unit in DEPLOY.glob("baton*.service"):
        lines = unit.read_text().splitlines()
        assert lines.count("IPAddressDeny=any") == 1, unit.name
        assert [line for line in lines if line.startswith("IPAddressAllow=")] == ["IPAddressAllow=localhost"], unit.name
        assert "ProtectSystem=strict" in lines, unit.name
        assert "InaccessiblePaths=-/opt/baton/.git" in lines, unit.name


@pytest.mark.skipif(not shutil.which("systemd-analyze"), reason="systemd is not installed")
def test_systemd_takes_the_units(folder: Path) -> None:
    for unit in DEPLOY.glob("baton*.*"):
        text = unit.read_text().replace("/opt/baton/baton", "/bin/true").replace("User=baton", "User=root")
        (folder / unit.name).write_text(text.replace("Group=baton", "Group=root"))
    units = sorted(str(file) for file in folder.glob("baton*"))
    said = subprocess.run(
        ["systemd-analyze", "verify", "--man=no", *units], capture_output=True, text=True, check=False
    )
    assert not [line for line in said.stderr.splitlines() if "baton" in line], said.stderr


@pytest.mark.skipif(not shutil.which("systemd-analyze"), reason="systemd is not installed")
@pytest.mark.parametrize("unit", sorted(DEPLOY.glob("baton*.service")), ids=lambda unit: str(unit.name))
def test_a_unit_that_is_broken_into_can_do_little(unit: Path) -> None:
    """As systemd itself judges it, from 0, the least, to 100."""
    command = [
        "systemd-analyze",
        "security",
        "--offline=true",
        f"--threshold={EXPOSED_AT_MOST}",
        "--no-pager",
        str(unit),
    ]
    said = subprocess.run(command, capture_output=True, text=True, check=False)
    if "unrecognized option" in said.stderr:
        pytest.skip("this systemd judges no unit that is not installed: the units are not judged")
    assert said.returncode == 0, said.stdout + said.stderr


@pytest.mark.skipif(not LOGROTATE, reason="logrotate is not installed")
def test_logrotate_takes_its_file(folder: Path) -> None:
    log = folder / "postgresql.log"
    log.write_text("2026-11-22 a line\n")
    text = (DEPLOY / "logrotate.conf").read_text()
    assert "/opt/baton/var/cluster/postgresql.log" in text
    text = text.replace("/opt/baton/var/cluster/postgresql.log", str(log)).replace("su baton baton", "su root root")
    (folder / "logrotate.conf").write_text(text)
    (folder / "logrotate.conf").chmod(0o644)
    command = [str(LOGROTATE), "--force", "--state", str(folder / "state"), str(folder / "logrotate.conf")]
    if os.geteuid() != 0:
        command.insert(1, "--debug")
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert (done.returncode, "error" in done.stderr) == (0, False), done.stderr
    if os.geteuid() == 0:
        assert log.read_text() == ""
        assert (folder / "postgresql.log.1").read_text() == "2026-11-22 a line\n"


def test_every_setting_of_the_environment_file_is_in_the_guide() -> None:
    guide = (DEPLOY.parent / "docs" / "operators-guide.md").read_text()
    names = re.findall(r"^(\w+)=", (DEPLOY / "environment").read_text(), re.MULTILINE)
    assert len(names) > 5
    assert [name for name in names if f"`{name}`" not in guide] == []
