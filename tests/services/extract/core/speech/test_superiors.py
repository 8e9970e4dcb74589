"""Whose words they are where somebody is told of by the office of somebody else, or where the press is told first."""

import pytest

from contracts.extraction import Entity, EntityType, Quotation
from contracts.value import Mention, Span
from services.extract.core.speech.quotations import quotations

Q = "Nous ne quitterons pas cette ville avant la fin du mois"
KINDS = {
    "Karim Haddad": EntityType.PERSON,
    "Jean Valet": EntityType.PERSON,
    "Presse du Golfe": EntityType.ORGANISATION,
    "Lyon": EntityType.PLACE,
}


def told(text: str, language: str = "fr") -> list[Quotation]:
    entities = tuple(
        Entity(
            name=name,
            type=kind,
            mentions=tuple(
                Mention(start=at, end=at + len(name), surface=name)
                for at in range(len(text))
                if text.startswith(name, at)
            ),
        )
        for name, kind in KINDS.items()
        if name in text
    )
    return list(quotations(text, (Span(start=0, end=len(text)),), entities, language))


def speaker(text: str) -> str | None:
    return next(one.speaker for one in told(text) if Q in one.text)


@pytest.mark.parametrize(
    "who",
    [
        "un conseiller du président Karim Haddad",
        "l'avocat du colonel Karim Haddad",
        "un proche du général Karim Haddad",
        "la porte-parole du maire Karim Haddad",
        "l'ancien conseiller du Premier ministre Karim Haddad",
        "la porte-parole du secrétaire d'État Karim Haddad",
        "le chef d'état-major du président Karim Haddad",
        "la veuve du journaliste Karim Haddad",
    ],
)
@pytest.mark.parametrize("sentence", ["« {} », a lâché {}.", "Selon {who}, « {} »."])
def test_the_words_of_somebodys_adviser_are_not_that_persons(sentence: str, who: str) -> None:
    text = sentence.replace("{who}", who).format(Q, who) if "{who}" not in sentence else f"Selon {who}, « {Q} »."
    assert speaker(text) == who


@pytest.mark.parametrize(
    "who",
    [
        "le président Karim Haddad",
        "le chef du gouvernement Karim Haddad",
        "le ministre de la Défense Karim Haddad",
        "le porte-parole du ministère Karim Haddad",
        "le porte-parole du président, Karim Haddad",
        "le directeur du cabinet Karim Haddad",
        "le procureur du roi Karim Haddad",
        "le secrétaire d'État Karim Haddad",
        "le premier secrétaire du parti Karim Haddad",
        "le directeur de la police, le général Karim Haddad",
    ],
)
def test_an_office_before_a_name_is_that_persons_where_nobody_else_is_of_it(who: str) -> None:
    assert speaker(f"« {Q} », a lâché {who}.") == "Karim Haddad"


@pytest.mark.parametrize(
    "sentence",
    [
        "« {} », a déclaré à l'agence Presse du Golfe (PG) le maire de la ville, Karim Haddad.",
        "« {} », a déclaré à l'agence Presse du Golfe le maire, Karim Haddad.",
        "« {} », a déclaré à Lyon (Rhône) le maire de la ville, Karim Haddad.",
        "« {} », a déclaré à la Presse du Golfe (PG) Karim Haddad.",
    ],
)
def test_whoever_is_told_never_speaks_with_an_acronym_or_a_kind_before_it(sentence: str) -> None:
    assert speaker(sentence.format(Q)) == "Karim Haddad"


@pytest.mark.parametrize(
    ("clause", "name"),
    [
        ("a annoncé leur porte-parole, Karim Haddad.", "Karim Haddad"),
        ("a dit le maire de la ville, le colonel Karim Haddad.", "Karim Haddad"),
        ("a dit le maire, et Karim Haddad se tait.", "le maire"),
        ("a dit le maire, Karim Haddad est parti.", "le maire"),
        ("a dit le maire de la ville, comme Karim Haddad.", "le maire de la ville"),
    ],
)
def test_a_clause_within_the_words_names_whoever_is_added_behind_a_comma(clause: str, name: str) -> None:
    assert speaker(f"« {Q}, {clause} »") == name


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Son adjoint, Karim Haddad, dit « Le Loup », est loin.", "scare"),
        ("Karim Haddad, dite « Louve ».", "scare"),
        ("Karim Haddad, lui, dit « Non » à la guerre.", "direct"),
        ("Karim Haddad dit « Non ».", "direct"),
    ],
)
def test_what_somebody_is_called_besides_is_no_speech(text: str, kind: str) -> None:
    (found,) = told(text)
    assert found.kind == kind
    assert (found.speaker is None) == (kind == "scare")


DISPATCH = (
    "La dépêche de l'agence :\n\n« ZARBA, 3 mars (AZ) - Les rebelles se sont retirés de la ville, a annoncé leur "
    "porte-parole, Karim Haddad.\n\n« {} », a-t-il déclaré.\n\nSelon une source, les combats ont repris. »"
)


def test_a_dispatch_that_is_quoted_tells_of_persons_as_any_text_does() -> None:
    whole, inner = told(f"Jean Valet parle.\n\n{DISPATCH.format(Q)}")
    assert (whole.kind, inner.speaker) == ("block", "Karim Haddad")
    assert whole.speaker != "Karim Haddad"


def test_whom_words_in_marks_name_is_not_meant_behind_them() -> None:
    found = told(f"Jean Valet écrit : « Karim Haddad est parti hier soir de la ville. » « {Q} », a-t-il ajouté.")
    assert found[-1].speaker == "Jean Valet"


@pytest.mark.parametrize(
    ("sentence", "told_of"),
    [
        ("L'avocat du président Karim Haddad, Me Jean Valet, est venu.", "Jean Valet"),
        ("Le garde du corps du président Karim Haddad, Jean Valet, nie.", "Jean Valet"),
        ("L'assassin du juge Karim Haddad, Jean Valet, a été libéré.", "Jean Valet"),
        ("Le conseiller du Premier ministre Karim Haddad a parlé.", "Le conseiller du Premier ministre Karim Haddad"),
        ("Jean Valet est jugé. Le président Karim Haddad lui a demandé pourquoi.", "Jean Valet"),
        ("Jean Valet est jugé. Karim Haddad a demandé sa relaxe.", "Karim Haddad"),
        ("Le président Karim Haddad est venu avec le préfet.", "Karim Haddad"),
        ("Le général Karim Haddad a écrit au ministre.", "Karim Haddad"),
    ],
)
def test_a_pronoun_means_whoever_is_told_of_and_not_whose_they_are(sentence: str, told_of: str) -> None:
    assert speaker(f"{sentence} « {Q} », a-t-il dit.") == told_of


@pytest.mark.parametrize(
    ("sentence", "told_of"),
    [
        ("The lawyer for President Karim Haddad, Jean Valet, denied it.", "Jean Valet"),
        ("The killer of Judge Karim Haddad, Jean Valet, was freed.", "Jean Valet"),
        ("President Karim Haddad met reporters.", "Karim Haddad"),
    ],
)
def test_a_title_without_its_article_hangs_on_its_preposition(sentence: str, told_of: str) -> None:
    (found,) = told(f'{sentence} "{Q}," he said.', "en")
    assert found.speaker == told_of
