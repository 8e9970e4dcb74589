"""The place of a page: its own canonical link where that is of the same site, else where it was found."""

from services.fetch.core.web.answer import Refused
from services.fetch.core.web.urls import parse

SAME_SITE = ("www.", "m.", "mobile.", "amp.")


def place(found: str, canonical: str | None) -> str:
    """The canonical URL of what was found at `found` and says of itself that its place is `canonical`.

    A page that names another site's place as its own is not believed: its articles would be revisions of theirs. Nor
    is one that names the front page: many do that on every page.
    """
    url = parse(found)
    if isinstance(url, Refused) or canonical is None:
        return found
    own = parse(canonical, url)
    if isinstance(own, Refused) or _site(own.host) != _site(url.host) or own.port not in {80, 443, url.port}:
        return found
    if own.target == "/" and url.target != "/":
        return found
    return str(own)


def _site(host: str) -> str:
    for prefix in SAME_SITE:
        if host.startswith(prefix) and host.count(".") > 1:
            return host.removeprefix(prefix)
    return host
