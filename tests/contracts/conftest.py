import json
from pathlib import Path
from typing import Any

import pytest

from contracts.dead_letter import DeadLetter

INPUT = "01890a5d-ac96-774b-bcce-b302099a8057"
HERE = Path(__file__).parent


@pytest.fixture
def recorded() -> dict[str, Any]:
    """A message of each kind, as 0.1.0 wrote it, by name."""
    return {
        path.stem: json.loads(path.read_text(encoding="utf-8"))
        for path in sorted((HERE / "recorded" / "0.1.0").iterdir())
    }


@pytest.fixture
def dead_letter() -> DeadLetter:
    """The facts about a message that failed five times, in words that no header could hold as they are."""
    return DeadLetter.model_validate(
        {
            "service": "extract",
            "reason": "failed",
            "detail": "ValueError: « né » \n second line",
            "attempts": 5,
            "buried_at": "2026-01-15T10:30:00Z",
            "first_heard_at": "2026-01-15T10:00:00Z",
            "subject": "wireroom.article.deduplicated",
            "stream": "EXTRACT",
            "sequence": 7,
            "headers": {"Nats-Msg-Id": f"{INPUT}:article_deduplicated:q1", "ce-type": "wireroom.article_deduplicated"},
        }
    )
