import asyncio
import os
import re
import sys
import urllib.request
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from services.chassis.accounts import USERS, render
from services.chassis.testing import LocalServer, free_port, until
from services.cli.pages.written import password_variable

SERVICES = ("language", "dedup", "store")  # extract and fetch start the same, and take long
BUDGET_BYTES = 1 << 30


class Containers:
    """What compose would start, as processes here: its commands, its environments, and nothing else of ours."""

    def __init__(
        self, compose: dict[str, Any], stages: dict[str, list[str]], passwords: dict[str, str], folder: Path
    ) -> None:
        self._compose, self._stages, self._passwords, self._folder = compose, stages, passwords, folder
        self.url = ""

    async def start(self, name: str, **told: str) -> asyncio.subprocess.Process:
        home = self._folder / ("home" if self._compose["services"][name].get("volumes") else name)
        home.mkdir(exist_ok=True)
        for config in self._compose["services"][name].get("configs", ()):
            content = self._filled(self._compose["configs"][config["source"]]["content"])
            (home / Path(config["target"]).name).write_text(content)
        environment = {
            **{
                key: self._filled(value)
                for key, value in self._compose["services"][name].get("environment", {}).items()
            },
            "WIREROOM_NATS_URL": self.url,
            "WIREROOM_DISK_BUDGET_BYTES": str(BUDGET_BYTES),
            "WIREROOM_HOME": str(home),
            "PATH": os.environ["PATH"],
            **told,
        }
        return await asyncio.create_subprocess_exec(sys.executable, *self._arguments(name), env=environment)

    def _arguments(self, name: str) -> list[str]:
        block = self._compose["services"][name]
        [command] = (
            [block["command"]]
            if "command" in block
            else [
                line.removeprefix("CMD ") for line in self._stages[block["build"]["target"]] if line.startswith("CMD ")
            ]
        )
        words = command if isinstance(command, list) else re.findall(r'"(.+?)"', command)
        assert words[0] == "python"
        return words[1:]

    def _filled(self, text: str) -> str:
        return re.sub(r"\$\{(\w+).*?\}", lambda name: self._passwords[name[1]], text)


def _ready(port: int) -> bool:
    try:
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/readyz", timeout=10) as answer:
            return bool(answer.status == 200)
    except OSError:  # not there yet, or not ready
        return False


@pytest.mark.nats
@pytest.mark.slow
async def test_what_compose_starts_comes_to_be_ready_and_stops(
    compose: dict[str, Any], stages: dict[str, list[str]], passwords: dict[str, str], tmp_path: Path
) -> None:
    server = LocalServer(tmp_path / "server")
    known = {user: passwords[password_variable(user)] for user in USERS}
    conf = render(
        known, host="127.0.0.1", port=server.port, store_dir=str(tmp_path / "nats"), budget_bytes=BUDGET_BYTES
    )
    (server.home / "nats.conf").write_text(conf)
    containers = Containers(compose, stages, passwords, tmp_path)
    containers.url = server.url
    await server.start()
    ports = {service: free_port() for service in SERVICES}
    running = []
    try:
        for job in ("streams", "databases"):
            assert await (await containers.start(job)).wait() == 0, job
        running = [
            await containers.start(service, **{f"WIREROOM_{service.upper()}_METRICS_PORT": str(port)})
            for service, port in ports.items()
        ]
        for port in ports.values():
            await until(partial(asyncio.to_thread, _ready, port), seconds=120)
        for process in running:
            process.terminate()
        assert [await process.wait() for process in running] == [0, 0, 0]
    finally:
        for process in running:
            if process.returncode is None:
                process.kill()
                await process.wait()
        await server.stop()
