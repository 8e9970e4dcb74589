"""The trained models that find names: spaCy's `ner` pipes alone, asked for the paragraphs of an article at once."""

import logging
import re
from collections import OrderedDict
from collections.abc import Iterator, Sequence
from hashlib import blake2b
from types import MappingProxyType
from typing import Any

from contracts.extraction import EntityType
from services.chassis.loading import unused
from services.extract.core.naming.found import Found, Recogniser
from services.extract.hyphenated import compiled_together
from services.extract.installed import chosen_points, installed_models
from services.extract.network import Network, UnknownShape
from services.extract.vocabulary import Vocabulary

with unused("spacy.cli.info", "info"):  # it brings spaCy's command line along: a third of the import
    import spacy

# `ner` has vectors and a tok2vec of its own in these models; the other pipes change nothing for it (measured).
NOT_NEEDED = ["tok2vec", "morphologizer", "parser", "attribute_ruler", "lemmatizer", "senter", "tagger"]
# The strings of the words with a vector, 700,000 of them for French: vectors are found by hash, and a word's string is
# kept when it is read. Without them a model is there in half the time and takes 140 MB less.
_STRINGS = "strings"
_TYPES = MappingProxyType(
    {
        "PER": EntityType.PERSON,
        "PERSON": EntityType.PERSON,
        "LOC": EntityType.PLACE,
        "GPE": EntityType.PLACE,
        "FAC": EntityType.PLACE,
        "ORG": EntityType.ORGANISATION,
        "NORP": EntityType.PEOPLE_GROUP,
        "MISC": EntityType.OTHER,
        "PRODUCT": EntityType.OTHER,
        "EVENT": EntityType.OTHER,
        "WORK_OF_ART": EntityType.OTHER,
        "LAW": EntityType.OTHER,
    }
)
_PARAGRAPHS_KEPT = 4096  # boilerplate and quoted copy come again
_CHARACTERS_AT_ONCE = 8192  # what a layer computes for them stays near the processor
# No word, and no address either. spaCy looks for the affixes of one in a time that grows with its square: 30,000
# brackets took 14 s.
_NO_WORD = re.compile(r"\S{500,}")

_logger = logging.getLogger(__name__)


class SpacyRecogniser:
    """A spaCy model's `ner` pipe, with the answers for the last paragraphs kept."""

    def __init__(self, package: str, version: str) -> None:
        with compiled_together():
            nlp: Any = spacy.load(package, exclude=[*NOT_NEEDED, _STRINGS])
        self.name, self.version = package, version
        self._answers: OrderedDict[bytes, tuple[Found, ...]] = OrderedDict()
        self._read: _Computed | _Piped
        try:
            self._read = _Computed(nlp)
        except UnknownShape as difference:
            _logger.warning("%s is read by spaCy itself, at half the speed: %s", package, difference)
            self._read = _Piped(nlp)

    def __call__(self, paragraphs: Sequence[str]) -> list[tuple[Found, ...]]:
        """The names in each paragraph, with offsets into it."""
        keys = [blake2b(paragraph.encode(), digest_size=16).digest() for paragraph in paragraphs]
        new = {key: paragraph for key, paragraph in zip(keys, paragraphs, strict=True) if key not in self._answers}
        answers = dict(zip(new, self._read([_in_words(paragraph) for paragraph in new.values()]), strict=True))
        for key in dict.fromkeys(keys):
            if key not in answers:
                answers[key] = self._answers[key]
                self._answers.move_to_end(key)
        self._answers.update(answers)
        while len(self._answers) > _PARAGRAPHS_KEPT:
            self._answers.popitem(last=False)
        return [answers[key] for key in keys]


def _in_words(paragraph: str) -> str:
    """A paragraph of the same length, with spaces where something is too long to be a word."""
    return _NO_WORD.sub(lambda found: " " * len(found[0]), paragraph)


class _Piped:
    """A pipe that spaCy computes."""

    def __init__(self, nlp: Any) -> None:
        self._nlp = nlp

    def __call__(self, paragraphs: list[str]) -> Iterator[tuple[Found, ...]]:
        with self._nlp.memory_zone():
            for read in self._nlp.pipe(paragraphs):
                yield tuple(
                    Found(entity.start_char, entity.end_char, _TYPES[entity.label_])
                    for entity in read.ents
                    if entity.label_ in _TYPES
                )


class _Computed:
    """A pipe that is computed here."""

    def __init__(self, nlp: Any) -> None:
        self._network = Network(nlp.get_pipe("ner"))
        self._vocabulary = Vocabulary(nlp, self._network.embed, self._network.width)

    def __call__(self, paragraphs: list[str]) -> Iterator[tuple[Found, ...]]:
        for together in _batches(paragraphs):
            cuts = self._vocabulary.cut(together)
            words, blank = self._vocabulary.vectors([row for cut in cuts for row in cut.rows])
            named = self._network.names(words, blank, [len(cut.rows) for cut in cuts])
            for cut, parts in zip(cuts, named, strict=True):
                yield tuple(
                    Found(cut.bounds(part.first)[0], cut.bounds(part.last)[1], _TYPES[part.label])
                    for part in parts
                    if part.label in _TYPES
                )


def _batches(paragraphs: Sequence[str]) -> Iterator[list[str]]:
    batch: list[str] = []
    size = 0
    for paragraph in paragraphs:
        if batch and size + len(paragraph) > _CHARACTERS_AT_ONCE:
            yield batch
            batch, size = [], 0
        batch.append(paragraph)
        size += len(paragraph)
    if batch:
        yield batch


def chosen_recognisers(names: str) -> dict[str, Recogniser]:
    """The recognisers of others by language, of these entry points; the first that speaks for a language does.

    Such an entry point is called without arguments and gives recognisers by language (primary subtag).
    """
    found: dict[str, Recogniser] = {}
    for point in chosen_points(names):
        for language, recogniser in point.load()().items():
            found.setdefault(language, recogniser)
    return found


def load_recognisers() -> dict[str, Recogniser]:
    """A recogniser for each language that has a model installed."""
    return {language: SpacyRecogniser(package, version) for language, (package, version) in installed_models().items()}
