"""Opinions on nothing but a common noun with the capital of respect: la Société, le Conseil, la Diète, le Canton."""

import re
from collections.abc import Callable, Sequence

from contracts.extraction import EntityType
from services.extract.core.naming.capitals import is_signature
from services.extract.core.naming.claim import Claim
from services.extract.core.naming.form_words import OF_ANY_TOWN
from services.extract.core.naming.found import IsPlace
from services.extract.core.naming.names import no_lexicon
from services.extract.core.naming.offices import without_an_office
from services.extract.core.words import fold, word_set

# Alone they mean what the article has named before, or whatever the reader's is; Sénat and Parlement a country has one.
_HEADS = word_set(
    """
    conseil societe departement diete association commission comite municipalite banque federation ligue club bureau
    tribunal cour compagnie universite ministere institut agence administration centre fondation office groupe
    canton cantons mairie prefecture direction syndicat college ecole faculte academie magistrat service services
    caisse cercle chancellerie communaute conference delegation division entreprise etablissement firme gazette
    journal maison organisation parquet police regie section secretariat
    """
)
_PARTS = re.compile(
    r"(?:Groupe|Poule|Pool|S[ée]rie|Classe|Cat[ée]gorie|Salle|Lot|Page|Chapitre|Tome|Acte)\s(?:[A-H]|\d{1,2}|[IVX]{1,4})"
)
_SHORTEST_SHOUTED = 5  # letters: a shorter word in capitals is as often an acronym
_PREPOSITION = re.compile(r"\b(?:[Àà]|[Dd]e|[Vv]ers)\s$")
# But L. A. is a town, and S. S. are two letters of a force.
_TITLES_IN_LETTERS = re.compile(r"(?:S|SS|LL|V|VV)[.\s]+(?:M|MM|A|AA|E|Em|Exc)(?:[.\s]+(?:R|I|S|E|M|RR|II|EE))*")


def without_bare_heads(
    text: str, claims: Sequence[Claim], is_place: IsPlace, is_word: Callable[[str], bool] = no_lexicon
) -> list[Claim]:
    """The claims without opinions on what is a body's common noun alone, or a majesty's letters (S. M., S. A. R.).

    And without those on an office (le Chef d'Etat), and on an ordinary word in a heading's capitals (USINES), of which
    `is_word` tells.
    """
    heard = (without_an_office(text, claim, is_place) for claim in claims)
    return [
        claim
        for claim in heard
        if claim is not None
        and not (
            _is_bare(text, claim, is_place) or _is_shouted_word(text[claim.start : claim.end], claim, is_place, is_word)
        )
    ]


def _is_shouted_word(surface: str, claim: Claim, is_place: IsPlace, is_word: Callable[[str], bool]) -> bool:
    is_shouted = surface.isupper() and surface.isalpha() and len(surface) >= _SHORTEST_SHOUTED
    return is_shouted and not claim.settled and not is_place(surface) and is_word(surface.lower())


def _is_town(text: str, claim: Claim, is_place: IsPlace) -> bool:
    """Whether a place is named behind a preposition without an article, as no common noun is: de Canton, en Chine."""
    behind = _PREPOSITION.search(text, max(0, claim.start - 5), claim.start)
    return claim.type is EntityType.PLACE and behind is not None and is_place(text[claim.start : claim.end])


def _is_bare(text: str, claim: Claim, is_place: IsPlace) -> bool:
    surface = text[claim.start : claim.end]
    if claim.settled or claim.type is EntityType.OTHER or "longer_name" in claim.basis:
        return False
    if is_signature(text, claim.start, claim.end) or _is_town(text, claim, is_place):
        return False
    head, *others = fold(surface).split() or [""]
    return (
        (head in _HEADS and OF_ANY_TOWN.issuperset(others))
        or _PARTS.fullmatch(surface) is not None
        or _TITLES_IN_LETTERS.fullmatch(surface.rstrip(". ")) is not None
    )
