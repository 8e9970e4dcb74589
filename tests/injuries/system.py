"""A system that can be hurt: `wireroom up` whose Python processes have the fault points armed from outside."""

import os
import signal
from contextlib import ExitStack, suppress
from pathlib import Path
from typing import ClassVar

import psutil

from contracts.outcomes import State
from contracts.topology import SERVICES
from tests.e2e.running import READY_SECONDS, SERVER, System, readers_of, until

HOOKS = Path(__file__).parent / "hooks"
READERS = ("fetch", "extract")  # the services that read in child processes
CHILD = " child"  # "extract child" is a child process of extract
CHILDREN = " children"  # "extract children" is the server that they are forked from


class Injured(System):
    """Its processes are told where to look for injuries; what a dead worker held is given out again soon."""

    defaults: ClassVar[dict[str, str]] = {"WIREROOM_ACK_WAIT_SECONDS": "3", "WIREROOM_FETCH_SETTLE_SECONDS": "0.2"}

    def __init__(self, folder: Path, atlas: Path | None = None, *, home: str = "home", **settings: str) -> None:
        self.beneath = ExitStack()  # undoes what a kind of system stands on: a disk, a server
        folder.mkdir(parents=True, exist_ok=True)
        super().__init__(folder, atlas, home=home, **(self.defaults | settings))
        self.injuries = folder / "injuries"
        self.injuries.mkdir(exist_ok=True)
        path = os.pathsep.join(filter(None, (str(HOOKS), self.environment.get("PYTHONPATH"))))
        self.environment |= {"PYTHONPATH": path, "WIREROOM_INJURIES": str(self.injuries)}

    def arm(self, service: str, point: str, deed: str) -> Path:
        """Hurt the next process of `service` that comes to `point`; the file that is returned is gone once it did."""
        draft, armed = self.injuries / "draft", self.injuries / f"{service}.{point}"
        draft.write_text(deed)
        return draft.replace(armed)

    def cure(self) -> None:
        """From now on documents hurt nobody: the defect that they were the victims of is mended."""
        (self.injuries / "cured").touch()

    def fall_ill_again(self) -> None:
        """From now on documents hurt whom they hurt before it was cured."""
        (self.injuries / "cured").unlink(missing_ok=True)

    def disarm(self) -> None:
        """Hurt nobody any more at a fault point."""
        for armed in self.injuries.iterdir():
            armed.unlink(missing_ok=True)

    def victims(self) -> dict[str, psutil.Process]:
        """Everything that may be killed alone and is started again, by name, as far as it runs now."""
        found = {}
        for name, process in self.processes().items():
            found[name] = process
            with suppress(psutil.Error):
                children = readers_of(process)
                if name in READERS and children:
                    found[name + CHILD] = children[0]
                    found[name + CHILDREN] = children[-1]
        return found

    def hit(self, name: str, number: int = signal.SIGKILL) -> bool:
        """Send a signal and wait for nothing; False where there is nobody of that name now."""
        victim = self.victims().get(name)
        if victim is None:
            return False
        with suppress(psutil.Error):
            victim.send_signal(number)
            return True
        return False

    def end(self, name: str, number: int = signal.SIGKILL) -> None:
        """Send a signal that ends it, once it runs, and wait until `up` has seen that it is gone."""
        until(lambda: name in self.processes(), seconds=60, what=f"{name} runs")
        victim = self.processes()[name]
        victim.send_signal(number)
        until(lambda: self.processes().get(name) != victim, seconds=60, what=f"{name} ends")

    def await_ready(self, seconds: float = READY_SECONDS) -> None:
        """Return when all services are ready and every child is there."""
        until(self.is_whole, seconds=seconds, what=lambda: f"all ready; it said: {self.said()[-2000:]}")

    def is_whole(self) -> bool:
        """Whether all processes run and all services say that they are ready."""
        with suppress(psutil.Error):
            return {*SERVICES, *self._servers()} <= self.processes().keys() and self.is_ready()
        return False

    def ended_inputs(self) -> int:
        """How many inputs have ended, as soon as the ledger can be read: once something came in it is not empty."""
        counts: dict[State, int] = {}

        def told() -> bool:
            counts.update(self.counts())
            return bool(counts)

        until(told, seconds=60, what="the ledger can be read")
        return sum(number for state, number in counts.items() if state is not State.IN_PROGRESS)

    def abandon(self) -> None:
        """End whatever is left of it, and then what it stood on, whatever comes of the first."""
        with self.beneath:
            super().abandon()

    def _servers(self) -> tuple[str, ...]:
        return () if "WIREROOM_NATS_URL" in self.environment else (SERVER,)
