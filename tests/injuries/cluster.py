"""Three nats-servers in folders of their own that keep every stream together; each can be killed, held, or emptied."""

import json
import shutil
import signal
import subprocess
import urllib.request
from collections.abc import Mapping
from contextlib import ExitStack
from pathlib import Path
from typing import Any, Self

from services.chassis.accounts import Cluster as Member
from services.chassis.accounts import keep_credentials, render
from services.chassis.testing import TEST_BUDGET_BYTES, free_port
from services.cli.local.system import LOOPBACK, server_binary
from tests.e2e.running import leashed, until
from tests.injuries.system import Injured

REPLICAS = 3
HEALTHY_SECONDS = 60.0  # until a node that was emptied has everything again
LAME_DUCK = 'lame_duck_duration: "30s"\nlame_duck_grace_period: "2s"\n'  # the shortest that there is
LED_SECONDS = 90.0  # until there is another leader; an election takes 4 to 9 s


class Node:
    """One server of the cluster."""

    def __init__(self, name: str, folder: Path) -> None:
        self.name, self.folder = name, folder / name
        self.port, self.route_port, self.monitor_port = free_port(), free_port(), free_port()
        self.url = f"nats://{LOOPBACK}:{self.port}"
        self.store = self.folder / "store"
        self._process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Start it; it joins the others by itself."""
        with (self.folder / "nats.log").open("ab") as log:
            self._process = leashed(
                [server_binary(), "-c", str(self.folder / "nats.conf"), "-m", str(self.monitor_port)],
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=subprocess.STDOUT,
            )

    def is_running(self) -> bool:
        """Whether it was started and has not ended."""
        return self._process is not None and self._process.poll() is None

    def send(self, number: int) -> None:
        """Send it a signal: SIGKILL, SIGSTOP, SIGCONT, SIGHUP, or SIGUSR2 for a lame duck."""
        if self._process is not None and self.is_running():
            self._process.send_signal(number)

    def end(self, number: int = signal.SIGKILL, *, seconds: float = 60.0) -> None:
        """Send it a signal that it ends of, and wait until it is gone."""
        self.send(number)
        if self._process is not None:
            self._process.wait(seconds)

    def wipe(self) -> None:
        """Remove everything that it kept; it must not run."""
        shutil.rmtree(self.store, ignore_errors=True)

    def is_healthy(self) -> bool:
        """Whether it answers, and has everything that it should have."""
        return self.look("/healthz").get("status") == "ok"

    def look(self, path: str) -> dict[str, Any]:
        """A page of its monitoring; empty where it does not answer."""
        try:
            with urllib.request.urlopen(f"http://{LOOPBACK}:{self.monitor_port}{path}", timeout=10) as answer:
                found: dict[str, Any] = json.load(answer)
                return found
        except (OSError, ValueError):
            return {}


class Cluster:
    """The servers, as one: their addresses, who leads what, and whether all is well."""

    def __init__(self, folder: Path, credentials: Mapping[str, str], *, budget_bytes: int = TEST_BUDGET_BYTES) -> None:
        self.nodes = {name: Node(name, folder) for name in ("a", "b", "c")}
        self.url = ",".join(node.url for node in self.nodes.values())
        self._budget_bytes = budget_bytes
        self.configure(credentials)

    def settings(self) -> dict[str, str]:
        """What a system is told so that it stands on these servers."""
        return {
            "WIREROOM_NATS_URL": self.url,
            "WIREROOM_NATS_REPLICAS": str(REPLICAS),
            "WIREROOM_DISK_BUDGET_BYTES": str(self._budget_bytes),
        }

    def configure(self, credentials: Mapping[str, str]) -> None:
        """Write each server's configuration; one that runs reads it again at SIGHUP."""
        routes = tuple(f"nats-route://route:between-us@{LOOPBACK}:{node.route_port}" for node in self.nodes.values())
        for node in self.nodes.values():
            node.folder.mkdir(parents=True, exist_ok=True)
            text = render(
                credentials,
                host=LOOPBACK,
                port=node.port,
                store_dir=str(node.store),
                budget_bytes=self._budget_bytes,
                cluster=Member(node.name, f"{LOOPBACK}:{node.route_port}", routes, "between-us", REPLICAS),
            )
            (node.folder / "nats.conf").write_text(text + LAME_DUCK)

    def start(self) -> Self:
        """Start all, and wait until they have found each other and a leader."""
        for node in self.nodes.values():
            node.start()
        self.wait_until_healthy()
        return self

    def make_whole(self) -> None:
        """Start whoever does not run, and wait until every server has everything."""
        for node in self.nodes.values():
            if not node.is_running():
                node.start()
        self.wait_until_healthy()

    def stop(self) -> None:
        """End all of them, each whatever comes of the others."""
        with ExitStack() as ends:
            for node in self.nodes.values():
                ends.callback(node.end)  # a stopped one too: kill -9 asks nobody

    def wait_until_healthy(self, seconds: float = HEALTHY_SECONDS) -> None:
        """Return when every server has everything; fail past the deadline."""
        until(self.is_healthy, seconds=seconds, what=lambda: f"all servers healthy, but {self.unhealthy()}")

    def is_healthy(self) -> bool:
        """Whether all servers are well, and know whom they follow."""
        return not self.unhealthy() and any(node.look("/jsz").get("meta_cluster") for node in self.nodes.values())

    def unhealthy(self) -> dict[str, Any]:
        """What the servers that are not well say of it."""
        return {name: node.look("/healthz") for name, node in self.nodes.items() if not node.is_healthy()}

    def leader(self, stream: str) -> Node | None:
        """Who leads a stream, as it says itself; None where nobody does."""
        return next((node for node in self.nodes.values() if stream in self.led(node)), None)

    def await_leader(self, stream: str, *, other_than: Node | None = None) -> Node:
        """Who leads a stream, as soon as somebody does who is not `other_than`."""
        found: list[Node] = []

        def is_led() -> bool:
            leader = self.leader(stream)
            found[:] = [leader] if leader is not None and leader is not other_than else []
            return bool(found)

        until(is_led, seconds=LED_SECONDS, what=f"a leader of {stream}")
        return found[0]

    def led(self, node: Node) -> list[str]:
        """The streams that a server leads."""
        accounts = node.look("/jsz?accounts=1&streams=1").get("account_details") or []
        streams = [stream for account in accounts for stream in account.get("stream_detail") or []]
        return [stream["name"] for stream in streams if stream.get("cluster", {}).get("leader") == node.name]


class Clustered(Injured):
    """A system that stands on three servers; `url` names all of them."""

    def __init__(self, folder: Path, atlas: Path | None = None, **settings: str) -> None:
        super().__init__(folder, atlas, **settings)
        self.cluster = Cluster(folder / "cluster", keep_credentials(self.home))
        self.beneath.callback(self.cluster.stop)
        self.url = self.cluster.url
        self.environment |= self.cluster.settings()

    def start(self) -> Self:
        """Start the servers too, unless they run."""
        if not self.cluster.is_healthy():
            self.cluster.start()
        super().start()
        return self
