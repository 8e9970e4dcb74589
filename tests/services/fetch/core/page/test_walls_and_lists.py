"""Walls, lists and live blogs without any data of their own are told by their words and their shape."""

import pytest

from services.fetch.core.page import Page, read_page

LONG = "The council of the town said on Monday that nobody had asked for the cookies of its readers so far. " * 4
WALLS = {
    "en, continue": "<h1>Before you continue to The Paper</h1><p>We use cookies and data to deliver and maintain "
    "our services, track outages and measure audience engagement.</p>"
    "<button>Accept all</button><button>Reject all</button>",
    "en, partners": "<h2>We value your privacy</h2><p>We and our 842 "
    "partners store and access information on a "
    "device and process personal data such as unique identifiers.</p>"
    "<button>I agree</button><button>More options</button>",
    "de": "<h1>Mit Werbung weiterlesen</h1><p>Besuchen Sie "
    "uns wie gewohnt mit Werbung und Tracking. Details finden Sie "
    "in der Datenschutzerklärung.</p><button>Akzeptieren und weiter</button>",
    "de, abo": "<h1>Willkommen</h1><p>Um der Nutzung mit Werbung und Tracking zuzustimmen, klicken Sie bitte hier. "
    "Details finden Sie in unserer Datenschutzerklärung.</p><button>Einwilligen und weiter</button>"
    "<p>Oder lesen Sie ohne Tracking und ohne Werbung, mit dem Pur-Abo.</p>",
    "es": "<p>Nosotros y nuestros 842 socios almacenamos información, como cookies, y tratamos datos personales.</p>"
    "<ul><li>Puede aceptar las cookies o suscribirse.</li></ul><a href='#'>Privacy</a>",
    "ru": "<p>Мы и наши партнёры используем файлы cookie и обрабатываем персональные данные.</p>"
    "<ul><li>Согласие можно отозвать в любой момент.</li></ul><a href='#'>Privacy</a>",
    "nl": "<h1>Wij gebruiken cookies</h1><p>Met onze partners verzamelen we gegevens om advertenties te tonen. "
    "U kunt uw keuze wijzigen.</p><button>Akkoord</button><button>Instellingen</button>",
    "fr": "<h1>Vos choix concernant les cookies</h1><p>Avec nos partenaires, nous utilisons des cookies pour mesurer "
    "l'audience et afficher des publicités.</p>"
    "<a href='#'>Continuer sans accepter</a><button>Accepter</button>",
}
CHOICES = {
    "en": "<p>We use cookies to make this site work and for advertising.</p><p>Subscribe to read the rest.</p>"
    "<button>Accept all</button><button>Only necessary</button>",
    "fr": "<p>Ce site utilise des cookies à des fins statistiques.</p>"
    "<button>Tout accepter</button><button>Tout refuser</button>",
    "de": "<p>Wir verwenden Cookies. Sie können Ihre Einwilligung jederzeit widerrufen.</p>"
    "<button>Alle akzeptieren</button><button>Ablehnen</button>",
    "es": "<p>Utilizamos cookies propias y de terceros con fines publicitarios.</p>"
    "<button>Aceptar</button><button>Rechazar</button>",
    "it": "<p>Usiamo i cookie per la pubblicità e per le statistiche.</p>"
    "<button>Accetta</button><button>Rifiuta</button>",
    "ru": "<p>Мы используем файлы cookie для показа рекламы и для статистики.</p>"
    "<button>Принять все</button><button>Отклонить</button>",
}
DATED = {
    "en": ("Harbour of the north reopens after {n} days", "1{n} March 2024"),
    "fr": ("Le port du nord rouvre après {n} jours", "le 1{n} août 2023"),
    "de": ("Hafen im Norden öffnet nach {n} Tagen", "vor {n} Stunden"),
    "ru": ("Порт на севере открылся через {n} дней", "1{n}.03.2024, 12:45"),
    "ja": ("北の港は{n}日間の閉鎖を経て再び開かれることになったと市が明らかにした", "2024年3月1{n}日"),
}
FORMS = {
    "behind": "<li><a href='/{n}'>{title}</a> <small>{date}</small></li>",
    "before": "<li><time>{date}</time> <a href='/{n}'>{title}</a></li>",
    "below": "<div><a href='/{n}'>{title}</a><div class=date>{date}</div></div>",
}
TEASER = (
    "<h2><a href='/{n}'>A headline that leads elsewhere, number {n}</a></h2>"
    "<p>Two lines of what is read there, number {n}, and no more than that.</p>"
)
ENTRY = (
    "<div class='live-entry'><time datetime='2020-11-03T2{n}:05:00Z'>2{n}:05</time>"
    "<p>{n}: polls have closed in more states, and the first results are expected within the hour.</p></div>"
)
SONG = "".join(f"<p>We sail at {n} with letters for the north</p>" for n in range(20))
LINKS = "".join(f"<p><a href='/s{n}'>We sail at {n} with letters for the north</a></p>" for n in range(20))


def read(body: str) -> Page:
    return read_page(f"<html><head><title>T</title></head><body>{body}</body></html>")


def name(page: Page) -> str | None:
    return page.kind.name if page.kind is not None else None


@pytest.mark.parametrize("wall", WALLS)
def test_a_wall_is_no_article(wall: str) -> None:
    assert name(read(f"<div>{WALLS[wall]}</div>")) == "consent_wall"


@pytest.mark.parametrize("wall", WALLS)
def test_an_article_behind_a_banner_is_one(wall: str) -> None:
    prose = f"<p>{LONG.replace('cookies', 'letters')}</p>" * 3
    assert name(read(f"<article><h1>The letters</h1>{prose}</article><div>{WALLS[wall]}</div>")) is None


def test_an_article_on_cookies_is_one() -> None:
    assert name(read(f"<article><h1>Who reads cookies</h1>{f'<p>{LONG}</p>' * 9}<a>Accept</a></article>")) is None


@pytest.mark.parametrize("box", ["<div class=teaser>{}</div>", "<article>{}</article>", "{}"])
def test_an_index_of_headings_and_teasers_is_a_list(box: str) -> None:
    assert name(read("<h1>World</h1>" + "".join(box.format(TEASER.format(n=n)) for n in range(20)))) == "list"


def links(language: str, form: str, most: int = 12) -> str:
    title, date = DATED[language]
    return "".join(FORMS[form].format(n=n, title=title.format(n=n), date=date.format(n=n % 10)) for n in range(most))


@pytest.mark.parametrize("wall", CHOICES)
def test_what_asks_to_agree_or_refuse_and_says_what_for_is_a_wall(wall: str) -> None:
    assert name(read(f"<h1>The Paper</h1>{CHOICES[wall]}")) == "consent_wall"


@pytest.mark.parametrize("wall", CHOICES)
def test_a_short_article_behind_a_choice_is_one(wall: str) -> None:
    prose = f"<p>{LONG.replace('cookies', 'letters')}</p>"
    assert name(read(f"<article><h1>The letters</h1>{prose}</article><div>{CHOICES[wall]}</div>")) is None


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("language", DATED)
def test_links_with_a_date_each_and_hardly_a_word_besides_are_a_list(language: str, form: str) -> None:
    assert name(read(f"<main><h1>Politics</h1>{links(language, form)}</main>")) == "list"


@pytest.mark.parametrize(
    "body",
    [
        f"<h1>The boat</h1><p>{LONG}</p>{links('en', 'behind')}",
        f"<h1>The boat</h1>{SONG}{links('en', 'behind')}",
        f"<h1>The boat</h1><p>Three lines on a boat.</p>{links('en', 'behind', 9)}",
        f"<h1>The boat</h1><p>Three lines on a boat.</p><aside>{links('en', 'behind')}</aside>",
    ],
    ids=["prose", "a song", "few", "beside"],
)
def test_what_has_words_of_its_own_or_few_dated_links_is_no_list(body: str) -> None:
    assert name(read(body)) is None


POST = "<article><h2><a href='/{n}'>The {n} boats that came home</a></h2><p>{n}: {prose}</p></article>"


TERM = "<dt><a href='/{n}'>A headline that leads elsewhere, number {n}</a></dt><dd>What is told there, in a line.</dd>"


def terms(most: int) -> str:
    return f"<dl>{''.join(TERM.format(n=n) for n in range(most))}</dl>"


def test_links_that_are_described_one_by_one_are_a_list() -> None:
    assert name(read(f"<h1>Politics</h1>{terms(8)}")) == "list"


@pytest.mark.parametrize(
    "body",
    [
        terms(4),
        f"<h1>What the readers of this paper asked us</h1>{terms(8)}",
        f"<h1>A headline of one article</h1><p>{LONG}</p><p>{LONG}</p>{terms(8)}",
    ],
)
def test_few_of_them_or_such_below_an_article_are_none(body: str) -> None:
    assert name(read(body)) is None


def posts(most: int) -> str:
    return "".join(POST.format(n=n, prose=LONG) for n in range(most))


def test_a_front_page_of_whole_articles_is_a_list() -> None:
    page = read(f"<h1>The journal</h1><main>{posts(5)}</main>")
    assert name(page) == "list"
    assert page.kind is not None
    assert page.kind.is_none


@pytest.mark.parametrize(
    "body",
    [
        f"<article><h1>The boat</h1><p>{LONG}</p></article>{posts(4)}",
        f"<h1>The boat</h1><p>{LONG}</p>{posts(4)}",
        posts(1),
        posts(5).replace("<a href='/0'>", "<a>").replace("<h2><a", "<h2>The boats of the north and <a"),
        f"<article><h2><a href='/0'>The boat</a></h2><p>{LONG}</p>{posts(4)}</article>",
    ],
    ids=["others below", "in no box", "one", "sections", "sections of one"],
)
def test_an_article_with_others_or_sections_below_it_is_one(body: str) -> None:
    assert name(read(body)) is None


def test_an_article_above_teasers_is_one() -> None:
    assert name(read(f"<article><p>{LONG}</p></article>" + "".join(TEASER.format(n=n) for n in range(20)))) is None


@pytest.mark.parametrize(
    ("entries", "kind"),
    [
        (f"<div class='post hentry'><h1>The boat</h1>{SONG}</div>", None),
        (f"<article class=h-entry><div><h1>The boat</h1>{SONG}</div></article>", None),
        (f"<div class=post><h1>The boat</h1>{SONG}</div>", "list"),
        (f"<div class=hentry-list><h1>The boat</h1>{SONG}</div>", "list"),
        (f"<div class=hentry>{SONG}</div><div class=hentry><p>Another boat</p></div>", "list"),
        (f"<div class=hentry>{LINKS}</div>", "list"),
        ("<div class=hentry><h1>The boat</h1><p>We sail at nine</p></div>", "list"),
    ],
    ids=["hAtom", "h-entry", "not marked", "another name", "two", "of links", "short"],
)
def test_one_entry_of_a_journal_with_a_text_of_its_own_is_no_list(entries: str, kind: str | None) -> None:
    assert name(read(entries + "".join(TEASER.format(n=n) for n in range(60)))) == kind


def test_a_live_blog_whose_entries_are_articles_is_read_whole() -> None:
    entry = "<article><header>1{n}:05</header><h3>Step {n}</h3><p>{n}: {prose}</p></article>"
    entries = "".join(entry.format(n=n, prose=LONG) for n in range(8))
    head = "<link rel=canonical href=https://paper.example/live/election>"
    page = read_page(f"<html><head><title>T</title>{head}</head><body><h1>Live</h1>{entries}</body></html>")
    assert name(page) == "live_blog"
    assert [n for n in range(8) if f"{n}: {LONG[:40]}" in page.text] == list(range(8))


def test_timed_entries_are_a_live_blog_whose_newest_entry_does_not_date_it() -> None:
    page = read("<h1>Election night: as it happened</h1>" + "".join(ENTRY.format(n=n % 4) for n in range(15)))
    assert name(page) == "live_blog"
    assert "published" not in {claim.field for claim in page.claims}


def section(title: str, links: int, item: str) -> str:
    items = "".join(item.format(n=number) for number in range(links))
    return f"<main><h1>{title}</h1>{items}</main>"


PLAIN = "<li><a href='/{n}'>Harbour of the north reopens after {n} days</a></li>"
SUMMED_UP = (
    "<dt><a href='/{n}'>Harbour of the north reopens after {n} days</a></dt>"
    "<dd>The ships that had waited outside for {n} days came in one after another on Monday morning.</dd>"
)


@pytest.mark.parametrize(
    ("title", "links", "item"),
    [
        ("Politics", 5, PLAIN),
        ("Politique", 5, PLAIN),
        ("News from the harbours of the north", 10, PLAIN),
        ("Wirtschaft", 10, SUMMED_UP),
    ],
)
def test_links_without_prose_are_a_list_and_fewer_are_where_the_page_is_called_as_a_section_is(
    title: str, links: int, item: str
) -> None:
    assert name(read(section(title, links, item))) == "list"


@pytest.mark.parametrize(
    "page",
    [
        section("Harbour of the north reopens after strike", 9, PLAIN),
        section("Harbour of the north reopens after strike", 12, SUMMED_UP),
        section("Politics", 12, PLAIN) + f"<article><p>{LONG}</p></article>",
    ],
)
def test_an_article_with_links_below_it_is_none(page: str) -> None:
    assert name(read(page)) is None


SAID = (
    "the count stood at half of the districts, and more were expected. The mayor of the largest of them said that "
    "nobody would sleep tonight."
)


def live(*times: str, head: str, around: str = "") -> str:
    told = "".join(f"{head.format(at=at)}<p>At {at} {SAID}</p>" for at in times)
    return f"<article><h1>Count goes on in the north</h1>{around}{told}</article>"


FALLING, RISING = (
    ("18:10", "17:55", "17:20", "16:40", "16:05", "15:30"),
    ("15:30", "16:05", "16:40", "17:20", "17:55", "18:10"),
)


@pytest.mark.parametrize(
    "head", ["<p><strong>{at}</strong></p>", "<h3>{at} - More districts are counted</h3>", "<p>{at} Uhr</p>"]
)
def test_entries_under_times_of_day_with_the_latest_first_are_a_live_blog(head: str) -> None:
    assert name(read(live(*FALLING, head=head))) == "live_blog"


@pytest.mark.parametrize(
    "page",
    [
        live(*RISING, head="<p><strong>{at}</strong></p>"),  # a chronology
        live(*FALLING[:4], head="<p><strong>{at}</strong></p>"),
        live(*FALLING, head="<p><strong>{at}</strong></p>", around=f"<p>{LONG}</p>" * 2),
    ],
)
def test_a_chronology_and_an_article_with_some_times_are_no_live_blog(page: str) -> None:
    assert name(read(page)) is None


def opened(*times: str) -> str:
    return "<h1>Count goes on</h1>" + "".join(f"<p><strong>{at}.</strong> At {at} {SAID}</p>" for at in times)


def test_entries_that_open_with_a_time_of_day_are_a_live_blog_with_the_latest_first() -> None:
    assert name(read(opened("18h10", "17h55", "17h20", "16h40", "16h05", "15h30"))) == "live_blog"
    assert name(read(opened("15h30", "16h05", "16h40", "17h20", "17h55", "18h10"))) is None


def test_the_page_of_a_person_is_a_list_of_what_that_person_wrote() -> None:
    told = "".join(f"<h2><a href='/{n}'>Harbour reopens after {n} days of work</a></h2><p>{SAID}</p>" for n in range(6))
    page = f"<h1>Jane Holloway</h1><p>Jane Holloway joined in 2011 and writes about the sea.</p>{told}"
    head = "<head><title>T</title><meta property='og:type' content='profile'></head>"
    assert name(read_page(f"<html>{head}<body>{page}</body></html>")) == "list"
    assert name(read(page)) is None
