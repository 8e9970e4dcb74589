"""Quotations of the annotated articles, as the whole extractor finds them: spans, what is speech, speakers, cues."""

from collections.abc import Iterator
from pathlib import Path

from contracts.extraction import Extraction
from tests.eval.annotated import Set, quoting, sets
from tests.eval.extracted import read
from tests.eval.report import Row
from tests.eval.scoring import QuotationTally, Quoted, quotations

GOALS = {"marks": 85.0, "speech": 85.0, "speaker": 85.0, "cue": 92.0}


def rows(corpus: Path) -> Iterator[Row]:
    """Rows for each annotated set; there is nothing installable that finds quotations without a parser."""
    for some in (*sets(corpus), *quoting(corpus)):
        yield from rows_of(some)


def rows_of(some: Set) -> Iterator[Row]:
    """F1 of exact spans, of all marks and of speech alone; of speech that was found, right speakers and cues."""
    readings = read(some)
    tally = QuotationTally()
    for one in readings.every:
        article = one.article
        tally += quotations(article.text, quoted(one.extraction), article.quotations)
    judged = (
        ("marks", tally.marks.f1(), "F1", tally.marks),
        ("speech", tally.speech.f1(), "F1", tally.speech),
        ("speaker", tally.speakers.precision(), "%", tally.speakers),
        ("cue", tally.cues.precision(), "%", tally.cues),
    )
    for name, score, measure, counted in judged:
        yield Row(
            task=f"quotations: {name}",
            data_set=some.name,
            size=counted.there(),
            ours=score,
            measure=measure,
            goal=GOALS[name],
            seconds=readings.seconds,
        )


def quoted(found: Extraction) -> list[Quoted]:
    """The quotations as they are judged; whoever has their name from a list by the article's words for them too."""
    listed = {
        one.name: tuple(dict.fromkeys(mention.surface for mention in one.mentions))
        for one in found.entities
        if one.name_source != "article"
    }
    return [
        Quoted(
            start=one.start,
            end=one.end,
            kind=one.kind,
            is_direct=one.direct,
            speakers=(one.speaker, *listed.get(one.speaker, ())) if one.speaker else (),
            cues=(one.cue,) if one.cue else (),
        )
        for one in found.quotations
    ]
