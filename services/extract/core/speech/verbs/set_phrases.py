"""French verbs that say who speaks only as a set phrase: met tout de même en garde, a mis en garde, n'a pas caché."""

from services.extract.core.grammar import ADVERBS, word_set
from services.extract.core.speech.cast import Word

_PUTTING = frozenset(("met", "mettent", "mettait", "mettaient", "mit", "mis"))
_POSING = frozenset(("pose", "posent", "posait", "posaient", "posant", "posé"))  # pose la question
_HIDING = frozenset(("cache", "cachent", "cachait", "cachaient", "cacha", "décolère", "décolèrent", "décolérait"))
# no oculta, non nasconde: behind their negation; macht keinen Hehl aus, makes no secret of
_NOT_HIDING = word_set(
    "oculta ocultó ocultaba ocultan ocultaron esconde escondió nasconde nascondeva nascondono nascose"
)
_NOT = frozenset(("no", "non"))
_NO_SECRET = (("keinen", "hehl"), ("no", "secret"), ("no", "bones"))
_MAKING = frozenset(("macht", "machte", "machten", "machen", "made", "makes", "make"))
_BETWEEN = word_set("pas de d' à par jamais toutefois également aussi encore lui même donc ainsi bien tout")
_BEING = frozenset(("est", "sont", "était", "étaient"))
_SURE = word_set("convaincu convaincue convaincus convaincues persuadé persuadée persuadés persuadées")
_FARTHEST = 6  # words from a verb to what makes it one of speaking


def set_phrase(words: list[Word], at: int, stem: str) -> int | None:
    """Where « met en garde », « met tout de même en avant », « ne cache pas » end whose verb stands at `at`."""
    if stem in _HIDING:
        return at + 2 if at + 1 < len(words) and words[at + 1].lower == "pas" else None
    if stem in _NOT_HIDING:
        return at + 1 if at and words[at - 1].lower in _NOT else None
    if stem in _MAKING:
        return at + 3 if tuple(word.lower for word in words[at + 1 : at + 3]) in _NO_SECRET else None
    if stem in _BEING and _is_sure(words, at):
        return at + 2
    if stem in _POSING:
        led = at + 1 < len(words) and words[at + 1].lower.endswith("ment")  # posant clairement la question
        return at + led + 3 if [word.lower for word in words[at + led + 1 :][:2]] == ["la", "question"] else None
    return _put_where(words, at) if stem in _PUTTING else None


def _is_sure(words: list[Word], at: int) -> bool:
    """Whether « est convaincu que » stands there, behind somebody."""
    lowers = [word.lower for word in words[at : at + 3]]
    return len(lowers) > 2 and lowers[1] in _SURE and lowers[2] in {"que", "qu'"}


def set_participle(words: list[Word], auxiliary: int, at: int) -> int | None:
    """The same of a participle at `at` behind its auxiliary: « a mis en garde », « n'a pourtant pas caché »."""
    lower = words[at].lower
    if lower == "caché":
        return at + 1 if any(word.lower == "pas" for word in words[auxiliary:at]) else None
    return _put_where(words, at) if lower == "mis" else None


def _put_where(words: list[Word], at: int) -> int | None:
    for index in range(at + 1, min(len(words) - 1, at + _FARTHEST)):
        if words[index].lower == "en" and words[index + 1].lower in {"garde", "avant", "cause"}:
            return index + 2
        if words[index].lower not in ADVERBS | _BETWEEN:
            return None
    return None
