"""What an article says: metadata, entities, quotations, places, dates and quantities, read from its text."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from contracts.document import Document
from contracts.extraction import Component, Entity, EntityType, Extraction, MadeBy, Place
from contracts.language import Language
from contracts.value import Span
from services.extract.core.counting.quantities import quantities
from services.extract.core.counting.units import dollar_at
from services.extract.core.dispatches.components import components
from services.extract.core.geography.apart import apart
from services.extract.core.geography.at_home import HOMES
from services.extract.core.geography.atlas import Atlas, NoAtlas
from services.extract.core.geography.country import country, weights_of_countries
from services.extract.core.geography.peoples import peoples_told
from services.extract.core.geography.places import is_place_in, places
from services.extract.core.geography.spellings import as_one
from services.extract.core.headline import Headed
from services.extract.core.legible import Legible, unwrapped
from services.extract.core.metadata import Metadata, read_metadata
from services.extract.core.naming.common_bodies import in_the_countries_told
from services.extract.core.naming.entities import entities
from services.extract.core.naming.found import Recogniser
from services.extract.core.naming.keywords import keywords
from services.extract.core.naming.names import Names
from services.extract.core.naming.passages import passages
from services.extract.core.speech.quotations import quotations
from services.extract.core.temporal.dates import dates
from services.extract.core.versions import extractor_of_names, versions

_COUNTRIES_TOLD = 3
_PROSE = frozenset(("caption",))  # removed from the body, but names people and places in sentences


@dataclass(frozen=True)
class Knowledge:
    """What is known before an article is read: names as its language writes them, recognisers by language, an atlas."""

    names: Names
    recognisers: Mapping[str, Recogniser] = field(default_factory=dict)
    atlas: Atlas = field(default_factory=NoAtlas)


def extract(document: Document, language: Language, knowledge: Knowledge) -> Extraction:
    """Everything that is read out of a document; `made_by` tells who read each field."""
    page = Legible(document.text)
    heard = page.heard(language)
    text = unwrapped(page.text)
    quoted = components(text)
    metadata = read_metadata(document.model_copy(update={"text": page.text}), heard, quoted)
    return page.restored(_extraction(text, metadata, quoted, heard, knowledge), text)


def _extraction(
    text: str, metadata: Metadata, quoted: tuple[Component, ...], language: Language, knowledge: Knowledge
) -> Extraction:
    tongue = language.primary()
    headed = Headed.of(text, metadata.title)
    inside = passages(text, _read_for_names(metadata), language, knowledge.recognisers)
    read = headed.passages(inside, knowledge.recognisers.get(tongue), tongue)
    publisher = metadata.publisher.name if metadata.publisher else None
    told = entities(headed.text, read, knowledge.names, is_place_in(knowledge.atlas), publisher)
    peoples = peoples_told(headed.text, knowledge.names.demonyms)
    lying = places(told, knowledge.names.gazetteer, knowledge.atlas, headed.text, HOMES.get(tongue), peoples=peoples)
    told, found = as_one(*apart(told, lying, headed.text, knowledge.names.gazetteer, knowledge.atlas))
    told = in_the_countries_told(_in_their_countries(told, found), found)
    weights = weights_of_countries(told, found, headed.title, headed.moved(metadata.body))
    named, located = headed.within_text(told), headed.within_text(found)
    made_by = _made_by(tongue, knowledge, {"keywords": ("entities",), "country": _weightiest(weights)})
    return Extraction(
        **{**vars(metadata), "made_by": {**metadata.made_by, **made_by}},
        components=quoted,
        entities=named,
        quotations=quotations(text, _in_sentences(metadata), named, tongue),
        places=located,
        dates=dates(text, metadata.body, metadata.published, tongue, quoted),
        quantities=quantities(text, metadata.body, tongue, dollar_at(metadata.url), country(weights)),
        keywords=keywords(told, metadata.title),
        country=country(weights),
    )


def _read_for_names(metadata: Metadata) -> list[Span]:
    """Headline, body and captions."""
    title = metadata.title
    headline = []
    if title is not None and title.start is not None and title.end is not None:
        headline = [Span(start=title.start, end=title.end)]
    return [*headline, *_in_sentences(metadata)]


def _in_sentences(metadata: Metadata) -> tuple[Span, ...]:
    """Body and captions, which may quote too (Zarbin : « … »), in reading order."""
    captions = (Span(start=part.start, end=part.end) for part in metadata.removed if part.kind in _PROSE)
    return tuple(sorted((*metadata.body, *captions), key=lambda span: span.start))


def _in_their_countries(named: Sequence[Entity], located: Sequence[Place]) -> tuple[Entity, ...]:
    """The entities with the countries in which the places among them were found."""
    countries = {place.mentions[0].start: place.country for place in located}
    return tuple(
        entity.model_copy(update={"country": countries.get(entity.mentions[0].start)})
        if entity.type is EntityType.PLACE
        else entity
        for entity in named
    )


def _weightiest(weights: Counter[str]) -> tuple[str, ...]:
    """The countries that the article speaks of most, each with its weight: SY 14.0."""
    return tuple(f"{code} {weight:.1f}" for code, weight in weights.most_common(_COUNTRIES_TOLD))


def _made_by(tongue: str, knowledge: Knowledge, rests_on: Mapping[str, tuple[str, ...]]) -> dict[str, MadeBy]:
    recogniser = knowledge.recognisers.get(tongue)
    names, sure = extractor_of_names(recogniser.name if recogniser else None), 0.8 if recogniser else 0.5
    made = {
        "entities": (names, sure),
        "keywords": (names, sure),
        "places": ("geonames+cldr", min(0.8, sure)),
        "country": ("places", min(0.8, sure)),
        "components": ("rules", 0.8),
        "quotations": ("rules", 0.8),
        "dates": ("rules", 0.8),
        "quantities": ("rules", 0.8),
    }
    version = versions(recogniser.version if recogniser else None, knowledge.names.own)
    return {
        name: MadeBy(extractor=extractor, version=version[name], confidence=confidence, evidence=rests_on.get(name, ()))
        for name, (extractor, confidence) in made.items()
    }
