"""Nothing about quotations hangs on a name, a date or the order of paragraphs: changed articles give the same."""

from itertools import permutations

import pytest

from contracts.extraction import Entity, EntityType, Quotation
from contracts.value import Mention, Span
from services.extract.core.speech.quotations import quotations

PERSONS = ("Paul Durand", "Anne Petit")
BODY = "Syndicat du Nord"
DAY = "mardi 3 mai"
# Each speaks for itself: no pronoun or title of one paragraph means somebody of another.
PARAGRAPHS = (
    (
        "Le maire Paul Durand a annoncé mardi 3 mai « une baisse des impôts » et « la fin des travaux ». "
        "« Nous ne pouvons plus attendre », a-t-il ajouté. « Il faut agir tout de suite. »"
    ),
    (
        "« Cette décision » est « une erreur », a estimé mardi 3 mai la députée Anne Petit, interrogée par le "
        "Syndicat du Nord. Selon elle, « rien ne presse vraiment ». La députée dénonce « une annonce sans lendemain »."
    ),
    (
        "Pour le Syndicat du Nord, ces mesures sont « insuffisantes ». En accusant la mairie d’avoir « tout promis », "
        "le Syndicat du Nord a dit mardi 3 mai qu’il attendait « des actes »."
    ),
    (
        "Paul Durand, qui préside la région, est formel : « Le budget sera voté ». Avant de conclure, devant "
        "Anne Petit : « Nous verrons bien »."
    ),
)
ARTICLE = "\n\n".join(PARAGRAPHS)
SPEAKERS = (
    *("Paul Durand",) * 4,
    *("Anne Petit",) * 4,
    *("Syndicat du Nord",) * 3,
    *("Paul Durand",) * 2,
)


def read(text: str, persons: tuple[str, ...] = PERSONS, body: str = BODY) -> tuple[Quotation, ...]:
    kinds = {**dict.fromkeys(persons, EntityType.PERSON), body: EntityType.ORGANISATION}
    named = tuple(_entity(text, name, kind) for name, kind in kinds.items())
    return quotations(text, (Span(start=0, end=len(text)),), named, "fr")


def _entity(text: str, name: str, kind: EntityType) -> Entity:
    starts = [at for at in range(len(text)) if text.startswith(name, at)]
    mentions = tuple(Mention(start=at, end=at + len(name), surface=name) for at in starts)
    return Entity(name=name, type=kind, mentions=mentions)


def said(text: str, persons: tuple[str, ...] = PERSONS) -> list[tuple[str, str | None, str | None, str]]:
    """What is said, by whom, by which cue and in which way."""
    return [(one.text, one.speaker, one.cue, one.kind) for one in read(text, persons)]


def test_the_article_gives_its_quotations_to_whoever_said_them() -> None:
    assert tuple(one.speaker for one in read(ARTICLE)) == SPEAKERS


@pytest.mark.parametrize(
    "persons",
    [
        ("Omar Haddad", "Ingrid Lindqvist"),
        ("Jean-Luc de La Tour", "Maria Sol"),
        ("Bo Li", "Zoé Ba"),
        ("X. Y. Ze", "Q. Vu"),
    ],
)
def test_other_names_say_the_same(persons: tuple[str, ...]) -> None:
    text = ARTICLE
    for old, new in zip(PERSONS, persons, strict=True):
        text = text.replace(old, new)
    names = dict(zip(PERSONS, persons, strict=True))
    expected = [(words, names.get(who or "", who), cue, kind) for words, who, cue, kind in said(ARTICLE)]
    assert said(text, persons=persons) == expected


@pytest.mark.parametrize("day", ["hier", "le 28 février 2031", "lundi dernier", "ce jeudi 1er juin", "dimanche"])
def test_another_day_changes_nobodys_words(day: str) -> None:
    assert said(ARTICLE.replace(DAY, day)) == said(ARTICLE)


def test_paragraphs_in_another_order_keep_their_speakers() -> None:
    alone = {paragraph: said(paragraph) for paragraph in PARAGRAPHS}
    for order in permutations(PARAGRAPHS):
        assert said("\n\n".join(order)) == [one for paragraph in order for one in alone[paragraph]]


def test_who_speaks_and_who_is_told_may_change_places() -> None:
    text = "« Il faut partir tout de suite », a confié à Paul Durand la députée Anne Petit."
    assert [one.speaker for one in read(text)] == ["Anne Petit"]
    text = "« Il faut partir tout de suite », a confié à Anne Petit le député Paul Durand."
    assert [one.speaker for one in read(text)] == ["Paul Durand"]


def test_every_speaker_has_a_rule_and_the_words_that_say_so() -> None:
    for one in read(ARTICLE):
        if one.speaker is not None:
            assert one.rule
            assert one.evidence is not None
            assert ARTICLE[one.evidence.start : one.evidence.end] == one.evidence.surface
            assert 0 < one.confidence <= 1
