"""Links in the inbox are taken for what they lead to, when that is whole, and lead nowhere else."""

from pathlib import Path

import pytest

from contracts.outcomes import RejectReason
from services.fetch.core import Rejected
from services.fetch.folder.scan import Ignored, look, walk
from services.fetch.originals import read_original
from tests.edges.inboxes import Beyond, by_claim, finish, until, watching

NEVER = 3600.0


@pytest.fixture
def inbox(tmp_path: Path) -> Path:
    path = tmp_path / "inbox"
    path.mkdir()
    return path


async def test_a_link_waits_until_what_it_leads_to_has_settled(inbox: Path) -> None:
    async with watching(inbox, settle_seconds=NEVER, rescan_seconds=0.1) as watched:
        await until(watched.is_open)
        (inbox / "half.txt").write_text("Le début")
        (inbox.parent / "link.txt").symlink_to("half.txt")
        (inbox.parent / "link.txt").rename(inbox / "link.txt")
        watched.drop("whole.txt")
        await until(lambda: "whole.txt" in watched.files(".done"))
        await until(lambda: watched.gauge("wireroom_files_waiting") == 2)
    assert [article.document.source_uri for article in watched.beyond.articles] == ["inbox:whole.txt"]


async def test_what_is_written_on_behind_a_link_is_another_input(inbox: Path) -> None:
    (inbox / "a.txt").write_text("Avant.")
    (inbox / "link.txt").symlink_to("a.txt")

    def write_on(step: str) -> None:
        if step == "said input_received" and (inbox / "a.txt").read_text() == "Avant.":
            (inbox / "a.txt").write_text("Avant. Après.")

    beyond = Beyond(step=write_on)
    taker = by_claim(beyond, inbox, settle_seconds=0.0)
    await taker.take("link.txt", None)
    beyond.step = lambda _: None
    await finish(taker, inbox)
    of_link = [each.document.text for each in beyond.articles if each.document.source_uri == "inbox:link.txt"]
    assert of_link == ["Avant.", "Avant. Après."]


async def test_a_link_to_a_folder_is_passed_over_on_a_hint_too(inbox: Path) -> None:
    (inbox / "x").mkdir()
    async with watching(inbox, rescan_seconds=NEVER) as watched:
        await until(watched.is_open)
        (inbox.parent / "latest").symlink_to(inbox / "x")
        (inbox.parent / "latest").rename(inbox / "latest")
        watched.drop("a.txt")
        await until(lambda: watched.files(".done") == {"a.txt"})
    assert (inbox / "latest").is_symlink()
    assert watched.beyond.rejections == []


def test_what_was_led_out_of_the_inbox_after_it_was_looked_at_is_not_read(inbox: Path) -> None:
    (inbox.parent / "secret.txt").write_text("Un secret.")
    read = read_original(str(inbox.parent / "secret.txt"), max_bytes=100, within=inbox)
    assert isinstance(read, Rejected)
    assert read.reason is RejectReason.NOT_A_FILE


def test_what_cannot_be_looked_at_is_passed_over_and_said(inbox: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fails(_: object) -> None:
        raise OSError(116, "Stale file handle")

    (inbox / "a.txt").write_text("Un texte.")
    monkeypatch.setattr("services.fetch.folder.scan.os.lstat", fails)
    found = [thing for thing in walk(inbox, moving=True) if isinstance(thing, Ignored)]
    assert found == [Ignored("a.txt", "it cannot be looked at: Stale file handle", unseen=True)]
    assert look(inbox, "a.txt", moving=True) is None
