"""What comes out of a container: an input each, with its own end, whatever its neighbours are."""

import hashlib
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, TypeVar

import pytest

from contracts.document import Part
from contracts.identity import article_id
from contracts.input_expanded import InputExpanded
from contracts.input_received import InputReceived
from contracts.input_rejected import InputRejected
from contracts.message import Message
from contracts.outcomes import Outcome, RejectReason
from services.chassis.failures import ChildKilled
from services.fetch.arrival import Arrival
from services.fetch.core import Parts, ReadDocument, Rejected
from services.fetch.core.document import Member
from services.fetch.core.members import Allowance, Limits
from services.fetch.handler import mint
from services.fetch.intake import Intake
from services.fetch.opened import Opened
from services.fetch.originals import Original, Seen, read_original
from services.fetch.reader import read_each
from services.fetch.spool import Stretch
from services.fetch.unpacking import unpack
from tests.edges.inboxes import Beyond, Here, reads_here
from tests.services.fetch.archives import encrypted_zip, link, sevenzipped, tarred, zipped

T = TypeVar("T")

PROSE = "Le maire a inauguré hier la nouvelle école du quartier."
PAGE = f"<!DOCTYPE html><html><body><article><h1>L'école</h1><p>{PROSE * 3}</p></article></body></html>".encode()
MANY_BOMBS = 52  # of 1.25 MiB each, when it is seen what they are: 64 MiB
PICTURE = b"\x89PNG\r\n\x1a\n" + bytes(40)


class Taken:
    """What became of one thing that came in."""

    def __init__(self, limits: Limits | None = None, reader: Any = None) -> None:
        self.reader = reader or reads_here()
        self.beyond = Beyond()
        self.limits = limits or Limits()
        self.input_id = mint()
        self.ended: Rejected | None = None

    async def take(self, data: bytes, name: str = "a.zip") -> "Taken":
        intake = Intake(
            self.reader,
            self.beyond,
            self.beyond.say,
            self.beyond.count,
            fresh_seconds=3600,
            limits=self.limits,
            log=lambda *_, **__: None,
        )
        arrival = Arrival(self.input_id, f"inbox:{name}", name)
        original = Original(data, hashlib.sha256(data).hexdigest(), Seen(1, len(data), 1))
        found = await intake.read(arrival, original)
        self.ended = await intake.say(arrival, original, found)
        if isinstance(found, Opened):
            found.close()
        return self

    def ends(self) -> dict[str, str]:
        """By the place of each input in the one that came in, how it ended; in reading order."""
        ends = {
            message.input_id: str(message.reason) if isinstance(message, InputRejected) else message.name()
            for message in self.beyond.said
            if not isinstance(message, InputReceived)
        }
        short = {"article_fetched": "fetched", "input_expanded": "expanded"}
        numbered = sorted(ends, key=lambda one: [int(number) for number in one.split("#")[1:]])
        return {self.place_of(one): short.get(ends[one], ends[one]) for one in numbered}

    def place_of(self, input_id: str) -> str:
        uri = self.received()[input_id].source_uri
        return uri.partition("!")[2]

    def received(self) -> dict[str, InputReceived]:
        return {message.input_id: message for message in self.beyond.said if isinstance(message, InputReceived)}


def said_of(messages: Sequence[Message], input_id: str) -> list[str]:
    return [message.name() for message in messages if message.input_id == input_id]


async def test_each_member_is_an_input_with_its_own_end_place_and_original() -> None:
    inner = zipped([("c/d.html", PAGE), ("e.png", PICTURE)])
    data = zipped([("a.txt", PROSE.encode()), ("b/inner.zip", inner), ("empty.txt", b"")])
    taken = await Taken().take(data)

    assert taken.ends() == {
        "": "expanded",
        "a.txt": "fetched",
        "b/inner.zip": "expanded",
        "b/inner.zip!c/d.html": "fetched",
        "b/inner.zip!e.png": "unsupported",
        "empty.txt": "empty",
    }
    assert list(taken.received()[f"{taken.input_id}#2#1"].source_uri.split("!")) == [
        "inbox:a.zip",
        "b/inner.zip",
        "c/d.html",
    ]
    kept = {hashlib.sha256(each).hexdigest(): each for each in (data, inner, PROSE.encode(), PAGE)}
    assert taken.beyond.kept == kept
    assert taken.ended is None


async def test_members_of_one_name_may_be_rejected_for_different_reasons() -> None:
    taken = await Taken().take(tarred([("a", PICTURE), ("a", b"\0\1\2" * 99)]), "a.tar")

    assert [one.reason for one in taken.beyond.said if isinstance(one, InputRejected)] == ["unsupported", "not_text"]
    assert taken.ended is not None
    assert taken.ended.detail.startswith("nothing that came out of it could be read: a (unsupported: ")


async def test_a_container_says_its_receipt_first_and_what_came_out_of_it_last() -> None:
    taken = await Taken().take(zipped([("a.txt", PROSE.encode()), ("b.txt", PROSE.encode())]))

    first, *between, last = taken.beyond.said
    assert isinstance(first, InputReceived)
    assert (first.input_id, first.sha256 in taken.beyond.kept) == (taken.input_id, True)
    assert isinstance(last, InputExpanded)
    assert (last.input_id, last.children) == (taken.input_id, 2)
    assert {message.input_id for message in between} == {f"{taken.input_id}#1", f"{taken.input_id}#2"}
    assert {message.received_at for message in taken.received().values()} == {first.received_at}
    assert sorted(taken.beyond.counted) == [(Outcome.EXPANDED, ""), (Outcome.FETCHED, ""), (Outcome.FETCHED, "")]


async def test_an_original_is_kept_before_its_receipt_is_said() -> None:
    taken = Taken()
    steps: list[str] = []
    taken.beyond.step = steps.append
    await taken.take(zipped([("a.txt", PROSE.encode())]))

    assert steps.index("kept") < steps.index("saying input_received")
    kept_and_said = [step for step in steps if step in ("kept", "saying article_fetched")]
    assert kept_and_said == ["kept", "kept", "saying article_fetched"]


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("a.zip", lambda: zipped([("x/b.txt", PROSE.encode())])),
        ("a.tar", lambda: tarred([("x/b.txt", PROSE.encode())])),
        ("a.tar.gz", lambda: tarred([("x/b.txt", PROSE.encode())], "w:gz")),
        ("a.tar.bz2", lambda: tarred([("x/b.txt", PROSE.encode())], "w:bz2")),
        ("a.tar.xz", lambda: tarred([("x/b.txt", PROSE.encode())], "w:xz")),
        ("a.7z", lambda: sevenzipped([("x/b.txt", PROSE.encode())])),
        ("without a name that says so", lambda: tarred([("x/b.txt", PROSE.encode())], "w:gz")),
    ],
)
async def test_every_kind_of_archive_is_opened(name: str, data: Callable[[], bytes]) -> None:
    taken = await Taken().take(data(), name)

    assert taken.ends() == {"": "expanded", "x/b.txt": "fetched"}
    [article] = taken.beyond.articles
    assert article.document.text == PROSE


@pytest.mark.parametrize(
    ("data", "ends", "ended"),
    [
        (lambda: zipped([]), {"": "empty"}, RejectReason.EMPTY),
        (
            lambda: zipped([("__MACOSX/._a.txt", b"x"), ("b/.DS_Store", b"x"), ("c/", b"")]),
            {"": "empty"},
            RejectReason.EMPTY,
        ),
        (
            lambda: zipped([("a.txt", PROSE.encode())])[:-40],
            {"": "expanded", "a.txt": "fetched", "(the rest)": "unreadable"},
            None,
        ),
        (
            lambda: zipped([("a.txt", PROSE.encode())])[:40],
            {"": "expanded", "a.txt": "unreadable", "(the rest)": "unreadable"},
            RejectReason.UNREADABLE,
        ),
        (
            lambda: encrypted_zip([("a.txt", PROSE.encode()), ("b.txt", PROSE.encode())]),
            {"": "expanded", "a.txt": "encrypted", "b.txt": "encrypted"},
            RejectReason.ENCRYPTED,
        ),
        (lambda: sevenzipped([("a.txt", PROSE.encode())], password="x"), {"": "encrypted"}, RejectReason.ENCRYPTED),
        (
            lambda: zipped([("a.png", PICTURE), ("b.txt", b"")]),
            {"": "expanded", "a.png": "unsupported", "b.txt": "empty"},
            RejectReason.UNREADABLE,
        ),
        (
            lambda: tarred([("a.txt", PROSE.encode())], others=[link("b", "b"), link("/etc/c", "/etc/passwd")]),
            {"": "expanded", "a.txt": "fetched", "b": "not_a_file", "/etc/c": "not_a_file"},
            None,
        ),
        (
            lambda: zipped([("../../b.txt", PROSE.encode()), ("/c.txt", PROSE.encode())]),
            {"": "expanded", "../../b.txt": "fetched", "/c.txt": "fetched"},
            None,
        ),
    ],
)
async def test_a_container_has_its_end_by_what_is_in_it(
    data: Callable[[], bytes], ends: dict[str, str], ended: RejectReason | None
) -> None:
    taken = await Taken().take(data())

    assert taken.ends() == ends
    assert (taken.ended and taken.ended.reason) is ended


async def test_what_is_told_of_a_container_that_is_no_use_names_its_members_and_not_all_of_a_thousand() -> None:
    taken = await Taken().take(zipped([(f"{number}.png", PICTURE) for number in range(1000)]))

    assert taken.ended is not None
    assert taken.ended.detail.count("PNG") == 20
    assert taken.ended.detail.endswith("; and 980 more")


@pytest.mark.parametrize(
    ("limits", "data", "ends"),
    [
        (
            Limits(members=2),
            lambda: zipped([(f"{number}.txt", PROSE.encode()) for number in range(9)]),
            {"": "expanded", "0.txt": "fetched", "1.txt": "fetched", "2.txt": "too_many"},
        ),
        (
            Limits(members=3),
            lambda: zipped(
                [("a.zip", zipped([("1.txt", PROSE.encode()), ("2.txt", b"Deux.")])), ("b.txt", b"Un texte.")]
            ),
            {
                "": "expanded",
                "a.zip": "expanded",
                "a.zip!1.txt": "fetched",
                "a.zip!2.txt": "too_many",
                "b.txt": "fetched",
            },
        ),
        (
            Limits(member_bytes=100),
            lambda: zipped([("a.txt", PROSE.encode() * 9), ("b.txt", PROSE.encode())]),
            {"": "expanded", "a.txt": "too_large", "b.txt": "fetched"},
        ),
        (
            Limits(total_bytes=100),
            lambda: zipped([("a.txt", PROSE.encode()), ("b.txt", PROSE.encode()), ("c.txt", PROSE.encode())]),
            {"": "expanded", "a.txt": "fetched", "b.txt": "too_large"},
        ),
        (
            Limits(),
            lambda: zipped([("a.txt", PROSE.encode()), ("b.txt", bytes(20_000_000)), ("c.txt", PROSE.encode())]),
            {"": "expanded", "a.txt": "fetched", "b.txt": "bomb", "c.txt": "fetched"},
        ),
        (
            Limits(ratio=2),
            lambda: zipped([(f"{number}.txt", bytes(2_000_000)) for number in range(60)] + [("c.txt", PROSE.encode())]),
            {"": "expanded"} | {f"{number}.txt": "bomb" for number in range(MANY_BOMBS)},
        ),
        (
            Limits(),
            lambda: zipped([("b.zip", zipped([("b.txt", bytes(20_000_000))])), ("c.txt", PROSE.encode())]),
            {"": "expanded", "b.zip": "expanded", "b.zip!b.txt": "bomb", "c.txt": "fetched"},
        ),
        (
            Limits(depth=2),
            lambda: zipped(
                [("b.zip", zipped([("c.zip", zipped([("d.txt", b"Un texte.")]))])), ("e.txt", PROSE.encode())]
            ),
            {"": "expanded", "b.zip": "expanded", "b.zip!c.zip": "too_deep", "e.txt": "fetched"},
        ),
    ],
)
async def test_where_a_limit_is_hit_what_came_before_stands_and_the_rest_is_one_that_is_rejected(
    limits: Limits, data: Callable[[], bytes], ends: dict[str, str]
) -> None:
    taken = await Taken(limits).take(data())

    assert taken.ends() == ends


class Deadly(Here):
    """Children that one document kills."""

    async def call(self, function: Callable[..., T], *arguments: Any, timeout_seconds: float, pieces: int = 1) -> T:
        if b"Poison." in ([data for data, _ in arguments[0]] if function is read_each else [arguments[0]]):
            raise ChildKilled("the child died with exit code -9")
        return await super().call(function, *arguments, timeout_seconds=timeout_seconds)


async def test_a_member_that_kills_what_reads_it_is_unreadable_and_its_neighbours_are_read() -> None:
    data = zipped([("a.txt", b"Un texte."), ("b.txt", b"Poison."), ("c.txt", b"Un autre.")])
    taken = await Taken(reader=reads_here(Deadly())).take(data)

    assert taken.ends() == {"": "expanded", "a.txt": "fetched", "b.txt": "unreadable", "c.txt": "fetched"}
    [rejection] = taken.beyond.rejections
    assert "exit code -9" in rejection.detail


def test_a_disk_that_is_full_is_no_members_fault() -> None:
    members = iter([Member("a.txt", [b"Un texte."])])

    with pytest.raises(OSError, match="No space left"):
        unpack(members, "/dev/full", Allowance(9), 9)


async def test_the_articles_of_one_file_lie_at_its_place_and_are_told_apart_by_their_parts(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    texts = ("Un.\n\nLe premier.\n\n", "Deux.\n\nLe second.\n")
    spans = ((0, len(texts[0])), (len(texts[0]), len("".join(texts))))
    documents = tuple(
        ReadDocument(text, "text/plain", "utf-8", part=Part(number=number, start=start, end=end))
        for number, (text, (start, end)) in enumerate(zip(texts, spans, strict=True), 1)
    )
    monkeypatch.setattr("services.fetch.formats.text.read", lambda _: Parts(documents, 1.0))
    data = "".join(texts).encode()
    taken = await Taken().take(data, "a.txt")

    sha256 = hashlib.sha256(data).hexdigest()
    assert {one.input_id: (one.article_id, one.document.text) for one in taken.beyond.articles} == {
        f"{taken.input_id}#{number}": (article_id("inbox:a.txt", sha256, number), text)
        for number, text in enumerate(texts, 1)
    }
    assert {one.document.part for one in taken.beyond.articles} == {document.part for document in documents}
    assert {one.source_uri for one in taken.received().values()} == {"inbox:a.txt"}
    assert {one.sha256 for one in taken.received().values()} == {sha256}
    assert said_of(taken.beyond.said, taken.input_id) == ["input_received", "input_expanded"]
    assert taken.beyond.kept == {sha256: data}


def test_a_file_too_large_for_memory_is_read_from_a_copy(tmp_path: Path) -> None:
    data = zipped([("a.txt", PROSE.encode()), ("b.bin", bytes(range(256)) * 40_000)], 0)
    (tmp_path / "a.zip").write_bytes(data)
    original = read_original(bytes(tmp_path / "a.zip"), max_bytes=1 << 30, copied_to=tmp_path)

    assert isinstance(original, Original)
    assert isinstance(original.data, Stretch)
    assert original.sha256 == hashlib.sha256(data).hexdigest()
    assert [path.name for path in tmp_path.iterdir()] == ["a.zip"]
    (tmp_path / "a.zip").write_bytes(b"")
    assert original.data[:] == data
