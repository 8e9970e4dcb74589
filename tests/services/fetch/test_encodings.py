"""What is said of an encoding is believed where the text then reads like one; mojibake is undone where it is proven."""

import pytest

from services.fetch.core.charsets import told_codec
from services.fetch.core.decoding import decode
from services.fetch.core.document import ReadDocument, Source
from services.fetch.core.html import declared_encoding
from services.fetch.core.mojibake import repaired
from services.fetch.core.oddness import reads_oddly
from services.fetch.core.reading import read

FRENCH = "Le président a reçu les blessés de l'hôpital à Noël ; déjà, l'été dernier, la préfecture s'était inquiétée."
RUSSIAN = "Сегодня в столице прошли переговоры о мире, сообщает агентство. Встреча продолжится завтра."
POLISH = "Prezydent oświadczył dziś, że żołnierze wrócą do kraju jeszcze w tym miesiącu. Będzie głosowanie."
GREEK = "Η κυβέρνηση ανακοίνωσε σήμερα νέα μέτρα για την οικονομία και τις συντάξεις."
KOREAN = "대통령은 오늘 서울에서 열린 회의에서 새로운 정책을 발표했다."
CHINESE = "总统今天在首都举行的会议上宣布了新的政策,会谈将于明天继续进行。"


@pytest.mark.parametrize(
    ("text", "codec"),
    [(FRENCH, "cp1252"), (RUSSIAN, "cp1251"), (RUSSIAN, "koi8-r"), (POLISH, "iso8859-2"), (GREEK, "iso8859-7")],
)
def test_a_true_word_is_believed(text: str, codec: str) -> None:
    assert decode(text.encode(codec), codec).encoding == codec


@pytest.mark.parametrize(
    ("text", "codec", "lie"),
    [
        (FRENCH, "cp1252", "cp1251"),
        (FRENCH, "cp1252", "iso8859-7"),
        (FRENCH, "utf-8", "cp1252"),
        (RUSSIAN, "cp1251", "cp1252"),
        (RUSSIAN, "koi8-r", "cp1251"),
        (RUSSIAN, "utf-8", "koi8-r"),
        (POLISH, "iso8859-2", "cp1251"),
        (GREEK, "cp1253", "cp1252"),
        (KOREAN, "cp949", "cp1252"),
        (CHINESE, "gb18030", "cp1252"),
        (KOREAN, "iso2022_kr", "cp1252"),
        (FRENCH, "utf-16-le", "cp1252"),
    ],
)
def test_a_word_under_which_the_text_reads_oddly_is_not(text: str, codec: str, lie: str) -> None:
    assert decode(text.encode(codec), lie).text == text


@pytest.mark.parametrize(
    ("text", "codec", "lie"),
    [(RUSSIAN, "koi8-r", "windows-1251"), (RUSSIAN, "cp1251", "koi8-r"), (POLISH, "iso8859-2", "windows-1251")],
)
def test_a_page_that_says_what_is_not_so_is_not_believed_by_statistics_either(text: str, codec: str, lie: str) -> None:
    page = f'<!DOCTYPE html><html><head><meta charset="{lie}"><title>{text}</title></head><body><p>{text}</p></body>'
    data = page.encode(codec)

    assert decode(data, declared_encoding(data)).encoding == codec


def test_the_first_of_two_words_that_fits_is_believed() -> None:
    assert decode(POLISH.encode("iso8859-2"), "utf-16-le", "cp1251", "iso8859-2").text == POLISH
    assert decode(CHINESE.encode("utf-16-le"), "utf-16-le").text == CHINESE


def test_what_was_brought_with_a_charset_is_read_by_it() -> None:
    found = read(Source("Ĉu ŝi ĝin aŭdis?".encode("iso8859-3"), "a.txt", charset="ISO-8859-3"), max_text_bytes=1000)
    assert isinstance(found, ReadDocument)
    assert (found.text, found.encoding) == ("Ĉu ŝi ĝin aŭdis?", "iso8859-3")


@pytest.mark.parametrize(
    ("label", "codec"),
    [
        ("UTF-16", "utf-16-le"),
        (' "iso-8859-1" ', "cp1252"),
        ("utf-8", None),
        ("unicode_escape", None),
        ("", None),
        (None, None),
    ],
)
def test_a_label_is_a_charset_or_nothing(label: str | None, codec: str | None) -> None:
    assert told_codec(label) == codec


@pytest.mark.parametrize("text", [FRENCH, RUSSIAN, POLISH, GREEK, KOREAN, CHINESE, "plain", "", "iPhone McDonald é"])
def test_what_is_written_rightly_reads_like_it(text: str) -> None:
    assert not reads_oddly(text)


@pytest.mark.parametrize("taken_for", ["cp1252", "cp1251", "cp1250", "mac-roman"])
@pytest.mark.parametrize("text", [FRENCH, "« L'été », dit-elle — “c’est la guerre”.", RUSSIAN])
def test_utf8_that_was_taken_for_something_else_is_undone_or_left(text: str, taken_for: str) -> None:
    try:
        garbled = text.encode().decode(taken_for)
    except UnicodeDecodeError:
        garbled = text.encode().decode("latin-1")
    found = decode(garbled.encode())
    assert (found.text, found.encoding[:8]) in {(text, "utf-8-as"), (garbled, "utf-8")}
    if taken_for == "cp1252":
        assert found.text == text


def test_mojibake_of_mojibake_is_undone() -> None:
    twice = FRENCH.encode().decode("cp1252").encode().decode("cp1252")
    assert repaired(twice) == (FRENCH, "cp1252")


@pytest.mark.parametrize("taken_for", ["latin-1", "cp1252"])
@pytest.mark.parametrize(("text", "codec"), [(RUSSIAN, "cp1251"), (RUSSIAN, "koi8-r"), (GREEK, "cp1253")])
def test_another_script_that_was_taken_for_western_letters_is_undone(text: str, codec: str, taken_for: str) -> None:
    text = f"{text} — {text}"
    found = decode(text.replace("—", "-" if codec == "koi8-r" else "—").encode(codec).decode(taken_for).encode())

    assert (found.text.replace(" - ", " — "), found.encoding) == (text, f"{codec}-as-cp1252")


@pytest.mark.parametrize(
    "text",
    [
        f"{FRENCH} « Âàáâ » est ce qu'on lisait : Óêðàäåííûé àòëàñ âåðíóëñÿ â ãîðîä Ðÿçàíü.",
        "ÀÉÈÙ ÂÊÎÔ ÄËÏÖ ÑÕÃÇ ÁÍÓÚ",
        RUSSIAN,
        POLISH,
    ],
)
def test_a_few_words_that_were_taken_for_others_are_left_as_they_are(text: str) -> None:
    assert decode(text.encode()).text == text


@pytest.mark.parametrize(
    "text",
    [
        FRENCH,
        RUSSIAN,
        f"{FRENCH} Et ceci est faux : « Ã©tÃ© ».",
        "Ã la carte, São Tomé, Ångström",
        "AÇÃO: decisão é às 15h",
        "2 × 3 € £ © ® ™ – — … « »",
        "lost \ufffd Ã© byte",
        "plain",
        "",
    ],
)
def test_what_is_not_proven_is_left_as_it_is(text: str) -> None:
    assert repaired(text) is None
    assert decode(text.encode()).text == text
