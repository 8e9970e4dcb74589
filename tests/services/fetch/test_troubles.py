"""Whose trouble it is that stops an input, and how soon it is tried again."""

import pytest
from structlog.testing import capture_logs

from services.chassis.unavailable import Unavailable
from services.fetch.folder.troubles import Troubles


class Clock:
    now = 100.0

    def __call__(self) -> float:
        return self.now


def no_space(name: str) -> OSError:
    return OSError(28, "No space left on device", name)


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def troubles(clock: Clock) -> Troubles:
    return Troubles(clock)


def test_what_fails_in_an_unforeseen_way_rests_ever_longer(troubles: Troubles, clock: Clock) -> None:
    for seconds in (1, 5, 30, 120, 120):
        troubles.met("a", TypeError("no such thing"))
        clock.now += seconds - 0.1
        assert troubles.rests("a")
        assert not troubles.rests("b")
        clock.now += 0.2
        assert not troubles.rests("a")
    assert not troubles.is_everybodys


@pytest.mark.parametrize("error", [no_space("a"), Unavailable("RAW")])
def test_trouble_with_what_all_need_is_tried_with_one_every_two_seconds_at_the_latest(
    troubles: Troubles, clock: Clock, error: Exception
) -> None:
    for number, seconds in enumerate((1, 2, 2, 2, 2)):
        troubles.met(number % 2, error)
        assert troubles.is_everybodys
        assert troubles.seconds_to_probe() == seconds
        assert not troubles.rests(number % 2)
        clock.now += seconds
    troubles.over(0)
    assert not troubles.is_everybodys
    assert troubles.words == f"taking files: {error}"
    troubles.over(1)
    assert troubles.words is None


def test_a_file_that_cannot_be_read_while_others_can_is_no_trouble_of_theirs(troubles: Troubles, clock: Clock) -> None:
    troubles.met("bad", OSError(5, "Input/output error"))
    troubles.over("good")
    troubles.met("bad", OSError(5, "Input/output error"))

    assert not troubles.is_everybodys
    assert troubles.rests("bad")
    assert troubles.next_try() == clock.now + 1


def test_the_same_trouble_of_many_inputs_is_logged_once(troubles: Troubles) -> None:
    with capture_logs() as logs:
        for number in range(100):
            troubles.met(number, no_space(f"{number}.txt"))
        troubles.met(0, Unavailable("RAW"))
    assert [line["error"] for line in logs] == ["[Errno 28] No space left on device: '0.txt'", "RAW is away"]


def test_trouble_with_what_is_not_there_any_more_is_over(troubles: Troubles, clock: Clock) -> None:
    troubles.met("a", TypeError("no such thing"))
    for _ in range(3):
        troubles.look_again(())
        troubles.rests("a")
    assert troubles.words is not None
    for _ in range(2):
        troubles.look_again(())
    assert troubles.words is None
