"""The text of a page is its article's: no menu, teaser, share bar or caption, and nothing of the article is missing."""

import json

import pytest
from lxml.html import HtmlElement
from trafilatura.settings import Extractor

from services.fetch.core.page import body, read_page

SENTENCES = [
    f"Le convoi numéro {n} est entré dans la ville assiégée avec des vivres pour dix mille habitants, dit-on."
    for n in range(8)
]
PROSE = "".join(f"<p>{sentence}</p>" for sentence in SENTENCES)
LEAD = "Après trois semaines de siège, les premiers camions ont passé la dernière barricade au petit matin."
OTHER = "Un autre article, dont le titre est long, se lit ailleurs sur ce même site"


def page(body: str, head: str = "") -> str:
    return f"<!DOCTYPE html><html><head><title>Le Journal</title>{head}</head><body>{body}</body></html>"


def text_of(body: str, head: str = "") -> str:
    return read_page(page(body, head)).text


def data(**said: object) -> str:
    node = {"@type": "NewsArticle", "headline": "Le convoi est arrivé hier", **said}
    return f'<script type="application/ld+json">{json.dumps(node)}</script>'


def test_paragraphs_come_in_reading_order() -> None:
    assert text_of(f"<article>{PROSE}</article>").split("\n") == SENTENCES


@pytest.mark.parametrize(
    "furniture",
    [
        f'<div class="related-articles"><p>{OTHER}.</p></div>',
        f'<div class="article-newsletter"><p>{OTHER}.</p></div>',
        f'<section id="comments"><p>{OTHER}.</p></section>',
        f'<div class="author-bio"><p>{OTHER}.</p></div>',
        f'<figure><img src="a.jpg"><figcaption>{OTHER}.</figcaption></figure>',
        f'<h3><a href="/b">{OTHER}</a></h3>',
        f'<p><a href="/b">{OTHER}</a></p>',
        f'<ul><li><a href="/b">{OTHER}</a></li><li><a href="/c">{OTHER} encore</a></li></ul>',
        f'<div style="display: none"><p>{OTHER}.</p></div>',
        f"<div hidden><p>{OTHER}.</p></div>",
        f"<noscript><p>{OTHER}.</p></noscript>",
        f"<nav><p>{OTHER}.</p></nav>",
        f'<div class="ad-slot"><p>{OTHER}.</p></div>',
        f"<amp-ad><div>{OTHER}.</div></amp-ad>",
        f'<section class="commentaires"><p>{OTHER}.</p></section>',
        f'<div class="subscribe-box"><p>{OTHER}.</p></div>',
        '<div class="paywall"><p>Abonnez-vous pour lire la suite. Sans engagement, un euro par mois.</p></div>',
        f'<div id="cookie-banner"><p>{OTHER}.</p></div>',
        f'<div class="forum"><ul><li><p>{OTHER}.</p></li></ul></div>',
        f'<div class="subscription-widget-wrap"><p>{OTHER}.</p></div>',
        f'<div class="subscribeForm"><p>{OTHER}.</p></div>',
        '<div data-hook="recent-posts"><h2>Posts récents</h2></div>',
        f'<div class="recent_articles"><p>{OTHER}.</p></div>',
        f'<div class="gdpr_notice"><p>{OTHER}.</p></div>',
        f"<blockquote><p>{SENTENCES[3][:70]}</p></blockquote>",
        f"<aside><p>{SENTENCES[3][:50]}</p></aside>",
    ],
)
def test_what_stands_beside_the_article_is_no_part_of_its_text(furniture: str) -> None:
    found = text_of(f"<main><article>{PROSE}{furniture}</article></main>")
    assert found.split("\n") == SENTENCES


@pytest.mark.parametrize("called", ["share", "sharing-list", "social-icons", "socialLinks"])
def test_a_list_of_ways_to_share_is_no_part_of_the_text(called: str) -> None:
    shared = f'<ul class="{called}"><li>Partager sur Facebook</li><li>Envoyer</li></ul>'
    assert text_of(f"<main><h1>Le convoi</h1>{shared}{PROSE}</main>").split("\n") == SENTENCES


def test_the_last_paragraph_that_is_to_be_paid_for_is_read() -> None:
    last = f'<div class="paywall"><p>{OTHER}.</p></div>'
    assert text_of(f"<article>{PROSE}{last}</article>").split("\n") == [*SENTENCES, f"{OTHER}."]


@pytest.mark.parametrize("called", ["paywall", "share-price", "social-affairs", "cookies", "forum", "forum2", "recent"])
def test_a_name_that_most_of_a_text_bears_or_that_says_something_else_takes_nothing_out(called: str) -> None:
    paragraphs = "".join(f'<p class="{called}">{sentence}</p>' for sentence in SENTENCES[4:])
    free = "".join(f"<p>{sentence}</p>" for sentence in SENTENCES[:4])
    assert text_of(f"<article>{free}{paragraphs}</article>").split("\n") == SENTENCES


def test_a_name_that_a_program_made_up_is_no_furniture() -> None:
    paragraphs = [f'<p class="block-id-n{n}AuAdJlVL block">{sentence}</p>' for n, sentence in enumerate(SENTENCES)]
    assert text_of(f"<article>{''.join(paragraphs)}</article>").split("\n") == SENTENCES


def test_what_somebody_says_in_a_box_of_its_own_is_read() -> None:
    quoted = f"<blockquote><p>{LEAD}</p></blockquote>"
    found = text_of(f"<article>{PROSE}{quoted}<p>{OTHER}.</p>{quoted}<p>{OTHER} encore.</p></article>").split("\n")
    assert found == [*SENTENCES, LEAD, f"{OTHER}.", LEAD, f"{OTHER} encore."]


def test_lists_and_tables_stand_where_they_are_read() -> None:
    middle = "<ul><li>des vivres pour une semaine entière</li><li>des couvertures et des tentes</li></ul>"
    rows = "<table><tr><th>Jour</th><th>Camions</th></tr><tr><td>lundi</td><td>12</td></tr></table>"
    found = text_of(f"<article>{PROSE}{middle}<p>{LEAD}</p>{rows}<p>{SENTENCES[0]}</p></article>")
    places = [
        found.index(piece) for piece in ("- des vivres", "- des couvertures", LEAD, "Jour | Camions", "lundi | 12")
    ]
    assert places == sorted(places)
    assert places[0] > found.index(SENTENCES[-1])


def test_the_headline_is_a_claim_and_no_part_of_the_text() -> None:
    headline = "Le convoi est arrivé hier"
    found = read_page(page(f"<article><h1>{headline}</h1>{PROSE}</article>"))
    assert headline not in found.text
    assert ("title", headline, "html-h1") in {(claim.field, claim.value, claim.origin) for claim in found.claims}


def test_a_standfirst_is_read_where_no_data_holds_it() -> None:
    head, article = "<h1>Le convoi est arrivé hier</h1>", f'<div class="chapo"><p>{LEAD}</p></div>'
    found = text_of(f"<main><header>{head}</header>{article}<article>{PROSE}</article></main>")
    assert found.split("\n") == [LEAD, *SENTENCES]


def test_a_standfirst_that_is_called_one_is_the_page_s_description() -> None:
    body = f'<article><h1>Le convoi est arrivé hier</h1><p class="standfirst">{LEAD}</p>{PROSE}</article>'
    found = read_page(page(body, f'<meta name="description" content="{LEAD}">'))
    assert found.text.split("\n") == SENTENCES
    assert LEAD in {claim.value for claim in found.claims if claim.field == "description"}


def test_a_text_that_advertisements_divide_is_read_whole() -> None:
    piece = '<div class="row"><div class="body-column">{}</div><aside>Publicité</aside></div>'
    pieces = [
        piece.format(f"<p>{one}</p><p>{two}</p>") for one, two in zip(SENTENCES[::2], SENTENCES[1::2], strict=True)
    ]
    assert text_of(f"<main>{''.join(pieces)}</main>").split("\n") == SENTENCES


def test_the_body_that_a_page_s_data_tells_says_where_it_begins_and_ends() -> None:
    body = f"<div><p>{LEAD}</p>{PROSE}<p>{OTHER}, et voilà tout ce qu'il y a.</p></div>"
    assert text_of(body, data(articleBody=" ".join(SENTENCES))).split("\n") == SENTENCES


def test_data_that_tells_another_text_changes_nothing() -> None:
    assert text_of(f"<article>{PROSE}</article>", data(articleBody=f"{OTHER}. " * 20)).split("\n") == SENTENCES


@pytest.mark.parametrize(
    "sentence",
    [
        "政府宣布了新的措施以帮助受灾地区的居民恢复正常生活和生产秩序第{}次。",
        "دخلت القافلة رقم {} المدينة المحاصرة ومعها مؤن لآلاف السكان في المدينة.",
        "Колонна номер {} вошла в осаждённый город с продовольствием для тысяч жителей.",
        "รัฐบาลประกาศมาตรการใหม่ครั้งที่ {} เพื่อช่วยเหลือประชาชนในพื้นที่ประสบภัย",
    ],
)
def test_every_script_is_read_whole(sentence: str) -> None:
    sentences = [sentence.format(n) for n in range(8)]
    prose = "".join(f"<p>{each}</p>" for each in sentences)
    assert text_of(f'<nav><a href="/">x</a></nav><article>{prose}</article>').split("\n") == sentences


def test_how_a_word_is_said_is_no_word() -> None:
    spoken = "<p><ruby>尹錫悦<rt>ユンソンニョル</rt></ruby>大統領は三日夜に緊急の談話を発表した。</p>"
    assert "尹錫悦大統領" in text_of(f"<article>{spoken}{PROSE}</article>")


def test_what_stands_behind_an_aside_is_the_articles() -> None:
    text = text_of(f"<main>{PROSE}<aside><p>{OTHER}.</p></aside>La ville respire, et le siège est fini.</main>")
    assert text.split("\n") == [*SENTENCES, "La ville respire, et le siège est fini."]


@pytest.mark.parametrize("tag", ["aside", "footer"])
def test_an_article_in_the_data_of_a_foot_is_read(tag: str) -> None:
    told = data(articleBody=" ".join(SENTENCES))
    assert text_of(f"<p>Rien à lire.</p><{tag}>{told}</{tag}>") == " ".join(SENTENCES)


@pytest.mark.parametrize("tag", ["aside", "footer"])
def test_so_are_answers_in_the_data_of_a_foot(tag: str) -> None:
    answer = {"@type": "Question", "acceptedAnswer": {"@type": "Answer", "text": " ".join(SENTENCES)}}
    told = f'<script type="application/ld+json">{json.dumps({"@type": "FAQPage", "mainEntity": [answer]})}</script>'
    assert text_of(f"<p>Rien à lire.</p><{tag}>{told}</{tag}>") == " ".join(SENTENCES)


@pytest.mark.parametrize(
    ("shown", "given"),
    [
        (f"<main>{PROSE}</main><aside><p>{OTHER}.</p></aside>", [("quick", False)]),
        (f"<div>Rien à lire.</div><aside>{PROSE}</aside>", [("quick", True)]),
        (
            f"<p>Rien à lire.</p><div class='comments'>{PROSE}</div><aside><p>{OTHER}.</p></aside>",
            [("quick", False), ("thorough", True)],
        ),
    ],
    ids=["prose elsewhere", "no prose elsewhere", "little found"],
)
def test_the_quick_way_alone_is_spared_asides_and_only_where_there_is_prose_elsewhere(
    monkeypatch: pytest.MonkeyPatch, shown: str, given: list[tuple[str, bool]]
) -> None:
    seen, extracted = list[tuple[str, bool]](), body._extracted

    def noted(tree: HtmlElement, how: Extractor) -> str:
        seen.append(("quick" if how is body.QUICK else "thorough", tree.find(".//aside") is not None))
        return extracted(tree, how)

    monkeypatch.setattr(body, "_extracted", noted)
    text_of(shown)
    assert seen == given
