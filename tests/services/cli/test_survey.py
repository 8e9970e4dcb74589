"""What services answer of what they wait for, as `wireroom status` tells it."""

import json
from datetime import UTC, datetime, timedelta

import pytest

from services.cli.survey import Wait, waits_of


def test_a_wait_is_told_with_its_reason_and_since_when() -> None:
    since = datetime(2024, 5, 1, 12, tzinfo=UTC)
    body = json.dumps(
        {"waits": [{"what": "STORE", "reason": "full", "words": "STORE: full", "since": since.isoformat()}]}
    )

    assert waits_of(body) == [Wait("STORE", "full", "STORE: full", since)]
    told = [wait.told(since + timedelta(seconds=150)) for wait in waits_of(body)]
    assert told == ["STORE: full, since 2024-05-01 12:00:00Z (2 min)"]


@pytest.mark.parametrize(
    "body", ["", "no json", "[]", '{"waits": [{}]}', '{"waits": 3}', '{"ready": true}', "[" * 200_000]
)
def test_what_another_version_answers_is_no_wait(body: str) -> None:
    assert waits_of(body) == []
