import hashlib

import pytest

from contracts.identity import (
    article_id,
    input_id_of,
    is_message_id,
    message_id,
    parent_input_id,
    requeue_of,
    requeued,
    way_of,
)

INPUT = "01890a5d-ac96-774b-bcce-b302099a8057"


def test_an_article_is_named_by_its_place_and_its_bytes() -> None:
    assert article_id("inbox:a.txt", "ab") == hashlib.sha256(b"inbox:a.txt\nab\n").hexdigest()[:32]
    assert article_id("inbox:a.txt", "ab", 2) == hashlib.sha256(b"inbox:a.txt\nab\n2").hexdigest()[:32]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (("inbox:a", "ab"), ("inbox:b", "ab")),
        (("inbox:a", "ab"), ("inbox:a", "cd")),
        (("inbox:a", "ab", 1), ("inbox:a", "ab")),
    ],
)
def test_another_place_other_bytes_or_another_part_is_another_article(
    one: tuple[str, str], other: tuple[str, str]
) -> None:
    assert article_id(*one) != article_id(*other)


@pytest.mark.parametrize(("child", "parent"), [(INPUT, None), (f"{INPUT}#3", INPUT), (f"{INPUT}#3#1", f"{INPUT}#3")])
def test_an_input_knows_the_container_it_came_out_of(child: str, parent: str | None) -> None:
    assert parent_input_id(child) == parent


@pytest.mark.parametrize("way", ["", ":r1", ":q2", ":r1:q2"])
@pytest.mark.parametrize("input_id", [INPUT, f"{INPUT}#3"])
def test_a_message_id_says_its_input_and_the_way_it_came(input_id: str, way: str) -> None:
    identifier = message_id(input_id, "article_fetched", way)

    assert input_id_of(identifier) == input_id
    assert way_of(identifier) == way


@pytest.mark.parametrize(
    "strange", ["", "a", "a:b:c", "a:b:r0", "a:b:q1x", "a:b:q1:", "a:b::q1", f"a:b:r{10**12}", "a:b:q1\n"]
)
def test_a_way_that_is_none_of_ours_is_not_followed(strange: str) -> None:
    assert way_of(strange) == ""


@pytest.mark.parametrize(
    ("way", "number", "again"),
    [("", 1, ":q1"), (":q1", 2, ":q2"), (":r1", 1, ":r1:q1"), (":r1:q1", 2, ":r1:q2"), (":q2:r1", 3, ":q2:r1:q3")],
)
def test_a_requeue_takes_the_place_of_the_one_before_and_keeps_the_replay(way: str, number: int, again: str) -> None:
    identifier = requeued(message_id(INPUT, "article_fetched", way), number)

    assert identifier == message_id(INPUT, "article_fetched", again)
    assert way_of(identifier) == again
    assert requeue_of(identifier) == number


@pytest.mark.parametrize(
    ("identifier", "ours"),
    [
        (f"{INPUT}:article_fetched", True),
        (f"{INPUT}#2:article_fetched:r1:q2", True),
        (f"{INPUT}:article_extracted", False),
        (f"{INPUT}:article_fetched:x", False),
        (f"{INPUT}\n:article_fetched", False),
        (INPUT, False),
        ("", False),
    ],
)
def test_an_id_is_ours_if_a_message_of_that_name_can_have_it(identifier: str, ours: bool) -> None:
    assert is_message_id(identifier, "article_fetched") is ours
