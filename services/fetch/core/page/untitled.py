"""The headline of a page without headings: it stands in a line of its own, and in the title behind the site's name."""

import re
from collections.abc import Sequence

from contracts.document import Claim
from services.fetch.core.claims import claim
from services.fetch.core.page.blocks import Block, squeezed

NAMED = re.compile(r"(?P<site>[^:]{2,40}):\s+(?P<headline>\S.*)")
CELLS = " | "  # between those of a table's row
MOST_NAME_WORDS = 4
FEWEST_WORDS = 4


def headline_shown(claims: Sequence[Claim], blocks: Sequence[Block]) -> Claim | None:
    """The claim of what a line of the page says, and its only title behind a name and a colon.

    A page that shows the name before it, too, has it in its headline.
    """
    titles = [each for each in claims if each.field == "title"]
    if len(titles) != 1 or titles[0].origin != "html-title" or not (match := NAMED.fullmatch(titles[0].value)):
        return None
    headline, whole = squeezed(match["headline"]), squeezed(titles[0].value)
    if len(match["site"].split()) > MOST_NAME_WORDS or len(match["headline"].split()) < FEWEST_WORDS:
        return None
    pieces = ((block, piece) for block in blocks for piece in block.text.split(CELLS))
    shown = {squeezed(piece) for block, piece in pieces if block.linked + len(piece) <= len(block.text)}
    if headline not in shown or whole in shown:
        return None
    return claim("title", match["headline"], "html-heading")
