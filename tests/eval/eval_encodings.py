"""Encodings: how often a text comes out as it was written, beside charset-normalizer and chardet; misses are named."""

import json
import random
import re
import sys
import tarfile
import time
from collections.abc import Callable, Iterable, Iterator
from functools import cache
from pathlib import Path

import chardet
from charset_normalizer import from_bytes

from services.fetch.core.charsets import codec_of
from services.fetch.core.decoding import decode
from services.fetch.core.html import declared_encoding
from services.fetch.core.mojibake import repaired
from tests.eval.report import Row, body, documents, gold

# What a set is called and Python calls otherwise, or is read by a wider codec.
CODECS = {"maccyrillic": "mac-cyrillic", "utf-8-sig": "utf-8", "euc-tw": None}
MARKED = {"utf-8": "utf-8-sig", "utf-16": "utf-16", "utf-32": "utf-32"}
LANGUAGES = {
    "cp1252 iso8859-15 mac-roman cp850": "fr de es it pt nl sv da nb fi is ca ga",
    "cp1250 iso8859-2": "pl cs sk hu hr sl",
    "cp1251 koi8-r cp866 iso8859-5": "ru",
    "cp1251 iso8859-5 mac-cyrillic": "bg mk sr be",
    "cp1251 koi8-u": "uk",
    "cp1253 iso8859-7": "el",
    "cp1254": "tr",
    "cp1255": "he",
    "cp1256 iso8859-6": "ar",
    "cp1256": "fa ur",
    "cp1257": "lt lv et",
    "cp874": "th",
    "cp932 euc_jp iso2022_jp": "ja",
    "cp949": "ko",
    "gb18030 big5hkscs": "zh",
}
SENTENCES, TEXTS_EACH = (2, 12), 4
C1 = re.compile("[\x80-\x9f]")  # what is left of somebody's misreading
LIES = ["cp1252", "cp1251", "iso8859-2", "koi8-r", "cp1256", "gb18030", "cp932"]
Item = tuple[str, bytes, str, str]  # name, bytes, text, the codec it is in
Reader = Callable[[bytes], str]


def rows(corpus: Path) -> Iterator[Row]:
    """Real files, then texts encoded here with and without a true or false word about it, then mojibake."""
    files = list(_files(corpus))
    made = list(_made(corpus))
    rivals: dict[str, Reader] = {"chardet": _by_chardet, "charset-normalizer": _by_normalizer}
    for name, read in rivals.items():
        yield _beside("real files", files, lambda data: decode(data, declared_encoding(data)).text, name, read)
        yield _beside("real files, declarations unread", files, lambda data: decode(data).text, name, read)
        yield _beside("sentences encoded here", made, lambda data: decode(data).text, name, read)
    yield _told("declared rightly", made, lambda codec: codec)
    chance = random.Random(5)
    yield _told("declared at random", made, lambda _: chance.choice(LIES))
    yield from _mojibake(corpus)


def _files(corpus: Path) -> Iterator[Item]:
    for record, data in documents(corpus, gold(corpus, lambda one: bool((one["extra"] or {}).get("encoding")))):
        label = str((record["extra"] or {})["encoding"]).lower()
        codec = CODECS.get(label, codec_of(label) or label)
        if record["archive"].startswith("encodings/") and codec is not None:  # for EUC-TW Python has none
            yield record["path"], data, data.decode(MARKED.get(codec, codec), "replace"), codec


def _made(corpus: Path) -> Iterator[Item]:
    chance = random.Random(3)
    with tarfile.open(corpus / "langid/langid_sentences.tar.xz", "r:xz") as members:
        files = [(member.name, members.extractfile(member)) for member in members if member.isfile()]
        sentences = {
            Path(name).stem[:2]: [line for line in file.read().decode().splitlines() if not C1.search(line)]
            for name, file in files
            if file
        }
    for codecs, languages in LANGUAGES.items():
        for language in filter(sentences.__contains__, languages.split()):
            for codec in codecs.split():
                for number in range(TEXTS_EACH * len(SENTENCES)):
                    lines = chance.sample(sentences[language], SENTENCES[number % len(SENTENCES)])
                    data = "\n".join(lines).encode(codec, "ignore")
                    if not data.isascii() or codec.startswith("iso2022"):
                        yield f"{language} {codec} {number}", data, data.decode(codec), codec


def _beside(data_set: str, items: list[Item], ours: Reader, rival: str, theirs: Reader) -> Row:
    started = time.process_time()
    right = _right(f"{data_set}, ours", items, ours)
    seconds = time.process_time() - started
    score = 100 * _right(f"{data_set}, {rival}", items, theirs) / max(1, len(items))
    return Row(
        task="encodings", data_set=data_set, size=len(items), ours=100 * right / max(1, len(items)), goal=score,
        baseline=rival, baseline_score=score, seconds=seconds,
    )  # fmt: skip


def _right(whose: str, items: Iterable[Item], read: Reader) -> int:
    wrong = [name for name, data, text, _ in items if read(data).removeprefix("\ufeff") != text.removeprefix("\ufeff")]
    for name in wrong:
        _say(whose, name)
    return sum(1 for _ in items) - len(wrong)


@cache
def _say(whose: str, name: str) -> None:
    print(f"wrong: {whose}: {name}", file=sys.stderr)


def _read_as(data: bytes, encoding: str | None) -> str:
    codec = codec_of(encoding or "") or encoding or "cp1252"
    return data.decode(MARKED.get(codec.lower(), codec), "replace")


def _by_chardet(data: bytes) -> str:
    return _read_as(data, chardet.detect(data)["encoding"])


def _by_normalizer(data: bytes) -> str:
    best = from_bytes(data).best()
    return _read_as(data, best.encoding if best is not None else None)


def _told(data_set: str, items: list[Item], told: Callable[[str], str]) -> Row:
    started = time.process_time()
    right = sum(decode(data, told(codec)).text == text for _, data, text, codec in items)
    seconds = time.process_time() - started
    return Row(
        task="encodings", data_set=f"sentences, {data_set}", size=len(items), ours=100 * right / max(1, len(items)),
        seconds=seconds,
    )  # fmt: skip


def _mojibake(corpus: Path) -> Iterator[Row]:
    started = time.process_time()
    for _, data in documents(corpus, gold(corpus, lambda one: one["path"].endswith("mojibake_cases.json"))):
        cases = json.loads(data)
        found = [(case, read[0]) for case in cases if (read := repaired(case["original"])) is not None]
        right = sum(text == case.get("fixed-encoding", case["fixed"]) for case, text in found)
        yield _figure("mojibake: of the repairs, right", len(found), right, 100.0, time.process_time() - started)
        yield _figure("mojibake: of the cases, repaired", len(cases), len(found), None, time.process_time() - started)
    started, touched, size = time.process_time(), 0, 0
    for record, data in documents(corpus, gold(corpus, lambda one: one["archive"].startswith("text/"))):
        if body(record, data):
            size, touched = size + 1, touched + (repaired(data.decode("utf-8", "replace")) is not None)
    yield _figure("articles in good UTF-8 that were touched", size, touched, 0.0, time.process_time() - started)


def _figure(data_set: str, size: int, part: int, goal: float | None, seconds: float) -> Row:
    return Row(
        task="encodings", data_set=data_set, size=size, ours=100 * part / max(1, size), goal=goal,
        less_is_better=goal == 0, seconds=seconds,
    )  # fmt: skip
