import pytest

from services.language.core.scripts import letters, runs, script_of


@pytest.mark.parametrize(
    ("character", "script"),
    [
        *((character, "Latn") for character in "aÉﬁＡ"),
        *((character, "Arab") for character in "شﷺ"),
        *((character, "Kana") for character in "ニｱ"),
        *((character, None) for character in "1٣، 😀\u0301\ud800\x00"),
        ("ж", "Cyrl"),
        ("ω", "Grek"),
        ("א", "Hebr"),
        ("漢", "Hani"),
        ("の", "Hira"),
        ("한", "Hang"),
        ("ा", "Deva"),
        ("ไ", "Thai"),
    ],
)
def test_a_letter_has_a_script_and_what_all_share_has_none(character: str, script: str | None) -> None:
    assert script_of(character) == script


@pytest.mark.parametrize(
    ("text", "system"),
    [("", None), ("12 !?", None), ("abc д", "Latn"), ("漢字かな kana", "Hani"), ("漢字 letters", "Latn")],
)
def test_the_system_is_the_one_that_says_most(text: str, system: str | None) -> None:
    assert letters(text).system() == system


def test_runs_end_with_the_line_and_with_a_letter_of_the_text_s_own_script() -> None:
    text = "un мир, да 1945 мир deux да\nда"
    found = runs(text, letters(text), "Latn")
    assert [(text[run.start : run.end], run.words) for run in found] == [("мир, да 1945 мир", 3), ("да", 1), ("да", 1)]
