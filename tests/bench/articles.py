"""Articles that nobody wrote: as long as news, every one a text of its own, the same ones on every run."""

import hashlib
import random
from collections.abc import Iterator
from datetime import UTC, datetime

import uuid_utils

from contracts.article_fetched import ArticleFetched
from contracts.document import Document
from contracts.identity import article_id
from contracts.message import Step
from contracts.outcomes import Outcome

CONSONANTS, VOWELS = "bcdfglmnprstv", "aeiou"
FIRST_NAMES, LAST_NAMES, PLACES, ACTS, MATTERS, UNITS = (
    [word.strip() for word in words.split(",")]
    for words in (
        "Anne, Benoît, Camille, David, Élise, Farid, Gaëlle, Hugo, Inès, Julien, Karim, Lucie, Marc, Nadia, Olivier",
        "Arnoux, Besson, Chevallier, Daoud, Estève, Fournel, Gauthier, Haddad, Imbert, Jolivet, Lambert, Morvan",
        "Lyon, Nantes, Besançon, Limoges, Orléans, Sète, Bamako, Beyrouth, Alep, Genève, Dakar, Tunis, Kiev, Rome",
        "annonce, dément, prépare, conteste, défend, inaugure, dénonce, étudie, promet, suspend, finance, signale",
        """la réforme des retraites, le chantier du pont, un budget rectifié, la grève des cheminots, un vaccin,
        le procès en appel, la fermeture de l’usine, un cessez-le-feu local, la rentrée scolaire, la récolte de blé,
        une ligne de tramway, une enquête publique, le recensement, la vente du stade, un accord sur la pêche""",
        "habitants, millions d’euros, blessés, kilomètres, logements, tonnes, manifestants, emplois",
    )
)
FORMS = (
    "À {where}, {who} {what} {how} devant {extent}, le {day} mars.",
    "« Nous avons compté {extent} », dit {who}, qui {what} {how} depuis {where}.",
    "Selon la préfecture de {where}, {how} concerne {extent} ; {who} {what} le calendrier du {day} mai.",
    "Le {day} juin, {who} {what} {how} et parle de {extent} à {where}.",
    "Sans attendre {where}, où {extent} sont en jeu, {who} {what} {how}.",
)
WORDS = 20_000
SENTENCES = 4_000
SENTENCE_WORDS = 18


def texts(bytes_each: int, first: int = 0) -> Iterator[str]:
    """Texts of about `bytes_each` bytes without end, from the number `first` on."""
    chance = random.Random(first)
    sentences = _sentences()
    size = sum(map(len, sentences)) // len(sentences) + 1
    number = first
    while True:
        chosen = chance.choices(sentences, k=max(1, bytes_each // size))
        yield f"Dépêche numéro {number}\n\n" + " ".join(chosen)
        number += 1


def french(number: int, sentences: int = 6) -> str:
    """A short text in French with names, places, figures and a quotation in it; of about 130 bytes a sentence."""
    chance = random.Random(number)

    def sentence() -> str:
        who = f"{chance.choice(FIRST_NAMES)} {chance.choice(LAST_NAMES)}"
        where, day = chance.choice(PLACES), chance.randint(2, 28)
        what, how = chance.choice(ACTS), chance.choice(MATTERS)
        extent = f"{chance.randint(3, 990)} {chance.choice(UNITS)}"
        return chance.choice(FORMS).format(who=who, where=where, day=day, what=what, how=how, extent=extent)

    return f"{sentence()}\n\n" + " ".join(sentence() for _ in range(sentences - 1)) + f" Dossier {number}.\n"


def fetched(text: str, name: str) -> ArticleFetched:
    """What fetch says of a file with this text."""
    data, now = text.encode(), datetime.now(UTC)
    source, sha256 = f"inbox:{name}", hashlib.sha256(data).hexdigest()
    return ArticleFetched(
        input_id=str(uuid_utils.uuid7()),
        trail=(Step(service="fetch", version="1", at=now, seconds=0.01, outcome=Outcome.FETCHED),),
        article_id=article_id(source, sha256),
        document=Document(
            source_uri=source,
            sha256=sha256,
            media_type="text/plain",
            encoding="utf-8",
            bytes=len(data),
            received_at=now,
            text=text,
        ),
    )


def _sentences() -> list[str]:
    """Sentences whose words are as unevenly frequent as those of a language (Zipf)."""
    chance = random.Random(0)
    syllables = [consonant + vowel for consonant in CONSONANTS for vowel in VOWELS]
    words = sorted({"".join(chance.choices(syllables, k=chance.randint(1, 4))) for _ in range(WORDS)})
    chance.shuffle(words)
    weights = [1 / rank for rank in range(1, len(words) + 1)]
    return [" ".join(chance.choices(words, weights, k=SENTENCE_WORDS)).capitalize() + "." for _ in range(SENTENCES)]
