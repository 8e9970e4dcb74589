"""From a file renamed into the inbox of an idle system to its event in public."""

import asyncio
import time
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from statistics import median
from typing import Any

from contracts.topology import SERVICES
from tests.bench.articles import french
from tests.bench.report import Row, percentile
from tests.bench.whole import Machine, Public, enriched, whole
from tests.e2e.running import System

DROPS = 150
PAUSE_SECONDS = 0.1  # between an event and the next drop, so that the system is idle again
LONGEST_SECONDS = 30.0


@dataclass(frozen=True)
class Measured:
    """The drops of one run."""

    milliseconds: list[float]
    articles: list[dict[str, Any]]
    machine: str


def rows(drops: int = DROPS) -> Iterator[Row]:
    """The median and the 99th percentile of the drops, the first one after the start among them."""
    begun = time.monotonic()
    measured = asyncio.run(_measure(drops))
    took, seconds = measured.milliseconds, time.monotonic() - begun
    parts = ", ".join(f"{name} {value:.0f}" for name, value in _hops(measured.articles).items())
    for share, goal, note in (
        (0.5, 150, f"to each service's end, ms: {parts}"),
        (0.99, 500, f"first {took[0]:.0f} ms, longest {max(took):.0f} ms; {measured.machine}"),
    ):
        yield Row(
            bench="latency",
            case=f"renamed-in file to public event, p{share * 100:.0f}",
            size=drops,
            figure=percentile(took, share),
            unit="ms",
            goal=f"<= {goal}",
            note=note,
            seconds=seconds,
        )


async def _measure(drops: int) -> Measured:
    async with whole() as system:
        await asyncio.to_thread(system.start)
        async with Public(system.url) as public:
            machine = Machine()
            took = [await _one(system, public, number) for number in range(drops)]
            return Measured(took, [enriched(message) for _, message in public.came], machine.said())


async def _one(system: System, public: Public, number: int) -> float:
    """Milliseconds from the rename on."""
    draft = system.folder / "draft"
    draft.write_text(french(number))
    begun = time.monotonic()
    draft.rename(system.inbox / f"{number}.txt")
    came = await public.some(number + 1, seconds=LONGEST_SECONDS)
    await asyncio.sleep(PAUSE_SECONDS)
    return (came[number][0] - begun) * 1000


def _hops(articles: list[dict[str, Any]]) -> dict[str, float]:
    """The median time from receipt to the end of each service's step, by the trail."""
    found: dict[str, list[float]] = {service: [] for service in SERVICES}
    for article in articles:
        received = datetime.fromisoformat(article["document"]["received_at"])
        for step in article["trail"]:
            ended = (datetime.fromisoformat(step["at"]) - received).total_seconds() + step["seconds"]
            found[step["service"]].append(ended * 1000)
    return {service: median(times) for service, times in found.items() if times}
