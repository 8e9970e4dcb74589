"""Which version of extract's parts makes each field: raised whenever a part gives something else than before."""

from collections.abc import Mapping
from types import MappingProxyType

VERSIONS: Mapping[str, str] = MappingProxyType(
    {
        "title": "9",
        "byline": "10",
        "publisher": "5",
        "credits": "7",
        "url": "1",
        "published": "6",
        "body": "12",
        "removed": "12",
        "headings": "10",
        "components": "5",
        "entities": "11",
        "quotations": "15",
        "places": "11",
        "dates": "7",
        "quantities": "7",
        "keywords": "11",
        "country": "11",
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
