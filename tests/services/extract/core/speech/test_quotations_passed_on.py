"""Sources that only pass on what somebody said, sources before a main clause, and words pointed back at."""

import pytest

from tests.services.extract.core.speech.test_quotations_told import among

SCARE = "no speech"


@pytest.mark.parametrize(
    ("text", "language", "speaker"),
    [
        (
            (
                "Assis à côté de Marc Leroy, patron du port, qui a vendu trois grues cet hiver - qui rouillaient "
                "selon le syndicat depuis dix ans - Paul Durand a expliqué que la rade pouvait accueillir « une "
                "trentaine de bateaux »."
            ),
            "fr",
            "Paul Durand",
        ),
        (
            (
                "D'après la station Radio Sud, Marc Leroy tient la caisse du club avec un titre de « conseiller du "
                "soir et du matin »."
            ),
            "fr",
            "Radio Sud",
        ),
        (
            (
                "D'après la revue satirique, Marc Leroy tient depuis mars la caisse du club avec un titre de « "
                "conseiller du soir et du matin »."
            ),
            "fr",
            "la revue satirique",
        ),
        (
            (
                "Paul Durand a invité ses joueurs à « garder les pieds sur terre », pendant un repas à Lyon, selon "
                "des participants."
            ),
            "fr",
            "Paul Durand",
        ),
        (
            (
                "Paul Durand est arrivé. Dressant le « bilan d'une saison sans éclat et sans victoire », il a "
                "appelé au calme, selon un participant."
            ),
            "fr",
            "Paul Durand",
        ),
        (
            (
                "«Nadie sabe toda la verdad», ha dicho Paul Durand, que no acudió a la cita. Marc Leroy no quiso "
                "hablar. «Revisaremos cada factura del puerto», fueron las palabras de Paul Durand."
            ),
            "es",
            "Paul Durand",
        ),
        (
            (
                "La noticia llegó ayer. «Lo temíamos desde hace meses y aun así nos duele». Con estas palabras ha "
                "respondido este martes el portavoz de los pescadores, Paul Durand."
            ),
            "es",
            "Paul Durand",
        ),
        ("«Nada se ocultará», según expertos.", "es", "expertos"),
        (
            "Según Paul Durand, la obra acabará en junio. «Nada se ocultará a los vecinos», añadió.",
            "es",
            "Paul Durand",
        ),
        ("Los vecinos «son muchos y tienen razón», según explicó Paul Durand.", "es", "Paul Durand"),
        ("Los vecinos «son muchos y tienen razón», según ha informado a Paul Durand la policía.", "es", "la policía"),
        ("« La fin est proche », a crié l'homme, selon un témoin.", "fr", "l'homme"),
        ("« Ça a fait un bruit énorme », selon un témoin.", "fr", "un témoin"),
        ("La voiture a « explosé d'un seul coup », selon un témoin.", "fr", "un témoin"),
        (
            "Paul Durand a quitté la salle « furieux contre tout le monde », selon un participant.",
            "fr",
            "un participant",
        ),
        ("Paul Durand a été « odieux avec tout le monde », selon des participants.", "fr", "des participants"),
        ("La réunion a été « tendue du début à la fin », selon un participant.", "fr", "un participant"),
        ("Paul Durand a promis de « tout dire à la justice », selon des participants.", "fr", "Paul Durand"),
        ("Paul Durand a dit qu'il voulait « tout dire à la justice », selon des participants.", "fr", "Paul Durand"),
        ("Selon le procureur, Paul Durand, la piste est « sérieuse et très solide ».", "fr", "Paul Durand"),
        ("Selon le procureur, Paul Durand a agi « seul et sans aide ».", "fr", "le procureur"),
        ("Selon Marc Leroy, Paul Durand a agi « seul et sans aide ».", "fr", "Marc Leroy"),
        ("« Il a agi seul », selon le procureur, Paul Durand.", "fr", "Paul Durand"),
        ("Selon le procureur, Paul Durand et son frère étaient « armés et dangereux ».", "fr", "le procureur"),
        ("Según la policía, Paul Durand actuó «solo y sin ayuda».", "es", "la policía"),
        ("« Nous avons tout fait pour la ville. » Avec ces mots, Anne Petit a conclu la séance.", "fr", "Anne Petit"),
        (
            "«Hemos hecho todo por la ciudad.» Con esas palabras, Anne Petit criticó a Paul Durand.",
            "es",
            "Anne Petit",
        ),
        ("«Hemos hecho todo por la ciudad.» Con esas palabras contra Paul Durand acabó la sesión.", "es", None),
        (
            (
                "Paul Durand a été applaudi. « Bravo, c'était magnifique », a lancé un spectateur, selon des "
                "participants."
            ),
            "fr",
            "un spectateur",
        ),
    ],
)
def test_a_source_is_told_from_whoever_spoke(text: str, language: str, speaker: str | None) -> None:
    found = among(text, language)[-1]
    assert (found.speaker if found.direct else SCARE) == speaker
