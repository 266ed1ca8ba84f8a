"""Asks the public lists of known weaknesses about every package that is pinned here, by pip-audit and by npm.

Ends with 0 when none is known, with 1 when one is, and with 3 when nobody could be asked about all of them. Each list
is also asked about a package that every list has known to be weak for years: one that is silent about it says nothing
of ours either. The list is pip-audit's and npm's own, or what PIP_AUDIT_VULNERABILITY_SERVICE, PIP_AUDIT_OSV_URL and
npm_config_registry say.
"""

import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
NONE_KNOWN, WEAK, NOT_AUDITED = 0, 1, 3
PYTHON_LOCKS = ("dev.txt", "node.txt")  # what base.txt pins is in both: tests/house/test_installing.py
WEAK_OF_OLD = ("lxml", "4.6.2"), ("minimist", "0.0.8")  # PYSEC-2021-19; CVE-2021-44906
SECONDS = int(os.environ.get("BATON_AUDIT_SECONDS", "60"))  # for each of the two; a list that answers takes a few


class NotAudited(Exception):
    """Why nobody could be asked."""


def main() -> int:
    ended = [_ask("Python's packages", python_weaknesses), _ask("npm's packages", npm_weaknesses)]
    return WEAK if WEAK in ended else max(ended)


def _ask(what: str, weaknesses: Callable[[], list[str]]) -> int:
    try:
        found = weaknesses()
    except NotAudited as why:
        print(f"NOT AUDITED: whether a weakness of {what} is known, nobody could say: {why}")
        return NOT_AUDITED
    for each in found:
        print(f"WEAK: {each}")
    if not found:
        print(f"{what}: no known weakness.")
    return WEAK if found else NONE_KNOWN


def python_weaknesses() -> list[str]:
    """Each as a sentence. Raises `NotAudited`."""
    with tempfile.TemporaryDirectory() as folder:
        said = Path(folder) / "said.json"
        old = Path(folder) / "old.txt"
        old.write_text(f"{'=='.join(WEAK_OF_OLD[0])} --hash=sha256:{'0' * 64}\n")
        command = [sys.executable, "-m", "pip_audit", "--progress-spinner", "off", "--timeout", "10"]
        command += ["--require-hashes", "--disable-pip", "--cache-dir", f"{folder}/cache"]
        command += ["--format", "json", "--output", str(said), "--requirement", str(old)]
        for lock in PYTHON_LOCKS:
            command += ["--requirement", str(ROOT / "requirements" / lock)]
        complaints = _run(command, folder=ROOT)
        if not said.exists():
            raise NotAudited(_last_line(complaints))
        answers: list[dict[str, Any]] = json.loads(said.read_text())["dependencies"]
    unknown = sorted(each["name"] for each in answers if "skip_reason" in each)
    found = {(each["name"], each["version"]): each["vulns"] for each in answers if each.get("vulns")}
    knows = found.pop(WEAK_OF_OLD[0], None)
    weak = [
        f"{name} {version}: {known['id']}, better in {', '.join(known['fix_versions']) or 'no version'}"
        for (name, version), vulns in found.items()
        for known in vulns
    ]
    if not weak and unknown:
        raise NotAudited(f"the list does not know {len(unknown)} of {len(answers)} packages, such as {unknown[0]}.")
    if not weak and not knows:
        raise NotAudited(f"the list knows nothing of {' '.join(WEAK_OF_OLD[0])}, which is known to be weak.")
    return weak


def npm_weaknesses() -> list[str]:
    """Each as a sentence. Raises `NotAudited`."""
    name, version = WEAK_OF_OLD[1]
    package, lock = (json.loads((ROOT / each).read_text()) for each in ("package.json", "package-lock.json"))
    for asking in (package, lock["packages"][""]):
        asking["dependencies"][name] = version
    lock["packages"][f"node_modules/{name}"] = {"version": version}
    with tempfile.TemporaryDirectory() as folder:
        (Path(folder) / "package.json").write_text(json.dumps(package))
        (Path(folder) / "package-lock.json").write_text(json.dumps(lock))
        node = subprocess.run(
            [ROOT / "scripts" / "node-bin"], capture_output=True, text=True, check=True
        ).stdout.strip()
        command = [
            f"{node}/npm",
            "audit",
            "--json",
            "--package-lock-only",
            "--fetch-retries=0",
            "--fetch-timeout=10000",
        ]
        said = _run(command, folder=Path(folder), path=node)
    try:
        answer = json.loads(said)
    except ValueError:
        raise NotAudited(_last_line(said)) from None
    if "vulnerabilities" not in answer:
        raise NotAudited(str(answer.get("message") or answer.get("error") or said)[:200])
    found = answer["vulnerabilities"]
    knows = found.pop(name, None)
    weak = [
        f"{package} {_version(lock, package)}: {known['title']} ({known['url']})"
        for package, each in found.items()
        for known in each["via"]
        if isinstance(known, dict)  # a name alone: it is weak because of another that stands here too
    ]
    if not weak and not knows:
        raise NotAudited(f"the list knows nothing of {name} {version}, which is known to be weak.")
    return weak


def _version(lock: dict[str, Any], package: str) -> str:
    found = (each["version"] for path, each in lock["packages"].items() if path.endswith(f"node_modules/{package}"))
    return ", ".join(sorted(set(found)))


def _run(command: list[str], *, folder: Path, path: str = "") -> str:
    """What it said: its answer where it gives one, else its complaints."""
    environment = os.environ | {"PATH": f"{path}:{os.environ['PATH']}"} if path else os.environ
    try:
        done = subprocess.run(
            command, cwd=folder, env=environment, capture_output=True, text=True, timeout=SECONDS, check=False
        )
    except subprocess.TimeoutExpired:
        raise NotAudited(f"no answer within {SECONDS} seconds.") from None
    return done.stdout.strip() or done.stderr.strip()


def _last_line(said: str) -> str:
    return (said.splitlines() or ["it ended without a word"])[-1][:200]


if __name__ == "__main__":
    sys.exit(main())
