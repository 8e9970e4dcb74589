"""Renaming that never overwrites, on every file system."""

import ctypes
import errno
import os
import stat

RENAME_NOREPLACE = 1  # renameat2(2)
# The kernel or the file system does not know the flag (NFS, old FUSE).
UNKNOWN_FLAG = frozenset({errno.EINVAL, errno.ENOSYS, errno.ENOTSUP})

_libc = ctypes.CDLL(None, use_errno=True)


def rename_into(source: str, target: str, *, source_dir: int, target_dir: int) -> None:
    """Rename atomically; raises FileExistsError where the target's name is taken, by whomever and however late."""
    if _libc.renameat2(source_dir, os.fsencode(source), target_dir, os.fsencode(target), RENAME_NOREPLACE) == 0:
        return
    code = ctypes.get_errno()
    if code not in UNKNOWN_FLAG:
        raise OSError(code, os.strerror(code), source, None, target)
    found = os.stat(source, dir_fd=source_dir, follow_symlinks=False)
    if stat.S_ISDIR(found.st_mode):
        raise OSError(code, os.strerror(code), source, None, target)
    os.link(source, target, src_dir_fd=source_dir, dst_dir_fd=target_dir, follow_symlinks=False)
    os.unlink(source, dir_fd=source_dir)
