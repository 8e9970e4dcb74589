"""Texts that nobody wrote: French words in an order that does not come again."""

import random
from pathlib import Path

SEEDS = sorted((Path(__file__).parents[2] / "seeds").glob("*.txt"))
# The last of them holds three articles; what the others hold are they themselves.
*WHOLE, DIGEST = SEEDS
PARTS = tuple(f"{DIGEST.name}#{number}" for number in (1, 2, 3))

SUBJECTS = ("Le maire", "La ministre", "Le préfet", "Une élue", "Le syndicat", "La région", "L’opposition")
VERBS = ("annonce", "dément", "prépare", "conteste", "défend", "inaugure", "dénonce", "étudie", "promet", "suspend")
OBJECTS = ("la réforme", "le chantier du pont", "un budget", "la grève", "une enquête", "le procès", "une usine")
PLACES = ("à Lyon", "à Nantes", "à Besançon", "près de Limoges", "dans le Cantal", "à Orléans", "en Corrèze", "à Sète")
REASONS = (
    "après des mois d’hésitation",
    "malgré la pluie",
    "devant une centaine d’habitants",
    "sans donner de chiffre",
    "au nom de l’intérêt général",
    "pour la troisième fois",
    "contre l’avis des riverains",
)


def an_article(number: int, *, sentences: int = 4) -> str:
    """An article in French like no other; the same for the same number."""
    chance = random.Random(number)
    lines = [" ".join(map(chance.choice, (SUBJECTS, VERBS, OBJECTS, PLACES, REASONS))) for _ in range(sentences)]
    return (
        f"Nouvelle numéro {number}\n\n" + ". ".join(lines) + f". Le dossier porte le numéro {chance.getrandbits(40)}.\n"
    )


def a_long_article(number: int) -> str:
    """Long enough for near-duplicates and revisions to be recognised."""
    return an_article(number, sentences=30)
