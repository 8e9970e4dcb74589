"""From a text to its language section."""

import re

from contracts.language import Language, LanguageSpan
from services.language.core.guesses import NO_OPINIONS, UNKNOWN, Guess, Opinions, guess, sparing
from services.language.core.passages import Passage, merged
from services.language.core.runs import foreign_runs
from services.language.core.scripts import Letters, letters, only
from services.language.core.sentences import Context, foreign_sentences, most_spoken
from services.language.core.tags import script_in, tagged

_LEAST_LETTERS = 12  # fewer tell nothing: eldc is right on 91 % of word pairs and 73 % of single words
# What is taken for these in Latin letters is no language: rows of one letter, for instance.
_NEVER_IN_LATIN_LETTERS = frozenset(("zh", "ja", "ko", "th", "km", "lo", "my"))
_ADDRESS = re.compile(r"(?:https?|ftp)://[^\s<>\]\"]+|\bwww\.[^\s<>\]\"]+")
_HANDLE = re.compile(r"\b[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63})+|[@#]\w+")
# A NUL ends a text for eldc, half a character raises, and one of the controls is a mark of ours.
_UNREADABLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff]")


def detect(text: str, opinions: Opinions = NO_OPINIONS, made_by: str | None = None) -> Language:
    """The language of `text` and its passages in others; `und` where there are too few letters to tell.

    `opinions` are asked where eldc may not know the language, and before a sentence is called foreign. `made_by`
    names eldc and them.
    """
    readable = _readable(text)
    found = letters(readable)
    system = found.system()
    if system is None or found.weight() < _LEAST_LETTERS:
        script = system and script_in(found, UNKNOWN, system)
        return Language(tag=UNKNOWN, script=script, confidence=0.0, made_by=made_by)
    opinions = sparing(opinions)
    host, passages = _spoken(only(readable, found, system), found, system, opinions)
    passages += foreign_runs(readable, found, system, opinions)
    if system == "Latn" and host.language in _NEVER_IN_LATIN_LETTERS:
        host = Guess(UNKNOWN, 0.0, UNKNOWN)
    script = script_in(found, host.language, system)
    spans = tuple(
        LanguageSpan(start=start, end=end, tag=tag, confidence=round(sure, 3))
        for start, end, tag, sure in merged(readable, passages)
    )
    tag = tagged(host.language, script)
    return Language(tag=tag, script=script, confidence=round(host.confidence, 3), spans=spans, made_by=made_by)


def _readable(text: str) -> str:
    """The text with spaces in place of addresses, handles, and what is no character."""
    if "://" in text or "www." in text:
        text = _ADDRESS.sub(_blank, text)
    if "@" in text or "#" in text:
        text = _HANDLE.sub(_blank, text)
    return _UNREADABLE.sub(" ", text)


def _blank(match: re.Match[str]) -> str:
    return " " * len(match[0])


def _spoken(text: str, found: Letters, system: str, opinions: Opinions) -> tuple[Guess, list[Passage]]:
    """The main language of a text in one writing system, and its passages in others."""
    host = guess(text, found.weight(), opinions)
    passages = list(foreign_sentences(text, Context(host, system, opinions)))
    foreign = sum(passage.end - passage.start for passage in passages)
    if host.language == UNKNOWN or foreign * 3 > len(text):  # a mixture fits nothing well as a whole
        host = most_spoken(text, found.weight(), opinions) or host
        passages = list(foreign_sentences(text, Context(host, system, opinions)))
    return host, passages
