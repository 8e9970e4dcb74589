"""What `wireroom status` finds of inputs where a server runs: what is nowhere, and what a service may hold."""

import socket
from dataclasses import replace
from datetime import UTC, datetime
from types import SimpleNamespace
from typing import Any

import pytest

from contracts.outcomes import State
from contracts.topology import SERVICES
from services.chassis.settings import House
from services.chassis.testing import LocalServer
from services.cli import account, kept
from services.cli.asked import Asked
from services.cli.checks.found import Check
from services.cli.local import probes
from services.cli.status import from_settings
from services.store.reading import MAX_ANSWERS
from services.store.tables import InputCount
from tests.services.cli.conftest import INPUT, an_input

pytestmark = pytest.mark.usefixtures("nobody")
ONE, TWO = INPUT.format(1), INPUT.format(2)


@pytest.fixture
def asked(nobody: None, server: LocalServer, monkeypatch: pytest.MonkeyPatch) -> Asked:
    """A system of which the server runs, and no service."""
    monkeypatch.setenv("WIREROOM_NATS_PORT", str(server.port))
    settings = House()
    return Asked(settings, from_settings(settings), server.url, server.credentials)


@pytest.mark.nats
async def test_every_input_in_progress_that_is_nowhere_is_found_however_many_there_are(
    asked: Asked, store: Any, server: LocalServer
) -> None:
    for number in range(MAX_ANSWERS):
        an_input(store, INPUT.format(number + 3))
    an_input(store, ONE, received_at=datetime.now(UTC))
    an_input(store, TWO)
    store.put(InputCount, state="in_progress", inputs=MAX_ANSWERS + 2)
    client = await server.connect("operator")
    for number in range(MAX_ANSWERS):
        headers = {"Nats-Msg-Id": INPUT.format(number + 3) + ":article_fetched"}
        await client.publish("wireroom.article.fetched", b"{}", headers=headers)
    last = {"Nats-Msg-Id": f"{TWO}:a"}
    await client.jetstream().publish("wireroom.article.fetched", b"{}", timeout=60, headers=last)  # behind all of them
    await client.close()
    with kept.opened(asked.settings) as reading:
        found = await account.check(asked, reading)

    assert found.findings == [f"1 inputs are in progress, and no message of them is anywhere: {ONE} (inbox:1.txt)"]


@pytest.mark.nats
async def test_a_service_that_does_not_run_here_holds_nothing(asked: Asked) -> None:
    assert (await account.look(asked, {ONE})).unseen == []


@pytest.mark.nats
async def test_a_service_that_is_too_busy_to_answer_may_hold_something(
    asked: Asked, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(probes, "TIMEOUT_SECONDS", 1.0)  # the others' ports refuse at once
    with socket.create_server(("127.0.0.1", 0)) as silent:
        ports = asked.where.metrics_ports | {"dedup": silent.getsockname()[1]}
        busy = replace(asked, where=replace(asked.where, metrics_ports=ports))
        unseen = (await account.look(busy, {ONE})).unseen

    assert unseen == [f"what dedup works on: it does not answer on port {ports['dedup']}"]


@pytest.mark.nats
async def test_a_service_that_may_run_elsewhere_may_hold_something(
    asked: Asked, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("WIREROOM_NATS_URL", asked.server)

    assert len((await account.look(replace(asked, settings=House()), {ONE})).unseen) == len(SERVICES[1:])


PAGE = '# TYPE wireroom_inputs gauge\nwireroom_inputs{state="stored"} %d\n'


@pytest.mark.parametrize(("ledger", "findings", "unseen"), [([2], 1, 0), ([2, 3, 4, 5], 0, 1), ([2, 7], 0, 0)])
async def test_what_store_shows_must_agree_with_a_ledger_in_which_nothing_moves(
    ledger: list[int], findings: int, unseen: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Moving:
        def ledger_counts(self) -> dict[State, int]:
            return {State.STORED: ledger.pop(0) if len(ledger) > 1 else ledger[0]}

    async def get(*_: object) -> tuple[int, str]:
        return 200, PAGE % 7

    found = Check()
    asked: Any = SimpleNamespace(get=get)
    reading: Any = Moving()
    await account._check_shown(asked, reading, found)

    assert (len(found.findings), len(found.unseen)) == (findings, unseen)
