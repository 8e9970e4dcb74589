"""The checker on a finished system whose streams and folders were damaged behind its back: it names each damage."""

import json
import re
from collections.abc import Awaitable, Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import nats
import pytest
from nats.js import JetStreamContext

from tests.injuries.bench import Bench
from tests.injuries.in_streams import ENRICHED, RAW, Message, Streams, read

pytestmark = [pytest.mark.nats, pytest.mark.slow]

Deed = Callable[[JetStreamContext], Awaitable[object]]


# -- the folders


def _reports(change: dict[str, Any]) -> Callable[[Path], object]:
    def deed(folder: Path) -> None:
        report = folder / "inbox/.rejected/vide.txt.error.json"
        report.write_text(json.dumps(json.loads(report.read_text()) | change))

    return deed


FOLDERS: dict[str, tuple[Callable[[Path], object], str]] = {
    "a file is gone": (lambda at: (at / "inbox/.done/vu.txt").unlink(), "vu.txt: its file is not in .done"),
    "a file is cut": (
        lambda at: (at / "inbox/.done/vu.txt").write_text("cut"),
        "vu.txt: its file is damaged in .done",
    ),
    "a file is locked": (
        lambda at: (at / "inbox/.done/vu.txt").chmod(0o600),
        "vu.txt: its file has the mode 600 in .done",
    ),
    "a file is on another shelf": (
        lambda at: (at / "inbox/.done/vu.txt").rename(at / "inbox/.rejected/vu.txt"),
        ".rejected/vu.txt: nobody's file on a shelf",
    ),
    "a file is nobody's": (
        lambda at: (at / "inbox/.done/depeches/new.txt").write_text("new"),
        ".done/depeches/new.txt: nobody's file on a shelf",
    ),
    "a file was never taken": (lambda at: (at / "inbox/new.txt").write_text("new"), "left in the inbox: new.txt"),
    "a claim is left": (lambda at: (at / "inbox/.claimed/note").write_text("{}"), "left in a claim: note"),
    "a report is gone": (
        lambda at: (at / "inbox/.rejected/vide.txt.error.json").unlink(),
        "vide.txt: it was rejected without a report",
    ),
    "a report is garbled": (
        lambda at: (at / "inbox/.rejected/vide.txt.error.json").write_text("{"),
        "vide.txt: its report says input_id None",
    ),
    "a report gives another reason": (_reports({"reason": "no_text"}), "its report says reason 'no_text'"),
    "a report gives another detail": (_reports({"detail": "?"}), "its report says detail '?'"),
    "a report gives another input": (_reports({"input_id": "?"}), "its report says input_id '?'"),
    "a report gives another place": (_reports({"source_uri": "?"}), "its report says source_uri '?'"),
    "a report gives another time": (_reports({"at": "2020-01-01T00:00:00Z"}), "its report says at '2020-01-01"),
    "a secret is readable": (lambda at: (at / "home/credentials.json").chmod(0o644), "home/credentials.json has the"),
    "a log is writable": (lambda at: (at / "home/logs/store.log").chmod(0o620), "home/logs/store.log has the mode 620"),
    "the home is open": (lambda at: (at / "home").chmod(0o755), "home has the mode 755"),
}


@pytest.mark.parametrize(("deed", "found"), FOLDERS.values(), ids=FOLDERS)
def test_a_damage_in_the_folders_is_named(
    bench: Bench, tmp_path: Path, deed: Callable[[Path], object], found: str
) -> None:
    told = bench.of_folders(tmp_path, deed)

    assert any(found in line for line in told), told


# -- what lies in the streams


def _exchanged(messages: list[Message], subject: str, change: Callable[[Message], Message]) -> None:
    """The last message that fits, changed."""
    at = max(at for at, one in enumerate(messages) if one.subject.startswith(subject))
    messages[at] = change(messages[at])


def _words(subject: str, was: bytes, becomes: bytes) -> Callable[[Streams], object]:
    def change(one: Message) -> Message:
        data, number = re.subn(was, becomes, one.data, count=1)
        assert number == 1, one.data
        return replace(one, data=data)

    return lambda streams: _exchanged(streams.articles, subject, change)


def _headers(**other: str) -> Callable[[Streams], object]:
    headers = {name.replace("_", "-"): value for name, value in other.items()}
    return lambda streams: _exchanged(
        streams.articles, ENRICHED, lambda one: replace(one, headers=one.headers | headers)
    )


def _without_the_only_one(streams: Streams) -> object:
    """Of an article that was enriched once: where another enrichment was announced, its input is."""
    streams.articles[:] = [one for one in streams.articles if b"inbox:vu.txt" not in one.data]
    return None


def _letter(**other: Any) -> Callable[[Streams], object]:
    return lambda streams: _exchanged(streams.dead, "dead.", lambda one: replace(one, **other))


def _fact(name: str, value: str) -> Callable[[Streams], object]:
    return lambda streams: _exchanged(
        streams.dead, "dead.", lambda one: replace(one, headers=one.headers | {f"Wireroom-{name}": value})
    )


DUPLICATED = "articles.duplicated."
MESSAGES: list[tuple[Callable[[Streams], object], str]] = [
    (_words(ENRICHED, rb'"text":"', rb'"text":"Faux '), "document.text is"),
    (_words(ENRICHED, rb'"tag":"fr"', rb'"tag":"de"'), "language.tag is 'de', not 'fr'"),
    (_words(ENRICHED, rb'"title":\w+', rb'"title":{"text":"Faux"}'), "extraction.title is"),
    (_words(ENRICHED, rb'"title":\w+,', rb'"mood":"sombre","title":null,'), "extraction.mood is 'sombre', not nothing"),
    (_words(ENRICHED, rb'"trail":\[\{.*?\},', rb'"trail":['), "trail is"),
    (_words(ENRICHED, rb'"enrichment":\d+', rb'"enrichment":7'), "it is announced, not anything that is kept"),
    (_words(ENRICHED, rb'"bytes":\d+', rb'"bytes":7'), "document.bytes is 7, not"),
    (_words(ENRICHED, rb'"confidence":[0-9.]+', rb'"confidence":0.1'), "confidence is 0.1, not"),
    (_words(ENRICHED, rb"^\{", rb"{{"), "not JSON of ours"),
    (_words(DUPLICATED, rb'"method":"\w+"', rb'"method":"contained"'), "duplication.method is 'contained', not"),
    (_words(DUPLICATED, rb'"of":"\w+"', b'"of":"' + b"0" * 32 + b'"'), "duplication.of is"),
    (_headers(ce_id="nobody:article_enriched"), "nobody:article_enriched: announced, and not in the ledger"),
    (_headers(ce_type="rumour"), "ce-type is 'rumour', not 'wireroom.article_enriched'"),
    (_headers(ce_source="elsewhere"), "ce-source is 'elsewhere', not 'wireroom/store'"),
    (_headers(ce_time="yesterday"), "ce-time is 'yesterday', not a moment"),
    (_headers(content_type="text/plain"), "content-type is 'text/plain'"),
    (_headers(traceparent=f"00-{'0' * 32}-{'1' * 16}-01"), "not its input's own"),
    (
        lambda streams: _exchanged(streams.articles, ENRICHED, lambda one: replace(one, subject=f"{ENRICHED}de.de")),
        "subject is articles.enriched.de.de, not articles.enriched.fr.fr",
    ),
    (lambda streams: streams.articles.pop(), "enrichment 2 is nothing, not announced"),
    (_without_the_only_one, "never announced"),
    (_letter(data=b"{}"), "body is"),
    (_letter(subject="dead.elsewhere"), "DEAD: "),
    (_fact("Reason", "unfit"), "reason is 'undecodable', not 'unfit'"),
    (_fact("Detail", '"?"'), "detail is"),
    (_fact("Attempts", "7"), "attempts is"),
    (_fact("Buried-At", "2020-01-01T00:00:00+00:00"), "buried_at is"),
    (_fact("Original-Sequence", "x"), "it is unreadable, not facts and a body"),
    (lambda streams: streams.dead.append(streams.dead[0]), "buried 2 times"),
    (lambda streams: streams.dead.clear(), "recorded, and not in DEAD"),
]


@pytest.mark.parametrize(("deed", "found"), MESSAGES, ids=[found for _, found in MESSAGES])
def test_a_damage_to_a_message_is_named(bench: Bench, deed: Callable[[Streams], object], found: str) -> None:
    told = bench.after(streams=deed)

    assert any(found in line for line in told), told


# -- and on the server itself, where none of it is undone


async def _without_an_announcement(js: JetStreamContext) -> object:
    return await js.delete_msg("ARTICLES", (await js.stream_info("ARTICLES")).state.last_seq)


async def _without_an_original(js: JetStreamContext) -> object:
    """Every meta of it: twins that come at the same time may each have put one."""
    last = await js.get_msg(RAW, (await js.stream_info(RAW)).state.last_seq)
    return await js.purge_stream(RAW, subject=last.subject)


async def _without_a_chunk(js: JetStreamContext) -> object:
    """Of an original as it is read now: the pieces of a twin's may lie there too."""
    some = await js.get_msg(RAW, seq=1, subject="$O.RAW.M.>", next=True)
    said = json.loads((await js.get_last_msg(RAW, some.subject or "")).data or b"")
    piece = await js.get_last_msg(RAW, f"$O.RAW.C.{said['nuid']}")
    return await js.delete_msg(RAW, piece.seq or 0)


async def _for_an_hour(js: JetStreamContext) -> object:
    config = (await js.stream_info("ARTICLES")).config
    return await js.update_stream(config.evolve(max_age=3600.0))


async def _given_up_after_three(js: JetStreamContext) -> object:
    config = (await js.consumer_info("DEDUP", "dedup")).config
    return await js.add_consumer("DEDUP", config.evolve(max_deliver=3))


async def _without_a_durable(js: JetStreamContext) -> object:
    return await js.delete_consumer("EXTRACT", "extract")


async def _without_a_stream(js: JetStreamContext) -> object:
    return await js.delete_stream("LANGUAGE")


ON_THE_SERVER = [
    ("publisher", _without_an_announcement, "enrichment 2 is nothing, not announced"),
    ("publisher", _for_an_hour, "the stream ARTICLES has max_age 3600.0"),
    ("operator", _without_an_original, "its original is not in RAW"),
    ("operator", _without_a_chunk, "is damaged"),
    ("operator", _given_up_after_three, "the durable dedup of DEDUP has max_deliver 3, not -1"),
    ("operator", _without_a_durable, "the durable extract of EXTRACT is gone"),
    ("operator", _without_a_stream, "the stream LANGUAGE is gone"),
]


@pytest.mark.parametrize(("user", "deed", "found"), ON_THE_SERVER, ids=[found for *_, found in ON_THE_SERVER])
async def test_a_damage_on_the_server_is_named(bench: Bench, user: str, deed: Deed, found: str) -> None:
    credentials = bench.system.credentials()
    client = await nats.connect(bench.system.url, user=user, password=credentials[user])
    try:
        await deed(client.jetstream())
    finally:
        await client.close()

    told = await bench.of_server()

    assert any(found in line for line in told), told


async def test_a_password_that_the_server_does_not_know_is_named(bench: Bench) -> None:
    told = await read(bench.system.url, {**bench.system.credentials(), "language": "another"})

    assert any("credentials.json: the server does not let language in" in line for line in told.broken), told.broken
