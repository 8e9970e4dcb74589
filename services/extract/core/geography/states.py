"""The states of America, by their names, as the post writes them and as newspapers shorten them."""

import re

from services.extract.core.words import fold, word_set

_CODES = {
    code: short.replace("-", " ")
    for pair in word_set(
        """
    AL:ala AK: AZ:ariz AR:ark CA:calif CO:colo CT:conn DE:del FL:fla GA:ga HI: ID: IL:ill IN:ind IA: KS:kan KY:ky LA:la
    ME: MD:md MA:mass MI:mich MN:minn MS:miss MO:mo MT:mont NE:neb NV:nev NH:n-h NJ:n-j NM:n-m NY:n-y NC:n-c ND:n-d OH:
    OK:okla OR:ore PA:pa RI:r-i SC:s-c SD:s-d TN:tenn TX:tex UT: VT:vt VA:va WA:wash WV:w-va WI:wis WY:wyo DC:d-c
    """
    )
    for code, _, short in (pair.partition(":"),)
}
_SHORTENED = {short: code for code, short in _CODES.items() if short}
# Their names in English and French. Not Georgia, which is a country too, and not Washington, a city.
_NAMES = {
    "alabama": "AL",
    "alaska": "AK",
    "arizona": "AZ",
    "arkansas": "AR",
    "californie": "CA",
    "california": "CA",
    "colorado": "CO",
    "connecticut": "CT",
    "delaware": "DE",
    "floride": "FL",
    "florida": "FL",
    "hawai": "HI",
    "hawaii": "HI",
    "idaho": "ID",
    "illinois": "IL",
    "indiana": "IN",
    "iowa": "IA",
    "kansas": "KS",
    "kentucky": "KY",
    "louisiane": "LA",
    "louisiana": "LA",
    "maine": "ME",
    "maryland": "MD",
    "massachusetts": "MA",
    "michigan": "MI",
    "minnesota": "MN",
    "mississippi": "MS",
    "missouri": "MO",
    "montana": "MT",
    "nebraska": "NE",
    "nevada": "NV",
    "new hampshire": "NH",
    "new jersey": "NJ",
    "nouveau mexique": "NM",
    "new mexico": "NM",
    "new york": "NY",
    "caroline du nord": "NC",
    "north carolina": "NC",
    "dakota du nord": "ND",
    "north dakota": "ND",
    "ohio": "OH",
    "oklahoma": "OK",
    "oregon": "OR",
    "pennsylvanie": "PA",
    "pennsylvania": "PA",
    "rhode island": "RI",
    "caroline du sud": "SC",
    "south carolina": "SC",
    "dakota du sud": "SD",
    "south dakota": "SD",
    "tennessee": "TN",
    "texas": "TX",
    "utah": "UT",
    "vermont": "VT",
    "virginie": "VA",
    "virginia": "VA",
    "virginie occidentale": "WV",
    "west virginia": "WV",
    "wisconsin": "WI",
    "wyoming": "WY",
}
GEORGIA, WASHINGTON = "US.GA", "US.WA"  # as GeoNames codes them


def state_named(name: str) -> str | None:
    """The state of this name, as GeoNames codes it (US.TX); None where it is none's, or another thing's too."""
    code = _NAMES.get(fold(name))
    return f"US.{code}" if code else None


def state_shortened(short: re.Match[str]) -> str | None:
    """The state of an abbreviation (`N.Y.` as group 1, `NY` as group 2): letters without stops as the post has them."""
    code = (short[2] if short[2] in _CODES else None) if short[2] is not None else _SHORTENED.get(fold(short[1]))
    return f"US.{code}" if code else None
