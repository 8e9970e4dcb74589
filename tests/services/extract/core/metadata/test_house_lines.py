"""What agencies, press offices and sites of many languages set around an article: each line is one habit."""

from collections.abc import Callable

import pytest

from services.extract.core.metadata import Metadata

Read = Callable[..., Metadata]
TITLE = "Convoy turned back as the road to the north is closed"
PROSE = (
    "A convoy was turned back on Monday after shelling closed the road to the north of the country, two people said."
)
MORE = "The trucks had been held at a checkpoint for days, and the drivers were tired but unharmed, one of them said."


def body(found: Metadata, text: str) -> str:
    return "\n".join(text[span.start : span.end] for span in found.body)


@pytest.mark.parametrize(
    "line",
    [
        "BC-ZARBIA-CONFLICT/AID (UPDATE 2)",
        "ZARBIA-CRISIS/NORTH",
        "FOR IMMEDIATE RELEASE",
        "PRESSEMITTEILUNG",
        "Comunicado de prensa",
        "بيان صحفي",
        "Home › World › Zarbia",
        "Home / News / Security",
        "Inicio > Internacional > Convoy turned back, again",
        "الرئيسية » أخبار » ليبيا",
        "HOME   NEWS   SPORTS   OBITUARIES   E-EDITION",
        "Aa Share",
    ],
)
def test_what_a_house_sets_above_its_headline_is_neither_headline_nor_prose(read: Read, line: str) -> None:
    text = f"{line}\n\n{TITLE}\n\n{PROSE}\n\n{MORE}\n"
    found = read(text)
    assert (found.title.text if found.title else None) == TITLE
    assert body(found, text) == f"{PROSE}\n\n{MORE}"


@pytest.mark.parametrize(
    "line",
    [
        "(Adds quotes from the army, paragraphs 5-7)",
        "(Actualiza con declaraciones del ministro)",
        "Licensing Rights, opens new tab",
        "Additional reporting by Jane Holloway and John Miller",
        "(ha collaborato Ruggero Rossi)",
        "Subscribe today and get your first month for $1.",
        "Join our WhatsApp channel for breaking news: click here",
        "Sign up to Morning Wire, our free politics email",
        "تابعوا آخر الأخبار عبر قناتنا على تليغرام",
        "Contact Jane Holloway at jholloway@example.org or 555-0148.",
        "Do you have an important success story, news, or opinion article to share with us? Write to us.",
        "People wait at the gate. (AFP/File)",
        "Rescuers look for survivors in the port (Reuters)",
        "© dpa-infocom, dpa:230320-99-18834/4",
        "© RIPRODUZIONE RISERVATA",
    ],
)
def test_what_a_house_sets_below_is_no_prose(read: Read, line: str) -> None:
    text = f"{TITLE}\n\n{PROSE}\n\n{MORE}\n\n{line}\n"
    assert body(read(text), text) == f"{PROSE}\n\n{MORE}"


def test_notes_for_editors_and_all_below_are_no_prose_and_tell_whose_release_it_is(read: Read) -> None:
    text = f"PRESS RELEASE\n\n{TITLE}\n\n{PROSE}\n\n{MORE}\n\nENDS\n\nNotes to editors:\nPhotos are available here.\n\n"
    text += "About Rivers Relief\nRivers Relief is a body of doctors that was founded long ago.\n"
    found = read(text)
    assert body(found, text) == f"{PROSE}\n\n{MORE}"
    assert found.publisher is not None
    assert found.publisher.name == "Rivers Relief"


@pytest.mark.parametrize(
    "sentence",
    [
        "Join us, she said, and the crowd in the square did so without asking why they should.",
        "Subscribe to a view long enough, he warned, and it becomes the only one that you have.",
        "She went home > and never came back, as the neighbours of the family said on that evening.",
    ],
)
def test_sentences_that_begin_alike_stay(read: Read, sentence: str) -> None:
    text = f"{TITLE}\n\n{PROSE}\n\n{sentence}\n\n{MORE}\n"
    assert sentence in body(read(text), text)


@pytest.mark.parametrize(
    ("lines", "names"),
    [
        ("JANE HOLLOWAY\nMarch 3, 2019", ["Jane Holloway"]),
        ("March 3, 2019\nJane Holloway", ["Jane Holloway"]),
        ("JANE HOLLOWAY | Elm City Courier\nMarch 3, 2019", ["Jane Holloway"]),
        ("By Jane Holloway, Political Correspondent\nMarch 3, 2019", ["Jane Holloway"]),
        ("Anne Martin (Text), Jean Petit (Bilder), Bern\n3. März 2019", ["Anne Martin"]),
        ("درنة - سلمى الدرعاوي\n15 سبتمبر 2023", ["سلمى الدرعاوي"]),
        ("بقلم سلمى الدرعاوي\n15 سبتمبر 2023", ["سلمى الدرعاوي"]),
    ],
)
def test_authors_are_told_beside_the_date_with_a_role_or_a_paper(read: Read, lines: str, names: list[str]) -> None:
    tag = "ar" if "س" in lines else "de" if "März" in lines else "en"
    text = f"{TITLE}\n\n{lines}\n\n{PROSE}\n\n{MORE}\n"
    found = read(text, tag)
    assert [name.name for name in found.byline] == names
    assert found.published is not None


def test_a_date_between_headline_and_prose_of_a_copied_page_is_the_articles_day(read: Read) -> None:
    text = f"Home / News\n\n{TITLE}\n\nAugust 16, 2022\n\nShare on Facebook\nTweet on Twitter\nWhatsApp\n\n{PROSE}\n\n"
    text += f"ALSO READ: Marketers give seven days\n\n{MORE}\n\nCopyright Elm Herald. All rights reserved.\n"
    found = read(text)
    assert found.published is not None
    assert found.published.value == "2022-08-16"


def test_a_time_in_gmt_and_hours_is_put_into_utc(read: Read) -> None:
    found = read(f"{TITLE}\n\nOctober 14, 2023 3:12 PM GMT+3 · Updated an hour ago\n\n{PROSE}\n\n{MORE}\n")
    assert found.published is not None
    assert found.published.value == "2023-10-14T12:12Z"
