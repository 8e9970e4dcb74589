"""What the child processes run: an article read with models and lists that are loaded once for all of them.

The service itself imports this module for the names of its functions; hence the imports inside them.
"""

import gc
import os
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from contracts.document import Document
from contracts.extraction import Extraction
from contracts.language import Language

if TYPE_CHECKING:
    from collections.abc import Mapping

    from services.extract.core import Knowledge
    from services.extract.core.atlas import Atlas
    from services.extract.core.found import Recogniser


def load() -> None:
    """Load models and lists, for all children to share, and read once to warm up."""
    for threads in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS"):
        os.environ.setdefault(threads, "1")  # more threads make short texts slower, and numpy asks but once
    from services.extract import atlas, lists  # noqa: F401, PLC0415 - for the children to find them imported
    from services.extract.core import extract  # noqa: F401, PLC0415 - the same

    lists.names("fr")
    for recognise in _installed().values():
        recognise(["Un premier article."])
    gc.collect()
    gc.freeze()  # what is loaded stays, and shared: the collector would write into every page of it


class Own(NamedTuple):
    """What a user brings: a folder of name lists, and the names of installed recognisers with commas between."""

    names: Path | None = None
    recognisers: str = ""


NOTHING = Own()


def prepare(home: Path, own: Own = NOTHING) -> None:
    """Open the atlas in `home`, and build it where it is missing; read the user's lists, load the user's models."""
    from services.extract import lists  # noqa: PLC0415 - a parent that asks nothing of a child loads no models

    _atlas(home)
    lists.names("fr", own.names)
    _recognisers(own.recognisers)


def read(document: Document, language: Language, home: Path, own: Own = NOTHING) -> Extraction:
    """What the document says, read with what lies in `home` and what the user brings."""
    from services.extract.core import extract  # noqa: PLC0415 - the same

    return extract(document, language, _knowledge(home, own, language.primary()))


@cache
def _knowledge(home: Path, own: Own, language: str) -> "Knowledge":
    from services.extract import lists  # noqa: PLC0415 - the same
    from services.extract.core import Knowledge  # noqa: PLC0415 - the same

    return Knowledge(lists.names(language, own.names), _recognisers(own.recognisers), _atlas(home))


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
