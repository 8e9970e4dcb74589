"""The account of inputs: what lies in the inbox, what the ledger says, and whether all of it adds up."""

import asyncio
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import partial
from http import HTTPStatus
from pathlib import Path

from nats.aio.client import Client
from nats.errors import Error as NatsError

from contracts.outcomes import State
from contracts.topology import DEAD, SERVICES
from services.chassis import beginnings
from services.chassis.asking import told
from services.cli import whereabouts
from services.cli.asked import Asked
from services.cli.checks import legible, modes, parts
from services.cli.checks.found import NAMED, Check, Patience
from services.cli.errors import Told
from services.cli.in_time import in_thread, why, within_seconds
from services.cli.local.probes import AnotherHomes
from services.cli.moments import at_second
from services.cli.survey import ready_since, samples_by_label
from services.cli.whereabouts import ANSWER_SECONDS, Place, Whereabouts
from services.fetch.folder.scan import Ignored, files_in, strangers
from services.store.audit import Amiss
from services.store.reading import Reading, Received, Unended

SETTLED = timedelta(minutes=1)  # what is younger may be on its way
SHOWN_TRIES = 4
HELD_TRIES, HELD_PAUSE_SECONDS = 8, 0.25
SHOWN_PAUSE_SECONDS = 1.5
CHECK_SECONDS = 300.0  # for each comparison with a stream or a shelf


@dataclass(frozen=True)
class Inbox:
    """What lies in the watched folder."""

    waiting: int  # always 0 where files are read in place: what waits cannot be seen from here
    claimed: int
    ignored: list[Ignored]


def inbox_of(path: Path, *, moving: bool) -> Inbox:
    """One look through the folder."""
    waiting, ignored = files_in(path, moving=moving)
    return Inbox(len(waiting) if moving else 0, len(whereabouts.claims(path)), ignored)


@dataclass(frozen=True)
class Stuck:
    """An input that has been in progress for too long, and where it is."""

    input_id: str
    source_uri: str | None
    received_at: datetime | None
    where: str
    places: list[Place]


async def whereabouts_of(asked: Asked, stuck: Collection[Received]) -> list[Stuck]:
    """These inputs with their places, as far as those can be looked at within seconds."""
    found = {one.input_id: one for one in stuck}
    if not found:
        return []
    try:
        async with within_seconds():
            seen = await look(asked, found)
    except (Told, NatsError, OSError, TimeoutError) as error:
        seen = await _without_server(asked, found, why(error))
    return [
        Stuck(one.input_id, one.source_uri, one.received_at, seen.in_words(one.input_id), seen.of(one.input_id))
        for one in found.values()
    ]


async def _without_server(asked: Asked, found: Collection[str], told: str) -> Whereabouts:
    try:
        return await in_thread(partial(whereabouts.without_server, asked.settings, asked.inbox, found, told))
    except TimeoutError as error:
        return Whereabouts(unseen=[told, f"what fetch has: {why(error)}"])


async def look(asked: Asked, wanted: Collection[str]) -> Whereabouts:
    """Where the wanted inputs are; raises what says that the server cannot be asked."""
    async with asked.connected() as client:
        seen = await whereabouts.look(client, asked.settings, asked.inbox, wanted)
        seen.unseen += [line for name in SERVICES[1:] if (line := await _held_apart(asked, client, name))]
    return seen


async def lost(asked: Asked, reading: Reading) -> tuple[list[Unended], list[str]]:
    """The inputs in progress of which no message is anywhere, and what could not be looked at.

    Where that is anything, nothing is certain. Each was in progress before all was looked at, and after that.
    """
    if not (unended := reading.unended()):
        return [], []
    seen = await look(asked, {one.input_id for one in unended})
    still = {one.input_id for one in reading.unended()}
    return [one for one in unended if one.input_id in still and not seen.of(one.input_id)], seen.unseen


async def _held_apart(asked: Asked, client: Client, service: str) -> str | None:
    """What a service has in hand that its queue does not know, after somebody deleted it; None where that is nothing.

    The two are not told in the same moment: it is so only if it is so several times.
    """
    where, more = asked.where, 0
    for _ in range(HELD_TRIES):
        try:
            status, page = await asked.get(service, "/metrics")
        except (OSError, TimeoutError) as error:
            if isinstance(error, ConnectionRefusedError | AnotherHomes) and asked.is_here:
                return None  # it does not run, so it holds nothing
            return f"what {service} works on: it does not answer on port {where.metrics_ports[service]}"
        if status != HTTPStatus.OK:
            return f"what {service} works on: it does not say (HTTP {status})"
        held = samples_by_label(page, "wireroom_in_flight_messages", "service").get(service, 0.0)
        known = 0
        for stream in (service.upper(), *((DEAD.name,) if service == "store" else ())):
            consumer = f"$JS.API.CONSUMER.INFO.{stream}.{service}"
            known += (await told(client, consumer, timeout_seconds=ANSWER_SECONDS)).get("num_ack_pending", 0)
        if (more := int(held) - known) <= 0:
            return None
        await asyncio.sleep(HELD_PAUSE_SECONDS)
    return f"{service} works on {more} messages that are in no queue any more: wait until it has ended them"


async def check(asked: Asked, reading: Reading, *, seconds: float = CHECK_SECONDS) -> Check:
    """Count the rows, and hold ledger, counts, what store shows, folders, queues and streams against each other."""
    found = Check()
    patience = Patience(seconds)
    modes.compare(asked.settings.home, found)
    legible.compare(reading.legible.unfit(), found, service="store", patience=patience)
    with reading.legible.forgiving():
        await _compare(asked, reading, found, seconds=seconds)
    return found


async def _compare(asked: Asked, reading: Reading, found: Check, *, seconds: float) -> None:
    from services.cli.checks import outside  # noqa: PLC0415 - half a second of dedup's and fetch's, for --check alone

    counted, rows = reading.audit.both_counts()
    found.looked_at.append(
        f"the ledger: {sum(rows.values())} inputs against its counts, articles, duplicates, claims and queues"
    )
    found.findings += disagreements(counted, rows, "input_counts says", "the table inputs has")
    late = datetime.now(UTC) - SETTLED - timedelta(seconds=2 * asked.settings.ack_wait_seconds)
    found.findings += _told(reading.audit.contradictions(before=late, named=NAMED))
    await _check_unannounced(asked, reading, found, late=late)
    _check_articles(asked, reading, found, late=late)
    with legible.passed_over(found, "the rows of articles"):
        parts.compare(reading.comparing, found, patience=Patience(seconds))
    await _check_shown(asked, reading, found)
    await _check_in_progress(asked, reading, found)
    _check_claims(asked.inbox, reading, found)
    await outside.compare(asked, reading, found, late=late, seconds=seconds)


async def _check_unannounced(asked: Asked, reading: Reading, found: Check, *, late: datetime) -> None:
    """What its last process left store announces a while after it began: before that nothing is amiss."""
    if not (owed := _told(reading.audit.unannounced(before=late, named=NAMED))):
        return
    try:
        _, page = await asked.get("store", "/readyz")
    except (OSError, TimeoutError):
        page = ""
    begun = ready_since(page)
    if begun is None or begun < late:
        found.findings += owed
    else:
        found.unseen += [f"{line}; store is ready since {at_second(begun)}, and says them soon" for line in owed]


def _check_articles(asked: Asked, reading: Reading, found: Check, *, late: datetime) -> None:
    """Who was begun anew does not know what was before."""
    anew = {name for name in ("store", "dedup") if (of := beginnings.of(asked.settings.home, name)) and of.anew}
    found.findings += _told([*reading.audit.unfindable(named=NAMED), *reading.audit.alone(named=NAMED)])
    looked_at = ["that each is in the full-text index", "that each and its copies are in a cluster"]
    if not anew:
        found.findings += _told(reading.audit.kept_twice(named=NAMED))
        if (unheard := reading.unstored.never_heard_of(before=late, limit=NAMED)).number:
            named = ", ".join(f"{one.input_id} of {one.duplicate_of}" for one in unheard.some)
            found.findings.append(f"{unheard.number} are duplicates of what the ledger knows no input of: {named}")
        looked_at += ["that none is kept twice", "that the ledger knows of each duplicate's original"]
    found.looked_at.append(f"the articles: {', '.join(looked_at)}")


def _told(amiss: list[Amiss]) -> list[str]:
    return [f"{one.number} {one.what}: {', '.join(one.names)}" for one in amiss]


def disagreements(ours: Mapping[State, int], theirs: Mapping[State, int], we: str, they: str) -> list[str]:
    """A line for each state of which two counts differ."""
    return [
        f"{state}: {we} {ours.get(state, 0)}, {they} {theirs.get(state, 0)}"
        for state in State
        if ours.get(state, 0) != theirs.get(state, 0)
    ]


async def _check_shown(asked: Asked, reading: Reading, found: Check) -> None:
    """What store shows is read from the ledger every few seconds: where nothing moves the two must agree."""
    lines: list[str] = []
    seen: list[dict[State, int]] = []
    for _ in range(SHOWN_TRIES):
        try:
            code, page = await asked.get("store", "/metrics")
        except (OSError, TimeoutError) as error:
            code, page = 0, f": {error}" if isinstance(error, AnotherHomes) else ""
        if code != 200:
            found.unseen.append(f"what store shows as wireroom_inputs: it does not answer{page if not code else ''}")
            return
        shown = {State(name): int(value) for name, value in samples_by_label(page, "wireroom_inputs", "state").items()}
        seen.append(reading.ledger_counts())
        lines = disagreements(shown, seen[-1], "store shows wireroom_inputs", "the ledger has")
        if not lines:
            return
        await asyncio.sleep(SHOWN_PAUSE_SECONDS)
    if all(counts == seen[0] for counts in seen):
        found.findings += lines
    else:
        found.unseen.append("what store shows as wireroom_inputs: inputs are ending just now")


async def _check_in_progress(asked: Asked, reading: Reading, found: Check) -> None:
    """Every input without an end is somewhere."""
    try:
        nowhere, unseen = await lost(asked, reading)
    except (Told, NatsError, OSError, TimeoutError) as error:
        found.unseen.append(f"where the inputs in progress are: {error}")
        return
    found.unseen += unseen
    if nowhere and not unseen:
        named = ", ".join(f"{one.input_id} ({one.source_uri})" for one in nowhere[:NAMED])
        found.findings.append(f"{len(nowhere)} inputs are in progress, and no message of them is anywhere: {named}")


def _check_claims(inbox: Path, reading: Reading, found: Check) -> None:
    """A file is put away soon after its input has ended; and nothing but claims is among them."""
    claimed = [input_id for input_id, _ in whereabouts.claims(inbox)]
    ended = reading.ended(claimed, before=datetime.now(UTC) - SETTLED)
    if ended:
        named = ", ".join(ended[:NAMED])
        found.findings.append(f"{len(ended)} inputs have ended, and their files are still claimed: {named}")
    among = sorted(strangers(inbox), key=lambda one: one.path)
    if others := [one.path for one in among if not one.unseen]:
        helps = "move them into the inbox, where they are taken, or away"
        found.findings.append(f"{len(others)} things are no claims of fetch's ({helps}): {', '.join(others[:NAMED])}")
    found.unseen += [f"{one.path}: {one.why}" for one in among if one.unseen][:NAMED]
