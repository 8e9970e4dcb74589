"""The section that extract writes: what the article says, every statement with its place in the text."""

from enum import StrEnum
from typing import Literal

from pydantic import Field

from contracts.value import Confidence, Mention, Offset, OrNewer, Span, Value

Precision = Literal["year", "month", "day", "minute", "second"]


class EntityType(StrEnum):
    """What kind of thing a name names."""

    PERSON = "person"
    ORGANISATION = "organisation"
    ARMED_GROUP = "armed_group"
    ARMED_FORCE = "armed_force"
    PLACE = "place"
    WEAPON = "weapon"
    PEOPLE_GROUP = "people_group"
    OTHER = "other"


class Title(Value):
    """The headline; without offsets where a claim gave it and the text does not hold it."""

    text: str
    start: Offset | None = None
    end: Offset | None = None


class Name(Value):
    """A person or organisation as the article names it."""

    name: str


class Published(Value):
    """When the article was published, no more precisely than it says."""

    value: str = Field(description="ISO 8601, cut to its precision: 2018-01, 2018-01-15, 2018-01-15T10:30:00Z.")
    precision: OrNewer[Precision]
    method: str = Field(description="The rule or claim that gave it: date_line, jsonld, …")
    evidence: str = Field(description="The words or the claim that it was read from.")
    start: Offset | None = None
    end: Offset | None = None
    confidence: Confidence = 1.0


class Removed(Span):
    """A passage that is not the article's own prose."""

    kind: str = Field(description="date_line, share_bar, caption, link, source_line, separator, motto, label, …")
    reason: str | None = None


class Entity(Value):
    """A thing with a name, and everywhere that the article names it."""

    name: str
    type: OrNewer[EntityType]
    country: str | None = Field(default=None, description="ISO 3166-1 alpha-2, upper case.")
    mentions: tuple[Mention, ...]
    confidence: Confidence = 1.0
    name_source: str = Field(
        default="article", description="Where the name comes from: the article itself, or the list that has the thing."
    )
    evidence: tuple[str, ...] = Field(
        default=(),
        description=(
            "What it rests on: list:<source>, form, title, acronym, words (beside it), longer_name, publisher, model."
        ),
    )


class Quotation(Span):
    """Words between quotation marks (the span is without the marks), and who said them."""

    text: str
    kind: OrNewer[Literal["direct", "partial", "indirect", "block", "scare"]]
    speaker: str | None = None
    cue: str | None = Field(default=None, description="The verb or phrase that introduces the speaker.")
    direct: bool = Field(description="Whether these are somebody's own words.")
    rule: str | None = Field(
        default=None,
        description="How the speaker was found: introduced, inverted, according_to, caption, continued, …",
    )
    evidence: Mention | None = Field(
        default=None, description="The words that say who speaks, as the article has them."
    )
    confidence: Confidence = 1.0


class Component(Span):
    """A passage that is a work of its own within the article: a dispatch that it quotes at length."""

    agency: str | None = Field(default=None, description="Whose it is, as the agency writes its own name.")
    headline: str | None = Field(
        default=None, description="Its headline: the line above it, or its first within marks."
    )
    confidence: Confidence = 1.0


class Place(Value):
    """A place with coordinates (WGS 84, degrees) where they are known, null where not."""

    name: str
    latitude: float | None = Field(default=None, ge=-90, le=90)
    longitude: float | None = Field(default=None, ge=-180, le=180)
    country: str | None = Field(default=None, description="ISO 3166-1 alpha-2, upper case.")
    source: str | None = Field(default=None, description="The gazetteer that knows it: geonames, cldr, supplement.")
    mentions: tuple[Mention, ...]
    confidence: Confidence = 1.0
    geonames_id: int | None = Field(default=None, description="The place in GeoNames, where it was found there.")
    admin: str | None = Field(default=None, description="First-level division as GeoNames codes it: FR.11.")
    evidence: tuple[str, ...] = Field(
        default=(),
        description=(
            "What it rests on: list:<source>; or name or romanisation, by which it was found,"
            " and containment (told beside it), country (of the article) or population, by which it was chosen;"
            " of a place that is not found, what its name rests on."
        ),
    )


class DateMention(Mention):
    """A date that the text names; the value is null where it cannot be resolved without inventing."""

    value: str | None = Field(description="ISO 8601 cut to its precision; a range as start/end.")
    precision: OrNewer[Precision] | None
    confidence: Confidence = 1.0
    anchor: str | None = Field(
        default=None,
        description="The date that completed it, of the publication or told before; null where it says all itself.",
    )


class Quantity(Mention):
    """A number that the text gives."""

    value: str = Field(
        description="A decimal number, a range `a..b`, a bound such as `>20`, or an approximation such as `~30`."
    )
    unit: str | None = None
    counts: str | None = Field(default=None, description="What is counted, in the text's words.")


class MadeBy(Value):
    """Which extractor made a field."""

    extractor: str
    version: str
    confidence: Confidence
    evidence: tuple[str, ...] = Field(
        default=(),
        description=(
            "What the field rests on where its items do not say: claims by origin and name, the line that was read,"
            " `entities`, or countries with their weights."
        ),
    )


class Extraction(Value):
    """Everything that was read out of one article. What is not known is null or empty, never guessed."""

    title: Title | None = None
    byline: tuple[Name, ...] = ()
    publisher: Name | None = None
    credits: tuple[Name, ...] = ()
    url: str | None = None
    published: Published | None = None
    body: tuple[Span, ...] = ()
    removed: tuple[Removed, ...] = ()
    headings: tuple[Span, ...] = ()
    components: tuple[Component, ...] = ()
    entities: tuple[Entity, ...] = ()
    quotations: tuple[Quotation, ...] = ()
    places: tuple[Place, ...] = ()
    dates: tuple[DateMention, ...] = ()
    quantities: tuple[Quantity, ...] = ()
    keywords: tuple[str, ...] = ()
    country: str | None = Field(
        default=None, description="ISO 3166-1 alpha-2, upper case: where the article is mainly about."
    )
    made_by: dict[str, MadeBy] = Field(default_factory=dict)
