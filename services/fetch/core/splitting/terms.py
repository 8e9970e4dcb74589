"""Words that tell what a passage is about, as near to their stems as one comes without knowing the language."""

import re
from collections.abc import Set as AbstractSet

_STEM = 6  # letters; longer endings are mostly grammar
SHORTEST_TERM = 4
_SHORTEST_RARE_TERM = 6
_GLANCE = 400  # characters that show whether a script has capitals

_WORD = re.compile(r"[^\W\d_]+")
DENSE_RUN = re.compile(r"[\u0e00-\u0e7f\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]{2,}")
# A capital within a sentence: a name, in most languages that have capitals.
_INNER_CAPITAL = re.compile(r"(?<![.!?…:»”\"] )(?<=\s)[^\W\d_][\w’'-]{2,}")


def terms(text: str, shortest: int = SHORTEST_TERM) -> set[str]:
    """The longer words of a text by their stems; pairs of letters in scripts that set no spaces between words."""
    runs = DENSE_RUN.findall(text)
    if sum(map(len, runs)) * 4 > len(text):
        return {run[at : at + 2] for run in runs for at in range(len(run) - 1)}
    return {stem(word) for word in _WORD.findall(text) if len(word) >= shortest}


def stem(word: str) -> str:
    """What a word has in common with its other forms."""
    return word.casefold()[:_STEM]


def names(text: str) -> set[str]:
    """What a text names; its rarer words where the script has no capitals to tell by."""
    glance = text[:_GLANCE]
    if sum(map(str.islower, glance)) * 3 < len(glance):
        return terms(text, _SHORTEST_RARE_TERM)
    return {stem(word) for word in _INNER_CAPITAL.findall(text) if word[0].isupper()}


def share(some: AbstractSet[str], others: AbstractSet[str]) -> float:
    """Which part of `some` is among `others`."""
    return len(some & others) / len(some) if some else 0.0
