"""The picture of the flow, as Mermaid draws it: who says what into which stream, and who hears it."""

from contracts.topology import DEAD, ROUTES, SERVICES, STREAMS


def flow() -> str:
    """A Mermaid flowchart in its fence."""
    heard = dict.fromkeys((route.stream, route.heard_by) for route in ROUTES)
    lines = [
        "```mermaid",
        "flowchart LR",
        *(f"  {stream.name}[({stream.name})]" for stream in STREAMS),
        "  public([any NATS client])",
        f"  inbox([inbox]) --> {SERVICES[0]}",
        *_said(),
        *(f"  {stream} --> {hearer}" for stream, hearer in heard),
        *(f"  {service} -.->|DeadLetter| {DEAD.name}" for service in SERVICES),
        f"  {DEAD.name} -.-> store",
        "```",
    ]
    return "\n".join(lines)


def _said() -> list[str]:
    arrows: dict[tuple[str, str], list[str]] = {}
    for route in ROUTES:
        for speaker in route.said_by:
            arrows.setdefault((speaker, route.stream), []).append(route.message.__name__)
    return [f"  {speaker} -->|{'<br>'.join(names)}| {stream}" for (speaker, stream), names in arrows.items()]
