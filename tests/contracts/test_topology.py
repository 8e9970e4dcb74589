import pytest

from contracts.topology import MESSAGES, ROUTES, SERVICES, STREAMS

# The table of the design, written out: who says what, on which subject, in which stream, to whom.
TABLE = """
UrlRequested          wireroom.url.requested               fetch cli requester   FETCH     fetch
InputReceived         wireroom.input.received              fetch                 STORE     store
InputRejected         wireroom.input.rejected              fetch                 STORE     store
InputExpanded         wireroom.input.expanded              fetch                 STORE     store
ArticleFetched        wireroom.article.fetched             fetch                 LANGUAGE  language
LanguageDetected      wireroom.article.language_detected   language              DEDUP     dedup
ArticleDeduplicated   wireroom.article.deduplicated        dedup                 EXTRACT   extract
DuplicateFound        wireroom.article.duplicate_found     dedup                 STORE     store
ArticleExtracted      wireroom.article.extracted           extract               STORE     store
ArticleEnriched       articles.enriched.*.*                store                 ARTICLES  public
ArticleDuplicated     articles.duplicated.*                store                 ARTICLES  public
"""


def test_the_routes_are_those_of_the_design() -> None:
    routes = [
        (route.message.__name__, route.message.subject, *route.said_by, route.stream, route.heard_by)
        for route in ROUTES
    ]

    assert routes == [tuple(line.split()) for line in TABLE.strip().splitlines()]


def test_the_streams_are_those_of_the_design() -> None:
    streams = {
        stream.name: (stream.retention, stream.discard, stream.share, stream.max_age_seconds / 86400, stream.account)
        for stream in STREAMS
    }

    queue = ("workqueue", "new", 0.04, 0.0, "WIREROOM")
    assert streams == {
        "FETCH": queue,
        "LANGUAGE": queue,
        "DEDUP": queue,
        "EXTRACT": queue,
        "STORE": queue,
        "ARTICLES": ("limits", "old", 0.30, 30.0, "PUBLIC"),
        "DEAD": ("limits", "new", 0.05, 90.0, "WIREROOM"),
    }


@pytest.mark.parametrize("route", ROUTES, ids=lambda route: route.message.__name__)
def test_a_message_lies_in_the_one_stream_that_holds_its_subject(route: object) -> None:
    subject = route.message.subject  # type: ignore[attr-defined]

    holding = [stream.name for stream in STREAMS if any(_covers(pattern, subject) for pattern in stream.subjects)]

    assert holding == [route.stream]  # type: ignore[attr-defined]


def test_every_service_hears_its_own_queue_and_says_something() -> None:
    assert {route.heard_by for route in ROUTES} == {*SERVICES, "public"}
    assert all(any(service in route.said_by for route in ROUTES) for service in SERVICES)


def test_no_two_messages_share_a_name_or_a_subject() -> None:
    assert len(MESSAGES) == len(ROUTES)
    assert len({route.message.subject for route in ROUTES}) == len(ROUTES)


@pytest.mark.parametrize(
    ("tag", "country", "address"),
    [
        ("fr", "SY", "articles.enriched.fr.sy"),
        ("zh-Hant-TW", None, "articles.enriched.zh.zz"),
        ("und", None, "articles.enriched.und.zz"),
    ],
)
def test_an_article_is_announced_under_its_language_and_country(
    tag: str, country: str | None, address: str, recorded: dict[str, dict[str, dict[str, object]]]
) -> None:
    article = recorded["article_enriched"]
    article["language"]["tag"] = tag
    article["extraction"]["country"] = country

    assert MESSAGES["article_enriched"].model_validate(article).address() == address


def test_a_duplicate_is_announced_under_its_language(recorded: dict[str, object]) -> None:
    assert (
        MESSAGES["article_duplicated"].model_validate(recorded["article_duplicated"]).address()
        == "articles.duplicated.fr"
    )


def _covers(pattern: str, subject: str) -> bool:
    """Whether a stream's subject holds all that `subject` stands for."""
    wanted, given = pattern.split("."), subject.split(".")
    if wanted[-1] == ">":
        return given[: len(wanted) - 1] == wanted[:-1] and len(given) >= len(wanted)
    return wanted == given
