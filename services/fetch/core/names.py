"""Names of files: which are passed over, what a place is called on the wire, and how a name gives way to another."""

import hashlib
import re

TEMPORARY = ("~", ".part", ".tmp", ".crdownload", ".swp")
NAME_MAX_BYTES = 255  # of every file system that Linux commonly mounts
LITTER = frozenset({"__macosx", "thumbs.db", "desktop.ini", "@eadir"})  # what systems leave beside people's files
SURROGATE_ESCAPED = re.compile("[\udc80-\udcff]")  # how Python holds a byte that is not UTF-8 (PEP 383)
SURROGATE = re.compile("[\ud800-\udfff]")  # any other, in names that come from JSON and the like
DIGEST_CHARACTERS = 12


def is_ignored(name: str) -> bool:
    """Whether a file or folder is passed over by its name: hidden, or a file that some program has not finished."""
    return name.startswith(".") or name.lower().endswith(TEMPORARY)


def is_litter(path: str) -> bool:
    """Whether a member of an archive is passed over by its path, as the folder would pass it over."""
    names = path.replace("\\", "/").split("/")  # as some programs for Windows write it
    return any((is_ignored(name) and name not in (".", "..")) or name.lower() in LITTER for name in names if name)


def member_uri(container: str, path: str) -> str:
    """What a member is called on the wire: where its container lies, and its path there as it stands."""
    return f"{container}!{written(path)}"


def place_uri(scheme: str, path: str) -> str:
    """`scheme:path`, the path as it stands, with bytes that are no text as %XX."""
    return f"{scheme}:{written(path)}"


def written(path: str) -> str:
    """The path as it stands, with bytes that are no text as %XX: what may be said in UTF-8."""
    escaped = SURROGATE_ESCAPED.sub(lambda found: f"%{ord(found[0]) - 0xDC00:02X}", path)
    return SURROGATE.sub("\ufffd", escaped)


def aside(name: str, input_id: str) -> str:
    """`name` with the end of `input_id` before its suffix: the place for a file whose own name is taken."""
    stem, dot, suffix = name.rpartition(".")
    if not stem:
        stem, dot, suffix = name, "", ""
    return fitting(stem, f".{input_id.replace('-', '')[-DIGEST_CHARACTERS:]}{dot}{suffix}")


def fitting(name: str, ending: str = "", limit: int = NAME_MAX_BYTES) -> str:
    """`name + ending`, where the whole is too long for a file system with the name's tail put into a hash."""
    whole = name + ending
    if _size(whole) <= limit:
        return whole
    digest = "~" + hashlib.sha256(whole.encode("utf-8", "surrogateescape")).hexdigest()[:DIGEST_CHARACTERS]
    if _size(ending) > limit // 2:
        ending = ""
    room = limit - _size(digest) - _size(ending)
    kept = name.encode("utf-8", "surrogateescape")[:room].decode("utf-8", "surrogateescape")
    while not name.startswith(kept):  # it was cut inside a character
        kept = kept[:-1]
    return kept + digest + ending


def _size(name: str) -> int:
    return len(name.encode("utf-8", "surrogateescape"))
