import gzip
import io
import json
import os
import subprocess
import sys
import tarfile
from pathlib import Path

import pytest

from tests.eval.report import Row, body, documents, every, gold, table

TEXTS = {"a.txt": "Titre\n\nUn texte.", "b.txt": "Ein Text.", "c.html": "<p>x</p>"}
KINDS = {"a.txt": "file-after-title", "b.txt": "file", "c.html": "full"}


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    with tarfile.open(tmp_path / "some.tar.xz", "w:xz") as archive:
        for name, text in TEXTS.items():
            member = tarfile.TarInfo(name)
            member.size = len(text)
            archive.addfile(member, io.BytesIO(text.encode()))
    with gzip.open(tmp_path / "gold.jsonl.gz", "wt") as lines:
        for name in reversed(TEXTS):
            record = {"id": name, "archive": "some.tar.xz", "path": name, "body_kind": KINDS[name], "body": "gold"}
            lines.write(json.dumps(record) + "\n")
    return tmp_path


def test_bodies_are_read_in_the_archive_s_order(corpus: Path) -> None:
    records = gold(corpus, lambda record: record["id"] != "b.txt")
    found = [(record["id"], body(record, data)) for record, data in documents(corpus, records)]
    assert found == [("a.txt", "Un texte."), ("c.html", "gold")]


@pytest.mark.parametrize(("most", "names"), [(9, ["c.html", "b.txt", "a.txt"]), (2, ["c.html", "b.txt"]), (0, [])])
def test_a_sample_is_spread_over_the_list_and_never_larger(corpus: Path, most: int, names: list[str]) -> None:
    assert [record["id"] for record in every(gold(corpus), most)] == names


def test_figures_stand_under_each_other() -> None:
    row = Row(task="language", data_set="bodies", size=1234, ours=99.5, baseline="x", baseline_score=9, seconds=0.25)
    header, line = table([row]).splitlines()
    assert [header.index("ours") + len("ours"), header.index("size") + len("size")] == [
        line.index("99.50") + len("99.50"),
        line.index("1,234") + len("1,234"),
    ]


@pytest.mark.parametrize(
    ("arguments", "folder", "code", "said"),
    [
        ((), None, 0, "Set WIREROOM_CORPUS"),
        (("language",), None, 0, "skipped: language."),
        (("no_such",), None, 2, "no evaluation called no_such"),
        ((), "nowhere", 2, "nowhere holds no gold.jsonl.gz"),
    ],
)
def test_the_report_says_what_it_cannot_do(
    arguments: tuple[str, ...], folder: str | None, code: int, said: str
) -> None:
    environment = {name: value for name, value in os.environ.items() if name != "WIREROOM_CORPUS"}
    environment |= {"WIREROOM_CORPUS": folder} if folder else {}
    ended = subprocess.run(
        [sys.executable, str(Path(__file__).parent), *arguments],
        capture_output=True,
        text=True,
        env=environment,
        check=False,
    )
    assert (ended.returncode, said in ended.stdout + ended.stderr) == (code, True)
