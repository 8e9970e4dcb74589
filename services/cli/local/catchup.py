"""`python -m services.cli.local.catchup`: what came to be since the backup, told again to the restored databases.

It begins between the server's start and the services', and can be run again from the beginning whenever it was
interrupted. What is in the queues goes on by itself; here it is only entered in the ledger and in dedup's memory.
"""

import asyncio
import re
import sys
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

from pydantic import BaseModel, ValidationError

from contracts.article_duplicated import ArticleDuplicated
from contracts.article_enriched import ArticleEnriched
from contracts.article_fetched import ArticleFetched
from contracts.identity import way_of
from contracts.input_received import InputReceived
from contracts.language_detected import LanguageDetected
from contracts.message import Message
from contracts.topology import ARTICLES, DEAD, ROUTES
from services.chassis import beginnings
from services.chassis.buried import facts_of
from services.chassis.credentials import read_credentials
from services.chassis.database import Database
from services.chassis.settings import House
from services.cli.local import afresh, errands, history, replacing, shelves
from services.cli.local.afresh import portions
from services.cli.local.history import Held, Streams
from services.cli.local.purged import keep_marks, throw_away_again
from services.cli.local.replacing import Account, Plan
from services.dedup import catchup as memory
from services.store import catchup as keeping
from services.store import core, ledger
from services.store.catchup import Open
from services.store.core import Entry

QUEUES = ("STORE", "EXTRACT", "DEDUP", "LANGUAGE")  # the most advanced first: so verdicts are learned in their order
AT_ONCE = 256
SUBJECTS = tuple(
    (re.compile(route.message.subject.replace(".", r"\.").replace("*", "[^.]+")), route.message) for route in ROUTES
)


@dataclass
class CaughtUp:
    """The databases that are told, and what was told."""

    house: House
    plan: Plan
    streams: Streams
    store: Database
    dedup: Database
    waiting: set[str] = field(default_factory=set)
    announcements: int = 0
    gone: int = 0
    dead_letters: int = 0
    rejected: int = 0
    remembered: int = 0

    async def learn(self, messages: Iterable[Message | None]) -> None:
        """Tell dedup those that carry a verdict."""
        verdicts = [one for one in messages if isinstance(one, memory.Judgement)]
        self.remembered += await self.dedup.transaction(partial(memory.learn, said=verdicts))


class Told(BaseModel):
    """What was told to the databases, and what is left to be said again."""

    account: Account
    stranded: list[Open]
    settled: list[str] = []  # of what came out of them


async def catch_up(house: House, plan: Plan) -> Account:
    """Make good what the restored databases do not know, and say again what nobody has in hand; what that came to.

    Between the two it is noted how far that has come, and the services may hear: where a stream is full, nobody but
    they can make room in it.
    """
    async with Database(house.database("store")) as store:
        noted = replacing.noted(house.home)
        told = await tell(house, plan, store) if noted is None else Told.model_validate_json(noted)
        if noted is None:
            replacing.note(house.home, told.model_dump_json())
        again, without_trace = await afresh.say_again(house, store, told.stranded, plan.way, told.settled)
        now = await store.transaction(ledger.counts)
    return told.account.model_copy(update={"said_again": again, "without_trace": without_trace, "ledger": now})


async def tell(house: House, plan: Plan, store: Database) -> Told:
    """Tell the databases what streams and shelves hold; no service may hear meanwhile."""
    async with (
        history.opened(house.server(), read_credentials(house.home)) as streams,
        Database(house.database("dedup")) as dedup,
    ):
        told = CaughtUp(house, plan, streams, store, dedup)
        # Before anything comes in: what DEAD still holds was not thrown away, and comes in from there.
        replaced = house.home / plan.replaced / "store.db"
        purged = await _purged_again(house, plan, replaced, store)
        for step in (_announcements, _dead_letters, _queues, _rejections, _memory_of_the_store):
            await step(told)
        await keep_marks(replaced, store)
        given_back = await afresh.give_back(house.inbox, plan.manifest.unheard_since - history.MARGIN, store)
        account = Account(
            begun_at=plan.manifest.begun_at,
            replaced=plan.replaced,
            ledger_of_backup=plan.ledger,
            ledger=await store.transaction(ledger.counts),
            announcements=told.announcements,
            announcements_gone=told.gone,
            dead_letters=told.dead_letters,
            rejected=told.rejected,
            waiting=len(told.waiting),
            remembered=told.remembered,
            given_back=given_back,
            said_again=0,
            without_trace=[],
            purged=purged,
        )
        going_on = await errands.take_up(house, plan.replaced, store, told.waiting)
        stranded = await afresh.stranded(house, store, told.waiting | going_on)
        settled = await afresh.settled_within(store, stranded, told.waiting)
        return Told(account=account, stranded=stranded, settled=settled)


async def _purged_again(house: House, plan: Plan, replaced: Path, store: Database) -> int | None:
    names = {one.name for one in plan.manifest.members}
    if names and replaced.name not in names:  # the store is the one that it was
        return 0
    begun = beginnings.of(house.home, "store")
    # Of one that was begun anew it is the beginning of what was restored.
    began_at = begun.begun_at if begun is not None and not begun.anew else None
    return await throw_away_again(replaced, store, began_at)


async def _announcements(told: CaughtUp) -> None:
    """What was announced is kept as it was announced."""
    manifest = told.plan.manifest
    first, told.gone = await history.begin(
        told.streams, ARTICLES.name, manifest.streams.get(ARTICLES.name), manifest.begun_at
    )
    async for some in history.held(told.streams, ARTICLES.name, first):
        events = [
            (event, way_of(one.headers.get("Nats-Msg-Id", "")))
            for one in some
            if isinstance(event := message_of(one.subject, one.body), ArticleEnriched | ArticleDuplicated)
        ]
        await told.store.transaction(partial(keeping.keep, events=events))
        await told.learn(event for event, _ in events)
        told.announcements += len(events)


async def _dead_letters(told: CaughtUp) -> None:
    """What was buried is dead, and what dedup had said of it before is remembered."""
    manifest = told.plan.manifest
    first, _ = await history.begin(told.streams, DEAD.name, manifest.streams.get(DEAD.name), manifest.unheard_since)
    async for some in history.held(told.streams, DEAD.name, first):
        letters = [
            (facts_of(one.headers, subject=one.subject, sequence=one.sequence, at=one.at), one.body) for one in some
        ]
        await told.store.transaction(partial(ledger.bury, letters=letters))
        await told.learn(message_of(letter.subject, body) for letter, body in letters)
        told.dead_letters += len(letters)


async def _queues(told: CaughtUp) -> None:
    """What is on its way was accepted, so it is in the ledger; and what dedup has judged it need not judge anew."""
    for queue in QUEUES:
        async for some in history.held(told.streams, queue, 1):
            messages = [one for one in map(_message, some) if one is not None]
            # A receipt goes no further: an input of which nothing else is there is in nobody's hands.
            told.waiting.update(one.input_id for one in messages if not isinstance(one, InputReceived))
            entries = [entry for one in messages if (entry := _entry(one)) is not None]
            await told.store.transaction(partial(ledger.record, heard=entries))
            await told.learn(messages)


def _entry(message: Message) -> Entry | None:
    """What the ledger is told of a message that waits; None where it hears the message itself, and that is enough."""
    if isinstance(message, InputReceived):
        return core.received(message)
    if isinstance(message, ArticleFetched | LanguageDetected | memory.Judgement):
        return keeping.on_its_way(message.article_id, message.document, message)
    return None


async def _rejections(told: CaughtUp) -> None:
    """What was rejected is told by nothing but the report beside the file."""
    since = told.plan.manifest.unheard_since - history.MARGIN
    for some in portions(shelves.reports(told.house.inbox, since), AT_ONCE):
        entries = [entry for report in some if (entry := keeping.reported(report)) is not None]
        await told.store.transaction(partial(ledger.record, heard=entries))
        told.rejected += len(entries)


async def _memory_of_the_store(told: CaughtUp) -> None:
    """Dedup was copied before the store: what was stored between the two copies the store itself tells."""
    manifest = told.plan.manifest
    since, until = manifest.begun_at - history.MARGIN, manifest.copied_at + history.MARGIN
    number, input_id = 0, ""
    while articles := await told.store.transaction(
        partial(keeping.articles_between, since=since, until=until, after=number, limit=AT_ONCE)
    ):
        await told.learn(article for _, article in articles)
        number = articles[-1][0]
    while duplicates := await told.store.transaction(
        partial(keeping.duplicates_between, since=since, until=until, after=input_id, limit=AT_ONCE)
    ):
        await told.learn(duplicates)
        input_id = duplicates[-1].input_id


def message_of(subject: str, body: bytes) -> Message | None:
    """What was said on this subject; None where it is none of ours, or not what the contract says."""
    kind = next((message for pattern, message in SUBJECTS if pattern.fullmatch(subject)), None)
    if kind is None:
        return None
    try:
        return kind.model_validate_json(body)
    except ValidationError:
        return None


def _message(held: Held) -> Message | None:
    return message_of(held.subject, held.body)


def main() -> None:
    """Catch up where a restore is waiting for it."""
    house = House()
    plan = replacing.begun(house.home)
    if plan is None:
        return
    account = asyncio.run(catch_up(house, plan))
    replacing.finish(house.home, plan, account)
    sys.stdout.write(account.model_dump_json(indent=2) + "\n")


if __name__ == "__main__":
    main()
