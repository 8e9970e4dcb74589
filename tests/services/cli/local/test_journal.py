import asyncio
import json
from pathlib import Path

import pytest

from services.cli.local.journal import FILES, LINES_A_SECOND, Journal, readable


def line(**entry: object) -> bytes:
    return json.dumps(entry).encode()


@pytest.mark.parametrize(
    ("written", "told"),
    [
        (line(event="started", level="info", version="1", timestamp="…"), "started version=1"),
        (
            line(event="ended", level="info", outcome="stored", input_id="0192", seconds=0.01),
            "stored input_id=0192 seconds=0.01",
        ),
        (line(event="ended", level="info", outcome="detected", input_id="0192"), ""),
        (line(event="failed", level="warning", error="KeyError", message_id="m"), "warning: failed error=KeyError"),
        (b"ModuleNotFoundError: No module named 'spacy'", "ModuleNotFoundError: No module named 'spacy'"),
        (b"[7] 2026/01/01 10:00:00.0 [INF] Server is ready", ""),
        (b"[7] 2026/01/01 10:00:00.0 [ERR] no space left", "[ERR] no space left"),
        (b"[7] 2026/01/01 10:00:00.0 [WRN] Plaintext passwords detected, use nkeys or bcrypt", ""),
        (b"[1, 2]", ""),
        (b"[" * 60_000, "[" * 200),
        (b"\xff\xfe", "��"),
        (b"", ""),
    ],
)
def test_a_log_line_is_told_shortly_or_not_at_all(written: bytes, told: str) -> None:
    assert readable(written) == told


async def read(journal: Journal, *chunks: bytes) -> None:
    output = asyncio.StreamReader()
    for chunk in chunks:
        output.feed_data(chunk)
    output.feed_eof()
    await journal.read(output)
    journal.close()


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


async def test_everything_is_kept_and_a_flood_is_not_told(tmp_path: Path) -> None:
    told: list[str] = []
    written = b"".join(b"line %d\n" % number for number in range(1000))
    await read(Journal("fetch", tmp_path, told.append), written)
    assert (tmp_path / "fetch.log").read_bytes() == written
    assert told[0] == "fetch       line 0"
    assert LINES_A_SECOND <= len(told) <= 2 * LINES_A_SECOND  # the second may have turned meanwhile


async def test_a_warning_in_a_flood_is_told(tmp_path: Path) -> None:
    told: list[str] = []
    flood = [line(event="ended", level="info", outcome="stored") + b"\n"] * 100
    await read(Journal("store", tmp_path, told.append), *flood, line(event="disk", level="warning") + b"\n")
    assert told[-1] == "store       warning: disk"


async def test_the_file_never_grows_past_its_bound(tmp_path: Path) -> None:
    journal = Journal("fetch", tmp_path, lambda _: None, file_bytes=1000)
    output = asyncio.StreamReader()
    reading = asyncio.create_task(journal.read(output))
    for number in range(100):
        output.feed_data(b"x" * 99 + b"\n")
        if number % 5 == 0:
            await asyncio.sleep(0)
    output.feed_eof()
    await reading
    journal.close()
    kept = names(tmp_path)
    assert len(kept) <= FILES
    assert kept[0] == "fetch.log"


async def test_the_last_word_is_found_again(tmp_path: Path) -> None:
    journal = Journal("fetch", tmp_path, lambda _: None)
    assert journal.last_line() == ""
    await read(journal, b"Traceback\n  File\nValueError: wrong\n\n")
    assert journal.last_line() == "ValueError: wrong"


async def test_a_full_disk_costs_log_lines_and_nothing_else(tmp_path: Path) -> None:
    full = tmp_path / "fetch.log"
    full.symlink_to("/dev/full")
    said: list[str] = []
    journal = Journal("fetch", tmp_path, said.append)
    await read(journal, line(event="started", level="info") + b"\n", line(event="hearing", level="info") + b"\n")
    journal.close()

    assert said == ["fetch       started", "fetch       hearing"]
