import asyncio
import socket
import threading
from collections.abc import Callable

import pytest

from contracts.outcomes import RejectReason
from services.chassis.testing import until
from services.chassis.unavailable import Unavailable
from services.fetch.web.barred import Barred
from services.fetch.web.resolver import KNOWN_TO_ALL, THREADS, Resolver

HOST = "news.example.org"


def saying(codes: dict[str, int]) -> Callable[[str, int], list[str]]:
    """A name server that has no answer for these, for the reason given."""

    def look_up(host: str, port: int) -> list[str]:
        if host in codes:
            raise socket.gaierror(codes[host], "no answer")
        return ["93.184.215.14"]

    return look_up


async def test_all_addresses_of_a_host_are_told() -> None:
    assert await Resolver(lambda host, port: ["192.0.2.1", "2001:db8::1"])(HOST, 443) == ["192.0.2.1", "2001:db8::1"]


async def test_so_many_are_asked_for_at_once_and_whoever_gives_up_keeps_the_seat_until_the_answer() -> None:
    answer = threading.Event()
    asked: list[str] = []

    def look_up(host: str, port: int) -> list[str]:
        asked.append(host)
        answer.wait(60)
        return ["93.184.215.14"]

    resolve = Resolver(look_up)
    waiting = [asyncio.create_task(resolve(f"{number}", 80)) for number in range(THREADS + 1)]
    await until(lambda: len(asked) == THREADS)
    for task in waiting[:THREADS]:
        task.cancel()
    await asyncio.gather(*waiting[:THREADS], return_exceptions=True)
    assert len(asked) == THREADS
    answer.set()

    assert await waiting[THREADS] == ["93.184.215.14"]


async def test_where_no_thread_can_be_begun_the_machine_is_at_fault_and_no_seat_is_lost(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def no_more(_: threading.Thread) -> None:
        raise RuntimeError("can't start new thread")

    resolve = Resolver(saying({}))
    with monkeypatch.context() as full:
        full.setattr(threading.Thread, "start", no_more)
        for _ in range(THREADS + 1):
            with pytest.raises(Unavailable, match="threads is away: can't start new thread"):
                await resolve(HOST, 443)

    assert await resolve(HOST, 443) == ["93.184.215.14"]


async def test_a_name_that_nobody_has_is_the_end() -> None:
    resolve = Resolver(saying({HOST: socket.EAI_NONAME}), reaches=lambda: True)

    with pytest.raises(Barred) as raised:
        await resolve(HOST, 443)
    assert (raised.value.refused.reason, raised.value.refused.passing) == (RejectReason.UNREACHABLE, False)


async def test_a_name_without_an_answer_may_have_one_another_time() -> None:
    resolve = Resolver(saying({HOST: socket.EAI_AGAIN}), reaches=lambda: True)

    with pytest.raises(Barred) as raised:
        await resolve(HOST, 443)
    assert (raised.value.refused.reason, raised.value.refused.passing) == (RejectReason.UNREACHABLE, True)


async def test_a_name_server_that_answers_nothing_is_away() -> None:
    resolve = Resolver(saying({HOST: socket.EAI_AGAIN, KNOWN_TO_ALL: socket.EAI_AGAIN}), reaches=lambda: True)

    with pytest.raises(Unavailable, match="name server is away"):
        await resolve(HOST, 443)


async def test_where_the_root_is_not_known_the_name_server_answers_all_the_same() -> None:
    resolve = Resolver(saying({HOST: socket.EAI_AGAIN, KNOWN_TO_ALL: socket.EAI_NONAME}), reaches=lambda: True)

    with pytest.raises(Barred):
        await resolve(HOST, 443)


@pytest.mark.parametrize("code", [socket.EAI_NONAME, socket.EAI_AGAIN])
async def test_without_a_way_to_anywhere_the_network_is_away_whatever_is_said(code: int) -> None:
    resolve = Resolver(saying({HOST: code}), reaches=lambda: False)

    with pytest.raises(Unavailable, match="network is away"):
        await resolve(HOST, 443)
