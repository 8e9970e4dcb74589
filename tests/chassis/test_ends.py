"""How deliveries end, on a real nats-server."""

import asyncio
import itertools
import json
import time
from collections.abc import Callable
from typing import Any

import pytest

from contracts.article_fetched import ArticleFetched
from contracts.language_detected import LanguageDetected
from contracts.outcomes import DeadReason, Unfit
from services.chassis import failures
from services.chassis.letters import Letter
from services.chassis.publisher import Publisher, Refused
from services.chassis.testing import until
from services.chassis.unavailable import Unavailable

pytestmark = pytest.mark.nats

MakeArticle = Callable[..., ArticleFetched]
InFrench = Callable[[ArticleFetched], LanguageDetected]


async def test_what_is_heard_is_said_with_its_step_and_gone_from_the_queue(
    room: Any, article: MakeArticle, french: InFrench
) -> None:
    async def answer(heard: ArticleFetched) -> LanguageDetected:
        return french(heard)

    await room.listen(answer)
    heard = article()
    await room.say(heard)

    await until(lambda: room.is_full("DEDUP", 1))
    await until(lambda: room.is_full("LANGUAGE", 0))
    raw = await room.js.get_msg("DEDUP", 1)
    said = LanguageDetected.model_validate_json(raw.data)
    assert said.document == heard.document
    assert [(step.service, step.outcome, step.attempts) for step in said.trail] == [("language", "detected", 1)]
    assert raw.headers["Nats-Msg-Id"] == raw.headers["ce-id"] == f"{heard.input_id}:language_detected"
    assert raw.headers["ce-type"] == "wireroom.language_detected"
    await until(lambda: room.counted("detected") == 1)


async def test_what_follows_a_replay_bears_the_replays_mark(room: Any, article: MakeArticle, french: InFrench) -> None:
    async def answer(heard: ArticleFetched) -> LanguageDetected:
        return french(heard)

    await room.listen(answer)
    heard = article()
    await room.js.publish(
        heard.subject, heard.model_dump_json().encode(), headers={"Nats-Msg-Id": f"{heard.input_id}:article_fetched:r2"}
    )

    await until(lambda: room.is_full("DEDUP", 1))
    raw = await room.js.get_msg("DEDUP", 1)
    assert raw.headers["Nats-Msg-Id"] == f"{heard.input_id}:language_detected:r2"


async def test_a_lasting_trouble_is_tried_later_and_later_and_then_buried(
    room: Any, article: MakeArticle, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(failures, "BACKOFF_SECONDS", (0.1, 0.2, 0.4, 0.8))
    starts: list[float] = []

    async def fail(_: ArticleFetched) -> None:
        starts.append(time.monotonic())
        raise ConnectionError("the far side of the moon")

    await room.listen(fail)
    heard = article()
    await room.say(heard)

    letter, body = await room.the_dead()
    gaps = [later - earlier for earlier, later in itertools.pairwise(starts)]
    assert len(starts) == 5
    assert all(gap >= delay * 0.9 for gap, delay in zip(gaps, (0.1, 0.2, 0.4, 0.8), strict=True))
    assert (letter.service, letter.reason, letter.attempts) == ("language", DeadReason.FAILED, 5)
    assert letter.detail == "ConnectionError: the far side of the moon"
    assert letter.subject == "wireroom.article.fetched"
    assert ArticleFetched.model_validate_json(body).input_id == heard.input_id
    await until(lambda: room.is_full("LANGUAGE", 0))
    await until(lambda: (room.counted("failed", "error"), room.counted("dead", "failed")) == (4, 1))


async def test_what_can_never_be_right_is_buried_at_first_sight(room: Any, article: MakeArticle) -> None:
    calls: list[str] = []

    async def refuse(heard: ArticleFetched) -> None:
        calls.append(heard.input_id)
        raise Unfit("no such language")

    await room.listen(refuse)
    await room.say(article())

    letter, _ = await room.the_dead()
    assert (letter.reason, letter.attempts, len(calls)) == (DeadReason.UNFIT, 1, 1)


@pytest.mark.parametrize("body", [b"{broken", b"", b"123", b'{"input_id": "x"}', b"\xff\xfe\x00"])
async def test_a_message_that_is_not_the_contracts_is_buried_byte_for_byte(room: Any, body: bytes) -> None:
    async def answer(_: ArticleFetched) -> None:
        pytest.fail("the handler must not see it")

    await room.listen(answer)
    await room.js.publish("wireroom.article.fetched", body)

    letter, buried = await room.the_dead()
    assert buried == body
    assert letter.reason == DeadReason.UNDECODABLE
    await until(lambda: room.is_full("LANGUAGE", 0))


async def test_a_message_that_dead_refuses_stays_in_its_queue_until_it_is_taken_whole(
    room: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    publish = Publisher.publish
    refusing = asyncio.Event()
    refusing.set()

    async def refuse(self: Publisher, letter: Letter) -> None:
        if letter.stream == "DEAD" and letter.body and refusing.is_set():
            raise Refused("no bodies today")
        await publish(self, letter)

    async def answer(_: ArticleFetched) -> None:
        pytest.fail("the handler must not see it")

    monkeypatch.setattr(failures, "BACKOFF_SECONDS", (0.05,))
    monkeypatch.setattr(Publisher, "publish", refuse)
    await room.listen(answer)
    await room.js.publish("wireroom.article.fetched", b"{broken")
    await until(lambda: room.counted("failed", "error") >= 2)
    assert (await room.messages("LANGUAGE"), await room.messages("DEAD")) == (1, 0)
    refusing.clear()

    assert (await room.the_dead())[1] == b"{broken"
    await until(lambda: room.is_full("LANGUAGE", 0))


async def test_a_message_of_a_newer_contract_passes(room: Any, article: MakeArticle, french: InFrench) -> None:
    async def answer(heard: ArticleFetched) -> LanguageDetected:
        return french(heard)

    await room.listen(answer)
    newer = json.loads(article().model_dump_json()) | {"mood": "sombre"}
    newer["document"]["colour"] = "red"
    await room.js.publish("wireroom.article.fetched", json.dumps(newer).encode())

    await until(lambda: room.is_full("DEDUP", 1))
    assert await room.messages("DEAD") == 0


async def test_what_only_a_newer_wireroom_hears_waits_for_it_however_long(
    room: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def answer(_: ArticleFetched) -> None:
        pytest.fail("it is not for this handler")

    monkeypatch.setattr(failures, "BACKOFF_SECONDS", (0.05,))
    info = await room.js.stream_info("LANGUAGE")
    info.config.subjects = [*info.config.subjects, "wireroom.article.sung"]
    await room.js.update_stream(info.config)
    await room.listen(answer)
    await room.js.publish("wireroom.article.sung", b"{}")

    enough = failures.LONE_FROM_DELIVERY + failures.MAX_LONE_STARTS + 2
    await until(lambda: room.counted("failed", "unknown_subject") >= enough)
    assert (await room.messages("LANGUAGE"), await room.messages("DEAD")) == (1, 0)
    assert await room.messages("KV_STARTS") == 0


async def test_an_outage_is_nobodys_failure(room: Any, article: MakeArticle, french: InFrench) -> None:
    away = asyncio.Event()
    tries: list[str] = []

    async def probe() -> None:
        if not away.is_set():
            raise Unavailable("database", "gone fishing")

    async def answer(heard: ArticleFetched) -> LanguageDetected:
        tries.append(heard.input_id)
        await probe()
        return french(heard)

    worker = await room.listen(answer, probe=probe)
    await room.say(article(), article())
    await until(lambda: [one.words for one in worker.troubles()] == ["database is away: gone fishing"])
    away.set()

    await until(lambda: room.is_full("DEDUP", 2))
    await until(lambda: worker.troubles() == [])
    assert (room.counted("failed", "error"), await room.messages("DEAD")) == (0, 0)
    assert len(set(tries)) == 2
    assert len(tries) <= 4  # each once before and once after, unless it came when it was over


async def test_an_outage_is_over_with_a_message_that_is_buried_after_it(room: Any, article: MakeArticle) -> None:
    is_away = True

    async def probe() -> None:
        if is_away:
            raise Unavailable("database")

    async def refuse(_: ArticleFetched) -> None:
        await probe()
        raise Unfit("no such language")

    worker = await room.listen(refuse, probe=probe)

    async def begun(number: int) -> Any:
        nonlocal is_away
        is_away = True
        await room.say(article())
        await until(lambda: bool(worker.troubles()))
        [trouble] = worker.troubles()
        is_away = False
        await until(lambda: room.counted("dead", "unfit") == number)
        return trouble.since

    assert await begun(1) < await begun(2)


async def test_a_message_that_only_pretends_an_outage_counts_as_failing(
    room: Any, article: MakeArticle, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(failures, "BACKOFF_SECONDS", (0.01, 0.01, 0.01, 0.01))

    async def probe() -> None:
        return

    async def answer(_: ArticleFetched) -> None:
        raise Unavailable("database", "this row breaks it")

    await room.listen(answer, probe=probe)
    await room.say(article())

    letter, _ = await room.the_dead()
    assert letter.attempts == 5


async def test_in_a_batch_only_the_guilty_is_buried(room: Any, article: MakeArticle, french: InFrench) -> None:
    async def answer(heard: list[ArticleFetched]) -> list[LanguageDetected]:
        if any(one.document.text == "bad" for one in heard):
            raise Unfit("there is a bad one")
        return [french(one) for one in heard]

    good = [article() for _ in range(20)]
    await room.say(*good[:10], article("bad"), *good[10:])
    await room.listen(answer, batch=True)

    letter, body = await room.the_dead()
    await until(lambda: room.is_full("DEDUP", 20))
    await until(lambda: room.counted("detected") == 20)  # counted once the server has said that it has them
    assert letter.reason == DeadReason.UNFIT
    assert ArticleFetched.model_validate_json(body).document.text == "bad"


async def test_a_slow_handler_keeps_its_message(room: Any, article: MakeArticle, french: InFrench) -> None:
    calls: list[str] = []
    release = asyncio.Event()

    async def answer(heard: ArticleFetched) -> LanguageDetected:
        calls.append(heard.input_id)
        await release.wait()
        return french(heard)

    await room.listen(answer)
    await room.say(article())
    deadline = time.monotonic() + 5.0  # more than twice ack_wait
    await until(lambda: time.monotonic() > deadline)
    release.set()

    await until(lambda: room.is_full("LANGUAGE", 0))
    assert len(calls) == 1


async def test_a_handler_past_its_limit_is_cancelled_and_failed(
    room: Any, article: MakeArticle, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(failures, "BACKOFF_SECONDS", (0.01, 0.01, 0.01, 0.01))

    async def answer(_: ArticleFetched) -> None:
        await asyncio.Event().wait()

    await room.listen(answer, handler_timeout_seconds=0.1)
    await room.say(article())

    letter, _ = await room.the_dead()
    assert letter.reason == DeadReason.TIMEOUT


async def test_a_message_that_outgrew_the_server_is_buried(room: Any, article: MakeArticle, french: InFrench) -> None:
    async def answer(heard: ArticleFetched) -> LanguageDetected:
        grown = heard.document.model_copy(update={"text": "x" * (8 << 20)})
        return french(heard).model_copy(update={"document": grown})

    await room.listen(answer)
    await room.say(article())

    letter, _ = await room.the_dead()
    assert letter.reason == DeadReason.TOO_LARGE


async def test_one_bad_message_dissolves_no_batch(room: Any, article: MakeArticle, french: InFrench) -> None:
    calls: list[int] = []

    async def answer(heard: list[ArticleFetched]) -> list[LanguageDetected]:
        calls.append(len(heard))
        return [french(one) for one in heard]

    for number in range(100):
        body = b"{broken" if number == 50 else article().model_dump_json().encode()
        await room.js.publish("wireroom.article.fetched", body)
    await room.listen(answer, batch=True)

    await until(lambda: room.is_full("DEDUP", 99))
    await until(lambda: room.is_full("DEAD", 1))
    assert len(calls) < 20
    assert sum(calls) == 99


async def test_an_outage_longer_than_the_handlers_limit_is_held_and_nothing_is_tried_twice_at_once(
    room: Any, article: MakeArticle, french: InFrench
) -> None:
    away = asyncio.Event()
    tries: list[str] = []

    async def probe() -> None:
        if not away.is_set():
            raise Unavailable("database")

    async def answer(heard: list[ArticleFetched]) -> list[LanguageDetected]:
        tries.extend(one.input_id for one in heard)
        await probe()
        return [french(one) for one in heard]

    await room.say(article(), article())
    await room.listen(answer, batch=True, probe=probe, handler_timeout_seconds=0.2)
    long = time.monotonic() + 5.0  # twice ack_wait, many times the limit
    await until(lambda: time.monotonic() > long)
    away.set()

    await until(lambda: room.is_full("LANGUAGE", 0))
    await until(lambda: room.counted("detected") == 2)
    assert await room.messages("DEDUP") == 2
    assert (room.counted("failed", "timeout"), len(tries)) == (0, 4)
