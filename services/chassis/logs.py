"""Structured logs: one line an outcome, ids in it, never a text or a credential."""

import logging
import sys
from typing import Any

from pydantic_core import to_json

from services.chassis.loading import without

with without("rich"):  # for tracebacks in colours, which we never print: a tenth of what a service imports
    import structlog


def configure(*, form: str, level: str, **bound: Any) -> None:
    """Send every line to standard error as JSON, or coloured for a console; `bound` stands on each."""
    console = form == "console"
    renderer: Any = (
        structlog.dev.ConsoleRenderer(exception_formatter=structlog.dev.plain_traceback)
        if console
        else structlog.processors.JSONRenderer()
    )
    shared: list[Any] = [
        structlog.contextvars.merge_contextvars,
        structlog.processors.add_log_level,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        structlog.processors.format_exc_info,
    ]
    # Written as bytes in one call: a line an outcome is much of what a small handler costs.
    fast: Any = structlog.processors.JSONRenderer(serializer=lambda line, **_: to_json(line, fallback=str))
    structlog.configure(
        processors=[*shared, renderer if console else fast],
        wrapper_class=structlog.make_filtering_bound_logger(getattr(logging, level.upper())),
        logger_factory=structlog.PrintLoggerFactory(sys.stderr)
        if console
        else structlog.BytesLoggerFactory(sys.stderr.buffer),
        cache_logger_on_first_use=True,
    )
    structlog.contextvars.bind_contextvars(**bound)
    # Libraries: warnings and worse, in the same form.
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(structlog.stdlib.ProcessorFormatter(processor=renderer, foreign_pre_chain=shared))
    logging.basicConfig(handlers=[handler], level=max(logging.WARNING, getattr(logging, level.upper())), force=True)


def logger() -> Any:
    """The one logger."""
    return structlog.get_logger()
