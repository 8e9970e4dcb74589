"""A page that is no article is not passed off as one, and an article is not called something else."""

import json

import pytest

from contracts.outcomes import RejectReason
from services.fetch.core.document import ReadDocument, Rejected, Source
from services.fetch.core.page import read_page
from services.fetch.formats import html

PROSE = "".join(
    f"<p>Le convoi numéro {n} est entré dans la ville assiégée avec des vivres pour dix mille habitants.</p>"
    for n in range(8)
)
LIVE = "".join(
    f"<p>10:{n}0</p><p>Le convoi est passé devant la barricade numéro {n}, sans tirs ni cris.</p>" for n in range(6)
)
TEASERS = "".join(
    f'<div class="card"><h3><a href="/{n}">Un titre de journal long comme il faut, numéro {n}</a></h3>'
    f"<p>Deux lignes de ce qu'on y lira si on veut bien, numéro {n}, et pas plus.</p></div>"
    for n in range(45)
)
CONSENT = (
    "<div><p>Nous et nos partenaires utilisons des cookies et traceurs pour traiter vos données personnelles.</p>"
    "<p>Votre consentement vaut pour tous nos cookies, et la privacy policy dit lesquels, pour chacun d'eux.</p>"
    "<a href='#'>Accepter</a></div>"
)


def page(body: str, *, url: str = "", og: str = "", data: object = None) -> str:
    head = f'<link rel="canonical" href="{url}">' if url else ""
    head += f'<meta property="og:type" content="{og}">' if og else ""
    head += f'<script type="application/ld+json">{json.dumps(data)}</script>' if data else ""
    return f"<!DOCTYPE html><html><head><title>T</title>{head}</head><body>{body}</body></html>"


def kind(source: str) -> str | None:
    found = read_page(source).kind
    return None if found is None else found.name


@pytest.mark.parametrize(
    "source",
    [
        page(TEASERS, url="https://j.example/"),
        page(TEASERS, url="https://j.example/", data={"@type": "NewsArticle", "headline": "La une"}),
        page(TEASERS, url="https://j.example/x", data={"@type": "CollectionPage"}),
        page(TEASERS, url="https://j.example/category/monde"),
        page(TEASERS, url="https://j.example/x", og="website"),
        page(TEASERS),
    ],
)
def test_a_page_of_links_is_a_list(source: str) -> None:
    assert kind(source) == "list"


@pytest.mark.parametrize(
    "source",
    [
        page(f"<article>{PROSE}</article>{TEASERS}"),
        page(f"<article>{PROSE}</article>{TEASERS}", url="https://j.example/"),
        page(f"<article>{PROSE}</article>{TEASERS}", url="https://j.example/tags/x", og="website"),
        page(f"<p>Une brève.</p>{TEASERS}", url="https://j.example/a", og="article"),
        page(f"<p>Une brève.</p>{TEASERS}", url="https://j.example/a", data={"@type": "NewsArticle", "headline": "T"}),
        page("<p>Une brève, et rien d'autre.</p>", url="https://j.example/"),
        page(f"<article>{PROSE}</article>{CONSENT}"),
        page(f"<article>{CONSENT}{PROSE}</article>"),
        page(f"<article>{PROSE}</article>", url="https://j.example/live-blog/a"),
        page(f"<article>{LIVE}</article>", url="https://j.example/a"),
        page(
            f"<article>{PROSE}</article>", data={"@type": "NewsArticle", "headline": "T", "isAccessibleForFree": False}
        ),
        page(f"<article>{PROSE}</article>", data={"@type": "VideoObject", "name": "T"}),
    ],
)
def test_an_article_is_an_article_whatever_stands_around_it(source: str) -> None:
    assert kind(source) is None


@pytest.mark.parametrize(
    ("source", "name"),
    [
        (page(f"<article>{PROSE}</article>", data={"@type": "LiveBlogPosting", "headline": "T"}), "live_blog"),
        (page(f"<article>{LIVE}</article>", url="https://j.example/monde/live-ticker-alep"), "live_blog"),
        (
            page("<article><p>Le début seul se lit ici, et le reste se paie, comme partout ailleurs.</p></article>",
                 data={"@type": "NewsArticle", "headline": "T", "isAccessibleForFree": "False"}),
            "paywall_stub",
        ),
        (
            page("<meta property='article:content_tier' content=locked><p>Le début seul se lit ici.</p>"),
            "paywall_stub",
        ),
        (page("<p>Regardez le convoi entrer dans la ville, en deux minutes.</p>", og="video.other"), "video"),
        (page("<p>Le convoi en images.</p>", data={"@type": "ImageGallery", "name": "T"}), "gallery"),
        (page(CONSENT), "consent_wall"),
    ],
)  # fmt: skip
def test_what_a_page_is_besides_an_article_is_claimed(source: str, name: str) -> None:
    found = read_page(source)
    assert kind(source) == name
    assert ("page_kind", name, "html") in {(claim.field, claim.value, claim.origin) for claim in found.claims}


@pytest.mark.parametrize("source", [page(TEASERS), page(CONSENT)])
def test_what_holds_no_article_is_rejected_as_none(source: str) -> None:
    found = html.read(Source(source.encode(), "a.html"))
    assert isinstance(found, Rejected)
    assert found.reason is RejectReason.NOT_AN_ARTICLE
    assert "page" in found.detail or "wall" in found.detail


def test_a_live_blog_is_a_document() -> None:
    source = page(f"<article>{PROSE}</article>", data={"@type": "LiveBlogPosting", "headline": "T"})
    assert isinstance(html.read(Source(source.encode(), "a.html")), ReadDocument)
