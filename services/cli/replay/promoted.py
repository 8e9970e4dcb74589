"""`wireroom replay --from dedup`: duplicates of what was never stored are judged again, without that."""

import asyncio
import zlib
from collections.abc import Sequence
from dataclasses import dataclass, field

import typer

from services.chassis.settings import House
from services.cli import intake as intakes
from services.cli import kept
from services.cli.errors import Told
from services.cli.local.replacing import WAYS
from services.cli.replay.lost import AT_ONCE, send_again
from services.cli.terminal import plain, print_json
from services.store.reading import Buried, Unended
from services.store.relations import Orphan


@dataclass
class Promoted:
    """What was sent, by whose place each takes, and what could not be."""

    sent: dict[str, str] = field(default_factory=dict)
    left: dict[str, str] = field(default_factory=dict)  # why


def send(settings: House, ids: list[str] | None, *, as_json: bool) -> None:
    """Send the duplicates of articles that were never stored; exit code 1 where something could not be sent.

    Of those of one article the first that is judged takes its place, and the others are its duplicates.
    """
    done = asyncio.run(_promote(settings, ids or []))
    if as_json:
        print_json(vars(done))
    else:
        firsts = len(set(done.sent.values()))
        typer.echo(f"{len(done.sent)} duplicates of {firsts} articles that were never stored are judged again")
        for input_id, why in done.left.items():
            typer.echo(f"  {input_id}: {why}", err=True)
    if done.left:
        raise typer.Exit(1)


async def _promote(settings: House, ids: list[str]) -> Promoted:
    with kept.opened(settings) as reading:
        orphans = reading.relations.orphans(ids)
        if missing := [one for one in ids if not any(one in {each.input_id, each.article_id} for each in orphans)]:
            raise Told(
                f"{plain(missing[0])} is no duplicate of an article that was never stored: `wireroom status` lists them"
            )
        chosen = {orphan.input_id: orphan for orphan in orphans}
        roots = reading.origins({intakes.root_of(one) for one in chosen})
        way = way_after(reading.dead_letters(limit=1))
    return await _sent(settings, chosen, roots, way) if chosen else Promoted()


def way_after(died: Sequence[Buried]) -> str:
    """The same until something else dies: sent twice, nothing is enriched twice, and what died is sent for certain."""
    told = "".join(one.message_id for one in died)
    return f":r{1 + zlib.crc32(told.encode()) % (WAYS - 1)}"


async def _sent(settings: House, chosen: dict[str, Orphan], roots: list[Unended], way: str) -> Promoted:
    instead_of = {input_id: orphan.duplicate_of for input_id, orphan in chosen.items()}
    done, whys = Promoted(), dict[str, str | None]()
    opened = intakes.opened(settings, way=way, wants=chosen.__contains__, instead_of=instead_of)
    async with opened as (intake, raw, only):
        for begin in range(0, len(roots), AT_ONCE):
            some = roots[begin : begin + AT_ONCE]
            told = await asyncio.gather(*(send_again(root, intake, raw, settings.home) for root in some))
            whys |= {root.input_id: why for root, why in zip(some, told, strict=True)}
    for input_id, orphan in chosen.items():
        if input_id in only.said:
            done.sent[input_id] = orphan.duplicate_of
        else:
            why = whys.get(intakes.root_of(input_id)) or "it does not come out of its original any more"
            done.left[input_id] = why
    return done
