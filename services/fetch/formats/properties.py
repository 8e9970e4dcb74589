"""What the properties of an office document or PDF claim, without what programs put there by themselves.

A file's own dates are claims of `created` and `modified`: often the day of a template, never that of publication.
"""

import re
from collections.abc import Iterator

from contracts.document import Claim
from services.fetch.core.claims import claim, language_tag

NOBODY = re.compile(
    r"\W*(?:admin(?:istrat(?:or|eur))?|anonymous|author|benutzer|default|guest|microsoft(?: office(?: user)?)?|none|"
    r"office|owner|python-docx|root|unknown(?: author)?|user|utente|utilisateur|windows[- ]user)\W*\d*\Z",
    re.IGNORECASE,
)
FILE_NAME = re.compile(
    r"(?:[A-Za-z]:\\|/|file:)\S|.*\.(?:docx?|dot|rtf|odt|indd|qxp|qxd|pdf|pages|tiff?|jpe?g|txt|html?)\Z"
)
PROGRAM = re.compile(
    r"(?:microsoft word|microsoft powerpoint|powerpoint presentation|created with|\(?untitled|document\d*\Z|"
    r"\(?(?:anonymous|unspecified|no title)\)?\Z|sans titre|unbenannt|sin título|print\b|layout \d|full page photo)",
    re.IGNORECASE,
)


def title(value: object, origin: str) -> Claim | None:
    """The claim that it is the title, where it is not the name of a file or a program's word for having none."""
    found = claim("title", value, origin)
    return None if found is None or FILE_NAME.match(found.value) or PROGRAM.match(found.value) else found


def authors(value: object, origin: str) -> Iterator[Claim | None]:
    """Claims of the authors, who are divided by semicolons; a computer's user is none."""
    for name in str(value or "").split(";")[:10]:
        if not NOBODY.match(name.strip()):
            yield claim("author", name, origin)


def language(value: object, origin: str) -> Claim | None:
    """The claim of the language."""
    return claim("language", language_tag(value), origin)
