"""Which version of extract's parts makes each field: raised whenever a part gives something else than before."""

from collections.abc import Mapping
from types import MappingProxyType

VERSIONS: Mapping[str, str] = MappingProxyType(
    {
        "title": "1",
        "byline": "2",
        "publisher": "1",
        "credits": "2",
        "url": "1",
        "published": "1",
        "body": "2",
        "removed": "2",
        "headings": "2",
        "components": "1",
        "entities": "2",
        "quotations": "2",
        "places": "2",
        "dates": "2",
        "quantities": "1",
        "keywords": "2",
        "country": "2",
    }
)
NAMED = frozenset(("entities", "keywords"))  # by a trained model too, where the language has one


def versions(model: str | None) -> dict[str, str]:
    """By field: the version that `made_by` tells, with this version of a trained model, or with none."""
    return {
        name: f"{model}+{version}" if model is not None and name in NAMED else version
        for name, version in VERSIONS.items()
    }
