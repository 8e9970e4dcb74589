"""What the child processes run: an article read with models and lists that are loaded once for all of them.

The service itself imports this module for the names of its functions; hence the imports inside them.
"""

import os
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, NamedTuple

from contracts.document import Document
from contracts.extraction import Extraction
from contracts.language import Language

if TYPE_CHECKING:
    from collections.abc import Mapping

    from services.extract.core import Knowledge
    from services.extract.core.geography.atlas import Atlas
    from services.extract.core.naming.found import Recogniser
    from services.extract.core.naming.names import Names

# Read by the server, so that what is made ready by a first article is so for all children.
_FIRST = MappingProxyType(
    {
        "fr": (
            "Un accord à Genève\n\nGENÈVE, 3 mai 2018 (AFP) - Les deux pays ont signé jeudi un accord de 12 millions "
            "d'euros. « Nous avons attendu dix ans », a dit la ministre Anne Martin, selon l'agence. Elle ira à Lyon."
        ),
        "en": (
            "An agreement in Geneva\n\nGENEVA, May 3, 2018 (Reuters) - The two countries signed an agreement worth "
            '$12 million on Thursday. "We waited for ten years," said the minister, Anne Martin. She will go to Lyons.'
        ),
    }
)


def load() -> None:
    """Load models and lists, for all children to share, and read once to warm up."""
    for threads in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS"):
        os.environ.setdefault(threads, "1")  # more threads make short texts slower, and numpy asks but once
    from services.extract import atlas  # noqa: F401, PLC0415 - for the children to find it imported
    from services.extract.core import Knowledge, extract  # noqa: PLC0415 - the same

    for language, text in _FIRST.items():
        known = Knowledge(_names(language, NOTHING), _recognisers(NOTHING.recognisers))
        extract(_document(text), Language(tag=language, script="Latn", confidence=1.0), known)


def _document(text: str) -> Document:
    return Document(
        source_uri="",
        sha256="0" * 64,
        media_type="text/plain",
        bytes=len(text.encode()),
        received_at=datetime.now(UTC),
        text=text,
    )


class Own(NamedTuple):
    """What a user brings: a folder of name lists, and the names of installed recognisers with commas between."""

    names: Path | None = None
    recognisers: str = ""


NOTHING = Own()


def prepare(home: Path, own: Own = NOTHING) -> None:
    """Open the atlas in `home`, and build it where it is missing; read the user's lists, load the user's models."""
    _atlas(home)
    _names("fr", own)
    _recognisers(own.recognisers)


def read(document: Document, language: Language, home: Path, own: Own = NOTHING) -> Extraction:
    """What the document says, read with what lies in `home` and what the user brings."""
    from services.extract.core import extract  # noqa: PLC0415 - the same

    return extract(document, language, _knowledge(home, own, language.primary()))


@cache
def _knowledge(home: Path, own: Own, language: str) -> "Knowledge":
    from services.extract.core import Knowledge  # noqa: PLC0415 - the same

    return Knowledge(_names(language, own), _recognisers(own.recognisers), _atlas(home))


def _names(language: str, own: Own) -> "Names":
    """Asked in one way by all: what is kept is kept by how it was asked for."""
    from services.extract import lists  # noqa: PLC0415 - the same

    return lists.names(language, own.names)


@cache
def _atlas(home: Path) -> "Atlas":
    from services.extract import atlas  # noqa: PLC0415 - the same

    return atlas.SqliteAtlas(atlas.build(home))


@cache
def _recognisers(chosen: str) -> "Mapping[str, Recogniser]":
    from services.extract.model import chosen_recognisers  # noqa: PLC0415 - the same

    return {**_installed(), **chosen_recognisers(chosen)}


@cache
def _installed() -> "Mapping[str, Recogniser]":
    from services.extract.model import load_recognisers  # noqa: PLC0415 - the same

    return load_recognisers()
