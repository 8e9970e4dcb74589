"""Spanish and Italian verbs without a subject: whoever spoke last, or the subject of a sentence since."""

import pytest

from tests.services.extract.core.speech.test_quotations_told import among

SCARE = "no speech"


@pytest.mark.parametrize(
    ("text", "language", "speaker"),
    [
        ("El presidente de México Paul Durand dijo que «la casa está en orden».", "es", "Paul Durand"),
        ("El presidente del partido Paul Durand dijo que «la casa está en orden».", "es", "Paul Durand"),
        ("El ministro de la Presidencia Paul Durand dijo que «la casa está en orden».", "es", "Paul Durand"),
        ("«Nada se ocultará», declaró visiblemente emocionado el alcalde.", "es", "el alcalde"),
        ("«Nada se ocultará», dijo emocionada Anne Petit.", "es", "Anne Petit"),
        ("«Nada se ocultará», afirmaron fuentes de la investigación.", "es", "fuentes de la investigación"),
        ("«Nada se ocultará», aseguran vecinos de la zona.", "es", "vecinos de la zona"),
        ("«Nada se ocultará», aseguraron testigos.", "es", "testigos"),
        ("«Nulla sarà nascosto», dicono fonti della procura.", "it", "fonti della procura"),
        ("«Nulla sarà nascosto», dice il sindaco.", "it", "il sindaco"),
        (
            "Paul Durand habló ayer. Criticó a Marc Leroy. «Nada se ocultará a los vecinos», dijo.",
            "es",
            "Paul Durand",
        ),
        (
            ("«Todo irá bien», dijo Paul Durand. Marc Leroy salió de la sala. «No volveré nunca a este lugar», gritó."),
            "es",
            "Marc Leroy",
        ),
        (
            ("«Todo irá bien», dijo Paul Durand. Con él estaba Marc Leroy. «Nada se ocultará a los vecinos», añadió."),
            "es",
            "Paul Durand",
        ),
        (
            (
                "«Todo irá bien», dijo Paul Durand. La reunión acabó con un abrazo de Marc Leroy. «Nada se ocultará "
                "a los vecinos», añadió."
            ),
            "es",
            "Paul Durand",
        ),
        (
            (
                "«Todo irá bien», dijo Paul Durand. El acuerdo con Nordalia beneficia a Marc Leroy. «Nada se "
                "ocultará a los vecinos», añadió."
            ),
            "es",
            "Paul Durand",
        ),
        (
            (
                "«Todo irá bien», dijo Paul Durand. Por su parte, Marc Leroy criticó el plan. «Nada se hizo por los "
                "vecinos», añadió."
            ),
            "es",
            "Marc Leroy",
        ),
        (
            (
                "«Todo irá bien», dijo Paul Durand. Tras la reunión, el alcalde de Zalmira, Marc Leroy, criticó el "
                "plan. «Nada se hizo por los vecinos», añadió."
            ),
            "es",
            "Marc Leroy",
        ),
        ("La mayoría de los vecinos dijeron que «nada se hizo por ellos».", "es", "La mayoría de los vecinos"),
        ("Los vecinos dijeron que «nada se hizo por ellos».", "es", "Los vecinos"),
        ("El alcalde, explicó: «nada se hizo por los vecinos».", "es", "El alcalde"),
        ("Los vecinos, dijo Paul Durand, «son muchos y tienen razón».", "es", "Paul Durand"),
        ("Paul Durand habló ayer. Los vecinos, dijo, «son muchos y tienen razón».", "es", "Paul Durand"),
        ("Paul Durand es un luchador. Su familia lo considera «un hombre feliz».", "es", "Su familia"),
        (
            (
                "«Todo irá bien», dijo Paul Durand. Marc Leroy ganó las elecciones en 2018. «No volveré nunca a "
                "este lugar», gritó."
            ),
            "es",
            "Marc Leroy",
        ),
        (
            (
                "«Todo irá bien», dijo Paul Durand. Marc Leroy ganó las elecciones en 2018. «Nada se ocultará a los "
                "vecinos», agregó."
            ),
            "es",
            "Paul Durand",
        ),
        (
            ("«Todo irá bien», dijo Paul Durand. Su rival es Marc Leroy. «Nada se ocultará a los vecinos», señaló."),
            "es",
            "Paul Durand",
        ),
        (
            (
                "«Todo irá bien», dijo Paul Durand. La decisión que tomó Marc Leroy no gustó. «Nada se ocultará a "
                "los vecinos», señaló."
            ),
            "es",
            "Paul Durand",
        ),
        (
            (
                "«Tutto andrà bene», ha detto Paul Durand. Marc Leroy è uscito dalla sala. «Non tornerò mai più in "
                "questo posto», ha gridato."
            ),
            "it",
            "Marc Leroy",
        ),
        (
            (
                "«Tutto andrà bene», ha detto Paul Durand. La riunione è finita con Marc Leroy. «Nulla sarà "
                "nascosto ai cittadini», ha aggiunto."
            ),
            "it",
            "Paul Durand",
        ),
    ],
)
def test_a_verb_without_a_subject_is_of_whoever_was_told_of(text: str, language: str, speaker: str | None) -> None:
    found = among(text, language)[-1]
    assert (found.speaker if found.direct else SCARE) == speaker
