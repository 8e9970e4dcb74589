"""What store makes of what it hears: entries of the ledger, and what it announces."""

from services.store.core.enriching import Enriched, Enrichment, duplicated, enriched
from services.store.core.ledger import (
    NONE_KEPT,
    Entry,
    duplicate,
    expanded,
    received,
    rejected,
    steps_of,
    storable,
    stored,
)

__all__ = [
    "NONE_KEPT",
    "Enriched",
    "Enrichment",
    "Entry",
    "duplicate",
    "duplicated",
    "enriched",
    "expanded",
    "received",
    "rejected",
    "steps_of",
    "storable",
    "stored",
]
