"""Five hops of the real services with identity cores, from ArticleFetched to ArticleEnriched on their streams."""

import asyncio
import json
import tempfile
import time
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import islice
from pathlib import Path

from nats.js import JetStreamContext

from services.chassis.letters import seal
from services.chassis.migrations import migrate
from services.chassis.publisher import Publisher
from services.chassis.settings import House
from services.chassis.testing import LocalServer, free_port
from tests.bench import processes
from tests.bench.articles import fetched, texts
from tests.bench.hop import LAYERS
from tests.bench.processes import Clock, Running
from tests.bench.report import Row, middle

SERVICES = ("language", "dedup", "extract", "store")
ARTICLES = 10_000
BYTES = 5_000
ROUNDS = 3
BUDGET_BYTES = 16 << 30  # room for all articles on every queue
READY_SECONDS = 60.0
LEAST_RATE = 50.0  # articles/s, below which we do not wait any longer
GOAL = 800


@dataclass(frozen=True)
class Round:
    """One run of all articles through the chain."""

    rate: float  # articles/s, from the first to the last on ARTICLES
    costs: dict[str, float]  # CPU microseconds an article, by process
    strangers: float  # share of the machine that others took


def rows(articles: int = ARTICLES, rounds: int = ROUNDS, layers: tuple[str, ...] = tuple(LAYERS)) -> Iterator[Row]:
    """A row for each layer: the rate with all layers up to it."""
    before = 0.0
    for layer in layers:
        begun = time.monotonic()
        measured = asyncio.run(_measure(layer, articles, rounds))
        median = sorted(measured, key=lambda one: one.rate)[len(measured) // 2]
        cost = sum(median.costs.values())
        parts = ", ".join(f"{name} {micros:.0f}" for name, micros in median.costs.items())
        rates = " ".join(f"{one.rate:.0f}" for one in measured)
        yield Row(
            bench="hops",
            case=("+ " if before else "") + LAYERS[layer],
            size=articles,
            figure=median.rate,
            unit="articles/s",
            goal=f">= {GOAL}" if layer == "databases" else "",
            note=f"{cost:.0f} CPU µs an article ({cost - before:+.0f}): {parts}; rounds {rates};"
            f" others took {middle([one.strangers for one in measured]):.0%} of the machine",
            seconds=time.monotonic() - begun,
        )
        before = cost


async def _measure(layer: str, articles: int, rounds: int) -> list[Round]:
    with tempfile.TemporaryDirectory(prefix="wireroom-bench-") as folder:
        home = Path(folder)
        async with LocalServer(home, budget_bytes=BUDGET_BYTES) as server, chain(server, layer) as running:
            operator, publisher = await server.connect("operator"), await server.connect("publisher")
            try:
                mouth = Publisher(await server.connect("fetch"))
                run = Run(server, running, operator.jetstream(), publisher.jetstream(), mouth)
                return [await run.once(articles, first=number * articles) for number in range(rounds)]
            finally:
                await mouth.close()
                await operator.close()
                await publisher.close()


@asynccontextmanager
async def chain(server: LocalServer, layer: str) -> AsyncIterator[list[Running]]:
    """The four services as processes, all ready."""
    for service in ("dedup", "store"):
        await asyncio.to_thread(migrate, House(home=server.home).database(service), service)
    running: list[Running] = []
    try:
        for service in SERVICES:
            port = free_port()
            told = {
                "WIREROOM_HOME": str(server.home),
                "WIREROOM_NATS_URL": server.url,
                "WIREROOM_LOG_LEVEL": "info" if layer in ("logs", "databases") else "warning",
                f"WIREROOM_{service.upper()}_METRICS_PORT": str(port),
                "OMP_NUM_THREADS": "1",
            }
            log = server.home / "logs" / f"{service}.log"
            argv = ["-m", "tests.bench.hop", service, layer]
            running.append(await processes.start(service, argv, environment=told, log=log, port=port))
        for one in running:
            await one.ready(seconds=READY_SECONDS)
        yield running
    finally:
        await asyncio.gather(*(one.stop() for one in running))


class Run:
    """Rounds through one running chain."""

    def __init__(
        self,
        server: LocalServer,
        running: list[Running],
        services: JetStreamContext,
        public: JetStreamContext,
        mouth: Publisher,
    ) -> None:
        self._running, self._services, self._public, self._mouth = running, services, public, mouth
        assert server._process is not None
        self._pids = {**{one.name: one.pid for one in running}, "nats-server": server._process.pid}

    async def once(self, articles: int, *, first: int) -> Round:
        """All articles wait on LANGUAGE before the first of them is given out."""
        await self._pause(datetime.now(UTC) + timedelta(hours=1))
        await self._prefill(articles, first)
        before = (await self._public.stream_info("ARTICLES")).state.last_seq
        clock, costs = Clock.now(), self._cpu_seconds()
        await self._pause(None)
        await self._all_there(before + articles, articles)
        later = Clock.now()
        spent = {name: seconds - costs[name] for name, seconds in self._cpu_seconds().items()}
        seconds = (await self._time(before + articles) - await self._time(before + 1)).total_seconds()
        return Round(
            (articles - 1) / seconds,
            {name: value / articles * 1e6 for name, value in spent.items()},
            clock.strangers(later, sum(spent.values())),
        )

    async def _pause(self, until: datetime | None) -> None:
        request = {"pause_until": until.isoformat()} if until else {}
        answer = await self._services._nc.request(
            "$JS.API.CONSUMER.PAUSE.LANGUAGE.language", json.dumps(request).encode(), timeout=5
        )
        if "error" in (said := json.loads(answer.data)):
            raise RuntimeError(said["error"])

    async def _prefill(self, articles: int, first: int) -> None:
        made = islice(texts(BYTES, first), articles)
        named = enumerate(made, first)
        while some := list(islice(named, 1000)):
            await self._mouth.publish_all(seal(fetched(text, f"{n}.txt"), service="fetch") for n, text in some)

    async def _all_there(self, last: int, articles: int) -> None:
        async with asyncio.timeout(articles / LEAST_RATE + 10):
            while (await self._public.stream_info("ARTICLES")).state.last_seq < last:
                for one in self._running:
                    one.check()
                await asyncio.sleep(0.2)

    async def _time(self, sequence: int) -> datetime:
        at = (await self._public.get_msg("ARTICLES", sequence)).time
        assert isinstance(at, datetime)
        return at

    def _cpu_seconds(self) -> dict[str, float]:
        return {name: processes.cpu_seconds(pid) for name, pid in self._pids.items()}
