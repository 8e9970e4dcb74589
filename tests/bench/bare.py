"""The cores alone, as a program: for each folder named on a line, the seconds and CPU seconds that its texts took.

What the services do between receipt and store, in one loop of one process: no queue, no contract, no database.
"""

import gc
import os
import sys
import time
from functools import partial
from pathlib import Path

from contracts.article_fetched import ArticleFetched
from services.dedup import core as dedup
from services.extract import reader
from services.fetch.core import ReadDocument
from services.fetch.core.document import Source
from services.fetch.core.reading import read
from services.language import core as language
from services.language import model
from tests.bench.articles import fetched

MOST_BYTES = 2_000_000


def main(atlas_home: Path) -> None:
    """Load what the services load, say so, and answer until nobody asks."""
    detect = partial(language.detect, opinions=model.load())
    reader.load()
    reader.prepare(atlas_home)
    known = dedup.Known()
    gc.freeze()
    print("ready", flush=True)
    for line in sys.stdin:
        originals = [(path.name, path.read_bytes()) for path in sorted(Path(line.strip()).iterdir())]
        begun, cpu = time.monotonic(), time.process_time()
        for name, data in originals:
            heard = _fetched(name, data)
            named = detect(heard.document.text)
            if dedup.judge([_seen(heard)], known, {})[0].verdict != "duplicate":
                reader.read(heard.document, named, atlas_home)
        print(time.monotonic() - begun, time.process_time() - cpu, flush=True)


def _fetched(name: str, data: bytes) -> ArticleFetched:
    """What fetch makes of an original."""
    found = read(Source(data, name), max_text_bytes=MOST_BYTES)
    assert isinstance(found, ReadDocument)
    return fetched(found.text, name)


def _seen(heard: ArticleFetched) -> dedup.Article:
    """What dedup looks at."""
    document = heard.document
    return dedup.Article(
        heard.article_id,
        dedup.place_of(document.source_uri, None),
        dedup.content_of(document.sha256, None),
        dedup.fingerprint(document.text),
    )


if __name__ == "__main__":
    os.environ.setdefault("OMP_NUM_THREADS", "1")
    main(Path(sys.argv[1]))
