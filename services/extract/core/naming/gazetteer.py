"""A list of names that are known beforehand, and where a text holds them."""

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import NamedTuple

from contracts.extraction import EntityType
from services.extract.core.words import Word, fold, word_set

_CHARACTERS = re.compile(r"[^\W_]+")
_GAP = re.compile(r"(?:[ \u00a0\u202f]{1,2}|['’ʼ&.\-‐‑–]|)")  # between two words of one name
_INITIALS = re.compile(r"(?:[^\W\d_]\.\s?)+[^\W\d_]")
_LETTER_BEFORE = re.compile(r"(?<![^\W_])[^\W\d_]\.$")
_LETTER_AFTER = re.compile(r"\.[^\W\d_](?![^\W_])")
_HYPHENS = "-‐‑"
# After a hyphen these do not make another name of what follows: anti-OTAN is about the OTAN, D-Ohio of Ohio.
_PREFIXES = word_set(
    """
    anti pro ex non post pre inter hors mi sous d r al el as ad ash ach at an ar ul
    """
)
ARABIC_ARTICLES = word_set("al el as ash ach ad at an ar az ez ul")
# Between hyphens within a name: Neuilly-sur-Seine. Another word in small letters is parted from it by a dash.
_WITHIN_HYPHENS = word_set(
    "sur sous en de du des d la le les lez l et aux au a y es del di da do dos in am an ob pres vers"
)
_ACRONYM_LENGTH = 6
# Title case of a three-letter acronym that is a French word at the head of a sentence.
_COMMON_SHORT_WORDS = word_set(
    """
    une les des ses mes tes car par sur fin son ton mon cet aux est ont pas non oui bas cas dur fer lui eau
    """
)


@dataclass(frozen=True)
class Entry:
    """One thing that has a name; latitude and longitude (WGS 84, degrees) where it is a place of known position."""

    name: str
    type: EntityType
    country: str | None = None
    latitude: float | None = None
    longitude: float | None = None
    source: str = "supplement"


class Form(NamedTuple):
    """One way to write an entry's name; a weak one is too common a word to be believed by itself."""

    words: tuple[str, ...]  # as listed
    keys: tuple[str, ...]
    entry: Entry
    weak: bool


class Hit(NamedTuple):
    """A passage that reads like a listed name."""

    start: int
    end: int
    entry: Entry
    weak: bool


class Gazetteer:
    """Names by their folded words; a name marked with a final `?` is weak."""

    def __init__(self, named: Iterable[tuple[Entry, Iterable[str]]]) -> None:
        self._forms: dict[tuple[str, ...], list[Form]] = defaultdict(list)
        lengths: dict[str, set[int]] = defaultdict(set)
        seen: set[tuple[str, ...]] = set()
        self._countries: dict[str, Entry] = {}
        self._places: dict[tuple[str, ...], list[Entry]] = defaultdict(list)
        for entry, names in named:
            if entry.source == "cldr" and entry.country:
                self._countries.setdefault(entry.country, entry)
            for name in names:
                self._add(entry, name, seen)
        for keys in self._forms:
            lengths[keys[0]].add(len(keys))
        # How many words the names have that begin with a word, the longest first.
        self._lengths = {first: sorted(counts, reverse=True) for first, counts in lengths.items()}

    def find(self, text: str, spoken: Sequence[Word]) -> list[Hit]:
        """The listed names among these words, the longest at each place, without overlaps, in order."""
        hits: list[Hit] = []
        index = 0
        while index < len(spoken):
            form = self._longest(text, spoken, index)
            if form is None:
                index += 1
                continue
            last = index + len(form.keys) - 1
            hits.append(
                Hit(spoken[index].start, _with_stop(text, spoken[index].start, spoken[last].end), form.entry, form.weak)
            )
            index = last + 1
        return hits

    def named(self, surface: str) -> Entry | None:
        """The entry of which `surface` is a name, however it is written; of several the one that is written so."""
        keys = tuple(fold(surface).split())
        forms = self._forms.get(keys, [])
        if len(forms) > 1:
            written = tuple(_CHARACTERS.findall(surface))
            forms = [form for form in forms if form.words == written] or forms  # Tigré is no river
        return forms[0].entry if forms else None

    def namesakes(self, surface: str) -> tuple[Entry, ...]:
        """The places of this name, the likeliest first; none where something else is called so first."""
        found = self.named(surface)
        places = self._places.get(tuple(fold(surface).split()), []) if found else []
        return (found, *(place for place in places if place is not found)) if found in places else ()

    def of_country(self, code: str) -> Entry | None:
        """The entry of the country that has this code (ISO 3166-1 alpha-2)."""
        return self._countries.get(code)

    def _add(self, entry: Entry, name: str, seen: set[tuple[str, ...]]) -> None:
        weak = name.endswith("?")
        listed = tuple(_CHARACTERS.findall(name))
        keys = tuple(key for word in listed for key in fold(word).split())
        if not keys or len(keys) != len(listed):
            return
        if entry.type is EntityType.PLACE and entry not in self._places[keys]:
            self._places[keys].append(entry)
        if listed in seen:
            return
        seen.add(listed)
        self._forms[keys].append(Form(listed, keys, entry, weak))

    def _longest(self, text: str, spoken: Sequence[Word], index: int) -> Form | None:
        for length in self._lengths.get(spoken[index].key, ()):
            found = spoken[index : index + length]
            forms = self._forms.get(tuple(word.key for word in found))
            if forms and _one_name(text, found) and _stands_alone(text, found, spoken, index):
                cased = next((form for form in forms if _cased(text, found, form.words)), None)
                if cased is not None:
                    return cased
        return None


def _with_stop(text: str, start: int, end: int) -> int:
    """The end of a name, with the full stop of its last letter where each of its letters has one: U.S."""
    return end + (text[end : end + 1] == "." and end - start > 2 and _INITIALS.fullmatch(text, start, end) is not None)


def _one_name(text: str, found: Sequence[Word]) -> bool:
    return all(_GAP.fullmatch(text, before.end, after.start) for before, after in pairwise(found))


def _cased(text: str, found: Sequence[Word], listed: tuple[str, ...]) -> bool:
    """Whether capitals stand where the name needs them: an acronym wholly, another name at its first capital."""
    if len(listed) == 1 and listed[0].isupper() and 1 < len(listed[0]) <= _ACRONYM_LENGTH and listed[0].isalpha():
        return _like_an_acronym(text[found[0].start : found[0].end], listed[0])
    telling = [(word, form) for word, form in zip(found, listed, strict=True) if form[0].isupper()]
    while len(telling) > 1 and telling[0][0].key in ARABIC_ARTICLES:
        telling.pop(0)
    return all(text[word.start].isupper() for word, _ in telling[:1])


def _like_an_acronym(surface: str, listed: str) -> bool:
    titled = len(listed) > 2 and surface.istitle() and surface.lower() not in _COMMON_SHORT_WORDS
    return surface == listed or (titled and fold(surface) == fold(listed))


def _stands_alone(text: str, found: Sequence[Word], spoken: Sequence[Word], index: int) -> bool:
    """Whether the words are no part of a longer name with hyphens or full stops: Neuilly-sur-Seine, Z.D.C.M."""
    start, end = found[0].start, found[-1].end
    if _INITIALS.fullmatch(text, start, end) and (
        _LETTER_BEFORE.search(text, max(0, start - 3), start) or _LETTER_AFTER.match(text, end)
    ):
        return False
    if end + 1 < len(text) and text[end] in _HYPHENS and text[end + 1].isalpha() and len(found) == 1:
        after = spoken[index + len(found) : index + len(found) + 1]
        return bool(after) and text[after[0].start].islower() and after[0].key not in _WITHIN_HYPHENS
    if start > 1 and text[start - 1] in _HYPHENS and index:
        before = spoken[index - 1]
        return before.key in _PREFIXES
    return True
