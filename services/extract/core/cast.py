"""Everybody whom an article names and who can speak, by where it names them."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Sequence
from typing import NamedTuple

from contracts.extraction import Entity, EntityType
from services.extract.core.grammar import DETERMINERS, FEMININE, MASCULINE, OF, PREPOSITIONS

_WORD = re.compile(r"\b(?:[cdjlmnst]|[Qq]u)['’]|[^\W\d_]+['’](?=\w)|\w+(?:-\w+|\.[a-z]\w*)*|[^\w\s]")
_SPEAKING = frozenset(EntityType) - {EntityType.WEAPON, EntityType.OTHER}
_MOST_MENTIONS = 40  # how many mentions back a pronoun or a title may reach
_TITLE_CHARACTERS = 60  # around a name, where its title stands


class Word(NamedTuple):
    """A word or a mark of punctuation at its place."""

    start: int
    end: int
    lower: str


class Named(NamedTuple):
    """A mention of an entity that can speak."""

    start: int
    end: int
    name: str
    is_person: bool


def words_in(text: str, start: int, end: int) -> list[Word]:
    """The words and marks of `text[start:end]`; an elided article is a word."""
    return [Word(m.start(), m.end(), m.group().lower().replace("’", "'")) for m in _WORD.finditer(text, start, end)]


class Cast:
    """Everybody whom the article names, by where it names them."""

    def __init__(self, text: str, entities: Sequence[Entity]) -> None:
        mentions = sorted(
            (mention.start, -mention.end, entity.name, entity.type)
            for entity in entities
            if entity.type in _SPEAKING
            for mention in entity.mentions
        )
        self.text = text
        self.named: list[Named] = []
        for start, negative_end, name, kind in mentions:
            if not self.named or start >= self.named[-1].end:  # nested names are spoken for by the outer one
                self.named.append(Named(start, -negative_end, name, kind is EntityType.PERSON))
        self._starts = [named.start for named in self.named]
        self._persons = [named for named in self.named if named.is_person]
        self._titles: dict[int, tuple[list[str], ...]] = {}
        self._person_starts = [named.start for named in self._persons]

    def within(self, start: int, end: int) -> list[Named]:
        """Those named wholly in `start` to `end`."""
        first, last = bisect_left(self._starts, start), bisect_right(self._starts, end)
        return [named for named in self.named[first:last] if named.end <= end]

    def is_name(self, start: int, end: int) -> bool:
        """Whether just these characters are a name."""
        return any(named.end == end for named in self.within(start, end) if named.start == start)

    def has_person(self, name: str | None) -> bool:
        """Whether a person has this name."""
        return any(named.name == name for named in self._persons)

    def person_before(self, position: int, gender: str) -> str | None:
        """The last compatible person named before `position`, rather one that is the subject of its clause."""
        candidates = self.persons_before(position)
        opposite = FEMININE if gender == "masculine" else MASCULINE
        compatible = [named for named in candidates if not opposite & self._title_words(named)]
        subjects = [named for named in compatible if not self._is_governed(named)]
        return next((named.name for named in subjects or compatible), None)

    def persons_before(self, position: int) -> list[Named]:
        """The last mentions of persons before `position`, the nearest first."""
        last = bisect_left(self._person_starts, position)
        return self._persons[max(0, last - _MOST_MENTIONS) : last][::-1]

    def _title_words(self, named: Named) -> set[str]:
        return {word.lower for word in _last_phrase(self.words_before(named, _TITLE_CHARACTERS // 2))[-4:]}

    def titles(self, named: Named, read: Callable[["Cast", Named], Iterable[list[str]]]) -> tuple[list[str], ...]:
        """What `read` finds as titles of a mention, looked for once."""
        if named.start not in self._titles:
            self._titles[named.start] = tuple(read(self, named))
        return self._titles[named.start]

    def words_before(self, named: Named, characters: int) -> list[Word]:
        """The words of its paragraph before a person's name, back to the person named before."""
        index = bisect_left(self._person_starts, named.start)
        start = max(self._persons[index - 1].end if index else 0, named.start - characters)
        start = max(start, self.text.rfind("\n", start, named.start) + 1)
        return words_in(self.text, start, named.start)

    def _is_governed(self, named: Named) -> bool:
        """Whether a preposition stands before the name, or before the title that leads to it."""
        before = [word.lower for word in self.words_before(named, _TITLE_CHARACTERS)]
        if before and before[-1] in PREPOSITIONS:
            return True
        for at in range(len(before) - 1, 0, -1):
            if not before[at][0].isalpha():
                return False
            if before[at] in DETERMINERS and before[at - 1] not in OF:
                return before[at - 1] in PREPOSITIONS
        return False


def _last_phrase(words: list[Word]) -> list[Word]:
    """The words since the last punctuation; the full stop of an abbreviated title is none."""
    cut = next((i + 1 for i in reversed(range(len(words))) if words[i].lower in ',;:!?()«»"“”…'), 0)
    return words[cut:]
