"""Which version of extract's parts makes each field: raised whenever a part gives something else than before."""

from collections.abc import Mapping
from types import MappingProxyType

VERSIONS: Mapping[str, str] = MappingProxyType(
    {
        "title": "5",
        "byline": "5",
        "publisher": "2",
        "credits": "4",
        "url": "1",
        "published": "3",
        "body": "8",
        "removed": "8",
        "headings": "7",
        "components": "2",
        "entities": "7",
        "quotations": "10",
        "places": "7",
        "dates": "3",
        "quantities": "3",
        "keywords": "7",
        "country": "7",
    }
)
NAMED = frozenset(("entities", "keywords"))  # by a trained model too, where the language has one
LISTED = NAMED | {"quotations", "places", "country"}  # by a user's own name lists too, where there are any


def versions(model: str | None, lists: str = "") -> dict[str, str]:
    """By field: the version that `made_by` tells, with these of a trained model and of a user's lists, or with none."""
    return {name: _version(name, version, model, lists) for name, version in VERSIONS.items()}


def extractor_of_names(recogniser: str | None) -> str:
    """Who finds the names, as `made_by` tells it, with a recogniser of this name or with none."""
    return "gazetteer only" if recogniser is None else f"{recogniser}+gazetteer"


def _version(name: str, version: str, model: str | None, lists: str) -> str:
    parts = (model if name in NAMED else None, version, lists if name in LISTED else None)
    return "+".join(part for part in parts if part)
