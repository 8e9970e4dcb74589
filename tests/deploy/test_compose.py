import importlib.util
import json
import re
from pathlib import Path
from typing import Any

import pytest

from contracts.topology import SERVICES
from services.chassis.accounts import USERS
from services.chassis.settings import House
from services.cli.local.migrations import remembering
from services.cli.options import settings_class
from services.cli.pages import settings
from services.cli.pages.written import TEMPLATE_BUDGET_BYTES, TEMPLATE_STORE, password_variable

BASE_PORT = int(House.model_fields["metrics_port_base"].default)
JOBS = {"streams": "services.chassis.streams", "databases": "services.cli.local.migrations"}

Compose = dict[str, Any]


def test_there_is_a_container_for_everything_that_up_starts(compose: Compose) -> None:
    assert set(compose["services"]) == {"nats", *JOBS, *SERVICES, "prometheus"}
    assert compose["services"]["prometheus"]["profiles"]  # only who asks for it


@pytest.mark.parametrize("service", [*SERVICES, "nats"])
def test_a_container_is_built_from_the_stage_of_its_name(
    service: str, compose: Compose, stages: dict[str, list[str]], deploy: Path
) -> None:
    build = compose["services"][service]["build"]

    assert build["target"] == service
    assert build["target"] in stages
    assert (deploy / build["context"] / build["dockerfile"]).samefile(deploy / "Dockerfile")


@pytest.mark.parametrize(("job", "module"), list(JOBS.items()))
def test_a_job_runs_a_module_of_ours_and_ends(
    job: str, module: str, compose: Compose, stages: dict[str, list[str]]
) -> None:
    assert compose["services"][job]["command"] == ["python", "-m", module]
    assert importlib.util.find_spec(module)
    assert compose["services"][job]["build"]["target"] in stages
    assert compose["services"][job]["restart"].startswith("on-failure")


@pytest.mark.parametrize("service", SERVICES)
def test_a_service_waits_for_the_server_its_stream_and_the_tables(service: str, compose: Compose) -> None:
    assert compose["services"][service]["depends_on"] == {
        "nats": {"condition": "service_healthy"},
        "streams": {"condition": "service_completed_successfully"},
        "databases": {"condition": "service_completed_successfully"},
    }


@pytest.mark.parametrize(("place", "service"), list(enumerate(SERVICES)))
def test_liveness_is_asked_on_the_port_that_the_service_has_by_default(
    place: int, service: str, compose: Compose
) -> None:
    port = BASE_PORT + place
    block = compose["services"][service]

    assert block["ports"] == [f"127.0.0.1:{port}:{port}"]
    assert f"http://127.0.0.1:{port}/livez" in block["healthcheck"]["test"][-1]


@pytest.mark.parametrize("service", SERVICES)
def test_a_service_is_told_only_what_is_a_setting_of_it(service: str, compose: Compose) -> None:
    known = {*settings.names(House), *settings.names(settings_class(service))}

    assert set(compose["services"][service]["environment"]) <= known


@pytest.mark.parametrize("service", SERVICES)
def test_a_service_knows_no_password_but_its_own(service: str, compose: Compose) -> None:
    secrets = {name for name in compose["services"][service]["environment"] if name.endswith("_NATS_PASSWORD")}

    assert secrets == {password_variable(service)}


@pytest.mark.parametrize("job", JOBS)
def test_a_job_is_told_only_what_is_a_setting(job: str, compose: Compose) -> None:
    assert set(compose["services"][job].get("environment", {})) <= set(settings.names(House))


def test_the_server_knows_the_password_of_every_user(compose: Compose) -> None:
    wanted = {password_variable(user) for user in USERS}

    assert set(compose["services"]["nats"]["environment"]) == wanted


def test_only_the_job_that_lays_streams_gets_credentials(compose: Compose) -> None:
    content = json.loads(re.sub(r"\$\{.+?\}", "x", compose["configs"]["credentials"]["content"]))
    given = {name for name, block in compose["services"].items() if block.get("configs")}

    assert set(content) == {"operator", "publisher"}
    assert given == {"streams"}


def test_who_remembers_keeps_it_in_a_volume(compose: Compose) -> None:
    keeping = {
        name for name, block in compose["services"].items() if "home:/var/lib/wireroom" in block.get("volumes", ())
    }

    assert keeping == {*remembering(), "databases"}
    assert f"nats:{TEMPLATE_STORE}" in compose["services"]["nats"]["volumes"]
    named = {
        volume.partition(":")[0]
        for block in compose["services"].values()
        for volume in block.get("volumes", ())
        if not volume.startswith(".")
    }
    assert named == set(compose["volumes"])


def test_everybody_splits_the_same_disk(compose: Compose) -> None:
    budgets = {
        block["environment"]["WIREROOM_DISK_BUDGET_BYTES"]
        for block in compose["services"].values()
        if "WIREROOM_DISK_BUDGET_BYTES" in block.get("environment", {})
    }

    assert budgets == {str(TEMPLATE_BUDGET_BYTES)}


def test_nothing_is_open_to_other_machines(compose: Compose) -> None:
    published = [port for block in compose["services"].values() for port in block.get("ports", ())]

    assert published
    assert all(port.startswith("127.0.0.1:") for port in published)


@pytest.mark.parametrize("service", [*SERVICES, "nats", *JOBS])
def test_nobody_has_rights_that_nobody_needs(service: str, compose: Compose) -> None:
    block = compose["services"][service]

    assert block["cap_drop"] == ["ALL"]
    assert block["security_opt"] == ["no-new-privileges:true"]
    assert "privileged" not in block
