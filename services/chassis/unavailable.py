"""Something that a service depends on is away: nobody's fault, and never a step towards a burial."""


class Unavailable(Exception):
    """A dependency (database, disk, stream, name server) does not answer; `what` names it for people and metrics."""

    def __init__(self, what: str, detail: str = "") -> None:
        super().__init__(f"{what} is away: {detail}" if detail else f"{what} is away")
        self.what, self.detail = what, detail
