import pytest

from services.language import core, model

FRENCH = (
    "Le gouvernement a annoncé mardi une réforme des retraites que les syndicats refusent de discuter. "
    "Les négociations doivent reprendre la semaine prochaine à Paris."
)
ENGLISH = "The government said on Tuesday that it would not discuss the reform before the end of the month."
RUSSIAN = "Правительство во вторник объявило о реформе, которую профсоюзы отказываются обсуждать до конца месяца."
ARABIC = "أعلنت الحكومة يوم الثلاثاء عن إصلاح ترفض النقابات مناقشته قبل نهاية الشهر الجاري."


@pytest.fixture(scope="module")
def opinions() -> core.Opinions:
    return model.load()


@pytest.mark.parametrize(
    ("text", "tag", "script"),
    [
        (FRENCH, "fr", "Latn"),
        (ENGLISH, "en", "Latn"),
        (RUSSIAN, "ru", "Cyrl"),
        (ARABIC, "ar", "Arab"),
        ("Die Regierung hat am Dienstag eine Reform angekündigt, die niemand besprechen will.", "de", "Latn"),
        ("El gobierno anunció el martes una reforma que los sindicatos no quieren discutir.", "es", "Latn"),
        ("Il governo ha annunciato martedì una riforma che i sindacati non vogliono discutere.", "it", "Latn"),
        ("Уряд у вівторок оголосив про реформу, яку профспілки відмовляються обговорювати.", "uk", "Cyrl"),
        ("دولت روز سه‌شنبه از اصلاحاتی خبر داد که اتحادیه‌ها حاضر به گفت‌وگو درباره آن نیستند.", "fa", "Arab"),
        ("Hükümet salı günü sendikaların tartışmayı reddettiği bir reform açıkladı.", "tr", "Latn"),
        ("Η κυβέρνηση ανακοίνωσε την Τρίτη μια μεταρρύθμιση για τις συντάξεις.", "el", "Grek"),
        ("הממשלה הודיעה ביום שלישי על רפורמה שהאיגודים מסרבים לדון בה.", "he", "Hebr"),
        ("政府は火曜日、労働組合が協議を拒んでいる改革を発表した。", "ja", "Jpan"),
        ("정부는 화요일 노동조합이 논의를 거부하는 개혁안을 발표했다.", "ko", "Kore"),
        ("政府周二宣布了一项改革，工会拒绝对此进行讨论。", "zh-Hans", "Hans"),
        ("政府週二宣布了一項改革，工會拒絕對此進行討論。", "zh-Hant", "Hant"),
        ("รัฐบาลประกาศเมื่อวันอังคารเกี่ยวกับการปฏิรูปที่สหภาพแรงงานปฏิเสธ", "th", "Thai"),
    ],
)
@pytest.mark.parametrize("asked", [True, False], ids=["three opinions", "one opinion"])
def test_a_sentence_of_the_press_is_named(
    text: str, tag: str, script: str, asked: bool, opinions: core.Opinions
) -> None:
    language = core.detect(text, opinions) if asked else core.detect(text)
    assert (language.tag, language.script) == (tag, script)
    assert language.confidence > 0.8
    assert language.spans == ()


@pytest.mark.parametrize(
    ("text", "tag"),
    [
        ("Pemerintah pada hari Selasa mengumumkan reformasi yang ditolak oleh serikat pekerja di Jakarta.", "id"),
        ("Die regering het Dinsdag 'n hervorming aangekondig wat die vakbonde nie wil bespreek nie.", "af"),
        ("Владата во вторникот објави реформа за која синдикатите одбиваат да разговараат.", "mk"),
        ("Rais wa nchi hiyo amesema kuwa serikali yake itaendelea kupambana na rushwa katika mwaka huu.", "sw"),
    ],
)
def test_languages_that_the_first_opinion_lacks_are_named_by_the_second(
    text: str, tag: str, opinions: core.Opinions
) -> None:
    assert core.detect(text, opinions).tag == tag


@pytest.mark.parametrize(
    ("text", "tag"),
    [
        ("Gavumenti yalangirira ku Lwokubiri ennongoosereza abakozi ze bagaana okwogerako mu kibuga Kampala.", "lg"),
        ("Hurumende yakazivisa nemusi weChipiri kuti vashandi vari kuramba kutaura nezvekuchinja uku.", "sn"),
        ("Boyangeli esakoli mokolo ya mibale mbongwana oyo basangani ya basali baboyi kosolola na Kinshasa.", "ln"),
        ("Abafana bakushilo lokho kodwa umsebenzi wethu awuphelile ngoba sisazoqhubeka nokusebenza kanzima.", "zu"),
    ],
)
def test_languages_that_both_lack_are_named_by_the_third(text: str, tag: str, opinions: core.Opinions) -> None:
    assert core.detect(text, opinions).tag == tag


def test_a_language_that_nobody_knows_gets_no_name(opinions: core.Opinions) -> None:
    klingon = "tlhIngan Hol Dajatlh'a' jaj wa' Qapla' batlh Daqawlu'taH Heghlu'meH QaQ jajvam."
    assert core.detect(klingon, opinions).tag == "und"


def test_a_text_of_sentences_in_no_language_is_asked_about_a_bounded_number_of_times() -> None:
    asked = list[str]()

    def third(text: str) -> tuple[str, float]:
        asked.append(text)
        return core.no_opinion(text)

    gibberish = "".join(f"qwx{number} zvk bnm plo kju hgt trf dsa. " for number in range(1000))
    core.detect(gibberish, core.Opinions(core.no_opinion, third))

    assert 0 < len(asked) <= 100


@pytest.mark.parametrize(
    ("text", "script"),
    [
        ("", None),
        (" \n\t ", None),
        ("12 345,67 € (2019-03-08)", None),
        ("Oui.", "Latn"),
        ("Да", "Cyrl"),
        ("예.", "Hang"),
        ("是。", "Hani"),
        ("https://example.org/le-gouvernement-annonce-une-reforme-des-retraites", None),
        ("www.example.org/une-page-qui-parle-de-la-reforme-des-retraites", None),
        ("jean.dupont@example.org @lemonde_reforme #retraites", None),
        ("\ud800\udfff\ud800", None),
        ("\x00\x00\x00", None),
    ],
)
def test_too_few_letters_tell_no_language(text: str, script: str | None) -> None:
    language = core.detect(text)
    assert (language.tag, language.script, language.confidence, language.spans) == ("und", script, 0.0, ())


@pytest.mark.parametrize("broken", ["\x00", "\ud800", "\x1f", "\ufdd0"])
def test_broken_characters_change_neither_language_nor_offsets(broken: str, opinions: core.Opinions) -> None:
    text = f"{broken}{FRENCH}{broken} (هيئة تحرير الشام) {broken}"
    language = core.detect(text, opinions)
    assert language.tag == "fr"
    assert [text[span.start : span.end] for span in language.spans] == ["هيئة تحرير الشام"]


def test_a_text_in_capitals_is_named(opinions: core.Opinions) -> None:
    assert core.detect(FRENCH.upper(), opinions).tag == "fr"


@pytest.mark.parametrize(
    ("text", "tag"),
    [
        ("Влада је у уторак најавила реформу о којој синдикати одбијају да разговарају.", "sr"),
        ("ਸਰਕਾਰ ਨੇ ਮੰਗਲਵਾਰ ਨੂੰ ਇੱਕ ਸੁਧਾਰ ਦਾ ਐਲਾਨ ਕੀਤਾ ਜਿਸ ਨੂੰ ਯੂਨੀਅਨਾਂ ਰੱਦ ਕਰਦੀਆਂ ਹਨ।", "pa"),
    ],
)
def test_the_script_is_in_the_tag_only_where_it_does_not_go_without_saying(text: str, tag: str) -> None:
    assert core.detect(text).tag == tag


def test_two_megabytes_are_read_whole(opinions: core.Opinions) -> None:
    text = (FRENCH + "\n") * (2_000_000 // len(FRENCH)) + ENGLISH
    language = core.detect(text, opinions)
    assert language.tag == "fr"
    assert [text[span.start : span.end] for span in language.spans] == [ENGLISH]


@pytest.mark.parametrize(
    "unit", ["a", "@", "a@", "#", "http://", ".", "«", "\n", " ", "א", "aא", "ж.", "é'", "a.", "漢", "\ud800"]
)
def test_a_text_of_one_thing_over_and_over_is_read(unit: str) -> None:
    assert core.detect(unit * (200_000 // len(unit))).confidence <= 1


@pytest.mark.parametrize("text", ["x" * 1000, "aaaa " * 50])
def test_rows_of_a_latin_letter_are_not_taken_for_a_language_of_other_letters(
    text: str, opinions: core.Opinions
) -> None:
    found = core.detect(text, opinions)
    assert (found.tag, found.script, found.confidence) == ("und", "Latn", 0.0)
