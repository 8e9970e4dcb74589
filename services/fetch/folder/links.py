"""Symbolic links in the inbox: followed to a file that is in it too, and nowhere else."""

import errno
import os
from pathlib import Path

from contracts.outcomes import RejectReason
from services.fetch.core import Rejected
from services.fetch.folder.inbox import CLAIMED, DONE


def target_of(root: Path, path: str, text: str) -> Path | Rejected:
    """The file that the link `path` with the content `text` leads to, or why it is not followed.

    A target that was taken before its link is looked for on the way that it went.
    """
    pointed = os.path.normpath(os.path.join(root, os.path.dirname(path), text))  # noqa: PTH118, PTH120 - names may be bytes in disguise
    try:
        real = Path(os.path.realpath(pointed, strict=True))
    except OSError as error:
        if error.errno == errno.ELOOP:
            return _refused("it is a symbolic link that leads to itself")
        return _taken(root, pointed) or _refused("it is a symbolic link to nothing")
    if not real.is_relative_to(root):
        return _refused("it is a symbolic link that leaves its folder")
    if real.is_dir():
        return _refused("it is a symbolic link to a folder: only those to files are followed")
    if any(part.startswith(".") for part in real.relative_to(root).parts):
        return _refused("it is a symbolic link to a hidden file")
    return real


def _taken(root: Path, pointed: str) -> Path | None:
    if not pointed.startswith(f"{root}/"):
        return None
    inside = pointed.removeprefix(f"{root}/")
    if inside.startswith("."):
        return None
    # In the order in which files move, so that one on its way is not missed.
    claims = sorted((root / CLAIMED).glob("*")) if (root / CLAIMED).is_dir() else []
    for folder in (*claims, root / DONE):
        if (folder / inside).is_file() and not (folder / inside).is_symlink():
            return folder / inside
    return None


def _refused(detail: str) -> Rejected:
    return Rejected(RejectReason.NOT_A_FILE, detail)
