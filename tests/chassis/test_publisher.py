"""Saying with an acknowledgement, on a real nats-server."""

import asyncio
import re
import signal
from typing import Any

import pytest
from nats.js.errors import NotFoundError

from contracts.outcomes import DeadReason, Unfit
from services.chassis import atomic
from services.chassis.letters import Letter, child_of
from services.chassis.publisher import LANES, NoPredecessor, Publisher, Refused
from services.chassis.testing import until

pytestmark = pytest.mark.nats


def letter(identifier: str, *, body: bytes = b"{}", stream: str = "LANGUAGE") -> Letter:
    return Letter(stream, "wireroom.article.fetched", body, {"Nats-Msg-Id": identifier, "Nats-Expected-Stream": stream})


async def test_a_batch_is_stored_whole_and_in_order(room: Any) -> None:
    await room.fetch.publish_all(letter(str(number), body=str(number).encode()) for number in range(600))

    bodies = [(await room.js.get_msg("LANGUAGE", number + 1)).data for number in range(0, 600, 50)]
    assert await room.messages("LANGUAGE") == 600
    assert sorted(bodies, key=int) == bodies or len(set(bodies)) == 12  # two lanes may swap batches, never lose one


async def test_each_is_told_under_which_number_it_lies_there(room: Any) -> None:
    alone = await room.fetch.publish(letter("alone", body=b"alone"))
    names = [str(number) for number in range(300)]
    said = await asyncio.gather(*(room.fetch.publish(letter(name, body=name.encode())) for name in names))
    numbers = dict(zip(names, said, strict=True))
    again = await room.fetch.publish(letter("alone", body=b"alone"))

    assert (alone, again) == (1, 1)
    assert sorted(numbers.values()) == list(range(2, 302))
    for name in ("0", "7", "255", "256", "299"):
        assert (await room.js.get_msg("LANGUAGE", numbers[name])).data == name.encode()


async def test_what_is_to_follow_another_is_taken_where_that_is_the_last(room: Any) -> None:
    def behind(number: int) -> Letter:
        one = letter(f"behind {number}")
        return Letter(
            one.stream, one.subject, one.body, {**one.headers, "Nats-Expected-Last-Subject-Sequence": str(number)}
        )

    assert await room.fetch.publish(behind(0)) == 1
    assert await room.fetch.publish(behind(1)) == 2
    with pytest.raises(NoPredecessor, match="wrong last sequence"):
        await room.fetch.publish(behind(0))


async def test_letters_that_follow_others_go_in_one_batch(room: Any) -> None:
    client = await room.server.connect("operator")
    metas = [Letter("OBJ_RAW", f"$O.RAW.M.{number}", b"{}", {"Nats-Msg-Id": str(number)}) for number in range(20)]
    pieces = [Letter("OBJ_RAW", f"$O.RAW.C.{number}", b"", {"Nats-Msg-Id": f"c{number}"}) for number in range(20)]
    first = await atomic.publish(client, pieces, timeout_seconds=60)
    for number, meta in enumerate(metas, first):
        last = "Nats-Expected-Last-Subject-Sequence"
        meta.headers.update({last: str(number), f"{last}-Subject": f"$O.RAW.C.{number - first}"})

    assert (first, await atomic.publish(client, metas, timeout_seconds=60)) == (1, 21)
    await client.close()


async def test_a_batch_with_a_known_id_falls_back_and_stores_the_rest_once(room: Any) -> None:
    await room.fetch.publish(letter("known"))
    await room.fetch.publish_all(letter(name) for name in ("new-1", "known", "new-2"))

    assert await room.messages("LANGUAGE") == 3


async def test_the_commit_alone_tells_that_an_earlier_letter_was_turned_away(room: Any) -> None:
    client = await room.server.connect("fetch")
    with pytest.raises(atomic.ApiError):
        await atomic.publish(client, [letter("a", stream="DEDUP"), letter("b"), letter("c")], timeout_seconds=60)
    await client.close()

    assert await room.messages("LANGUAGE") == 0


async def test_what_is_larger_than_the_server_takes_is_unfit(room: Any) -> None:
    with pytest.raises(Unfit) as raised:
        await room.fetch.publish(letter("huge", body=b"x" * (9 << 20)))
    assert raised.value.reason == DeadReason.TOO_LARGE


async def test_what_is_too_large_is_unfit_also_while_the_server_is_away(room: Any) -> None:
    await room.server.stop(signal.SIGKILL)
    await until(lambda: not room.fetch._client.is_connected)
    with pytest.raises(Unfit):
        await room.fetch.publish(letter("huge", body=b"x" * (9 << 20)))


async def test_what_waits_is_unfit_where_the_next_server_takes_less_and_its_stream_goes_on(room: Any) -> None:
    await room.server.stop(signal.SIGKILL)
    await until(lambda: not room.fetch._client.is_connected)
    saying = [asyncio.create_task(room.fetch.publish(letter(str(n), body=b"x" * (2 << 20)))) for n in range(LANES)]
    await until(lambda: "LANGUAGE" in room.fetch.stalls)
    settings = room.server.home / "nats.conf"
    settings.write_text(re.sub(r"max_payload: \w+", "max_payload: 1MB", settings.read_text()))
    await room.server.start()

    told = await asyncio.gather(*saying, return_exceptions=True)
    assert [type(one) for one in told] == [Unfit] * LANES
    await room.fetch.publish(letter("small"))
    assert await room.messages("LANGUAGE") == 1


async def test_headers_count_against_the_limit_and_the_connection_lives(room: Any) -> None:
    headers = {"Nats-Msg-Id": "heavy", "Wireroom-Original-Headers": "x" * 70_000}
    heavy = Letter("LANGUAGE", "wireroom.article.fetched", b"x" * ((8 << 20) - 65_000), headers)
    with pytest.raises(Unfit):
        await room.fetch.publish(heavy)
    await room.fetch.publish(letter("light"))
    assert await room.messages("LANGUAGE") == 1


async def test_what_is_too_large_for_a_stream_that_somebody_edited_waits_and_says_what_helps(room: Any) -> None:
    info = await room.js.stream_info("LANGUAGE")
    info.config.max_msg_size = 1000
    await room.js.update_stream(info.config)
    saying = asyncio.create_task(room.fetch.publish(letter("large", body=b"x" * 2000)))
    await until(lambda: "LANGUAGE" in room.fetch.stalls)
    assert "`nats stream edit LANGUAGE --max-msg-size=-1` as operator" in room.fetch.stalls["LANGUAGE"].words
    await room.fetch.publish(letter("small"))

    info.config.max_msg_size = -1
    await room.js.update_stream(info.config)
    await saying
    assert await room.messages("LANGUAGE") == 2


async def test_however_many_are_too_large_for_a_stream_others_are_taken_meanwhile(room: Any) -> None:
    info = await room.js.stream_info("LANGUAGE")
    info.config.max_msg_size = 1000
    await room.js.update_stream(info.config)
    large = [letter(f"large {number}", body=b"x" * (2000 + number)) for number in range(LANES + 1)]
    saying = [asyncio.create_task(room.fetch.publish(one)) for one in large]
    await until(lambda: len(room.fetch._apart.get("LANGUAGE", ())) == len(large))
    await room.fetch.publish_all(letter(str(number)) for number in range(20))
    assert await room.messages("LANGUAGE") == 20
    assert "max_msg_size" in room.fetch.stalls["LANGUAGE"].words
    saying.pop().cancel()

    info.config.max_msg_size = -1
    await room.js.update_stream(info.config)
    await asyncio.gather(*saying)
    assert await room.messages("LANGUAGE") == 20 + LANES
    await until(lambda: room.fetch.stalls == {})


async def test_a_letter_for_a_stream_that_is_not_laid_waits_for_it(room: Any) -> None:
    await room.js.delete_stream("LANGUAGE")
    saying = asyncio.create_task(room.fetch.publish(letter("early")))
    await until(lambda: "LANGUAGE" in room.fetch.stalls)
    with pytest.raises(NotFoundError):
        await room.js.stream_info("LANGUAGE")
    await room.server.lay()
    await saying

    assert await room.messages("LANGUAGE") == 1
    await until(lambda: room.fetch.stalls == {})


async def test_a_broken_header_is_refused_and_no_outage(room: Any) -> None:
    broken = Letter("LANGUAGE", "wireroom.article.fetched", b"{}", {"Nats-Expected-Last-Sequence": "41"})
    with pytest.raises(Refused):
        await room.fetch.publish(broken)


async def test_a_forbidden_subject_is_told_as_a_stall_and_ends_no_message(room: Any) -> None:
    forbidden = Letter("DEDUP", "wireroom.article.language_detected", b"{}", {})
    saying = asyncio.create_task(room.fetch.publish(forbidden))
    await until(lambda: "DEDUP" in room.fetch.stalls)
    told, ended = room.fetch.stalls["DEDUP"].words, saying.done()
    saying.cancel()  # and with the last who waits goes the stall
    await asyncio.gather(saying, return_exceptions=True)

    assert ("no acknowledgement" in told, ended) == (True, False)


async def test_many_letters_over_three_kills_of_the_server_are_stored_once_each(room: Any) -> None:
    saying = asyncio.gather(
        *(room.fetch.publish_all([letter(f"{batch}-{number}") for number in range(100)]) for batch in range(20))
    )
    for _ in range(3):
        await asyncio.wait({saying}, timeout=0.05)
        await room.server.stop(signal.SIGKILL)
        await room.server.start()
        await until(lambda: room.operator.is_connected)
    await saying

    assert await room.messages("LANGUAGE") == 2000


async def test_closing_cancels_who_still_waits(room: Any) -> None:
    publisher = Publisher(await room.server.connect("fetch"))
    await room.js.delete_stream("LANGUAGE")
    waiting = asyncio.create_task(publisher.publish(letter("never")))
    await until(lambda: "LANGUAGE" in publisher.stalls)
    await publisher.close()
    with pytest.raises(asyncio.CancelledError):
        await waiting


def test_a_trace_goes_on_with_a_new_span_and_a_first_one_is_named_after_its_input() -> None:
    parent = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01"
    assert child_of(parent, "x").split("-")[1] == "0af7651916cd43dd8448eb211c80319c"
    assert child_of(parent, "x") != parent
    begun = child_of(None, "01890000-0000-7000-8000-000000000000#3")
    assert begun.split("-")[1] == "01890000000070008000000000000000"
