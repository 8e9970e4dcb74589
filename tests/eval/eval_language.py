"""Language: how often the tag is right on bodies and titles, how well passages are found, and what it costs."""

import random
import tarfile
import time
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

from contracts.language import Language
from services.language import core, model
from services.language.core.guesses import KNOWN
from tests.eval.report import Row, body, documents, gold

BASELINE = "lid.176 alone"
SAME = {"bs": "hr", "sr": "hr", "id": "ms", "nb": "no", "nn": "no"}  # counted as one language, as the field does
LEAST_CHARACTERS = 500  # of a body
LEAST_TITLE_WORDS = 4
MIXED_DOCUMENTS = 200
HOSTS = ("fr", "en", "ar", "ru", "de", "es")
GUESTS = (*HOSTS, "it", "pt", "tr", "fa", "zh", "uk", "pl")

Labelled = tuple[str, str]  # language, text


def rows(corpus: Path) -> Iterator[Row]:
    """Bodies, titles, mixed documents, speed."""
    opinions = model.load()
    detect = partial(core.detect, opinions=opinions)
    (bodies, titles), sentences = _texts(corpus), _sentences(corpus)
    known = [(language, text) for language, text in bodies if language in KNOWN]
    others = [(language, text) for language, text in bodies if language not in KNOWN]
    for data_set, texts, goal in (
        ("bodies, languages eldc knows", known, 99.9),
        ("bodies, other languages", others, 80.0),
        ("titles of 4 words and more, eldc's", [(one, text) for one, text in titles if one in KNOWN], 99.3),
        ("titles of 4 words and more, others", [(one, text) for one, text in titles if one not in KNOWN], None),
        ("sentences in 75 languages", [(one, line) for one, lines in sentences.items() for line in lines], None),
    ):
        yield _accuracy(data_set, texts, goal, detect, opinions.second)
    yield _unknown(others, detect)
    yield _called_foreign(known, detect)
    yield from _mixtures(sentences, detect)
    yield _speed(known, detect)


def _texts(corpus: Path) -> tuple[list[Labelled], list[Labelled]]:
    bodies, titles = [], []
    records = gold(corpus, lambda one: one["language"] is not None and not (one["extra"] or {}).get("synthetic"))
    for record, data in documents(corpus, (one for one in records if one["body_kind"])):
        language = str(record["language"])
        text = body(record, data)
        if text and len(text) >= LEAST_CHARACTERS:
            bodies.append((language, text))
        if record["title"] and len(record["title"].split()) >= LEAST_TITLE_WORDS:
            titles.append((language, record["title"]))
    return bodies, titles


def _same(tag: str, language: str) -> bool:
    primary = tag.partition("-")[0]
    return SAME.get(primary, primary) == SAME.get(language, language)


def _accuracy(
    data_set: str,
    texts: list[Labelled],
    goal: float | None,
    detect: Callable[[str], Language],
    opinion: core.Opinion,
) -> Row:
    started = time.process_time()
    right = sum(_same(detect(text).tag, language) for language, text in texts)
    seconds = time.process_time() - started
    return Row(
        task="language",
        data_set=data_set,
        size=len(texts),
        ours=_percent(right, len(texts)),
        goal=goal,
        baseline=BASELINE,
        baseline_score=_percent(sum(_same(opinion(text)[0], language) for language, text in texts), len(texts)),
        seconds=seconds,
    )


def _unknown(texts: list[Labelled], detect: Callable[[str], Language]) -> Row:
    started = time.process_time()
    wrong = sum(not _same(tag, language) and tag != "und" for language, tag in _tags(texts, detect))
    return Row(
        task="language",
        data_set="bodies, other languages: a wrong name",
        less_is_better=True,
        size=len(texts),
        ours=_percent(wrong, len(texts)),
        seconds=time.process_time() - started,
    )


def _tags(texts: list[Labelled], detect: Callable[[str], Language]) -> Iterator[Labelled]:
    return ((language, detect(text).tag) for language, text in texts)


def _called_foreign(texts: list[Labelled], detect: Callable[[str], Language]) -> Row:
    started = time.process_time()
    characters = sum(span.end - span.start for _, text in texts for span in detect(text).spans)
    return Row(
        task="language",
        data_set="bodies: characters called foreign",
        less_is_better=True,
        size=len(texts),
        ours=_percent(characters, sum(len(text) for _, text in texts)),
        seconds=time.process_time() - started,
    )


def _mixtures(sentences: dict[str, list[str]], detect: Callable[[str], Language]) -> Iterator[Row]:
    """Host sentences with foreign ones between them, one paragraph or several: characters with the right language."""
    started = time.process_time()
    right = total = found = foreign = 0
    for text, languages, host in _mixed(sentences):
        told = [host] * len(text)
        language = detect(text)
        told = [language.tag] * len(text)
        for span in language.spans:
            told[span.start : span.end] = [span.tag] * (span.end - span.start)
        judged = [(told[i], languages[i]) for i, character in enumerate(text) if character.isalpha()]
        right += sum(_same(*pair) for pair in judged)
        total += len(judged)
        found += sum(_same(*pair) for pair in judged if pair[1] != host)
        foreign += sum(pair[1] != host for pair in judged)
    seconds = time.process_time() - started
    yield _mixture("mixed documents: characters", _percent(right, total), 99.7, seconds)
    yield _mixture("mixed documents: foreign characters", _percent(found, foreign), None, seconds)


def _mixture(data_set: str, ours: float, goal: float | None, seconds: float) -> Row:
    return Row(task="language", data_set=data_set, size=MIXED_DOCUMENTS, ours=ours, goal=goal, seconds=seconds)


def _sentences(corpus: Path) -> dict[str, list[str]]:
    with tarfile.open(corpus / "langid/langid_sentences.tar.xz", "r:xz") as members:
        files = [(member.name, members.extractfile(member)) for member in members if member.isfile()]
        return {Path(name).stem[:2]: file.read().decode().splitlines() for name, file in files if file}


def _mixed(sentences: dict[str, list[str]]) -> Iterator[tuple[str, list[str], str]]:
    """Texts, the language of each of their characters, and the host: the same ones on every run."""
    chance = random.Random(7)
    for _ in range(MIXED_DOCUMENTS):
        host = chance.choice(HOSTS)
        guest = chance.choice([language for language in GUESTS if language != host])
        parts = [(host, line) for line in chance.sample(sentences[host], 12)]
        at = chance.randrange(len(parts))
        parts[at:at] = [(guest, line) for line in chance.sample(sentences[guest], chance.randrange(1, 7))]
        text, languages = "", list[str]()
        for language, line in parts:
            text += line.strip() + chance.choice((" ", " ", "\n"))
            languages += [language] * (len(text) - len(languages))
        yield text, languages, host


def _speed(texts: list[Labelled], detect: Callable[[str], Language]) -> Row:
    sample = [text for _, text in texts if 2500 <= len(text.encode()) <= 3500][:1000]
    started = time.process_time()
    for text in sample:
        detect(text)
    seconds = time.process_time() - started
    milliseconds = 1000 * seconds / max(1, len(sample))
    return Row(
        task="language",
        data_set="bodies of 3 KB",
        size=len(sample),
        ours=milliseconds,
        measure="ms",
        goal=1.0,
        seconds=seconds,
    )


def _percent(part: int, whole: int) -> float:
    return 100 * part / max(1, whole)
