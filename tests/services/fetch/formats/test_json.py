"""JSON becomes an article by the names of its keys, whoever chose them, and is refused with those names otherwise."""

import json
from typing import Any

import pytest

from contracts.outcomes import RejectReason
from services.fetch.core.document import BadMember, Rejected, Source
from services.fetch.formats import json_any
from services.fetch.settings import FetchSettings
from tests.services.fetch.formats.reads import bytes_of, claimed, document, members, reason

SCHEMA_ORG = {
    "@context": "https://schema.org",
    "@type": "NewsArticle",
    "headline": "A headline",
    "datePublished": "2018-03-02T10:00:00+01:00",
    "author": [{"@type": "Person", "name": "Anne Martin"}],
    "publisher": {"@type": "Organization", "name": "The Paper"},
    "inLanguage": "fr",
    "url": "https://paper.example/a",
    "articleSection": "World",
    "articleBody": "Some words.",
}
NINJS_1 = {
    "uri": "https://agency.example/1",
    "type": "text",
    "versioncreated": "2018-03-02T10:00:00+01:00",
    "headline": "A headline",
    "byline": "Anne Martin",
    "language": "fr",
    "subject": [{"code": "1", "name": "World"}],
    "copyrightholder": "The Paper",
    "body_text": "Some words without breaks.",
    "body_html": "<p>Some words.</p>",
}
NINJS_3 = {
    "uri": "https://agency.example/1",
    "standard": {"name": "ninjs", "version": "3.0"},
    "versionCreated": "2018-03-02T11:00:00+01:00",
    "contentCreated": "2018-03-02T10:00:00+01:00",
    "headlines": [{"role": "main", "value": "A headline"}, {"role": "sub", "value": "Below"}],
    "bodies": [{"role": "main", "contentType": "text/html", "value": "<p>Some words.</p>"}, {"value": "Again."}],
    "by": "Anne Martin",
    "infoSources": [{"name": "The Paper"}],
    "language": "fr",
}
NINJS_2 = {
    "uri": "https://agency.example/1",
    "standard": {"name": "ninjs", "version": "2.0"},
    "versioncreated": "2018-03-02T11:00:00+01:00",
    "contentcreated": "2018-03-02T10:00:00+01:00",
    "headlines": [{"role": "main", "value": "A headline"}],
    "bodies": [{"role": "main", "contenttype": "text/html", "value": "<p>Some words.</p>"}],
    "byline": "Anne Martin",
    "infosources": [{"name": "The Paper"}],
    "language": "fr",
}
NEWS_PLEASE = {
    "authors": ["Anne Martin"],
    "date_publish": "2018-03-02 10:00:00+01:00",
    "language": "fr",
    "maintext": "Some words.",
    "source_domain": "The Paper",
    "title": "A headline",
    "url": "https://paper.example/a",
    "text": None,
}
FUNDUS = {
    "title": "A headline",
    "authors": ["Anne Martin"],
    "publishing_date": "2018-03-02 10:00:00+01:00",
    "publisher": "The Paper",
    "lang": "fr",
    "body": {"summary": ["Some words."], "sections": [{"headline": [], "paragraphs": []}]},
    "html": {"requested_url": "https://paper.example/a"},
}
CC_NEWS = {
    "title": "A headline",
    "text": "Some words.",
    "domain": "The Paper",
    "date": "2018-03-02 10:00:00+01:00",
    "url": "https://paper.example/a",
    "author": "Anne Martin",
    "language": "fr",
}
NEWS_API = {
    "source": {"id": None, "name": "The Paper"},
    "author": "Anne Martin",
    "title": "A headline",
    "publishedAt": "2018-03-02T09:00:00Z",
    "content": "Some words.",
    "language": "fr",
}
WORDPRESS = {
    "date_gmt": "2018-03-02T09:00:00Z",
    "link": "https://paper.example/a",
    "title": {"rendered": "A headline"},
    "content": {"rendered": "<p>Some words.</p>"},
    "author": "Anne Martin",
    "site_name": "The Paper",
    "lang": "fr",
}
MOMENTS = ("2018-03-02T10:00:00+01:00", "2018-03-02T09:00:00+00:00")


def read(node: Any, **mapping: str) -> Any:
    return document(json_any.read, json.dumps(node), keys=tuple(mapping.items()))


@pytest.mark.parametrize(
    "node", [SCHEMA_ORG, NINJS_1, NINJS_2, NINJS_3, NEWS_PLEASE, FUNDUS, CC_NEWS, NEWS_API, WORDPRESS], ids=range(9)
)
def test_an_article_is_read_by_the_names_of_its_makers(node: dict[str, Any]) -> None:
    found = read(node)
    first = {field: claimed(found, field)[:1] for field in ("title", "author", "publisher", "language")}
    assert (found.text, first) == (
        "Some words.",
        {"title": ["A headline"], "author": ["Anne Martin"], "publisher": ["The Paper"], "language": ["fr"]},
    )
    assert claimed(found, "published")[0] in MOMENTS


def test_what_schema_org_says_is_of_the_origin_that_pages_have() -> None:
    assert {claim.origin for claim in read(SCHEMA_ORG).claims} >= {"jsonld"}
    assert {claim.origin for claim in read(NINJS_1).claims} == {"ninjs"}
    assert {claim.origin for claim in read(CC_NEWS).claims} == {"json"}


def test_the_address_is_the_documents_own() -> None:
    assert read(NEWS_PLEASE).url == "https://paper.example/a"


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ("<p>One.</p><p>Two <b>words</b>.</p><ul><li>a</li><li>b</li></ul>", "One.\n\nTwo words.\n\n- a\n- b"),
        ("<table><tr><td>a</td><td>1</td></tr></table>", "a | 1"),
        ("a &amp; b &eacute;", "a & b é"),
        ("3 < 4 and 5 > 2", "3 < 4 and 5 > 2"),
        ("lines\n\nas they are\n", "lines\n\nas they are\n"),
        ("One <b>word</b>,\nanother.\n\nTwo.", "One word,\nanother.\n\nTwo."),
        ("<p>kept</p><script>alert(1)</script><style>p{}</style>", "kept"),
        pytest.param("\ud800 alone", "\ufffd alone", id="surrogate"),
    ],
)
def test_markup_in_a_field_becomes_plain_text(text: str, plain: str) -> None:
    assert read({"title": "A", "text": text}).text == plain


@pytest.mark.parametrize(
    ("stamp", "claim"),
    [
        (1519981200, ["2018-03-02T09:00:00+00:00"]),
        (1519981200000, ["2018-03-02T09:00:00+00:00"]),
        ("1519981200", ["2018-03-02T09:00:00+00:00"]),
        ("1705121230000", ["2024-01-13T04:47:10+00:00"]),
        (10**400, []),
        ("2018-03", ["2018-03"]),
        ("20180302", ["2018-03-02"]),
        ("2 mars 2018", ["2 mars 2018"]),
        (7, []),
        (True, []),
        (1e300, []),
        ({"x": 1}, []),
    ],
)
def test_a_time_is_claimed_as_it_is_written(stamp: Any, claim: list[str]) -> None:
    assert claimed(read({"title": "A", "text": "b", "date": stamp}), "published") == claim


def test_what_is_called_otherwise_is_named_by_the_mapping() -> None:
    node = {"payload": {"corpus": "Some words.", "kop": "A headline"}, "text": "something else", "wie": ["A", "B"]}
    found = read(node, text="payload.corpus", title="payload.kop", author="wie")
    assert (found.text, claimed(found, "title"), claimed(found, "author")) == (
        "Some words.",
        ["A headline"],
        ["A", "B"],
    )


def test_what_has_the_known_names_is_read_beside_what_the_mapping_names() -> None:
    assert read({"title": "A", "text": "Some words."}, text="payload.corpus").text == "Some words."
    assert read({"payload": {"corpus": "Ours."}, "text": "Theirs."}, text="payload.corpus").text == "Ours."


@pytest.mark.parametrize("told", ['{"text": ""}', '{"text": 5}', '{"body": "a"}', "[]", "{"])
def test_a_mapping_that_names_nothing_is_no_setting(told: str) -> None:
    with pytest.raises(ValueError, match=r"name|leave out"):
        FetchSettings(json_mapping=told)


@pytest.mark.parametrize("name", ["a..b", ".a", ".", "a..", " .a"])
def test_a_name_with_an_empty_part_is_no_setting(name: str) -> None:
    with pytest.raises(ValueError, match=r"has nothing between two dots, or before the first: name each part"):
        FetchSettings(json_mapping=json.dumps({"text": name}))
    assert FetchSettings(json_mapping='{"text": "Abstr."}').json_mapping == {"text": "Abstr."}  # as a table may call it


def test_the_names_of_a_mapping_stand_without_the_blanks_around_them() -> None:
    assert FetchSettings(json_mapping='{"text": " payload.body "}').json_mapping == {"text": "payload.body"}


def test_a_name_may_be_a_place_in_a_list() -> None:
    node = {"blocks": [{"kind": "head"}, {"words": "Some words."}, {"words": "An advertisement."}]}
    assert read(node, text="blocks.1.words").text == "Some words."
    assert read(node, text="blocks.words").text == "Some words.\n\nAn advertisement."


def test_it_is_said_that_nothing_is_where_the_mapping_says() -> None:
    found = json_any.read(Source(b'{"quiz": {"q1": "x"}}', keys=(("text", "payload.corpus"),)))
    assert isinstance(found, Rejected)
    assert found.detail.endswith("keys: quiz, nor under payload.corpus, as WIREROOM_FETCH_JSON_MAPPING says")


def test_a_picture_is_its_caption() -> None:
    node = {
        "headline": "A bridge",
        "versioncreated": "2018-03-02T10:00:00Z",
        "description_text": "The bridge at night.",
    }
    assert read(node).text == "The bridge at night."


@pytest.mark.parametrize(
    ("data", "said"),
    [
        ('{"name": "pkg", "version": "1", "description": "A library."}', "keys: name, version, description;"),
        ('{"quiz": {"q1": "x"}}', "keys: quiz; WIREROOM_FETCH_JSON_MAPPING can say"),
        ("{}", "keys: none"),
        (json.dumps({f"k{n}": n for n in range(100)}), "and 80 more"),
        ('{"title": "A", "text": "  12 "}', "keys: title, text"),
        ("[1, 2]", "neither an object nor a list of objects"),
        ('"text"', "neither an object nor a list of objects"),
        ('{"a": ', "not JSON"),
        ("[" * 100_000, "nested too deeply"),
        ('{"a":' * 100_000, "nested too deeply"),
    ],
)
def test_what_is_no_article_is_refused_with_what_was_seen(data: str, said: str) -> None:
    assert said in reason(json_any.read, data)[1]


@pytest.mark.parametrize(
    "wrap",
    [
        lambda items: items,
        lambda items: {"articles": items, "status": "ok"},
        lambda items: {"response": {"docs": items}},
        lambda items: {"data": {"items": [{"meta": {}, "item": item} for item in items]}},
        lambda items: {"hits": {"hits": [{"_source": item} for item in items]}},
        lambda items: {"@context": "https://schema.org", "@graph": items},
    ],
)
def test_a_list_of_articles_is_a_container_wherever_it_lies(wrap: Any) -> None:
    found = members(json_any.read, json.dumps(wrap([{"title": f"{n}", "text": f"Text {n}."} for n in "abc"])))
    assert [document(json_any.read, bytes_of(member)).text for member in found] == ["Text a.", "Text b.", "Text c."]
    assert [member.path for member in found] == ["item-1.json", "item-2.json", "item-3.json"]


def test_what_is_no_object_in_a_list_harms_no_neighbour() -> None:
    found = members(json_any.read, '[{"text": "a"}, 7, {"text": "b"}]')
    assert [isinstance(member, BadMember) for member in found] == [False, True, False]


def test_lines_under_the_name_of_json_are_lines() -> None:
    found = members(json_any.read, '{"text": "a"}\n{"text": "b"}\n')
    assert [member.path for member in found] == ["line-1.json", "line-2.json"]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_json_in_any_encoding_is_read(encoding: str) -> None:
    data = json.dumps({"title": "A", "text": "L'été à l'hôpital de la préfecture."}, ensure_ascii=False).encode(
        encoding
    )
    assert document(json_any.read, data).text == "L'été à l'hôpital de la préfecture."


def test_a_graph_with_one_article_is_that_article_and_what_is_around_it_is_none() -> None:
    page = {"@type": "WebPage", "name": "A page", "url": "https://paper.example/a", "description": "About it."}
    graph = json.dumps({"@context": "https://schema.org", "@graph": [page, {"@type": "Organization"}, SCHEMA_ORG]})
    assert document(json_any.read, graph).text == "Some words."
    several = json.dumps({"@graph": [page, SCHEMA_ORG, SCHEMA_ORG]})
    assert len(members(json_any.read, several)) == 2


PICTURE = {"type": "picture", "uri": "https://agency.example/p", "description_text": "Un pont.", "renditions": {}}


@pytest.mark.parametrize(
    ("package", "texts"),
    [
        ({"associations": {"main": NINJS_1, "more": [NINJS_1, NINJS_1]}}, ["Some words."] * 3),
        ({"associations": [NINJS_3, {"name": "b", **NINJS_2}]}, ["Some words."] * 2),
        ({"associations": {"main": NINJS_1, "link": {"uri": "https://agency.example/2"}}}, ["Some words."]),
        ({"body_html": "<p>About both.</p>", "associations": {"main": NINJS_1}}, ["About both.", "Some words."]),
    ],
)
def test_a_package_is_a_container_of_the_articles_in_it(package: dict[str, Any], texts: list[str]) -> None:
    found = members(json_any.read, json.dumps({"type": "composite", "headline": "A package", **package}))
    assert [document(json_any.read, bytes_of(member)).text for member in found] == texts


def test_a_package_in_a_package_is_a_container_in_turn() -> None:
    inner = {"type": "composite", "associations": {"main": NINJS_1}}
    [member] = members(json_any.read, json.dumps({"type": "composite", "associations": {"all": inner}}))
    assert len(members(json_any.read, bytes_of(member).decode())) == 1


def test_what_is_associated_with_an_article_stays_with_it() -> None:
    found = document(json_any.read, json.dumps({**NINJS_1, "associations": {"featuremedia": PICTURE, "more": NINJS_1}}))
    assert found.text == "Some words."


def test_a_package_of_links_is_told_by_its_keys() -> None:
    links = {"type": "composite", "associations": {"main": {"uri": "https://agency.example/2"}}}
    found = json_any.read(Source(json.dumps(links).encode()))
    assert isinstance(found, Rejected)
    assert "associations" in found.detail


def test_objects_one_after_another_are_an_input_each_however_they_are_laid_out() -> None:
    written = "\n".join(json.dumps({"title": f"Title {number}", "text": "Words."}, indent=1) for number in (1, 2, 3))
    found = members(json_any.read, written)
    assert [claimed(document(json_any.read, bytes_of(each)), "title") for each in found] == [
        ["Title 1"],
        ["Title 2"],
        ["Title 3"],
    ]
    assert reason(json_any.read, written[:-5])[0] == RejectReason.UNREADABLE


def test_what_interfaces_say_beside_the_fields_of_an_article_is_read() -> None:
    guardian = {
        "webTitle": "A title",
        "webPublicationDate": "2025-01-14T01:02:03Z",
        "fields": {"byline": "Ann Bee", "bodyText": "Words."},
    }
    [member] = members(json_any.read, json.dumps({"response": {"status": "ok", "results": [guardian]}}))
    found = document(json_any.read, bytes_of(member))
    assert [claimed(found, field) for field in ("title", "published", "author")] == [
        ["A title"],
        ["2025-01-14T01:02:03+00:00"],
        ["Ann Bee"],
    ]
    wordpress = {"author": 3, "content": {"rendered": "<p>Words.</p>"}, "_embedded": {"author": [{"name": "Ann Bee"}]}}
    assert claimed(document(json_any.read, json.dumps(wordpress)), "author") == ["Ann Bee"]
