"""The acronym in brackets behind a body's name is that body, whatever a recogniser takes it for."""

import re
from collections.abc import Sequence
from dataclasses import replace

from services.extract.core.naming.acronyms import is_spelt_by
from services.extract.core.naming.claim import Claim
from services.extract.core.naming.kinds import ACRONYM, BODIES

SHORT_FORM = re.compile(r"\s?\(\s?(?:l['’]|le |la |les )?[«\"“]?\s?([A-ZÀ-Ý][\w.-]{1,9})\s?[»\"”]?\s?[,;)]")


def abbreviated(text: str, claims: Sequence[Claim]) -> list[Claim]:
    """The claims; what a list or a form knows as a body keeps its type where its initials stand for it: (FSR)."""
    known = {place: claim for claim in claims if (place := _short_form_of(text, claim)) is not None}
    return [
        replace(known[claim.start, claim.end], start=claim.start, end=claim.end, basis=("acronym",))
        if not claim.settled and (claim.start, claim.end) in known
        else claim
        for claim in claims
    ]


def _short_form_of(text: str, claim: Claim) -> tuple[int, int] | None:
    """Where the initials of a body that is known stand in brackets behind it."""
    found = SHORT_FORM.match(text, claim.end) if claim.settled and claim.type in BODIES else None
    if found is None or not ACRONYM.fullmatch(found[1]) or not is_spelt_by(found[1], text[claim.start : claim.end]):
        return None
    return found.span(1)
