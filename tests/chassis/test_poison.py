"""Messages that nobody of ours would say, on a real nats-server: each ends once, and those around it go their way."""

import hashlib
from collections.abc import Callable
from typing import Any

import pytest

from contracts.article_fetched import ArticleFetched
from contracts.dead_letter import DeadLetter
from contracts.language_detected import LanguageDetected
from contracts.outcomes import DeadReason
from services.chassis.testing import until
from tests.e2e.strange import publish_as_bytes

pytestmark = pytest.mark.nats

MakeArticle = Callable[..., ArticleFetched]
InFrench = Callable[[ArticleFetched], LanguageDetected]

SUBJECT = "wireroom.article.fetched"
OTHER = "01890a5d-ac96-774b-bcce-b302099a8057"  # another input's id
LINE = b"NATS/1.0\r\n"
HEADERS = {
    "none at all": b"",
    "shorter than a header can be": b"NATS",
    "of no known protocol": b"GARBAGE\xff\r\n\r\n",
    "a status as the server gives it": b"NATS/1.0 503\r\n\r\n",
    "a status that is no text": b"NATS/1.0 \xff\xfe\xfd\r\n\r\n",
    "a status as a header": LINE + b"Status: 409\r\nDescription: Consumer Deleted\r\n\r\n",
    "not ended": LINE + b"A: b",
    "names that are no names": LINE + "é: 1\r\nA b: 2\r\n: 3\r\n\r\n".encode(),
    "values that are no text": LINE + b"Nats-Msg-Id: \xff\xfe\x00\r\ntraceparent: \xff-\xff-\xff-\xff\r\n\r\n",
    "new lines": LINE + b"Nats-Msg-Id: a\nNats-Rollup: all\r\n\r\n",
    "twice the same": LINE + b"Nats-Msg-Id: a\r\nNats-Msg-Id: b\r\n\r\n",
    "no input's id": LINE + b"Nats-Msg-Id: a:b:c:d\r\n\r\n",
    "another input's id": LINE + f"Nats-Msg-Id: {OTHER}:article_fetched\r\n\r\n".encode(),
    "another message's id": LINE + f"Nats-Msg-Id: {OTHER}:article_extracted\r\n\r\n".encode(),
    "a way like no other": LINE + f"Nats-Msg-Id: {OTHER}:article_fetched:r1:{'q' * 9000}\r\n\r\n".encode(),
    "as large as the server takes": LINE + b"".join(b"H%d: %s\r\n" % (n, b"x" * 1000) for n in range(63)) + b"\r\n",
    "that JSON makes six times larger": LINE + b"X: " + "é".encode() * 20_000 + b"\r\n\r\n",
}


async def publish(room: Any, block: bytes, body: bytes) -> None:
    """Say it, and return when the stream holds it: a server says +OK to what it has read and not yet stored."""
    server, before = room.server, await room.messages("LANGUAGE")
    await publish_as_bytes(server.port, server.credentials["operator"], [(SUBJECT, block, body)])
    await until(lambda: holds(room, "LANGUAGE", before + 1))


async def holds(room: Any, stream: str, messages: int) -> bool:
    return bool(await room.messages(stream) == messages)


async def listening(room: Any, french: InFrench, *, batch: bool) -> None:
    async def one(heard: ArticleFetched) -> LanguageDetected:
        return french(heard)

    async def many(heard: list[ArticleFetched]) -> list[LanguageDetected]:
        return [french(each) for each in heard]

    await room.listen(many if batch else one, batch=batch)


@pytest.mark.parametrize("batch", [False, True])
@pytest.mark.parametrize("block", HEADERS.values(), ids=HEADERS)
async def test_whatever_its_headers_what_cannot_be_read_is_buried_once_and_its_neighbours_are_well(
    room: Any, article: MakeArticle, french: InFrench, block: bytes, batch: bool
) -> None:
    await room.say(article())
    await publish(room, block, b"{not json")
    await room.say(article())
    await listening(room, french, batch=batch)

    await until(lambda: holds(room, "LANGUAGE", 0))
    assert (await room.messages("DEAD"), await room.messages("DEDUP")) == (1, 2)
    buried = await room.js.get_msg("DEAD", 1)
    letter = DeadLetter.from_headers(buried.headers)
    assert (letter.reason, letter.attempts, buried.data) == (DeadReason.UNDECODABLE, 1, b"{not json")
    assert letter.message_id() == buried.headers["Nats-Msg-Id"]


@pytest.mark.parametrize("batch", [False, True])
@pytest.mark.parametrize("block", HEADERS.values(), ids=HEADERS)
async def test_whatever_its_headers_what_can_be_read_goes_on_under_an_id_of_ours(
    room: Any, article: MakeArticle, french: InFrench, block: bytes, batch: bool
) -> None:
    strange, neighbour = article(), article()
    await publish(room, block, strange.model_dump_json().encode())
    await room.say(neighbour)
    await listening(room, french, batch=batch)

    await until(lambda: holds(room, "LANGUAGE", 0))
    assert (await room.messages("DEAD"), await room.messages("DEDUP")) == (0, 2)
    said = [await room.js.get_msg("DEDUP", number) for number in (1, 2)]
    ids = {message.headers["Nats-Msg-Id"] for message in said}
    assert ids == {f"{one.input_id}:language_detected" for one in (strange, neighbour)}


@pytest.mark.parametrize("batch", [False, True])
async def test_what_is_as_large_as_the_server_takes_is_buried_by_its_size_and_hash(
    room: Any, article: MakeArticle, french: InFrench, batch: bool
) -> None:
    body = b"x" * ((8 << 20) - 100)
    await publish(room, b"", body)
    await room.say(article())
    await listening(room, french, batch=batch)

    await until(lambda: holds(room, "LANGUAGE", 0))
    assert (await room.messages("DEAD"), await room.messages("DEDUP")) == (1, 1)
    buried = await room.js.get_msg("DEAD", 1)
    letter = DeadLetter.from_headers(buried.headers)
    assert (buried.data or b"", letter.body_kept) == (b"", False)
    assert letter.detail.startswith(f"{len(body)} bytes, sha256 {hashlib.sha256(body).hexdigest()}, too large")


async def test_what_is_almost_as_large_is_kept_whole(room: Any, french: InFrench) -> None:
    body = b"x" * ((8 << 20) - (64 << 10))
    await publish(room, b"", body)
    await listening(room, french, batch=False)

    await until(lambda: holds(room, "LANGUAGE", 0))
    buried = await room.js.get_msg("DEAD", 1)
    assert buried.data == body


async def test_headers_too_large_to_lie_beside_the_facts_are_left_out_and_the_body_is_kept(
    room: Any, french: InFrench
) -> None:
    identifier = f"{OTHER}:article_fetched:q3"
    block = LINE + f"Nats-Msg-Id: {identifier}\r\nX: {'é' * 20_000}\r\n\r\n".encode()
    await publish(room, block, b"{not json")
    await listening(room, french, batch=False)

    await until(lambda: holds(room, "LANGUAGE", 0))
    buried = await room.js.get_msg("DEAD", 1)
    letter = DeadLetter.from_headers(buried.headers)
    assert (letter.headers, letter.body_kept, buried.data) == ({"Nats-Msg-Id": identifier}, True, b"{not json")
    assert "too many to be kept" in letter.detail
    assert letter.message_id() == f"dead:{identifier}:1"


@pytest.mark.parametrize(
    "body",
    [
        b"null",
        b"[]",
        b'"text"',
        b"[" * 100_000,
        b'{"input_id": 1}',
        b'{"a": ' * 50_000,
        b"\xef\xbb\xbf{}",
        b"1" * 5000,
        f'{{"input_id": "{OTHER}", "source_uri": "inbox:a", "received_at": "2026-01-01T00:00Z"}}'.encode(),
    ],
)
async def test_a_message_of_the_wrong_type_is_buried_at_first_sight(
    room: Any, article: MakeArticle, french: InFrench, body: bytes
) -> None:
    await publish(room, b"", body)
    await room.say(article())
    await listening(room, french, batch=True)

    await until(lambda: holds(room, "LANGUAGE", 0))
    assert (await room.messages("DEAD"), await room.messages("DEDUP")) == (1, 1)
    assert (await room.js.get_msg("DEAD", 1)).data == body
