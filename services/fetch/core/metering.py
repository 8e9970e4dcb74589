"""How much of a container may be unpacked: the limits, counted while its members stream."""

from contracts.outcomes import RejectReason
from services.fetch.core.document import Member, Rejected
from services.fetch.core.members import MEBIBYTE, RATIO_FROM_BYTES, Allowance, Behind, Spent

MOST_PATH_BYTES = 4096  # of every system that Linux commonly mounts
# What is unpacked in one go, at least and at most; in between as much as lies behind, for that is gone through again.
PORTION_MEMBERS, MOST_PORTION_MEMBERS = 1024, 8192
MOST_DROPPED_BYTES = 64 * MEBIBYTE
PORTION_BYTES, MOST_PORTION_BYTES = 64 * MEBIBYTE, 512 * MEBIBYTE


class Meter:
    """Counts what comes out of one container, or of a portion of it; what it says is why nothing more may."""

    def __init__(self, allowance: Allowance, own_bytes: int, behind: Behind) -> None:
        self._limits, self._before, self._behind = allowance.limits, allowance.spent, behind
        self._root_bytes, self._own_bytes = allowance.root_bytes, own_bytes
        self._members = self._bytes = self._kept = self._told = 0

    @property
    def spent(self) -> Spent:
        """Of the whole root, by now."""
        return Spent(
            self._before.members + self._members,
            self._before.bytes + self._bytes,
            self._before.kept_bytes + self._kept,
            self._before.told_bytes + self._told,
        )

    @property
    def behind(self) -> Behind:
        """Of the container, once what has come is done with."""
        return Behind(self._behind.members + self._members, self._behind.kept_bytes + self._kept)

    def is_empty(self) -> bool:
        """Whether nothing has come."""
        return not self._members

    def is_a_portion(self) -> bool:
        """Whether as much has come as is unpacked in one go."""
        members, kept = self._behind.members, self._behind.kept_bytes
        return self._members >= min(MOST_PORTION_MEMBERS, max(PORTION_MEMBERS, members)) or self._bytes >= min(
            MOST_PORTION_BYTES, max(PORTION_BYTES, kept)
        )

    def one_more(self, told_bytes: int) -> Rejected | None:
        """A member has come, of which so much is told; why it is one too many."""
        if self.spent.members >= self._limits.members:
            return Rejected(RejectReason.TOO_MANY, f"more than {self._limits.members} inputs came out")
        if self.spent.told_bytes + told_bytes > self._limits.told_bytes:
            return Rejected(RejectReason.TOO_MANY, f"names and claims have over {self._limits.told_bytes} bytes")
        self._members += 1
        self._told += told_bytes
        return None

    def came(self, size: int) -> Rejected | None:
        """So many bytes more were unpacked; why that is the end of the container."""
        self._bytes += size
        self._kept += size
        if self.spent.bytes > self._limits.total_bytes:
            return Rejected(RejectReason.TOO_LARGE, f"over {self._limits.total_bytes} bytes came out")
        if _is_bomb(self.behind.kept_bytes, self._own_bytes, self._limits.ratio) or _is_bomb(
            self.spent.kept_bytes, self._root_bytes, self._limits.ratio
        ):
            words = f"with it the container unpacks to more than {self._limits.ratio} times its size"
            return Rejected(RejectReason.BOMB, words)
        return None

    def threw_away(self, size: int) -> None:
        """So many bytes more were unpacked for nothing."""
        self._bytes += size

    def is_too_large(self, size: int) -> Rejected | None:
        """Why a member of this size is not taken; others may be."""
        if size > self._limits.member_bytes:
            return Rejected(RejectReason.TOO_LARGE, f"it unpacks to more than {self._limits.member_bytes} bytes")
        return None

    def goes_on(self, why: Rejected) -> bool:
        """Whether a member alone is a bomb: not where so much was unpacked for nothing that all the rest may be one."""
        most = min(MOST_DROPPED_BYTES, self._limits.total_bytes)
        return why.reason is RejectReason.BOMB and self.spent.bytes - self.spent.kept_bytes < most

    def dropped(self, size: int) -> None:
        """So many bytes that came are not kept."""
        self._kept -= size


def told_bytes(member: Member) -> int:
    """What is told of a member, in bytes or a little more."""
    claims = sum(len(claim.value) + len(claim.field) + len(claim.origin) for claim in member.claims)
    return 4 * (len(member.path) + len(member.url or "") + claims)


def _is_bomb(unpacked: int, packed: int, ratio: int) -> bool:
    return unpacked > max(RATIO_FROM_BYTES, packed * ratio)
