"""When a feed is asked again."""

from datetime import UTC, datetime, timedelta

import pytest

from services.fetch.core.feeds.polling import Because, Bounds, Known, next_poll, rhythm, spread

NOW = datetime(2026, 2, 3, 12, 0, tzinfo=UTC)
BOUNDS = Bounds(300, 7200)
MINUTE, HOUR, DAY = 60.0, 3600.0, 86400.0


def ago(*seconds: float) -> list[datetime]:
    return [NOW - timedelta(seconds=each) for each in seconds]


@pytest.mark.parametrize(
    ("times", "gap"),
    [
        ([], None),
        (ago(10), None),
        (ago(10, 10, 10), None),
        (ago(0, 60), 60.0),
        (ago(0, 60, 120, 10_000), 60.0),
        (ago(120, 0, 60, 60), 60.0),
        (ago(*range(0, 20 * 60, 60), *range(10**6, 10**6 + 10**5 * 40, 10**5)), 60.0),
    ],
)
def test_the_rhythm_is_the_median_gap_between_the_latest_entries(times: list[datetime], gap: float | None) -> None:
    assert rhythm(times) == gap


@pytest.mark.parametrize(
    ("known", "fresh", "seconds", "because"),
    [
        (Known(), None, 30 * MINUTE, Because.UNKNOWN_RHYTHM),
        (Known(20 * MINUTE, NOW), None, 10 * MINUTE, Because.RHYTHM),
        (Known(20 * MINUTE), None, 10 * MINUTE, Because.RHYTHM),
        (Known(MINUTE, NOW), None, 5 * MINUTE, Because.RHYTHM),
        (Known(9 * DAY, NOW), None, 2 * HOUR, Because.RHYTHM),
        (Known(20 * MINUTE, ago(8 * HOUR)[0]), None, HOUR, Because.RHYTHM),  # silent for longer than it used to be
        (Known(20 * MINUTE, ago(-DAY)[0]), None, 10 * MINUTE, Because.RHYTHM),  # ahead of its time
        (Known(20 * MINUTE, NOW), 60.0, 10 * MINUTE, Because.RHYTHM),
        (Known(20 * MINUTE, NOW), HOUR, HOUR, Because.FRESHNESS),
        (Known(20 * MINUTE, NOW), 366 * DAY, DAY, Because.FRESHNESS),
        (Known(20 * MINUTE, NOW, 3 * HOUR), None, 3 * HOUR, Because.TTL),
        (Known(20 * MINUTE, NOW, 3 * HOUR), HOUR, 3 * HOUR, Because.TTL),
        (Known(None, None, 0.0), None, 30 * MINUTE, Because.UNKNOWN_RHYTHM),
    ],
)
def test_a_feed_is_asked_by_its_rhythm_unless_more_is_asked_for(
    known: Known, fresh: float | None, seconds: float, because: Because
) -> None:
    wait = next_poll(NOW, known, BOUNDS, fresh_seconds=fresh)

    assert (wait.seconds, wait.because) == (seconds, because)


@pytest.mark.parametrize(
    ("failures", "seconds"),
    [(1, 10 * MINUTE), (2, 20 * MINUTE), (5, 160 * MINUTE), (9, DAY), (10_000, DAY)],
)
def test_a_feed_that_fails_is_asked_ever_less_often(failures: int, seconds: float) -> None:
    wait = next_poll(NOW, Known(MINUTE), BOUNDS, failures=failures)

    assert (wait.seconds, wait.because) == (seconds, Because.FAILURES)


@pytest.mark.parametrize(
    ("retry_after", "failures", "seconds", "because"),
    [
        (HOUR, 0, HOUR, Because.RETRY_AFTER),
        (HOUR, 1, HOUR, Because.RETRY_AFTER),
        (1.0, 1, 10 * MINUTE, Because.FAILURES),
        (10**9, 1, 7 * DAY, Because.RETRY_AFTER),
    ],
)
def test_who_is_asked_to_stay_away_stays_away_but_not_for_ever(
    retry_after: float, failures: int, seconds: float, because: Because
) -> None:
    wait = next_poll(NOW, Known(MINUTE), BOUNDS, retry_after_seconds=retry_after, failures=failures)

    assert (wait.seconds, wait.because) == (seconds, because)


def test_jitter_makes_it_later_by_a_tenth_at_most_and_never_sooner() -> None:
    waits = [next_poll(NOW, Known(HOUR), BOUNDS, jitter=jitter).seconds for jitter in (0.0, 0.5, 1.0)]

    assert waits == pytest.approx([1800, 1890, 1980])


def test_bounds_that_contradict_each_other_are_kept_by_the_larger() -> None:
    assert next_poll(NOW, Known(MINUTE), Bounds(600, 300)).seconds == 600


@pytest.mark.parametrize(("number", "seconds"), [(0, 0), (1, 0.1), (1000, 100), (100_000, 300)])
def test_new_feeds_are_not_asked_all_at_once(number: int, seconds: float) -> None:
    assert spread(number).total_seconds() == seconds
