from datetime import UTC, datetime

import pytest

from contracts.outcomes import RejectReason
from services.fetch.core.web.answer import Refused
from services.fetch.core.web.times import BACKOFF_SECONDS, again, backoff, fresh, retry_after

NOW = datetime(2024, 5, 1, 12, tzinfo=UTC)
HOUR = 3600.0


@pytest.mark.parametrize(
    ("value", "seconds"),
    [
        ("120", 120.0),
        (" 0 ", 0.0),
        ("Wed, 01 May 2024 12:02:00 GMT", 120.0),
        ("Wednesday, 01-May-24 12:02:00 GMT", 120.0),
        ("Wed May  1 12:02:00 2024", 120.0),
        ("Wed, 01 May 2024 14:02:00 +0200", 120.0),
        ("Wed, 01 May 2024 11:00:00 GMT", 0.0),
        ("-5", None),
        ("1.5", None),
        ("soon", None),
        ("99999999999999", None),
        ("Wed, 01 May 99999 12:00:00 GMT", None),
        ("", None),
    ],
)
def test_retry_after_is_read_in_both_forms(value: str, seconds: float | None) -> None:
    assert retry_after({"retry-after": value}, NOW) == seconds


@pytest.mark.parametrize(
    ("headers", "seconds"),
    [
        ({}, None),
        ({"cache-control": "max-age=300"}, 300.0),
        ({"cache-control": 'public, Max-Age="300"'}, 300.0),
        ({"cache-control": "max-age=300", "age": "100"}, 200.0),
        ({"cache-control": "max-age=300", "age": "400"}, 0.0),
        ({"cache-control": "max-age=300", "expires": "0"}, 300.0),
        ({"cache-control": "no-cache, max-age=300"}, 0.0),
        ({"cache-control": "no-store"}, 0.0),
        ({"cache-control": "max-age=-1"}, None),
        ({"cache-control": "max-age=9999999999"}, 366 * 24 * HOUR),
        ({"expires": "Wed, 01 May 2024 13:00:00 GMT"}, HOUR),
        ({"expires": "Wed, 01 May 2024 13:00:00 GMT", "date": "Wed, 01 May 2024 12:30:00 GMT"}, HOUR / 2),
        ({"expires": "0"}, 0.0),
        ({"expires": "Wed, 01 May 2024 11:00:00 GMT"}, 0.0),
    ],
)
def test_how_long_a_page_is_good_for_is_told_by_its_server(headers: dict[str, str], seconds: float | None) -> None:
    assert fresh(headers, NOW) == seconds


def test_a_host_that_does_not_answer_well_is_tried_a_few_times_at_growing_distances() -> None:
    assert [backoff(tries) for tries in range(1, 6)] == [*BACKOFF_SECONDS, None]
    assert sorted(BACKOFF_SECONDS) == list(BACKOFF_SECONDS)


def asked_again(refused: Refused, *, tries: int = 0, kept: float = 0.0) -> tuple[float, int] | None:
    return again(refused, tries=tries, kept_seconds=kept, give_up_seconds=48 * HOUR)


@pytest.mark.parametrize(
    ("asked", "tries", "kept", "due"),
    [
        (None, 0, 0.0, (10.0, 1)),
        (None, 3, 0.0, (1800.0, 4)),
        (None, 4, 0.0, None),
        (HOUR, 0, 0.0, (HOUR, 0)),
        (HOUR, 4, 0.0, (HOUR, 4)),
        (0.0, 0, 0.0, (1.0, 0)),
        (1.0, 0, 4 * HOUR, (HOUR, 0)),
        (HOUR, 0, 47.5 * HOUR, None),
        (49 * HOUR, 0, 0.0, None),
        (None, 0, 49 * HOUR, None),
    ],
    ids=str,
)
def test_what_a_host_asks_for_is_no_failure_and_everything_has_an_end(
    asked: float | None, tries: int, kept: float, due: tuple[float, int] | None
) -> None:
    refused = Refused(RejectReason.HTTP_STATUS, "the server answered 503", passing=True, retry_after_seconds=asked)

    assert asked_again(refused, tries=tries, kept=kept) == due


def test_a_host_that_asks_for_a_moment_for_ever_is_asked_a_few_dozen_times_in_two_days() -> None:
    refused = Refused(RejectReason.HTTP_STATUS, "the server answered 503", passing=True, retry_after_seconds=0.0)
    kept, times = 0.0, 0
    while (later := asked_again(refused, kept=kept)) is not None:
        kept, times = kept + later[0], times + 1

    assert 30 < times < 60
    assert kept <= 48 * HOUR


def test_what_will_not_pass_is_not_asked_for_again() -> None:
    assert asked_again(Refused(RejectReason.HTTP_STATUS, "the server answered 404")) is None
