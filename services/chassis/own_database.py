"""A service's way to its own database: brought up to date, or waited for where one has been and is gone."""

import asyncio
from contextlib import suppress
from pathlib import Path
from typing import Any

from services.chassis import asking, beginnings, standing
from services.chassis.beginnings import Gone
from services.chassis.database_file import DatabaseFile
from services.chassis.logs import logger
from services.chassis.migrations import bring_up_to_date
from services.chassis.settings import House
from services.chassis.shell import Shell

LOOK_SECONDS = 1.0
READ_THROUGH_BYTES = 1 << 30  # takes seconds, in which nobody can stop it
WHAT = "database"
NONE_THERE = (10014, 10059)  # no such consumer, no such stream


async def ready(house: House, shell: Shell, *, knows_all_heard: bool = True) -> str:
    """The URL of the service's database once it may be worked on: it is up to date, and none that was lost is missed.

    Where it `knows_all_heard`, a new one beside a queue that was heard before is missed too.
    """
    url, told = house.database(shell.service), ""
    while (why := await _why_not(house, url, shell, knows_all_heard=knows_all_heard)) is not None:
        if why != told:
            logger().error(why)
        told = shell.not_ready[WHAT] = why
        await asyncio.sleep(LOOK_SECONDS)
    shell.not_ready.pop(WHAT, None)
    home = house.home.absolute()
    ours = DatabaseFile(home / f"{shell.service}.db")
    ours.opened()
    shell.attach(_keep_looking(ours, home, shell))
    return url


async def _keep_looking(ours: DatabaseFile, home: Path, shell: Shell) -> None:
    """Tell that it is gone, or another, while we run: who has nothing to do would not notice."""
    other = Other(ours.path)
    while True:
        await asyncio.sleep(LOOK_SECONDS)
        if ours.is_gone():
            if (why := beginnings.gone(home, shell.service)) is not None:
                shell.not_ready[WHAT] = why
        elif ours.is_replaced():
            shell.not_ready[WHAT] = other.words()
        else:
            shell.not_ready.pop(WHAT, None)


class Other:
    """What stands in the place of a database that is open: read through once, so that what helps is known."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._known: tuple[int, ...] | None = None
        self._look: asyncio.Future[str | None] | None = None

    def words(self) -> str:
        """What is known of it until now."""
        known = _as_it_stands(self._path)
        if known != self._known and (self._look is None or self._look.done()):  # one look at a time: it may be growing
            self._known, self._look = known, None
            if known is not None and known[-1] <= READ_THROUGH_BYTES:
                looking = asyncio.to_thread(standing.damage_within, self._path, alone=True)
                self._look = asyncio.ensure_future(looking)
        if known != self._known or self._look is None or not self._look.done() or self._look.exception() is not None:
            return beginnings.another(self._path)
        damage = self._look.result()
        return beginnings.another(self._path, damage=damage, is_whole=damage is None)


def _as_it_stands(path: Path) -> tuple[int, ...] | None:
    try:
        found = path.stat()
    except OSError:  # gone again
        return None
    return found.st_dev, found.st_ino, found.st_mtime_ns, found.st_size


async def _why_not(house: House, url: str, shell: Shell, *, knows_all_heard: bool) -> str | None:
    try:
        await asyncio.to_thread(bring_up_to_date, url, shell.service)
    except Gone as error:
        return str(error)
    begun = beginnings.of(house.home, shell.service)
    if begun is None or begun.proved:
        return None
    is_new = knows_all_heard and beginnings.is_new(house.home / f"{shell.service}.db", begun)
    heard = await heard_before(shell) if is_new else 0
    looked_at = begun.model_copy(update={"proved": not heard, "heard": heard})
    with suppress(OSError):  # no room for it: the next start looks again
        await asyncio.to_thread(beginnings.note, house.home, shell.service, looked_at)
    return beginnings.missed(house.home, shell.service, looked_at)


async def heard_before(shell: Shell) -> int:
    """How many messages of its queue were ever acknowledged by this service, wherever it kept what it made of them."""
    stream = shell.service.upper()
    subject = f"$JS.API.CONSUMER.INFO.{stream}.{shell.service}"
    while (heard := _heard(await asking.told(shell.nats, subject))) is None:  # noqa: ASYNC110 - a server
        await asyncio.sleep(LOOK_SECONDS)
    return heard


def _heard(info: dict[str, Any]) -> int | None:
    """What an answer says of that; None where it says nothing of it, as one of a server that cannot tell now."""
    if "ack_floor" in info:
        return int(info["ack_floor"]["consumer_seq"])
    return 0 if info.get("error", {}).get("err_code") in NONE_THERE else None
