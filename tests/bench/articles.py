"""Articles that nobody wrote: as long as news, every one a text of its own, the same ones on every run."""

import hashlib
import random
from collections.abc import Iterator
from datetime import UTC, datetime

import uuid_utils

from contracts.article_fetched import ArticleFetched
from contracts.document import Document
from contracts.identity import article_id
from contracts.message import Step
from contracts.outcomes import Outcome

CONSONANTS, VOWELS = "bcdfglmnprstv", "aeiou"
WORDS = 20_000
SENTENCES = 4_000
SENTENCE_WORDS = 18


def texts(bytes_each: int, first: int = 0) -> Iterator[str]:
    """Texts of about `bytes_each` bytes without end, from the number `first` on."""
    chance = random.Random(first)
    sentences = _sentences()
    size = sum(map(len, sentences)) // len(sentences) + 1
    number = first
    while True:
        chosen = chance.choices(sentences, k=max(1, bytes_each // size))
        yield f"Dépêche numéro {number}\n\n" + " ".join(chosen)
        number += 1


def fetched(text: str, name: str) -> ArticleFetched:
    """What fetch says of a file with this text."""
    data, now = text.encode(), datetime.now(UTC)
    source, sha256 = f"inbox:{name}", hashlib.sha256(data).hexdigest()
    return ArticleFetched(
        input_id=str(uuid_utils.uuid7()),
        trail=(Step(service="fetch", version="1", at=now, seconds=0.01, outcome=Outcome.FETCHED),),
        article_id=article_id(source, sha256),
        document=Document(
            source_uri=source,
            sha256=sha256,
            media_type="text/plain",
            encoding="utf-8",
            bytes=len(data),
            received_at=now,
            text=text,
        ),
    )


def _sentences() -> list[str]:
    """Sentences whose words are as unevenly frequent as those of a language (Zipf)."""
    chance = random.Random(0)
    syllables = [consonant + vowel for consonant in CONSONANTS for vowel in VOWELS]
    words = sorted({"".join(chance.choices(syllables, k=chance.randint(1, 4))) for _ in range(WORDS)})
    chance.shuffle(words)
    weights = [1 / rank for rank in range(1, len(words) + 1)]
    return [" ".join(chance.choices(words, weights, k=SENTENCE_WORDS)).capitalize() + "." for _ in range(SENTENCES)]
