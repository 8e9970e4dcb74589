"""What a released Wireroom leaves behind: its messages, as they were recorded, and its tables."""

import json
import sqlite3
import tempfile
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import uuid_utils
from nats.aio.client import Client

from contracts.topology import MESSAGES, ROUTE_OF, SERVICES
from services.chassis.migrations import migrate

RECORDED = Path(__file__).parents[1] / "contracts" / "recorded"
# By release, the revision of each database; a later release gets a line.
TABLES = {"0.1.0": {"fetch": "0002", "dedup": "0001", "store": "0002"}}
# What bore another name, and what rows said otherwise, before these revisions.
RENAMED = {("remembered", "entries"): "bands"}
WRITTEN = {("dedup", "0001"): "UPDATE remembered SET version = '1.1'"}
LEADS_OUT = {"url_requested"}  # somebody's page would be asked for


@dataclass
class Said:
    """One recorded message under ids of its own, so that each is an input of its own."""

    name: str
    body: dict[str, Any]

    @property
    def input_id(self) -> str:
        """The input it is about."""
        return str(self.body["input_id"])


def messages(release: str) -> list[Said]:
    """Everything of a release that services hear, the container's children among it."""
    found = [
        Said(path.stem, json.loads(path.read_text()))
        for path in sorted((RECORDED / release).glob("*.json"))
        if ROUTE_OF[MESSAGES[path.stem]].heard_by in SERVICES and path.stem not in LEADS_OUT
    ]
    for number, said in enumerate(found):
        said.body["input_id"] = str(uuid_utils.uuid7())
        if "article_id" in said.body:
            said.body["article_id"] = f"{number:032x}"
            said.body["document"]["source_uri"] = f"inbox:{release}/{said.name}.txt"
        else:
            said.body["source_uri"] = f"inbox:{release}/{said.name}.txt"
    by_name = {said.name: said for said in found}
    by_name["duplicate_found"].body["duplication"]["of"] = by_name["article_extracted"].body["article_id"]
    by_name["input_received"].body["input_id"] = by_name["article_fetched"].input_id
    container = by_name["input_expanded"]
    children = ("language_detected", "article_deduplicated")  # as many as it says that it has
    for number, name in enumerate(children, 1):
        by_name[name].body |= {"input_id": f"{container.input_id}#{number}", "parent_input_id": container.input_id}
    return found


async def publish(operator: Client, release: str, said: Said) -> None:
    """Put a message on its stream as that release did."""
    message = MESSAGES[said.name]
    identifier = f"{said.input_id}:{said.name}"
    headers = {
        "Nats-Msg-Id": identifier,
        "Nats-Expected-Stream": ROUTE_OF[message].stream,
        "content-type": "application/json",
        "ce-id": identifier,
        "ce-source": f"wireroom/{release}",
    }
    await operator.jetstream().publish(message.subject, json.dumps(said.body).encode(), headers=headers)


def take_back(database: Path, service: str, revision: str) -> set[tuple[str, str]]:
    """Make a service's tables what they were at `revision`, with all rows in them; nobody may have them open.

    What comes back is which columns that has cost, each with its table.
    """
    with tempfile.TemporaryDirectory() as folder:
        old = Path(folder) / "old.db"
        migrate(f"sqlite:///{old}", service, revision)
        with closing(sqlite3.connect(old)) as then, closing(sqlite3.connect(database)) as now, now:
            gone = set(_drop_what_is_new(now, then))
            now.execute(WRITTEN.get((service, revision), "SELECT 1"))
            now.execute("UPDATE alembic_version SET version_num = ?", (revision,))
            return gone


def _drop_what_is_new(now: sqlite3.Connection, then: sqlite3.Connection) -> Iterator[tuple[str, str]]:
    known = _things(then)
    for kind in ("view", "trigger", "index", "table"):
        for name in sorted(_things(now)[kind] - known[kind]):
            now.execute(f'DROP {kind} "{name}"')
    for table in known["table"]:
        for column in _columns(now, table) - _columns(then, table):
            if (before := RENAMED.get((table, column))) is not None:
                now.execute(f'ALTER TABLE "{table}" RENAME COLUMN "{column}" TO "{before}"')
                continue
            now.execute(f'ALTER TABLE "{table}" DROP COLUMN "{column}"')
            yield table, column


def _things(connection: sqlite3.Connection) -> dict[str, set[str]]:
    found: dict[str, set[str]] = {"view": set(), "trigger": set(), "index": set(), "table": set()}
    for kind, name in connection.execute("SELECT type, name FROM sqlite_master WHERE sql IS NOT NULL"):
        if kind in found and not name.startswith("sqlite_"):
            found[kind].add(name)
    return found


def _columns(connection: sqlite3.Connection, table: str) -> set[str]:
    return {row[1] for row in connection.execute(f'PRAGMA table_info("{table}")')}
