"""A kill between any two steps: what was said is said again word for word, and nothing else is."""

import asyncio
import os
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest

from contracts.article_fetched import ArticleFetched
from contracts.input_received import InputReceived
from contracts.message import Message
from contracts.outcomes import RejectReason
from services.fetch.folder import rename, shelf
from tests.edges.inboxes import Beyond, by_claim, finish, in_place
from tests.services.fetch.archives import zipped

CHANGES_SOMETHING = ("mkdir", "rename", "unlink", "rmdir", "fsync")
MOST_STEPS = 200
ENDS = {
    "": "input_expanded",
    "1": "article_fetched",
    "2": "input_expanded",
    "2#1": "article_fetched",
    "2#2": "input_rejected",
    "3": "article_fetched",
}
OF_THE_CONTAINER = sorted((number, name) for number, end in ENDS.items() for name in ("input_received", end))


class Killed(BaseException):
    """The process is gone."""


class Death:
    """Comes at the step with the number `at`; from then on nothing is done any more."""

    def __init__(self, at: int) -> None:
        self.at, self.steps = at, 0

    def step(self, _: str = "") -> None:
        self.steps += 1
        if self.steps > self.at:
            raise Killed

    @property
    def came(self) -> bool:
        return self.steps > self.at

    def before(self, function: Callable[..., Any]) -> Callable[..., Any]:
        def mortal(*arguments: Any, **keywords: Any) -> Any:
            self.step()
            return function(*arguments, **keywords)

        return mortal


@pytest.fixture
def inboxes(tmp_path: Path) -> Iterator[Path]:
    numbers = iter(range(MOST_STEPS))

    def fresh() -> Path:
        inbox = tmp_path / str(next(numbers)) / "inbox"
        inbox.mkdir(parents=True)
        return inbox

    return iter(fresh, None)


def mortal_disk(monkeypatch: pytest.MonkeyPatch, death: Death) -> None:
    for name in CHANGES_SOMETHING:
        monkeypatch.setattr(os, name, death.before(getattr(os, name)))
    for module in (rename, shelf):
        monkeypatch.setattr(module, "rename_into", death.before(rename.rename_into))


def lay(inbox: Path, path: str, content: bytes) -> None:
    (inbox / path).parent.mkdir(parents=True, exist_ok=True)
    (inbox / path).write_bytes(content)


def said_once(messages: list[Message]) -> list[Message]:
    """The messages without repetitions; a repetition under the same id must be the same word for word."""
    found: dict[tuple[str, str], Message] = {}
    for message in messages:
        assert found.setdefault((message.input_id, message.name()), message) == message
    return list(found.values())


async def killed_at(step: int, inbox: Path, beyond: Beyond, path: str, **changes: Any) -> bool:
    """Take the file, die at `step`, and let a fresh fetch go on; whether death came at all."""
    death = Death(step)
    chained = beyond.step

    def both(name: str) -> None:
        death.step(name)
        chained(name)

    beyond.step = both
    with pytest.MonkeyPatch.context() as monkeypatch:
        mortal_disk(monkeypatch, death)
        with suppress(Killed):
            await by_claim(beyond, inbox, **changes).take(path, None)
    beyond.step = chained
    await finish(by_claim(beyond, inbox, **changes), inbox)
    return death.came


@pytest.mark.parametrize("after", ["move", "delete"])
@pytest.mark.parametrize(
    ("path", "content", "names"),
    [
        ("a.txt", b"Un texte.", ["input_received", "article_fetched"]),
        ("x/y/a.txt", b"Un texte.", ["input_received", "article_fetched"]),
        ("x/a.txt", b"", ["input_received", "input_rejected"]),
    ],
)
async def test_a_kill_at_any_step_changes_nothing(
    inboxes: Iterator[Path], path: str, content: bytes, names: list[str], after: str
) -> None:
    for step in range(MOST_STEPS):
        inbox, beyond = next(inboxes), Beyond()
        lay(inbox, path, content)
        came = await killed_at(step, inbox, beyond, path, after=after)
        said = said_once(beyond.said)
        assert [message.name() for message in said] == names, step
        assert len({message.input_id for message in said}) == 1, step
        assert list((inbox / ".claimed").iterdir()) == [], step
        assert not (inbox / path).exists(), step
        if names[1] == "input_rejected":
            assert (inbox / ".rejected" / path).read_bytes() == content, step
            assert (inbox / ".rejected" / f"{path}.error.json").is_file(), step
        elif after == "move":
            assert (inbox / ".done" / path).read_bytes() == content, step
        if not came:
            return
    pytest.fail("it never came to its end")


async def test_a_kill_at_any_step_changes_nothing_of_what_comes_out_of_a_container(inboxes: Iterator[Path]) -> None:
    inner = zipped([("b.txt", b"Un autre texte."), ("c.txt", b"")])
    content = zipped([("a.txt", b"Un texte."), ("inner.zip", inner), ("d.txt", b"Un dernier.")])
    for step in range(MOST_STEPS):
        inbox, beyond = next(inboxes), Beyond()
        lay(inbox, "x/a.zip", content)
        came = await killed_at(step, inbox, beyond, "x/a.zip")
        said = said_once(beyond.said)
        assert sorted((message.input_id.partition("#")[2], message.name()) for message in said) == OF_THE_CONTAINER, (
            step
        )
        assert len({message.input_id.partition("#")[0] for message in said}) == 1, step
        assert said[0].name() == "input_received", step
        assert beyond.said[-1].name() == "input_expanded", step
        assert list((inbox / ".claimed").iterdir()) == [], step
        assert (inbox / ".done/x/a.zip").read_bytes() == content, step
        if not came:
            return
    pytest.fail("it never came to its end")


async def test_a_kill_never_overwrites_or_doubles_what_was_put_away_before(inboxes: Iterator[Path]) -> None:
    for step in range(MOST_STEPS):
        inbox, beyond = next(inboxes), Beyond()
        lay(inbox, "a.txt", b"")
        lay(inbox, ".rejected/a.txt", b"older")
        lay(inbox, ".rejected/a.txt.error.json", b"{}")
        came = await killed_at(step, inbox, beyond, "a.txt")
        kept = {path.name: path.read_bytes() for path in (inbox / ".rejected").iterdir()}
        assert kept.pop("a.txt") == b"older"
        assert kept.pop("a.txt.error.json") == b"{}"
        assert len(kept) == 2, (step, kept)
        if not came:
            return
    pytest.fail("it never came to its end")


@pytest.mark.parametrize(
    "moment", ["saying input_received", "said input_received", "saying article_fetched", "said article_fetched"]
)
async def test_a_kill_loses_neither_what_was_read_nor_what_was_written_after(
    inboxes: Iterator[Path], moment: str
) -> None:
    for step in range(MOST_STEPS):
        inbox = next(inboxes)
        lay(inbox, "a.txt", b"Avant.")
        writer = os.open(inbox / "a.txt", os.O_WRONLY | os.O_APPEND)
        wrote: list[int] = []

        def write_on(now: str, writer: int = writer, wrote: list[int] = wrote) -> None:
            if now == moment and not wrote:
                wrote.append(os.write(writer, b" Apres."))

        beyond = Beyond(step=write_on)
        came = await killed_at(step, inbox, beyond, "a.txt", settle_seconds=0.001)
        os.close(writer)
        said = said_once(beyond.said)
        texts = [message.document.text for message in said if isinstance(message, ArticleFetched)]
        assert wrote, step
        assert texts in (["Avant.", "Avant. Apres."], ["Avant. Apres."]), step
        received = {message.input_id for message in said if isinstance(message, InputReceived)}
        assert received == {message.input_id for message in said if isinstance(message, ArticleFetched)}, step
        assert (inbox / ".done/a.txt").read_bytes() == b"Avant. Apres.", step
        assert list((inbox / ".claimed").iterdir()) == [], step
        if not came:
            assert len(texts) == 2
            return
    pytest.fail("it never came to its end")


async def test_left_files_keep_their_input_through_a_kill(inboxes: Iterator[Path]) -> None:
    for step in range(MOST_STEPS):
        inbox, beyond, death = next(inboxes), Beyond(), Death(step)
        lay(inbox, "a.txt", b"Un texte.")
        beyond.step = death.step
        async with in_place(beyond, inbox) as taker:
            transaction = taker._memory._database.transaction

            async def mortal(work: Any, transaction: Any = transaction, death: Death = death) -> Any:
                death.step()
                result = await transaction(work)
                death.step()
                return result

            taker._memory._database.transaction = mortal  # type: ignore[method-assign]
            with suppress(Killed):
                await taker.take("a.txt", None)
        beyond.step = lambda _: None
        async with in_place(beyond, inbox) as taker:
            await finish(taker, inbox)
        assert [message.name() for message in said_once(beyond.said)] == ["input_received", "article_fetched"], step
        assert (inbox / "a.txt").read_bytes() == b"Un texte."
        if not death.came:
            return
    pytest.fail("it never came to its end")


async def test_a_claim_that_somebody_holds_is_left_to_them(tmp_path: Path) -> None:
    inbox = tmp_path / "inbox"
    inbox.mkdir()
    lay(inbox, "a.txt", b"Un texte.")
    reached, go_on = asyncio.Event(), asyncio.Event()
    one, other = Beyond(), Beyond()
    say = one.say

    async def say_slowly(*messages: Message, **keywords: Any) -> None:
        reached.set()
        await go_on.wait()
        await say(*messages, **keywords)

    one.say = say_slowly  # type: ignore[method-assign]
    taking = asyncio.create_task(by_claim(one, inbox).take("a.txt", None))
    await reached.wait()
    await finish(by_claim(other, inbox), inbox)
    go_on.set()
    await taking
    assert other.said == []
    assert len(one.articles) == 1


async def test_a_file_that_is_called_as_a_report_is_none_whatever_is_in_it(tmp_path: Path) -> None:
    beyond = Beyond()
    for name, data in {"a.txt.error.json": b"[" * 200_000, "a.txt": b""}.items():
        lay(tmp_path, name, data)
        await by_claim(beyond, tmp_path).take(name, None)

    assert [one.reason for one in beyond.rejections] == [RejectReason.UNREADABLE, RejectReason.EMPTY]
    assert list((tmp_path / ".claimed").iterdir()) == []
    assert (tmp_path / ".rejected/a.txt.error.json").read_bytes() == b"[" * 200_000
    assert len(list((tmp_path / ".rejected").iterdir())) == 4


async def test_a_report_is_on_disk_before_it_has_its_name(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    flushed: set[int] = set()
    named: list[int] = []

    def fsync(fd: int, real: Callable[[int], None] = os.fsync) -> None:
        flushed.add(os.fstat(fd).st_ino)
        real(fd)

    def rename_into(old: str, new: str, *, real: Any = rename.rename_into, **folders: int) -> None:
        if new.endswith(shelf.REPORT):
            named.append(os.stat(old, dir_fd=folders["source_dir"]).st_ino)
            assert named[-1] in flushed
        real(old, new, **folders)

    monkeypatch.setattr(os, "fsync", fsync)
    monkeypatch.setattr(shelf, "rename_into", rename_into)
    lay(tmp_path, "leer.txt", b"")
    await by_claim(Beyond(), tmp_path).take("leer.txt", None)

    assert len(named) == 1
