"""What is given in: files made from a seed, dropped at a rate, each noted with the end that it must have."""

import hashlib
import random
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from contracts.outcomes import State
from tests.e2e.writing import an_article

RATE = 12.0  # files a second
MOST_WAITING = 400  # files in the inbox, past which nothing more is dropped for now
SYLLABLES = ("ba", "kor", "lin", "ma", "net", "o", "pra", "qui", "ros", "sel", "tal", "u", "ver", "zan", "dri", "fou")


@dataclass(frozen=True)
class Given:
    """One file that was dropped, and how it must end; what has a twin of the same bytes is stored once among them."""

    path: str  # relative to the inbox, and given once
    sha256: str
    size: int
    expected: State
    reason: str | None = None  # of a rejection or a death

    @property
    def source_uri(self) -> str:
        """What the ledger calls it."""
        return f"inbox:{self.path}"


Drop = Callable[[str, bytes], object]


class Workload:
    """Drops files from a thread of its own between `start` and `pause`; `given` is what it knows itself."""

    def __init__(self, drop: Drop, inbox: Path, seed: int, *, rate: float = RATE) -> None:
        self.given: list[Given] = []
        self._drop, self._inbox, self._rate = drop, inbox, rate
        self._chance = random.Random(seed)
        self._number = seed * 1_000_000
        self._originals: list[bytes] = []
        self._running = threading.Event()
        self._ended = False
        self._dropping = threading.Lock()
        self._thread = threading.Thread(target=self._run, name="workload", daemon=True)
        self._thread.start()

    def start(self) -> None:
        """Drop files from now on."""
        self._running.set()

    def pause(self) -> None:
        """Drop nothing more; what is being dropped is noted when this returns."""
        self._running.clear()
        with self._dropping:
            pass

    def end(self) -> None:
        """Drop nothing ever more."""
        self._ended = True
        self._running.set()
        self._thread.join()

    def give(self, path: str, data: bytes, expected: State, reason: str | None = None) -> Given:
        """Drop one file by hand; raises OSError where it cannot be dropped, and then it is not given."""
        self._drop(path, data)
        one = Given(path, hashlib.sha256(data).hexdigest(), len(data), expected, reason)
        self.given.append(one)
        return one

    def give_many(self, number: int, *, copies: float = 0.0) -> None:
        """Drop `number` files at once; `copies` is the share of those that are copies of the others."""
        with self._dropping:
            for _ in range(number):
                self._give_text(copy=self._chance.random() < copies)

    def article(self, *, sentences: int = 4) -> str:
        """A text in French like no other: names that nobody bears keep any two of them apart."""
        self._number += 1
        names = (" ".join(self._name() for _ in range(2)) for _ in range(6 + sentences))
        quarters = ", ".join(names)
        return f"{an_article(self._number, sentences=sentences)}\nOnt signé : {quarters}.\n"

    def _name(self) -> str:
        return "".join(self._chance.choices(SYLLABLES, k=self._chance.randint(3, 4))).capitalize()

    def _run(self) -> None:
        while True:
            self._running.wait()
            if self._ended:
                return
            with self._dropping:
                if self._running.is_set() and self._waiting() < MOST_WAITING:
                    with suppress(OSError):  # no room just now: it is not given
                        self._give_one()
            time.sleep(self._chance.expovariate(self._rate))

    def _waiting(self) -> int:
        return sum(1 for path in self._inbox.iterdir() if not path.name.startswith("."))

    def _give_one(self) -> None:
        kind = self._chance.random()
        if kind < 0.03:
            self.give(self._path("vide"), b"", State.REJECTED, "empty")
        elif kind < 0.05:
            noise = bytes(self._chance.randbytes(600)) + b"\x00\x01\x02"
            self.give(self._path("bruit"), b"\x7fELF" + noise, State.REJECTED, "not_text")
        else:
            self._give_text(copy=kind < 0.2)

    def _give_text(self, *, copy: bool) -> None:
        if copy and self._originals:
            self.give(self._path("copie"), self._chance.choice(self._originals[-200:]), State.STORED)
            return
        long = self._chance.random() < 0.03
        text = self.article(sentences=120 if long else 4)
        data = text.encode("cp1252" if self._chance.random() < 0.05 else "utf-8", errors="replace")
        self.give(self._path("article"), data, State.STORED)
        self._originals.append(data)

    def _path(self, name: str) -> str:
        self._number += 1
        folder = self._chance.choice(("", "", "depeches/", "depeches/nuit/"))
        return f"{folder}{name}-{self._number}.txt"
