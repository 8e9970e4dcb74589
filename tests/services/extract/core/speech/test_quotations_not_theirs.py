"""Somebody named nearby whose words these are not: bodies, owners, those spoken of, phrases before a comma."""

import pytest

from tests.services.extract.core.speech.test_quotations_told import among

SCARE = "no speech"


@pytest.mark.parametrize(
    ("text", "language", "speaker"),
    [
        (
            (
                "Radio Sud, selon ses mots, est « très surprise de la tournure des faits ». Nordalia a quant à elle "
                "reconnu une erreur. Elle précise avoir réagi dès lundi : « les comptes ont été faits trop vite et "
                "sans contrôle », affirme-t-elle."
            ),
            "fr",
            "Nordalia",
        ),
        (
            (
                "Radio Sud a dit être « très surprise de la tournure des faits ».\nNordalia a quant à elle reconnu "
                "une erreur, faite « au vu du temps qui manquait ». Elle précise avoir réagi dès lundi : « les "
                "comptes ont été faits trop vite et sans contrôle », affirme-t-elle. « Nous avons tout revu depuis "
                "», ajoute-t-elle."
            ),
            "fr",
            "Nordalia",
        ),
        (
            (
                "Anne Petit a quitté Nordalia. Elle raconte son départ : « les comptes ont été faits trop vite et "
                "sans contrôle », affirme-t-elle."
            ),
            "fr",
            "Anne Petit",
        ),
        (
            (
                "La fiesta fue prohibida por el partido de Paul Durand. «Las celebraciones no tienen cabida en este "
                "país»."
            ),
            "es",
            None,
        ),
        (
            (
                "La fête a été interdite par le parti de Paul Durand. « Les réjouissances n'ont plus leur place "
                "dans ce pays. »"
            ),
            "fr",
            None,
        ),
        ("Mercredi à Lyon, Paul Durand a souri, il a promis de « tout changer dès cet hiver ».", "fr", "Paul Durand"),
        (
            "Réuni à Lyon hier, Paul Durand a souri, il a promis de « tout changer dès cet hiver ».",
            "fr",
            "Paul Durand",
        ),
        (
            ("Anne Petit est rentrée. Accompagnée de Julie Morel, elle a promis de « tout changer dès cet hiver »."),
            "fr",
            "Anne Petit",
        ),
        (
            (
                "Anne Petit est rentrée. Face à Julie Morel, qui est restée muette, elle a promis de « tout changer "
                "dès cet hiver »."
            ),
            "fr",
            "Anne Petit",
        ),
        (
            "Paul Durand est arrivé. Avec Marc Leroy, il a promis de « tout changer dès cet hiver ».",
            "fr",
            "Paul Durand",
        ),
        (
            "Paul Durand est arrivé. Si Marc Leroy accepte, il dit vouloir « tout changer dès cet hiver ».",
            "fr",
            "Marc Leroy",
        ),
        (
            (
                "« Rien ne sera caché », affirme Paul Durand. Nordalia a fermé. Il précise que « tout est fini pour "
                "de bon »."
            ),
            "fr",
            "Paul Durand",
        ),
        (
            (
                "Anne Petit est sortie. Nordalia a refusé de répondre. « Nous avons attendu des heures », "
                "raconte-t-elle."
            ),
            "fr",
            "Anne Petit",
        ),
        ("Le plan que défend Paul Durand est « la honte du pays ».", "fr", "Paul Durand"),
        (
            (
                "Le préfet est venu. Le ministre est parti. « Nous avons gagné », a dit le préfet. Le ministre que "
                "salue le préfet ne dit rien. « Nous avons encore gagné », ajoute le préfet."
            ),
            "fr",
            "le préfet",
        ),
        (
            (
                "El libro que escribió Marc Leroy no convence a Anne Petit. «Le falta ritmo y le sobra prosa», dijo "
                "Anne Petit."
            ),
            "es",
            "Anne Petit",
        ),
        ("El alcalde que eligieron los vecinos dijo que «todo va bien en la ciudad».", "es", "El alcalde"),
        ("Los vecinos que eligieron al alcalde dijeron que «todo va bien en la ciudad».", "es", "Los vecinos"),
        (
            "Le parquet a ouvert une enquête. « L'homme a tout reconnu lundi », a-t-on ajouté de même source.",
            "fr",
            "même source",
        ),
        ("« L'homme a tout reconnu lundi », ajoute même le maire.", "fr", "le maire"),
        (
            (
                "Paul Durand est arrivé. Dressant le « bilan d'une saison sans éclat et sans victoire », avec une « "
                "immense fatigue », il a appelé au calme, selon un participant."
            ),
            "fr",
            "Paul Durand",
        ),
        (
            ("Marquant la « fin d'une saison sans éclat et sans victoire », le repas a duré, selon un participant."),
            "fr",
            "un participant",
        ),
        (
            (
                "Assis au côté de Marc Leroy, président du port, qui a vendu trois grues - qui rouillaient depuis "
                "dix ans - Paul Durand a expliqué que la rade pouvait accueillir « une trentaine de bateaux »."
            ),
            "fr",
            "Paul Durand",
        ),
        (
            (
                "Marc Leroy, qui a battu Paul Durand, a expliqué que la rade pouvait accueillir « une trentaine de "
                "bateaux »."
            ),
            "fr",
            "Marc Leroy",
        ),
        (
            (
                "Marc Leroy (qui a battu Paul Durand) a expliqué que la rade pouvait accueillir « une trentaine de "
                "bateaux »."
            ),
            "fr",
            "Marc Leroy",
        ),
    ],
)
def test_another_than_the_nearest_speaks(text: str, language: str, speaker: str | None) -> None:
    found = among(text, language)[-1]
    assert (found.speaker if found.direct else SCARE) == speaker
