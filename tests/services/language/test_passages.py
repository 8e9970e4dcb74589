"""Passages in other languages than the text's."""

from itertools import pairwise

import pytest

from services.language import core, model

FRENCH = (
    "Le gouvernement a annoncé mardi une réforme des retraites que les syndicats refusent de discuter.",
    "Les négociations doivent reprendre la semaine prochaine à Paris, selon une source proche du ministère.",
    "Personne ne sait encore ce que décideront les députés de la majorité.",
)
ENGLISH = "The government said on Tuesday that it would not discuss the reform before the end of the month."
CAPTION = (
    "Sen. Jane Doe (R-TX) (L) speaks with the leader of the House John Roe (D-NY) after voting on H.R. 7. (AP photo)"
)
RUSSIAN = "Правительство во вторник объявило о реформе, которую профсоюзы отказываются обсуждать до конца месяца."


@pytest.fixture(scope="module")
def opinions() -> core.Opinions:
    return model.load()


def passages(text: str, opinions: core.Opinions) -> list[tuple[str, str]]:
    return [(span.tag, text[span.start : span.end]) for span in core.detect(text, opinions).spans]


@pytest.mark.parametrize(
    ("template", "tag", "passage"),
    [
        ("{0} {1}\n{passage}\n{2}", "en", ENGLISH),
        ("{0}\n  {passage}  \n{1} {2}", "en", CAPTION),
        ("{0} {passage} {1} {2}", "en", ENGLISH),
        ("{0} « {passage} », a-t-il dit. {1} {2}", "en", ENGLISH),
        ("{passage}\n{0} {1} {2}", "ru", RUSSIAN),
        ("{0} {1} {2}\n\n({passage})", "de", "Die Regierung hat am Dienstag eine Reform angekündigt, die niemand will"),
        ("{0} (en arabe {passage}/Hayat) {1}", "ar", "هيئة تحرير الشام"),
        ("{0} ({passage}) {1}", "he", "כוחות ההגנה"),
        ("{0} ({passage}) {1}", "el", "Ελληνική Δημοκρατία"),
        ("{0} ({passage}) {1}", "ko", "조선민주주의"),
        ("{0} ({passage}) {1}", "ja", "ニュースの時間"),
        ("{0} ({passage}) {1}", "zh-Hans", "中国人民解放军"),
        ("{0} ({passage}) {1}", "uk", "Верховна Рада України"),
    ],
)
def test_a_passage_in_another_language_is_found_without_the_space_around_it(
    template: str, tag: str, passage: str, opinions: core.Opinions
) -> None:
    text = template.format(*FRENCH, passage=passage)
    found = passages(text, opinions)
    assert [(one, words.strip("().")) for one, words in found] == [(tag, passage.strip("()."))]
    assert all(words == words.strip() for _, words in found)
    assert core.detect(text, opinions).tag == "fr"


@pytest.mark.parametrize(
    "name",
    [
        "New York Times",
        "Massachusetts Institute of Technology",
        "Bank of America Merrill Lynch",
        "Frankfurter Allgemeine Zeitung",
        "Max Margulis, Pete Johnson, Abe Bolar, Alfred Lion et Ulysses Livingston",
        "Москва",
        "Достопримечательность",
        "α",
        "北京",
        "weekend",
        "Schadenfreude",
    ],
)
def test_names_and_single_words_are_no_passages(name: str, opinions: core.Opinions) -> None:
    assert passages(f"{FRENCH[0]} Il cite {name}, dit-il. {FRENCH[1]} ({name})", opinions) == []


def test_names_in_latin_letters_are_no_passages_of_a_russian_text(opinions: core.Opinions) -> None:
    assert passages(f"{RUSSIAN} По данным New York Times и Wall Street Journal, это так. {RUSSIAN}", opinions) == []


def test_words_whose_script_is_all_they_tell_are_tagged_with_it() -> None:
    text = f"{FRENCH[0]} (Олег Попов) {FRENCH[1]}"
    assert [(span.tag, text[span.start : span.end]) for span in core.detect(text).spans] == [("und-Cyrl", "Олег Попов")]


def test_neighbours_in_the_same_language_are_one_passage(opinions: core.Opinions) -> None:
    text = "\n".join((FRENCH[0], ENGLISH, ENGLISH, *FRENCH[1:]))
    assert passages(text, opinions) == [("en", f"{ENGLISH}\n{ENGLISH}")]


def test_a_quotation_on_its_own_line_keeps_its_marks(opinions: core.Opinions) -> None:
    assert passages(f"{FRENCH[0]}\n« {ENGLISH} »\n{FRENCH[1]}", opinions) == [("en", f"« {ENGLISH} »")]


def test_passages_in_two_languages_side_by_side_are_two(opinions: core.Opinions) -> None:
    text = "\n".join((*FRENCH, ENGLISH, RUSSIAN))
    assert passages(text, opinions) == [("en", ENGLISH), ("ru", RUSSIAN)]


def test_of_two_languages_the_one_with_more_text_is_the_document_s(opinions: core.Opinions) -> None:
    text = "\n".join((ENGLISH, *FRENCH, ENGLISH))
    assert core.detect(text, opinions).tag == "fr"
    assert passages(text, opinions) == [("en", ENGLISH), ("en", ENGLISH)]


def test_a_sentence_that_all_name_against_a_close_language_is_a_passage(opinions: core.Opinions) -> None:
    ukrainian = "Уряд у вівторок оголосив про реформу, яку профспілки відмовляються обговорювати до кінця місяця."
    russian = "Документов в госпитале действительно не было."
    assert passages(f"{ukrainian} {ukrainian}\n{russian}", opinions) == [("ru", russian)]


def test_an_address_ends_no_passage(opinions: core.Opinions) -> None:
    text = "\n".join((*FRENCH, f"{ENGLISH} https://example.org/une-page {ENGLISH}"))
    assert [tag for tag, _ in passages(text, opinions)] == ["en"]


def test_passages_are_in_order_and_never_overlap(opinions: core.Opinions) -> None:
    text = (
        f"{FRENCH[0]} {RUSSIAN} (هيئة تحرير الشام) {ENGLISH[:-1]} (هيئة تحرير الشام) and so on. {FRENCH[1]} {FRENCH[2]}"
    )
    spans = core.detect(text, opinions).spans
    assert len(spans) >= 4
    assert all(one.end <= other.start for one, other in pairwise(spans))
