"""For each reader what it is played with: documents of its kind to which something was done, whole ones among them."""

from collections import defaultdict
from functools import cache

from hypothesis import strategies as st

from tests.hostile.made import Made
from tests.hostile.richer import RICHER
from tests.hostile.samples import READERS, SAMPLES, name_of
from tests.services.fetch.formats.test_fuzz import damaged
from tests.services.fetch.formats.test_fuzz_pages import pages
from tests.services.fetch.test_fuzzed_archives import WHOLE, edited, edits

# What the tests of archives have by the endings of names.
ARCHIVES = {"zip": "zips", "tar": "tars", "7z": "sevenzips", "warc": "warc", "mbox": "mbox", "jsonl": "jsonl"} | {
    "csv": "table",
    **dict.fromkeys(("gz", "bz2", "xz", "zst"), "compressed"),
}
OTHER_NAMES = sorted({name_of(ending) for _, ending in SAMPLES} | {"a", "a.xml", "A.TXT", ""})


@cache
def known(reader: str) -> list[tuple[str, bytes]]:
    """Whole documents of its kind, and their names."""
    found: defaultdict[str, list[tuple[str, bytes]]] = defaultdict(list)
    for (whose, ending), some in SAMPLES.items():
        found[whose] += ((name_of(ending), data) for data in some)
    for ending, some in WHOLE.items():
        found[ARCHIVES[ending]] += ((f"a.{ending}", data) for data in some)
    for whose, some_named in RICHER.items():
        found[whose] += some_named
    return found[reader]


@st.composite
def examples(draw: st.DrawFn, reader: str) -> Made:
    """One for this reader; one in eight comes under another name."""
    name, data = draw(st.sampled_from(known(reader)))
    done = draw(st.integers(0, 15))
    if reader == "html" and done % 2:
        data = draw(pages()).encode("utf-8", "surrogatepass")
    elif reader == "text" and done < 3:
        data = draw(st.text(max_size=300)).encode("utf-8", "surrogatepass")
    elif done < 9:
        data = draw(damaged([data]))
    elif done < 13:
        data = edited(data, draw(edits))
    elif done == 13:
        data = data[: draw(st.integers(0, len(data)))]
    elif done == 14:
        data += draw(damaged([other for _, other in known(reader)]))
    if not draw(st.integers(0, 7)):
        name = draw(st.sampled_from(OTHER_NAMES))
    return Made(reader, f"{reader} {done}", name, data)


def chosen(names: list[str]) -> list[str]:
    """The readers of these names, or all of them; raises ValueError for one that there is not."""
    if unknown := sorted(set(names) - READERS):
        raise ValueError(f"there is no reader called {', '.join(unknown)}; there are {', '.join(sorted(READERS))}")
    return names or sorted(READERS)
