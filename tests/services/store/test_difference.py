"""What is new in a version, by sentence."""

import random

import pytest

from services.store.core.difference import MOST_CHANGES, MOST_CHARACTERS, MOST_SENTENCES, difference, sentences

BEFORE = "Le convoi est parti mardi. La route était coupée à Homs. Personne n'a été blessé."


@pytest.mark.parametrize(
    ("after", "told"),
    [
        (BEFORE, []),
        (BEFORE.replace(". ", ".\n\n"), []),  # white space is no change
        (f"{BEFORE} Il est arrivé jeudi.", [("added", None, "Il est arrivé jeudi.")]),
        ("Le convoi est parti mardi. Personne n'a été blessé.", [("removed", "La route était coupée à Homs.", None)]),
        (
            BEFORE.replace("Personne n'a", "Deux hommes ont"),
            [("removed", "Personne n'a été blessé.", None), ("added", None, "Deux hommes ont été blessé.")],
        ),
        (BEFORE.replace("mardi", "lundi"), [("changed", "Le convoi est parti mardi.", "Le convoi est parti lundi.")]),
        (
            BEFORE.replace("La route était coupée à Homs. ", "Trois camions transportaient des vivres. "),
            [
                ("removed", "La route était coupée à Homs.", None),
                ("added", None, "Trois camions transportaient des vivres."),
            ],
        ),
        ("", [("removed", one.text, None) for one in sentences(BEFORE)]),
    ],
)
def test_sentences_come_go_and_are_changed(after: str, told: list[tuple[str, str | None, str | None]]) -> None:
    found = difference(BEFORE, after)

    assert [(change.kind, change.before, change.after) for change in found.changes] == told
    kinds = [kind for kind, *_ in told]
    assert (found.added, found.removed, found.changed) == tuple(map(kinds.count, ("added", "removed", "changed")))
    assert found.kept == 3 - kinds.count("removed") - kinds.count("changed")


def test_every_change_says_where_it_stands_in_both_texts() -> None:
    after = f"MISE À JOUR\n{BEFORE.replace('mardi', 'lundi')}"
    for change in difference(BEFORE, after).changes:
        for text, span, told in ((BEFORE, change.before_span, change.before), (after, change.after_span, change.after)):
            assert (span is None) == (told is None)
            assert span is None or text[span.start : span.end] == told


def test_what_is_kept_of_a_difference_is_little_and_all_of_it_is_counted() -> None:
    before, after = (" ".join(f"{name}{number} {'mot ' * 200}." for number in range(80)) for name in ("a", "b"))
    found = difference(before, after.replace("mot", "autre"))

    assert (found.added, found.removed, found.kept) == (80, 80, 0)
    assert len(found.changes) == MOST_CHANGES
    assert max(len(change.before or change.after or "") for change in found.changes) == MOST_CHARACTERS


@pytest.mark.parametrize("sentence", ["a. ", "a. b. ", "a\n"])
def test_a_text_that_says_one_thing_over_and_over_is_compared_as_soon_as_any(sentence: str) -> None:
    found = difference("x. " + sentence * 900 + "y.", "z. " + sentence * 800 + "v.")

    assert found.removed + found.changed >= 100


def test_of_books_is_told_what_came_and_went_without_its_order() -> None:
    numbers = list(range(3 * MOST_SENTENCES))
    shuffled = random.Random(1).sample(numbers, len(numbers))
    found = difference(" ".join(f"n{one}." for one in numbers), " ".join(f"n{one}." for one in [*shuffled, "eu"]))

    assert (found.added, found.removed, found.changed, found.kept) == (1, 0, 0, len(numbers))


@pytest.mark.parametrize(
    ("marks", "times"), [(".", 200_000), (".)", 200_000), ("?!", 200_000), (".\n", 50_000), ("a\n", 50_000)]
)
def test_a_text_of_nothing_but_marks_or_ends_of_lines_is_compared_as_soon_as_any(marks: str, times: int) -> None:
    text = marks * times + "x"  # looked at anew from each of its marks, or each line with each, it would take minutes
    found = difference(text, text + "y")

    assert (found.added, found.removed, found.kept) == (1, 1, text.count("\n"))


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("Un. Deux ! Trois ? Quatre… Cinq", 5),
        ("M. Martin a dit : « Non. » Il est parti.", 3),
        ("من هو؟ هذا هو.", 2),
        ("北京。 上海。", 2),
        ("A 3.5 % hausse", 1),
        ("\n\n  \n", 0),
        ("", 0),
    ],
)
def test_sentences_end_at_their_marks_and_at_line_ends(text: str, count: int) -> None:
    found = sentences(text)

    assert len(found) == count
    assert all(text[one.start : one.end] == one.text for one in found)
