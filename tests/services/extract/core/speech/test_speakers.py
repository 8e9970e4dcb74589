"""Who speaks, by the ways that papers say so: each line is one way, in a sentence of its own."""

import pytest

from contracts.extraction import Entity, EntityType, Quotation
from contracts.value import Mention, Span
from services.extract.core.speech.quotations import quotations

Q = "Nous ne quitterons pas cette ville avant la fin du mois"


def said(text: str, language: str, *persons: str, places: tuple[str, ...] = ()) -> Quotation:
    named = [(name, EntityType.PERSON) for name in persons] + [(name, EntityType.PLACE) for name in places]
    entities = tuple(
        Entity(name=name, type=kind, mentions=tuple(_mentions(text, name))) for name, kind in named if name in text
    )
    (found,) = [one for one in quotations(text, (Span(start=0, end=len(text)),), entities, language) if Q in one.text]
    return found


def _mentions(text: str, name: str) -> list[Mention]:
    starts = [at for at in range(len(text)) if text.startswith(name, at)]
    return [Mention(start=at, end=at + len(name), surface=name) for at in starts]


@pytest.mark.parametrize(
    ("sentence", "cue"),
    [
        ("« {} », dixit Paul Durand.", "dixit"),
        ("À en croire Paul Durand, « {} ».", "À en croire"),
        ("De l'aveu de Paul Durand, « {} ».", "De l'aveu"),
        ("« {} », de l'avis de Paul Durand.", "de l'avis"),
        ("« {} », aux dires de Paul Durand.", "aux dires"),
        ("« {} », comme l'affirme Paul Durand.", "affirme"),
        ("Comme l'expliquait Paul Durand, descendu dans la rue : « {} ».", "expliquait"),
        ("« {} », s'est encore remémoré Paul Durand.", "s'est encore remémoré"),
        ("« {} » alarme Paul Durand, qui parle de sabotage.", "alarme"),
        ("« {} », tient à préciser Paul Durand.", "tient à préciser"),
        ("« {} », a tenu à rappeler Paul Durand.", "a tenu à rappeler"),
        ("« {} », n'a pas manqué de souligner Paul Durand.", "n'a pas manqué de souligner"),
        ("« {} », assure le maire (PS) Paul Durand.", "assure"),
        ("« {} » : c'est en ces termes que Paul Durand a réagi.", "a réagi"),
        ("« {} » : voilà ce qu'a déclaré Paul Durand.", "a déclaré"),
        ("La réaction de Paul Durand ne s'est pas fait attendre : « {} ».", None),
        ("Même son de cloche du côté de Paul Durand : « {} ».", None),
        ("Quand il l'a appris, Paul Durand est resté incrédule : « {} ».", None),
        ("Paul Durand, maire de Lyon : « {} ».", None),
        ("La foule a vu Paul Durand. « {} », a poursuivi ce dernier.", "a poursuivi"),
    ],
)
def test_a_french_sentence_says_who_speaks(sentence: str, cue: str | None) -> None:
    found = said(sentence.format(Q), "fr", "Paul Durand", places=("Lyon",))
    assert (found.speaker, found.cue, found.direct) == ("Paul Durand", cue, True)


@pytest.mark.parametrize(
    ("sentence", "language", "speaker", "cue"),
    [
        ("Ces lycéens ont écrit une lettre. « {} », poursuivent-ils.", "fr", "Ces lycéens", "poursuivent-ils"),
        ("The analysts were in London. “{},” they said.", "en", "The analysts", "said"),
        ("“{},” U.S. officials said.", "en", "U.S. officials", "said"),
        ("“{},” one trader said.", "en", "one trader", "said"),
        ("“{},” traders said.", "en", "traders", "said"),
        ("“{},” said a director at one U.S. bank.", "en", "a director", "said"),
        ("„{}“, sagt die Ministerin.", "de", "die Ministerin", "sagt"),
        ("„{}“, fragt Schulz und macht Paul Durand einen Vorwurf.", "de", "Schulz", "fragt"),
        ("Paul Durand dijo que no. “{}”, añadió.", "es", "Paul Durand", "añadió"),
        ("Paul Durand llegó ayer a la ciudad. En este sentido aclara “{}”.", "es", "Paul Durand", "aclara"),
        ("وقال جون كيري خلال لقاء في المقر: «{}».", "ar", "جون كيري", "وقال"),
        ("وقال جون كيري وزير الخارجية: «{}».", "ar", "جون كيري", "وقال"),
        ("وأوضح جون كيري لصحيفة أخرى: «{}».", "ar", "جون كيري", "وأوضح"),
        ("وأكّد جون كيري، أن «{}».", "ar", "جون كيري", "وأكّد"),
    ],
)
def test_other_languages_have_ways_of_their_own(sentence: str, language: str, speaker: str, cue: str) -> None:
    found = said(sentence.format(Q), language, "Paul Durand", places=("U.S.", "London"))
    assert (found.speaker, found.cue) == (speaker, cue)


@pytest.mark.parametrize("verb", ["appelle à", "invite les siens à", "a appelé les habitants à", "s'est engagé à"])
def test_what_somebody_calls_upon_others_to_do_is_theirs(verb: str) -> None:
    found = said(f"Paul Durand {verb} « {Q.lower()} ».".replace(Q.lower(), Q), "fr", "Paul Durand")
    assert (found.speaker, found.direct) == ("Paul Durand", True)


@pytest.mark.parametrize(
    "sentence",
    [
        "« {} », tel est le discours de tous. Paul Durand est venu.",
        "Paul Durand est venu. « {} », tel est le discours de tous.",
    ],
)
def test_what_everybody_says_is_not_the_only_persons(sentence: str) -> None:
    assert said(sentence.format(Q), "fr", "Paul Durand").speaker is None


def test_a_spanish_verb_in_the_plural_is_no_single_persons() -> None:
    assert said(f"Paul Durand llegó ayer. “{Q}”, señalan.", "es", "Paul Durand").speaker is None
