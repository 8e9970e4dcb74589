"""Encodings that statistics do not know, and lines of another encoding in UTF-8: read where the letters prove it."""

import warnings

import pytest

from services.fetch.core.decoding import decode
from services.fetch.core.html import declared_encoding

LATVIAN = (
    "Pilsētas dome otrdienas vakarā apstiprināja jaunu budžetu, lai gan opozīcija iebilda pret nodevu paaugstināšanu. "
    "Iedzīvotāji sūdzas, ka tilta būvdarbi ilgs līdz rudenim, jo remonts kļuvis dārgāks nekā gaidīts."
)
LITHUANIAN = (
    "Miesto taryba antradienio vakarą patvirtino naują biudžetą, nors opozicija prieštaravo mokesčių didinimui. "
    "Gyventojai skundžiasi, kad tilto statybos darbai užtruks iki rudens, nes remontas pabrangęs."
)
PORTUGUESE = (
    "A câmara municipal aprovou o orçamento à noite, embora a oposição tenha protestado contra o aumento das taxas. "
    "Os moradores queixam-se de que os autocarros não circulam há três semanas; a reparação terminará após a eleição."
)
POLISH = (
    "Rada miasta przyjęła we wtorek nowy budżet. Czekaliśmy dość długo, powiedział Łukasz Wójcik, który żąda ścieżki."
)
UKRAINIAN = (
    "Міська рада ухвалила у вівторок новий бюджет. Її мешканці кажуть, що ґанок і міст "
    "ремонтуватимуть до осені, є підрядник."
)
GREEK = (
    "Το δημοτικό συμβούλιο ενέκρινε το βράδυ της Τρίτης τον νέο προϋπολογισμό, παρά τις αντιρρήσεις. "
    "Οι κάτοικοι περιμένουν."
)
FRENCH = "Le café de la gare, fermé à l’été dernier, rouvre déjà là où l’on l’attendait — « enfin », dit-on.\n" * 4


@pytest.mark.parametrize(
    "text",
    [
        "ПОЖАР В ПОРТУ ПОТУШЕН К УТРУ",
        "ПРЕЗИДЕНТ ПОДПИСАЛ УКАЗ О НАЗНАЧЕНИИ МИНИСТРА",
        "Η ΚΥΒΕΡΝΗΣΗ ΠΑΡΑΙΤΗΘΗΚΕ ΤΗΝ ΤΡΙΤΗ",
    ],
)
@pytest.mark.parametrize("encoding", ["koi8-r", "cp1251", "cp866", "iso8859-5", "cp1253", "iso8859-7"])
def test_a_headline_in_capitals_is_read(text: str, encoding: str) -> None:
    try:
        data = text.encode(encoding)
    except UnicodeError:
        return
    assert decode(data).text == text


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        ("LE PRÉSIDENT A ÉTÉ REÇU À L'ÉLYSÉE PAR LES DÉPUTÉS", "cp1252"),
        ("LE PRÉSIDENT A ÉTÉ REÇU À L'ÉLYSÉE PAR LES DÉPUTÉS", "cp850"),
        ("DIE KANZLERIN WÜRDIGTE DIE BEMÜHUNGEN ÄLTERER BÜRGER", "cp1252"),
        ("LA REUNIÓN CON ESPAÑA SERÁ MAÑANA EN LA CAPITAL", "cp1252"),
        ("REGERINGEN FÖRESLÅR ATT SKATTEN HÖJS FRÅN NÄSTA ÅR", "cp1252"),
        ("PREZIDENT ŘEKL, ŽE VLÁDA NEBUDE ČEKAT NA ROZHODNUTÍ ÚSTAVNÍHO SOUDU", "cp1250"),
    ],
)
def test_capitals_with_accents_are_no_other_script(text: str, encoding: str) -> None:
    assert decode(text.encode(encoding)).text == text


@pytest.mark.parametrize("data", [b"\x80", b"\xc0\xc1", b"\xff" * 9, b"A\x90"])
def test_a_few_bytes_that_are_no_text_are_none_of_the_librarys_warnings(data: bytes) -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        assert decode(data).text


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        (LATVIAN, "iso8859-4"),
        (LATVIAN, "cp1257"),
        (LITHUANIAN, "cp1257"),
        (LITHUANIAN, "iso8859-13"),
        *((POLISH, encoding) for encoding in ("mac_latin2", "cp852", "cp1250")),
        *((UKRAINIAN, encoding) for encoding in ("cp1125", "cp1251", "koi8-u")),
        *((GREEK, encoding) for encoding in ("mac_greek", "cp1253", "iso8859-7")),
        (PORTUGUESE, "cp860"),
        (PORTUGUESE, "cp850"),
        (PORTUGUESE, "cp1252"),
    ],
)
def test_a_rare_relative_is_known_by_its_letters_and_taken_for_no_usual_one(text: str, encoding: str) -> None:
    assert decode(text.encode(encoding)).text == text


@pytest.mark.parametrize(
    ("page", "codec"),
    [
        (b'<html lang="tr"><meta charset="iso-8859-1">', "cp1254"),
        (b"<html dir=ltr lang=tr-TR><meta charset=windows-1252>", "cp1254"),
        (b'<html lang="tr"><meta charset="windows-1254">', "cp1254"),
        (b'<html lang="is"><meta charset="iso-8859-1">', "cp1252"),
        (b'<html lang="tr"><meta charset="iso-8859-2">', "iso8859-2"),
    ],
)
def test_a_turkish_page_in_the_western_encoding_is_in_its_own(page: bytes, codec: str) -> None:
    assert declared_encoding(page) == codec


@pytest.mark.parametrize("line", ["Le café était fermé à l’été.", "« Déjà », dit-elle — là."])
@pytest.mark.parametrize("before", [FRENCH, ""])
def test_lines_in_another_encoding_are_read_where_the_text_itself_proves_it(line: str, before: str) -> None:
    data = before.encode() + line.encode("cp1252") + b"\n" + FRENCH.encode()
    found = decode(data)
    assert (found.text, found.encoding, found.lossy) == (f"{before}{line}\n{FRENCH}", "utf-8-and-cp1252", 0)


@pytest.mark.parametrize(
    "data",
    [
        FRENCH.encode() + "Größe".encode("cp1252"),
        FRENCH.encode() + "déjà".encode() + b" \xe9",
        FRENCH.encode() + b"caf\xc3",
    ],
    ids=["a letter that it has not", "a line of both", "a cut"],
)
def test_what_nothing_proves_stays_lost_and_counted(data: bytes) -> None:
    found = decode(data)
    assert found.encoding == "utf-8"
    assert found.lossy == found.text.count("\ufffd") > 0


TITLE, BODY = (
    "Périgueux : l'hôpital divise élus et habitants",
    "« C’est décidé », a lancé Noël Guérin à Mâcon, où l’été s’achève.",
)


@pytest.mark.parametrize(
    ("in_utf8", "other", "encoding"),
    [
        (TITLE, f"{BODY}\n" * 5, "cp1252"),
        (f"{BODY}\n" * 3, f"{TITLE}\n{BODY}\nÀ Évreux, Élodie a reçu le maire.", "cp1252"),
        ("В Москве прошёл митинг", "Полиция задержала десять человек; суд рассмотрит дела.\n" * 9, "koi8-r"),
    ],
    ids=["a title, and the text", "two files in one", "another alphabet"],
)
def test_of_two_encodings_each_line_is_read_in_its_own(in_utf8: str, other: str, encoding: str) -> None:
    first, second = in_utf8.encode(), other.encode(encoding)
    for data, text in (
        (first + b"\n" + second, f"{in_utf8}\n{other}"),
        (second + b"\n" + first, f"{other}\n{in_utf8}"),
    ):
        found = decode(data)
        assert (found.text, found.encoding, found.lossy) == (text, f"utf-8-and-{encoding}", 0)


def test_what_was_declared_is_asked_first_where_letters_leave_a_choice() -> None:
    in_utf8 = "Η κυβέρνηση ανακοίνωσε νέα μέτρα\n"
    other = "Le café est fermé depuis l'été ; déjà, à Évreux, où a été reçu le maire, on s'en étonne.\n"
    found = decode(in_utf8.encode() + other.encode("mac_roman"), "mac_roman")
    assert (found.text, found.encoding) == (in_utf8 + other, "utf-8-and-mac_roman")


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        ("SANTÉ\xa0: le café était fermé\nSOCIAL : L’UTILITÉ\xa0!\n" * 6 + "PRIVÉ\xa0:\n" * 3, "cp1252"),
        ("Den nye rapporten viser hÃ¶gt tak\nDet går bra på skolen, säger läraren för övrigt\n", "cp1252"),
        ("联通\n中国政府宣布新政策\n我们认为这是好事\n", "gb18030"),
    ],
    ids=["capitals before a space", "a word that was copied", "two bytes a letter"],
)
def test_what_passes_for_utf8_by_accident_makes_no_text_of_two_encodings(text: str, encoding: str) -> None:
    assert decode(text.encode(encoding)).text == text


@pytest.mark.parametrize("text", [f"{TITLE}\n\n{BODY}\n{BODY}", "中国政府宣布新政策，我们认为这是好事。"])
def test_a_mark_of_utf8_before_bytes_of_another_encoding_tells_nothing(text: str) -> None:
    found = decode(b"\xef\xbb\xbf" + text.encode("gb18030" if "中" in text else "cp1252"))
    assert (found.text, found.lossy) == (text, 0)


@pytest.mark.parametrize("data", ["Le café".encode()[:-1], "abc é".encode()[:-1]])
def test_a_mark_of_utf8_is_believed_where_only_the_end_is_cut(data: bytes) -> None:
    found = decode(b"\xef\xbb\xbf" + data)
    assert (found.encoding, found.lossy) == ("utf-8", 1)


def test_of_two_encodings_that_would_do_neither_is_taken() -> None:
    alphabet = "".join(map(chr, range(0x410, 0x450)))
    data = f"{alphabet}\n{alphabet}\n".encode() + "Пожар".encode("koi8-r")
    assert decode(data).lossy > 0


TURKISH = (
    "Belediye meclisi salı akşamı yeni bütçeyi kabul etti; muhalefet ücretlerin artırılmasına karşı çıktı. "
    "Sakinler, köprü çalışmalarının güze kadar süreceğinden yakınıyor, çünkü onarım beklenenden pahalı çıktı."
)
HEBREW = (
    "מועצת העיר אישרה ביום שלישי בערב את התקציב החדש, למרות התנגדות האופוזיציה. "
    "התושבים מתלוננים שעבודות הגשר יימשכו עד הסתיו."
)


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        (TURKISH, "cp857"),
        (TURKISH, "mac-turkish"),
        (TURKISH, "iso8859-3"),
        (GREEK, "cp737"),
        (GREEK, "cp869"),
        (HEBREW, "cp862"),
    ],
)
def test_pages_of_dos_and_the_macintosh_are_read(text: str, encoding: str) -> None:
    assert decode(text.encode(encoding)).text == text


@pytest.mark.parametrize(("written", "taken"), [("koi8-r", "cp1251"), ("cp1251", "koi8-r"), ("koi8-r", "iso8859-5")])
def test_one_cyrillic_encoding_that_was_taken_for_another_is_undone(written: str, taken: str) -> None:
    text = "Городской совет утвердил во вторник новый бюджет. Жители говорят, что мост будут чинить до осени."
    found = decode(text.encode(written).decode(taken).encode())
    assert (found.text, found.encoding) == (text, f"{written}-as-{taken}")


@pytest.mark.parametrize(
    "text", [UKRAINIAN, "еЖЕДНЕВНО пишут ТАК не ВСЕ, сказал он.", "ГОСТ И СНИП ДЛЯ МОСТОВ, КАК В СССР"]
)
def test_cyrillic_that_is_none_of_that_stays(text: str) -> None:
    assert decode(text.encode()).text == text
