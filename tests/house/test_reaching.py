"""What Baton talks to and where it writes its log: no module reaches out, or logs, but those that are named."""

import ast

from django.conf import settings

from tests.house.test_repository import SOURCE, modules

REACH = {"socket", "ssl", "http", "urllib.request", "ftplib", "smtplib", "telnetlib", "poplib", "imaplib", "asyncio"}
REACH |= {"requests", "httpx", "aiohttp", "urllib3", "xmlrpc", "subprocess", "paramiko"}
# docs/security/README.md, "What Baton talks to", says what for.
MAY = {
    "accounts/adapters/directory.py": {"requests"},  # the council's directory
    "accounts/views/signing_in.py": {"requests"},  # names its failures
    "platform/scanner.py": {"socket"},  # clamd
    "command/listening.py": {"socket", "http"},  # where it listens, and whether it answers there
    "command/serving.py": {"socket", "subprocess"},  # its own web server
    "command/programs.py": {"subprocess"},  # Baton's own programs
    "command/backups.py": {"subprocess"},
    "cluster/making.py": {"subprocess"},  # PostgreSQL's own programs
    "cluster/backups.py": {"subprocess"},
    "cluster/binaries.py": {"subprocess"},
    "cluster/supervision.py": {"subprocess"},
    "cluster/background.py": {"subprocess"},
    "cluster/server.py": {"subprocess"},
    "cluster/archive.py": {"subprocess"},
}
LOGS_OF_ITS_OWN = {"addHandler", "basicConfig", "FileHandler", "RotatingFileHandler", "SysLogHandler", "SMTPHandler"}
LOGS_OF_ITS_OWN |= {"HTTPHandler", "SocketHandler", "dictConfig", "fileConfig"}


def imported() -> dict[str, set[str]]:
    """By module, what it imports that can reach something outside."""
    found: dict[str, set[str]] = {}
    for path in modules():
        for node in ast.walk(ast.parse(path.read_text())):
            names = [each.name for each in node.names] if isinstance(node, ast.Import) else []
            names += [str(node.module)] if isinstance(node, ast.ImportFrom) else []
            reaches = {each for name in names for each in REACH if name == each or name.startswith(f"{each}.")}
            if reaches:
                found.setdefault(str(path.relative_to(SOURCE)), set()).update(reaches)
    return found


def test_nothing_reaches_out_but_what_is_on_the_list() -> None:
    assert imported() == MAY


def test_logs_go_to_standard_error_and_nowhere_else() -> None:
    assert list(settings.LOGGING["handlers"]) == ["stderr"]
    assert settings.LOGGING["handlers"]["stderr"]["class"] == "logging.StreamHandler"
    assert "stream" not in settings.LOGGING["handlers"]["stderr"], "its own default: standard error"
    for logger in [settings.LOGGING["root"], *settings.LOGGING["loggers"].values()]:
        assert set(logger.get("handlers", [])) <= {"stderr"}


def test_no_module_opens_a_log_of_its_own() -> None:
    found = []
    for path in modules():
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.Attribute) and node.attr in LOGS_OF_ITS_OWN:
                found.append(f"{path.relative_to(SOURCE)}: {node.attr}")
    assert found == []
