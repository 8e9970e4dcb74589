"""How far a backfill may be ahead of what is dropped into the inbox meanwhile, whatever its articles lie in."""

import asyncio
from collections.abc import Sequence
from datetime import datetime

from contracts.article_fetched import ArticleFetched
from contracts.message import Message
from services.cli.ends import Ledger, Waiting
from services.fetch.intake import Say

LOOK_SECONDS = 0.25


class Ahead:
    """Says what it is given, and of the articles among that `most` before some have had their ends, no more."""

    def __init__(self, say: Say, ledger: Ledger, most: int) -> None:
        self._say, self._most = say, most
        self._open = Waiting(ledger)
        self._next = asyncio.Lock()  # the first of those that wait looks for all

    async def say(self, *messages: Message, began: datetime | None = None) -> None:
        """Wait until that may be said, and until it is acknowledged."""
        articles = [message.input_id for message in messages if isinstance(message, ArticleFetched)]
        if articles:
            await self._may_go(articles)
        try:
            await self._say(*messages, began=began)
        except BaseException:
            for input_id in articles:  # nobody brings to an end what was not said
                self._open.forget(input_id)
            raise

    async def _may_go(self, articles: Sequence[str]) -> None:
        """All of one saying at once: who held some, unsaid, while he waits for the rest would wait for himself."""
        async with self._next:
            while len(self._open) >= self._most:
                if not self._open.look():
                    await asyncio.sleep(LOOK_SECONDS)
            for input_id in articles:
                self._open.add(input_id)
