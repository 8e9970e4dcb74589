import asyncio
import re
import shutil
import subprocess
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
import yaml
from prometheus_client import CollectorRegistry

from contracts.outcomes import Outcome, State
from contracts.topology import SERVICES, STREAMS
from services.chassis.metrics import Measures
from services.chassis.settings import House
from services.fetch.folder.gauges import Gauges
from services.store.upkeep import export_counts

BASE_PORT = int(House.model_fields["metrics_port_base"].default)
LABELS: dict[str, set[str]] = {
    "service": set(SERVICES),
    "outcome": set(Outcome),
    "state": set(State),
    "stream": {stream.name for stream in STREAMS},
    "job": {"wireroom"},
}


class EmptyStore:
    async def counts(self) -> dict[State, int]:
        return {}


@pytest.fixture
async def metrics() -> set[str]:
    """The names of all samples that the services show."""
    registry = CollectorRegistry()
    measures = Measures("store", registry)
    measures.count(Outcome.STORED)
    measures.fill("STORE", 0, 1)
    Gauges(registry)
    counting = asyncio.create_task(export_counts(EmptyStore(), registry, every_seconds=60))  # type: ignore[arg-type]
    await asyncio.sleep(0)
    counting.cancel()
    await asyncio.gather(counting, return_exceptions=True)
    families = list(registry.collect())
    names = {sample.name for family in families for sample in family.samples}
    return names | {f"{family.name}_total" for family in families if family.type == "counter"}


@pytest.fixture
def alerts(deploy: Path) -> list[dict[str, Any]]:
    loaded = yaml.safe_load((deploy / "prometheus" / "alerts.yml").read_text(encoding="utf-8"))
    return [rule for group in loaded["groups"] for rule in group["rules"]]


def test_the_alerts_are_about_what_is_promised(alerts: list[dict[str, Any]]) -> None:
    assert [alert["alert"] for alert in alerts] == [
        "WireroomDeadLetters",
        "WireroomDeadLettersFull",
        "WireroomNothingStored",
        "WireroomNotReady",
    ]


def test_every_metric_of_an_alert_is_one_that_a_service_shows(alerts: list[dict[str, Any]], metrics: set[str]) -> None:
    named = {name for alert in alerts for name in re.findall(r"\bwireroom_\w+", alert["expr"])}

    assert named
    assert named <= metrics


def test_every_label_of_an_alert_has_values_that_there_are(alerts: list[dict[str, Any]]) -> None:
    matchers = [found for alert in alerts for found in re.findall(r'(\w+)=~?"([^"]+)"', alert["expr"])]

    assert matchers
    for label, values in matchers:
        assert set(values.split("|")) <= LABELS[label], (label, values)


def test_nothing_stored_needs_an_hour(alerts: list[dict[str, Any]]) -> None:
    [alert] = [alert for alert in alerts if alert["alert"] == "WireroomNothingStored"]

    assert alert["for"] == "1h"
    windows = [timedelta(minutes=int(minutes)) for minutes in re.findall(r"\[(\d+)m\]", alert["expr"])]
    assert windows
    assert max(windows) < timedelta(hours=1)  # else an idle hour would count as one without a store


def test_every_alert_has_its_paragraph_in_the_runbook(alerts: list[dict[str, Any]], deploy: Path) -> None:
    runbook = (deploy.parent / "docs" / "runbook.md").read_text(encoding="utf-8")

    for alert in alerts:
        assert alert["annotations"]["runbook"] == f"docs/runbook.md#{alert['alert'].lower()}"
        assert f"\n## {alert['alert']}\n" in runbook


def test_every_service_is_scraped_on_its_port(deploy: Path) -> None:
    loaded = yaml.safe_load((deploy / "prometheus" / "prometheus.yml").read_text(encoding="utf-8"))

    [job] = loaded["scrape_configs"]
    assert job["job_name"] == "wireroom"
    assert job["static_configs"] == [
        {"targets": [f"{name}:{BASE_PORT + place}" for place, name in enumerate(SERVICES)]}
    ]
    assert [(deploy / "prometheus" / name).exists() for name in loaded["rule_files"]] == [True]


@pytest.mark.skipif(shutil.which("promtool") is None, reason="promtool is not installed (Debian's package prometheus)")
@pytest.mark.parametrize(
    "arguments",
    [
        ("check", "config", "deploy/prometheus/prometheus.yml"),
        ("check", "rules", "deploy/prometheus/alerts.yml"),
        ("test", "rules", "tests/deploy/alerts.test.yml"),  # each alert, where it is told and where it is not
    ],
    ids=" ".join,
)
def test_promtool_has_nothing_to_say(arguments: tuple[str, ...], deploy: Path) -> None:
    said = subprocess.run(["promtool", *arguments], check=False, capture_output=True, text=True, cwd=deploy.parent)

    assert said.returncode == 0, said.stdout + said.stderr
