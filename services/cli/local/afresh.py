"""Inputs of which no stream tells any more, taken up again from what the shelves and RAW still hold of them."""

import asyncio
from collections.abc import AsyncIterator, Collection, Iterable, Iterator
from contextlib import suppress
from datetime import datetime
from functools import partial
from itertools import islice
from pathlib import Path
from typing import TypeVar

from contracts.identity import article_id
from services.chassis.database import Database
from services.chassis.failures import ChildKilled
from services.chassis.raw import NoSuchOriginal, Raw
from services.chassis.settings import House
from services.cli import intake as intakes
from services.cli.local import shelves
from services.fetch.arrival import Arrival
from services.fetch.core.names import place_uri
from services.fetch.folder.holding import SCHEME
from services.fetch.folder.inbox import DONE
from services.fetch.handler import mint, open_memory
from services.fetch.originals import Original, read_original
from services.fetch.settings import FetchSettings
from services.store import catchup as keeping
from services.store import ledger
from services.store.catchup import Open

T = TypeVar("T")

FILES_AT_ONCE = 64
INPUTS_AT_ONCE = 256


def portions(some: Iterable[T], most: int) -> Iterator[list[T]]:
    """`some`, at most so many at a time."""
    left = iter(some)
    while portion := list(islice(left, most)):
        yield portion


async def give_back(inbox: Path, since: datetime, store: Database) -> list[str]:
    """Files that were put away since then, and that no input is known of: they go back into the inbox; their paths.

    A container is known by what came out of it; where its own end is not, it is entered as one that has none.
    """
    given_back = []
    for paths in portions(shelves.taken(inbox, since), FILES_AT_ONCE):
        hashes = await asyncio.to_thread(_hashes, inbox, paths)
        articles = {path: shelves.articles_of(path, sha256) for path, sha256 in hashes.items()}
        sources = {path: [place_uri(SCHEME, name) for name in shelves.names_before(path)] for path in articles}
        known = await store.transaction(partial(keeping.inputs_of, article_ids=_flat(articles)))
        open_ = await store.transaction(partial(keeping.open_sources, source_uris=_flat(sources)))
        for path, possible in articles.items():
            inputs = [known.get(article, set()) for article in possible]
            if shelves.is_known(path, inputs) or open_.intersection(sources[path]):
                continue
            if await _entered(path, hashes[path], sources[path], store):
                continue
            if (back := await asyncio.to_thread(shelves.give_back, inbox, path, mint())) is not None:
                given_back.append(back)
    return given_back


async def _entered(path: str, sha256: str, sources: list[str], store: Database) -> bool:
    containers = [await store.transaction(partial(keeping.containers_at, source_uri=one)) for one in sources]
    owner = shelves.owner_of(path, containers)
    if owner is None:
        return False
    arrival = Arrival(owner[0], place_uri(SCHEME, owner[1]), "")
    entry = keeping.taken_in(arrival.input_id, arrival.source_uri, sha256, arrival.received_at)
    await store.transaction(partial(ledger.record, heard=[entry]))
    return True


async def settled_within(store: Database, some: Iterable[Open], in_hand: set[str]) -> list[str]:
    """What came out of those of `some` that came in by themselves, and has its end or is in somebody's hands."""
    roots = {one.input_id for one in some if "#" not in one.input_id}
    ended = await store.transaction(partial(keeping.ended_within, input_ids=roots))
    return sorted(ended | {one for one in in_hand if intakes.root_of(one) in roots})


def _hashes(inbox: Path, paths: Iterable[str]) -> dict[str, str]:
    """By their paths in `.done`, the hashes of files; without those that are gone."""
    hashes = ((path, shelves.hash_of(inbox / DONE / path)) for path in paths)
    return {path: sha256 for path, sha256 in hashes if sha256 is not None}


async def stranded(house: House, store: Database, waiting: set[str]) -> list[Open]:
    """Inputs without an end that nobody has in hand any more; no service may work meanwhile."""
    held = waiting | shelves.claimed(house.inbox) | await _begun_in_place(house)
    return [one async for one in _in_progress(store) if not held & {one.input_id, one.input_id.partition("#")[0]}]


async def say_again(
    house: House, store: Database, some: list[Open], way: str, settled: Collection[str] = ()
) -> tuple[int, list[str]]:
    """Say those again that have no end yet; how many have been said, now or before, and those that have no bytes.

    What came out of them is said too, known or not, but for what is `settled`.
    """
    if not some:
        return 0, []
    open_still = {one.input_id async for one in _in_progress(store)}
    wanted = [one.input_id for one in some if one.input_id in open_still]
    wants = intakes.wanting(wanted, settled)
    async with intakes.opened(house, way=way, wants=wants) as (intake, raw, only):
        for roots in portions(sorted({intakes.root_of(input_id) for input_id in wanted}), INPUTS_AT_ONCE):
            for root in await store.transaction(partial(keeping.origins, input_ids=roots)):
                original = await _found(house, store, raw, root)
                if original is None or root.source_uri is None:
                    continue
                with suppress(ChildKilled):  # what was not said of it is told
                    await intakes.say_again(intake, Arrival.known_by(root.input_id, root.source_uri), original)
    without_trace = [input_id for input_id in wanted if input_id not in only.said]
    return len(some) - len(without_trace), without_trace


async def _in_progress(store: Database) -> AsyncIterator[Open]:
    after = ""
    while some := await store.transaction(partial(keeping.in_progress, after=after, limit=INPUTS_AT_ONCE)):
        for one in some:
            yield one
        after = some[-1].input_id


async def _begun_in_place(house: House) -> set[str]:
    """What fetch has begun where it lies: it goes on with it by itself."""
    async with open_memory(FetchSettings(house=house)) as memory:
        return {entry.input_id for entry in await memory.unsaid(SCHEME.encode())}


async def _found(house: House, store: Database, raw: Raw, one: Open) -> Original | None:
    """The bytes of an input, where they are still to be found and are no other input's."""
    if one.source_uri is None:
        return None
    settings = FetchSettings(house=house)
    for number, place in enumerate(shelves.places_of(house.inbox, one.source_uri, one.input_id)):
        found = await asyncio.to_thread(_read, place, settings)
        if found is None or one.sha256 not in {None, found.sha256}:
            continue
        article = article_id(one.source_uri, found.sha256)
        if number == 0 or not await store.transaction(partial(keeping.inputs_of, article_ids=[article])):
            return found
    if one.sha256 is None:
        return None
    try:
        return await intakes.original_of(raw, one.sha256, settings.spool_folder())
    except (NoSuchOriginal, ValueError):
        return None


def _read(file: Path, settings: FetchSettings) -> Original | None:
    try:
        found = read_original(bytes(file), max_bytes=settings.max_file_bytes, copied_to=settings.spool_folder())
    except OSError:
        return None
    return found if isinstance(found, Original) else None


def _flat(lists: dict[str, list[str]]) -> Iterator[str]:
    return (one for some in lists.values() for one in some)
