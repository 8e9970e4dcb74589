"""Dedup: what it finds again of real copies and of made variants, what it takes for copies wrongly, what it costs."""

import asyncio
import json
import random
import time
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from itertools import combinations, pairwise
from pathlib import Path

from contracts.duplication import Duplicate, Method
from services.dedup.core import Known, Source, Verdict, decide
from services.dedup.core.index import neighbours
from services.dedup.core.standing import LEAST_ARTICLES
from services.dedup.core.verdict import THRESHOLD
from services.dedup.memory import Sighting
from tests.eval.annotated import GOLD
from tests.eval.deduplicated import Remembering, article, article_id, batches, judged, pace
from tests.eval.report import Record, Row, Skipped, body, documents, gold, json_lines
from tests.eval.variants import edited, in_host, most, replaced, reworded, words_of

VARIANT_ARTICLES = 300
WORDS_KEPT = 0.75
FORM = 0.4  # of the similarity, from which on a report of another event may be taken for a copy

Shingles = set[tuple[str, ...]]


def rows(corpus: Path) -> Iterator[Row]:
    """The corpus's own pairs, variants of its articles, hard negatives, speed."""
    texts = _texts(corpus)
    yield from _pairs(corpus, texts)
    articles = [text for text in texts.values() if len(words_of(text)) > 200]
    chosen = articles[:: max(1, len(articles) // VARIANT_ARTICLES)][:VARIANT_ARTICLES]
    yield from _variants(chosen)
    yield from _hard_negatives(chosen)
    yield from _boilerplate(chosen)
    yield from pace(articles)


def _texts(corpus: Path) -> dict[str, str]:
    """The text of every record that has one whole, by its id."""
    wanted = gold(corpus, lambda one: one["archive"].startswith("text/") or one["body_kind"] == "full")
    wanted = [record for record in wanted if not (record["extra"] or {}).get("synthetic")]
    found = {record["id"]: _text(record, data) for record, data in documents(corpus, wanted)}
    return {identity: found[identity] for identity in (record["id"] for record in wanted) if found.get(identity)}


def _text(record: Record, data: bytes) -> str:
    if record["body_kind"] == "full":
        return body(record, data) or ""
    return data.decode("utf-8", "replace")


def _shingles(text: str) -> Shingles:
    words = words_of(text)
    return {tuple(words[start : start + 3]) for start in range(len(words) - 2)}


def _exact(one: str, other: str) -> float:
    ours, theirs = _shingles(one), _shingles(other)
    return len(ours & theirs) / len(ours | theirs) if ours or theirs else 0.0


def _is_edited(one: str, other: str) -> bool:
    """Whether they are alike by their shingles, or three quarters of the words of each stand in such of the other."""
    return _exact(one, other) >= THRESHOLD or min(_kept(one, other), _kept(other, one)) >= WORDS_KEPT


def _kept(one: str, other: str) -> float:
    words, theirs = words_of(one), _shingles(other)
    kept = {at + place for at in range(len(words) - 2) if tuple(words[at : at + 3]) in theirs for place in range(3)}
    return len(kept) / len(words)


def _pairs(corpus: Path, texts: dict[str, str]) -> Iterator[Row]:
    began = time.perf_counter()
    duplicates = asyncio.run(_duplicates(texts))
    yield _precision(texts, duplicates, began)
    pairs = json_lines(corpus / "near_duplicates.jsonl.gz")
    others = _other_days(texts)
    yield from _forms(texts, others)
    known = [(pair["a"], pair["b"]) for pair in pairs if pair["a"] in texts and pair["b"] in texts]
    known = [pair for pair in known if frozenset(pair) not in others]
    if not known:
        raise Skipped("near_duplicates.jsonl.gz names none of the texts")
    bands: dict[str, list[tuple[bool, bool]]] = defaultdict(list)
    for one, other in known:
        alone = _is_copy(texts[other], texts[one])
        roots = {duplicates[name].of if name in duplicates else article_id(name) for name in (one, other)}
        bands[_band(_exact(texts[one], texts[other]))].append((alone, len(roots) == 1))
    for band, hits in sorted(bands.items(), reverse=True):
        # A text that is like a duplicate, but not like its original, is not called a duplicate: `together` is less.
        for way, column in (("alone", 0), ("together", 1)):
            yield _share(f"corpus pairs {way}, {band}", [hit[column] for hit in hits], None, time.perf_counter())


def _other_days(texts: dict[str, str]) -> set[frozenset[str]]:
    """Pairs that say another event in the words of one before, as they were annotated."""
    groups = json.loads((GOLD / "other_days.json").read_text(encoding="utf-8"))
    return {frozenset(pair) for group in groups for pair in combinations(group, 2) if texts.keys() >= {*pair}}


def _forms(texts: dict[str, str], pairs: set[frozenset[str]]) -> Iterator[Row]:
    """Of two reports in one form, each heard after the other, neither is a copy."""
    began = time.perf_counter()
    both = [order for one, other in map(sorted, pairs) for order in ((one, other), (other, one))]
    alike = [order for order in both if _exact(*map(texts.__getitem__, order)) >= FORM]
    hits = [_is_copy(*map(texts.__getitem__, order)) for order in alike]
    yield _share(f"reports of other events in one form, J ≥ {FORM}", hits, 0, began)


def _precision(texts: dict[str, str], duplicates: dict[str, Duplicate], began: float) -> Row:
    """Of what the service called a near-duplicate, the share that is one by the exact sets of shingles, or of words."""
    near = {one: found.of for one, found in duplicates.items() if found.method is Method.NEAR_DUPLICATE}
    firsts = {article_id(identity): identity for identity in texts}
    others = _other_days(texts)
    pairs = [(one, firsts[of]) for one, of in near.items()]
    right = sum(_is_edited(texts[one], texts[of]) and frozenset((one, of)) not in others for one, of in pairs)
    return Row(
        task="near-duplicates: precision",
        data_set=f"{len(texts):,} texts of the corpus, one by one",
        size=len(near),
        ours=100 * right / max(1, len(near)),
        goal=100,
        seconds=time.perf_counter() - began,
    )


def _band(alike: float) -> str:
    for least in (0.8, 0.6, THRESHOLD, 0.4):
        if alike >= least:
            return f"J ≥ {least}"
    return "J < 0.4"


async def _duplicates(texts: dict[str, str]) -> dict[str, Duplicate]:
    """What the service itself says of the texts, each from a source of its own."""
    found: dict[str, Duplicate] = {}
    async with Remembering() as memory:
        for identities in batches(list(texts)):
            verdicts = await memory.judge([Sighting(one, article(one, texts[one])) for one in identities])
            found |= {
                one: verdict
                for one, verdict in zip(identities, verdicts, strict=True)
                if isinstance(verdict, Duplicate)
            }
    return found


def _variants(articles: Sequence[str]) -> Iterator[Row]:
    chance = random.Random(1)
    boilerplate = [" ".join(words_of(chance.choice(articles))) for _ in range(3)]
    kinds: list[tuple[str, Callable[[str, str], str], float | None]] = [
        (
            "typography and case",
            lambda text, _: text.upper().replace("'", "’").replace('"', "«").replace(" ", "\u00a0"),
            100,
        ),
        ("halves swapped", lambda text, _: text[len(text) // 2 :] + " " + text[: len(text) // 2], 100),
        ("boilerplate of 25 %", lambda text, _: text + " " + boilerplate[0][: len(text) // 4], 100),
        ("boilerplate of 50 %", lambda text, _: text + " " + boilerplate[1][: len(text) // 2], 100),
        *(
            (
                f"{share:.0%} of the sentences replaced",
                lambda text, donor, share=share: replaced(text, donor, share, chance),
                100,
            )
            for share in (0.05, 0.1, 0.2)
        ),
        (
            "a fifth of the words replaced, whole sentences",
            lambda text, donor: reworded(text, donor, 0.2, chance),
            100,
        ),
        ("40% of the sentences replaced", lambda text, donor: replaced(text, donor, 0.4, chance), None),
        ("10% of the words edited", lambda text, _: edited(text, 0.1, chance), None),
        ("cut to 60 %", lambda text, _: text[: len(text) * 6 // 10], 100),
        ("cut to 50 %", lambda text, _: text[: len(text) // 2], 100),
    ]
    counted: list[bool] = []
    for name, change, goal in kinds:
        began = time.perf_counter()
        pairs = [(text, change(text, articles[place - 1])) for place, text in enumerate(articles)]
        hits = [_is_copy(other, one) for one, other in pairs]
        yield _share(f"variant: {name}", hits, goal, began)
        if goal and not all(hits):
            told = [is_copy or _has_passage(other, one) for is_copy, (one, other) in zip(hits, pairs, strict=True)]
            yield _told("near-duplicates: called so, or told what they share", f"variant: {name}", told, 100, began)
        counted += [hit for hit, (one, other) in zip(hits, pairs, strict=True) if _exact(one, other) >= THRESHOLD]
    yield _share(f"variants of J ≥ {THRESHOLD}, all kinds", counted, 100, time.perf_counter())
    yield from _embedded(articles)


def _embedded(articles: Sequence[str]) -> Iterator[Row]:
    """An article, or three fifths of it, in a host of others' sentences, and the other way round."""
    kinds: list[tuple[str, Callable[[str, str], tuple[str, str]]]] = [
        ("a quarter of it in an article", lambda text, host: (text[: len(text) // 4], f"{host[:50]} {text}")),
        ("in a host of its length", lambda text, host: (in_host(text, host, 1), text)),
        ("in a host three times as long", lambda text, host: (in_host(text, host, 3), text)),
        ("three fifths in a host three times as long", lambda text, host: (in_host(most(text), host, 3), text)),
        ("in a host three times as long, which came first", lambda text, host: (text, in_host(text, host, 3))),
        (
            "three fifths in a host three times as long, which came first",
            lambda text, host: (text, in_host(most(text), host, 3)),
        ),
    ]
    for name, made in kinds:
        began = time.perf_counter()
        pairs = [made(text, " ".join([*articles[place + 1 :], *articles][:12])) for place, text in enumerate(articles)]
        hits = [_has_passage(heard, before) for heard, before in pairs]
        yield _told("shared passages: told", name, hits, 99, began)


def _share(data_set: str, hits: Sequence[bool], goal: float | None, began: float) -> Row:
    return _told("near-duplicates: called so", data_set, hits, goal, began)


def _told(task: str, data_set: str, hits: Sequence[bool], goal: float | None, began: float) -> Row:
    return Row(
        task=task,
        data_set=data_set,
        size=len(hits),
        ours=100 * sum(hits) / len(hits),
        goal=goal,
        less_is_better=goal == 0,
        seconds=time.perf_counter() - began,
    )


def _verdict(heard: str, before: str) -> Verdict:
    """The verdict on `heard` where nothing but `before` was seen, as far as the index finds it."""
    known = Known()
    first, second = article("before", before), article("heard", heard)
    known.remember(first)
    is_found = bool(neighbours([first.fingerprint.sketch, second.fingerprint.sketch]))
    return decide(second, known, [first] if is_found else [])


def _is_copy(heard: str, before: str) -> bool:
    return isinstance(_verdict(heard, before), Duplicate)


def _has_passage(heard: str, before: str) -> bool:
    """Whether it is told where they share a passage, as one text that shares it or as a copy."""
    verdict = _verdict(heard, before)
    spans = verdict.spans if isinstance(verdict, Duplicate) else [one.spans for one in verdict.shared]
    return bool(spans)


def _hard_negatives(articles: Sequence[str]) -> Iterator[Row]:
    began = time.perf_counter()
    pairs = []
    for one, other, third in zip(articles, articles[1:], articles[2:], strict=False):
        if _exact(one, other) < 0.1:
            shared = third[: min(len(one), len(other)) // 4]
            pairs.append((one + "\n" + shared, other + "\n" + shared))
    hits = [_is_copy(one, other) for one, other in pairs]
    yield _share("two articles with the same 25 % of boilerplate", hits, 0, began)
    passages = [_has_passage(one, other) and _exact(one, other) < 0.01 for one, other in pairwise(articles)]
    yield _told("shared passages: told", "articles with nothing in common", passages, 0, began)


def _boilerplate(articles: Sequence[str]) -> Iterator[Row]:
    """Articles with one footer, told from those after which it is known on; and a dispatch that all take over."""
    paper, folder = Source(b"paper", is_publisher=True), Source(b"folder")
    dispatch, *others = (one for one, other in pairwise(articles) if _exact(one, other) < 0.01)
    for characters in (300, 1000, 4000):
        began = time.perf_counter()
        footer = (dispatch * 20)[:characters]
        verdicts = asyncio.run(judged([f"{text}\n{footer}" for text in others[:100]], paper))
        hits = [_tells(one) for one in verdicts[2 * LEAST_ARTICLES :]]
        yield _told("boilerplate: told", f"a footer of {characters} characters, by publisher", hits, 0, began)
    for name, source, goal in (("folder", folder, 99), ("publisher", paper, None)):
        began = time.perf_counter()
        hosts = [in_host(dispatch, text, 3) for text in others[:100]]
        _, *verdicts = asyncio.run(judged([dispatch, *hosts], source))
        hits = [_tells(one, of=article_id("0")) for one in verdicts]
        yield _told("shared passages: told", f"a dispatch in 100 hosts of one {name}", hits, goal, began)


def _tells(verdict: Verdict, of: str = "") -> bool:
    """Whether it tells of another article, or of this one."""
    told = [verdict.of] if isinstance(verdict, Duplicate) else [one.article_id for one in verdict.shared]
    return of in told if of else bool(told)
