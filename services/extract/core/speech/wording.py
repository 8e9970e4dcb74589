"""What the words of a marked passage look like: how many, a clause or not, a name or not."""

from dataclasses import dataclass

from services.extract.core.grammar import word_set
from services.extract.core.speech.cast import Cast, words_in

_CHARACTERS = 600  # of a passage that decide
_MOST_NAME_WORDS = 4
# Words that only clauses have, in the six languages: pronouns that are subjects, and the commonest verbs.
_CLAUSE_WORDS = word_set(
    "je j' il elle on nous vous ils elles est sont a ont était étaient sera seront serait avait avaient fait faut peut "
    "peuvent doit doivent va vont n' ne c' qu' suis sommes avons veut "
    "i we he she they you it is are was were be has have had will would can could must should do does did don isn "
    "ich er wir ihr ist sind war waren hat haben wird werden kann muss soll nicht "
    "yo él ella nosotros es son era eran fue ha han había hay será puede debe no "
    "io lui lei noi sono è era erano hanno sarà può deve non "
    "هو هي نحن هم كان كانت لا لن لم ليس"
)


@dataclass(frozen=True)
class Wording:
    """The words of one passage: their number (of its beginning), and what they show."""

    words: int
    has_verb: bool
    is_clause: bool  # it begins as a sentence does, or has a verb of its own
    is_name: bool  # one of the article's names, or a few words all capitalised


def wording(cast: Cast, start: int, end: int) -> Wording:
    """How `text[start:end]`, which is not empty, is worded."""
    text = cast.text
    words = [w for w in words_in(text, start, min(end, start + _CHARACTERS)) if w.lower[0].isalnum()]
    has_verb = any(word.lower in _CLAUSE_WORDS or word.lower.endswith(("-t", "n't")) for word in words)
    long_words = [word for word in words if len(word.lower) > 3] or words
    is_short = 0 < len(words) <= _MOST_NAME_WORDS
    is_capitalised = is_short and all(text[word.start].isupper() for word in long_words)
    return Wording(
        len(words), has_verb, has_verb or not text[start].islower(), cast.is_name(start, end) or is_capitalised
    )
