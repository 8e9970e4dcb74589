"""Who speaks, where an incise stands within the words, or an adverb stands before its verb, or its name behind it."""

import pytest

from tests.services.extract.core.speech.test_quotations_told import told


@pytest.mark.parametrize(
    ("text", "language", "speaker", "cue"),
    [
        ("« Le parc sera fermé, nous glisse fièrement un de ses adjoints, il faut agir vite. »", "fr",
         "un de ses adjoints", "glisse"),
        ("Anne Petit va plus loin. Elle veut fermer : « Le parc ferme, glisse un de ses élus, il faut agir. »", "fr",
         "un de ses élus", "glisse"),
        ("« Le parc sera fermé, explique l'un des élus, il faut agir vite. »", "fr", "l'un des élus", "explique"),
        ("Paul Durand infatti ha sottolineato che «il piano resta valido per tutti».", "it", "Paul Durand",
         "ha sottolineato"),
        ("„Wir bleiben noch lange hier“, erklärt Ärztin und Autorin Anne Petit.", "de", "Anne Petit", "erklärt"),
        ("El portero, Paul Durand, explicó que la capitana de los Zorbas, Anne Petit, llamó “simio” a un rival.", "es",
         "Anne Petit", "llamó"),
        ("Le gardien, Paul Durand, a dit que la capitaine des Zorbas, Anne Petit, a qualifié un rival de « singe ».",
         "fr", "Anne Petit", "a qualifié"),
    ],
)  # fmt: skip
def test_the_speaker_is_found(text: str, language: str, speaker: str, cue: str) -> None:
    found = next(one for one in told(text, language) if one.direct)
    assert (found.speaker, found.cue) == (speaker, cue)
