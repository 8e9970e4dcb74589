"""What a message that lies in DEAD says of its burial."""

from collections.abc import Mapping
from datetime import datetime

from contracts.dead_letter import UNKNOWN_SERVICE, DeadLetter
from contracts.outcomes import DeadReason
from contracts.topology import DEAD


def facts_of(headers: Mapping[str, str], *, subject: str, sequence: int, at: datetime) -> DeadLetter:
    """The facts about a message that lies in DEAD since `at`; where they are missing, that is the fact."""
    try:
        return DeadLetter.from_headers(headers)
    except (KeyError, ValueError) as error:
        return _without_facts(error, headers, subject=subject, sequence=sequence, at=at)


def _without_facts(
    error: Exception, headers: Mapping[str, str], *, subject: str, sequence: int, at: datetime
) -> DeadLetter:
    """Somebody else wrote into DEAD: recorded as far as it goes, for it cannot be buried again."""
    return DeadLetter(
        service=UNKNOWN_SERVICE,
        reason=DeadReason.UNDECODABLE,
        detail=f"a dead letter without its facts: {error!r}",
        attempts=0,
        buried_at=at,
        first_heard_at=at,
        subject=subject.removeprefix("dead."),
        stream=DEAD.name,
        sequence=sequence,
        headers=dict(headers),
    )
