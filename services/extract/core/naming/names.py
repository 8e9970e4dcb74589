"""What is known of names beforehand: the gazetteer, and the words for peoples."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from services.extract.core.naming.gazetteer import Gazetteer


def no_lexicon(word: str) -> bool:  # noqa: ARG001 - what stands for a lexicon is asked alike
    """Know no word."""
    return False


@dataclass(frozen=True)
class Names:
    """Lists of names in one language."""

    gazetteer: Gazetteer
    demonyms: Mapping[
        str, str | None
    ]  # folded word for a people -> ISO 3166-1 alpha-2, or null where it has no country
    given: frozenset[str] = field(default=frozenset())  # folded given names, those that are also places left out
    canonical: bool = (
        True  # whether the listed names are in the language; else things go by what the article calls them
    )
    own: str = ""  # the version of a user's own lists among them
    is_word: Callable[[str], bool] = no_lexicon  # whether the language has an ordinary word, in lower case
