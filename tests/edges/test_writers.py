"""Somebody may pause between two writes for longer than any settling."""

import os
from pathlib import Path

from services.fetch.writers import has_writer, ignore_lease_breaks
from tests.edges.inboxes import until, watching


def test_an_open_writer_is_seen_and_one_that_closed_is_not(tmp_path: Path) -> None:
    ignore_lease_breaks()
    path = tmp_path / "a.txt"
    with path.open("w"):
        fd = os.open(path, os.O_RDONLY)
        assert has_writer(fd)
    assert not has_writer(fd)
    os.close(fd)


async def test_a_writer_that_pauses_longer_than_the_settling_is_waited_for(tmp_path: Path) -> None:
    inbox = tmp_path / "inbox"
    inbox.mkdir()
    async with watching(inbox, settle_seconds=0.05) as watched:
        await until(watched.is_open)
        with (inbox / "slow.txt").open("w") as writer:
            writer.write("Le début. ")
            writer.flush()
            watched.drop("other.txt")  # has its whole way while the writer pauses
            await until(lambda: "other.txt" in watched.files(".done"))
            writer.write("La fin.")
        await until(lambda: "slow.txt" in watched.files(".done"))

    texts = {message.document.source_uri: message.document.text for message in watched.beyond.articles}
    assert texts["inbox:slow.txt"] == "Le début. La fin."
