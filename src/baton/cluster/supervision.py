"""Keeps programs running: starts them in order, starts again what dies, stops them in reverse."""

import os
import signal
import subprocess
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from types import FrameType

LOOKS_EVERY = 0.2
LONGEST_PAUSE = 10.0
STEADY_AFTER = 10.0


@dataclass
class Child:
    """One program. `start` returns it running; `stop_signal` asks it to end; after `patience` seconds it is killed."""

    name: str
    start: Callable[[], subprocess.Popen[bytes]]
    stop_signal: signal.Signals = signal.SIGTERM
    patience: float = 30
    process: subprocess.Popen[bytes] | None = None
    deaths: int = 0
    next_try: float = 0
    started: float = field(default=0)

    @property
    def is_running(self) -> bool:
        return self.process is not None and self.process.poll() is None

    def launch(self) -> None:
        self.started = time.monotonic()
        self.process = self.start()

    def end(self) -> None:
        if not self.process or not self.is_running:
            return
        self.process.send_signal(self.stop_signal)
        try:
            self.process.wait(self.patience)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()

    def send_its_children_home(self) -> None:
        """What a killed program left behind finishes what it does and ends. A child leads a group of its own."""
        if self.process:
            with suppress(ProcessLookupError, PermissionError):
                os.killpg(self.process.pid, signal.SIGTERM)

    def fail(self) -> float:
        """Note a death; returns how long to pause before the next try: longer each time it dies young."""
        steady = time.monotonic() - self.started > STEADY_AFTER
        self.deaths = 1 if steady else self.deaths + 1
        pause: float = min(0.1 * 2.0 ** (self.deaths - 1), LONGEST_PAUSE)
        self.next_try = time.monotonic() + pause
        return pause


class Supervisor:
    """Runs until Ctrl-C or SIGTERM. `say` is told what happens, one sentence at a time."""

    def __init__(self, say: Callable[[str], None]) -> None:
        self.say = say
        self.children: list[Child] = []
        self.asked_to_stop = False

    def listen_for_stop(self) -> None:
        """From now on Ctrl-C, SIGTERM and a closed terminal ask for an orderly end."""
        for each in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(each, self._ask_to_stop)

    def start(self, child: Child) -> None:
        child.launch()
        self.children.append(child)

    def watch(self) -> None:
        """Start again what dies, until asked to stop."""
        while not self.asked_to_stop:
            for child in self.children:
                self._look_at(child)
            time.sleep(LOOKS_EVERY)

    def stop(self) -> None:
        for child in reversed(self.children):
            if child.is_running:
                self.say(f"Stopping {child.name}")
            child.end()
        self.children.clear()

    def _look_at(self, child: Child) -> None:
        if child.is_running or self.asked_to_stop:
            return
        if child.process is not None:
            code = child.process.returncode
            child.send_its_children_home()
            child.process = None
            self.say(f"{child.name} ended with {code}; starting it again in {child.fail():.1f} s")
        elif time.monotonic() >= child.next_try:
            self._launch_again(child)

    def _launch_again(self, child: Child) -> None:
        try:
            child.launch()
        except Exception as failure:
            child.process = None
            self.say(f"{child.name} did not start ({failure}); trying again in {child.fail():.0f} s")

    def _ask_to_stop(self, number: int, frame: FrameType | None) -> None:
        self.asked_to_stop = True
