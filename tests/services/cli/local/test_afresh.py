"""After a restore: what no stream tells of any more is taken up again from shelves and RAW, as itself if known."""

import asyncio
import zipfile
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from hashlib import sha256
from typing import Any

import pytest
from uuid_utils import uuid7

from contracts.article_duplicated import ArticleDuplicated
from contracts.article_enriched import ArticleEnriched
from contracts.article_fetched import ArticleFetched
from contracts.input_expanded import InputExpanded
from contracts.input_received import InputReceived
from contracts.outcomes import State
from services.chassis.database import Database
from services.chassis.publisher import Publisher
from services.chassis.raw import Raw
from services.chassis.restoring import holds_back
from services.cli import intake as intakes
from services.cli.local import afresh
from services.fetch.core import ReadDocument, Rejected
from services.fetch.core.members import About
from services.fetch.core.names import aside
from services.fetch.intake import Intake
from services.fetch.spool import Stretch
from services.store import core, ledger
from tests.services.cli.local.killing import Killed, death_before, every_line
from tests.services.cli.local.restored import COPY, NOW, ORIGINAL, Restored, facts

pytestmark = pytest.mark.nats


async def test_a_file_that_no_input_is_known_of_goes_back_into_the_inbox(restored: Restored) -> None:
    known = facts("known.txt", "Le maire a parlé.", duplication=ORIGINAL, extraction={})
    await restored.say(ArticleEnriched(**known, enriched_at=NOW, enrichment=1))
    restored.file(".done/known.txt", "Le maire a parlé.")
    twice, unheard = {**known, "input_id": str(uuid7())}, aside("known.txt", str(uuid7()))
    await restored.say(ArticleDuplicated(**twice | {"duplication": COPY | {"of": known["article_id"]}}))
    restored.file(f".done/{aside('known.txt', twice['input_id'])}", "Le maire a parlé.")
    restored.file(f".done/{unheard}", "Le maire a parlé.")
    restored.file(".done/sub/unknown.txt", "Le préfet se tait.")
    waits = facts("waits.txt", "La grève continue.")
    del waits["language"]
    await restored.say(ArticleFetched(**waits))
    restored.file(".done/waits.txt", "La grève continue.")

    account = await restored.caught_up()

    assert sorted(account.given_back) == sorted([unheard, "sub/unknown.txt"])
    assert (restored.inbox / "sub/unknown.txt").read_text() == "Le préfet se tait."
    assert {one.name for one in (restored.inbox / ".done").iterdir()} == {
        aside("known.txt", twice["input_id"]),
        "known.txt",
        "sub",
        "waits.txt",
    }


async def test_of_a_container_that_only_a_member_tells_of_the_rest_is_said_again(restored: Restored) -> None:
    container = str(uuid7())
    (restored.inbox / ".done").mkdir(parents=True)
    with zipfile.ZipFile(restored.inbox / ".done/a.zip", "w") as archive:
        for name, text in (("b.txt", "Le maire a parlé."), ("c.txt", ""), ("d.txt", "La grève continue.")):
            archive.writestr(name, text)
    told, waits = facts("a.zip!b.txt", "Le maire a parlé."), facts("a.zip!d.txt", "La grève continue.")
    told |= {"input_id": f"{container}#1", "duplication": ORIGINAL, "extraction": {}}
    await restored.say(ArticleEnriched(**told, enriched_at=NOW, enrichment=1))
    del waits["language"]
    await restored.say(ArticleFetched(**waits | {"input_id": f"{container}#3"}))

    account = await restored.caught_up()

    assert (account.given_back, account.without_trace) == ([], [])
    said = {
        (body["input_id"], way.partition(":")[2].partition(":")[0]) for way, body in await restored.waiting("STORE")
    }
    assert said == {
        (container, "input_received"),
        (f"{container}#2", "input_received"),
        (f"{container}#2", "input_rejected"),
        (container, "input_expanded"),
    }
    assert [one["input_id"] for _, one in await restored.waiting("LANGUAGE")] == [f"{container}#3"]


async def test_a_container_whose_end_is_known_does_not_go_back_into_the_inbox(restored: Restored) -> None:
    ended = str(uuid7())
    await restored.accepted(ended, "inbox:a.zip")
    restored.file(".done/a.zip", "it need not even be one")
    heard = InputExpanded(input_id=ended, source_uri="inbox:a.zip", received_at=NOW, children=2)
    async with Database(restored.house.database("store")) as store:
        await store.transaction(lambda session: ledger.record(session, [core.expanded(heard, NOW)]))

    account = await restored.caught_up()

    assert (account.given_back, restored.row(ended).state) == ([], State.EXPANDED)


async def test_inputs_that_nobody_has_in_hand_are_said_again_as_themselves(restored: Restored) -> None:
    shelved, removed, gone, held = (str(uuid7()) for _ in range(4))
    restored.file(".done/shelved.txt", "Le maire a parlé.")
    await restored.accepted(shelved, "inbox:shelved.txt")
    digest = await original(restored, "Le préfet se tait.")
    await restored.accepted(removed, "inbox:removed.txt", digest)
    await restored.accepted(gone, "inbox:gone.txt")
    await restored.accepted(held, "inbox:held.txt")
    restored.file(f".claimed/{held}/held.txt", "La grève continue.")

    account = await restored.caught_up()
    again = await restored.caught_up()

    assert (account.said_again, account.without_trace, account.given_back) == (2, [gone], [])
    assert (again.said_again, again.without_trace) == (0, [gone]), "they are on their way now"
    said = dict(await restored.waiting("LANGUAGE"))
    assert sorted(said) == sorted(f"{one}:article_fetched:q767268800" for one in (shelved, removed))
    texts = {one["document"]["text"] for one in said.values()}
    assert texts == {"Le maire a parlé.", "Le préfet se tait."}


async def original(restored: Restored, text: str) -> str:
    """Put it into RAW; its name there."""
    client = await restored.server.connect("fetch")
    publisher, digest = Publisher(client), sha256(text.encode()).hexdigest()
    await Raw(client, publisher, fresh_seconds=3600).put(text.encode(), digest)
    await publisher.close()
    await client.close()
    return digest


async def test_what_only_a_receipt_tells_of_is_said_again(restored: Restored) -> None:
    digest = await original(restored, "Le maire a parlé.")
    known, unknown = (facts(f"{name}.txt", "Le maire a parlé.")["input_id"] for name in "ab")
    await restored.accepted(known, "inbox:a.txt", digest)
    for input_id, source_uri in ((known, "inbox:a.txt"), (unknown, "inbox:b.txt")):
        await restored.say(InputReceived(input_id=input_id, source_uri=source_uri, received_at=NOW, sha256=digest))
    restored.file(".done/b.txt", "Le maire a parlé.")

    account = await restored.caught_up()

    assert (account.said_again, account.waiting, account.given_back, account.without_trace) == (2, 0, [], [])
    assert {one["input_id"] for _, one in await restored.waiting("LANGUAGE")} == {known, unknown}


class Reads:
    """Reads in this process, where nothing has to be started."""

    async def look(self, data: bytes | Stretch, about: About) -> ReadDocument:
        return ReadDocument(text=data[:].decode(), media_type="text/plain", encoding="utf-8")

    async def open(self, *_: object, **__: object) -> Rejected:
        raise AssertionError("there is no container among them")


@pytest.fixture
def reads_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    @asynccontextmanager
    async def opened(_settings: object, say: Any, originals: Any, count: Any) -> AsyncIterator[Intake]:
        yield Intake(Reads(), originals, say, count, fresh_seconds=3600)

    monkeypatch.setattr(intakes, "open_intake", opened)


@pytest.mark.parametrize("from_the_beginning", [True, False])
async def test_whenever_saying_again_is_killed_all_are_said_in_the_end(
    restored: Restored, reads_at_once: None, from_the_beginning: bool
) -> None:
    inputs = [str(uuid7()) for _ in range(3)]
    for number, one in enumerate(inputs):
        digest = restored.file(f".done/{number}.txt", f"Le maire a parlé {number} fois.")
        await restored.accepted(one, f"inbox:{number}.txt", digest)

    for line in every_line():
        try:
            with death_before(line, afresh, "say_again"):
                account = await (restored.caught_up() if from_the_beginning else restored.catch_up())
        except Killed:
            continue
        break

    assert account.without_trace == []
    assert sorted(one["input_id"] for _, one in await restored.waiting("LANGUAGE")) == sorted(inputs)


async def test_where_a_stream_is_full_the_services_may_hear_and_the_rest_is_said_when_there_is_room(
    restored: Restored, reads_at_once: None
) -> None:
    stranded = str(uuid7())
    await restored.accepted(stranded, "inbox:a.txt", restored.file(".done/a.txt", "Le maire a parlé."))
    waits = facts("b.txt", "Le préfet se tait.")
    del waits["language"]
    await restored.say(ArticleFetched(**waits))
    client = await restored.server.connect("operator")
    js = client.jetstream()
    await js.update_stream((await js.stream_info("LANGUAGE")).config.evolve(max_msgs=1))
    (restored.home / "restore").mkdir()
    (restored.home / "restore" / "plan.json").write_text("{}")

    catching_up = asyncio.create_task(restored.catch_up())
    async with asyncio.timeout(60):
        while holds_back(restored.home):
            assert not catching_up.done()
            await asyncio.wait({catching_up}, timeout=0.1)
    assert not catching_up.done()
    await js.purge_stream("LANGUAGE")

    assert (await asyncio.wait_for(catching_up, 60)).said_again == 1
    assert [one["input_id"] for _, one in await restored.waiting("LANGUAGE")] == [stranded]
    await client.close()


async def test_a_file_of_another_input_is_not_taken_for_that_of_one_without_an_end(restored: Restored) -> None:
    other = facts("a.txt", "Le maire a parlé.", duplication=ORIGINAL, extraction={})
    await restored.say(ArticleEnriched(**other, enriched_at=NOW, enrichment=1))
    restored.file(".done/a.txt", "Le maire a parlé.")
    stranded = str(uuid7())
    await restored.accepted(stranded, "inbox:a.txt")

    account = await restored.caught_up()

    assert account.without_trace == [stranded]
