"""Archives of every kind, made in memory: whole ones and hostile ones."""

import bz2
import gzip
import io
import lzma
import tarfile
import warnings
import zipfile
from collections.abc import Callable, Iterable, Mapping

import py7zr
import zstandard

QUICKLY = [{"id": py7zr.FILTER_LZMA2, "preset": 0}]
WRITTEN = (2026, 1, 1, 0, 0, 0)
Members = Iterable[tuple[str, bytes]]


def name_of(value: object) -> str | None:
    """What a test with these bytes is called: they hold the time, and every process must call it the same."""
    return "bytes" if isinstance(value, bytes) else None


def zipped(members: Members, method: int = zipfile.ZIP_DEFLATED) -> bytes:
    """A ZIP archive."""
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w", method) as archive, warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of the same name twice
        for path, data in members:  # on the same day, so that the same members are the same bytes
            archive.writestr(zipfile.ZipInfo(path, WRITTEN), data, method)
    return written.getvalue()


def tarred(members: Members, mode: str = "w", *, others: Iterable[tarfile.TarInfo] = ()) -> bytes:
    """A tar archive, compressed as `mode` says, with `others` (links, devices) at its end."""
    written = io.BytesIO()
    with tarfile.open(fileobj=written, mode=mode) as archive:  # type: ignore[call-overload]
        for path, data in members:
            info = tarfile.TarInfo(path)
            info.size = len(data)
            archive.addfile(info, io.BytesIO(data))
        for info in others:
            archive.addfile(info)
    return written.getvalue()


def sevenzipped(members: Members, *, password: str | None = None) -> bytes:
    """A 7z archive, packed in haste where it is not encrypted."""
    written = io.BytesIO()
    filters = None if password else QUICKLY
    with py7zr.SevenZipFile(written, "w", filters=filters, password=password) as archive:
        for path, data in members:
            archive.writestr(data, path)
    return written.getvalue()


def encrypted_zip(members: Members) -> bytes:
    """A ZIP archive whose members say that they are encrypted: zipfile writes none, so the flag is set by hand."""
    data = bytearray(zipped(members, zipfile.ZIP_STORED))
    for signature, flags_at in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        at = data.find(signature)
        while at >= 0:
            data[at + flags_at] |= 1
            at = data.find(signature, at + 4)
    return bytes(data)


def link(path: str, target: str, kind: bytes = tarfile.SYMTYPE) -> tarfile.TarInfo:
    """A link in a tar archive."""
    info = tarfile.TarInfo(path)
    info.type, info.linkname = kind, target
    return info


PACKERS: Mapping[str, Callable[[bytes], bytes]] = {
    "gz": gzip.compress,
    "bz2": bz2.compress,
    "xz": lzma.compress,
    "zst": zstandard.compress,
}
