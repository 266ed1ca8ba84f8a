"""Asking whether a pinned package has a known weakness: three answers, and none of them by silence.

pip-audit and npm themselves ask; a small server of ours stands in for the public lists.
"""

import gzip
import importlib.util
import json
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from types import ModuleType
from typing import Any

import pytest

from tests.house.test_installing import ROOT, _pins

SCRIPT = ROOT / "scripts" / "audit.py"
OF_OLD = {"lxml": "PYSEC-2021-19", "minimist": "CVE-2021-44906"}
OURS = {"django": "PYSEC-2099-1", "govuk-frontend": "GHSA-of-tests"}
BOTH = 2  # Python's list and npm's


class Lists(ThreadingHTTPServer):
    """Both lists: which packages are weak, by what; and how long each answer takes."""

    daemon_threads = True

    def __init__(self, weak: dict[str, str], *, seconds: float = 0) -> None:
        super().__init__(("127.0.0.1", 0), Answer)
        self.weak, self.seconds = weak, seconds
        self.asked: set[str] = set()

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.server_port}"


class Answer(BaseHTTPRequestHandler):
    server: Lists

    def do_POST(self) -> None:
        time.sleep(self.server.seconds)
        body = self.rfile.read(int(self.headers["Content-Length"]))
        asked = json.loads(gzip.decompress(body) if self.headers.get("Content-Encoding") == "gzip" else body)
        is_npm = self.path.startswith("/-/npm/")
        said = json.dumps(self.of_npm(asked) if is_npm else self.of_python(asked["package"]["name"])).encode()
        self.send_response(200)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(said)))
        self.end_headers()
        with suppress(BrokenPipeError):  # whoever asked had no more time
            self.wfile.write(said)

    def of_python(self, name: str) -> dict[str, Any]:
        self.server.asked.add(name)
        if name not in self.server.weak:
            return {}
        ranges = [{"type": "ECOSYSTEM", "events": [{"introduced": "0"}, {"fixed": "99.1"}]}]
        affected = [{"package": {"name": name, "ecosystem": "PyPI"}, "ranges": ranges}]
        return {"vulns": [{"id": self.server.weak[name], "summary": "of tests", "affected": affected}]}

    def of_npm(self, asked: dict[str, list[str]]) -> dict[str, Any]:
        self.server.asked |= set(asked)
        known = {"id": 1, "severity": "high", "vulnerable_versions": "<99.1", "cwe": [], "cvss": {"score": 9}}
        return {
            name: [known | {"title": "of tests", "url": f"https://list.example/{self.server.weak[name]}"}]
            for name in asked
            if name in self.server.weak
        }

    def do_GET(self) -> None:
        self.send_error(404)

    def log_message(self, *args: object) -> None:
        pass


def audit(address: str, **more: str) -> subprocess.CompletedProcess[str]:
    told = {
        "PIP_AUDIT_VULNERABILITY_SERVICE": "osv",
        "PIP_AUDIT_OSV_URL": f"{address}/",
        "npm_config_registry": address,
    }
    told |= {"NO_PROXY": "127.0.0.1", "BATON_AUDIT_SECONDS": "300"}
    environment = {**os.environ, **told, **more}
    return subprocess.run([sys.executable, str(SCRIPT)], env=environment, capture_output=True, text=True, check=False)


@pytest.fixture
def lists(request: pytest.FixtureRequest) -> Iterator[Lists]:
    server = Lists(**request.param)
    Thread(target=server.serve_forever, daemon=True).start()
    yield server
    server.shutdown()
    server.server_close()


@pytest.mark.parametrize("lists", [{"weak": OF_OLD}], indirect=True)
def test_where_no_weakness_is_known_it_ends_with_0_and_has_asked_about_every_package(lists: Lists) -> None:
    done = audit(lists.address)
    assert (done.returncode, done.stderr) == (0, ""), done.stdout
    assert done.stdout.count("no known weakness") == BOTH
    pinned = {pin.split("==")[0] for lock in (ROOT / "requirements").glob("*.txt") for pin in _pins(lock)}
    fetched = json.loads((ROOT / "package-lock.json").read_text())["packages"]
    assert lists.asked >= pinned | {path.rpartition("node_modules/")[2] for path in fetched if path}


@pytest.mark.parametrize("lists", [{"weak": OF_OLD | OURS}], indirect=True)
def test_a_known_weakness_ends_it_with_1_and_is_named(lists: Lists) -> None:
    done = audit(lists.address)
    assert done.returncode == 1, done.stdout
    weak = [line for line in done.stdout.splitlines() if line.startswith("WEAK: ")]
    assert len(weak) == len(OURS)
    assert "django 5." in weak[0]
    assert "PYSEC-2099-1, better in 99.1" in weak[0]
    assert "govuk-frontend 6." in weak[1]
    assert "GHSA-of-tests" in weak[1]


@pytest.mark.parametrize("lists", [{"weak": {}}], indirect=True)
def test_a_list_that_knows_of_no_weakness_at_all_is_not_believed(lists: Lists) -> None:
    done = audit(lists.address)
    assert done.returncode == 3, done.stdout
    assert done.stdout.count("NOT AUDITED: ") == BOTH
    assert done.stdout.count("which is known to be weak") == BOTH


@pytest.mark.parametrize("lists", [{"weak": OF_OLD, "seconds": 30}], indirect=True)
def test_who_does_not_answer_is_not_waited_for(lists: Lists) -> None:
    done = audit(lists.address, BATON_AUDIT_SECONDS="4")
    assert done.returncode == 3, done.stdout
    assert done.stdout.count("no answer within 4 seconds") == BOTH


def test_where_nobody_can_be_asked_it_says_so_and_ends_with_3() -> None:
    done = audit("http://127.0.0.1:9")
    assert done.returncode == 3, done.stdout
    assert done.stdout.count("NOT AUDITED: ") == BOTH
    assert "no known weakness" not in done.stdout


@pytest.fixture
def script() -> ModuleType:
    spec = importlib.util.spec_from_file_location("audit", SCRIPT)
    assert spec
    assert spec.loader
    made = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(made)
    return made


def test_a_package_that_the_list_does_not_know_is_not_taken_for_sound(
    script: ModuleType, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """As an index answers that has packages and no weaknesses."""

    def answers(command: list[str], *, folder: Path) -> str:
        known = [{"name": "lxml", "version": "4.6.2", "vulns": [{"id": "PYSEC-2021-19", "fix_versions": []}]}]
        said = {"dependencies": [*known, {"name": "django", "skip_reason": "not found"}]}
        Path(command[command.index("--output") + 1]).write_text(json.dumps(said))
        return ""

    monkeypatch.setattr(script, "_run", answers)
    monkeypatch.setattr(script, "npm_weaknesses", list)
    assert script.main() == 3
    assert "does not know 1 of 2 packages, such as django" in capsys.readouterr().out


@pytest.mark.parametrize(("audit_ends", "tests_end", "ends"), [(0, 0, 0), (3, 0, 0), (1, 0, 1), (3, 2, 2), (2, 0, 1)])
def test_ci_fails_by_a_weakness_and_goes_on_where_nobody_can_be_asked(
    tmp_path: Path, audit_ends: int, tests_end: int, ends: int
) -> None:
    (tmp_path / ".ci").mkdir()
    shutil.copy(ROOT / ".ci" / "run", tmp_path / ".ci" / "run")
    for name, lines in (
        (".venv/bin/python", f'echo "NOT AUDITED: $1"; exit {audit_ends}'),
        ("stand-in/make", f'[ "$2" = install-dev ] || exit {tests_end}'),
    ):
        program = tmp_path / name
        program.parent.mkdir(parents=True)
        program.write_text(f"#!/bin/sh\n{lines}\n")
        program.chmod(0o755)
    environment = {**os.environ, "PATH": f"{tmp_path / 'stand-in'}:{os.environ['PATH']}"}
    done = subprocess.run([tmp_path / ".ci" / "run"], env=environment, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout) == (ends, "NOT AUDITED: scripts/audit.py\n")
