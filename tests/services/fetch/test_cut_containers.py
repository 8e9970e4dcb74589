"""Wherever a file of many is cut: what is complete comes in, nothing else does, and the damage is told once."""

import hashlib
import json
import random
from collections.abc import Callable
from email.message import EmailMessage

import pytest

from contracts.input_rejected import InputRejected
from tests.services.fetch.archives import PACKERS, tarred, zipped
from tests.services.fetch.test_expansion import PAGE, Taken

CHANCE = random.Random(5)
WORDS = ["".join(CHANCE.choices("aeinrstu", k=CHANCE.randint(2, 9))) for _ in range(2000)]
TEXTS = [" ".join(CHANCE.choices(WORDS, k=120)) for _ in range(30)]
LINES = [json.dumps({"title": "Le convoi", "text": text}).encode() + b"\n" for text in TEXTS]
ROWS = [b"title,text\n", *(f'Le convoi,"{text}\net après"\n'.encode() for text in TEXTS)]
WHOLE = [text.encode() for text in TEXTS]


def mail_of(text: str, number: int) -> bytes:
    mail = EmailMessage()
    mail["Subject"], mail["From"] = f"Le convoi {number}", "Ann Bee <ann@example.org>"
    mail.set_content(text)
    return b"From ann@example.org Mon Jan 15 10:%02d:00 2018\n%s\n" % (number, mail.as_bytes())


MAILS = [mail_of(text, number) for number, text in enumerate(TEXTS)]
HELD: dict[str, tuple[list[bytes], Callable[[int], str]]] = {
    "a.jsonl": (LINES, lambda number: f"line-{number}.json"),
    "a.mbox": (MAILS, lambda number: f"{number}.eml"),
    "a.csv": (ROWS, lambda number: f"row-{number - 1}.json"),
}


async def ends_of(data: bytes, name: str) -> tuple[dict[str, str], list[str]]:
    """How all that came of it ended, and what was said of the damage."""
    taken = await Taken().take(data, name)
    said = [one.detail for one in taken.beyond.said if isinstance(one, InputRejected)]
    return taken.ends(), said


@pytest.mark.parametrize("share", [0.15, 0.5, 0.93])
@pytest.mark.parametrize("pack", PACKERS)
@pytest.mark.parametrize("name", HELD)
async def test_of_a_packed_file_of_many_that_is_cut_each_complete_one_comes_in(
    name: str, pack: str, share: float
) -> None:
    parts, named = HELD[name]
    packed = PACKERS[pack](b"".join(parts))
    ends, said = await ends_of(packed[: int(len(packed) * share)], f"{name}.{pack}")
    complete = [named(number) for number in range(1, len(parts) + 1)]
    came = [place.removeprefix(f"{name}!") for place, end in ends.items() if end == "fetched"]
    bad = [place for place, end in ends.items() if end not in ("fetched", "expanded")]

    if not came:  # a block had not come to its end
        assert pack in ("bz2", "zst")
        return
    first = complete.index(came[0])
    assert came == complete[first : first + len(came)]
    assert first == (1 if name == "a.csv" else 0)
    assert (len(bad), len(said)) == (1, 1)
    assert "it ends in the middle" in said[0]


@pytest.mark.parametrize("name", HELD)
async def test_nothing_that_was_not_complete_comes_in_and_nothing_that_was_is_left_wherever_the_cut_is(
    name: str,
) -> None:
    parts, _ = HELD[name]
    whole = b"".join(parts)
    packed = PACKERS["gz"](whole)
    for _ in range(12):
        cut = CHANCE.randint(100, len(packed) - 1)
        left = len(b"".join(unpacked(packed[:cut])))
        complete = [number for number in range(len(parts)) if sum(map(len, parts[: number + 1])) <= left]
        ends, said = await ends_of(packed[:cut], f"{name}.gz")
        fetched = sum(end == "fetched" for end in ends.values())
        header = int(name == "a.csv")
        last = int(name == "a.mbox" and len(complete) > 0)  # a mail is whole where the next one begins
        bare = int(name == "a.jsonl")  # and an object before the end of its line

        assert len(complete) - header - last <= fetched <= len(complete) - header + bare, cut
        assert len(said) == 1, (cut, said)


def unpacked(data: bytes) -> list[bytes]:
    import zlib  # noqa: PLC0415 - for this alone

    return [zlib.decompressobj(31).decompress(data)]


async def test_a_text_that_is_cut_is_no_article_however_it_is_packed() -> None:
    for pack in PACKERS.values():
        packed = pack(PAGE * 20)
        ends, said = await ends_of(packed[: len(packed) * 2 // 3], "a.html.gz")
        assert list(ends.values())[1:] == ["unreadable"]
        assert "it ends in the middle" in said[0]


async def test_what_lies_cut_in_a_cut_archive_gives_what_it_had() -> None:
    inner = zipped([("b.txt", WHOLE[0])])
    data = tarred([("a.txt", WHOLE[1]), ("c.zip", inner), ("d.jsonl", b"".join(LINES))])
    ends, said = await ends_of(data[: data.index(LINES[3]) + 40], "a.tar")

    assert ends == {
        "": "expanded",
        "a.txt": "fetched",
        "c.zip": "expanded",
        "c.zip!b.txt": "fetched",
        "d.jsonl": "expanded",
        "d.jsonl!line-1.json": "fetched",
        "d.jsonl!line-2.json": "fetched",
        "d.jsonl!line-3.json": "fetched",
        "d.jsonl!(the rest)": "unreadable",
        "(the rest)": "unreadable",
    }
    assert len(said) == 2


async def test_a_cut_member_has_the_original_that_there_is() -> None:
    packed = PACKERS["gz"](b"".join(LINES))
    taken = await Taken().take(packed[: len(packed) // 2], "a.jsonl.gz")
    [cut] = [one for one in taken.received().values() if one.source_uri.endswith("!a.jsonl")]

    assert cut.sha256 == hashlib.sha256(taken.beyond.kept[cut.sha256 or ""]).hexdigest()
    assert b"".join(LINES).startswith(taken.beyond.kept[cut.sha256 or ""])


def boxed(*mails: bytes) -> bytes:
    return b"".join(b"From a@b Mon Jan 15 10:30:00 2018\n" + mail + b"\n" for mail in mails)


async def test_a_mailbox_that_ends_before_its_last_mails_parts_do_says_so() -> None:
    mail = EmailMessage()
    mail["Subject"] = "Le convoi"
    mail.set_content(TEXTS[0])
    mail.add_attachment(TEXTS[1].encode(), maintype="text", subtype="plain", filename="a.txt")
    data = boxed(mail.as_bytes(), mail.as_bytes())
    assert set((await ends_of(data, "a.mbox"))[0].values()) == {"expanded", "fetched"}

    ends, said = await ends_of(data[:-300], "a.mbox")
    assert (ends["1.eml"], ends["2.eml"]) == ("expanded", "unreadable")
    assert "ends before the last part" in said[0]


async def test_an_archive_of_letters_that_lost_their_parts_is_read_as_it_is() -> None:
    stripped = b"Subject: a\nContent-Type: multipart/mixed;\n boundary=b\n\n" + WHOLE[0] + b"\n"
    ends, _ = await ends_of(boxed(stripped, stripped), "a.mbox")
    assert ends["2.eml"] != "unreadable"


@pytest.mark.parametrize(
    ("left", "ends"),
    [
        (-1, {"1.eml": "fetched", "2.eml": "fetched"}),  # one empty line fewer
        (-40, {"1.eml": "fetched", "2.eml": "unreadable"}),
        (len(MAILS[0]) + 60, {"1.eml": "fetched", "2.eml": "unreadable"}),
        (len(MAILS[0]) + 30, {"1.eml": "fetched", "(the rest)": "unreadable"}),
        (len(MAILS[0]) + 3, {"1.eml": "fetched", "(the rest)": "unreadable"}),
        (MAILS[1].index(b"\n") + 1 + len(MAILS[0]), {"1.eml": "fetched", "(the rest)": "unreadable"}),
        (len(MAILS[0]), {"1.eml": "fetched"}),
        (len(MAILS[0]) - 40, {"1.eml": "fetched"}),  # somebody may have written it by hand
    ],
)
async def test_a_mailbox_that_ends_in_the_middle_of_a_line_says_so(left: int, ends: dict[str, str]) -> None:
    found, _ = await ends_of(b"".join(MAILS[:2])[:left], "a.mbox")

    assert found == {"": "expanded", **ends}
