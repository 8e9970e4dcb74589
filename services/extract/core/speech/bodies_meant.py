"""Bodies that a pronoun means: « Nordalia a, quant à elle, reconnu une erreur. Elle précise … », affirme-t-elle."""

from services.extract.core.grammar import DETERMINERS, PRONOUNS
from services.extract.core.sentences import sentence_start
from services.extract.core.speech.cast import Cast, Word, words_in
from services.extract.core.speech.genders import FEMININE_ARTICLES

_LONGEST_CHAIN = 3  # sentences that begin with a pronoun of the same body
_OPENING = 60  # characters of a sentence, in which its subject is set apart
_HE_OR_SHE = frozenset(("il", "elle"))
_APART = {"feminine": ("quant", "à", "elle"), "masculine": ("quant", "à", "lui")}
_ENDS = 4  # characters between a mark and the end of its sentence


def body_before(cast: Cast, position: int, gender: str) -> str | None:
    """The body by name that the sentence before `position` opens with, or the one before it where a pronoun does.

    Only where something shows it to be meant: its article, « quant à elle », a pronoun that opens the sentence between.
    """
    if cast.language != "fr":
        return None
    paragraph = cast.text.rfind("\n", 0, position) + 1
    for length in range(_LONGEST_CHAIN):
        start = _sentence_before(cast, paragraph, position)
        words = words_in(cast.text, start, min(position, start + _OPENING)) if start < position else []
        if not words or cast.is_quoted(words[0].start):
            return None
        if words[0].lower not in _HE_OR_SHE or PRONOUNS[words[0].lower] != gender:
            return _body(cast, words, gender, is_chain=length > 0)
        position = start
    return None


def _sentence_before(cast: Cast, paragraph: int, position: int) -> int:
    """Where the sentence begins that ends before `position`, whatever words of others it ends in."""
    end = len(cast.text[paragraph:position].rstrip()) + paragraph
    for back in range(1, _ENDS):
        quoted = cast.quote_start(max(paragraph, end - back))
        if quoted < end - back:
            end = max(paragraph, quoted)
            break
    return sentence_start(cast.text, paragraph, max(paragraph, end - 1))


def _body(cast: Cast, words: list[Word], gender: str, *, is_chain: bool) -> str | None:
    first = 1 if words[0].lower in DETERMINERS and len(words) > 1 else 0
    named = cast.named_at(words[first].start)
    if named is None or named.is_person or named.is_place or named.start != words[first].start:
        return None
    lowers = tuple(word.lower for word in words)
    is_apart = any(lowers[i : i + 3] == _APART[gender] for i in range(len(lowers)))
    if first and words[0].lower != "l'":
        return named.name if (words[0].lower in FEMININE_ARTICLES) == (gender == "feminine") else None
    return named.name if is_chain or is_apart else None
