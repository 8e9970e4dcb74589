"""A claim in its clean form: one line, nothing that cannot be written, nothing longer than a claim can be."""

import re

from contracts.document import Claim

MAX_CHARACTERS = 2000  # a longer headline is no headline; it is left out, for nothing is cut
UNWRITABLE = re.compile("[\x00-\x08\x0e-\x1f\x7f\u00ad\ud800-\udfff]")  # and soft hyphens
ADDRESSES = frozenset(("url", "image"))
WEB_ADDRESS = re.compile(r"https?://\S+\Z", re.IGNORECASE)
LANGUAGE = re.compile(r"[A-Za-z]{2,3}(?:[-_][A-Za-z0-9]{2,8})*\Z")


def claim(field: str, value: object, origin: str) -> Claim | None:
    """The claim that `field` is `value`; None where the value says nothing or is no claim of that field."""
    if not isinstance(value, str):
        return None
    text = " ".join(UNWRITABLE.sub("", value).split())
    if not text or len(text) > MAX_CHARACTERS:
        return None
    if (field in ADDRESSES) != (WEB_ADDRESS.match(text) is not None):  # an author who is a link is no name
        return None
    return Claim(field=field, value=text, origin=origin)


def language_tag(value: object) -> str | None:
    """A BCP 47 tag as pages write it, with a hyphen for Open Graph's underscore; None where it is none."""
    if not isinstance(value, str) or not LANGUAGE.match(value.strip()):
        return None
    return value.strip().replace("_", "-")
