"""What somebody's rows hold and nobody can read: a finding each, so that the other comparisons may pass it over."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager

from services.chassis.legible import Unfit
from services.cli.checks.found import Check, Notes, Patience, notes

UNFIT = "rows of {}'s {} have in {} what does not belong there"


def compare(pages: Iterable[list[Unfit]], found: Check, *, service: str, patience: Patience) -> None:
    """Name every row of which a value is not what its column holds."""
    with notes() as missing:
        for _ in look(pages, missing, service=service):
            if patience.is_over():
                what = f"what else {service}'s rows hold"
                found.unseen.append(f"{what}: {patience.seconds:g} s were over (see --within)")
                break
        found.findings += missing.findings()


def look(pages: Iterable[list[Unfit]], missing: Notes, *, service: str) -> Iterator[None]:
    """Miss what is unfit, page by page."""
    for page in pages:
        for one in page:
            missing.miss(UNFIT.format(service, one.table, one.column), one.name)
        yield


@contextmanager
def passed_over(found: Check, what: str) -> Iterator[None]:
    """What a value that nobody can read still ends is a comparison that was not made: the others are."""
    try:
        yield
    except (ValueError, TypeError, LookupError, AttributeError) as error:
        found.unseen.append(f"{what}: a row in it cannot be read ({error})")
