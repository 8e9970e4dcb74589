"""What stands beside a given name alone that is somebody's: Anna a 27 ans; Jean, un voisin; explique Anna."""

import re

_THINGS = (
    r"villes?|villages?|communes?|bourg|[îi]les?|cit[ée]|station|r[ée]gion|quartier|localit[ée]|port|capitale|pays|[ée]tat|banlieue"
    r"|communaut[ée]|province|d[ée]partement|film|roman|s[ée]rie|jeu|soci[ée]t[ée]|entreprise|filiale|marque|groupe|association"
    r"|application|site"
)
_AFTER = re.compile(
    r",?\s(?:a\s|avait\s|aura\s)?\d{1,2}\sans\b(?!\sd['’])"
    rf"|,\s(?:une?|mon|ma|son|sa|notre)\s(?!(?:[a-zà-ÿ-]+\s)?(?:{_THINGS})\b)[a-zà-ÿ]{{3,}}"
)
_BEFORE = re.compile(
    r"\b(?:explique|raconte|confie|pr[ée]cise|lance|t[ée]moigne|ajoute|d[ée]clare|affirme|assure|exclame|soupire|r[ée]sume|poursuit"
    r"|sourit|plaisante|rench[ée]rit|conclut|souffle|s['’]appelle)\s(?:[a-z]+ment\s)?$"
)
_REACH = 30


def is_human(text: str, start: int, end: int) -> bool:
    """Whether what stands beside the given name `text[start:end]` is said of a human being."""
    return bool(_AFTER.match(text, end) or _BEFORE.search(text, max(0, start - _REACH), start))
