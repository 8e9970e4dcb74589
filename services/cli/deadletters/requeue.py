"""`wireroom deadletters requeue`: after the fix, the original bytes to where they were said first."""

import asyncio
import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime

import typer
from nats.aio.client import Client
from nats.errors import NoRespondersError

from contracts.dead_letter import SAID_ON
from contracts.identity import message_id, requeued
from contracts.topology import DEAD
from services.chassis import atomic
from services.chassis.letters import Letter
from services.chassis.settings import House
from services.cli.deadletters import server
from services.cli.deadletters.choice import Before, Everything, Messages, Reason, Service, chosen, filtered
from services.cli.errors import Told
from services.cli.options import Home, NatsUrl, Since, house
from services.cli.terminal import AsJson, plain, print_json
from services.store.chosen import Chosen
from services.store.deadletters import DeadLetters, Requeue, open_dead_letters

AT_ONCE = 16  # bodies in memory, 8 MB each at most
ACK_SECONDS = 5.0
TRIES = 3  # under the same id, so that a lost acknowledgement makes no second message
HEADER_NAME = re.compile(r"[!#$%&'*+\-.^_`|~0-9A-Za-z]+")  # what NATS clients agree to send


class NotSent(Exception):
    """A dead letter that cannot be sent again; the text says why and what to do."""


@dataclass
class Outcome:
    """What became of the dead letters that were meant."""

    sent: dict[str, str] = field(default_factory=dict)  # by message id: the id that it was sent under
    of_no_input: int = 0  # of them
    refused: dict[str, str] = field(default_factory=dict)  # by message id: why
    unheard: int = 0

    def told(self) -> str:
        """How many were sent again, and of which of them the way can be seen."""
        sent, traced = len(self.sent), len(self.sent) - self.of_no_input
        if not self.of_no_input:
            return f"{sent} sent again: `wireroom trace` shows their way"
        others = f"; `wireroom trace` shows the way of the other {traced}" if traced else ""
        return f"{sent} sent again, {self.of_no_input} of them of no input, which no trace shows{others}"


def requeue(
    messages: Messages = None,
    *,
    service: Service = None,
    reason: Reason = None,
    since: Since = None,
    before: Before = None,
    everything: Everything = False,
    as_json: AsJson = False,
    home: Home = None,
    nats_url: NatsUrl = None,
) -> None:
    """Send dead letters again after the fix: the original bytes, to where they were said first.

    Filters and --all pass over those that were sent again already or buried again since, and those whose input came
    to a better end; a message that is named is sent in any case. Each time is a new way (:q1, :q2, …), but where the
    last one was cut off: that is done to its end, under its own number.
    """
    settings = house(home=home, nats_url=nats_url)
    filters = filtered(service, reason, since, before)
    meant = chosen(settings, messages, filters, everything=everything, unsettled=True)
    ids = [one.message_id for one in meant]
    became = asyncio.run(_requeue(settings, ids, unsettled=not messages))
    if as_json:
        print_json(
            {
                "requeued": became.sent,
                "not_requeued": became.refused,
                "not_in_the_store_yet": became.unheard,
            }
        )
    else:
        typer.echo(became.told() if meant else "none to send again")
        for refused, why in became.refused.items():
            typer.echo(f"not sent: {plain(refused)}: {plain(why)}", err=True)
        server.say_unheard(became.unheard)
    if became.refused:
        raise typer.Exit(1)


async def _requeue(settings: House, message_ids: Sequence[str], *, unsettled: bool) -> Outcome:
    became = Outcome()
    async with server.connected(settings) as client, open_dead_letters(settings.database("store")) as letters:
        for first in range(0, len(message_ids), AT_ONCE):
            some = Chosen(tuple(message_ids[first : first + AT_ONCE]), unsettled=unsettled)
            await _send(client, letters, some, became)
        became.unheard = await server.unheard(client)
    return became


async def _send(client: Client, letters: DeadLetters, some: Chosen, became: Outcome) -> None:
    """Note first, then send: cut off between the two, a repetition sends the same message, and it counts once.

    What somebody else has sent meanwhile is passed over, for its note is made under the store's lock.
    """
    anew = False
    while some.message_ids:
        numbered = await letters.number(some, anew=anew)
        try:
            again = [one.message_id for one in numbered if not await _send_one(client, one, became)]
        finally:
            sent = [one.message_id for one in numbered if one.message_id in became.sent]
            await letters.sent(sent, datetime.now(UTC))
        some, anew = replace(some, message_ids=tuple(again)), True


async def _send_one(client: Client, one: Requeue, became: Outcome) -> bool:
    """Whether that was its end; False where its number is taken, by a burial that is purged since."""
    try:
        letter = letter_of(one)
        if not await say_again(client, letter) and not one.repeated:
            return False
        became.sent[one.message_id] = letter.headers["Nats-Msg-Id"]
        became.of_no_input += one.input_id is None
    except NotSent as error:
        became.refused[one.message_id] = str(error)
    return True


def letter_of(requeue: Requeue) -> Letter:
    """What is published: the original body, and the original headers under a new id; raises NotSent.

    Headers that speak to the server (`Nats-…`: expected sequences, parts of a batch) were meant for the first time.
    """
    letter = requeue.letter
    if not letter.body_kept:
        raise NotSent(f"its body was not kept ({letter.detail}): give the document in again, and purge this")
    if letter.stream == DEAD.name:
        raise NotSent(f"somebody else wrote it into {DEAD.name}, and nothing says where it belongs: purge it")
    unnamed = message_id(requeue.input_id or f"{letter.stream}-{letter.sequence}", SAID_ON.get(letter.subject, ""))
    identifier = requeued(letter.original_id() or unnamed, requeue.number)
    kept = {
        name: value
        for name, value in letter.headers.items()
        if HEADER_NAME.fullmatch(name) and not name.lower().startswith("nats-")
    }
    ids = {"Nats-Msg-Id": identifier, "Nats-Expected-Stream": letter.stream}
    return Letter(letter.stream, letter.subject, requeue.body, {**ids, **kept, "ce-id": identifier})


async def say_again(client: Client, letter: Letter) -> bool:
    """Whether the stream took it; False where it knows that id already. Raises NotSent where it does not take it."""
    if letter.size() > client.max_payload:  # nats-py measures the body alone, and the server would hang up
        raise NotSent(
            f"it is larger than the server's max_payload, {client.max_payload} bytes: raise that, or purge it"
        )
    for tried in range(TRIES):
        try:
            return not (await atomic.publish_one(client, letter, timeout_seconds=ACK_SECONDS)).is_repeated or tried > 0
        except TimeoutError:
            continue
        except NoRespondersError:
            raise NotSent(
                f"nothing listens on {letter.subject}: `wireroom up` lays the stream {letter.stream}"
            ) from None
        except atomic.ApiError as error:
            raise NotSent(f"{letter.stream} does not take it ({error}): see `wireroom status`, and try again") from None
    raise Told(f"{letter.stream} acknowledged nothing for {TRIES * ACK_SECONDS:g} s: try again once the server is well")
