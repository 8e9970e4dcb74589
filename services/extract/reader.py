"""What the child processes run: an article read with models and lists that are loaded once for all of them.

The service itself imports this module for the names of its functions; hence the imports inside them.
"""

import gc
import os
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

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
    for recognise in _recognisers().values():
        recognise(["Un premier article."])
    gc.collect()
    gc.freeze()  # what is loaded stays, and shared: the collector would write into every page of it


def prepare(home: Path) -> None:
    """Open the atlas in `home`, and build it where it is missing."""
    _atlas(home)


def read(document: Document, language: Language, home: Path) -> Extraction:
    """What the document says, read with what lies in `home`."""
    from services.extract.core import extract  # noqa: PLC0415

    return extract(document, language, _knowledge(home, language.primary()))


@cache
def _knowledge(home: Path, language: str) -> "Knowledge":
    from services.extract import lists  # noqa: PLC0415
    from services.extract.core import Knowledge  # noqa: PLC0415

    return Knowledge(lists.names(language), _recognisers(), _atlas(home))


@cache
def _atlas(home: Path) -> "Atlas":
    from services.extract import atlas  # noqa: PLC0415

    return atlas.SqliteAtlas(atlas.build(home))


@cache
def _recognisers() -> "Mapping[str, Recogniser]":
    from services.extract.model import load_recognisers  # noqa: PLC0415

    return load_recognisers()
