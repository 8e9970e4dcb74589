"""Everybody whom an article names and who can speak, by where it names them."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Sequence
from typing import NamedTuple

from contracts.extraction import Entity, EntityType
from services.extract.core.speech.lone_names import lone_names
from services.extract.core.speech.surnames import first_surnames

QUOTED = "«»"  # stands for a whole quotation among the words of a sentence

# A word of Arabic holds its vowels' marks, which are no letters.
_WORD = re.compile(
    r"\b[dD]['’]ores et déjà|\b(?:[cdjlmnst]|[Qq]u)['’]|[^\W\d_]+['’](?=\w)|[\u0620-\u064a][\u0620-\u0652]*"
    r"|\w+(?:-\w+|\.[a-z]\w*)*|[^\w\s]"
)
_MARKS = {"،": ",", "؛": ";", "؟": "?"}
_VOWELS = re.compile(r"[\u064b-\u0652\u0640]")
_SPEAKING = frozenset(EntityType) - {EntityType.WEAPON, EntityType.OTHER, EntityType.PEOPLE_GROUP}
_LONGEST_ACRONYM = 5
_OF = ("du ", "de la ", "des ")
_MOST_MENTIONS = 40  # how many mentions back a pronoun or a title may reach


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
    is_place: bool = False
    has_spoken: bool = False  # by whatever words


def words_in(text: str, start: int, end: int) -> list[Word]:
    """The words and marks of `text[start:end]`; an elided article is a word."""
    return [Word(*m.span(), _plain(m[0])) for m in _WORD.finditer(text, start, end)]


def _plain(word: str) -> str:
    if word.isascii():
        return word.lower()
    if word in _MARKS:
        return _MARKS[word]
    return _VOWELS.sub("", word) if word[0] >= "\u0620" else word.lower().replace("’", "'")


class Cast:
    """Everybody whom the article names, by where it names them; `quoted` are the spans of what others say of them."""

    def __init__(
        self, text: str, entities: Sequence[Entity], quoted: Iterable[tuple[int, int]] = (), language: str = ""
    ) -> None:
        mentions = sorted(
            (mention.start, -mention.end, entity.name, entity.type)
            for entity in entities
            if entity.type in _SPEAKING
            for mention in entity.mentions
        )
        if language == "fr":
            lone = ((start, -end, name, EntityType.PERSON) for start, end, name in lone_names(text, entities))
            mentions = sorted((*mentions, *lone))
        if language == "es":
            called = ((start, -end, name, EntityType.PERSON) for start, end, name in first_surnames(text, entities))
            mentions = sorted((*mentions, *called))
        self.text = text
        self.language = language
        self.named: list[Named] = []
        for start, negative_end, name, kind in mentions:
            if not self.named or start >= self.named[-1].end:  # nested names are spoken for by the outer one
                is_place = kind is EntityType.PLACE
                is_person = kind is EntityType.PERSON and not _is_acronym(name)
                self.named.append(Named(start, -negative_end, name, is_person, is_place))
        self._starts = [named.start for named in self.named]
        self._quoted = _merged(quoted)
        self._persons = [named for named in self.named if named.is_person and not self.is_quoted(named.start)]
        self._bodies = [
            named for named in self.named if not (named.is_person or named.is_place or self.is_quoted(named.start))
        ]
        self._several: list[Named] = []
        self._names = {named.name for named in self.named if named.is_person}
        self._titles: dict[int, tuple[list[str], ...]] = {}
        self._genders: dict[Named, str | None] = {}

    def is_quoted(self, position: int) -> bool:
        """Whether somebody's words stand there."""
        at = bisect_right(self._quoted, (position, len(self.text))) - 1
        return at >= 0 and position < self._quoted[at][1]

    def quote_start(self, position: int) -> int:
        """Where the words of somebody begin that stand at `position`; `position` itself where none do."""
        at = bisect_right(self._quoted, (position, len(self.text))) - 1
        return self._quoted[at][0] if at >= 0 and position < self._quoted[at][1] else position

    def within(self, start: int, end: int) -> list[Named]:
        """Those named wholly in `start` to `end`."""
        first, last = bisect_left(self._starts, start), bisect_right(self._starts, end)
        return [named for named in self.named[first:last] if named.end <= end]

    def persons_within(self, words: Sequence[Word]) -> list[Named]:
        """The persons whom `words` name, each once."""
        named = self.within(words[0].start, words[-1].end) if words else []
        return list({one.name: one for one in reversed(named) if one.is_person}.values())

    def named_at(self, position: int) -> Named | None:
        """Who is named by the words at `position`."""
        at = bisect_right(self._starts, position) - 1
        return self.named[at] if at >= 0 and position < self.named[at].end else None

    def is_name(self, start: int, end: int) -> bool:
        """Whether just these characters are a name."""
        return any(named.end == end for named in self.within(start, end) if named.start == start)

    def has_person(self, name: str | None) -> bool:
        """Whether a person has this name."""
        return name in self._names

    def persons_before(self, position: int) -> list[Named]:
        """The last mentions of persons before `position`, the nearest first; none that a quotation holds."""
        return _before(self._persons, position)

    def bodies_before(self, position: int) -> list[Named]:
        """The last mentions of bodies that can speak, as above."""
        return _before(self._bodies, position)

    def hear(self, speaker: Named) -> None:
        """Remember that somebody has spoken there, who may be known by a title or a pronoun alone."""
        at = bisect_left(self._persons, (speaker.start,))
        last = bisect_left(self._persons, (speaker.end,))
        self._persons[at:last] = [speaker]  # whoever is named within its words is another

    def hear_several(self, speakers: Named) -> None:
        """Remember that several have spoken there as one, whom only a plural means."""
        self._several.append(speakers)

    def several_before(self, position: int) -> Named | None:
        """The last who have spoken as several before `position`."""
        return next((one for one in reversed(self._several) if one.start < position), None)

    def titles(self, named: Named, read: Callable[["Cast", Named], Iterable[list[str]]]) -> tuple[list[str], ...]:
        """What `read` finds as titles of a mention, looked for once."""
        if named.start not in self._titles:
            self._titles[named.start] = tuple(read(self, named))
        return self._titles[named.start]

    def gender(self, named: Named, read: Callable[["Cast", Named], str | None]) -> str | None:
        """What `read` finds beside a mention, looked for once."""
        if named not in self._genders:
            self._genders[named] = read(self, named)
        return self._genders[named]

    def words_before(self, named: Named, characters: int) -> list[Word]:
        """The words of its paragraph before a person's name, back to the person named before."""
        index = bisect_left(self._persons, named)
        start = max(self._persons[index - 1].end if index else 0, named.start - characters)
        start = max(start, self.text.rfind("\n", start, named.start) + 1)
        return words_in(self.text, start, named.start)


def _is_acronym(name: str) -> bool:
    """Whether a name is one of a body, whatever it was taken for: ADEME, LR du Sénat."""
    first, _, rest = name.partition(" ")
    return first.isupper() and 1 < len(first) <= _LONGEST_ACRONYM and (not rest or rest.startswith(_OF))


def _before(mentions: list[Named], position: int) -> list[Named]:
    last = bisect_left(mentions, (position,))
    return mentions[max(0, last - _MOST_MENTIONS) : last][::-1]


def _merged(spans: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    """Spans without those that lie in others."""
    merged: list[tuple[int, int]] = []
    for start, end in sorted(spans):
        if merged and start < merged[-1][1]:
            merged[-1] = merged[-1][0], max(end, merged[-1][1])
        else:
            merged.append((start, end))
    return merged
