import subprocess
import sys
from collections.abc import Callable
from datetime import UTC, datetime

import pytest
from typer.testing import Result

from services.cli.__main__ import CONTENTS
from services.cli.errors import Told
from services.cli.options import moment

Wireroom = Callable[..., Result]
NOW = datetime(2024, 5, 1, 12, tzinfo=UTC)
HEAVY = ("pydantic", "nats", "faststream", "sqlmodel", "spacy", "trafilatura", "prometheus_client")


@pytest.mark.parametrize(
    "command", [(name,) for name in CONTENTS] + [("deadletters", "list"), ("deadletters", "show"), ("feeds", "import")]
)
def test_every_command_helps(wireroom: Wireroom, command: tuple[str, ...]) -> None:
    told = wireroom(*command, "--help")
    assert told.exit_code == 0, told.output
    assert "Usage: wireroom" in told.stdout


@pytest.mark.parametrize("command", sorted(CONTENTS.keys() - {"up", "run"}))
def test_every_command_that_prints_data_can_print_json(wireroom: Wireroom, command: str) -> None:
    arguments = (command, "list") if command in {"deadletters", "feeds"} else (command,)
    assert "--json" in wireroom(*arguments, "--help").stdout


def test_the_table_of_contents_opens_no_chapter() -> None:
    code = (
        f"import sys; from services.cli.__main__ import app; print([name for name in {HEAVY!r} if name in sys.modules])"
    )
    assert subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True).stdout == "[]\n"


@pytest.mark.parametrize("arguments", [("tails",), ("tail", "--nothing"), ("trace",)])
def test_wrong_usage_ends_with_two(wireroom: Wireroom, arguments: tuple[str, ...]) -> None:
    assert wireroom(*arguments).exit_code == 2


@pytest.mark.parametrize(
    ("since", "time"),
    [
        ("90s", datetime(2024, 5, 1, 11, 58, 30, tzinfo=UTC)),
        ("1.5h", datetime(2024, 5, 1, 10, 30, tzinfo=UTC)),
        ("2d", datetime(2024, 4, 29, 12, tzinfo=UTC)),
        ("2024-01-02", datetime(2024, 1, 2, tzinfo=UTC)),
        ("2024-01-02T03:04Z", datetime(2024, 1, 2, 3, 4, tzinfo=UTC)),
    ],
)
def test_since_is_a_length_of_time_or_a_time(since: str, time: datetime) -> None:
    assert moment(since, NOW) == time


@pytest.mark.parametrize("since", ["", "h", "yesterday", "-1h", "1w"])
def test_what_is_no_time_is_told(since: str) -> None:
    with pytest.raises(Told, match="give a length of time"):
        moment(since, NOW)
