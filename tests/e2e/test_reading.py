"""What people really drop: other encodings, pages, things that are no texts, names that no shell likes."""

import codecs
import json
import os

import pytest

from contracts.outcomes import State
from tests.e2e.hearing import Ears, Heard
from tests.e2e.running import System
from tests.e2e.writing import SEEDS, an_article

pytestmark = [pytest.mark.nats, pytest.mark.slow]

ENCODINGS = {
    "utf-8 with its mark": (codecs.BOM_UTF8, "utf-8", "utf-8"),
    "cp1252": (b"", "cp1252", "cp1252"),
    "utf-16 little-endian": (codecs.BOM_UTF16_LE, "utf-16-le", "utf-16-le"),
    "utf-16 big-endian": (codecs.BOM_UTF16_BE, "utf-16-be", "utf-16-be"),
    "utf-16 without its mark": (b"", "utf-16-le", "utf-16-le"),
}
TYPOGRAPHY = "« L’été », dit-elle – à Évreux… « déjà », œuvre à 5 €.\n"


@pytest.mark.parametrize("how", ENCODINGS)
def test_a_seed_in_another_encoding_is_the_same_text(
    system: System, ears: Ears, seeds: dict[str, Heard], how: str
) -> None:
    seed = SEEDS[2]
    mark, codec, named = ENCODINGS[how]
    system.drop(f"encoded/{how}.txt", mark + seed.read_text(encoding="utf-8").encode(codec))
    [told] = ears.of(f"inbox:encoded/{how}.txt")
    assert told.body["duplication"]["of"] == seeds[seed.name].body["article_id"]
    assert told.body["duplication"]["method"] == "same_text"
    assert told.body["document"]["encoding"] == named


@pytest.mark.parametrize("how", ENCODINGS)
def test_the_text_is_what_the_bytes_say_in_their_encoding(system: System, ears: Ears, how: str) -> None:
    mark, codec, _ = ENCODINGS[how]
    text = an_article(1000 + sorted(ENCODINGS).index(how)) + TYPOGRAPHY
    system.drop(f"written/{how}.txt", mark + text.encode(codec))
    [told] = ears.of(f"inbox:written/{how}.txt")
    assert told.body["document"]["text"] == text
    assert told.body["document"]["lossy"] == 0


def test_a_page_becomes_an_article_with_its_own_claims(system: System, ears: Ears) -> None:
    said = {
        "@context": "https://schema.org",
        "@type": "NewsArticle",
        "headline": "Le pont de Chalonnes rouvre",
        "datePublished": "2023-09-14T08:30:00+02:00",
        "author": {"@type": "Person", "name": "Aline Mercier"},
        "publisher": {"@type": "Organization", "name": "Le Courrier du Fleuve"},
    }
    prose = [an_article(2000 + number, sentences=3) for number in range(4)]
    page = f"""<!doctype html><html lang="fr"><head><meta charset="utf-8"><title>Le pont | Le Courrier du Fleuve</title>
        <meta property="og:title" content="Le pont de Chalonnes rouvre">
        <link rel="canonical" href="https://courrier.example/pont">
        <script type="application/ld+json">{json.dumps(said)}</script></head>
        <body><nav><a href="/">Accueil</a></nav><article><h1>Le pont de Chalonnes rouvre</h1>
        {"".join(f"<p>{one}</p>" for one in prose)}</article><footer>Mentions légales</footer></body></html>"""
    system.drop("page.html", page.encode())
    [told] = ears.of("inbox:page.html")
    document, extraction = told.body["document"], told.body["extraction"]
    assert document["media_type"] == "text/html"
    assert document["url"] == "https://courrier.example/pont"
    assert {"field": "publisher", "value": "Le Courrier du Fleuve", "origin": "jsonld"} in document["claims"]
    assert {claim["origin"] for claim in document["claims"]} >= {"jsonld", "opengraph"}
    assert "Mentions légales" not in document["text"]
    assert "<p>" not in document["text"]
    assert extraction["title"]["text"] == "Le pont de Chalonnes rouvre"
    assert [author["name"] for author in extraction["byline"]] == ["Aline Mercier"]
    assert extraction["publisher"]["name"] == "Le Courrier du Fleuve"
    assert extraction["published"]["value"].startswith("2023-09-14")


REJECTED = {
    "nothing.txt": (b"", "empty"),
    "blank.txt": (b" \n\t\r\n  ", "no_text"),
    "figures.txt": ("12 345,67\n— … 89 %\n".encode(), "no_text"),
    "huge.txt": (b"Un mot de plus. " * 140_000, "too_large"),
    "photo.txt": (b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 20, "unsupported"),
    "report.pdf": (b"%PDF-1.7\n" + bytes(range(256)) * 4, "unreadable"),
    "noise.txt": (bytes((number * 7919 >> 3) % 256 for number in range(5000)), "not_text"),
}


@pytest.mark.parametrize("name", REJECTED)
def test_what_is_no_text_is_put_aside_with_its_reason(system: System, name: str) -> None:
    data, reason = REJECTED[name]
    system.drop(f"no texts/{name}", data)
    [one] = system.ended(f"inbox:no texts/{name}")
    assert (one.state, one.reason) == (State.REJECTED, reason)
    rejected = system.kept(".rejected")
    assert rejected[f"no texts/{name}"] == data
    report = json.loads(rejected[f"no texts/{name}.error.json"])
    assert report.keys() == {"input_id", "source_uri", "reason", "detail", "at"}
    assert (report["input_id"], report["source_uri"], report["reason"]) == (one.input_id, one.source_uri, reason)


def test_a_pipe_is_put_aside_and_nobody_waits_at_it(system: System) -> None:
    os.mkfifo(system.inbox / "pipe")
    [one] = system.ended("inbox:pipe")
    assert (one.state, one.reason) == (State.REJECTED, "not_a_file")
    system.all_put_away()
    assert (system.inbox / ".rejected" / "pipe").is_fifo()


def test_a_link_that_leaves_the_inbox_is_not_followed(system: System) -> None:
    (system.folder / "secret.txt").write_text(an_article(3000))
    (system.inbox / "link.txt").symlink_to(system.folder / "secret.txt")
    [one] = system.ended("inbox:link.txt")
    assert (one.state, one.reason) == (State.REJECTED, "not_a_file")
    system.all_put_away()
    assert (system.inbox / ".rejected" / "link.txt").is_symlink()


NAMES = {
    "spaces": b"deux  mots .txt",
    "quotes": 'l\'été "dit" « la » `presse` $HOME;.txt'.encode(),
    "a line break": b"une\nligne\tet demie.txt",
    "255 bytes": b"a" * 251 + b".txt",
    "undecodable": b"caf\xe9 \xff.txt",
    "percent": b"100%E9.txt",
    "no suffix": b"depeche",
    "a dash first": b"--help",
    "other scripts": "新闻/أخبار/новости.txt".encode(),
    "deep folders": b"/".join([b"folder"] * 12) + b"/a.txt",
    "surrogate lookalike": "\U0001f4f0 news.txt".encode(),
}


@pytest.mark.parametrize("what", NAMES)
def test_any_name_is_taken_and_found_again(system: System, ears: Ears, what: str) -> None:
    name = NAMES[what]
    text = an_article(4000 + sorted(NAMES).index(what))
    path = system.drop(b"names/" + name, text.encode())
    source_uri = "inbox:names/" + "".join(
        f"%{ord(letter) - 0xDC00:02X}" if "\udc80" <= letter <= "\udcff" else letter for letter in os.fsdecode(name)
    )
    [told] = ears.of(source_uri)
    assert told.body["document"]["text"] == text
    assert system.kept(".done")[os.fsdecode(b"names/" + name)] == text.encode()
    [one] = system.json_of("trace", os.fsencode(path))["inputs"]
    assert (one["input_id"], one["source_uri"]) == (told.body["input_id"], source_uri)


def test_hidden_and_unfinished_files_are_left_and_listed(system: System) -> None:
    names = [".hidden", "draft.txt~", "download.part", "copy.tmp", "page.crdownload", ".a.txt.swp"]
    for name in names:
        system.drop(f"ignored/{name}", an_article(5000).encode())
    system.drop("ignored/after.txt", an_article(5001).encode())
    system.ended("inbox:ignored/after.txt")
    listed = {one["path"] for one in system.json_of("status")["ignored_files"]}
    assert listed >= {f"ignored/{name}" for name in names}
    assert {path.name for path in (system.inbox / "ignored").iterdir()} == set(names)
