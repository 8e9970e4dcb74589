"""From the kernel's list of mounts: what a folder lies on, and whether others can change it unheard."""

import pytest

from services.fetch.core.mounts import Mounted, mounted

MOUNTS = rb"""22 27 0:21 / /proc rw,relatime - proc proc rw
27 1 8:1 / / rw,relatime shared:1 - ext4 /dev/sda1 rw
31 27 0:40 / /srv/news rw shared:7 - nfs4 nas:/news rw,vers=4.2,addr=10.0.0.2
32 27 0:41 / /srv/win rw - cifs //server/share rw
33 27 0:42 / /media/with\040blank rw - fuse.sshfs a@b:/ rw
34 27 8:17 / /media/usb rw master:2 - fuseblk /dev/sdb1 rw
35 27 0:43 / /mnt/c rw - 9p drvfs rw
36 31 8:33 / /srv/news/local rw - xfs /dev/sdc1 rw
37 27 0:44 / /srv/twice rw - nfs nas:/old rw
38 37 8:49 / /srv/twice rw - ext4 /dev/sdd1 rw
not a line of the list
"""


@pytest.mark.parametrize(
    ("path", "kind", "remote"),
    [
        ("/srv/inbox", "ext4", False),
        ("/srv/news", "nfs4", True),
        ("/srv/news/inbox/a", "nfs4", True),
        ("/srv/newsroom", "ext4", False),
        ("/srv/news/local/inbox", "xfs", False),
        ("/srv/win/inbox", "cifs", True),
        ("/media/with blank/inbox", "fuse.sshfs", True),
        ("/media/usb/inbox", "fuseblk", False),
        ("/mnt/c/inbox", "9p", True),
        ("/srv/twice/inbox", "ext4", False),
        ("/", "ext4", False),
    ],
)
def test_the_innermost_and_last_mount_is_what_a_folder_lies_on(path: str, kind: str, remote: bool) -> None:
    found = mounted(MOUNTS, path.encode())
    assert found is not None
    assert (found.type, found.remote) == (kind, remote)


@pytest.mark.parametrize(
    ("path", "name"),
    [
        ("/srv/news", "NFS"),
        ("/srv/win", "SMB"),
        ("/media/with blank", "a file system that a program provides (FUSE, sshfs)"),
        ("/", "ext4"),
    ],
)
def test_it_has_a_name_for_people(path: str, name: str) -> None:
    found = mounted(MOUNTS, path.encode())
    assert found is not None
    assert found.name == name


def test_without_a_list_nothing_is_known() -> None:
    assert mounted(b"", b"/srv") is None
    assert mounted(b"36 31 8:33 / /srv/news/local rw - xfs /dev/sdc1 rw", b"/srv") is None


def test_an_unnamed_program_is_one_too() -> None:
    assert mounted(b"1 1 0:1 / / rw - fuse x rw", b"/a") == Mounted(
        "fuse", "a file system that a program provides (FUSE, unnamed)", remote=True
    )
