"""The day that heads a dispatch, as agencies set it."""

from collections.abc import Callable

import pytest

from services.extract.core.metadata import Metadata

Read = Callable[..., Metadata]
FRENCH = "Le président du gouvernement s'est rendu lundi à Zalmira pour une réunion, a annoncé son porte-parole."
SPANISH = "El presidente del Gobierno viajó el lunes a Zalmira para una reunión con los socios, según su portavoz."
GERMAN = "Der Kanzler ist am Montag nach Zalmira gereist, wie seine Sprecherin sagte, um mit anderen zu reden."


@pytest.mark.parametrize(
    ("text", "language", "day"),
    [
        (f"ZALMIRA, 7 de mayo de 2023 (EFE).- {SPANISH}", "es", "2023-05-07"),
        (f"ZALMIRA (Zalmirie), 7 mai 2023 (AFP) - {FRENCH}", "fr", "2023-05-07"),
        (f"NEW ZALM (Nations unies), 7 mai 2023 (AFP) - {FRENCH}", "fr", "2023-05-07"),
        (f"ZALMIRA, 7 nov. 2023 (AFP). {FRENCH}", "fr", "2023-11-07"),
        (f"Zalmira, le 7 mai 2023 (ACP). – {FRENCH}", "fr", "2023-05-07"),
        (f"(Zalmira, 7 mai 2023) {FRENCH}", "fr", "2023-05-07"),
        (f"ZALMIRA (dpa), 7. Mai 2023 – {GERMAN}", "de", "2023-05-07"),
    ],
)
def test_a_dispatch_is_of_the_day_that_heads_it(read: Read, text: str, language: str, day: str) -> None:
    found = read(text, language)
    assert found.published is not None
    assert (found.published.value, found.published.method) == (day, "dateline")
    assert [text[span.start : span.end] for span in found.body] == [text]


@pytest.mark.parametrize(
    "text",
    [
        f"Lors de la réunion de Zalmira, le 7 mai 2023 (voir plus bas), rien n'est dit. {FRENCH}",
        f"Anne Zarbin, 7 mai 2023 (photo) {FRENCH}",
        f"Le maire (élu à Zalmira, 7 mai 2023) part. {FRENCH}",
        f"(Voir notre dossier du 7 mai 2023) {FRENCH}",
    ],
)
def test_a_day_in_the_first_sentence_heads_nothing(read: Read, text: str) -> None:
    assert read(text).published is None


def test_the_day_of_a_dispatch_quoted_at_length_is_not_the_articles(read: Read) -> None:
    prose = (
        "Le ministre a présenté sa démission au président, qui l'a acceptée sans attendre. Il quitte le gouvernement."
    )
    dispatch = (
        "BEYROUTH, 3 mai 2019 (AFP) - Cinq hommes ont été tués dans la plaine, a indiqué un porte-parole de l'armée."
    )
    assert read(f"La presse en parle\n\n{prose}\n\n{prose}\n\n{dispatch}\n\n{prose}").published is None
    found = read(f"Cinq hommes tués dans la plaine\n\n{prose}\n\n{dispatch}\n\n{prose}").published
    assert found is not None
    assert found.value == "2019-05-03"
