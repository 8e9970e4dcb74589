"""The passages of a document that are read for names, each by the recogniser of its own language."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from contracts.language import Language
from contracts.value import Span
from services.extract.core.naming.found import Found, Recogniser
from services.extract.core.naming.headlines import in_small_letters, is_titled, ordinary_words
from services.extract.core.paragraphs import paragraphs

_LINE_OF_CAPITALS, _FEWEST_CAPITALS, _GLANCE = 400, 12, 40  # characters
_WITH_TITLES = "en"  # sets its headlines with a capital on each word
_LONGEST = 10_000  # characters: memory and time of a recogniser grow with its text


class Passage(NamedTuple):
    """A paragraph, and who reads it for names (nobody, where its language has no recogniser)."""

    start: int
    end: int
    recognise: Recogniser | None
    tongue: str = ""  # its language (primary subtag), where it is told


def passages(
    text: str, spans: Iterable[Span], language: Language, recognisers: Mapping[str, Recogniser]
) -> tuple[Passage, ...]:
    """The paragraphs of these spans in reading order."""
    own = recognisers.get(language.primary())
    return tuple(
        Passage(start, end, recognisers.get(foreign), foreign)
        if (foreign := _foreign(start, end, language))
        else Passage(start, end, own, language.primary())
        for paragraph in paragraphs(text, tuple(spans))
        for start, end in _pieces(text, *paragraph)
    )


def opinions(text: str, read: Sequence[Passage]) -> list[list[Found]]:
    """What its recogniser finds in each passage, with offsets into the text; nothing in those that are all capitals."""
    asked: dict[int, tuple[Recogniser, list[int]]] = {}
    for number, passage in enumerate(read):
        if passage.recognise is not None and not _is_shouted(text, passage):
            asked.setdefault(id(passage.recognise), (passage.recognise, []))[1].append(number)
    found: list[list[Found]] = [[] for _ in read]
    for recognise, numbers in asked.values():
        answers = recognise(_as_read(text, [read[number] for number in numbers]))
        for number, answer in zip(numbers, answers, strict=True):
            start = read[number].start
            found[number] = [Found(name.start + start, name.end + start, name.type) for name in answer]
    return found


def _as_read(text: str, read: Sequence[Passage]) -> list[str]:
    """The passages as a recogniser is given them: in one line, headlines in English with fewer capitals."""
    given = [text[passage.start : passage.end].replace("\n", " ") for passage in read]
    titled = [passage.tongue == _WITH_TITLES and is_titled(each) for passage, each in zip(read, given, strict=True)]
    if not any(titled):
        return given
    ordinary = ordinary_words("\n".join(each for each, is_head in zip(given, titled, strict=True) if not is_head))
    return [in_small_letters(each, ordinary) if is_head else each for each, is_head in zip(given, titled, strict=True)]


def _is_shouted(text: str, passage: Passage) -> bool:
    """Whether a passage is in capitals, which recognisers take for acronyms."""
    end = min(passage.end, passage.start + _LINE_OF_CAPITALS)
    if sum(map(str.islower, text[passage.start : min(end, passage.start + _GLANCE)])) > _GLANCE // 4:
        return False
    letters = [mark for mark in text[passage.start : end] if mark.isalpha()]
    return len(letters) >= _FEWEST_CAPITALS and sum(map(str.isupper, letters)) > 0.85 * len(letters)


def _pieces(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """A paragraph cut at sentence ends, or at blanks, so that no piece is longer than a recogniser takes at once."""
    while end - start > _LONGEST:
        cut = max(text.rfind(". ", start, start + _LONGEST) + 2, 0)
        cut = cut if cut > start + _LONGEST // 2 else text.rfind(" ", start, start + _LONGEST) + 1
        cut = cut if cut > start else start + _LONGEST
        yield start, cut
        start = cut
    if start < end:
        yield start, end


def _foreign(start: int, end: int, language: Language) -> str | None:
    """The other language (primary subtag) in which most of a passage is written."""
    for span in language.spans:
        if 2 * (min(end, span.end) - max(start, span.start)) > end - start:
            tag = span.tag.partition("-")[0].lower()
            return tag if tag != language.primary() else None
    return None
