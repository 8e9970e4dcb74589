"""What was found in a text is known again, for a while, and of short texts alone."""

import pytest

from services.chassis.recent import MOST_CHARACTERS, TEXTS, remembered


class Finding:
    """Counts what it is asked."""

    def __init__(self) -> None:
        self.asked: list[str] = []

    def __call__(self, text: str) -> int:
        self.asked.append(text)
        if text == "nothing":
            raise LookupError(text)
        return len(text)


@pytest.mark.parametrize(
    ("texts", "looked_at"),
    [
        (["a", "bb", "a", "bb"], ["a", "bb"]),
        (["a", *(str(number) for number in range(TEXTS)), "a"], ["a", *(str(number) for number in range(TEXTS)), "a"]),
        (["x" * MOST_CHARACTERS] * 2, ["x" * MOST_CHARACTERS]),
        (["x" * (MOST_CHARACTERS + 1)] * 2, ["x" * (MOST_CHARACTERS + 1)] * 2),
    ],
)
def test_a_short_text_is_looked_at_once_while_it_is_remembered(texts: list[str], looked_at: list[str]) -> None:
    finding = Finding()
    find = remembered(finding)

    assert [find(text) for text in texts] == [len(text) for text in texts]
    assert finding.asked == looked_at


def test_what_raised_is_looked_at_again() -> None:
    finding = Finding()
    find = remembered(finding)
    for _ in range(2):
        with pytest.raises(LookupError):
            find("nothing")
    assert finding.asked == ["nothing"] * 2
