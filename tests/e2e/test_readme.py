"""The README's commands, as they stand there, typed one after the other by somebody who has just cloned this."""

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from contracts.topology import SERVICES
from tests.e2e.running import System, running
from tests.e2e.writing import SEEDS

pytestmark = [pytest.mark.nats, pytest.mark.slow]

ROOT = Path(__file__).parents[2]
BLOCK = re.compile(r"^```sh\n(.*?)^```$", re.MULTILINE | re.DOTALL)
START = "make up"
FIRST_METRICS_PORT = 9101
COMMANDS_SECONDS = 200


def commands() -> list[str]:
    """Every line of every block, in order, comments and empty lines left out."""
    lines = "\n".join(BLOCK.findall((ROOT / "README.md").read_text())).splitlines()
    return [line for line in lines if line.strip() and not line.lstrip().startswith("#")]


@pytest.fixture
def clone(tmp_path: Path, atlas: Path) -> Iterator[System]:
    """A folder like a clone in which `make up` has been typed; only the ports are others."""
    folder = tmp_path / "wireroom"
    folder.mkdir()
    for name in ("seeds", "README.md", "Makefile"):
        (folder / name).symlink_to(ROOT / name)
    (folder / ".venv").symlink_to(sys.prefix)
    yield from running(folder, atlas, home=".wireroom")


def test_every_command_of_the_readme_works(clone: System) -> None:
    lines = commands()
    if not lines:
        pytest.skip("README.md has no ```sh block yet")
    assert lines[0] == START, "the first thing to type starts it all"
    told = typed([_here(line, clone) for line in lines[1:]], clone.folder)
    assert told.returncode == 0, f"{told.stdout}\n{told.stderr}"
    for seed in SEEDS:
        assert f"inbox:{seed.name}" in told.stdout


def test_make_knows_every_target_that_the_readme_names() -> None:
    named = set(re.findall(r"(?:`|^)make ([a-z]+)", (ROOT / "README.md").read_text(), re.MULTILINE))
    targets = set(re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text(), re.MULTILINE))
    assert {"up", "test"} <= named
    assert named <= targets


def typed(lines: list[str], folder: Path) -> "subprocess.CompletedProcess[str]":
    """What a shell makes of the lines; it stops at the first that fails."""
    ours = {name: value for name, value in os.environ.items() if not name.startswith("WIREROOM_")}
    if any(line.startswith("curl ") for line in lines) and shutil.which("curl") is None:
        pytest.skip("the README asks with curl, and there is none here")
    return subprocess.run(
        ["bash", "-euxo", "pipefail", "-c", "\n".join(lines)],
        cwd=folder,
        env=ours | {"COLUMNS": "200"},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        timeout=COMMANDS_SECONDS,
        check=False,
    )


def _here(line: str, system: System) -> str:
    """The line with the ports of this system, and with no second `make up`."""
    where = system.addresses()
    assert where is not None
    line = line.replace("127.0.0.1:4222", f"127.0.0.1:{system.port}")
    for place, service in enumerate(SERVICES):
        line = line.replace(f":{FIRST_METRICS_PORT + place}", f":{where['metrics_ports'][service]}")
    return re.sub(r"^make (?=\w)", f"make -n -C {ROOT} ", line)
