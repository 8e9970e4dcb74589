"""The trained models that find names, loaded with their `ner` pipe alone and asked paragraph by paragraph."""

from collections import OrderedDict
from hashlib import blake2b
from types import MappingProxyType
from typing import Any

import spacy

from contracts.extraction import EntityType
from services.extract.core.found import Found, Recogniser
from services.extract.installed import installed_models

# `ner` has vectors and a tok2vec of its own in these models; the other pipes change nothing for it (measured).
_NOT_NEEDED = ["tok2vec", "morphologizer", "parser", "attribute_ruler", "lemmatizer", "senter", "tagger"]
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


class SpacyRecogniser:
    """A spaCy model's `ner` pipe, with the answers for the last paragraphs kept."""

    def __init__(self, package: str, version: str) -> None:
        self._ask: Any = spacy.load(package, exclude=_NOT_NEEDED)
        self.name, self.version = package, version
        self._answers: OrderedDict[bytes, tuple[Found, ...]] = OrderedDict()

    def __call__(self, paragraph: str) -> tuple[Found, ...]:
        """The names in a paragraph, with offsets into it."""
        key = blake2b(paragraph.encode(), digest_size=16).digest()
        if key in self._answers:
            self._answers.move_to_end(key)
            return self._answers[key]
        answer = tuple(
            Found(entity.start_char, entity.end_char, _TYPES[entity.label_])
            for entity in self._ask(paragraph).ents
            if entity.label_ in _TYPES
        )
        self._answers[key] = answer
        if len(self._answers) > _PARAGRAPHS_KEPT:
            self._answers.popitem(last=False)
        return answer


def load_recognisers() -> dict[str, Recogniser]:
    """A recogniser for each language that has a model installed."""
    return {language: SpacyRecogniser(package, version) for language, (package, version) in installed_models().items()}
