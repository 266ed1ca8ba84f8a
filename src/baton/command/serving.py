"""`baton serve`: everything Baton needs, in one foreground process that stops what it started."""

import os
import signal
import socket
import subprocess
import sys
import time
from argparse import ArgumentParser, Namespace
from contextlib import closing

from baton.cluster.connection import database_name, database_settings, uses_embedded_cluster
from baton.cluster.databases import prepare
from baton.cluster.holder import Holder, wait_until_it_answers
from baton.cluster.home import Home, home_in, var_folder
from baton.cluster.server import NotStarted, Server
from baton.cluster.supervision import Child, Supervisor
from baton.command import demonstration
from baton.command.checking import is_for_real
from baton.command.listening import address_of, name_again, serves_pages, take_port
from baton.command.migrations import is_up_to_date
from baton.command.programs import baton, child_of_ours, finish
from baton.command.progress import say, step
from baton.command.ready import choose_place, place_argument
from baton.command.refusal import Refusal

ANSWERS_WITHIN = 60.0


def serve_arguments(parser: ArgumentParser) -> None:
    place_argument(parser)
    told = os.environ.get
    parser.add_argument(
        "--host", default=told("BATON_HOST", "127.0.0.1"), help="BATON_HOST, else 127.0.0.1; unix:FILE for a proxy"
    )
    parser.add_argument("--port", type=int, default=told("BATON_PORT", "8000"), help="BATON_PORT, else 8000")
    parser.add_argument("--workers", type=int, default=told("BATON_WORKERS", "2"), help="web processes")
    parser.add_argument("--threads", type=int, default=told("BATON_THREADS", "4"), help="threads in each")
    parser.add_argument("--no-worker", action="store_true", help="the worker runs elsewhere, as baton worker")
    parser.add_argument("--run-as", help="the account PostgreSQL runs as, when you are root (postgres when not given)")
    parser.add_argument("--demo", action="store_true", help="fill an empty database with a place of invented people")
    parser.add_argument("--families", type=int, help="with --demo: how many families to invent")


def serve(arguments: Namespace) -> int:
    """Database, migrations, web server and, unless it runs elsewhere, worker; watched until Ctrl-C or SIGTERM."""
    choose_place(arguments)
    if arguments.demo:
        os.environ["BATON_DEMO"] = "1"
    supervisor = Supervisor(say)
    supervisor.listen_for_stop()
    with closing(take_port(arguments.host, arguments.port)) as port, Holder(_home(arguments)) as holder:
        try:
            return _run(supervisor, holder, port, arguments)
        finally:
            supervisor.stop()


def _home(arguments: Namespace) -> Home:
    return home_in(var_folder(), arguments.run_as)


def _run(supervisor: Supervisor, holder: Holder, port: socket.socket, arguments: Namespace) -> int:
    if uses_embedded_cluster():
        with step("PostgreSQL"):
            _start_database(supervisor, holder, arguments.run_as)
    with step("Tables"):
        migrate_when_needed(supervisor)
    if arguments.demo:
        demonstration.load_when_empty(arguments.families, supervisor)
    if is_for_real(host=arguments.host, demo=arguments.demo) and not supervisor.asked_to_stop:
        with step("Settings"):
            finish(baton("check", "--deploy"), supervisor)
    if supervisor.asked_to_stop:
        return 0
    if arguments.demo:
        finish(baton("demo", "people"), supervisor)
    with step("Web server" if arguments.no_worker else "Web server and worker"):
        web = Child("the web server", lambda: _web(port, arguments), patience=30)
        supervisor.start(web)
        _wait_for_web(web, supervisor, arguments)
        if not arguments.no_worker:
            supervisor.start(Child("the worker", lambda: child_of_ours(baton("worker")), patience=20))
    say(f"Baton is on {address_of(arguments.host, arguments.port)}. Ctrl-C stops it.")
    supervisor.watch()
    return 0


def migrate_when_needed(supervisor: Supervisor) -> None:
    """Starting Django only to learn that there is nothing to migrate would double the time until pages come."""
    if not is_up_to_date(database_settings()["owner"]):
        finish(baton("db", "migrate"), supervisor)


def _start_database(supervisor: Supervisor, holder: Holder, run_as: str | None) -> None:
    """Our own child, or one that `baton db start` keeps in the background."""
    home = holder.home
    if holder.take("serve"):
        server = Server(home, run_as)
        supervisor.start(Child("PostgreSQL", server.start, stop_signal=signal.SIGINT, patience=60))
    elif not wait_until_it_answers(home):
        raise NotStarted(f"PostgreSQL does not answer. See {home.log}.")
    prepare(home, database_name())


def web_command(*, bind: str, workers: int, threads: int) -> list[str]:
    """The web server as Baton runs it, on an address or on `fd://` and the number of an open socket.

    It loads the application before it forks, so that a process that died is replaced at once.
    """
    command = [sys.executable, "-m", "gunicorn", "baton.wsgi:application", "--no-control-socket"]
    command += ["--bind", bind, "--worker-class", "gthread", "--workers", str(workers), "--threads", str(threads)]
    return [*command, "--preload", "--timeout", "60", "--graceful-timeout", "20", "--log-level", "warning"]


def _web(port: socket.socket, arguments: Namespace) -> subprocess.Popen[bytes]:
    number = port.fileno()
    name_again(arguments.host)
    command = web_command(bind=f"fd://{number}", workers=arguments.workers, threads=arguments.threads)
    return child_of_ours(command, sockets=(number,))


def _wait_for_web(web: Child, supervisor: Supervisor, arguments: Namespace) -> None:
    end = time.monotonic() + ANSWERS_WITHIN
    while not supervisor.asked_to_stop:
        if serves_pages(arguments.host, arguments.port):
            return
        if not web.is_running:
            raise Refusal("The web server ended as soon as it had started; what it said is above.")
        if time.monotonic() > end:
            raise Refusal(f"The web server did not answer within {ANSWERS_WITHIN:.0f} seconds.")
        time.sleep(0.1)
