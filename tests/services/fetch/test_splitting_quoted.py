"""A dispatch that an article quotes with its headline is no article of the file."""

import pytest

from services.fetch.core.splitting import divide

HEADLINE = "Le port de Bizerte fermé par la tempête"
LEAD = (
    "TUNIS (AFP) - Les autorités ont fermé lundi le port de Bizerte en raison de vents violents. Il rouvrira mercredi."
)
COLUMN = "La chronique du jeudi\n\n"
SENT = "Un lecteur nous envoie ce texte et demande ce que nous en pensons, sans autre commentaire."
REST = (
    "Nous en pensons que l'agence oublie l'essentiel : la digue promise en 2019 n'a jamais été construite. Le "
    "gouverneur le sait, le ministre aussi.\n\nLes pêcheurs, eux, rentrent leurs barques à la main. Voilà ce qu'il "
    "fallait écrire."
)
QUOTED = {
    "guillemets": f"{SENT}\n\n« {HEADLINE}\n\n{LEAD} »",
    "straight marks": f'{SENT}\n\n"{HEADLINE}\n\n{LEAD}"',
    "marks that open again": f"{SENT}\n\n“{HEADLINE}\n\n“{LEAD}\n\n“Le vent tombera mercredi.”",
    "straight marks that open again": f'{SENT}\n\n"{HEADLINE}\n\n"{LEAD}\n\n"Le vent tombera mercredi."',
    "lines behind signs": f"{SENT}\n\n> {HEADLINE}\n>\n> {LEAD}",
    "a source line before the mark": f"{SENT}\n\nReuters, 12 novembre : « {HEADLINE}\n\n{LEAD} »",
    "a colon": f"{SENT[:-1]} :\n\n{HEADLINE}\n\n{LEAD}",
    "a line that speaks of it": f"{SENT} Voici cette dépêche.\n\n{HEADLINE}\n\n{LEAD}",
}


def starts(text: str) -> list[str]:
    division = divide(text)
    return [] if division is None else [text[start : start + 12] for start, _ in division.spans]


@pytest.mark.parametrize("quoted", QUOTED.values(), ids=QUOTED)
def test_an_article_that_quotes_a_dispatch_with_its_headline_stays_whole(quoted: str) -> None:
    assert starts(f"{COLUMN}{quoted}\n\n{REST}") == []


def test_without_marks_or_a_line_that_leads_to_it_a_dispatch_is_an_article_of_its_own() -> None:
    assert starts(f"{COLUMN}{SENT}\n\n{HEADLINE}\n\n{LEAD}\n\n{REST}") == ["La chronique", HEADLINE[:12]]


@pytest.mark.parametrize("mark", ["« ", '"'])
def test_marks_that_never_close_quote_nothing(mark: str) -> None:
    assert len(starts(f"{COLUMN}{SENT}\n\n{mark}{HEADLINE}\n\n{LEAD}\n\n{REST}")) == 2


def test_an_article_behind_the_one_that_quotes_is_still_told() -> None:
    museum = (
        "La commune de Montluçon ouvrira au printemps un musée consacré aux locomotives à vapeur, dans l'ancienne "
        "rotonde que la compagnie avait laissée à l'abandon. Douze machines ont été restaurées par des bénévoles."
    )
    quoting = f"{COLUMN}{QUOTED['guillemets']}\n\n{REST}"
    text = f"{quoting}\n\n***\n\nUn musée pour les locomotives\n\n{museum}"
    assert starts(text) == ["La chronique", "Un musée pou"]
