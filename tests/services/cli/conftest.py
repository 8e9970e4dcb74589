import json
from collections.abc import AsyncIterator, Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
import pytest_asyncio
from sqlalchemy import create_engine, insert
from typer.testing import CliRunner, Result

from contracts.article_enriched import ArticleEnriched
from services.chassis.testing import LocalServer, free_port
from services.cli import account, survey
from services.cli.__main__ import app
from services.cli.local.home import owner_alone
from services.store.columns import Row
from services.store.tables import Input
from services.store.writing import table_of
from tests.tables import lay_tables

NOON = datetime(2024, 5, 1, 12, tzinfo=UTC)
INPUT = "01900000-0000-7000-8000-{:012x}"
LONG_AGO = datetime.now(UTC) - timedelta(hours=2)
WAY = json.dumps([{"service": "fetch", "version": "1", "at": LONG_AGO.isoformat(), "seconds": 1, "outcome": "fetched"}])
TEXT = "Grève à Lyon\nMarie Curie a parlé à Lyon."


def _enriched(number: int, *, country: str | None = "FR") -> ArticleEnriched:
    return ArticleEnriched.model_validate(
        {
            "input_id": INPUT.format(number),
            "article_id": f"{number:032x}",
            "enriched_at": NOON,
            "enrichment": 1,
            "document": {
                "source_uri": f"inbox:{number}.txt",
                "sha256": "0" * 64,
                "media_type": "text/plain",
                "bytes": len(TEXT.encode()),
                "received_at": NOON,
                "text": TEXT,
            },
            "language": {"tag": "fr", "script": "Latn", "confidence": 1},
            "duplication": {"verdict": "original"},
            "extraction": {
                "title": {"text": "Grève à Lyon", "start": 0, "end": 12},
                "published": {
                    "value": "2024-04",
                    "precision": "month",
                    "method": "date_line",
                    "evidence": "avril 2024",
                },
                "entities": [
                    {
                        "name": "Marie Curie",
                        "type": "person",
                        "mentions": [{"start": 13, "end": 24, "surface": "Marie Curie"}],
                    },
                    {"name": "Lyon", "type": "place", "mentions": [{"start": 8, "end": 12, "surface": "Lyon"}] * 2},
                ],
                "country": country,
            },
        }
    )


@pytest.fixture
def enriched() -> Callable[..., ArticleEnriched]:
    """Makes an article as the store announces it."""
    return _enriched


def an_input(store: "Store", input_id: str, state: str = "in_progress", **values: Any) -> None:
    """Put a row into the ledger of what fetch took two hours ago."""
    known = {"source_uri": f"inbox:{input_id[-1]}.txt", "received_at": LONG_AGO, "steps": WAY}
    store.put(Input, input_id=input_id, state=state, **(known | values))


class Store:
    """A home with a store in it, filled row by row."""

    def __init__(self, home: Path) -> None:
        self.home = home
        url = f"sqlite:///{home / 'store.db'}"
        lay_tables(url, "store")
        self._engine = create_engine(url)

    def put(self, row: type[Row], **values: Any) -> None:
        with self._engine.begin() as connection:
            connection.execute(insert(table_of(row)), [values])

    def close(self) -> None:
        self._engine.dispose()


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """An empty folder that the environment names as HOME; what is made in it is its owner's alone."""
    folder = tmp_path / "home"
    monkeypatch.setenv("WIREROOM_HOME", str(folder))
    monkeypatch.setenv("WIREROOM_INBOX", str(tmp_path / "inbox"))
    with owner_alone():
        folder.mkdir()
        yield folder


@pytest.fixture
def store(home: Path) -> Iterator[Store]:
    filled = Store(home)
    yield filled
    filled.close()


@pytest_asyncio.fixture
async def server(home: Path) -> AsyncIterator[LocalServer]:
    async with LocalServer(home) as running:
        yield running


@pytest.fixture
def nobody(monkeypatch: pytest.MonkeyPatch) -> None:
    """Settings that lead to ports where nobody answers, and none of the pauses between two looks."""
    monkeypatch.setattr(survey, "RATE_SECONDS", 0.01)
    monkeypatch.setattr(account, "SHOWN_PAUSE_SECONDS", 0.01)
    monkeypatch.setenv("WIREROOM_NATS_PORT", str(free_port()))
    monkeypatch.setenv("WIREROOM_METRICS_PORT_BASE", str(free_port() % 60000 + 1))


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """Where a backup may be written."""
    return tmp_path / "one.backup"


@pytest.fixture
def nobody_at_4222(monkeypatch: pytest.MonkeyPatch) -> None:
    """No server answers, whatever runs on this machine."""
    monkeypatch.setenv("WIREROOM_NATS_URL", "nats://127.0.0.1:1")


@pytest.fixture
def wireroom(home: Path) -> Callable[..., Result]:
    """The command line in this process, on a home of its own: none of it may reach that of the checkout."""

    def run(*arguments: str, answers: str | None = None) -> Result:
        return CliRunner().invoke(app, arguments, input=answers, prog_name="wireroom")

    return run
