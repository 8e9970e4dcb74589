"""The scorers, held against what a person counts by hand."""

import pytest

from tests.eval.scoring import (
    BodyTally,
    Found,
    Label,
    Quoted,
    Tally,
    body,
    day,
    quotations,
    same_cue,
    same_speaker,
    spans,
    values,
)

#          0         1         2         3         4
#          01234567890123456789012345678901234567890123456789
TEXT = "«Oui, » dit Ana. «Non» dit «X». «Peut-être» dit-il."
OUI = Quoted(1, 5, "direct", is_direct=True, speakers=("Ana", "la ministre"), cues=("dit",))
NON = Quoted(18, 21, "partial", is_direct=True, speakers=("Ana",), cues=("dit",))
NAME = Quoted(28, 29, "name", is_direct=False)
PEUT = Quoted(33, 42, "direct", is_direct=True, speakers=("Bob",))


def test_of_ten_found_eight_are_right_and_two_of_ten_are_missed() -> None:
    tally = Tally(right=8, wrong=2, missed=2)

    assert (tally.precision(), tally.recall(), tally.f1()) == (80.0, 80.0, 80.0)


def test_where_nothing_is_and_nothing_is_found_all_is_right() -> None:
    assert Tally().f1() == 100.0


def test_tallies_add_up() -> None:
    assert Tally(1, 2, 3) + Tally(10, 20, 30) == Tally(11, 22, 33)


@pytest.mark.parametrize(
    ("found", "optional", "tally"),
    [
        ([(0, 4), (6, 9)], [], Tally(2, 0, 0)),
        ([(0, 4)], [], Tally(1, 0, 1)),
        ([(0, 5), (6, 9)], [], Tally(1, 1, 1)),  # one character too many is another span
        ([(0, 4), (6, 9), (6, 9)], [], Tally(2, 0, 0)),  # said twice is said once
        ([(0, 4), (6, 9), (20, 30)], [(20, 30)], Tally(3, 0, 0)),
        ([(0, 4), (6, 9)], [(20, 30)], Tally(2, 0, 0)),
        ([], [], Tally(0, 0, 2)),
    ],
)
def test_spans_are_exact(found: list[tuple[int, int]], optional: list[tuple[int, int]], tally: Tally) -> None:
    assert spans(found, [(0, 4), (6, 9)], optional) == tally


DAY, MONTH = Label(0, 10, ("2017-07-05",)), Label(20, 24, ("2017-07", "2017-08"))
GUESSED = Label(30, 40, ("2017-07-06",), is_optional=True)
UNKNOWABLE = Label(30, 40, (None,), is_optional=True)
ANYTHING = Label(30, 40, is_ignored=True)


@pytest.mark.parametrize(
    ("found", "labels", "tally"),
    [
        ([Found(0, 10, "2017-07-05")], [DAY], Tally(1, 0, 0)),
        ([Found(3, 10, "2017-07-05")], [DAY], Tally(1, 0, 0)),  # overlapping is enough
        ([Found(0, 10, "2016-07-05")], [DAY], Tally(0, 1, 1)),  # a wrong value is an error and a miss
        ([Found(0, 10, None)], [DAY], Tally(0, 0, 1)),  # not knowing is only a miss
        ([], [DAY], Tally(0, 0, 1)),
        ([Found(12, 15, "2017")], [DAY], Tally(0, 1, 1)),
        ([Found(20, 24, "2017-08")], [MONTH], Tally(1, 0, 0)),  # several values may be right
        # One mention in two pieces: the piece with the right value counts, the other is too much.
        ([Found(0, 4, "2017"), Found(5, 10, "2017-07-05")], [DAY], Tally(1, 1, 0)),
        ([Found(0, 24, "2017-07-05")], [DAY, MONTH], Tally(1, 0, 1)),  # one finding is one label's
        ([Found(30, 40, "2017-07-06")], [GUESSED], Tally(1, 0, 0)),
        ([Found(30, 40, "2016-07-06")], [GUESSED], Tally(0, 1, 0)),
        ([Found(30, 40, None)], [GUESSED], Tally(0, 0, 0)),
        ([], [GUESSED], Tally(0, 0, 0)),
        ([Found(30, 40, "2016-07-06")], [UNKNOWABLE], Tally(0, 1, 0)),  # invented
        ([Found(30, 40, None)], [UNKNOWABLE], Tally(0, 0, 0)),
        ([Found(30, 34, "2016"), Found(36, 40, "07")], [ANYTHING], Tally(0, 0, 0)),
        ([], [], Tally(0, 0, 0)),
    ],
)
def test_values_are_judged_where_spans_overlap(found: list[Found], labels: list[Label], tally: Tally) -> None:
    assert values(found, labels) == tally


def test_quotations_are_judged_span_by_span() -> None:
    found = [
        Quoted(1, 6, "direct", is_direct=True, speakers=("La Ministre",), cues=("dit",)),  # a comma and a blank more
        Quoted(18, 21, "scare", is_direct=False),  # speech, taken for irony
        Quoted(28, 29, "direct", is_direct=True, speakers=("Ana",)),  # a name, taken for speech
        Quoted(33, 42, "direct", is_direct=True, speakers=("Ana",)),  # somebody else's
    ]
    tally = quotations(TEXT, found, [OUI, NON, NAME, PEUT])

    assert tally.marks == Tally(4, 0, 0)
    assert tally.speech == Tally(2, 1, 1)
    assert tally.speakers == Tally(1, 1, 1)  # a wrong one is one, and the right one is missed
    assert tally.cues == Tally(1, 0, 0)  # the last one has no cue to find


def test_indirect_speech_counts_only_where_it_is_annotated() -> None:
    reported = Quoted(10, 16, "indirect", is_direct=False)

    assert quotations(TEXT, [reported], []).marks == Tally()
    assert quotations(TEXT, [reported], [reported]).marks == Tally(1, 0, 0)


def test_an_optional_quotation_may_be_taken_for_either_or_left_out() -> None:
    doubtful = Quoted(18, 21, "partial", is_direct=True, is_optional=True)
    for found in ([], [Quoted(18, 21, "scare", is_direct=False)], [Quoted(18, 21, "direct", is_direct=True)]):
        tally = quotations(TEXT, found, [doubtful])
        assert (tally.marks.wrong, tally.marks.missed, tally.speech) == (0, 0, Tally())


def test_where_nobody_speaks_no_speaker_is_right() -> None:
    anonymous = Quoted(1, 5, "direct", is_direct=True)

    assert quotations(TEXT, [anonymous], [anonymous]).speakers == Tally(1, 0, 0)
    assert quotations(TEXT, [OUI], [anonymous]).speakers == Tally(0, 1, 1)


@pytest.mark.parametrize(
    ("found", "accepted", "same"),
    [
        ("John Kerry", ("John Kerry",), True),
        ("l'ESA", ("ESA",), True),
        ("José Luis Fernandez", ("Jose Luis Fernández",), True),
        ("la ministre Frédérique Vidal", ("Frédérique Vidal", "la ministre"), True),
        ("Kerry", ("John Kerry",), False),  # unless it is listed
        ("Kerry", ("John Kerry", "Kerry"), True),
        ("l'administration Trump", ("Trump",), False),
        ("John Kerry à Moscou", ("John Kerry",), False),
        ("la", ("la ministre",), False),
    ],
)
def test_a_speaker_is_one_of_the_accepted_names(found: str, accepted: tuple[str, ...], same: bool) -> None:
    assert same_speaker(found, accepted) is same


@pytest.mark.parametrize(
    ("found", "accepted", "same"),
    [
        ("a déclaré", "a déclaré", True),
        ("déclaré", "avait déclaré John Kerry", True),
        ("a-t-elle ajouté", "ajouté", True),
        ("selon", "Selon", True),
        ("a", "a déclaré", False),  # an auxiliary is no verb
        ("déclare", "a déclaré", False),
        ("a dit", "a déclaré", False),
        ("a déclaré le ministre hier soir", "a déclaré", False),
        ("", "a déclaré", False),
    ],
)
def test_a_cue_is_the_verb_or_the_preposition(found: str, accepted: str, same: bool) -> None:
    assert same_cue(found, accepted) is same


def test_the_body_is_counted_in_characters_without_blanks_and_what_should_go_in_passages_too() -> None:
    #       01234567890123456789
    text = "PAYS - Il pleut. Ici"
    prose, leftovers = [(7, 20)], [(0, 7)]

    assert body(text, [(0, 20)], prose, leftovers) == BodyTally(prose=11, kept=11, leftovers=5, gone=0, passages=1)
    assert body(text, [(7, 16)], prose, leftovers) == BodyTally(11, 8, 5, gone=5, passages=1, passages_gone=1)
    assert body(text, [(5, 20)], prose, leftovers) == BodyTally(prose=11, kept=11, leftovers=5, gone=4, passages=1)


@pytest.mark.parametrize(
    ("found", "label", "tally"),
    [
        ("2017-07-05", DAY, Tally(1, 0, 0)),
        ("2017-07-05T10:00:00Z", DAY, Tally(1, 0, 0)),
        ("2017-07", DAY, Tally(0, 1, 1)),  # less than the text says
        ("2017-07-01", Label(0, 4, ("2017-07",)), Tally(0, 1, 1)),  # more than the text says
        (None, DAY, Tally(0, 0, 1)),
        (None, GUESSED, Tally(0, 0, 0)),
        ("2017-07-05", None, Tally(0, 1, 0)),
        (None, None, Tally(0, 0, 0)),
    ],
)
def test_a_day_is_right_missed_or_invented(found: str | None, label: Label | None, tally: Tally) -> None:
    assert day(found, label) == tally
