"""What is needed to install Baton is pinned, hashed, and says nothing about where one person fetched it."""

import json
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
LOCKS = sorted((ROOT / "requirements").glob("*.txt"))
ADDRESS = re.compile(r"https?://|file:|^--|/(?:home|root|opt|tmp)/", re.MULTILINE)
PINNED = re.compile(r"^[a-z0-9][a-z0-9._-]*(\[[a-z0-9,_-]+\])?==\S+( ;.*)? \\$")

pytestmark = pytest.mark.house


@pytest.mark.parametrize("lock", LOCKS, ids=lambda lock: str(lock.name))
def test_python_locks_carry_no_address(lock: Path) -> None:
    assert ADDRESS.findall(lock.read_text()) == []


@pytest.mark.parametrize("lock", LOCKS, ids=lambda lock: str(lock.name))
def test_every_python_package_is_pinned_with_its_hash(lock: Path) -> None:
    lines = lock.read_text().splitlines()
    for line, following in zip(lines, [*lines[1:], ""], strict=True):
        if line and line[0] not in " #":
            assert PINNED.match(line), line
            assert following.strip().startswith("--hash=sha256:"), line


def test_the_development_lock_agrees_with_the_base() -> None:
    base, development = (set(_pins(ROOT / "requirements" / name)) for name in ("base.txt", "dev.txt"))
    assert base <= development


def test_the_npm_lock_carries_hashes_and_no_address() -> None:
    packages = json.loads((ROOT / "package-lock.json").read_text())["packages"]
    fetched = {name: each for name, each in packages.items() if name}
    assert [name for name, each in fetched.items() if "resolved" in each] == []
    assert [name for name, each in fetched.items() if not each.get("integrity")] == []


def test_every_dependency_says_what_it_is_for() -> None:
    text = (ROOT / "pyproject.toml").read_text()
    block = text[text.index("dependencies = [") : text.index("[project.optional-dependencies]")]
    named = [line for line in block.splitlines() if line.strip().startswith('"')]
    assert named
    assert [line for line in named if "# " not in line] == []


def test_every_target_of_the_makefile_is_documented() -> None:
    text = (ROOT / "Makefile").read_text()
    phony = re.search(r"^\.PHONY: (.*)$", text, re.MULTILINE)
    assert phony
    documented = set(re.findall(r"^([a-z-]+):.*## ", text, re.MULTILINE))
    assert set(phony.group(1).split()) == documented


def _pins(lock: Path) -> list[str]:
    return re.findall(r"^([a-z0-9][^\s]*==[^\s]+)", lock.read_text(), re.MULTILINE)
