"""`wireroom deadletters purge`: out of DEAD and out of the store; the ledger keeps its word."""

import asyncio
import json
from collections import Counter
from collections.abc import AsyncIterator, Collection, Sequence
from typing import Annotated

import typer
from nats.aio.client import Client
from nats.aio.msg import Msg
from nats.js.api import AckPolicy, ConsumerConfig
from nats.js.errors import NotFoundError

from contracts.topology import DEAD
from services.chassis import atomic
from services.chassis.buried import facts_of
from services.chassis.settings import House
from services.cli.deadletters import server
from services.cli.deadletters.choice import (
    NAMED_AT_ONCE,
    Before,
    Buried,
    Everything,
    Messages,
    Reason,
    Service,
    chosen,
    filtered,
)
from services.cli.errors import Told
from services.cli.options import Home, NatsUrl, Since, house
from services.cli.terminal import AsJson, agrees, plain, print_json
from services.store.deadletters import open_dead_letters

ANSWER_SECONDS = 5.0
SCANNED_AT_ONCE = 256
REMOVED_AT_ONCE = 32
FORGOTTEN_SECONDS = 30.0
NO_SUCH_MESSAGE = 10043  # the server's code


def purge(
    messages: Messages = None,
    *,
    service: Service = None,
    reason: Reason = None,
    since: Since = None,
    before: Before = None,
    everything: Everything = False,
    yes: Annotated[bool, typer.Option("--yes", help="Do not ask.")] = False,
    as_json: AsJson = False,
    home: Home = None,
    nats_url: NatsUrl = None,
) -> None:
    """Throw dead letters away for good, bodies and all; the ledger keeps their inputs as dead, with the reason."""
    settings = house(home=home, nats_url=nats_url)
    meant = chosen(settings, messages, filtered(service, reason, since, before), everything=everything)
    if meant and not yes:
        _ask(meant)
    ids = [one.message_id for one in meant]
    removed, unheard = asyncio.run(_purge(settings, ids))
    if as_json:
        print_json({"purged": ids, "removed_from_stream": removed, "not_in_the_store_yet": unheard})
    else:
        typer.echo(f"{len(ids)} thrown away" if ids else "none to throw away")
        server.say_unheard(unheard)


def _ask(meant: Sequence[Buried]) -> None:
    counts = Counter(f"{one.service} {one.reason}" for one in meant)
    told = ", ".join(f"{number} {plain(what)}" for what, number in counts.most_common())
    question = f"Throw away for good {len(meant)} dead letters ({told}) and their bodies?"
    if not agrees(question, "purge asks before it throws anything away, and there is nobody to ask here: give --yes"):
        raise Told("nothing was thrown away")


async def _purge(settings: House, message_ids: Sequence[str]) -> tuple[int, int]:
    """How many were removed from DEAD, and how many more lie there that the store does not know.

    From the stream first: cut off between the two, the store still knows what a repetition has to remove.
    """
    async with server.connected(settings) as client, open_dead_letters(settings.database("store")) as letters:
        removed = await remove(client, set(message_ids)) if message_ids else 0
        for first in range(0, len(message_ids), NAMED_AT_ONCE):
            await letters.purge(message_ids[first : first + NAMED_AT_ONCE])
        return removed, await server.unheard(client)


async def remove(client: Client, message_ids: Collection[str]) -> int:
    """Delete these dead letters from DEAD, every copy of each; how many there were."""
    sequences = [sequence async for sequence, named in _scan(client) if named in message_ids]
    for first in range(0, len(sequences), REMOVED_AT_ONCE):
        await asyncio.gather(*(_delete(client, one) for one in sequences[first : first + REMOVED_AT_ONCE]))
    return len(sequences)


async def _scan(client: Client) -> AsyncIterator[tuple[int, str]]:
    """The sequence and id of all that DEAD holds; headers alone travel."""
    js = client.jetstream(timeout=ANSWER_SECONDS)
    try:
        left = (await js.stream_info(DEAD.name)).state.messages
    except NotFoundError:
        raise Told(f"there is no stream {DEAD.name} on this server: `wireroom up` lays it") from None
    config = ConsumerConfig(ack_policy=AckPolicy.NONE, headers_only=True, inactive_threshold=FORGOTTEN_SECONDS)
    reader = await js.pull_subscribe(DEAD.subjects[0], stream=DEAD.name, config=config)
    while left > 0:
        try:
            messages = await reader.fetch(min(left, SCANNED_AT_ONCE), timeout=ANSWER_SECONDS)
        except TimeoutError:  # somebody else removed some meanwhile
            left = (await reader.consumer_info()).num_pending or 0
            continue
        for message in messages:
            yield message.metadata.sequence.stream, _named(message)
        left = messages[-1].metadata.num_pending
    await reader.unsubscribe()


def _named(message: Msg) -> str:
    """The id that store has given it: also what a stranger wrote into DEAD has one."""
    where = message.metadata
    facts = facts_of(message.headers or {}, subject=message.subject, sequence=where.sequence.stream, at=where.timestamp)
    return facts.message_id()


async def _delete(client: Client, sequence: int) -> None:
    request = json.dumps({"seq": sequence, "no_erase": True}).encode()
    answer = await client.request(f"$JS.API.STREAM.MSG.DELETE.{DEAD.name}", request, timeout=ANSWER_SECONDS)
    try:
        atomic.check(answer.data)
    except atomic.ApiError as error:
        if error.code != NO_SUCH_MESSAGE:  # else somebody else was faster
            raise Told(f"{DEAD.name} does not let go of message {sequence}: {error}") from error
