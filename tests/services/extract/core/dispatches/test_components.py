"""A dispatch that an article quotes is a passage of its own, with its agency and the line above it."""

from pathlib import Path

import pytest

from services.extract.core.dispatches.components import components
from services.extract.core.metadata.furniture import furniture

SEEDS = Path(__file__).parents[5] / "seeds"
PROSE = (
    "Le pont de la Loire a été fermé lundi à toutes les voitures, a annoncé la mairie dans un message aux riverains. "
)
COMMENT = PROSE * 2
DISPATCH = "Le pont de la Loire restera fermé jusqu'à la fin du mois de mars, selon la mairie. " * 3


def found(text: str) -> list[tuple[str, str | None, str | None]]:
    return [(text[one.start : one.end].strip(), one.agency, one.headline) for one in components(text)]


def test_a_dispatch_behind_the_line_that_announces_it_goes_on_until_its_marks_close() -> None:
    quoted = f"« {DISPATCH}\n\n« Nous verrons », a dit le maire.\n\n{DISPATCH.strip()} »"
    text = f"{COMMENT}\n\nVoici la dépêche de l'AFP sur le pont :\n\n{quoted}\n\n{COMMENT}"
    assert found(text) == [(quoted, "AFP", None)]


def test_without_marks_it_goes_on_until_a_rule_or_the_end() -> None:
    text = f"{COMMENT}\n\nThe dispatch by reuters:\n\n{DISPATCH.strip()}\n\n{DISPATCH.strip()}\n\n*****\n\n{COMMENT}"
    assert found(text) == [(f"{DISPATCH.strip()}\n\n{DISPATCH.strip()}", "Reuters", "The dispatch by reuters")]


def test_a_dateline_below_a_rule_tells_a_dispatch_too() -> None:
    dispatch = f"NANTES, 12 juil (AFP) - {DISPATCH.strip()}"
    text = f"{COMMENT}\n\n*****\n\nLe pont restera fermé\n\n{dispatch}"
    assert found(text) == [(dispatch, "AFP", "Le pont restera fermé")]
    assert found(f"{COMMENT}\n\n*****\n\n{dispatch}") == [(dispatch, "AFP", None)]


@pytest.mark.parametrize(
    "text",
    [
        f"NANTES, 12 juil (AFP) - {DISPATCH}\n\n*****\n\nPARIS, 12 juil (AFP) - {DISPATCH}",
        f"{COMMENT}\n\nUne dépêche de la semaine dernière le disait :\n\n« {DISPATCH} »",
        f"{COMMENT}\n\nL'AFP a demandé au maire ce qu'il en pensait :\n\n« {DISPATCH} »",
        f"{COMMENT}\n\nLa dépêche de l'AFP :\n\n« Le pont est fermé. »",
        f"{COMMENT}\n\nLa dépêche de l'AFP :",
        f"{COMMENT}\n\nNANTES, 12 juil (AFP) - {DISPATCH}",
        COMMENT,
        "",
    ],
    ids=["a dispatch itself", "of nobody", "no dispatch", "a line", "nothing follows", "no rule", "prose", "nothing"],
)
def test_what_is_no_dispatch_within_an_article_is_none(text: str) -> None:
    assert found(text) == []


def test_of_the_seeds_one_quotes_a_dispatch() -> None:
    texts = {path.name[:3]: path.read_text(encoding="utf-8") for path in SEEDS.glob("*.txt")}
    quoting = {name: found(text) for name, text in texts.items() if found(text)}
    [(passage, agency, headline)] = quoting.pop("003")
    assert quoting == {}
    assert agency == "Sputnik"
    assert headline is not None
    assert headline.startswith("Le contenu de la dépêche de sputnik news")
    assert passage.startswith("« Les forces de la coalition")
    assert passage.endswith("sous les ruines de la ville. »")


HEADLINE, LEAD = "Le pont restera fermé", f"NANTES, 12 juil (AFP) - {DISPATCH.strip()}"
SENT = "Un lecteur nous l'envoie et demande ce que nous en pensons."


@pytest.mark.parametrize(
    ("quoted", "headline"),
    [
        (f"« {LEAD} »", None),
        (f"« {HEADLINE}\n\n{LEAD}\n\n{DISPATCH.strip()} »", HEADLINE),
        (f'"{HEADLINE}\n\n{LEAD}"', HEADLINE),
        (f'"{HEADLINE}\n\n"{LEAD}\n\n"{DISPATCH.strip()}"', HEADLINE),
        (f"“{HEADLINE}\n\n“{LEAD}\n\n“{DISPATCH.strip()}”", HEADLINE),
        (f"« {LEAD}\n\n« Nous verrons », a dit le maire. »", None),
        (f"> {HEADLINE}\n>\n> {LEAD}\n> {DISPATCH.strip()}", HEADLINE),
        (f"> {DISPATCH.strip()} (AFP)", None),
        (f"« {DISPATCH.strip()} (AFP) »", None),
    ],
    ids=["lead", "headline", "straight", "reopened straight", "reopened", "nested", "signs", "credit", "inner credit"],
)
def test_a_dispatch_set_as_a_quotation_is_told_by_its_agency(quoted: str, headline: str | None) -> None:
    assert found(f"{COMMENT}\n\n{SENT}\n\n{quoted}\n\n{COMMENT}") == [(quoted, "AFP", headline)]


def test_its_headline_may_stand_above_its_marks_but_is_not_the_articles_own() -> None:
    quoted = f"« {LEAD} »"
    assert found(f"{COMMENT}\n\n{SENT}\n\n{HEADLINE}\n\n{quoted}\n\n{COMMENT}") == [(quoted, "AFP", HEADLINE)]
    assert found(f"La chronique du jeudi\n\n{quoted}\n\n{COMMENT}") == [(quoted, "AFP", None)]


def test_a_source_line_above_the_marks_or_before_them_tells_the_agency() -> None:
    quoted = f"« {DISPATCH.strip()} »"
    assert found(f"{COMMENT}\n\nAFP, 12 juillet : {quoted}\n\n{COMMENT}") == [(quoted, "AFP", None)]
    assert found(f"{COMMENT}\n\nAFP, 12 juillet :\n\n{quoted}\n\n{COMMENT}") == [(quoted, "AFP", None)]


def test_where_a_colon_leads_to_a_dateline_its_lead_is_told_or_all_up_to_its_source_line() -> None:
    lead = f"{COMMENT}\n\nVoici ce que l'on en sait :\n\n{HEADLINE}\n\n{LEAD}"
    assert found(f"{lead}\n\n{COMMENT}") == [(LEAD, "AFP", HEADLINE)]
    assert found(f"{lead}\n\n{DISPATCH.strip()} (AFP)\n\n{COMMENT}") == [
        (f"{LEAD}\n\n{DISPATCH.strip()} (AFP)", "AFP", HEADLINE)
    ]
    assert found(f"{lead}\n\n*****\n\n{DISPATCH.strip()} (AFP)\n\n{COMMENT}") == [(LEAD, "AFP", HEADLINE)]


def test_an_announced_dispatch_behind_signs_ends_with_them() -> None:
    quoted = f"> {DISPATCH.strip()}\n> {DISPATCH.strip()}"
    text = f"{COMMENT}\n\nLa dépêche de l'AFP :\n\n{quoted}\n\n{COMMENT}"
    assert found(text) == [(quoted, "AFP", "La dépêche de l'AFP")]


@pytest.mark.parametrize(
    "passage",
    [
        "Voici {0} :\n\nPARIS (AFP) - Un mot de plus dans ce texte {0} qui continue.\n\n",
        "Voici {0} :\n\nPARIS (AFP) - Un mot de plus {0}.\n\n*****\n\nUn mot. (AFP)\n\n",
        "Voici une dépêche de l'AFP {0} :\n\n« Un mot {0}. »\n\n",
        "Voici une dépêche de l'AFP {0} :\n\nUn mot {0}.\n\n*****\n\n",
    ],
    ids=["led to", "led to, above a rule", "announced, in marks", "announced, above a rule"],
)
def test_whether_a_line_is_a_rule_is_asked_once_however_many_dispatches_could_end_there(
    passage: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = list[str]()

    def counted(line: str) -> object:
        asked.append(line)
        return furniture(line)

    monkeypatch.setitem(components.__globals__, "furniture", counted)
    text = COMMENT + "\n\n" + "".join(passage.format(number) for number in range(60))
    components(text)
    assert 0 < len(asked) <= text.count("\n\n")


@pytest.mark.parametrize(
    "quoted",
    [f"« {LEAD}", f'"{LEAD}', f"« {DISPATCH.strip()} »", f"« {DISPATCH.strip()} » (AFP)", f"> {DISPATCH.strip()}"],
    ids=["never closed", "never closed, straight", "no agency", "a credit of the article's own", "an answer to a mail"],
)
def test_a_quotation_without_evidence_of_its_agency_or_end_is_no_dispatch(quoted: str) -> None:
    assert found(f"{COMMENT}\n\n{SENT}\n\n{quoted}\n\n{COMMENT}") == []
