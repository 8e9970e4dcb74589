"""Where a recogniser has run names together that a mark, or a heading in capitals, sets apart."""

import re
from collections.abc import Callable, Iterator

from contracts.extraction import EntityType
from services.extract.core.naming.found import Found

# Where one name ends within a span and another may begin: (ATS).-L'Action; Suisse.-Groupe B; le Tessin-néglige-t-elle;
# Zarbin.Le conseil: a full stop without its blank.
_JOINT = re.compile(
    r"\s@\s|\.\s?[-–—]+|\)\.?\s?[-–—]+|[-‐‑](?=[a-zà-ÿ]+[-‐‑]t[-‐‑](?:elle|il|on)s?\b)"
    r"|(?:(?<=[^\W\d_]{4})(?<!\bMlle)|(?<=\s[IVX]{2}))\.(?=[A-ZÀ-Ý])"
)
_HEADING = re.compile(r"[^\W\d_a-zà-ÿ]{4,}(?:-[^\W\d_a-zà-ÿ]{3,})*\s(?=[A-ZÀ-Ý](?:[a-zà-ÿ]|['’]))")
# Col EMG G. de Zarbin: an army's rank before initials
_RANKED = re.compile(
    r"(?:(?:Lt-)?[Cc]ol|Cap|Maj|Br|Brig|Div|Plt|Lt|Cdt|Sgt|Sgtm|Cpl|Adj|Gén|Gal|Fus|Sdt)\.?\s(?:EMG\s)?(?=(?:[A-ZÀ-Ý]\.[\s-]?){1,2}\S)"
)


def apart(text: str, found: Found, is_place: Callable[[str], bool]) -> Iterator[Found]:
    """The parts of a span between joints, and behind a place in capitals (ZALMIRIE Mercredi); none has a rank.

    Before initials a rank says that a person is named: Col EMG G. de Zarbin.
    """
    start = found.start
    heading = _HEADING.match(text, start, found.end)
    if heading and is_place(heading.group().rstrip()):
        yield Found(heading.start(), heading.end() - 1, EntityType.PLACE)
        start = heading.end()
    for joint in _JOINT.finditer(text, start, found.end):
        yield _unranked(text, found._replace(start=start, end=joint.start()))
        start = joint.end()
    yield _unranked(text, found._replace(start=start))


def _unranked(text: str, found: Found) -> Found:
    ranked = _RANKED.match(text, found.start, found.end)
    return found._replace(start=ranked.end(), type=EntityType.PERSON) if ranked else found
