"""What is said of an input, and what is certain by then."""

import hashlib

from contracts.input_received import InputReceived
from contracts.message import Message
from contracts.outcomes import RejectReason
from services.fetch.arrival import Arrival
from services.fetch.core import Rejected
from services.fetch.handler import mint
from services.fetch.intake import Intake
from services.fetch.originals import Original, Seen
from services.fetch.spool import Stretch
from tests.edges.inboxes import Beyond, reads_here

DATA = "Le maire a inauguré hier la nouvelle école du quartier.".encode()
NOW = 1_000_000.0
ORIGINAL = Original(DATA, hashlib.sha256(DATA).hexdigest(), Seen(1, len(DATA), 1), read_at=NOW)
FRESH_SECONDS = 3600.0


class Slow(Beyond):
    """What takes `seconds` to acknowledge a receipt."""

    now = NOW
    seconds = 0.0
    puts = 0

    async def put(self, data: bytes | Stretch, sha256: str) -> None:
        self.puts += 1
        await super().put(data, sha256)

    async def say(self, *messages: Message, began: object = None) -> None:
        if isinstance(messages[0], InputReceived):
            self.now += self.seconds
        await super().say(*messages)

    def intake(self) -> Intake:
        return Intake(
            reads_here(),
            self,
            self.say,
            self.count,
            fresh_seconds=FRESH_SECONDS,
            clock=lambda: self.now,
            log=lambda *_, **__: None,
        )


async def taken(beyond: Slow) -> list[InputReceived]:
    arrival, intake = Arrival(mint(), "inbox:a.txt", "a.txt"), beyond.intake()
    await intake.say(arrival, ORIGINAL, await intake.read(arrival, ORIGINAL))
    return [message for message in beyond.said if isinstance(message, InputReceived)]


async def test_the_receipt_names_the_original() -> None:
    [received] = await taken(Slow())

    assert received.sha256 == ORIGINAL.sha256


async def test_the_receipt_of_what_was_never_read_names_none() -> None:
    beyond = Slow()
    arrival = Arrival(mint(), "inbox:a.txt", "a.txt")
    await beyond.intake().say(arrival, None, Rejected(RejectReason.NOT_A_FILE, "it is a pipe"))

    [received] = [message for message in beyond.said if isinstance(message, InputReceived)]
    assert received.sha256 is None


async def test_an_original_is_put_once_where_the_receipt_is_acknowledged_in_time() -> None:
    beyond = Slow()
    await taken(beyond)

    assert beyond.puts == 1


async def test_an_original_that_may_have_been_removed_before_its_receipt_was_acknowledged_is_put_again() -> None:
    beyond = Slow()
    beyond.seconds = FRESH_SECONDS * 0.6
    await taken(beyond)

    assert beyond.puts == 2


async def test_when_an_original_was_read_is_known_to_whoever_says_its_receipt() -> None:
    beyond = Slow()
    arrival, before = Arrival(mint(), "inbox:a.txt", "a.txt"), beyond.intake()
    document = await before.read(arrival, ORIGINAL)
    beyond.now += FRESH_SECONDS * 0.6
    await beyond.intake().say(arrival, ORIGINAL, document)

    assert beyond.puts == 2
