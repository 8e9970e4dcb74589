"""A file that holds several articles is divided where that is clear; one that holds one stays whole."""

import textwrap
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from contracts.document import Claim
from services.fetch.core.document import Parts, ReadDocument, Source
from services.fetch.core.reading import read
from services.fetch.core.splitting import divide, split
from tests.services.fetch.told import FERRY, MINE

SEEDS = sorted((Path(__file__).parents[3] / "seeds").glob("*.txt"))

BRIDGE = (
    "Le pont de la Loire rouvre lundi après deux ans de travaux",
    (
        "Fermé depuis deux ans, le pont de la Loire rouvre lundi aux voitures comme aux piétons, a annoncé la mairie. "
        "Les travaux ont coûté douze millions d'euros, soit trois de plus que prévu.\n\n"
        "Le maire, Paul Durand, a salué « la patience des riverains ». Un marché s'installera sur le quai dimanche."
    ),
)
HARVEST = (
    "Une récolte de cerises compromise par le gel d'avril",
    (
        "Dans les vergers de la vallée, la récolte de cerises sera réduite de moitié, selon la chambre d'agriculture. "
        "Le gel de la fin avril a brûlé les fleurs.\n\n"
        "« Nous n'avons rien vu de tel depuis trente ans », dit Claire Martin, qui cultive dix hectares. Les cerises "
        "qui restent seront vendues plus cher."
    ),
)
LIBRARY = (
    "La bibliothèque prolonge ses horaires pendant les examens",
    (
        "Jusqu'au 30 juin, la bibliothèque universitaire fermera à minuit. Les étudiants le demandaient. "
        "Cent places de plus sont ouvertes au sous-sol, et le bar vendra du café jusqu'à onze heures."
    ),
)
RATES = (
    "CENTRAL BANK LEAVES ITS RATES UNCHANGED",
    (
        "FRANKFURT, March 26 - The central bank left its key rates unchanged on Thursday, as analysts had expected. "
        "It said that prices had risen less than it feared and that it would look again in June."
    ),
)
STRIKE = (
    "DOCKERS END A STRIKE OF NINE DAYS AT THE PORT",
    (
        "ROTTERDAM, March 26 - Dockers went back to work on Thursday, their union said. They will be paid "
        "four per cent more, and nobody is to be dismissed for the strike before the end of next year."
    ),
)
ONE_ARTICLE = f"""{BRIDGE[0]}

{BRIDGE[1]}

Des travaux plus longs que prévu

Deux piles du pont reposaient sur du sable, ce que personne à la mairie ne savait avant les travaux. Il a fallu les \
refaire, et Paul Durand a dû demander trois millions de plus à la région, qui les a donnés en mai.

Un marché sur le quai

Le marché de dimanche réunira quarante marchands, des deux côtés de la Loire. La mairie attend dix mille personnes sur \
le pont et sur le quai, et ferme les rues voisines aux voitures dès samedi soir."""
INTERVIEW = f"""{HARVEST[0]}

{HARVEST[1]}

Depuis quand cultivez-vous des cerises ?

Mon grand-père a planté les premiers vergers de la vallée en 1950, et ma mère en a planté d'autres. Je cultive dix \
hectares de cerises depuis vingt ans, et je n'ai pas connu un gel pareil.

Que demandez-vous à la chambre d'agriculture ?

Que le gel soit reconnu comme une catastrophe, pour que la récolte perdue nous soit payée au moins pour moitié. La \
chambre d'agriculture dit qu'elle en parlera au ministre."""
LIVE = """Élections : suivez la soirée en direct

Les bureaux de vote ont fermé à 20 heures dans tout le pays. Le dépouillement commence, et la participation est plus \
forte qu'il y a cinq ans.

22:10 - Le président reconnaît sa défaite

Le président a reconnu sa défaite devant ses partisans et a félicité son adversaire, qui parlera dans la soirée devant \
le siège de son parti.

21:40 - L'opposition en tête

L'opposition est en tête dans toutes les régions, selon les premiers résultats du dépouillement que le ministère a \
publiés. Le président n'a pas encore parlé."""
LIST = """Dix idées pour le week-end en famille

Que faire samedi et dimanche avec des enfants ? Nous avons choisi pour vous dix sorties, du musée à la forêt, sans \
voiture et presque sans argent.

1. Le musée des trains

Le musée des trains ouvre à dix heures et montre trente locomotives à vapeur, dont une roule encore le dimanche \
après-midi pour les enfants.

2. La forêt de Brocéliande

Un train y mène en une heure depuis la gare, et un sentier de quatre kilomètres fait le tour de l'étang sous les \
chênes, avec des tables pour le repas."""


def joined(*articles: tuple[str, str], between: str = "\n\n") -> str:
    return between.join(f"{headline}\n\n{prose}" for headline, prose in articles)


def headlines(text: str) -> list[str]:
    division = divide(text)
    return [] if division is None else [text[start:end].partition("\n")[0] for start, end in division.spans]


@pytest.mark.parametrize(
    "between", ["\n\n", "\n\n\n\n", "\n\n***\n\n", "\n\n-----\n\n", "\n* * *\n", "\r\n\r\n____\r\n"]
)
def test_articles_under_their_headlines_are_told_apart_with_and_without_rules(between: str) -> None:
    assert headlines(joined(BRIDGE, HARVEST, LIBRARY, between=between)) == [BRIDGE[0], HARVEST[0], LIBRARY[0]]


def test_dispatches_set_in_lines_are_told_apart() -> None:
    wired = [(headline, textwrap.fill(prose, 65, subsequent_indent="  ")) for headline, prose in (RATES, STRIKE)]
    assert headlines(joined(*wired)) == [RATES[0], STRIKE[0]]


@pytest.mark.parametrize(
    "text",
    [
        ONE_ARTICLE,
        INTERVIEW,
        LIVE,
        LIST,
        joined(BRIDGE),
        BRIDGE[1],
        "",
        "\n\n",
        "Un titre",
        "\n\n".join(["Un titre"] * 9),
    ],
    ids=["intertitres", "interview", "live", "list", "one", "prose", "nothing", "blank", "a headline", "headlines"],
)
def test_one_article_stays_whole_whatever_headings_it_has(text: str) -> None:
    assert divide(text) is None


@pytest.mark.parametrize("between", ["\n\n***\n\n", "\n\n\n\n"])
def test_where_articles_are_set_apart_an_intertitre_that_is_not_begins_none(between: str) -> None:
    mixed = (BRIDGE[0], f"{BRIDGE[1]}\n\n{LIBRARY[0]}\n\n{LIBRARY[1]}")
    assert headlines(joined(mixed, HARVEST, STRIKE, between=between)) == [BRIDGE[0], HARVEST[0], STRIKE[0]]


def test_a_headline_with_a_kicker_begins_one_article() -> None:
    text = joined(BRIDGE, HARVEST, between="\n\n\n\nAgriculture\n\n")
    division = divide(text)
    assert division is not None
    assert len(division.spans) == 2


@pytest.mark.parametrize("seed", SEEDS, ids=lambda path: path.name[:3])
def test_of_the_seeds_one_holds_three_articles_and_the_others_one_each(seed: Path) -> None:
    text = seed.read_text(encoding="utf-8")
    expected = {
        "004": [
            "Des services secrets, nou",
            "Au grand dam de la Maison",
            "Nouvelles propositions po",
        ]
    }
    assert [headline[:25] for headline in headlines(text)] == expected.get(seed.name[:3], [])


def test_the_date_above_all_is_claimed_by_those_that_do_not_have_it_in_their_text() -> None:
    text = "mercredi 13 juillet 2016\n\n" + joined(BRIDGE, HARVEST, LIBRARY, between="\n\n\n\n")
    parts = split(ReadDocument(text, "text/plain", "utf-8"))
    assert isinstance(parts, Parts)
    dated = (Claim(field="published", value="mercredi 13 juillet 2016", origin="split"),)
    assert [document.claims for document in parts.documents] == [(), dated, dated]
    assert parts.documents[0].text.startswith("mercredi 13 juillet 2016")


def test_each_part_keeps_what_is_claimed_of_all_and_says_which_it_is() -> None:
    whole = Claim(field="title", value="Le bulletin du jour", origin="front-matter")
    day = Claim(field="published", value="2016-07-13", origin="front-matter")
    text = "13/07/2016\n\n" + joined(BRIDGE, HARVEST, between="\n\n---\n\n")
    parts = split(ReadDocument(text, "text/markdown", "utf-8", claims=(whole, day)))
    assert isinstance(parts, Parts)
    assert [document.claims for document in parts.documents] == [(day,), (day,)]
    places = [document.part for document in parts.documents]
    assert [part.number for part in places if part] == [1, 2]
    assert [text[part.start : part.end] for part in places if part] == [document.text for document in parts.documents]
    assert 0.5 < parts.confidence <= 1


def test_a_document_that_holds_one_article_is_given_back_as_it_is() -> None:
    document = ReadDocument(ONE_ARTICLE, "text/plain", "utf-8")
    assert split(document) is document


PIECES = st.sampled_from(
    [*BRIDGE, *HARVEST, *LIBRARY, *RATES, "***", "---", "\n", "\r\n", "\u2028", "\x0b", "Un mot", "é\ufeff", "  "]
)


@given(st.lists(PIECES, max_size=25), st.sampled_from(["\n", "\n\n", "\r\n\r\n", "\n\n\n", ""]))
@settings(max_examples=150, deadline=None)
def test_the_spans_tile_the_text_whatever_it_is(pieces: list[str], between: str) -> None:
    text = between.join(pieces)
    division = divide(text)
    if division is not None:
        assert "".join(text[start:end] for start, end in division.spans) == text
        assert all(text[start:end].strip() for start, end in division.spans)
        assert 0 <= division.confidence <= 1


def test_a_text_file_is_read_as_what_it_holds() -> None:
    digest = joined(BRIDGE, HARVEST, LIBRARY, between="\n\n***\n\n").encode()
    assert isinstance(read(Source(digest, "bulletin.txt"), max_text_bytes=10_000), Parts)
    assert isinstance(read(Source(digest, "bulletin.md"), max_text_bytes=10_000), Parts)
    assert isinstance(read(Source(joined(BRIDGE).encode(), "pont.txt"), max_text_bytes=10_000), ReadDocument)


def test_what_one_title_is_given_to_is_one_article_whatever_headings_it_has() -> None:
    digest = joined(BRIDGE, HARVEST, LIBRARY, between="\n\n***\n\n")
    told = Source(digest.encode(), "entry.txt", claims=(Claim(field="title", value="Trois idées", origin="feed"),))
    assert isinstance(read(told, max_text_bytes=10_000), ReadDocument)
    post = Source(f"---\ntitle: Trois idées\n---\n{digest}".encode(), "post.md")
    assert isinstance(read(post, max_text_bytes=10_000), ReadDocument)


def test_each_part_is_measured_and_not_the_whole() -> None:
    digest = joined(BRIDGE, HARVEST, LIBRARY, between="\n\n***\n\n").encode()
    assert isinstance(read(Source(digest, "bulletin.txt"), max_text_bytes=len(digest) - 1), Parts)


@pytest.mark.parametrize("below", ["\n", "\n\n"])
def test_two_articles_are_told_where_the_text_opens_with_the_number_of_the_first(below: str) -> None:
    counted = "\n\n".join(f"{n}) {title}{below}{prose}" for n, (title, prose) in enumerate((FERRY, MINE), 1))
    division = divide(counted)
    assert division is not None
    assert [counted[start:end][:2] for start, end in division.spans] == ["1)", "2)"]
    assert divide(f"What the islands and the farmers say\n\n{counted}") is None  # they may be its sections
