"""Names in a line that says by whom and on which day: By Jane Doe Jan 30."""

import re

from contracts.extraction import EntityType
from services.extract.core.naming.found import Found

_DAY = re.compile(
    r"\s(?:Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec|(?:Janu|Febru)ary|March|April|June|July)\.?\s\d{1,2}\b"
)
_LONGEST_DAY = 4


def undated(text: str, found: Found) -> Found:
    """A span without the day behind a name, whose owner "By" tells: By Jane Doe Jan 30."""
    day = _DAY.search(text, found.start, min(len(text), found.end + _LONGEST_DAY))
    if day is None or not found.start < day.start() < found.end:
        return found
    is_written_by = text[max(0, found.start - 3) : found.start] == "By "
    return found._replace(end=day.start(), type=EntityType.PERSON if is_written_by else found.type)
