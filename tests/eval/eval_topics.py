"""Topics: whether lists of words tell an article's IPTC subject well enough to be given. They do not (decision 88)."""

import time
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from tests.eval import linear
from tests.eval.halves import HALVES, Half, half, halved
from tests.eval.report import Record, Row, body, documents, gold
from tests.eval.topics import lexicons, macro_f1, topic

GOAL = 70.0
ARTS, CRIME, ECONOMY, EDUCATION = "01000000", "02000000", "04000000", "05000000"
ENVIRONMENT, HEALTH, POLITICS, RELIGION = "06000000", "07000000", "11000000", "12000000"
SCIENCE, SOCIETY, SPORT = "13000000", "14000000", "15000000"
# Labels that name no subject are left out and not scored: International, Internacional and Panorama, which is the rest.
SUBJECTS = {
    "text/10kgnad.tar.xz": {
        "Etat": ARTS,  # the desk that writes about the media
        "Kultur": ARTS,
        "Wirtschaft": ECONOMY,
        "Inland": POLITICS,
        "Web": SCIENCE,  # computing, telecommunication, games
        "Wissenschaft": SCIENCE,
        "Sport": SPORT,
    },
    "text/fakenews_es.tar.xz": {
        "Entertainment": ARTS,
        "Security": CRIME,
        "Economy": ECONOMY,
        "Education": EDUCATION,
        "Ambiental": ENVIRONMENT,
        "Health": HEALTH,
        "Covid-19": HEALTH,
        "Politics": POLITICS,
        "Política": POLITICS,
        "Society": SOCIETY,  # by its name; what it holds is the rest: crime, schools, health, the Church
        "Sociedad": SOCIETY,
        "Science": SCIENCE,
        "Ciencia": SCIENCE,
        "Sport": SPORT,
        "Deporte": SPORT,
    },
    "text/masakhanews.tar.xz": {
        "entertainment": ARTS,
        "business": ECONOMY,
        "health": HEALTH,
        "politics": POLITICS,
        "religion": RELIGION,
        "sports": SPORT,
    },
}
REUTERS = "text/reuters21578.tar.xz"  # whose topics are goods, money and companies: all of them the economy


@dataclass(frozen=True, slots=True)
class Labelled:
    """An article with its subject, and what each method says."""

    id: str
    language: str
    text: str
    right: str
    found: str | None
    linear: str | None = None

    @property
    def half(self) -> Half:
        """Whether the lists were written with it in view."""
        return half(self.id)


def rows(corpus: Path) -> Iterator[Row]:
    """Macro-F1 of the lists by language, of the languages that have one, and of everything that is labelled."""
    started = time.process_time()
    labelled = list(_with_linear(list(_labelled(corpus))))
    seconds = time.process_time() - started
    served = frozenset(lexicons())
    others = {one.language for one in labelled} - served
    for name, languages in (
        *((name, frozenset((name,))) for name in sorted(served)),
        ("without a list", frozenset(others)),
        ("all with a list", served),
        ("all", served | others),
    ):
        these = [one for one in labelled if one.language in languages]
        yield from _halves(name, these, seconds)
        if any(one.right == SOCIETY for one in these):
            yield from _halves(f"{name}, without society", [one for one in these if one.right != SOCIETY], seconds)


def _halves(name: str, labelled: Sequence[Labelled], seconds: float) -> Iterator[Row]:
    for part in HALVES:
        these = [one for one in labelled if one.half == part]
        theirs = [(one.right, one.linear) for one in these if one.linear]
        yield Row(
            task="topics by lists of words",
            data_set=f"{name}, {part}",
            size=len(these),
            ours=100 * macro_f1([(one.right, one.found) for one in these]),
            measure="macro F1",
            goal=GOAL,
            baseline="linear, trained on the other half" if theirs else None,
            baseline_score=100 * macro_f1(theirs) if theirs else None,
            seconds=seconds,
        )


def subject(record: Record) -> str | None:
    """The subject that an article's label names; None where it names none."""
    labels = (record["extra"] or {}).get("labels") or {}
    if record["archive"] == REUTERS:
        return ECONOMY if labels.get("topics") else None
    return SUBJECTS.get(record["archive"], {}).get(labels.get("topic", ""))


def _labelled(corpus: Path) -> Iterator[Labelled]:
    known = lexicons()
    for record, data in documents(corpus, gold(corpus, lambda one: subject(one) is not None)):
        language, title, text = record["language"] or "und", record["title"] or "", body(record, data) or ""
        found = topic(known[language], title, text) if language in known else None
        right = subject(record) or ""
        yield Labelled(record["id"], language, f"{title}\n{text}", right, found.subject if found else None)


def _with_linear(labelled: Sequence[Labelled]) -> Iterator[Labelled]:
    """The same, those of the held-out half with what a model of the tuning half of their language says."""
    by_language: dict[str, list[Labelled]] = defaultdict(list)
    for one in labelled:
        by_language[one.language].append(one)
    for those in by_language.values():
        halves = halved(those, lambda one: one.id)
        held, tuning = halves["held-out"], halves["tuning"]
        say = linear.trained([one.text for one in tuning], [one.right for one in tuning])
        yield from tuning
        for one, said in zip(held, say([one.text for one in held]), strict=True):
            yield replace(one, linear=said)
