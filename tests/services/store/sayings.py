"""What the services before the store say about the `number`-th input."""

from datetime import UTC, datetime, timedelta
from hashlib import sha256
from typing import Any

from contracts import identity
from contracts.article_extracted import ArticleExtracted
from contracts.dead_letter import DeadLetter
from contracts.duplicate_found import DuplicateFound
from contracts.input_expanded import InputExpanded
from contracts.input_received import InputReceived
from contracts.input_rejected import InputRejected
from contracts.message import Step
from contracts.outcomes import DeadReason, Outcome, RejectReason

NOON = datetime(2026, 3, 1, 12, 0, tzinfo=UTC)


noon = NOON


def input_id(number: int) -> str:
    return f"01890000-0000-7000-8000-{number:012x}"


def source_uri(number: int) -> str:
    return f"inbox:desk/{number}.txt"


def article_id(number: int) -> str:
    return identity.article_id(source_uri(number), sha256_of(number))


def received(number: int) -> InputReceived:
    return InputReceived(input_id=input_id(number), source_uri=source_uri(number), received_at=NOON)


def rejected(number: int) -> InputRejected:
    return InputRejected(
        input_id=input_id(number),
        source_uri=source_uri(number),
        received_at=NOON,
        reason=RejectReason.EMPTY,
        detail="there is nothing in it",
    )


def expanded(number: int, children: int) -> InputExpanded:
    return InputExpanded(input_id=input_id(number), source_uri=source_uri(number), received_at=NOON, children=children)


def duplicate(number: int, *, of: str) -> DuplicateFound:
    return DuplicateFound.model_validate(
        {
            "input_id": input_id(number),
            "trail": [step("fetch"), step("dedup")],
            "article_id": article_id(number),
            "document": head(number),
            "language": {"tag": "fr", "script": "Latn", "confidence": 1.0},
            "duplication": {"of": of, "method": "same_text", "similarity": 1.0},
        }
    )


def extracted(number: int, text: str = "Le maire a parlé.", **extraction: Any) -> ArticleExtracted:
    return ArticleExtracted.model_validate(
        {
            "input_id": input_id(number),
            "trail": [step("fetch"), step("extract")],
            "article_id": article_id(number),
            "document": {**head(number), "text": text},
            "language": {"tag": "fr", "script": "Latn", "confidence": 1.0},
            "duplication": {"verdict": "original"},
            "extraction": extraction,
        }
    )


def dead(number: int, buried_at: datetime = NOON, **facts: Any) -> tuple[DeadLetter, bytes]:
    """The article's message, given up by extract."""
    body = extracted(number).model_dump_json(exclude={"extraction"}).encode()
    letter = DeadLetter(
        service="extract",
        reason=DeadReason.FAILED,
        detail="a list index out of range",
        attempts=5,
        buried_at=buried_at,
        first_heard_at=buried_at - timedelta(minutes=3),
        subject="wireroom.article.deduplicated",
        stream="EXTRACT",
        sequence=7,
        headers={"Nats-Msg-Id": f"{input_id(number)}:article_deduplicated"},
    )
    return letter.model_copy(update=facts), body


def step(service: str) -> Step:
    return Step(service=service, version="0", at=NOON, seconds=0.5, outcome=Outcome.FETCHED)


def sha256_of(number: int) -> str:
    return sha256(str(number).encode()).hexdigest()


def head(number: int) -> dict[str, Any]:
    return {
        "source_uri": source_uri(number),
        "sha256": sha256_of(number),
        "media_type": "text/plain",
        "encoding": "utf-8",
        "bytes": 17,
        "received_at": NOON,
    }
