"""When a file is whole: what was seen of it has not changed for a while. Told the time, asks no clock."""

import heapq
from dataclasses import dataclass

from services.fetch.folder.scan import Sighting
from services.fetch.originals import Seen
from services.fetch.patience import Verdict

# A file this old is taken at sight. Younger ones are watched, for the times of a network drive are not our times.
OLD_SECONDS = 60.0
MAX_WATCHED = 20_000  # those past it are taken when they are old


@dataclass(slots=True)
class _Watch:
    seen: Seen
    first: float
    since: float
    due: float


class Settling:
    """The files that are not whole yet, as far as we know."""

    def __init__(self, settle_seconds: float, timeout_seconds: float) -> None:
        self._settle_seconds, self._timeout_seconds = settle_seconds, timeout_seconds
        self._watches: dict[str, _Watch] = {}
        self._due: list[tuple[float, str]] = []

    def judge(self, sighting: Sighting, *, now: float, wall: float) -> Verdict:
        """What to do with what was just seen; `now` is monotonic, `wall` the time of day, both in seconds."""
        if wall - sighting.changed_at >= max(OLD_SECONDS, self._settle_seconds) or self._settle_seconds == 0:
            self.forget(sighting.path)
            return Verdict.TAKE
        watch = self._watches.get(sighting.path)
        if watch is None:
            if len(self._watches) < MAX_WATCHED:
                self._watches[sighting.path] = _Watch(sighting.seen, now, now, 0.0)
                self._remind(sighting.path, now)
            return Verdict.WAIT
        if watch.seen != sighting.seen:
            watch.seen, watch.since = sighting.seen, now
        if now >= watch.since + self._settle_seconds:
            self.forget(sighting.path)
            return Verdict.TAKE
        if now - watch.first >= self._timeout_seconds:
            self.forget(sighting.path)
            return Verdict.GIVE_UP
        self._remind(sighting.path, now)
        return Verdict.WAIT

    def forget(self, path: str) -> None:
        """It was taken, or is gone."""
        self._watches.pop(path, None)

    def next_due(self) -> float | None:
        """When somebody should look again; None if nothing is watched."""
        return self._due[0][0] if self._due else None

    def due(self, now: float) -> list[str]:
        """The paths to look at again."""
        paths = []
        while self._due and self._due[0][0] <= now:
            due, path = heapq.heappop(self._due)
            watch = self._watches.get(path)
            if watch is not None and watch.due == due:
                paths.append(path)
        return paths

    def _remind(self, path: str, now: float) -> None:
        watch = self._watches[path]
        due = watch.since + self._settle_seconds
        if due <= now or due == watch.due:
            return
        watch.due = due
        heapq.heappush(self._due, (due, path))
