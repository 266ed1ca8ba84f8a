"""The commands there are, and where each is written."""

from argparse import ArgumentParser, Namespace
from collections.abc import Callable
from dataclasses import dataclass
from types import ModuleType

AddArguments = Callable[[ArgumentParser], None]
Act = Callable[[Namespace], int]


@dataclass(frozen=True)
class Command:
    """`module` holds `<name>_arguments(parser)` and `<name>(arguments)`; without a name, `main(words)` reads it all."""

    words: str
    module: str
    name: str
    about: str

    def functions(self, module: ModuleType) -> tuple[AddArguments, Act]:
        return getattr(module, f"{self.name}_arguments"), getattr(module, self.name)


LIST = (
    Command("serve", "baton.command.serving", "serve", "Run Baton: database, web server and worker, until Ctrl-C."),
    Command("check", "baton.command.checking", "check", "Say what is wrong; --deploy: what is too weak for real use."),
    Command("worker", "baton.command.application", "worker", "Do background jobs, until Ctrl-C."),
    Command("db start", "baton.command.database", "start", "Start the embedded PostgreSQL in the background."),
    Command("db stop", "baton.command.database", "stop", "Stop the PostgreSQL that db start started."),
    Command("db status", "baton.command.database", "status", "Say whether the database answers, and where it is."),
    Command("db migrate", "baton.command.database", "migrate", "Bring the tables up to this version of Baton."),
    Command("db key", "baton.command.backups", "key", "Make the key that opens backups; keep it elsewhere."),
    Command("db backup", "baton.command.backups", "backup", "Write the whole database to an encrypted file."),
    Command("db restore", "baton.command.backups", "restore", "Fill an empty database from a backup."),
    Command("db verify", "baton.command.backups", "verify", "Prove that a backup restores, and to the same records."),
    Command("db copy", "baton.command.moments", "copy", "Copy the running cluster, to come back to a moment later."),
    Command("db recover", "baton.command.moments", "recover", "Make a new cluster as an old one stood at a moment."),
    Command("db shell", "baton.command.database", "shell", "Open psql on the database."),
    Command(
        "admin invite", "baton.command.application", "invite", "Invite the first administrator: prints a link, once."
    ),
    Command("demo load", "baton.command.application", "load", "Fill the database with a place of invented people."),
    Command("demo people", "baton.command.application", "people", "List whom one can sign in as in the demo place."),
    Command("frameworks check", "baton.practice.command", "", "Check the frameworks' files; says file, line and fix."),
    Command(
        "deadlines explain",
        "baton.practice.command",
        "",
        "Work out and explain the deadlines of an episode in a file.",
    ),
    Command(
        "deadlines rebuild", "baton.command.application", "rebuild", "Remake every stored deadline from what happened."
    ),
    Command(
        "deadlines verify", "baton.command.application", "verify", "Prove that stored deadlines equal remade ones."
    ),
    Command("search rebuild", "baton.command.application", "search", "Make what people are found by anew."),
    Command("search sweep", "baton.command.application", "sweep", "Look through everybody for people recorded twice."),
    Command("audit seal", "baton.command.audit", "seal", "Seal the record of every look and change up to now."),
    Command("audit verify", "baton.command.audit", "verify", "Prove that no sealed entry was touched, and none added."),
    Command("documents scan", "baton.command.documents", "scan", "Ask ClamAV about documents nobody has scanned yet."),
    Command("documents verify", "baton.command.documents", "verify", "Prove that documents hold what was added."),
    Command("continuity pack", "baton.command.continuity", "pack", "Write what teams need when the network is gone."),
    Command("import", "baton.command.importing", "bring", "Bring in an extract of another system, or try it."),
    Command("import check", "baton.command.importing", "check", "Check a mapping file; says file, line and fix."),
    Command("import example", "baton.command.importing", "example", "Write a small extract to try a mapping with."),
    Command("import runs", "baton.command.importing", "runs", "List what was brought in."),
    Command("import undo", "baton.command.importing", "undo", "Take back exactly what a run brought."),
    Command("audit watch", "baton.command.audit", "watch", "Look through who looked at what, for misuse."),
    Command("manage", "baton.command.application", "manage", "Pass the rest on to Django's own commands."),
)
COMMANDS = {each.words: each for each in LIST}
