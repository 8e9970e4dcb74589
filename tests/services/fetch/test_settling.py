"""A file is whole when what is seen of it has rested; times are told, nobody waits."""

import pytest

from services.fetch.folder.scan import Sighting
from services.fetch.folder.settling import MAX_WATCHED, OLD_SECONDS, Settling
from services.fetch.originals import Seen
from services.fetch.patience import Patience, Verdict

WALL = 1_000_000.0


def sighting(size: int = 1, mtime_ns: int = 0, *, path: str = "a.txt", age: float = 0.0) -> Sighting:
    return Sighting(path, Seen(7, size, mtime_ns), WALL - age)


def judged(settling: Settling, *sightings: tuple[float, Sighting]) -> list[Verdict]:
    return [settling.judge(seen, now=now, wall=WALL) for now, seen in sightings]


@pytest.mark.parametrize(
    ("sightings", "last"),
    [
        ([(0.0, sighting()), (0.9, sighting())], Verdict.WAIT),
        ([(0.0, sighting()), (1.0, sighting())], Verdict.TAKE),
        ([(0.0, sighting(1)), (0.9, sighting(2)), (1.5, sighting(2))], Verdict.WAIT),
        ([(0.0, sighting(1)), (0.9, sighting(2)), (1.9, sighting(2))], Verdict.TAKE),
        ([(0.0, sighting(1, 1)), (1.0, sighting(1, 2)), (1.5, sighting(1, 2))], Verdict.WAIT),
        ([(0.0, sighting(age=OLD_SECONDS))], Verdict.TAKE),
        ([(0.0, sighting(age=OLD_SECONDS - 1))], Verdict.WAIT),
        ([(0.0, sighting(age=-OLD_SECONDS)), (1.0, sighting(age=-OLD_SECONDS))], Verdict.TAKE),
        ([(float(now), sighting(now)) for now in range(10)], Verdict.WAIT),
        ([(float(now), sighting(now)) for now in range(12)], Verdict.GIVE_UP),
    ],
)
def test_only_rest_makes_a_file_whole(sightings: list[tuple[float, Sighting]], last: Verdict) -> None:
    settling = Settling(1.0, 11.0)
    *before, verdict = judged(settling, *sightings)
    assert set(before) <= {Verdict.WAIT}
    assert verdict is last


def test_without_a_time_to_settle_every_file_is_whole_at_sight() -> None:
    assert Settling(0.0, 10.0).judge(sighting(), now=0.0, wall=WALL) is Verdict.TAKE


def test_a_file_is_looked_at_again_when_it_may_have_settled() -> None:
    settling = Settling(1.0, 10.0)
    judged(settling, (0.0, sighting()), (0.5, sighting(path="b.txt")))
    assert settling.next_due() == 1.0
    assert settling.due(1.2) == ["a.txt"]
    assert settling.due(2.0) == ["b.txt"]
    assert settling.next_due() is None


def test_a_forgotten_file_is_not_looked_at_again() -> None:
    settling = Settling(1.0, 10.0)
    judged(settling, (0.0, sighting()))
    settling.forget("a.txt")
    assert settling.due(5.0) == []


def test_what_is_watched_is_bounded_and_the_rest_is_taken_when_it_is_old() -> None:
    settling = Settling(1.0, 10.0)
    judged(settling, *((0.0, sighting(path=str(number))) for number in range(MAX_WATCHED)))
    assert judged(settling, (0.0, sighting(path="more")), (5.0, sighting(path="more"))) == [Verdict.WAIT] * 2
    assert judged(settling, (5.0, sighting(path="more", age=OLD_SECONDS))) == [Verdict.TAKE]


@pytest.mark.parametrize(
    ("readings", "last"),
    [
        ([(0.0, 1, False, True)], Verdict.TAKE),
        ([(0.0, 1, True, True)], Verdict.WAIT),
        ([(0.0, 1, False, False)], Verdict.WAIT),
        ([(0.0, 1, True, True), (0.5, 1, False, True)], Verdict.WAIT),
        ([(0.0, 1, True, True), (1.0, 1, False, True)], Verdict.TAKE),
        ([(0.0, 1, True, True), (1.0, 2, False, True)], Verdict.WAIT),
        ([(0.0, 1, False, False), (1.0, 1, True, False)], Verdict.WAIT),
        ([(float(now), now, False, False) for now in range(11)], Verdict.GIVE_UP),
    ],
)
def test_a_claimed_file_that_changed_is_believed_after_a_rest(
    readings: list[tuple[float, int, bool, bool]], last: Verdict
) -> None:
    now = 0.0
    patience = Patience(1.0, 10.0, clock=lambda: now)
    verdicts = []
    for now, size, moving, resting in readings:  # noqa: B007 - the clock reads it
        verdicts.append(patience.judge("input", Seen(7, size, 0), moving=moving, resting=resting))
    assert set(verdicts[:-1]) <= {Verdict.WAIT}
    assert verdicts[-1] is last
