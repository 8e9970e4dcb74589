"""Words of another script inside a text: which language they are, as far as a few words tell."""

from collections.abc import Iterator

from services.language.core.guesses import UNKNOWN, Opinions, confidence, scores
from services.language.core.passages import Passage
from services.language.core.scripts import EAST_ASIAN, Letters, Run, letters, runs
from services.language.core.sentences import LEAST_PLAIN_WORDS, plain_words
from services.language.core.tags import LANGUAGE_OF_SCRIPT, script_in, tagged

_LEAST_LETTERS = 6
_LEAST_WORDS = 2  # one foreign word is a name
_LEAST_UNSPACED_LETTERS = 12  # the same where words are not told apart; a Chinese character counts for three
_LEAST_LATIN_WORDS = 4  # names of firms and programs stand in Latin letters everywhere
_LEAST_MARGIN = 0.05  # a smaller one counts only with a second opinion
_SCRIPT_TELLS = 0.95
_SCRIPT_ALONE = 0.5  # und-Arab: the script is certain, the language not known
_UNSPACED = frozenset({EAST_ASIAN, "Khmr", "Laoo", "Mymr", "Thai", "Tibt"})


def foreign_runs(text: str, found: Letters, system: str, opinions: Opinions) -> Iterator[Passage]:
    """The runs of words in other scripts than `system`; `und-<Script>` where the script is all they tell."""
    for run in runs(text, found, system):
        words = text[run.start : run.end]
        inside = letters(words)
        if _is_more_than_a_name(words, run, inside):
            language, sure = _language_of(words, inside, opinions)
            tag = tagged(language, script_in(inside, language, run.system))
            yield Passage(run.start, run.end, tag if language != UNKNOWN else f"{UNKNOWN}-{run.system}", sure)


def _is_more_than_a_name(words: str, run: Run, inside: Letters) -> bool:
    if run.system == "Latn":
        return run.words >= _LEAST_LATIN_WORDS and plain_words(words) >= LEAST_PLAIN_WORDS
    if run.system in _UNSPACED:
        return inside.weight() >= _LEAST_UNSPACED_LETTERS
    return run.words >= _LEAST_WORDS and inside.weight() >= _LEAST_LETTERS


def _language_of(words: str, inside: Letters, opinions: Opinions) -> tuple[str, float]:
    for script, language in LANGUAGE_OF_SCRIPT.items():
        if inside.by_script[script] * 4 >= inside.by_script.total():  # kana among Chinese characters: Japanese
            return language, _SCRIPT_TELLS
    if EAST_ASIAN in inside.by_script:
        return "zh", _SCRIPT_TELLS
    ranked = scores(words)
    second, probability = opinions.second(words)
    if ranked.margin() >= _LEAST_MARGIN or second == ranked.best:
        return ranked.best, confidence(ranked, inside.weight(), second, probability)
    return UNKNOWN, _SCRIPT_ALONE
