"""What the words show to be named, whatever a recogniser says: by titles, initials, capitals, heads of dispatches."""

from collections.abc import Sequence

from services.extract.core.naming.capitals import in_capitals, joined_in_capitals, signatures
from services.extract.core.naming.credited import credited_agencies
from services.extract.core.naming.datelines import datelines
from services.extract.core.naming.form_words import HEADS
from services.extract.core.naming.found import Found, IsPlace
from services.extract.core.naming.initials import by_initials, together
from services.extract.core.naming.names import Names
from services.extract.core.naming.shown_persons import shown_persons
from services.extract.core.words import Word

_BEYOND = 2  # characters: a bracket and a full stop behind the last word


def told_names(
    text: str, spoken: Sequence[Word], names: Names, is_place: IsPlace
) -> tuple[list[Found], frozenset[Found]]:
    """The names that a passage with these words shows, and those among them that no opinion speaks against."""
    shown = shown_persons(text, spoken, names.given, names.demonyms, HEADS)
    if not spoken or not names.demonyms:
        return shown, frozenset()
    first, last = spoken[0].start, spoken[-1].end
    beyond = min(last + _BEYOND, len(text))
    several, credited = together(text, first, last), credited_agencies(text, first, beyond)
    told = frozenset([*several, *credited, *datelines(text, first, last, is_place)])
    shown += [*by_initials(text, first, last, names.is_word), *sorted(told)]
    shown += [*in_capitals(text, first, last, names.given, is_place), *joined_in_capitals(text, first, last, is_place)]
    shown += signatures(text, first, beyond)
    return shown, told
