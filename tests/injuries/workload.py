"""What is given in: files made from a seed, dropped at a rate, each noted with the end that it must have."""

import hashlib
import random
import threading
import time
from collections import deque
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from contracts.identity import article_id
from contracts.outcomes import State
from tests.e2e.writing import an_article
from tests.services.fetch.archives import zipped

RATE = 12.0  # files a second
SHARED_RATE = 3.0  # where others share the machine: at 6 three systems had no room left in which to recover
MOST_WAITING = 400  # files in the inbox, past which nothing more is dropped for now
REMEMBERED = 200  # articles that copies are made of
EMPTY = "the file has no bytes"  # what fetch says of one
EDITED = 10  # sentences of an article of which one is changed: what is left is similar by far more than the threshold
SYLLABLES = ("ba", "kor", "lin", "ma", "net", "o", "pra", "qui", "ros", "sel", "tal", "u", "ver", "zan", "dri", "fou")


@dataclass(frozen=True)
class Given:
    """One file that was dropped, and how it must end."""

    path: str  # relative to the inbox
    sha256: str
    size: int
    expected: State
    reason: str | None = None  # of a rejection or a death
    detail: str | None = None  # of a rejection of which nothing else tells: a member has no report beside it
    text_sha256: str | None = None  # of its text in UTF-8; None where it is read from other bytes
    kin: str = ""  # names the text that it was made of: one of all its kin is stored, and the others are duplicates
    member: str = ""  # where it lies in the archive at `path`; nowhere by itself
    is_version: bool = False  # of several at its path, each like nothing elsewhere: all are stored, as revisions

    @property
    def source_uri(self) -> str:
        """What the ledger calls it."""
        return f"inbox:{self.path}!{self.member}" if self.member else f"inbox:{self.path}"

    @property
    def article_id(self) -> str:
        """The article that it is, if it is one."""
        return article_id(self.source_uri, self.sha256)

    @property
    def may_be_duplicate(self) -> bool:
        """Whether chance decides if it or another of its kin is stored."""
        return self.expected is State.STORED and not self.is_version


Drop = Callable[[str, bytes], object]


@dataclass(frozen=True)
class Article:
    """A text that was given, to be given again."""

    path: str
    kin: str
    lines: tuple[str, ...]
    encoding: str = "utf-8"

    @property
    def data(self) -> bytes:
        """The bytes of the file."""
        return "\n".join(self.lines).encode(self.encoding, errors="replace")


class Workload:
    """Drops files from a thread of its own between `start` and `pause`; `given` is what it knows itself."""

    def __init__(self, drop: Drop, inbox: Path, seed: object, *, rate: float = RATE) -> None:
        self.given: list[Given] = []
        self.rate = rate  # files a second, at the mean
        self._drop, self._inbox = drop, inbox
        self._running = threading.Event()
        self._ended = False
        self._dropping = threading.RLock()
        self.play(seed)
        self._thread = threading.Thread(target=self._run, name="workload", daemon=True)
        self._thread.start()

    def play(self, seed: object) -> None:
        """From now on what this seed gives, as if nothing had been given before; no seed is played twice."""
        with self._dropping:
            self._chance = random.Random(str(seed))
            self._number = self._chance.getrandbits(32) * 1_000_000
            self._articles: deque[Article] = deque(maxlen=REMEMBERED)
            self._to_be_revised: deque[Article] = deque()

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

    def give(self, path: str, data: bytes, expected: State, reason: str | None = None, **more: Any) -> Given:
        """Drop one file by hand; raises OSError where it cannot be dropped, and then it is not given."""
        with self._dropping:
            self._drop(path, data)
            one = Given(path, hashlib.sha256(data).hexdigest(), len(data), expected, reason, **more)
            self.given.append(one)
            return one

    def give_many(self, number: int, *, copies: float = 0.0) -> None:
        """Drop `number` files at once; `copies` is the share of those that are copies of the others."""
        with self._dropping:
            for _ in range(number):
                if self._chance.random() < copies:
                    self._give_copy()
                else:
                    self._give_article()

    def article(self, *, sentences: int = 4) -> str:
        """A text in French like no other: names that nobody bears keep any two of them apart."""
        with self._dropping:
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
            time.sleep(self._chance.expovariate(self.rate))

    def _waiting(self) -> int:
        return sum(1 for path in self._inbox.iterdir() if not path.name.startswith("."))

    def _give_one(self) -> None:
        kind = self._chance.random()
        if kind < 0.03:
            self.give(self._path("vide"), b"", State.REJECTED, "empty")
        elif kind < 0.05:
            noise = bytes(self._chance.randbytes(600)) + b"\x00\x01\x02"
            self.give(self._path("bruit"), b"\x7fELF" + noise, State.REJECTED, "unsupported")
        elif kind < 0.16:
            self._give_copy()
        elif kind < 0.20:
            self._give_edited_copy()
        elif kind < 0.24:
            self._give_again()
        elif kind < 0.26:
            self._give_archive()
        else:
            self._give_article()

    def _give_article(self) -> None:
        """Something new."""
        long = self._chance.random() < 0.03
        text = self.article(sentences=120 if long else 4)
        encoding = "cp1252" if self._chance.random() < 0.05 else "utf-8"
        article = self._made(self._path("article"), text, encoding)
        self._give_text(article)
        self._articles.append(article)

    def _give_copy(self) -> None:
        """The same bytes at another path."""
        if not self._articles:
            self._give_article()
            return
        article = self._chance.choice(self._articles)
        self._give_text(replace(article, path=self._path("copie")))

    def _give_edited_copy(self) -> None:
        """An article, and nearly the same text at another path."""
        article = self._made(self._path("article"), self.article(sentences=EDITED))
        self._give_text(article)
        self._give_text(self._edited(replace(article, path=self._path("presque"))))

    def _give_again(self) -> None:
        """Nearly the same text at the same path, once what was there is put away; else something to be revised."""
        if self._to_be_revised and self._is_put_away(self._to_be_revised[0].path):
            self._give_text(self._edited(self._to_be_revised[0]), is_version=True)
            self._to_be_revised.popleft()
            return
        article = self._made(self._path("version"), self.article(sentences=EDITED))
        self._give_text(article, is_version=True)
        self._to_be_revised.append(article)

    def _give_archive(self) -> None:
        """Articles in an archive, one of them deeper in it, and something that is none."""
        first, second = (self._made(f"{name}.txt", self.article()) for name in ("un", "deux"))
        inner = zipped([(second.path, second.data), ("vide.txt", b"")])
        path = self._path("archive").removesuffix(".txt") + ".zip"
        self.give(path, zipped([(first.path, first.data), ("dedans.zip", inner)]), State.EXPANDED)
        members = (
            (first.path, first.data, State.STORED, None),
            ("dedans.zip", inner, State.EXPANDED, None),
            (f"dedans.zip!{second.path}", second.data, State.STORED, None),
            ("dedans.zip!vide.txt", b"", State.REJECTED, "empty"),
        )
        for member, data, expected, reason in members:
            sha256 = hashlib.sha256(data).hexdigest()
            detail = EMPTY if reason == "empty" else None
            kin = f"{path}!{member}"
            self.given.append(Given(path, sha256, len(data), expected, reason, detail, kin=kin, member=member))

    def _is_put_away(self, path: str) -> bool:
        return (self._inbox / ".done" / path).exists() and not (self._inbox / path).exists()

    def _made(self, path: str, text: str, encoding: str = "utf-8") -> Article:
        return Article(path, path, tuple(text.split("\n")), encoding)

    def _edited(self, article: Article) -> Article:
        """With another first sentence."""
        self._number += 1
        headline, blank, body, *rest = article.lines
        _, _, others = body.partition(". ")
        edited = f"Le journal corrige sa nouvelle et lui donne le numéro {self._number}. {others}"
        return replace(article, lines=(headline, blank, edited, *rest))

    def _give_text(self, article: Article, *, is_version: bool = False) -> None:
        data = article.data
        text = hashlib.sha256(data).hexdigest() if article.encoding == "utf-8" else None
        self.give(article.path, data, State.STORED, text_sha256=text, kin=article.kin, is_version=is_version)

    def _path(self, name: str) -> str:
        self._number += 1
        folder = self._chance.choice(("", "", "depeches/", "depeches/nuit/"))
        return f"{folder}{name}-{self._number}.txt"
