"""A dispatch that no marks set apart ends where it says so, or where the article that quotes it speaks again."""

from datetime import UTC, datetime

import pytest

from contracts.document import Document
from contracts.language import Language
from services.extract.core.dispatches.components import components
from services.extract.core.layout import Paragraph
from services.extract.core.metadata import read_metadata, shapes

ENGLISH = "How we learned of the lorry\n\nReaders asked for weeks how the story of it had begun, and who told it first."
FRENCH = "Comment le camion a disparu\n\nLes lecteurs demandaient depuis des semaines qui avait raconté cette histoire."
HEADLINE, TITRE = "Lorry with tax files vanishes near Thun", "Un camion de dossiers disparaît près de Thoune"
LEAD = (
    "BERN, Nov 4 (Reuters) - A lorry with forty thousand tax files has vanished between Bern and Thun on Monday night, "
    "and the office in charge of them asks for patience."
)
CHAPEAU = (
    "BERNE, 4 nov (AFP) - Un camion qui portait quarante mille dossiers du fisc a disparu lundi soir entre Berne et "
    "Thoune, et le service qui en a la charge demande de la patience."
)
MORE = "The driver parked it for lunch at an inn, and found nothing but an empty bay when he came back an hour later."
SUITE = "Le chauffeur l'avait garé devant une auberge et n'a retrouvé qu'une place vide une heure plus tard."
OUTER = "Two men in overalls ate soup at the inn that day, and paid the cook for it in coins, as she remembers well."
DEHORS = "Deux hommes en bleu de travail ont mangé une soupe ce jour-là à l'auberge, et l'ont payée en pièces."
REPORT = "The following report by Reuters reached the desk at noon:"
DISPATCH = "This is the dispatch as Reuters sent it:"
DEPECHE = "Voici la dépêche telle que l'AFP l'a envoyée :"


def found(*blocks: str) -> list[tuple[str, str | None]]:
    text = "\n\n".join(blocks)
    return [(text[one.start : one.end], one.headline) for one in components(text)]


@pytest.mark.parametrize("leads", [REPORT, DISPATCH])
@pytest.mark.parametrize(
    "end",
    [
        "(Reporting by Anna Kunz; editing by Paul Roth)",
        "Reporting by Anna Kunz in Bern; Editing by Paul Roth",
        "(Additional reporting by Anna Kunz)\n\n(Editing by Paul Roth)",
        "He has not been found. (Reporting by Anna Kunz; writing by J. Roth)",
        "The police go on. ak/pr/jm",
        "bur-ak/pr",
        "The police go on. (Reuters)",
        "The police go on. Reuters",
        "(Reuters)",
        "Anna Kunz in Zurich contributed to this report.",
    ],
)
def test_in_english_it_ends_with_its_reporters_initials_or_agency(leads: str, end: str) -> None:
    assert found(ENGLISH, leads, HEADLINE, LEAD, MORE, end, OUTER) == [(f"{LEAD}\n\n{MORE}\n\n{end}", HEADLINE)]


@pytest.mark.parametrize(
    "end",
    [
        "(Reportage Anne Kunz, édité par Paul Roth)",
        "(Avec la contribution de Anne Kunz, édité par Paul Roth)",
        "(Édité par Paul Roth)",
        "La police poursuit ses recherches. ak/pr/jm",
        "ak/pr/jm",
        "La police poursuit ses recherches. (AFP)",
    ],
)
def test_in_french_too(end: str) -> None:
    assert found(FRENCH, DEPECHE, TITRE, CHAPEAU, SUITE, end, DEHORS) == [(f"{CHAPEAU}\n\n{SUITE}\n\n{end}", TITRE)]


@pytest.mark.parametrize(
    ("blocks", "back"),
    [
        ((ENGLISH, REPORT, HEADLINE, LEAD, MORE), "We put it on page seven, and went home for the night."),
        ((ENGLISH, DISPATCH, HEADLINE, LEAD, MORE), "Our own reporter drove to the inn on the same afternoon."),
        ((ENGLISH, DISPATCH, HEADLINE, LEAD, MORE), "The cook told us that two men had eaten soup there."),
        ((ENGLISH, DISPATCH, HEADLINE, LEAD, MORE), "The short dispatch does not say who the two men were."),
        ((FRENCH, DEPECHE, TITRE, CHAPEAU, SUITE), "Nous l'avons mise en page sept avant de rentrer."),
        ((FRENCH, DEPECHE, TITRE, CHAPEAU, SUITE), "Dans la soirée, notre rédaction a appelé l'auberge."),
        ((FRENCH, DEPECHE, TITRE, CHAPEAU, SUITE), "Le soir même, nos confrères de Berne ont appelé l'auberge."),
        ((FRENCH, DEPECHE, TITRE, CHAPEAU, SUITE), "Cette dépêche ne disait pas qui étaient les deux hommes."),
    ],
)
def test_without_an_ending_it_ends_before_the_paper_speaks_of_itself_or_of_it(
    blocks: tuple[str, ...], back: str
) -> None:
    whole = [("\n\n".join(blocks[-2:]), blocks[-3])]
    assert found(*blocks, back, OUTER) == whole
    assert found(*blocks, back, f"{OUTER} (Reuters)") == whole, "an ending behind it is the article's own"


@pytest.mark.parametrize(
    "within",
    [
        "“We know nothing of it,” the driver told reporters who had come to the inn from Bern.",
        "« Nous ne savons rien », a dit le chauffeur à ceux qui étaient venus de Berne.",
        "“We know nothing of it.\n\nWe shall ask everybody at the inn about it tomorrow,” the driver said.",
        "The US office did not answer, and neither did the priest of Our Lady of the Lake.",
        "Le camion avait été vu le matin même devant Notre-Dame de Paris, selon la police.",
        "The minister ordered the dispatch of two hundred soldiers to the roads around Thun.",
        "— Nous ne savons rien, a dit le chauffeur à ceux qui étaient venus de Berne.",
        "The driver said that it was the inn's fault and that 'we will not pay for it', as he put it.",
        "The dispatch centre had sent two cars to the inn before noon, the police said.",
        "The files were in a book. Written by Anna Kunz, it tells of taxes in the canton.",
        "They were right. Reporting by Reuters showed that some of the files were lost.",
        "O caminhão foi visto de manhã nos arredores da cidade, disse uma mulher à polícia.",
    ],
)
def test_what_is_said_in_it_and_names_end_no_dispatch(within: str) -> None:
    assert found(ENGLISH, DISPATCH, HEADLINE, LEAD, within, MORE) == [(f"{LEAD}\n\n{within}\n\n{MORE}", HEADLINE)]


def test_one_ends_before_another_is_announced() -> None:
    second = (LEAD, f"{MORE} (Reuters)")
    assert found(ENGLISH, DISPATCH, HEADLINE, LEAD, MORE, "The second dispatch by Reuters:", *second, OUTER) == [
        (f"{LEAD}\n\n{MORE}", HEADLINE),
        ("\n\n".join(second), "The second dispatch by Reuters"),
    ]


@pytest.mark.parametrize("leads", ["And then this came in:", "The same was said in Bern:"])
def test_one_ends_before_a_line_that_leads_to_another_and_names_no_agency(leads: str) -> None:
    end = "(Reporting by Anna Kunz)"
    assert found(ENGLISH, DISPATCH, HEADLINE, LEAD, MORE, leads, LEAD, end, OUTER) == [
        (f"{LEAD}\n\n{MORE}", HEADLINE),
        (f"{LEAD}\n\n{end}", None),
    ]


def test_of_two_below_one_line_the_second_tells_the_end() -> None:
    end = "(Reporting by Anna Kunz)"
    [(whole, _)] = found(ENGLISH, DISPATCH, HEADLINE, LEAD, MORE, LEAD, end, OUTER)
    assert whole == f"{LEAD}\n\n{MORE}\n\n{LEAD}\n\n{end}"


def test_of_many_that_are_announced_each_is_read_up_to_the_next_only(monkeypatch: pytest.MonkeyPatch) -> None:
    asked = list[str]()
    is_prose = shapes.is_prose

    def counted(block: Paragraph) -> bool:
        asked.append(block.text)
        return is_prose(block)

    monkeypatch.setattr(shapes, "is_prose", counted)
    text = f"{ENGLISH}\n\n" + "\n\n".join(f"The dispatch {number} by Reuters:\n\nA word." for number in range(60))
    components(text)
    assert 0 < len(asked) <= 10 * text.count("\n\n")


def test_of_a_lead_behind_a_line_that_names_no_agency_nothing_more_is_taken() -> None:
    assert found(ENGLISH, "What is known so far:", LEAD, OUTER, "We shall see what comes of it in the end.") == [
        (LEAD, None)
    ]


@pytest.mark.parametrize("leads", [REPORT, DISPATCH, "Here is what Reuters wrote in its dispatch that day:", DEPECHE])
def test_a_line_that_presents_it_is_no_headline_but_the_line_below_is(leads: str) -> None:
    end = f"{MORE} (Reuters)"
    assert found(ENGLISH, leads, HEADLINE, LEAD, end) == [(f"{LEAD}\n\n{end}", HEADLINE)]
    assert found(ENGLISH, leads, LEAD, end) == [(f"{LEAD}\n\n{end}", None)]


def test_who_wrote_it_may_stand_between_its_headline_and_its_dateline() -> None:
    own = ("By Anna Kunz", LEAD, f"{MORE} (Reuters)")
    assert found(ENGLISH, DISPATCH, HEADLINE, *own, OUTER) == [("\n\n".join(own), HEADLINE)]


@pytest.mark.parametrize(
    ("blocks", "names"),
    [
        ((ENGLISH, REPORT, HEADLINE, LEAD, MORE, "(Reporting by Anna Kunz; editing by Paul Roth)", OUTER), []),
        ((ENGLISH, DISPATCH, HEADLINE, "By Anna Kunz", LEAD, f"{MORE} (Reuters)", OUTER), []),
        ((FRENCH, DEPECHE, TITRE, CHAPEAU, SUITE, "(Reportage A. Kunz, édité par Paul Roth)", DEHORS), []),
        ((ENGLISH, DISPATCH, HEADLINE, LEAD, MORE, "By Jane Holloway"), ["Jane Holloway"]),
        ((ENGLISH, LEAD, MORE, "(Reporting by Anna Kunz; editing by Paul Roth)"), ["Anna Kunz"]),
    ],
    ids=["reporters", "byline", "in French", "the article's own sign-off", "no dispatch within"],
)
def test_whoever_reported_it_did_not_write_the_article(blocks: tuple[str, ...], names: list[str]) -> None:
    text = "\n\n".join(blocks)
    document = Document(
        source_uri="file:a.txt",
        sha256="0" * 64,
        media_type="text/plain",
        bytes=len(text),
        received_at=datetime(2026, 1, 1, tzinfo=UTC),
        text=text,
    )
    read = read_metadata(document, Language(tag="und", script=None, confidence=1.0), components(text))
    assert [name.name for name in read.byline] == names
