"""In a child: the members of a container are put into a spool one behind the other, and limited while they come.

A member is a stretch of the spool and nothing else: whatever its path says, it is written nowhere. Of many members a
portion is unpacked in one go; where it ends is in the container alone, so that it is the same after a crash.
"""

import hashlib
import os
from collections.abc import Iterator
from dataclasses import replace
from itertools import islice

from contracts.outcomes import RejectReason
from services.fetch.core.document import BadMember, Member, Rejected
from services.fetch.core.kinds import Kind
from services.fetch.core.members import REST, About, Allowance, Behind, Slot, Unpacked
from services.fetch.core.metering import MOST_PATH_BYTES, Meter, told_bytes
from services.fetch.core.reading import PARSER_FAULTS, failed
from services.fetch.core.sniffing import kind_of
from services.fetch.spool import Slice, SlicedSource

DAMAGED = "it is damaged: "


class _Over(Exception):
    """A limit that is the container's is reached."""

    def __init__(self, why: Rejected) -> None:
        super().__init__(why.detail)
        self.why = why


class _NoRoom(Exception):
    """The spool cannot be written: the fault is ours, and no member's."""

    def __init__(self, error: OSError) -> None:
        super().__init__(str(error))
        self.error = error


class _Portion:
    """The members from those on that are `behind`, as many as are unpacked in one go; `more` if others follow."""

    def __init__(self, members: Iterator[Member | BadMember], behind: Behind, meter: Meter, *, in_one_go: bool) -> None:
        self._members, self._meter, self._in_one_go = islice(members, behind.members, None), meter, in_one_go
        self.more = False

    def __iter__(self) -> Iterator[Member | BadMember]:
        return self

    def __next__(self) -> Member | BadMember:
        try:
            member = next(self._members)
        except MemoryError:
            if self._meter.is_empty():
                raise  # the child is done for: whoever called it says what that means
            self.more = True  # for a child that has more room, or comes no further either
            raise StopIteration from None
        if not self._in_one_go and self._meter.is_a_portion():
            self.more = True
            raise StopIteration
        return member


def unpack(
    members: Iterator[Member | BadMember],
    into: str,
    allowance: Allowance,
    own_bytes: int,
    behind: Behind | None = None,
    *,
    in_one_go: bool = False,
) -> Unpacked | Rejected:
    """What comes out of a container of `own_bytes` within `allowance`, or the next portion of that; `behind` is done.

    All comes `in_one_go` where its reader has read all of it anyway. Rejected where nothing comes out of it at all.
    """
    if allowance.depth > allowance.limits.depth:
        words = f"it lies in {allowance.depth - 1} containers, one in another, and is not opened"
        return Rejected(RejectReason.TOO_DEEP, words)
    behind = behind or Behind()
    meter = Meter(allowance, own_bytes, behind)
    portion = _Portion(members, behind, meter, in_one_go=in_one_go)
    with open(into, "r+b", buffering=0) as spool:  # noqa: PTH123 - a place in /proc
        try:
            found = list(_each(portion, spool.fileno(), into, meter))
        except _NoRoom as error:
            raise error.error from None
    if not found and not behind.members:
        return Rejected(RejectReason.EMPTY, "there is nothing in it")
    if not behind.members and len(found) == 1 and isinstance(found[0], BadMember) and found[0].path == REST:
        return found[0].rejected  # it was damaged from the beginning
    done = Behind(behind.members + len(found), meter.behind.kept_bytes)
    return Unpacked(tuple(found), meter.spent, done, portion.more)


def _each(members: Iterator[Member | BadMember], fd: int, place: str, meter: Meter) -> Iterator[Slot | BadMember]:
    """The members up to the limit, or up to where the container is damaged; then the rest as one that is bad."""
    end = 0
    while True:
        try:
            member = next(members, None)
        except PARSER_FAULTS as error:
            yield BadMember(REST, _damaged(error))
            return
        if member is None:
            return
        try:
            taken = _taken(member, fd, place, end, meter)
        except _Over as over:
            yield BadMember(_short(member.path), replace(over.why, detail=f"{over.why.detail}: it and the rest"))
            return
        if isinstance(taken, Slot):
            end += taken.length
            yield _told_of(taken, place)
        else:
            yield taken


def _taken(member: Member | BadMember, fd: int, place: str, start: int, meter: Meter) -> Slot | BadMember:
    if isinstance(member, BadMember):
        _check(meter.one_more(4 * len(member.path)))
        return BadMember(_short(member.path), member.rejected)
    _check(meter.one_more(told_bytes(member)))
    digest, length, too_large, damage = hashlib.sha256(), 0, None, None
    chunks = iter(member.chunks)
    try:
        for chunk in chunks:
            length += len(chunk)
            _check(meter.came(len(chunk)))
            too_large = too_large or meter.is_too_large(length)
            if too_large is None:
                digest.update(chunk)
                _write(fd, chunk, start + length - len(chunk))
    except (*PARSER_FAULTS, MemoryError) as error:
        damage = _damaged(error)
    except _Over as over:
        meter.dropped(length)
        if (member.apart and meter.goes_on(over.why)) or (not member.apart and _passed_over(chunks, meter, over.why)):
            return BadMember(_short(member.path), over.why)
        raise
    why = too_large or damage
    slot = _slot(member, start, length, digest.hexdigest(), cut=damage)
    if why is None or (too_large is None and _gives_what_came(slot, place)):
        return slot
    meter.dropped(length)
    return BadMember(slot.path, why)


def _passed_over(chunks: Iterator[bytes], meter: Meter, why: Rejected) -> bool:
    """Whether what lies behind a member could be come to, by unpacking the rest of it for nothing."""
    try:
        for chunk in chunks:
            meter.threw_away(len(chunk))
            if not meter.goes_on(why):
                return False
    except (*PARSER_FAULTS, MemoryError):  # whoever reads on will say so
        pass
    return meter.goes_on(why)


def _slot(member: Member, start: int, length: int, sha256: str, *, cut: Rejected | None) -> Slot:
    name, why = member.path.rpartition("/")[2], cut.detail.removeprefix(DAMAGED) if cut is not None else ""
    about = About(name, member.media_type, member.charset, member.url, member.claims, cut=why, lossy=member.lossy)
    return Slot(_short(member.path), start, length, sha256, about)


def _told_of(slot: Slot, place: str) -> Slot:
    """With whether it is a container."""
    kind = _kind(slot, place)
    return replace(slot, opens=kind is not None and kind.opens)


def _gives_what_came(slot: Slot, place: str) -> bool:
    """Whether of a member that broke off something may be complete: lines, mails, files, records."""
    kind = _kind(slot, place)
    return kind is not None and kind.streams


def _kind(slot: Slot, place: str) -> Kind | None:
    try:
        kind = kind_of(SlicedSource(Slice(place, slot.start, slot.length), slot.about))
    except PARSER_FAULTS:  # whoever reads it will say so
        return None
    return None if isinstance(kind, Rejected) else kind


def _check(why: Rejected | None) -> None:
    if why is not None:
        raise _Over(why)


def _damaged(error: BaseException) -> Rejected:
    if isinstance(error, MemoryError):
        return Rejected(RejectReason.UNREADABLE, "unpacking it would take more memory than there is")
    if isinstance(error, NotImplementedError):
        return Rejected(RejectReason.UNSUPPORTED, f"it is packed in a way that is not read: {error}")
    if isinstance(error, RecursionError):
        return Rejected(RejectReason.UNREADABLE, "its parts lie within each other too deeply")
    return failed(error) if not str(error) else Rejected(RejectReason.UNREADABLE, f"{DAMAGED}{str(error)[:300]}")


def _short(path: str) -> str:
    """The path; one that no system could have loses its middle, and keeps its ends."""
    if len(path.encode("utf-8", "surrogatepass")) <= MOST_PATH_BYTES:
        return path
    half = MOST_PATH_BYTES // 8
    digest = hashlib.sha256(path.encode("utf-8", "surrogatepass")).hexdigest()[:12]
    return f"{path[:half]}~{digest}~{path[-half:]}"


def _write(fd: int, chunk: bytes, at: int) -> None:
    view = memoryview(chunk)
    while view:
        try:
            written = os.pwrite(fd, view, at)
        except OSError as error:
            raise _NoRoom(error) from error
        view, at = view[written:], at + written
