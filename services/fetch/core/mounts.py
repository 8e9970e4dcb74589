"""On what kind of file system a folder lies, read from the kernel's list of mounts (proc_pid_mountinfo(5))."""

import re
from dataclasses import dataclass

# The kernel of one machine is not told what another does to files that both see: no hint comes of it.
_NETWORKS = {
    "nfs": "NFS",
    "nfs4": "NFS",
    "cifs": "SMB",
    "smb3": "SMB",
    "smbfs": "SMB",
    "9p": "9P",
    "afs": "AFS",
    "ceph": "Ceph",
    "coda": "Coda",
    "lustre": "Lustre",
    "gfs2": "GFS2",
    "ocfs2": "OCFS2",
    "virtiofs": "virtiofs",
    "vboxsf": "a folder shared by VirtualBox",
    "vmhgfs": "a folder shared by VMware",
    "prl_fs": "a folder shared by Parallels",
}
_PROGRAM = re.compile(r"fuse(?:\.(?P<name>.+))?")  # but fuseblk is a disk of this machine
_ESCAPED = re.compile(r"\\([0-7]{3})")


@dataclass(frozen=True)
class Mounted:
    """The file system that a folder lies on: its type as the kernel calls it, and a name for people."""

    type: str
    name: str
    remote: bool  # whether somebody else can change files there without this kernel's knowing


def mounted(mountinfo: bytes, path: bytes) -> Mounted | None:
    """What `path`, absolute and without links, lies on; None where the list does not say."""
    best: tuple[int, bytes] | None = None
    for line in mountinfo.splitlines():
        fields, dash, rest = line.partition(b" - ")
        columns = fields.split(b" ")
        if not dash or len(columns) < 5:
            continue
        point = _unescaped(columns[4])
        # The last of those mounted at one place hides the others.
        if _holds(point, path) and (best is None or len(point) >= best[0]):
            best = len(point), rest.split(b" ")[0]
    return None if best is None else _of_type(best[1].decode("utf-8", "replace"))


def _holds(point: bytes, path: bytes) -> bool:
    return point in {b"/", path} or path.startswith(point + b"/")


def _of_type(kind: str) -> Mounted:
    if kind in _NETWORKS:
        return Mounted(kind, _NETWORKS[kind], remote=True)
    if program := _PROGRAM.fullmatch(kind):
        return Mounted(
            kind, f"a file system that a program provides (FUSE, {program['name'] or 'unnamed'})", remote=True
        )
    return Mounted(kind, kind, remote=False)


def _unescaped(point: bytes) -> bytes:
    """A mount point as it is: blanks, line ends and backslashes stand there as octal numbers."""
    text = _ESCAPED.sub(lambda found: chr(int(found[1], 8)), point.decode("latin-1"))
    return text.encode("latin-1", "replace")
