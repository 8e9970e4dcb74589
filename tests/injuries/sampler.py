"""What an outage costs: memory and CPU of every process of a system, and what its pages said meanwhile."""

import json
import threading
import time
from collections import Counter
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass, field
from types import TracebackType
from typing import Self

import psutil

from contracts.topology import SERVICES
from tests.e2e.running import SERVER, System
from tests.injuries.system import CHILD, CHILDREN

LOOK_SECONDS = 2.0
MEBIBYTE = 1 << 20


@dataclass
class Process:
    """One process from its first look to its last."""

    name: str
    first_rss: int
    first_cpu: float
    first_at: float
    last_rss: int = 0
    peak_rss: int = 0
    last_cpu: float = 0.0
    last_at: float = 0.0

    @property
    def grew_mebibytes(self) -> float:
        """How much larger than at first it ever was."""
        return (self.peak_rss - self.first_rss) / MEBIBYTE

    @property
    def cpu_percent(self) -> float:
        """Of one core, over the whole time."""
        seconds = self.last_at - self.first_at
        return 100.0 * (self.last_cpu - self.first_cpu) / seconds if seconds > 0 else 0.0

    def told(self) -> str:
        """A line for people."""
        held = f"{self.first_rss / MEBIBYTE:6.1f} MiB, grew by {self.grew_mebibytes:5.1f} MiB at most"
        return f"{self.name:<16} {held}, CPU {self.cpu_percent:5.2f} % over {self.last_at - self.first_at:.0f} s"


@dataclass
class Pages:
    """How often which answer came, and the reasons that stood in it."""

    answers: Counter[tuple[str, str, int]] = field(default_factory=Counter)  # service, page, status
    reasons: dict[str, Counter[str]] = field(default_factory=dict)  # by service

    def note(self, service: str, page: str, status: int, body: str) -> None:
        """One answer came; status 0 where none did."""
        self.answers[service, page, status] += 1
        if page == "/readyz" and status == 503:
            with suppress(ValueError, KeyError):
                self.reasons.setdefault(service, Counter()).update(json.loads(body)["reasons"])

    def statuses(self, page: str) -> dict[str, set[int]]:
        """By service, every status that a page had."""
        return {name: {code for who, what, code in self.answers if (who, what) == (name, page)} for name in SERVICES}


class Sampler:
    """Looks every few seconds, in a thread, for as long as it is open."""

    def __init__(self, system: System, *, besides: Iterable[psutil.Process] = (), every: float = LOOK_SECONDS) -> None:
        self._system, self._besides, self._every = system, list(besides), every
        self._found: dict[tuple[int, float], Process] = {}
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._run, name="sampler", daemon=True)
        self.pages = Pages()

    def __enter__(self) -> Self:
        self.look()
        self._thread.start()
        return self

    def __exit__(self, _k: type[BaseException] | None, _e: BaseException | None, _t: TracebackType | None) -> None:
        self._stop.set()
        self._thread.join()

    @property
    def processes(self) -> list[Process]:
        """Every process that was seen twice."""
        return [one for one in self._found.values() if one.last_at > one.first_at]

    def look(self) -> None:
        """Note every process once."""
        for process in [*self._system.family(), *self._besides]:
            with suppress(psutil.Error):
                self._note(process)

    def told(self) -> list[str]:
        """A line for every process, in the order in which they were met."""
        return [one.told() for one in self.processes]

    def _note(self, process: psutil.Process) -> None:
        with process.oneshot():
            rss, times, at = process.memory_info().rss, process.cpu_times(), time.monotonic()
            cpu = times.user + times.system
            key = (process.pid, process.create_time())
            known = self._found.get(key)
            if known is None:
                known = self._found[key] = Process(name_of(process), rss, cpu, at, peak_rss=rss)
        known.last_rss, known.peak_rss = rss, max(known.peak_rss, rss)
        known.last_cpu, known.last_at = cpu, at

    def _run(self) -> None:
        while not self._stop.wait(self._every):
            self.look()
            for service in SERVICES:
                for page in ("/livez", "/readyz"):
                    self.pages.note(service, page, *self._system.get(service, page))


def name_of(process: psutil.Process) -> str:
    """What a process of a system is: a service, a child of one, the server, or `up`."""
    line = process.cmdline()
    if line and line[0].endswith(SERVER):
        return SERVER
    for service in SERVICES:
        if f"services.{service}" in line:
            return service
    if "forkserver" in " ".join(line):
        parent = process.parent()
        owner = name_of(parent) if parent is not None else "nobody"
        return owner.replace(CHILDREN, CHILD) if owner.endswith(CHILDREN) else owner + CHILDREN
    return "resource tracker" if "resource_tracker" in " ".join(line) else "up"
