import importlib.util
import json
import re
import tomllib
from pathlib import Path

import pytest

from contracts.topology import SERVICES
from services.chassis.settings import House
from services.cli.pages import settings
from services.cli.pages.written import TEMPLATE_STORE

ROOT = Path(__file__).parents[2]
EXTRAS = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]["optional-dependencies"]
TARGETS = (*SERVICES, "nats", "cli")


@pytest.mark.parametrize("service", SERVICES)
def test_a_service_gets_its_own_extra_and_no_other(service: str, stages: dict[str, list[str]]) -> None:
    installed = re.findall(r'"wireroom\[(.+?)\]"', " ".join(stages[service]))

    assert installed == [service]
    assert service in EXTRAS


def test_the_person_gets_everything(stages: dict[str, list[str]]) -> None:
    assert '"wireroom[all]"' in " ".join(stages["cli"])
    assert set(re.findall(r"\w+", EXTRAS["all"][0])) >= {*SERVICES, "cli"}


@pytest.mark.parametrize("service", SERVICES)
def test_an_image_starts_the_service_that_it_is_named_after(service: str, stages: dict[str, list[str]]) -> None:
    [command] = [json.loads(line.removeprefix("CMD ")) for line in stages[service] if line.startswith("CMD ")]

    assert command == ["python", "-m", f"services.{service}"]
    assert importlib.util.find_spec(f"services.{service}.__main__")


@pytest.mark.parametrize("target", TARGETS)
def test_nothing_runs_as_root(target: str, stages: dict[str, list[str]]) -> None:
    users = [line for line in stages[target] if line.startswith("USER ")]

    assert users == ["USER wireroom"]
    assert stages[target].index(users[0]) > max(i for i, line in enumerate(stages[target]) if line.startswith("RUN "))


def test_what_is_installed_comes_from_the_lock_by_its_hash(stages: dict[str, list[str]]) -> None:
    fetching = [
        command
        for lines in stages.values()
        for line in lines
        for command in re.split("&&", line)
        if re.search(r"pip (install|wheel|download)", command) and "--no-index" not in command
    ]

    assert len(fetching) == 1
    assert "--require-hashes" in fetching[0]
    assert "-r locks/run.txt" in fetching[0]


def test_every_target_is_an_image_of_ours_on_python(stages: dict[str, list[str]]) -> None:
    assert {*stages} == {"", "wheels", "base", *TARGETS}
    assert {stages[target][0].split()[1] for target in TARGETS} == {"base"}
    assert {stages[stage][0].split()[1] for stage in ("wheels", "base")} == {"python:${PYTHON}"}


def test_what_is_copied_is_there_and_not_ignored(stages: dict[str, list[str]]) -> None:
    ignore = (ROOT / "deploy" / "Dockerfile.dockerignore").read_text(encoding="utf-8").split()
    copied = [
        source
        for lines in stages.values()
        for line in lines
        if line.startswith("COPY ")
        for source in line.split()[1:-1]
    ]

    for source in copied:
        assert (ROOT / source).exists()
        assert any(source.startswith(line[1:]) for line in ignore if line.startswith("!")), source


def test_an_image_sets_only_settings_and_makes_the_folders_that_it_names(stages: dict[str, list[str]]) -> None:
    told = dict(re.findall(r"(WIREROOM_\w+)=(\S+)", " ".join(stages["base"])))
    made = " ".join(line for line in stages["base"] if line.startswith("RUN "))

    assert set(told) <= set(settings.names(House))
    assert all(f" {folder}" in made for folder in (told["WIREROOM_HOME"], told["WIREROOM_INBOX"], TEMPLATE_STORE))
