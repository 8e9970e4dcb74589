"""Whom a pronoun means behind a phrase, whose a relative clause is, and who only owns or is spoken of."""

import pytest

from tests.services.extract.core.speech.test_quotations_told import among

SCARE = "no speech"


@pytest.mark.parametrize(
    ("text", "language", "speaker"),
    [
        (
            (
                "La directora del museo que compró el busto de Paul Durand afirma que la obra es suya. «La sala "
                "seguirá abierta todo el año», ha afirmado en una carta."
            ),
            "es",
            "La directora del museo",
        ),
        (
            (
                "Marc Leroy est assis. Encouragé par son avocat, Paul Durand, il refuse de répondre « par respect "
                "pour les victimes »."
            ),
            "fr",
            "Marc Leroy",
        ),
        (
            (
                "Marc Leroy est arrivé. Entouré de Paul Durand et de Karim Haddad, il a promis de « tout changer "
                "dès cet hiver »."
            ),
            "fr",
            "Marc Leroy",
        ),
        ("Quand Paul Durand est arrivé, il a promis de « tout changer dès cet hiver ».", "fr", "Paul Durand"),
        (
            "Marc Leroy est parti. Pour Paul Durand, c'est simple : il veut « tout changer dès cet hiver ».",
            "fr",
            "Paul Durand",
        ),
        ("Le quartier attend les travaux que réclame le maire « depuis plus de dix ans ».", "fr", "le maire"),
        ("Le maire attend les travaux que Paul Durand réclame « depuis plus de dix ans ».", "fr", "Paul Durand"),
        ("« Tout ira bien », confie un député Nordalia.", "fr", "un député Nordalia"),
        (
            "L'heure tourne et certains députés Nordalia se demandent « à quoi joue la ville ».",
            "fr",
            "certains députés Nordalia",
        ),
        (
            "El director del Instituto de Alergias y Enfermedades Raras dijo que «todo va bien».",
            "es",
            "El director del Instituto de Alergias y Enfermedades Raras",
        ),
        ("Le mois de février s'ouvrait avec un film : « Clair de lune ».", "fr", SCARE),
        (
            (
                "La police est venue. Sa sœur a été entendue, la famille Durand dénonçant « un acharnement de "
                "chaque instant »."
            ),
            "fr",
            "la famille Durand",
        ),
        ("La famille Paul Durand a dénoncé « un acharnement de chaque instant ».", "fr", "La famille Paul Durand"),
        (
            "La famille de Paul Durand a dénoncé « un acharnement de chaque instant ».",
            "fr",
            "La famille de Paul Durand",
        ),
        (
            (
                "Marc Leroy est parti. « Tout est dit », a lancé Marc Leroy. Le Grand Zed, quant à lui, répond sur "
                "son site, affirmant que « tout est faux depuis le début »."
            ),
            "fr",
            "Le Grand Zed",
        ),
        (
            "Marc Leroy est parti. Paul Durand, quant à lui, affirme que « tout est faux depuis le début ».",
            "fr",
            "Paul Durand",
        ),
        (
            "Marc Leroy est parti. Quant à Paul Durand, il affirme que « tout est faux depuis le début ».",
            "fr",
            "Paul Durand",
        ),
        (
            (
                "Paul Durand, un des trois photographes arrêtés pour avoir couvert la décapitation de la statue de "
                "Marc Leroy a écrit : « le monde à l'envers »."
            ),
            "fr",
            "Paul Durand",
        ),
        (
            "Paul Durand, arrêté pour la dégradation d'une statue a écrit : « le monde à l'envers est là ».",
            "fr",
            "Paul Durand",
        ),
        (
            "Anne Petit met Julie Morel. “His car is there, but he is nowhere to be found,” she said.",
            "en",
            "Anne Petit",
        ),
        (
            "Le port attend « une vraie révolution », comme Paul Durand le faisait remarquer lundi.",
            "fr",
            "Paul Durand",
        ),
        ("« Tout est prêt pour l'été », comme Paul Durand l'a souligné lundi.", "fr", "Paul Durand"),
        ("« Tout est prêt pour l'été », comme l'a souligné Paul Durand lundi.", "fr", "Paul Durand"),
        ("Le port est « la honte du pays », comme Paul Durand l'avait dit en mars.", "fr", "Paul Durand"),
        ("Le port est « la honte », comme Paul Durand. Il est vide.", "fr", SCARE),
        (
            "«Nadie debe pasar hambre en este país», escribía Anne Petit una de las organizadoras en la red.",
            "es",
            "Anne Petit",
        ),
    ],
)
def test_somebody_named_nearby_does_not_speak(text: str, language: str, speaker: str | None) -> None:
    found = among(text, language)[-1]
    assert (found.speaker if found.direct else SCARE) == speaker
