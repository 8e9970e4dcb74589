import pytest

from services.extract.core.naming.acronyms import spelt_by_one

FRONT = "Front de libération du Zarb"
FEDERATION = "Fédération libre de Zalmira"


@pytest.mark.parametrize("acronym", ["FLZ", "F.L.Z.", "Flz", "FLDZ"])
def test_an_acronym_is_of_the_only_one_that_it_is_spelt_by(acronym: str) -> None:
    expected = {} if acronym == "FLDZ" else {"short": "front"}
    assert spelt_by_one({"short": acronym}, {"front": FRONT, "short": acronym}) == expected


@pytest.mark.parametrize(
    ("acronym", "names"),
    [
        ("FLZ", {"front": FRONT, "federation": FEDERATION}),  # either may be meant
        ("FZ", {"front": "Front du Zarb"}),  # two letters are somebody else's too
        ("ZFL", {"front": FRONT}),
        ("F.L.Z.", {"short": "F.L.Z."}),  # its own letters spell nothing out
    ],
)
def test_an_acronym_is_nobodys_where_nothing_or_more_than_one_spells_it(acronym: str, names: dict[str, str]) -> None:
    assert spelt_by_one({"short": acronym}, names) == {}
