"""Names are passed over, written on the wire, and give way to each other as people expect."""

import os

import pytest

from services.fetch.core.names import aside, fitting, is_ignored, place_uri

INPUT_ID = "01890a5d-ac96-774b-bcce-b302099a8057"


@pytest.mark.parametrize(
    ("name", "ignored"),
    [
        (".hidden", True),
        ("a~", True),
        ("a.part", True),
        ("a.TMP", True),
        ("a.crdownload", True),
        ("a.swp", True),
        ("a.txt", False),
        ("part", False),
        ("a.part.txt", False),
        ("~a", False),
    ],
)
def test_hidden_and_temporary_names_are_passed_over(name: str, ignored: bool) -> None:
    assert is_ignored(name) is ignored


@pytest.mark.parametrize(
    ("path", "uri"),
    [
        (b"x/a b.txt", "inbox:x/a b.txt"),
        ("été.txt".encode(), "inbox:été.txt"),
        (b"\xff%41", "inbox:%FF%41"),
        (b"a\nb", "inbox:a\nb"),
    ],
)
def test_only_bytes_that_are_no_text_are_escaped(path: bytes, uri: str) -> None:
    assert place_uri("inbox", os.fsdecode(path)) == uri


@pytest.mark.parametrize(
    ("name", "other"),
    [("a.txt", "a.b302099a8057.txt"), ("a", "a.b302099a8057"), ("a.b.c", "a.b.b302099a8057.c")],
)
def test_a_name_that_is_taken_gives_way_before_its_suffix(name: str, other: str) -> None:
    assert aside(name, INPUT_ID) == other


@pytest.mark.parametrize("name", ["n" * 250, "é" * 127, "n" * 20 + "." + "s" * 230, "\udcff" * 250])
def test_every_name_made_is_short_enough_and_its_own(name: str) -> None:
    made = [fitting(name, ".error.json"), fitting(name[:-1] + "m", ".error.json"), aside(name, INPUT_ID)]
    assert all(len(os.fsencode(each)) <= 255 for each in made)
    assert len(set(made)) == 3


@pytest.mark.parametrize("name", ["n" * 300, "é" * 150, "x" + "é" * 150, "\udcff" * 300, "\udce9t\udce9" * 100])
def test_a_name_that_is_shortened_keeps_its_beginning(name: str) -> None:
    kept = fitting(name, ".txt").rpartition("~")[0]
    assert name.startswith(kept)
    assert len(os.fsencode(kept)) > 200
