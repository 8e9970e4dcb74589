"""A command that is forked from what has imported it says and does what one says and does that is started."""

import os
from pathlib import Path

import pytest

from tests.e2e import typist

pytestmark = pytest.mark.slow

COMMANDS = (
    ("schema", "ArticleEnriched"),
    ("schema", "Nothing"),
    ("trace", "caf\udce9.txt"),
    ("trace", "--nonsense"),
)


@pytest.mark.parametrize("arguments", COMMANDS)
def test_a_forked_command_is_like_one_that_is_started(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, arguments: tuple[str, ...]
) -> None:
    monkeypatch.setattr(typist, "_TYPED", set())
    environment = os.environ | {"WIREROOM_HOME": str(tmp_path / "home"), "COLUMNS": "60"}

    started, forked = (
        typist.typed(arguments, environment=environment, folder=str(tmp_path), seconds=120) for _ in range(2)
    )

    assert typist._TYPISTS[-1].is_there()
    assert (forked.args, forked.returncode, forked.stdout, forked.stderr) == (
        [typist.WIREROOM, *arguments],
        started.returncode,
        started.stdout,
        started.stderr,
    )
    assert started.stdout or started.stderr
