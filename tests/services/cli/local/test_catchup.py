"""Catching up on a real server: what streams and shelves hold is told to databases from before it was said."""

import asyncio
import json
import shutil
import zipfile
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest
import pytest_asyncio
from uuid_utils import uuid7

from contracts.article_duplicated import ArticleDuplicated
from contracts.article_enriched import ArticleEnriched
from contracts.article_extracted import ArticleExtracted
from contracts.article_fetched import ArticleFetched
from contracts.identity import article_id
from contracts.input_expanded import InputExpanded
from contracts.input_received import InputReceived
from contracts.message import Message
from contracts.outcomes import DeadReason, State
from services.chassis.database import Database
from services.chassis.letters import Letter, seal
from services.chassis.migrations import migrate
from services.chassis.publisher import Publisher
from services.chassis.raw import Raw
from services.chassis.restoring import holds_back
from services.chassis.settings import House
from services.chassis.testing import LocalServer
from services.cli import intake as intakes
from services.cli.local import afresh, catchup
from services.cli.local.manifest import Manifest, databases
from services.cli.local.replacing import Account, Plan
from services.fetch.core import ReadDocument
from services.fetch.core.members import About, Allowance
from services.fetch.core.names import aside
from services.fetch.intake import Intake
from services.fetch.spool import Stretch
from services.store import catchup as keeping
from services.store import core, ledger
from services.store.reading import TracedInput, open_reading
from tests.services.cli.local.killing import Killed, death_before, every_line

pytestmark = pytest.mark.nats

FRENCH = {"tag": "fr", "script": "Latn", "confidence": 1}
NOW = datetime.now(UTC)
RESTORED_AT = datetime(2026, 1, 1, 12, tzinfo=UTC)
ORIGINAL = {"verdict": "original"}
COPY = {"method": "same_bytes", "similarity": 1}
RECEIVED = InputReceived(input_id=str(uuid7()), source_uri="inbox:a.txt", received_at=NOW)


class Restored:
    """A home whose databases know nothing, beside streams and shelves that do."""

    def __init__(self, folder: Path, server: LocalServer) -> None:
        self.home, self.inbox, self.server = server.home, folder / "inbox", server
        self.house = House(home=self.home, inbox=self.inbox, nats_url=server.url)
        for name in databases():
            migrate(f"sqlite:///{self.home / name}", name.removesuffix(".db"))

    async def say(self, message: Message, user: str = "operator") -> None:
        letter = seal(message, service="test")
        await self.put(letter, "publisher" if letter.stream == "ARTICLES" else user)

    async def put(self, letter: Letter, user: str = "operator") -> None:
        client = await self.server.connect(user)
        await client.jetstream().publish(letter.subject, letter.body, headers=letter.headers)
        await client.close()

    async def caught_up(self, begun_at: datetime = NOW) -> Account:
        """Catch up from the beginning to the end."""
        with suppress(FileNotFoundError):
            shutil.rmtree(self.home / "restore")
        return await self.catch_up(begun_at)

    async def catch_up(self, begun_at: datetime = NOW) -> Account:
        """Catch up from where it was left."""
        (self.home / "restore").mkdir(exist_ok=True)
        manifest = Manifest(begun_at=begun_at, copied_at=begun_at, unheard_since=NOW, streams={}, members=())
        return await catchup.catch_up(self.house, Plan(manifest=manifest, at=RESTORED_AT, ledger={}))

    async def accepted(self, input_id: str, source_uri: str, digest: str | None = None) -> None:
        """The ledger of the backup knows this input, and nothing more of it."""
        heard = InputReceived(input_id=input_id, source_uri=source_uri, received_at=NOW, sha256=digest)
        async with Database(self.house.database("store")) as store:
            await store.transaction(lambda session: ledger.record(session, [core.received(heard)]))

    def file(self, path: str, text: str) -> str:
        """Lay a file; the hash of its bytes."""
        (self.inbox / path).parent.mkdir(parents=True, exist_ok=True)
        (self.inbox / path).write_text(text)
        return sha256(text.encode()).hexdigest()

    def row(self, input_id: str) -> TracedInput:
        with open_reading(self.house.database("store")) as reading:
            [row] = reading.inputs_of(input_id)
        return row

    async def waiting(self, stream: str) -> list[tuple[str, Any]]:
        """Ids and bodies of what waits in a queue."""
        client = await self.server.connect("operator")
        js = client.jetstream()
        state = (await js.stream_info(stream)).state
        found = [await js.get_msg(stream, seq) for seq in range(state.first_seq, state.last_seq + 1)]
        await client.close()
        return [((one.headers or {})["Nats-Msg-Id"], json.loads(one.data or b"{}")) for one in found]


@pytest_asyncio.fixture
async def restored(tmp_path: Path) -> AsyncIterator[Restored]:
    async with LocalServer(tmp_path / "home") as server:
        yield Restored(tmp_path, server)


def facts(path: str, text: str, **more: Any) -> dict[str, Any]:
    """What every message says of an article in a file of its own."""
    digest = sha256(text.encode()).hexdigest()
    return {
        "input_id": str(uuid7()),
        "article_id": article_id(f"inbox:{path}", digest),
        "document": {
            "source_uri": f"inbox:{path}",
            "sha256": digest,
            "media_type": "text/plain",
            "bytes": len(text),
            "received_at": NOW,
            "text": text,
        },
        "language": FRENCH,
        **more,
    }


async def test_every_end_that_was_told_is_in_the_ledger_again(restored: Restored) -> None:
    stored = facts("a.txt", "Le maire a parlé.", duplication=ORIGINAL, extraction={})
    copied = facts(
        "b.txt", "Le maire a parlé.", duplication={"of": stored["article_id"], "method": "same_bytes", "similarity": 1}
    )
    buried = facts("c.txt", "Le préfet se tait.", duplication=ORIGINAL)
    on_its_way = facts("d.txt", "La grève continue.", duplication=ORIGINAL, extraction={})
    await restored.say(ArticleEnriched(**stored, enriched_at=NOW, enrichment=1))
    await restored.say(ArticleDuplicated(**copied))
    await restored.say(ArticleExtracted(**on_its_way))
    await restored.put(grave(buried))
    report = {
        "input_id": str(uuid7()),
        "source_uri": "inbox:e.txt",
        "reason": "empty",
        "detail": "",
        "at": NOW.isoformat(),
    }
    restored.file(".rejected/e.txt.error.json", json.dumps(report))

    first, again = await restored.caught_up(), await restored.caught_up()

    wanted = {
        State.STORED: 1,
        State.DUPLICATE: 1,
        State.DEAD: 1,
        State.REJECTED: 1,
        State.IN_PROGRESS: 1,
        State.EXPANDED: 0,
    }
    assert first.ledger == again.ledger == wanted
    assert (first.announcements, first.dead_letters, first.rejected, first.waiting) == (2, 1, 1, 1)
    assert (first.remembered, again.remembered) == (4, 0), "dedup learns each verdict, and once"
    assert restored.row(on_its_way["input_id"]).article_id == on_its_way["article_id"]
    assert restored.row(buried["input_id"]).reason == DeadReason.FAILED
    assert (first.given_back, first.said_again, first.without_trace) == ([], 0, [])


def grave(buried: dict[str, Any]) -> Letter:
    body = json.dumps(buried, default=str).encode()
    headers = {
        "Wireroom-Service": "extract",
        "Wireroom-Reason": "failed",
        "Wireroom-Detail": '"it fails"',
        "Wireroom-Attempts": "5",
        "Wireroom-Buried-At": NOW.isoformat(),
        "Wireroom-First-Heard-At": NOW.isoformat(),
        "Wireroom-Original-Subject": "wireroom.article.deduplicated",
        "Wireroom-Original-Stream": "EXTRACT",
        "Wireroom-Original-Sequence": "1",
        "Wireroom-Original-Headers": "{}",
    }
    return Letter("DEAD", "dead.wireroom.article.deduplicated", body, headers)


async def test_what_was_buried_and_not_heard_when_the_backup_began_is_dead(restored: Restored) -> None:
    buried = facts("c.txt", "Le préfet se tait.", duplication=ORIGINAL)
    await restored.put(grave(buried))

    account = await restored.caught_up(begun_at=NOW + timedelta(hours=1))

    assert account.dead_letters == 1
    assert restored.row(buried["input_id"]).state == State.DEAD


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

    async def read(self, data: bytes | Stretch, about: About, allowance: Allowance) -> ReadDocument:
        return ReadDocument(text=data[:].decode(), media_type="text/plain", encoding="utf-8")


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
    async with asyncio.timeout(30):
        while holds_back(restored.home):
            assert not catching_up.done()
            await asyncio.wait({catching_up}, timeout=0.1)
    assert not catching_up.done()
    await js.purge_stream("LANGUAGE")

    assert (await asyncio.wait_for(catching_up, 30)).said_again == 1
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


@pytest.mark.parametrize(
    ("subject", "body", "kind"),
    [
        ("articles.duplicated.fr", b"{}", None),
        ("articles.enriched.fr.zz", b"\xff", None),
        (
            "wireroom.input.received",
            RECEIVED.model_dump_json().encode(),
            InputReceived,
        ),
        ("of.another.program", b"{}", None),
    ],
)
def test_what_is_no_message_of_ours_is_none(subject: str, body: bytes, kind: type[Message] | None) -> None:
    message = catchup.message_of(subject, body)

    assert message is None if kind is None else isinstance(message, kind)


async def test_dedup_learns_from_the_store_what_was_stored_between_their_copies(restored: Restored) -> None:
    stored = facts("a.txt", "Le maire a parlé.", duplication=ORIGINAL, extraction={})
    event = ArticleEnriched(**stored, enriched_at=NOW, enrichment=1)
    async with Database(restored.house.database("store")) as store:
        await store.transaction(lambda session: keeping.keep(session, [(event, "")]))

    account = await restored.caught_up()

    assert (account.announcements, account.remembered) == (0, 1)
