import hashlib

import pytest

from contracts.identity import article_id, input_id_of, message_id, parent_input_id, way_of

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
